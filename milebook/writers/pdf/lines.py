"""Boxes and a measure in, lines out: the optimum-fit method of Knuth and Plass over a whole paragraph.

A line first takes up its slack by widening or narrowing its letters by at most two per cent (which no eye sees), and only
what is left goes into the spaces. Punctuation hangs in the margin. Hyphens are a second resort and never stand three in
a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from milebook.writers.pdf.hyphens import Hyphenator
from milebook.writers.pdf.measure import ANY_BREAK, FORCED_BREAK, HYPHEN_BREAK, NAME_BREAK, SPACE_BREAK, Box, Segment

SQUEEZE = 0.02  # the share by which a line's letters may be widened or narrowed
STRETCH, SHRINK = 0.5, 0.2  # shares of a space by which it may grow and shrink before it counts as bad
TOLERANCES = (1.0, 2.5, 6.0, 40.0, 1.0e6)
RAGGED_TOLERANCES = (2.0, 6.0, 1.0e6)
HYPHEN_COST, NAME_COST, DASH_COST, ANY_COST = 2500.0, 14000.0, 400.0, 1.0e11
MOST_POINTS = (
    4000  # that a paragraph with such a word is weighed at; a word of a million letters is cut where the line ends
)
WORST = 1.0e5  # what the loosest line can cost, before it is squared
DOUBLE_COST, LAST_COST, SHORT_COST = 12000.0, 8000.0, 30000.0
FRAGMENT_COST = 150000.0  # of a last line that holds nothing but the rest of a word
HYPHENS = (HYPHEN_BREAK, NAME_BREAK)
RAGGED = 0.16  # share of the measure by which ragged lines may differ before it counts as bad
VERSION = 2  # of the method: a cache of another version is of no use


class Break(NamedTuple):
    """The end of a line: box number, character of the box (0: after the box), and the kind of break."""

    box: int
    cut: int
    kind: int


class Line:
    """One line: what stands on it and how its spaces and letters are fitted to the measure. Lengths are points."""

    __slots__ = ("end", "gap", "items", "soft", "squeeze", "width", "x")

    def __init__(self, items: list[tuple[Segment, ...]], x: float, gap: float, squeeze: float, end: int, width: float, soft: bool) -> None:  # fmt: skip
        self.items = items  # one tuple of segments between two spaces
        self.x = x  # from the left edge of the measure
        self.gap = gap  # width of each space, before `squeeze`
        self.squeeze = squeeze  # 1.0, or up to two per cent more or less
        self.end = end  # kind of break after it; -1 at the end of the paragraph
        self.width = width  # as drawn
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


class Measure(NamedTuple):
    """The space that a paragraph is set in."""

    width: float
    first: float = 0.0  # indent of the first line
    rest: float = 0.0  # indent of the others
    align: str = "justify"


_Point = tuple[
    int, int, int, float, int, float, int
]  # box, cut, kind, x at the end, gaps there, x and gaps at the next start
_Node = tuple[
    float, int, float, "_Node | None", int, int, float
]  # x, gaps, cost, parent, point, hyphens in a row, indent


def break_paragraph(
    boxes: Sequence[Box],
    space: float,
    measure: Measure,
    hyphenator: Hyphenator | None,
    forbidden: frozenset[tuple[int, int]] = frozenset(),
    per_line: float = 0.0,
) -> list[Break]:
    """The ends of the lines of a paragraph; the last is the end of the last box.

    `per_line` is what each line costs, for a paragraph that should be longer (below 0) or shorter than is best.
    """
    if not boxes:
        return []
    width = measure.width
    total = sum(box.width for box in boxes) + space * (len(boxes) - 1)
    if total <= width - measure.first:
        return [Break(len(boxes) - 1, 0, -1)]
    room = width - max(measure.first, measure.rest)
    hang = boxes[0].hang_left
    strict, *patient = TOLERANCES if measure.align == "justify" else RAGGED_TOLERANCES
    points = _points(boxes, hyphenator if per_line else None, 0.0, forbidden)
    chain = _chain(points, space, measure, strict, hang, per_line)
    if chain is None and hyphenator is not None:
        points = _points(boxes, hyphenator, 0.0, forbidden)
    for tolerance in patient if chain is None else ():
        chain = _chain(points, space, measure, tolerance, hang, per_line)
        if chain is not None:
            break
    if chain is None and any(box.width > room for box in boxes):  # a word that is wider than the measure
        points = _points(boxes, hyphenator, room, frozenset())
        if len(points) <= MOST_POINTS:
            chain = _chain(points, space, measure, patient[-1], hang)
    if chain is None:
        points = _points(boxes, hyphenator, room, frozenset())
        chain = _greedy(points, space, measure, hang)
    return [Break(points[i][0], points[i][1], points[i][2]) for i in chain[:-1]] + [Break(len(boxes) - 1, 0, -1)]


def _points(boxes: Sequence[Box], hyphenator: Hyphenator | None, room: float, forbidden: frozenset[tuple[int, int]]) -> list[_Point]:  # fmt: skip
    out: list[_Point] = []
    x, last = 0.0, len(boxes) - 1
    add, plainly = out.append, hyphenator is None and not room
    for i, box in enumerate(boxes):
        places = box.plain if plainly else box.points(hyphenator, bool(room) and box.width > room)
        for cut, kind, before, after in places:
            add((i, cut, kind, x + before, i, x + after, i))
        x += box.width
        add((i, 0, SPACE_BREAK, x - box.hang_right, i, x + boxes[i + 1].hang_left if i < last else x, i + 1))
    if forbidden:
        return [point for point in out if (point[0], point[1]) not in forbidden or point is out[-1]]
    return out


def _chain(points: list[_Point], space: float, measure: Measure, tolerance: float, hang: float, per_line: float = 0.0) -> list[int] | None:  # fmt: skip
    """Numbers of the points that make the cheapest paragraph, or None if there is none within the tolerance."""
    ragged = measure.align != "justify"
    width, rest = measure.width, measure.rest
    if ragged:
        stretch, shrink, flex, squash = 0.0, 0.0, RAGGED * width, 1e-9
    else:
        stretch, shrink = space * STRETCH, space * SHRINK
        flex = squash = SQUEEZE * width
    balanced = measure.align == "center"
    active: list[_Node] = [(hang, 0, 0.0, None, -1, 0, measure.first)]
    final = len(points) - 1
    short = 28.0
    tightest = space - shrink
    spare = 4 * space + max(0.0, rest - measure.first)  # more than can hang in a margin
    for b, (_, _, kind, end, gaps, start, next_gaps) in enumerate(points):
        best, found, overfull = 1e300, None, False
        last = b == final
        hyphen = kind in HYPHENS
        for node in active:
            node_x, node_gaps, cost, _, _, row, indent = node
            between = gaps - node_gaps
            slack = width - indent - (end - node_x) - between * space
            if slack < 0:
                ratio = slack / (between * shrink + squash)
                if ratio < -1.0:
                    overfull = True
                    continue
                bad = -100.0 * ratio * ratio * ratio
            elif last and not balanced:
                bad = 0.0
            else:
                limit = between * stretch + flex
                ratio = slack / limit
                if ratio > tolerance and not balanced:
                    if not last:
                        if slack - spare > tolerance * limit:
                            break  # lines that begin further on are shorter still, but for what hangs out of them
                        continue
                    ratio = tolerance
                bad = 100.0 * ratio * ratio * ratio
                if bad > WORST:
                    bad = WORST
            bad += 10.0
            cost += bad * bad + per_line
            if cost >= best:
                continue  # and what is added below is never less than nothing
            if hyphen:
                if row >= 2:
                    continue
                cost += NAME_COST if kind == NAME_BREAK else HYPHEN_COST
                if row:
                    cost += DOUBLE_COST
            elif kind == ANY_BREAK:
                cost += ANY_COST
            elif kind:
                cost += DASH_COST
            elif last:
                if row:
                    cost += LAST_COST if between else FRAGMENT_COST
                if not balanced and width - indent - slack < short and node[3] is not None:
                    cost += SHORT_COST
            if cost < best:
                best, found = cost, node
        if last:
            if found is None:
                return None
            out = [b]
            while found is not None and found[4] >= 0:
                out.append(found[4])
                found = found[3]
            out.reverse()
            return out
        if overfull:
            room = width + squash - end
            active = [n for n in active if room - n[6] + n[0] - (gaps - n[1]) * tightest >= -1e-9]
        if found is not None:
            active.append((start, next_gaps, best, found, b, found[5] + 1 if hyphen else 0, rest))
        elif not active:
            return None
    return None


def _greedy(points: list[_Point], space: float, measure: Measure, hang: float) -> list[int]:
    """Lines filled one by one, broken anywhere if they must: for what no good paragraph can be made of."""
    out: list[int] = []
    x, gaps, indent = hang, 0, measure.first
    i, final = 0, len(points) - 1
    while True:
        fit = -1
        j = i
        while j <= final:
            _, _, _, end, n, _, _ = points[j]
            if end - x + (n - gaps) * space > measure.width - indent + 1e-6:
                break
            fit = j
            j += 1
        if fit < 0:
            fit = i
        out.append(fit)
        if fit == final:
            return out
        x, gaps, indent, i = points[fit][5], points[fit][6], measure.rest, fit + 1


def fit(boxes: Sequence[Box], breaks: Sequence[Break], space: float, measure: Measure) -> list[Line]:
    """The lines between breaks, fitted to the measure."""
    lines: list[Line] = []
    box, cut, count = 0, 0, len(breaks)
    align = measure.align
    for number, (end, end_cut, kind) in enumerate(breaks):
        indent = measure.rest if number else measure.first
        items: list[tuple[Segment, ...]] = []
        hyphen = kind in HYPHENS
        soft = False
        width = 0.0
        hang = 0.0
        for i in range(box, end + 1):
            part = boxes[i]
            a = cut if i == box else 0
            b = end_cut if i == end and end_cut else 0
            if a or b:
                stop = b or len(part.text)
                item = part.cut(a, stop, bool(b) and hyphen)
                width += sum(word.width for word, _ in item)
                items.append(item)
                if b and hyphen:
                    soft = part.text[b - 1] == "\u00ad"
            else:
                items.append(part.segments)
                width += part.width
        if align != "center" and align != "right":
            hang = boxes[box].hang_left if not cut else boxes[box].hang_after(cut)
        over = boxes[end].hang_before(end_cut, kind) if end_cut else boxes[end].hang_right
        gaps = len(items) - 1
        room = measure.width - indent
        natural = width + gaps * space
        slack = room - (natural - hang - over)
        gap, squeeze = space, 1.0
        last = number == count - 1
        if align == "justify" and (not last or slack < 0) and kind != FORCED_BREAK:
            squeeze = 1.0 + max(-SQUEEZE, min(SQUEEZE, 0.85 * slack / natural)) if natural else 1.0
            left = room - (natural * squeeze - hang - over)
            if gaps:
                gap = space + left / gaps / squeeze
                if gap < 0.55 * space:
                    gap = 0.55 * space
            elif left < 0:
                squeeze = max(0.8, squeeze + left / natural)
        elif slack < 0 and natural:
            squeeze = max(0.9, 1.0 + slack / natural)
        drawn = (width + gaps * gap) * squeeze
        x = indent - hang
        if align == "center":
            x = indent + (room - drawn) / 2
        elif align == "right":
            x = indent + room - drawn
        lines.append(Line(items, x, gap, squeeze, -1 if last else kind, drawn, soft))
        box, cut = (end, end_cut) if end_cut else (end + 1, 0)
    return lines
