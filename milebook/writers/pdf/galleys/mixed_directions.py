"""Cut text into words of one direction, and put the words of a line in the order in which they are seen.

Needed only where something runs from right to left; all other paragraphs go the short way (`galley.Compositor.boxes`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from milebook.model.bidi import levels, visual
from milebook.model.text import Run
from milebook.writers.pdf.galleys.boxes import Box
from milebook.writers.pdf.typefaces.shaping import Look, Segment, mark_of

_Pieces = list[tuple[str, Run]]


def boxes(runs: Iterable[Run], look: Callable[[Run, int], Look], base: int, *, literal: bool) -> list[Box | None]:
    """Boxes of runs in reading order, their words cut where the direction turns; None is a line break of the author's.

    `look` is asked for a run's look at a level. `base` is the paragraph's level. `literal` text is not cut at spaces.
    """
    out: list[Box | None] = []
    for number, pieces in enumerate(_lines(runs, literal)):
        if number:
            out.append(None)
        found = levels("".join([text for text, _ in pieces]), base)
        out += _boxes(pieces, found, look, base)
    return out


def _lines(runs: Iterable[Run], literal: bool) -> Iterator[_Pieces]:
    line: _Pieces = []
    for run in runs:
        for i, text in enumerate(run.text.split("\n")):
            if i:
                yield line
                line = []
            line.append((text.replace("\t", "    ").replace(" ", "\u00a0") if literal else text, run))
    yield line


def _boxes(pieces: _Pieces, found: Sequence[int], look: Callable[[Run, int], Look], base: int) -> Iterator[Box]:
    segments: list[Segment] = []
    start = 0
    for text, run in pieces:
        mark = mark_of(run)
        if not text:
            level = found[start - 1] if start else base
            segments += [(look(run, level).word(""), mark)] if run.query else []
        for a, b in _stretches(text, found[start : start + len(text)]):
            if text[a] != " ":
                segments.append((look(run, found[start + a]).word(text[a:b]), mark))
            elif segments:
                yield _box(segments, found[start + a], base)
                segments = []
        start += len(text)
    if segments:
        yield _box(segments, base, base)


def _stretches(text: str, found: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Starts and ends of the pieces of a text that are one space or of one level without a space."""
    start = 0
    for i in range(1, len(text) + 1):
        if i == len(text) or found[i] != found[start] or text[i] == " " or text[start] == " ":
            yield start, i
            start = i


def _box(segments: list[Segment], gap: int, base: int) -> Box:
    box = Box(tuple(segments))
    box.gap = gap
    if segments[0][0].look.level % 2 != base:
        box.hang_left = 0.0  # what it begins with does not stand where a line begins
    if segments[-1][0].look.level % 2 != base:
        box.hang_right = 0.0
    return box


class Piece(NamedTuple):
    """A segment of a line, or a space between two words (None), and the left edge where it is seen, in points."""

    segment: Segment | None
    x: float
    followed: bool  # the next piece is a space, and stands to the right of it


def placed(items: Sequence[tuple[Segment, ...]], gaps: Sequence[int], gap: float, squeeze: float) -> list[Piece]:
    """The pieces of a line in reading order. `gap` is the width of its spaces before everything is squeezed."""
    pieces: list[Segment | None] = []
    found: list[int] = []
    for i, item in enumerate(items):
        if i:
            pieces.append(None)
            found.append(gaps[i - 1])
        for segment in item:
            pieces.append(segment)
            found.append(segment[0].look.level)
    x = 0.0
    edges = [0.0] * len(pieces)
    for number in visual(found):
        piece = pieces[number]
        edges[number] = x
        x += (gap if piece is None else piece[0].width) * squeeze
    out: list[Piece] = []
    for number, piece in enumerate(pieces):
        spaced = number + 1 < len(pieces) and pieces[number + 1] is None and edges[number + 1] >= edges[number]
        out.append(Piece(piece, edges[number], spaced and found[number] % 2 == 0 == found[number + 1] % 2))
    return out
