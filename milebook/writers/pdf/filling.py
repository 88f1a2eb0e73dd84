"""One page filled: Blocks from a position on, as many as fit, cut back to the best place where the page may end.

No widow, no orphan, no heading alone, no word broken from a right-hand page to the next; footnotes at the foot of the page
they are called on, going on over the page if they must.
"""

from __future__ import annotations

from milebook.writers.pdf.boxes import HYPHENS
from milebook.writers.pdf.figures import fitting_height, words_height
from milebook.writers.pdf.following import before_title, height_off_grid, on_grid, strands, text_goes_on
from milebook.writers.pdf.footnotes import Foot, room_for, set_foot
from milebook.writers.pdf.placing import (
    AS_IT_COMES,
    EARLY,
    EPSILON,
    LATE,
    Filled,
    FootNote,
    Placed,
    Position,
    Run,
    Stop,
    flexible,
)

ORPHANS, WIDOWS = 2, 2
LED = 3  # lines of text that a heading must have below it on its page
SMALLEST = 0.5  # share of its size to which a picture may be reduced to fill a page
HYPHEN_FAULT = 9.0  # in lines of white: more than ending the page earlier can cost
STRANDED_FAULT = 2.0  # the same of a page that would leave the next one a story's last line
UNUSABLE = 1.0e6  # what a page costs that cannot be filled as was asked
TITLE_SHARE = 0.35  # of the price of white, where the next story begins on the next page


