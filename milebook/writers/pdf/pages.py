"""Blocks in, pages out: where each line, picture, row and footnote stands, facing pages ending on the same line.

A page is filled greedily and then cut back to the last good place to end it; what "good" means (no widow, no orphan, no
heading alone, no word broken from a right-hand page to the next) is in `_Filler`. A spread is tried as it is, a line
shorter and a line longer, and the best of the three is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from milebook.draft import Role
from milebook.writers.pdf.galley import Block
from milebook.writers.pdf.measure import HYPHEN_BREAK, NAME_BREAK

ORPHANS, WIDOWS = 2, 2
LED = 2  # lines of text that a heading must have below it on its page
SMALLEST = 0.5  # share of its size to which a picture may be reduced to fill a page
NOTE_SHARE = 0.7  # share of a page that footnotes carried over may take
RULE_SPACE = 10.0  # above footnotes, with their rule in it
NOTE_GAP = 2.0
EPSILON = 0.01
HYPHEN_FAULT, SPREAD_FAULT = 2.5, 0.4  # in lines of white

_RUNNING = (Role.BODY, Role.BODY_FIRST, Role.LIST_ITEM, Role.LIST_TEXT)  # text that keeps to the baseline grid

Position = tuple[int, int]  # number of a Block, line in it


class Placed(NamedTuple):
    """Lines `first` to `last` of a Block (or the whole of another kind) with their top at `y` below the type area's top."""

    block: Block
    first: int
    last: int
    y: float
    height: float = 0.0  # of a picture as placed


@dataclass(slots=True)
class Page:
    """One page: its folio and what stands on it."""

    folio: int
    roman: bool
    recto: bool
    placed: list[Placed] = field(default_factory=list)
    notes: list[Placed] = field(default_factory=list)
    rule: float = -1.0  # of the footnotes, from the top of the type area; -1: none
    opener: bool = False
    part: int = -1  # the Part that is being read at its top
    last_part: int = -1  # the last Part that begins on it, or goes on
    depth: float = 0.0

    @property
    def blank(self) -> bool:
        return not self.placed and not self.notes

    @property
    def label(self) -> str:
        return roman(self.folio) if self.roman else str(self.folio)


class _Note(NamedTuple):
    block: Block
    line: int  # the first that is still to be set

    @property
    def height(self) -> float:
        return (len(self.block.lines) - self.line) * self.block.leading + NOTE_GAP


class _Filled(NamedTuple):
    placed: list[Placed]
    notes: list[Placed]
    rule: float
    at: Position
    carry: tuple[_Note, ...]
    slack: float  # points left at the foot
    cost: float  # in lines
    ended: bool  # by the end of a chapter, so that white is as it should be


class _Stop(NamedTuple):
    """A place where the page may end."""

    at: Position
    y: float
    placed: int
    last: int  # line up to which the last placed Block stands here
    notes: int
    fault: float


