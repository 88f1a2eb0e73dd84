"""Fit the text between two breaks to the measure: the lines of a paragraph as they are drawn.

A line first takes up its slack by widening or narrowing its letters by at most two per cent (which no eye sees), and only
what is left goes into the spaces. Punctuation hangs in the margin. Where a line ends is decided in
`linebreaks`.
"""

from __future__ import annotations

from collections.abc import Sequence

from milebook.writers.pdf.galleys.boxes import FORCED_BREAK, HYPHENS, SPACE_BREAK, Box
from milebook.writers.pdf.galleys.linebreaks import SQUEEZE, hanging
from milebook.writers.pdf.galleys.measure import Break, Measure
from milebook.writers.pdf.typefaces.shaping import Segment

NARROWEST_SPACE = 0.55  # times its natural width: the narrowest space of a line that has no good fit


class SetLine:
    """One line: what stands on it and how its spaces and letters are fitted to the measure. Lengths are points."""

    __slots__ = ("end", "gap", "gaps", "items", "soft", "squeeze", "width", "x")

    def __init__(self, items: list[tuple[Segment, ...]], x: float, gap: float, squeeze: float, end: int, width: float, soft: bool, gaps: tuple[int, ...] | None = None) -> None:  # fmt: skip
        self.items = items  # one tuple of segments between two spaces
        self.x = x  # from the left edge of the measure
        self.gap = gap  # width of each space, before `squeeze`
        self.squeeze = squeeze  # 1.0, or up to SQUEEZE more or less
        self.end = end  # kind of break after it; -1 at the end of the paragraph
        self.width = width  # as drawn
        self.gaps = gaps  # levels of its spaces where words run from right to left, see `model.bidi`; else None
        self.soft = soft  # its hyphen took the place of a soft hyphen in the text

    @property
    def text(self) -> str:
        """What stands on the line, as typed, with the space or nothing that follows it."""
        body = " ".join([i[0][0].text if len(i) == 1 else "".join([word.text for word, _ in i]) for i in self.items])
        if self.end in HYPHENS:
            return body[:-1] + ("\u00ad" if self.soft else "")
        if self.end == FORCED_BREAK:
            return body + "\n"
        return body + " " if self.end == SPACE_BREAK else body


def fit(boxes: Sequence[Box], breaks: Sequence[Break], space: float, measure: Measure) -> list[SetLine]:
    """The lines between breaks, fitted to the measure."""
    lines: list[SetLine] = []
    box, cut, final = 0, 0, len(breaks) - 1
    align = measure.align
    for number, (end, end_cut, kind) in enumerate(breaks):
        indent = measure.rest if number else measure.first
        items, width, soft = _between(boxes, (box, cut), (end, end_cut), hyphen=kind in HYPHENS)
        hang = 0.0
        if align != "center" and align != "right":
            hang = hanging(boxes[0], measure)
            if number:
                hang = boxes[box].hang_left if not cut else boxes[box].hang_after(cut)
        over = boxes[end].hang_before(end_cut, kind) if end_cut else boxes[end].hang_right
        gaps = len(items) - 1
        room = measure.width - indent
        full = align == "justify" and number != final and kind != FORCED_BREAK
        gap, squeeze = _fitted(
            width, gaps, space, room + hang + over, full=full, justified=align == "justify" and kind != FORCED_BREAK
        )
        drawn = (width + gaps * gap) * squeeze
        x = indent - hang
        if align == "center":
            x = indent + (room - drawn) / 2
        elif align == "right":
            x = indent + room - drawn
        if measure.leftward:
            x = measure.width - x - drawn
        levels = None if boxes[box].gap is None else tuple([one.gap or 0 for one in boxes[box:end]])
        lines.append(SetLine(items, x, gap, squeeze, -1 if number == final else kind, drawn, soft, levels))
        box, cut = (end, end_cut) if end_cut else (end + 1, 0)
    return lines


def _between(boxes: Sequence[Box], start: tuple[int, int], end: tuple[int, int], *, hyphen: bool) -> tuple[list[tuple[Segment, ...]], float, bool]:  # fmt: skip
    """What stands between two places (box and character), its width without spaces, and whether a soft hyphen ends it."""
    (box, cut), (last, last_cut) = start, end
    items: list[tuple[Segment, ...]] = []
    width, soft = 0.0, False
    if cut:
        part = boxes[box]
        items.append(part.cut(cut, last_cut if last_cut and box == last else len(part.text), hyphen and box == last))
        width += sum(word.width for word, _ in items[0])
        box += 1
    whole = boxes[box:last] if last_cut else boxes[box : last + 1]
    items += [part.segments for part in whole]
    for part in whole:
        width += part.width
    if last_cut and box <= last:
        items.append(boxes[last].cut(0, last_cut, hyphen))
        width += sum(word.width for word, _ in items[-1])
    if last_cut and hyphen:
        soft = boxes[last].text[last_cut - 1] == "\u00ad"
    return items, width, soft


def _fitted(width: float, gaps: int, space: float, room: float, *, full: bool, justified: bool) -> tuple[float, float]:
    """The width of each space, and the share to which everything is widened or narrowed, of a line that has so much room.

    `full`: it ends at the right margin; else it is only narrowed where it would stand out.
    """
    natural = width + gaps * space
    slack = room - natural
    gap, squeeze = space, 1.0
    if full or (justified and slack < 0):
        squeeze = 1.0 + max(-SQUEEZE, min(SQUEEZE, slack / natural)) if natural else 1.0
        left = room - natural * squeeze
        if gaps:
            gap = max(space + left / gaps / squeeze, NARROWEST_SPACE * space)
        elif left < 0:
            squeeze = max(0.8, squeeze + left / natural)
    elif slack < 0 and natural:
        squeeze = max(0.9, 1.0 + slack / natural)
    return gap, squeeze