class Filler:
    """Fills one page. `size` is a share of their size that all its pictures are reduced to, `move` says what becomes of a
    picture that does not fit.
    """

    def __init__(self, maker: Run, depth: float, carry: tuple[FootNote, ...], recto: bool, size: float = 1.0, move: str = AS_IT_COMES) -> None:  # fmt: skip
        self.maker, self.depth, self.recto, self.size, self.move = maker, depth, recto, size, move
        self.full_depth = depth
        self.moved: set[int] = set()
        self.early = -1  # the figure that stands at the foot of this page, before text that it follows
        self.barred = False
        self._forced = (0, 0)  # where the page must end if it cannot end better
        self.queue: list[FootNote] = list(carry)
        self.placed: list[Placed] = []
        self.stops: list[Stop] = []
        self.y = 0.0
        self.after = 0.0
        self.led = 99  # lines since the last such Block
        self.foot = room_for(self.queue, depth)

    def fill(self, at: Position) -> Filled:
        blocks = self.maker.blocks
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
                self._forced, ended = (i, 0), False  # a picture stays within its story
                break
            elif not self._put(i, j):
                ended = False
                break
            i, j = i + 1, 0
        if ended and i >= count:
            ended = not any(m < i for m in self.moved)
        if ended and self.early < 0:
            stop = Stop(self._at(i, 0), self.y, len(self.placed), _last(self.placed), len(self.queue), 0.0)
            return self._close(stop, True)
        return self._close(self._best(), False)

    def _put(self, i: int, j: int) -> bool:
        """Place a Block, or what fits of it. False where the page ends before its end."""
        block = self.maker.blocks[i]
        if block.kind == "text":
            return self._text(i, j)
        if block.kind == "row":
            return self._row(i)
        if i == self.early or any(m < i for m in self.moved):
            fits = False  # pictures keep their order
        else:
            fits = self._figure(i)
        if fits:
            return True
        self.barred = True
        if self.move == LATE and self.placed and text_goes_on(self.maker.blocks, i):
            self.moved.add(i)
            return True
        self._forced = (i, 0)
        return False

    def _waiting(self, i: int) -> bool:
        """Place the figures that the page before had no room for."""
        for number in sorted(m for m in self.moved if m < i):
            if not self._figure(number):
                return False
            self.moved.discard(number)
            self.stops[-1] = self.stops[-1]._replace(at=self._at(i, 0))
        return True

    def _make_room(self, i: int) -> None:
        """Keep the foot of the page for the next picture of the story that is being set."""
        blocks = self.maker.blocks
        if self.move != EARLY:
            return
        number = next((n for n in range(i, len(blocks)) if blocks[n].kind == "figure" and n not in self.moved), -1)
        if number < 0 or self.placed:
            return
        figure = blocks[number]
        height = figure.height * self.size
        self.early, self.early_height = number, height
        self.depth -= height + words_height(figure, height) + figure.before

    def _at(self, i: int, j: int) -> Position:
        return i, j, tuple(sorted(self.moved))

    def _gap(self, i: int, j: int) -> float:
        """White above a Block."""
        block = self.maker.blocks[i]
        if j:
            return 0.0
        if not self.placed:
            return block.before if block.start else 0.0
        gap = max(self.after, block.before)
        grid = self.maker.grid
        if grid and not on_grid(block, grid):
            previous = self.placed[-1].block
            if on_grid(previous, grid) or previous.kind == "figure":
                gap += -(self.y + gap + height_off_grid(self.maker.blocks, i, grid, self.depth)) % grid
        return gap

    def _text(self, i: int, j: int) -> bool:
        maker = self.maker
        block = maker.blocks[i]
        lines, leading = block.lines, block.leading
        y = self.y + self._gap(i, j)
        grid = maker.grid
        if grid and on_grid(block, grid):
            y = -(-(y - EPSILON) // grid) * grid
        count = len(lines)
        if block.keep_next:
            self.led = -count
        whole = block.keep_together and count * leading <= self.depth
        slot = len(self.placed)
        recto = self.recto and maker.mirrored
        k = j
        while k < count:
            bottom = y + (k - j + 1) * leading
            new = maker.notes(block, k) if block.notes else []
            foot = room_for(self.queue + new, self.depth) if new else self.foot
            if bottom + foot > self.depth + EPSILON and not (not self.placed and k == j):
                if k > j:
                    self.placed.append(Placed(block, j, k, y))
                    self.y = bottom - leading
                self._forced = (i, k)
                return False
            if new:
                self.queue += new
                self.foot = foot
            k += 1
            self.led += 1
            if self.led < LED:
                continue
            if k < count:
                if not whole and k >= ORPHANS and count - k >= WIDOWS:
                    fault = HYPHEN_FAULT if recto and lines[k - 1].end in HYPHENS else 0.0
                    self.stops.append(Stop(self._at(i, k), bottom, slot + 1, k, len(self.queue), fault))
            elif not block.keep_next:
                fault = STRANDED_FAULT if strands(maker.blocks, i + 1) else 0.0
                self.stops.append(Stop(self._at(i + 1, 0), bottom, slot + 1, k, len(self.queue), fault))
        self.placed.append(Placed(block, j, count, y))
        self.y = y + (count - j) * leading
        self.after = block.after
        return True

    def _figure(self, i: int) -> bool:
        block = self.maker.blocks[i]
        grid = self.maker.grid
        y = self.y + (max(self.after, block.before) if self.placed else 0.0)
        room = self.depth - self.foot - y
        natural = block.height * self.size
        least = SMALLEST * block.height if room >= 60.0 else natural
        height = fitting_height(block, natural, room, min(least, natural))
        if height is None:
            if self.placed:
                return False
            height = max(min(natural, room - words_height(block, block.height)), 12.0)
        words = words_height(block, height)
        if grid and height == natural:
            spare = -(y + height + words + block.after - EPSILON) % grid
            if height + spare <= block.most and y + height + spare + words <= self.depth - self.foot:
                height += spare
            elif self.placed and y + spare / 2 + height + words <= self.depth - self.foot:
                y += spare / 2
        self.led = 99
        self.placed.append(Placed(block, 0, 1, y, height))
        self.y = y + height + words
        self.after = block.after
        self.stops.append(Stop(self._at(i + 1, 0), self.y, len(self.placed), 1, len(self.queue), 0.0))
        return True

    def _row(self, i: int) -> bool:
        block = self.maker.blocks[i]
        y = self.y + self._gap(i, 0)
        head = block.head if not self.placed and block.head is not None else None
        height = block.height + (head.height if head else 0.0)
        if y + height + self.foot > self.depth + EPSILON and self.placed:
            self._forced = (i, 0)
            return False
        if head:
            self.placed.append(Placed(head, 0, 1, y))
            y += head.height
        self.placed.append(Placed(block, 0, 1, y))
        self.y = y + block.height
        self.after = block.after
        if not block.keep_next:
            self.stops.append(Stop(self._at(i + 1, 0), self.y, len(self.placed), 1, len(self.queue), 0.0))
        return True

    def _best(self) -> Stop:
        """The best of the last places where the page may end; where there is none, it ends where it must."""
        best: Stop | None = None
        least = 1e9
        stops = (
            self.stops if self.move == AS_IT_COMES else [stop for stop in self.stops if not self._parts_words(stop.at)]
        )
        for stop in stops[-8:]:
            cost = (self.depth - stop.y) / self.maker.unit + stop.fault
            if cost <= least:
                best, least = stop, cost
        if best is None:
            fault = 5.0 if self.move == AS_IT_COMES else UNUSABLE
            return Stop(self._at(*self._forced), self.y, len(self.placed), _last(self.placed), len(self.queue), fault)
        return best

    def _parts_words(self, at: Position) -> bool:
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
        lines = max(0.0, slack) / self.maker.unit
        if noted:
            return 0.3 * min(lines, 3.0) + stop.fault
        if lines <= 3.0 and any(flexible(one) for one in placed[1:]):
            return 0.2 * lines + stop.fault
        if not ended and before_title(self.maker.blocks, stop.at):
            return TITLE_SHARE * lines + stop.fault
        return lines + stop.fault

    def _close_early(self, stop: Stop, placed: list[Placed]) -> Filled:
        """The page with its picture at the foot, below text that goes on on the next page."""
        i, j, moved = stop.at
        blocks = self.maker.blocks
        figure = blocks[self.early]
        fits = i <= self.early and self._begun(placed, figure.part) and not self.queue and stop.fault < HYPHEN_FAULT
        height = self.early_height
        words = words_height(figure, height)
        slack = max(0.0, self.depth - stop.y)
        grown = min(slack, figure.most - height) if figure.most > height else 0.0
        placed.append(Placed(figure, 0, 1, self.full_depth - height - grown - words, height + grown))
        cost = max(0.0, slack - grown) / self.maker.unit if fits else UNUSABLE
        at = (i, j, tuple(sorted({*moved, self.early})))
        return Filled(placed, [], -1.0, at, (), max(0.0, slack - grown), cost, False, self.full_depth, None)

    def _begun(self, placed: list[Placed], part: int) -> bool:
        """Whether the story that the picture belongs to, and nothing after it, stands on the page, with its first lines."""
        return bool(placed) and placed[-1].block.part == part and all(one.block.part <= part for one in placed)

    def _hyphen(self, chosen: Stop, ended: bool) -> tuple[int, int] | None:
        """The line that would have ended the page better, if a word did not go on after it."""
        if ended or not self.recto or not self.maker.mirrored:
            return None
        for stop in reversed(self.stops[-8:]):
            if stop.y <= chosen.y + EPSILON and stop.fault < HYPHEN_FAULT:
                return None
            if stop.fault >= HYPHEN_FAULT:
                return stop.at[:2]
        return None


def _last(placed: list[Placed]) -> int:
    return placed[-1].last if placed else 0
