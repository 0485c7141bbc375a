"""One module a format, each with `render(report, …)`; they know documents and findings and nothing else."""
