"""A page being filled: what stands on it so far, and where the next paragraph, picture or row of a table goes.

No widow, no orphan, no heading alone, no word broken from a right-hand page to the next; footnotes at the foot of the page
they are called on.
"""

from __future__ import annotations

from milebook.writers.pdf.galleys.boxes import HYPHENS
from milebook.writers.pdf.galleys.figures import fitting_height, words_height
from milebook.writers.pdf.pages.following import height_off_grid, on_grid, strands
from milebook.writers.pdf.pages.footnotes import room_for
from milebook.writers.pdf.pages.placing import EPSILON, FootNote, Material, Placed, Position, Stop

ORPHANS, WIDOWS = 2, 2
LED = 3  # lines of text that a heading must have below it on its page
SMALLEST = 0.5  # share of its size to which a picture may be reduced to fill a page
HYPHEN_FAULT = 9.0  # in lines of white: more than ending the page earlier can cost
STRANDED_FAULT = 2.0  # the same of a page that would leave the next one a story's last line


class OpenPage:
    """What stands on a page so far, and the places where it may end. `size` is a share of their size that all its pictures
    are reduced to.
    """

    def __init__(self, material: Material, depth: float, carry: tuple[FootNote, ...], recto: bool, size: float) -> None:
        self.material, self.depth, self.recto, self.size = material, depth, recto, size
        self.moved: set[int] = set()  # figures that this page or the one before had no room for
        self.forced = (0, 0)  # where the page must end if it cannot end better
        self.queue: list[FootNote] = list(carry)
        self.placed: list[Placed] = []
        self.stops: list[Stop] = []
        self.y = 0.0
        self.after = 0.0
        self.led = 99  # lines since the last block that must not end a page
        self.foot = room_for(self.queue, depth)

    def position(self, i: int, j: int) -> Position:
        return i, j, tuple(sorted(self.moved))

    def _gap(self, i: int, j: int) -> float:
        """White above a block."""
        block = self.material.blocks[i]
        if j:
            return 0.0
        if not self.placed:
            return block.before if block.start else 0.0
        gap = max(self.after, block.before)
        grid = self.material.grid
        if grid and not on_grid(block, grid):
            previous = self.placed[-1].block
            if on_grid(previous, grid) or previous.kind == "figure":
                gap += -(self.y + gap + height_off_grid(self.material.blocks, i, grid, self.depth)) % grid
        return gap

    def put_text(self, i: int, j: int) -> bool:
        """Place a paragraph from line j on, or what fits of it. False where the page ends before its end."""
        material = self.material
        block = material.blocks[i]
        lines, leading = block.lines, block.leading
        y = self.y + self._gap(i, j)
        grid = material.grid
        if grid and on_grid(block, grid):
            y = -(-(y - EPSILON) // grid) * grid
        count = len(lines)
        if block.keep_next:
            self.led = -count
        whole = block.keep_together and count * leading <= self.depth
        slot, moved = len(self.placed), tuple(sorted(self.moved))
        recto = self.recto and material.mirrored
        k = j
        while k < count:
            bottom = y + (k - j + 1) * leading
            new = material.notes(block, k) if block.notes else []
            foot = room_for(self.queue + new, self.depth) if new else self.foot
            if bottom + foot > self.depth + EPSILON and not (not self.placed and k == j):
                if k > j:
                    self.placed.append(Placed(block, j, k, y))
                    self.y = bottom - leading
                self.forced = (i, k)
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
                    self.stops.append(Stop((i, k, moved), bottom, slot + 1, k, len(self.queue), fault))
            elif not block.keep_next:
                fault = STRANDED_FAULT if strands(material.blocks, i + 1) else 0.0
                self.stops.append(Stop((i + 1, 0, moved), bottom, slot + 1, k, len(self.queue), fault))
        self.placed.append(Placed(block, j, count, y))
        self.y = y + (count - j) * leading
        self.after = block.after
        return True

    def put_figure(self, i: int) -> bool:
        """Place a picture with its words. False where there is no room for it."""
        block = self.material.blocks[i]
        grid = self.material.grid
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
        self.stops.append(Stop(self.position(i + 1, 0), self.y, len(self.placed), 1, len(self.queue), 0.0))
        return True

    def put_row(self, i: int) -> bool:
        """Place a row of a table, at the top of a page below the table's head. False where there is no room for it."""
        block = self.material.blocks[i]
        y = self.y + self._gap(i, 0)
        head = block.head if not self.placed and block.head is not None else None
        height = block.height + (head.height if head else 0.0)
        if y + height + self.foot > self.depth + EPSILON and self.placed:
            self.forced = (i, 0)
            return False
        if head:
            self.placed.append(Placed(head, 0, 1, y))
            y += head.height
        self.placed.append(Placed(block, 0, 1, y))
        self.y = y + block.height
        self.after = block.after
        if not block.keep_next:
            self.stops.append(Stop(self.position(i + 1, 0), self.y, len(self.placed), 1, len(self.queue), 0.0))
        return True
