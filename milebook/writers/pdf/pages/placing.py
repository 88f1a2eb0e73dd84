"""What stands on one page, and where a page may end: the values that filling, planning and settling pages share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from milebook.writers.pdf.galleys.blocks import SetBlock
from milebook.writers.pdf.galleys.figures import words_height

NOTE_GAP = 2.0
EPSILON = 0.01
# a picture that does not fit: on the next page, after more text, before it
AS_IT_COMES, LATE, EARLY = ("", "late", "early")

Position = tuple[int, int, tuple[int, ...]]
"""Number of a block, line in it, and the figures that were moved: those before that block still wait for a page, those after
it stand already."""


def moved(at: Position, blocks: int) -> Position:
    """The same position with so many more blocks before it."""
    return at[0] + blocks, at[1], tuple(number + blocks for number in at[2])


class Placed(NamedTuple):
    """Lines `first` to `last` of a block (or the whole of another kind) with their top at `y` below the type area's top."""

    block: SetBlock
    first: int
    last: int
    y: float
    height: float = 0.0  # of a picture as placed

    @property
    def foot(self) -> float:
        """Where it ends, below the type area's top."""
        block = self.block
        if block.kind == "figure":
            return self.y + self.height + words_height(block, self.height)
        return self.y + ((self.last - self.first) * block.leading if block.kind == "text" else block.height)


class FootNote(NamedTuple):
    block: SetBlock
    line: int  # the first that is still to be set

    @property
    def height(self) -> float:
        return (len(self.block.lines) - self.line) * self.block.leading + NOTE_GAP


class Filled(NamedTuple):
    placed: list[Placed]
    notes: list[Placed]
    rule: float
    at: Position
    carry: tuple[FootNote, ...]
    slack: float  # points left at the foot
    cost: float  # in lines
    ended: bool  # by the end of a chapter, so that white is as it should be
    used: float = 0.0  # points down to the end of the text
    hyphen: tuple[int, int] | None = None  # block and line that would have ended the page, but for a word that goes on
    barred: bool = False  # it ended because a figure did not fit


class Stop(NamedTuple):
    """A place where the page may end."""

    at: Position
    y: float
    placed: int
    last: int  # line up to which the last placed block stands here
    notes: int
    fault: float


class Material(NamedTuple):
    """What a page is filled from."""

    blocks: Sequence[SetBlock]
    grid: float
    unit: float  # height of a line of white
    mirrored: bool
    notes_of: Callable[[int], dict[int, list[SetBlock]]]

    def notes(self, block: SetBlock, line: int) -> list[FootNote]:
        """The footnotes that a line refers to."""
        numbers = block.notes.get(line)
        if not numbers:
            return []
        known = self.notes_of(block.part)
        return [FootNote(note, 0) for number in numbers for note in known.get(number, ())]


def flexible(one: Placed) -> bool:
    block = one.block
    if block.kind == "figure":
        return True
    role = getattr(block.item, "role", "")
    return (
        block.kind == "text"
        and one.first == 0
        and role in ("story-title", "subheading", "scene-break", "notes-heading")
    )
