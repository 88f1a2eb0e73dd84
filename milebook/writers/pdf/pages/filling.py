"""One page filled: blocks from a position on, as many as fit, cut back to the best place where the page may end.

Footnotes stand at the foot of the page they are called on, and go on over the page if they must.
"""

from __future__ import annotations

from milebook.writers.pdf.galleys.figures import words_height
from milebook.writers.pdf.pages.following import before_title, text_goes_on
from milebook.writers.pdf.pages.footnotes import Foot, set_foot
from milebook.writers.pdf.pages.open_page import HYPHEN_FAULT, OpenPage
from milebook.writers.pdf.pages.placing import (
    AS_IT_COMES,
    EARLY,
    EPSILON,
    LATE,
    Filled,
    FootNote,
    Material,
    Placed,
    Position,
    Stop,
    flexible,
)

UNUSABLE = 1.0e6  # what a page costs that cannot be filled as was asked
TITLE_SHARE = 0.35  # of the price of white, where the next story begins on the next page


class Filler(OpenPage):
    """Fills one page. `move` says what becomes of a picture that does not fit."""

    def __init__(self, material: Material, depth: float, carry: tuple[FootNote, ...], recto: bool, size: float = 1.0, move: str = AS_IT_COMES) -> None:  # fmt: skip
        super().__init__(material, depth, carry, recto, size)
        self.move = move
        self.full_depth = depth
        self.early = -1  # the figure that stands at the foot of this page, before text that it follows
        self.barred = False

    def fill(self, at: Position) -> Filled:
        blocks = self.material.blocks
        i, j, moved = at
        self.moved.update(moved)
        count = len(blocks)
        if not self._waiting(i):
            return self._close(self._best(), False)
        self._make_room(i)
        ended = True
        while i < count:
            block = blocks[i]
            if j == 0 and block.start and (self.placed or self.queue):
                ended = not any(m < i for m in self.moved)  # notes of the chapter before fill a page of their own
                break
            if i in self.moved:
                self.moved.discard(i)  # it stands already
            elif any(m < i and blocks[m].part != block.part for m in self.moved):
                self.forced, ended = (i, 0), False  # a picture stays within its story
                break
            elif not self._put(i, j):
                ended = False
                break
            i, j = i + 1, 0
        if ended and i >= count:
            ended = not any(m < i for m in self.moved)
        if ended and self.early < 0:
            stop = Stop(self.position(i, 0), self.y, len(self.placed), _last(self.placed), len(self.queue), 0.0)
            return self._close(stop, True)
        return self._close(self._best(), False)

    def _put(self, i: int, j: int) -> bool:
        """Place a block, or what fits of it. False where the page ends before its end."""
        block = self.material.blocks[i]
        if block.kind == "text":
            return self.put_text(i, j)
        if block.kind == "row":
            return self.put_row(i)
        if i == self.early or any(m < i for m in self.moved):
            fits = False  # pictures keep their order
        else:
            fits = self.put_figure(i)
        if fits:
            return True
        self.barred = True
        if self.move == LATE and self.placed and text_goes_on(self.material.blocks, i):
            self.moved.add(i)
            return True
        self.forced = (i, 0)
        return False

    def _waiting(self, i: int) -> bool:
        """Place the figures that the page before had no room for."""
        for number in sorted(m for m in self.moved if m < i):
            if not self.put_figure(number):
                return False
            self.moved.discard(number)
            self.stops[-1] = self.stops[-1]._replace(at=self.position(i, 0))
        return True

    def _make_room(self, i: int) -> None:
        """Keep the foot of the page for the next picture of the story that is being set."""
        blocks = self.material.blocks
        if self.move != EARLY:
            return
        number = next((n for n in range(i, len(blocks)) if blocks[n].kind == "figure" and n not in self.moved), -1)
        if number < 0 or self.placed:
            return
        figure = blocks[number]
        height = figure.height * self.size
        self.early, self.early_height = number, height
        self.depth -= height + words_height(figure, height) + figure.before

    def _best(self) -> Stop:
        """The best of the last places where the page may end; where there is none, it ends where it must."""
        best: Stop | None = None
        least = 1e9
        stops = (
            self.stops if self.move == AS_IT_COMES else [stop for stop in self.stops if not self._divides_text(stop.at)]
        )
        for stop in stops[-8:]:
            cost = (self.depth - stop.y) / self.material.unit + stop.fault
            if cost <= least:
                best, least = stop, cost
        if best is None:
            fault = 5.0 if self.move == AS_IT_COMES else UNUSABLE
            return Stop(
                self.position(*self.forced), self.y, len(self.placed), _last(self.placed), len(self.queue), fault
            )
        return best

    def _divides_text(self, at: Position) -> bool:
        """Whether a picture that was moved would stand inside a paragraph if the page ended here."""
        return at[1] > 0 and (self.early >= 0 or any(m < at[0] for m in at[2]))

    def _close(self, stop: Stop, ended: bool) -> Filled:
        """The page cut back to a place where it may end, with its footnotes."""
        placed = self.placed[: stop.placed]
        if placed and placed[-1].block.kind == "text":
            placed[-1] = placed[-1]._replace(last=stop.last)
        if self.early >= 0:
            return self._close_early(stop, placed)
        foot = Foot([], -1.0, [], self.depth - stop.y)
        queue = self.queue[: stop.notes]
        if queue:
            foot = set_foot(queue, stop.y, self.depth, to_the_foot=bool(placed) or ended)
        cost = self._cost(stop, placed, foot.slack, noted=bool(queue), ended=ended)
        return Filled(
            placed, foot.notes, foot.rule, stop.at, tuple(foot.carry), foot.slack, cost, ended, stop.y,
            self._hyphen(stop, ended), self.barred,
        )  # fmt: skip

    def _cost(self, stop: Stop, placed: list[Placed], slack: float, *, noted: bool, ended: bool) -> float:
        """What the white at the foot costs, in lines: less where notes, pictures or headings can take it up, or a story ends."""
        lines = max(0.0, slack) / self.material.unit
        if noted:
            return 0.3 * min(lines, 3.0) + stop.fault
        if lines <= 3.0 and any(flexible(one) for one in placed[1:]):
            return 0.2 * lines + stop.fault
        if not ended and before_title(self.material.blocks, stop.at):
            return TITLE_SHARE * lines + stop.fault
        return lines + stop.fault

    def _close_early(self, stop: Stop, placed: list[Placed]) -> Filled:
        """The page with its picture at the foot, below text that continues on the next page."""
        i, j, moved = stop.at
        blocks = self.material.blocks
        figure = blocks[self.early]
        fits = i <= self.early and self._begun(placed, figure.part) and not self.queue and stop.fault < HYPHEN_FAULT
        height = self.early_height
        words = words_height(figure, height)
        slack = max(0.0, self.depth - stop.y)
        grown = min(slack, figure.most - height) if figure.most > height else 0.0
        placed.append(Placed(figure, 0, 1, self.full_depth - height - grown - words, height + grown))
        cost = max(0.0, slack - grown) / self.material.unit if fits else UNUSABLE
        at = (i, j, tuple(sorted({*moved, self.early})))
        return Filled(placed, [], -1.0, at, (), max(0.0, slack - grown), cost, False, self.full_depth, None)

    def _begun(self, placed: list[Placed], part: int) -> bool:
        """Whether the story that the picture belongs to, and nothing after it, stands on the page, with its first lines."""
        return bool(placed) and placed[-1].block.part == part and all(one.block.part <= part for one in placed)

    def _hyphen(self, chosen: Stop, ended: bool) -> tuple[int, int] | None:
        """The line that would have ended the page better, if a word did not go on after it."""
        if ended or not self.recto or not self.material.mirrored:
            return None
        for stop in reversed(self.stops[-8:]):
            if stop.y <= chosen.y + EPSILON and stop.fault < HYPHEN_FAULT:
                return None
            if stop.fault >= HYPHEN_FAULT:
                return stop.at[:2]
        return None


def _last(placed: list[Placed]) -> int:
    return placed[-1].last if placed else 0
