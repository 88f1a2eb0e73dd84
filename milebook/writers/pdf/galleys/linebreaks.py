"""Choose where the lines of a paragraph end, by the method of Knuth and Plass over the whole paragraph.

A justified line is judged by its spaces, as they are once its letters have been widened or narrowed a little: how far they
are from their natural width, and how far from those of the line above. Hyphens are a second resort and never stand three
in a row; a name or a word after its second letter is divided only where the line would be very loose without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from milebook.writers.pdf.galleys.boxes import (
    ANY_BREAK,
    HYPHEN_BREAK,
    HYPHENS,
    NAME_BREAK,
    SPACE_BREAK,
    STUB_BREAK,
    Box,
)
from milebook.writers.pdf.galleys.hyphens import Hyphenator
from milebook.writers.pdf.galleys.measure import Break, Measure

SQUEEZE = 0.021  # the share by which a line's letters may be widened or narrowed, as in pdfTeX's microtype
STRETCH, SHRINK = 0.42, 0.28  # shares of a space by which it may grow and shrink before it counts as bad
MOST_SHRINK = 0.3  # share of a space by which it may shrink at all
LOOSEST = (0.26, 0.9, 1.0e6)  # shares by which a space may grow, tried in this order; the first without hyphens
LOOSEST_SET_ANEW = (0.45, 0.9, 1.0e6)  # the same of a paragraph that should be a line longer or shorter
RAGGED_TOLERANCES = (2.0, 6.0, 1.0e6)
RAGGED = 0.16  # share of the measure by which ragged lines may differ before it counts as bad
NEIGHBOR_COST, NEIGHBOR_FREE = 1.0e5, 0.25  # of spaces unlike those above, squared, and the difference that is free
HYPHEN_COST, STUB_COST, NAME_COST, DASH_COST, ANY_COST = 10000.0, 24000.0, 600000.0, 400.0, 1.0e11
DOUBLE_COST, LAST_COST = 20000.0, 8000.0
SHORT_COST, SHORT_WIDTH = 30000.0, 28.0  # of a last line of less than so many points
ONE_COST, FRAGMENT_COST = 20000.0, 250000.0  # of a last line of one word, and of one that holds but the rest of a word
WORST, HOPELESS = 1.0e5, 3.0e5  # what very loose lines and the loosest can cost, before it is squared
SENTENCE_ENDS = frozenset(".?!:\u2026\u201d")
MOST_POINTS = 4000  # weighed in a paragraph with an overlong word; a longer one is cut as it comes


# A place where a line may end: box, character of the box (0: after the box), kind of break, x where the line ends, spaces
# before it, x where the next line begins, spaces before that. A plain tuple: there are hundreds of thousands.
_Point = tuple[int, int, int, float, int, float, int]
# x, gaps, cost, parent, the point, hyphens in a row, indent of the line that begins here, spaces of the one before
_Node = tuple[float, int, float, "_Node | None", "_Point | None", int, float, float]


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
    end = Break(len(boxes) - 1, 0, -1)
    if sum([box.width for box in boxes]) + space * (len(boxes) - 1) <= measure.width - measure.first:
        return [end]
    room = measure.width - max(measure.first, measure.rest)
    hang = hanging(boxes[0], measure)
    search, (strict, *patient) = (_justified, LOOSEST) if measure.align == "justify" else (_ragged, RAGGED_TOLERANCES)
    if per_line and measure.align == "justify":
        strict, *patient = LOOSEST_SET_ANEW
    found = search(_Places(boxes, None, 0.0, forbidden), space, measure, strict, hang, per_line)
    if found is None:
        places = _Places(boxes, hyphenator, 0.0, forbidden)
        for tolerance in patient:
            found = search(places, space, measure, tolerance, hang, per_line)
            if found is not None:
                break
    if found is None:
        places = _Places(boxes, hyphenator, room)
        too_wide = any(box.width > room for box in boxes)  # a word that is wider than the measure
        if too_wide and sum(1 for _ in places.points()) <= MOST_POINTS:
            found = search(places, space, measure, patient[-1], hang, 0.0)
        if found is None:
            found = _greedy(list(places.points()), space, measure, hang)
    return [*found[:-1], end]


def hanging(box: Box, measure: Measure) -> float:
    """How far the first sign of a paragraph hangs into the margin: indented speech begins where indented prose does."""
    return 0.0 if measure.first > 0.0 else box.hang_left


class _Places(NamedTuple):
    """Where the lines of a paragraph may end: between boxes and where these may be broken, anywhere if wider than `room`."""

    boxes: Sequence[Box]
    hyphenator: Hyphenator | None
    room: float = 0.0
    forbidden: frozenset[tuple[int, int]] = frozenset()

    def points(self, too_soon: Callable[[float, int], bool] | None = None) -> Iterator[_Point]:
        """The points in their order, each made when it is asked for.

        `too_soon(x, gaps)` says that no line can end before x, so that no one need look for hyphens there.
        """
        boxes, hyphenator, room, forbidden = self
        x, last = 0.0, len(boxes) - 1
        plainly = hyphenator is None and not room
        for i, box in enumerate(boxes):
            if plainly:
                inside = box.plain
            elif too_soon is not None and too_soon(x + box.width, i):
                inside = ()
            else:
                inside = box.points(hyphenator, bool(room) and box.width > room)
            for cut, kind, before, after in inside:
                if kind == NAME_BREAK and (not i or _ends_a_sentence(boxes[i - 1].text)):
                    kind = HYPHEN_BREAK  # a capital begins a sentence here
                if not forbidden or (i, cut) not in forbidden:
                    yield i, cut, kind, x + before, i, x + after, i
            x += box.width
            if not forbidden or (i, 0) not in forbidden or i == last:
                yield i, 0, SPACE_BREAK, x - box.hang_right, i, x + boxes[i + 1].hang_left if i < last else x, i + 1


def _ends_a_sentence(text: str) -> bool:
    """Whether a capital after this word need not begin a name; "Mr." and "St." end no sentence."""
    return text[-1:] in SENTENCE_ENDS and (text[-1] != "." or len(text) > 4)


def _justified(places: _Places, space: float, measure: Measure, loosest: float, hang: float, per_line: float) -> list[Break] | None:  # fmt: skip
    """The ends of the lines of the cheapest justified paragraph, or None if a line would be looser than allowed."""
    width, rest = measure.width, measure.rest
    flex = SQUEEZE * width
    active: list[_Node] = [(hang, 0, 0.0, None, None, 0, measure.first, 0.0)]
    final = len(places.boxes) - 1
    tightest = space * (1 - MOST_SHRINK)
    spare = 4 * space + max(0.0, rest - measure.first) + flex  # more than can hang in a margin or go into the letters

    def too_soon(x: float, gaps: int) -> bool:
        """Whether every line that may end at x would be too loose, even with four spaces more on it: no hyphen is as wide."""
        first = active[0]
        between = gaps - first[1]
        slack = width - first[6] - (x + 4 * space - first[0]) - between * space
        return slack - spare > max(loosest * between, 4.0) * space

    for point in places.points(too_soon):
        box, cut, kind, end, gaps, start, next_gaps = point
        best, found, spaces, overfull = 1e300, None, 0.0, False
        last = box == final and not cut
        for node in active:
            node_x, node_gaps, cost, parent, _, row, indent, above = node
            between = gaps - node_gaps
            slack = width - indent - (end - node_x) - between * space
            if slack >= 0.0:
                left = 0.0 if last or slack <= flex else slack - flex
                off = left / (between * space) if between else left / space
                if off > loosest:
                    if slack - spare > loosest * between * space:
                        break  # lines that begin further on are shorter still, but for what hangs out of them
                    continue
                ratio = off / STRETCH
            else:
                left = 0.0 if slack >= -flex else slack + flex
                off = left / (between * space) if between else (-1.0 if left < -1e-6 else 0.0)
                if off < -MOST_SHRINK:
                    overfull = True
                    continue
                ratio = off / -SHRINK
            bad = 100.0 * ratio * ratio * ratio + 10.0
            if bad > WORST:  # from ten times the usual stretch on it grows slowly: one word in a line is worse than two
                bad = min(WORST * ratio / 10.0, HOPELESS)
            cost += bad * bad + per_line
            if cost >= best:
                continue  # and what is added below is never less than nothing
            if parent is not None:
                unlike = (off - above if off > above else above - off) - NEIGHBOR_FREE
                if unlike > 0.0:
                    cost += NEIGHBOR_COST * unlike * unlike
                if last and width - indent - slack < SHORT_WIDTH:
                    cost += SHORT_COST
            if kind or last:
                cost += _kind_cost(kind, row, last, between, parent is not None)
                if kind in HYPHENS and row >= 2:
                    continue
            if cost < best:
                best, found, spaces = cost, node, off
        if last:
            return _chain(found, point)
        if overfull:
            room = width + flex - end
            active[:] = [n for n in active if room - n[6] + n[0] - (gaps - n[1]) * tightest >= -1e-9]
        if found is not None:
            active.append((start, next_gaps, best, found, point, found[5] + 1 if kind in HYPHENS else 0, rest, spaces))
        elif not active:
            return None
    return None


def _kind_cost(kind: int, row: int, last: bool, between: int, begun: bool) -> float:
    """What a line's end costs by its kind. `row`: hyphens in a row above it; `begun`: it is not the only line."""
    if last:
        cost = 0.0
        if row:
            cost += LAST_COST if between else FRAGMENT_COST
        return cost + (ONE_COST if begun and not between else 0.0)
    if kind in HYPHENS:
        cost = NAME_COST if kind == NAME_BREAK else STUB_COST if kind == STUB_BREAK else HYPHEN_COST
        return cost + (DOUBLE_COST if row else 0.0)
    return ANY_COST if kind == ANY_BREAK else DASH_COST


