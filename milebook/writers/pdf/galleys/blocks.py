"""The pieces that pages are filled with from top to bottom: paragraphs, pictures and rows of tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from milebook.layout import Style
from milebook.writers.pdf.galleys.boxes import Box
from milebook.writers.pdf.galleys.hyphens import Hyphenator
from milebook.writers.pdf.galleys.lines import SetLine
from milebook.writers.pdf.galleys.measure import Measure
from milebook.writers.pdf.typefaces.shaping import Segment


@dataclass(slots=True, eq=False)
class SetBlock:
    """Something that stands below what is before it. Lengths are points."""

    kind: str  # text | figure | row
    part: int  # number of the Draft's Part
    item: Any = None  # the Paragraph, Figure or Table it comes from
    style: Style = field(default_factory=Style)
    before: float = 0.0
    after: float = 0.0
    leading: float = 0.0
    baseline: float = 0.0  # from the top of a line to its baseline
    left: float = 0.0  # of the measure, from the left edge of the type area
    width: float = 0.0  # of the measure
    lines: list[SetLine] = field(default_factory=list)
    label: tuple[Segment, ...] = ()  # of a list item or footnote, set before the first line
    label_x: float = 0.0
    keep_next: bool = False
    keep_together: bool = False
    start: str = ""  # "" | page | recto: begins a new page
    at_foot: bool = False  # its page is filled from the foot, as copyright pages are
    opener: bool = False  # begins a chapter or a front- or back-matter text
    notes: dict[int, list[int]] = field(default_factory=dict)  # line -> numbers of the notes referred to there
    queries: dict[int, list[int]] = field(default_factory=dict)  # line -> serials
    height: float = 0.0  # of a row or figure's picture
    most: float = 0.0  # height that a figure may have at most
    captions: list[SetBlock] = field(default_factory=list)
    pair: list[SetBlock] = field(default_factory=list)  # the two figures that stand side by side
    settings: dict[int, list[list[SetLine]]] = field(default_factory=dict)  # measure -> lines of each caption
    cells: list[list[SetLine]] = field(default_factory=list)
    columns: list[tuple[float, float]] = field(default_factory=list)  # left edge and width
    row: int = -1  # of a table; -1 is its head
    head: SetBlock | None = None
    note: int = 0  # number of the footnote this paragraph belongs to
    boxes: Sequence[Box] = ()
    space: float = 0.0
    measure: Measure | None = None
    hyphenator: Hyphenator | None = None

    @property
    def text_height(self) -> float:
        return len(self.lines) * self.leading
