"""Footnotes at the foot of a page: how much room they need, which lines of them fit, and what continues on the next page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from milebook.writers.pdf.pages.placing import EPSILON, NOTE_GAP, FootNote, Placed

NOTE_SHARE = 0.7  # share of a page that footnotes carried over may take
RULE_SPACE = 10.0  # above footnotes, with their rule in it


class Foot(NamedTuple):
    """The foot of a page: notes in their places, the height of their rule (-1: none), and what is carried over."""

    notes: list[Placed]
    rule: float
    carry: list[FootNote]
    slack: float  # points left between the text and the notes


def room_for(queue: Sequence[FootNote], depth: float) -> float:
    """Points that footnotes need on a page of such depth: all of them, of the last at least two lines."""
    if not queue:
        return 0.0
    last = queue[-1]
    height = RULE_SPACE + sum(note.height for note in queue[:-1])
    height += min(last.height, 2 * last.block.leading + NOTE_GAP)
    return min(height, NOTE_SHARE * depth)


def set_foot(queue: Sequence[FootNote], used: float, depth: float, *, to_the_foot: bool) -> Foot:
    """The notes of a page whose text ends at `used`. They stand at its foot or, on a page of nothing but notes, below the rule
    at its top.
    """
    fitting, carry = _divided(queue, depth - used - RULE_SPACE)
    total = sum(lines * note.block.leading + NOTE_GAP for note, lines in fitting)
    bottom = depth if to_the_foot else max(min(depth, used + RULE_SPACE + total), 0.0)
    y = bottom - total
    rule = y - RULE_SPACE * 0.45 if fitting else -1.0
    notes: list[Placed] = []
    for note, lines in fitting:
        notes.append(Placed(note.block, note.line, note.line + lines, y))
        y += lines * note.block.leading + NOTE_GAP
    return Foot(notes, rule, carry, bottom - total - RULE_SPACE - used)


def _divided(queue: Sequence[FootNote], room: float) -> tuple[list[tuple[FootNote, int]], list[FootNote]]:
    """The notes that fit into so many points, with the number of their lines that do; and those that go on."""
    fitting: list[tuple[FootNote, int]] = []
    for number, note in enumerate(queue):
        lines = len(note.block.lines) - note.line
        fit = min(lines, int((room + EPSILON) // note.block.leading)) if room > 0 else 0
        if 0 < fit < lines and lines - fit == 1 and fit > 2:
            fit -= 1  # no last line alone on the next page
        if fit:
            fitting.append((note, fit))
            room -= fit * note.block.leading + NOTE_GAP
        if fit < lines:
            return fitting, [FootNote(note.block, note.line + fit), *queue[number + 1 :]]
    return fitting, []
