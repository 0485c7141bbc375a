"""Formats drawn on pages (PDF, OFD): characters and strokes at positions, and the finder that makes tables of them."""
