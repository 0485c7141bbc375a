"""The data-only kinds of rule: a TOML file that names one of these needs no code.

Every kind takes a Subject and the profile in force and yields Marks. Its keyword-only arguments are the parameters a
rule file may give. Patterns are regular expressions over the plain view (`auditor.text.plain`): half-width, no blanks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from auditor.finding import Mark, Subject
from auditor.lexicon import lexicon
from auditor.profile import Profile


@lru_cache(maxsize=1024)
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def contains(
    subject: Subject, profile: Profile, *, patterns: tuple[str, ...] = (), words: str = "", unless: tuple[str, ...] = ()
) -> Iterator[Mark]:
    """Mark every hit of `patterns` or of the lexicon `words` in the plain view, except inside a hit of `unless`."""
    passage = subject.passage
    if not passage:
        return
    view = passage.plain
    spans = [match.span() for match in _any_of(patterns).finditer(view.text)] if patterns else []
    spans += lexicon(words).find(view) if words else ()
    kept_out = [match.span() for match in _any_of(unless).finditer(view.text)] if unless else []
    for start, end in sorted(set(spans)):
        if start < end and not any(low <= start and end <= high for low, high in kept_out):
            yield Mark(subject, view.span(start, end))


def written_as(
    subject: Subject, profile: Profile, *, patterns: tuple[str, ...], forms: tuple[str, ...]
) -> Iterator[Mark]:
    """Mark what is written in an unusual form; `forms[i]` is the normal form for a hit of `patterns[i]`,
    '' (variant `delete`) for what should not be there at all.

    Looks at the text as written, because the plain view has already made look-alikes equal.
    """
    passage = subject.passage
    if not passage:
        return
    for match in _any_of(patterns).finditer(passage.text):
        for pattern, form in zip(patterns, forms, strict=True):
            if re.fullmatch(pattern, match[0]):
                yield Mark(subject, match.span(), {"normal": form}, variant=None if form else "delete")
                break


def at_edge(
    subject: Subject, profile: Profile, *, start: str = "", end: str = "", end_unless: tuple[str, ...] = ()
) -> Iterator[Mark]:
    """Mark characters of `start` that open a text and of `end` that close it, unless the text matches `end_unless`."""
    passage = subject.passage
    if not passage:
        return
    text = passage.text
    opening = len(text) - len(text.lstrip(start)) if start else 0
    if opening:
        yield Mark(subject, (0, opening))
    closing = len(text.rstrip(end)) if end else len(text)
    if (
        opening < len(text)
        and closing < len(text)
        and not (end_unless and _any_of(end_unless).search(passage.plain.text))
    ):
        yield Mark(subject, (closing, len(text)))


def is_empty(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark a field that the form has but that holds no text."""
    if subject.passage is not None and not subject.passage:
        yield Mark(subject, quote="")


_TWICE = re.compile(r"([\u4e00-\u9fff]{2,8}?)\1")


def repeated_word(subject: Subject, profile: Profile, *, except_words: str = "") -> Iterator[Mark]:
    """Mark a word of two to eight Chinese characters that stands twice in a row; words of one character are speech.

    Each word is marked once in a text, where it comes first.
    """
    passage = subject.passage
    if not passage:
        return
    view = passage.plain
    seen: set[str] = set()
    for match in _TWICE.finditer(view.text):
        word = match[1]
        if word in seen or len(set(word)) == 1 or (except_words and word + word in lexicon(except_words)):
            continue
        seen.add(word)
        yield Mark(subject, view.span(*match.span()), {"word": word})


KINDS: Mapping[str, Callable[..., Iterable[Mark]]] = MappingProxyType(
    {
        "contains": contains,
        "written-as": written_as,
        "at-edge": at_edge,
        "is-empty": is_empty,
        "repeated-word": repeated_word,
    }
)
