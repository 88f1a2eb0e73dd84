"""Lists typed with hyphens or stars, in lines or in paragraphs: each entry becomes an entry, as if its writer had used bullets.

Where the language of a story writes speech with dashes, the reader of stories takes such entries for speech. So nothing has to
be known of the language here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from milebook.intake.items import BULLET, PARAGRAPH, Passage, Picture, Span
from milebook.intake.line_breaks import lines_of

ENTRY = re.compile(r"[ \t]*[-*•‣▪●◦][ \t]+(?=[^\s\-*•‣▪●◦])")
_GLUED = re.compile(r"[ \t]*-(?=[^\W\d_])")  # a hyphen without its space, as one of several
LEAST = 2  # one line with a hyphen is an attribution, or a single thing said


def without_mark(line: str) -> str:
    """A line without the mark of an entry."""
    found = ENTRY.match(line) or _GLUED.match(line)
    return line[found.end() :] if found else line


def entry_runs(lines: Sequence[str]) -> list[tuple[bool, int, int]]:
    """The lines in stretches (whether they are entries of a list, the first, the one after the last); all of them in order."""
    marked = [bool(ENTRY.match(line)) for line in lines]
    for n, line in enumerate(lines):
        if not marked[n] and n and marked[n - 1] and _GLUED.match(line):
            marked[n] = True
    runs: list[tuple[bool, int, int]] = []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and marked[end] == marked[at]:
            end += 1
        entries = marked[at] and end - at >= LEAST
        if runs and not entries and not runs[-1][0]:
            runs[-1] = (False, runs[-1][1], end)
        else:
            runs.append((entries, at, end))
        at = end
    return runs


def with_lists(passages: Sequence[Passage], pictures: Iterable[Picture] = ()) -> list[Passage]:
    """The passages with each typed list as a list. The places of pictures move along."""
    out: list[Passage] = []
    places = [0]  # for each place between the passages that were, the place it has now
    at = 0
    while at < len(passages):
        end = at
        while end < len(passages) and _is_entry(passages[end]):
            end += 1
        if end - at >= LEAST:
            for one in passages[at:end]:
                out.append(_entry(one.spans))
                places.append(len(out))
            at = end
            continue
        out += _parted(passages[at]) if passages[at].kind == PARAGRAPH else [passages[at]]
        places.append(len(out))
        at += 1
    for picture in pictures:
        if picture.after is not None and picture.after < len(places):
            picture.after = places[picture.after]
    return out


def _is_entry(one: Passage) -> bool:
    return one.kind == PARAGRAPH and bool(ENTRY.match(one.text)) and "\n" not in one.text.strip()


def _parted(one: Passage) -> list[Passage]:
    """A paragraph of several lines as paragraphs and entries."""
    if "\n" not in one.text:
        return [one]
    lines = lines_of(one.spans)
    runs = entry_runs(["".join(span.text for span in line) for line in lines])
    if not any(entries for entries, _, _ in runs):
        return [one]
    out: list[Passage] = []
    for entries, start, end in runs:
        if entries:
            out += [_entry(line) for line in lines[start:end]]
        else:
            spans = [span for n, line in enumerate(lines[start:end]) for span in ((Span("\n"),) if n else ()) + line]
            out.append(one._replace(spans=tuple(spans)))
    return out


def _entry(spans: Sequence[Span]) -> Passage:
    """A line as an entry. The mark may be a span of its own, or part of the first."""
    text = "".join(span.text for span in spans)
    gone = len(text) - len(without_mark(text))
    left: list[Span] = []
    for span in spans:
        cut = min(gone, len(span.text))
        gone -= cut
        if span.text[cut:] or span.note:
            left.append(span._replace(text=span.text[cut:]))
    return Passage(tuple(left), BULLET)
