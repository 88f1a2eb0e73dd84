"""The space that a paragraph is set in, and the ends of its lines, as values."""

from __future__ import annotations

from typing import NamedTuple


class Break(NamedTuple):
    """The end of a line: box number, character of the box (0: after the box), and the kind of break."""

    box: int
    cut: int
    kind: int


class Measure(NamedTuple):
    """The space that a paragraph is set in, in points."""

    width: float
    first: float = 0.0  # indent of the first line
    rest: float = 0.0  # indent of the others
    align: str = "justify"  # "left" and "right" are where a line begins and ends, for either direction
    leftward: bool = False  # lines begin at the right
