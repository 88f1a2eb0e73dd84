"""The texts of footnotes in a Markdown source: where they stand, and those that nothing refers to any more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from milebook.review.paragraph_ways import Splice
from milebook.review.source_text import Source

_REFERENCE = re.compile(r"\[\^([^\]\s]{1,60})\](?!:)")


def orphans(source: Source, splices: Sequence[Splice], after: str) -> list[Splice]:
    """Splices that take away the texts of notes whose last mark goes with the given splices, which make the text `after`."""
    if not any("[^" in source.text[start:end] for start, end, _ in splices):
        return []
    gone = _labels(source.text) - _labels(after)
    made: list[Splice] = []
    for start, end in _texts(source, gone):
        if not any(start < other_end and other_start < end for other_start, other_end, _ in splices):
            made.append((start, end, ""))
    return made


def _labels(text: str) -> set[str]:
    return set(_REFERENCE.findall(text))


def _texts(source: Source, labels: Iterable[str]) -> Iterable[tuple[int, int]]:
    """Where the texts of notes stand, with the empty lines before each."""
    for label in sorted(labels):
        found = re.search(rf"(?m)^[ \t]*\[\^{re.escape(label)}\]:", source.text)
        streams = (s for name, s in source.streams.items() if name != "text" and s.views)
        views = next((s.views for s in streams if found and s.views[0].start == found.start()), None)
        if found is not None and views is not None:
            start = found.start()
            while start and source.text[start - 1] in "\n \t":
                start -= 1
            yield start, views[-1].end