class PageMaker:
    """Makes pages of Blocks. `notes_of` gives the footnotes of a Part by number; `again` resets a paragraph."""

    def __init__(self, blocks: Sequence[Block], depth: float, grid: float, mirrored: bool, notes_of: Callable[[int], dict[int, list[Block]]], again: Callable[[Block, frozenset[tuple[int, int]]], bool]) -> None:  # fmt: skip
        self.blocks = blocks
        self.depth, self.grid, self.mirrored = depth, grid, mirrored
        self.notes_of, self.again = notes_of, again
        self.unit = grid or 14.0

    def make(self, front: Callable[[int], bool], first_page: int) -> list[Page]:
        """All pages, in order. `front(part)` says whether a Part has lower-case roman folios."""
        pages: list[Page] = []
        at: Position = (0, 0)
        carry: tuple[_Note, ...] = ()
        folio, is_roman = 0, False
        if self.blocks:
            is_roman = front(self.blocks[0].part)
            folio = 0 if is_roman else first_page - 1
        spread = 0  # lines by which the open spread is longer or shorter
        part = -1
        count = len(self.blocks)

        def new_page() -> Page:
            nonlocal folio
            folio += 1
            page = Page(folio, is_roman, folio % 2 == 1 or not self.mirrored, part=part, last_part=part, depth=self.depth)  # fmt: skip
            pages.append(page)
            return page

        while at[0] < count or carry:
            block = self.blocks[at[0]] if at[0] < count else None
            fresh = block is not None and at[1] == 0 and not carry
            if fresh and block is not None:
                if is_roman and not front(block.part):
                    if pages and self.mirrored and first_page % 2 == 1 and folio % 2 == 1:
                        new_page()
                    is_roman, folio, spread = False, first_page - 1, 0
                if block.start == "recto" and self.mirrored and folio % 2 == 1:
                    part = -1
                    new_page()
                if block.start:
                    spread = 0
            recto = folio % 2 == 0 or not self.mirrored
            if self.mirrored and not recto:
                spread = 0
            filled, spread = self._choose(at, carry, recto, spread)
            filled = self._settle(filled, at, carry, recto, spread)
            page = new_page()
            page.placed, page.notes, page.rule = self._spread_out(filled), filled.notes, filled.rule
            page.depth = self.depth + spread * self.grid
            if page.placed:
                page.part = page.placed[0].block.part
                page.last_part = page.placed[-1].block.part
                page.opener = any(one.block.opener and one.first == 0 for one in page.placed)
                part = page.last_part
            at, carry = filled.at, filled.carry
        return pages

    def _choose(self, at: Position, carry: tuple[_Note, ...], recto: bool, spread: int) -> tuple[_Filled, int]:
        """The page filled as it serves its spread best, and by how many lines it is longer or shorter than others."""
        plain = self._fill(at, carry, recto, spread)
        if not self.grid or (recto and self.mirrored and spread):
            return plain, spread
        best, chosen, least = plain, spread, 1e9
        for lines in (0, -1, 1) if not spread else (spread,):
            filled = plain if lines == spread else self._fill(at, carry, recto, lines)
            cost = 0.0 if filled.ended else filled.cost
            if self.mirrored and not recto and not filled.ended and (filled.at[0] < len(self.blocks)):
                facing = self._fill(filled.at, filled.carry, True, lines)
                cost += 0.0 if facing.ended else facing.cost
            cost += SPREAD_FAULT * abs(lines)
            if cost < least - EPSILON:
                best, chosen, least = filled, lines, cost
            if not lines and cost < SPREAD_FAULT:
                break
        return best, chosen

    def _settle(self, filled: _Filled, at: Position, carry: tuple[_Note, ...], recto: bool, spread: int) -> _Filled:
        """The same page, with the paragraph set anew if a right-hand page would end in the middle of a word."""
        if not (recto and self.mirrored) or not filled.placed or not filled.at[1]:
            return filled
        last = filled.placed[-1]
        if last.block.kind != "text" or last.last >= len(last.block.lines):
            return filled
        line = last.block.lines[last.last - 1]
        if line.end not in (HYPHEN_BREAK, NAME_BREAK):
            return filled
        position = _position(last.block, last.last)
        if position is not None and self.again(last.block, frozenset((position,))):
            return self._fill(at, carry, recto, spread)
        return filled

    def _spread_out(self, filled: _Filled) -> list[Placed]:
        """White left at the foot goes in whole lines before headings and around pictures and breaks."""
        placed = filled.placed
        if filled.ended and placed and placed[0].block.at_foot and not filled.notes:
            return [one._replace(y=one.y + max(0.0, filled.slack)) for one in placed]
        lines = int((filled.slack + EPSILON) // self.unit) if self.grid else 0
        if filled.ended or filled.notes or not 0 < lines <= 3:
            return placed
        spots = [i for i, one in enumerate(placed) if i and _flexible(one)]
        if not spots:
            return placed
        shift, out = 0.0, []
        share, extra = divmod(lines, len(spots))
        for i, one in enumerate(placed):
            if i in spots:
                shift += self.unit * (share + (1 if spots.index(i) < extra else 0))
            out.append(one._replace(y=one.y + shift))
        return out

    # ---- filling one page

    def _fill(self, at: Position, carry: tuple[_Note, ...], recto: bool, spread: int) -> _Filled:
        return _Filler(self, self.depth + spread * self.grid, carry, recto).fill(at)

    def notes(self, block: Block, line: int) -> list[_Note]:
        numbers = block.notes.get(line)
        if not numbers:
            return []
        known = self.notes_of(block.part)
        return [_Note(note, 0) for number in numbers for note in known.get(number, ())]


class _Filler:
    def __init__(self, maker: PageMaker, depth: float, carry: tuple[_Note, ...], recto: bool) -> None:
        self.maker, self.depth, self.recto = maker, depth, recto
        self.queue: list[_Note] = list(carry)
        self.placed: list[Placed] = []
        self.stops: list[_Stop] = []
        self.y = 0.0
        self.after = 0.0
        self.led = 99  # lines since the last such Block
        self.foot = self._foot(self.queue)

    def _foot(self, queue: list[_Note]) -> float:
        """Points that footnotes need: all of them, of the last at least two lines."""
        if not queue:
            return 0.0
        last = queue[-1]
        height = RULE_SPACE + sum(note.height for note in queue[:-1])
        height += min(last.height, 2 * last.block.leading + NOTE_GAP)
        return min(height, NOTE_SHARE * self.depth)

    def fill(self, at: Position) -> _Filled:
        blocks = self.maker.blocks
        i, j = at
        count = len(blocks)
        ended = True
        while i < count:
            block = blocks[i]
            if block.start and j == 0 and self.placed:
                break
            if block.start and j == 0 and self.queue:
                break  # notes of the chapter before fill a page of their own
            if block.kind == "text":
                fits = self._text(i, j)
            elif block.kind == "figure":
                fits = self._figure(i)
            else:
                fits = self._row(i)
            if not fits:
                ended = False
                break
            i, j = i + 1, 0
        if ended:
            return self._close(_Stop((i, 0), self.y, len(self.placed), _last(self.placed), len(self.queue), 0.0), True)
        return self._close(self._best(), False)

    def _gap(self, i: int, j: int) -> float:
        """White above a Block."""
        block = self.maker.blocks[i]
        if j:
            return 0.0
        if not self.placed:
            return block.before if block.start else 0.0
        gap = max(self.after, block.before)
        grid = self.maker.grid
        if grid and not _on_grid(block, grid):
            previous = self.placed[-1].block
            if _on_grid(previous, grid) or previous.kind == "figure":
                gap += -(self.y + gap + self._loose_run(i, grid)) % grid
        return gap

    def _loose_run(self, i: int, grid: float) -> float:
        """Height of the Blocks off the grid that begin with Block `i`, with the white after them."""
        blocks = self.maker.blocks
        total, first = 0.0, True
        while i < len(blocks):
            block = blocks[i]
            if _on_grid(block, grid) or (block.start and not first) or block.kind == "figure" or total > self.depth:
                return total + (0.0 if first or block.start else max(blocks[i - 1].after, block.before))
            if not first:
                total += max(blocks[i - 1].after, block.before)
            total += block.text_height if block.kind == "text" else block.height
            first = False
            i += 1
        return total

    def _text(self, i: int, j: int) -> bool:
        maker = self.maker
        block = maker.blocks[i]
        lines, leading = block.lines, block.leading
        y = self.y + self._gap(i, j)
        grid = maker.grid
        if grid and _on_grid(block, grid):
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
            foot = self._foot(self.queue + new) if new else self.foot
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
                    fault = HYPHEN_FAULT if recto and lines[k - 1].end in (HYPHEN_BREAK, NAME_BREAK) else 0.0
                    self.stops.append(_Stop((i, k), bottom, slot + 1, k, len(self.queue), fault))
            elif not block.keep_next:
                self.stops.append(_Stop((i + 1, 0), bottom, slot + 1, k, len(self.queue), 0.0))
        self.placed.append(Placed(block, j, count, y))
        self.y = y + (count - j) * leading
        self.after = block.after
        return True

    def _figure(self, i: int) -> bool:
        block = self.maker.blocks[i]
        grid = self.maker.grid
        words = sum(caption.before + caption.text_height for caption in block.captions)
        y = self.y + (max(self.after, block.before) if self.placed else 0.0)
        room = self.depth - self.foot - y - words
        height = block.height
        if height > room:
            if room >= SMALLEST * height and room >= 60.0:
                height = room
            elif not self.placed:
                height = max(min(height, room), 12.0)
            else:
                self._forced = (i, 0)
                return False
        elif grid:
            over = (y + height + words + block.after) % grid
            if y + height + words + block.after < self.depth and height - over > 40.0 and over > EPSILON:
                height -= over
        self.led = 99
        self.placed.append(Placed(block, 0, 1, y, height))
        self.y = y + height + words
        self.after = block.after
        self.stops.append(_Stop((i + 1, 0), self.y, len(self.placed), 1, len(self.queue), 0.0))
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
            self.stops.append(_Stop((i + 1, 0), self.y, len(self.placed), 1, len(self.queue), 0.0))
        return True

    _forced: Position = (0, 0)

    def _best(self) -> _Stop:
        """The best of the last places where the page may end; where there is none, it ends where it must."""
        best: _Stop | None = None
        least = 1e9
        for stop in self.stops[-8:]:
            cost = (self.depth - stop.y) / self.maker.unit + stop.fault
            if cost <= least:
                best, least = stop, cost
        if best is None:
            return _Stop(self._forced, self.y, len(self.placed), _last(self.placed), len(self.queue), 5.0)
        return best

    def _close(self, stop: _Stop, ended: bool) -> _Filled:
        placed = self.placed[: stop.placed]
        if placed and placed[-1].block.kind == "text":
            placed[-1] = placed[-1]._replace(last=stop.last)
        queue = self.queue[: stop.notes]
        notes: list[Placed] = []
        carry: list[_Note] = []
        rule = -1.0
        slack = self.depth - stop.y
        if queue:
            room = slack - RULE_SPACE
            set_notes: list[tuple[_Note, int]] = []
            for note in queue:
                lines = len(note.block.lines) - note.line
                fit = lines if carry else 0
                if not carry:
                    fit = min(lines, int((room + EPSILON) // note.block.leading)) if room > 0 else 0
                    if 0 < fit < lines and (lines - fit == 1 and fit > 2):
                        fit -= 1  # no last line alone on the next page
                    if fit:
                        set_notes.append((note, fit))
                        room -= fit * note.block.leading + NOTE_GAP
                    if fit < lines:
                        carry.append(_Note(note.block, note.line + fit))
                else:
                    carry.append(note)
            total = sum(fit * note.block.leading + NOTE_GAP for note, fit in set_notes)
            bottom = self.depth if placed and not ended else max(min(self.depth, stop.y + RULE_SPACE + total), 0.0)
            if ended:
                bottom = self.depth
            y = bottom - total
            if set_notes:
                rule = y - RULE_SPACE * 0.45
            for note, fit in set_notes:
                notes.append(Placed(note.block, note.line, note.line + fit, y))
                y += fit * note.block.leading + NOTE_GAP
            slack = bottom - total - RULE_SPACE - stop.y
        lines_left = max(0.0, slack) / self.maker.unit
        cost = lines_left + stop.fault
        if queue:
            cost = 0.3 * min(lines_left, 3.0) + stop.fault
        elif lines_left <= 3.0 and any(_flexible(one) for one in placed[1:]):
            cost = 0.2 * lines_left + stop.fault
        return _Filled(placed, notes, rule, stop.at, tuple(carry), slack, cost, ended)


def _last(placed: list[Placed]) -> int:
    return placed[-1].last if placed else 0


def _on_grid(block: Block, grid: float) -> bool:
    return block.kind == "text" and abs(block.leading - grid) < EPSILON and block.item.role in _RUNNING


def _flexible(one: Placed) -> bool:
    block = one.block
    if block.kind == "figure":
        return True
    role = getattr(block.item, "role", "")
    return (
        block.kind == "text"
        and one.first == 0
        and role in ("story-title", "subheading", "scene-break", "notes-heading")
    )


def _position(block: Block, line: int) -> tuple[int, int] | None:
    """The break (box, character) at the end of line number `line` (from 1), found by the text before it."""
    at = sum(len(one.text) for one in block.lines[:line])
    for number, box in enumerate(block.boxes):
        size = len(box.text)
        if at < size:
            return (number, at) if at > 0 else None
        at -= size + 1
    return None


def roman(number: int) -> str:
    """Lower-case roman numerals."""
    out = ""
    for value, sign in ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):  # fmt: skip
        while number >= value:
            out += sign
            number -= value
    return out
