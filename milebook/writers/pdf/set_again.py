"""Set a stretch again after some of its paragraphs have changed: only the pages that the change can reach.

What a page becomes depends on where it begins, on the page before it, and on the blocks that its planning looks at. So
the pages are kept that were planned without a look at what changed; and as soon as a new page begins where an earlier one
began, with nothing but unchanged blocks to come, all that followed then follows again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, overload

from milebook.model.draft import Draft, Paragraph, Part
from milebook.writers.pdf.galleys.blocks import SetBlock
from milebook.writers.pdf.galleys.flow import blocks
from milebook.writers.pdf.galleys.galley import Compositor
from milebook.writers.pdf.galleys.lines import SetLine
from milebook.writers.pdf.pages.frame import Frame
from milebook.writers.pdf.pages.placing import moved
from milebook.writers.pdf.pages.positions import PlacedPage, Progress
from milebook.writers.pdf.setting import Setting
from milebook.writers.pdf.stretches import Stretch, plain_item, plain_note


class Mark(NamedTuple):
    """A moment at which nothing was planned ahead, so that setting can begin there again, or join what was set before."""

    progress: Progress
    pages: int  # made until then
    last: PlacedPage | None  # the last of them, as it was at the time
    lines: list[SetLine] | None  # of the paragraph that goes on from it
    seen: int  # the furthest block looked at until then


class LiveSetting(Setting):
    """A stretch that can be set again. `earlier`, what it was before, must not be used any more: its blocks are taken over."""

    def __init__(self, stretch: Stretch, compositor: Compositor, frame: Frame, earlier: LiveSetting | None = None) -> None:  # fmt: skip
        self._earlier = earlier
        self.marks: list[Mark] = []
        self.recto = True
        self._looks: list[tuple[object, ...]] = []  # of each page: all that is seen of it
        self.unaltered: dict[
            SetBlock, list[SetLine]
        ] = {}  # paragraphs set longer, shorter or without a hyphen: as they were
        super().__init__(stretch, compositor, frame)
        self._watched = _Watched(self.blocks)

    def can_be_followed(self, stretch: Stretch, draft: Draft) -> bool:
        """Whether in another Draft nothing has changed but words: the same Parts in the same place, with the same titles and
        notes. (That photos are the same is the caller's to know.)
        """
        before = self.draft
        if self.stretch != stretch or (before.language, before.queries) != (draft.language, draft.queries):
            return False
        parts = zip(before.parts[stretch.first : stretch.last], draft.parts[stretch.first : stretch.last], strict=True)
        return all(
            one is other
            or (
                one._replace(items=(), notes=()) == other._replace(items=(), notes=())
                and [plain_note(note) for note in one.notes] == [plain_note(note) for note in other.notes]
            )
            for one, other in parts
        )

    def _all_blocks(self) -> list[SetBlock]:
        if self._earlier is None:
            return super()._all_blocks()
        self._notes = self._earlier._notes
        return _taken_over(self._earlier, self.compositor, self.stretch)

    def paginate(self, recto: bool) -> None:
        """Break paragraphs into lines and lines into pages; the first is a right-hand one or not."""
        self.recto = recto
        before, self._earlier = self._earlier, None
        maker = self._maker(self._watched)
        progress, first = maker.beginning(recto), 0
        old = _Old(before, self.blocks) if before is not None and before.recto == recto else None
        if old is not None:
            there = set(self.blocks)
            self.unaltered = {block: lines for block, lines in old.setting.unaltered.items() if block in there}
            start = old.start()
            if start is not None:
                self.marks = [mark for mark in old.setting.marks if mark.pages <= start.pages]
                self.pages = old.pages_before(start)
                progress, first = start.progress, len(self.pages)
                self._watched.furthest = start.seen
            old.restore(start)
        tail: list[PlacedPage] = []
        while not maker.ended(progress):
            if not progress.planned:
                mark = Mark(progress, len(self.pages), self.pages[-1] if self.pages else None, self._begun(progress), self._watched.furthest)  # fmt: skip
                joined = old.joins(mark) if old is not None else None
                if old is not None and joined is not None:
                    tail = old.setting.pages[joined.pages :]
                    self.marks += old.marks_from(joined, mark)
                    break
                if not self.marks or self.marks[-1].pages < mark.pages:
                    self.marks.append(mark)
            progress = maker.next_page(progress, self.pages)
        maker.end()
        self._settle(self.pages[first:])
        self.pages += tail
        self._looks = [_looks(page) for page in self.pages]
        if old is not None:
            self._keep_same(old.setting)

    def _keep_same(self, before: LiveSetting) -> None:
        """Of a page that came out just as it was, keep what it was."""
        kept: dict[int, PlacedPage] = {}
        for number, (one, other) in enumerate(zip(self._looks, before._looks, strict=False)):
            if one == other:
                kept[id(self.pages[number])] = before.pages[number]
        self.pages = [kept.get(id(page), page) for page in self.pages]
        self.marks = [mark._replace(last=kept.get(id(mark.last), mark.last)) for mark in self.marks]

    def _begun(self, progress: Progress) -> list[SetLine] | None:
        number, line, _ = progress.at
        return self.blocks[number].lines if line else None

    def _altered(self, block: SetBlock) -> None:
        self.unaltered.setdefault(block, block.lines)


def _looks(page: PlacedPage) -> tuple[object, ...]:
    standing = [(one, one.block.lines) for one in (*page.placed, *page.notes)]
    return page.recto, page.part, page.last_part, page.rule, page.depth, standing


class _Old:
    """What a stretch was, seen from what it is: which blocks are the same, and which of its pages still hold."""

    def __init__(self, setting: LiveSetting, now: list[SetBlock]) -> None:
        self.setting, self.blocks = setting, now
        before = setting.blocks
        least = min(len(before), len(now))
        same = next((i for i in range(least) if before[i] is not now[i]), least)
        self.same = min(same, least - 1)  # blocks at the beginning, never all of them: the end is looked for
        tail = next((i for i in range(least) if before[-1 - i] is not now[-1 - i]), least)
        self.tail = len(now) - min(tail, least - same)  # from here on all are as they were …
        self.shift = len(now) - len(before)  # … and by so much further on
        self._by_at = {moved(mark.progress.at, self.shift): mark for mark in setting.marks}
        self._final: dict[SetBlock, list[SetLine]] = {}

    def start(self) -> Mark | None:
        """The last moment at which nothing that changed had been looked at."""
        return next((mark for mark in reversed(self.setting.marks) if mark.seen < self.same and mark.pages), None)

    def pages_before(self, start: Mark) -> list[PlacedPage]:
        assert start.last is not None
        return [*self.setting.pages[: start.pages - 1], start.last]

    def restore(self, start: Mark | None) -> None:
        """The paragraphs that are set into pages again become what they were before there were pages."""
        number = start.progress.at[0] if start is not None else 0
        for block in self.blocks[number:]:
            lines = self.setting.unaltered.get(block)
            if lines is not None:
                self._final[block] = block.lines
                self.setting.put(block, lines)
        if start is not None and start.lines is not None:
            self.setting.put(self.blocks[number], start.lines)

    def joins(self, mark: Mark) -> Mark | None:
        """The earlier moment from which on everything was as it will be from this one on; None if there is none."""
        now = mark.progress
        found = self._by_at.get(now.at)
        if found is None or found.last is None or min((now.at[0], *now.at[2])) < self.tail:
            return None
        then = found.progress
        same = (now.carry, now.spread, now.part, now.folio % 2) == (then.carry, then.spread, then.part, then.folio % 2)
        if not same or found.lines is not mark.lines or found.last is not self.setting.pages[found.pages - 1]:
            return None
        if (now.before is None) != (then.before is None):
            return None
        if now.before is not None and then.before is not None:
            at, carry, step = now.before
            earlier_at, earlier_carry, earlier = then.before
            if at != moved(earlier_at, self.shift) or min((at[0], *at[2])) < self.tail:
                return None
            if (carry, step[1:]) != (earlier_carry, earlier[1:]):
                return None
        for block in self.blocks[now.at[0] :]:
            final = self._final.get(block)
            if final is not None:
                self.setting.put(block, final)
        return found

    def marks_from(self, joined: Mark, now: Mark) -> list[Mark]:
        """What is to be known of the pages that follow as before, for the next time."""
        further = now.pages - joined.pages
        return [
            mark._replace(
                progress=mark.progress.moved(self.shift, further),
                pages=mark.pages + further,
                seen=max(now.seen, mark.seen + self.shift),
            )
            for mark in self.setting.marks
            if mark.pages >= joined.pages
        ]


class _Watched(Sequence[SetBlock]):
    """Blocks, and the furthest of them that was looked at."""

    def __init__(self, inside: list[SetBlock]) -> None:
        self._inside = inside
        self.furthest = -1

    def __len__(self) -> int:
        return len(self._inside)

    @overload
    def __getitem__(self, key: int) -> SetBlock: ...
    @overload
    def __getitem__(self, key: slice) -> list[SetBlock]: ...
    def __getitem__(self, key: int | slice) -> SetBlock | list[SetBlock]:
        last = key if isinstance(key, int) else len(self._inside) - 1
        if last > self.furthest:
            self.furthest = last
        return self._inside[key]


# ---- what may be taken over


def _taken_over(earlier: LiveSetting, compositor: Compositor, stretch: Stretch) -> list[SetBlock]:
    """The blocks of a stretch, those of paragraphs that are the same as they were."""
    known: dict[int, list[SetBlock]] = {}
    for block in earlier.blocks:
        known.setdefault(block.part, []).append(block)
    found: list[SetBlock] = []
    for number in range(stretch.first, stretch.last):
        old, new = earlier.draft.parts[number], compositor.draft.parts[number]
        if old is new or _words_of(old) == _words_of(new):
            found += known.get(number, [])
        elif new.notes:  # which paragraph a note stands below is found out when all of them are set
            found += blocks(compositor, number, number + 1)
        else:
            found += _matched(known.get(number, []), list(blocks(compositor, number, number + 1)))
    return found


def _words_of(part: Part) -> list[object]:
    return [plain_item(item) for item in part.items]


def _matched(old: list[SetBlock], new: list[SetBlock]) -> list[SetBlock]:
    """New blocks, but old ones at the beginning and the end as far as they say and look the same."""
    least = min(len(old), len(new))
    head = next((i for i in range(least) if not _same(old[i], new[i])), least)
    tail = next((i for i in range(least - head) if not _same(old[-1 - i], new[-1 - i])), least - head)
    return [*old[:head], *new[head : len(new) - tail], *old[len(old) - tail :]]


def _same(old: SetBlock, new: SetBlock) -> bool:
    if old.kind != "text" or new.kind != "text" or not isinstance(old.item, Paragraph):
        return False
    looks = [(one.style, one.start, one.at_foot, one.opener, one.label_x) for one in (old, new)]
    return looks[0] == looks[1] and plain_item(old.item) == plain_item(new.item)