def _chain(node: _Node | None, last: _Point) -> list[Break] | None:
    """The breaks on the way to `node`, and `last`."""
    if node is None:
        return None
    out = [Break(*last[:3])]
    while node is not None and node[4] is not None:
        out.append(Break(*node[4][:3]))
        node = node[3]
    out.reverse()
    return out


def _ragged(places: _Places, space: float, measure: Measure, tolerance: float, hang: float, per_line: float) -> list[Break] | None:  # fmt: skip
    """The same for lines of natural spaces: they should be of about one length, centered ones to the very last."""
    width, rest = measure.width, measure.rest
    flex = RAGGED * width
    balanced = measure.align == "center"
    active: list[_Node] = [(hang, 0, 0.0, None, None, 0, measure.first, 0.0)]
    final = len(places.boxes) - 1
    spare = 4 * space + max(0.0, rest - measure.first)
    for point in places.points():
        box, cut, kind, end, gaps, start, next_gaps = point
        best, found, overfull = 1e300, None, False
        last = box == final and not cut
        for node in active:
            node_x, node_gaps, cost, parent, _, row, indent, _ = node
            slack = width - indent - (end - node_x) - (gaps - node_gaps) * space
            if slack < -1e-9:
                overfull = True
                continue
            ratio = 0.0 if last and not balanced else slack / flex
            if ratio > tolerance and not balanced:
                if slack - spare > tolerance * flex:
                    break
                continue
            bad = min(100.0 * ratio * ratio * ratio, WORST) + 10.0
            cost += bad * bad + per_line
            if cost >= best:
                continue
            if kind or last:
                cost += _kind_cost(kind, row, last, gaps - node_gaps, parent is not None and not balanced)
                if kind in HYPHENS and row >= 2:
                    continue
                if last and not balanced and parent is not None and width - indent - slack < SHORT_WIDTH:
                    cost += SHORT_COST
            if cost < best:
                best, found = cost, node
        if last:
            return _chain(found, point)
        if overfull:
            active = [n for n in active if width - end - n[6] + n[0] - (gaps - n[1]) * space >= -1e-9]
        if found is not None:
            active.append((start, next_gaps, best, found, point, found[5] + 1 if kind in HYPHENS else 0, rest, 0.0))
        elif not active:
            return None
    return None


def _greedy(points: list[_Point], space: float, measure: Measure, hang: float) -> list[Break]:
    """Lines filled one by one, broken anywhere if they must: for what no good paragraph can be made of."""
    out: list[Break] = []
    x, gaps, indent = hang, 0, measure.first
    i, final = 0, len(points) - 1
    while True:
        fit = -1
        j = i
        while j <= final:
            _, _, _, end, before, _, _ = points[j]
            if end - x + (before - gaps) * space > measure.width - indent + 1e-6:
                break
            fit = j
            j += 1
        if fit < 0:
            fit = i
        box, cut, kind, _, _, start, next_gaps = points[fit]
        out.append(Break(box, cut, kind))
        if fit == final:
            return out
        x, gaps, indent, i = start, next_gaps, measure.rest, fit + 1
