"""The texts of footnotes in a Markdown source: where they stand, and those that nothing refers to any more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from milebook.model.splicing import Splice
from milebook.review.source_text import Source, View

REFERENCE = re.compile(r"\[\^([^\]\s]{1,60})\](?!:)")  # in a text; its group is the label


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


def note_text(source: Source, label: str) -> tuple[re.Match[str], Sequence[View]] | None:
    """Where the text of a note stands in the file: the label before it, with its colon, and its paragraphs; None for no such note."""
    found = re.search(rf"(?m)^[ \t]*\[\^{re.escape(label)}\]:[ \t]*", source.text)
    if found is None:
        return None
    streams = (stream.views for name, stream in source.streams.items() if name != "text" and stream.views)
    views = next((views for views in streams if views[0].start == found.start()), None)
    return None if views is None else (found, views)


def _labels(text: str) -> set[str]:
    return set(REFERENCE.findall(text))


def _texts(source: Source, labels: Iterable[str]) -> Iterable[tuple[int, int]]:
    """Where the texts of notes stand, with the empty lines before each."""
    for label in sorted(labels):
        found = note_text(source, label)
        if found is not None:
            start = found[0].start()
            while start and source.text[start - 1] in "\n \t":
                start -= 1
            yield start, found[1][-1].end
