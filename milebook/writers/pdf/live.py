"""Set a book again and again in one process: only what has changed is set, and pages are drawn when they are asked for.

The preview looks at pages one or two at a time. A stretch (see `stretches`) whose words and looks are the same keeps its
pages; of one that was set anew, the pages are drawn that somebody looks at, and the others later, by `draw_rest`. The same
parts are at work as in a build, so that the pages are those of the PDF; a test compares them.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from math import ceil
from typing import NamedTuple

from milebook.cache.store import Store
from milebook.layout import Layout
from milebook.model.draft import Draft, Part
from milebook.model.languages import reads_right_to_left
from milebook.photos import PhotoPreparer
from milebook.writers.pdf import embed
from milebook.writers.pdf.coding import codes_in
from milebook.writers.pdf.draw import Pen
from milebook.writers.pdf.frame import Frame
from milebook.writers.pdf.galley import Compositor, Known
from milebook.writers.pdf.objects import Objects
from milebook.writers.pdf.page_drawing import PageDrawing
from milebook.writers.pdf.pages import numeral
from milebook.writers.pdf.photos import Plates
from milebook.writers.pdf.placing import Placed
from milebook.writers.pdf.running_heads import Heading, PageMarks
from milebook.writers.pdf.setting import Setting
from milebook.writers.pdf.stretches import Stretch, digest, manner, stretches, targets
from milebook.writers.pdf.syntax import number

SCREEN_PPI = 200.0
_NOTHING = zlib.compress(b"")


class Box(NamedTuple):
    """Where something stands on a page: its anchor in the Draft, and points from the page's upper left corner."""

    anchor: str
    x: float
    y: float
    width: float
    height: float


class Sheet(NamedTuple):
    """One page of the book. `name` changes with whatever is on it."""

    name: str
    label: str
    recto: bool
    blank: bool
    part: int  # number of the Draft's Part that is being read at its top, -1 for none


@dataclass(slots=True)
class _Page:
    """A page of a stretch; its operators once it is drawn, compressed."""

    heading: Heading
    recto: bool
    part: int  # from the stretch's first Part; -1 if it is blank
    boxes: list[Box]
    content: bytes = b""
    faces: dict[int, list[int]] = field(default_factory=dict)  # number of a face -> the codes drawn in it
    pictures: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Set:
    """A stretch as it is set. `drawing` holds what is needed to draw it, None once every page is drawn for good."""

    key: str
    parts: tuple[Part, ...]
    pages: list[_Page]
    labels: list[tuple[str, int]]
    drawing: _Drawing | None
    named: tuple[str, ...] | None = None  # of a table of contents: the labels of pages that are drawn in it


class _Memory(Store):
    """What may be used again while the process lasts."""

    def __init__(self) -> None:
        super().__init__("")
        self._kept: dict[str, bytes] = {}

    def get(self, key: str, *, used: bool = True) -> bytes | None:
        return self._kept.get(key)

    def put(self, key: str, data: bytes) -> bool:
        if len(self._kept) > 24:
            self._kept.clear()
        self._kept[key] = data
        return True


class _ScreenPlates(Plates):
    """Photos no finer than a screen shows them: they are decoded again for every drawing of their page."""

    def prepare(self, photo: str, pixels: tuple[int, int], width: float, height: float) -> str:
        most_wide, most_high = ceil(width / 72 * SCREEN_PPI), ceil(height / 72 * SCREEN_PPI)
        made = self.preparer.prepare(photo, max_width=most_wide, max_height=most_high)
        name = f"P{made.sha256[:20]}"
        self.prepared.setdefault(name, made)
        return name


class _Drawing:
    """Draws the pages of one stretch, in any order."""

    def __init__(self, setting: Setting, plates: Plates, labels: dict[str, str], frame: Frame) -> None:
        self.setting, self.plates, self.labels, self.frame = setting, plates, labels, frame

    def draw(self, page: _Page, at: int) -> None:
        compositor = self.setting.compositor
        pen = Pen(None, printing=False)
        marks = PageMarks(self.setting.draft, compositor.layout, compositor, pen, self.frame)
        drawing = PageDrawing(compositor, self.frame, pen, marks, self.plates, self.labels)
        content, page.pictures = drawing.page(at, self.setting.pages[at])
        page.content = zlib.compress(content or b" ", 1)
        page.faces = {face: codes_in(bodies) for face, bodies in pen.drawn.items()}

    def headings(self) -> list[Heading]:
        compositor = self.setting.compositor
        marks = PageMarks(self.setting.draft, compositor.layout, compositor, Pen(None, printing=False), self.frame)
        return [Heading("", "", False) if page.blank else marks.heading(page) for page in self.setting.pages]


class LiveBook:
    """The pages of one book, as it is at the moment. Not for several threads at once."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.draft: Draft | None = None
        self.width = self.height = 0.0  # of a page, in points
        self.changed: list[str] = []  # anchors of the paragraphs that the last `update` found new or different
        self._sets: list[_Set] = []
        self._at: list[tuple[int, int]] = []  # of each sheet: its stretch and its page there; (-1, 0) for a blank one
        self._pages: dict[str, int] = {}
        self._codes: dict[int, set[int]] = {}  # what fonts hold; it only grows, so that they are seldom made again
        self._fonts = _Memory()
        self._plates: Plates | None = None
        self._layout: Layout | None = None
        self._frame: Frame | None = None
        self._compositor: Compositor | None = None

    # ---- setting

    def update(self, draft: Draft, layout: Layout, photos: PhotoPreparer) -> list[Sheet]:
        """The pages of a Draft. What was set before, in the same looks, is not set again."""
        frame = Frame(layout, 0, printing=False, leftward=reads_right_to_left(draft.language))
        plates = _ScreenPlates(photos, "reading")
        if self._plates is not None and layout == self._layout:
            plates.prepared.update(self._plates.prepared)
            known = {one.key: one for one in self._sets}
        else:
            known = {}
        shared = self._compositor.known if self._compositor is not None and known else Known(keeps=True)
        compositor = Compositor(draft, layout, frame.measure, frame.depth, shared)
        looks = manner(layout, frame, False)
        maker = _Maker(draft, compositor, frame, plates, looks, known, self._sets if known else [])
        self._sets = maker.make()
        self.changed = _changed(self.draft, draft) if self.draft is not None else []
        self.draft, self._layout, self._frame, self._plates = draft, layout, frame, plates
        self._compositor = compositor
        self.width, self.height = frame.width, frame.height
        self.sheets, self._at, self._pages = maker.sheets, maker.at, maker.pages
        return self.sheets

    def page_of(self, anchor: str) -> int:
        """The number of the page (from 0) on which an anchor begins, -1 if there is none."""
        return self._pages.get(anchor, -1)

    def boxes(self, page: int) -> list[Box]:
        """What stands on a page, from top to bottom."""
        stretch, at = self._at[page]
        return self._sets[stretch].pages[at].boxes if stretch >= 0 else []

    def draw_rest(self) -> Iterator[None]:
        """Draws what nobody has looked at yet, page by page, and lets go of what drawing needs."""
        for one in self._sets:
            if one.drawing is None:
                continue
            for at, page in enumerate(one.pages):
                if not page.content:
                    self._draw(one, at)
                    yield
            if one.named is None:
                one.drawing = None

    def _draw(self, one: _Set, at: int) -> _Page:
        page = one.pages[at]
        if not page.content:
            assert one.drawing is not None
            one.drawing.draw(page, at)
            for face, codes in page.faces.items():
                self._codes.setdefault(face, set()).update(codes)
        return page

    def is_gray(self, number_: int) -> bool:
        """Whether nothing on a page, once it is drawn, has a colour."""
        stretch, at = self._at[number_]
        if stretch < 0:
            return True
        page = self._sets[stretch].pages[at]
        return not page.pictures and b" rg" not in zlib.decompress(page.content or _NOTHING)

    # ---- one page as a file

    def pdf(self, number_: int) -> bytes:
        """A page as a PDF of its own, for looking at only: untagged, with photos as fine as a screen. Raises PhotoLost."""
        assert self._frame is not None
        assert self._compositor is not None
        assert self.draft is not None
        sheet = self.sheets[number_]
        stretch, at = self._at[number_]
        objects = Objects(packed=False)
        root, tree, leaf = (objects.reserve() for _ in range(3))
        box = f"[0 0 {number(self.width)} {number(self.height)}]"
        content, resources = b" ", ""
        if stretch >= 0 and not sheet.blank:
            page = self._draw(self._sets[stretch], at)
            pen = Pen(None, printing=False)
            pen.new_page(0)
            marks = PageMarks(self.draft, self._compositor.layout, self._compositor, pen, self._frame)
            marks.head(page.heading, sheet.label, recto=page.recto, first=number_ == 0)
            head = pen.end_page()
            content = zlib.decompress(page.content) + (b"\nq 100 Tz 0 g\n" + head + b"\nQ" if head else b"")
            for face, bodies in pen.drawn.items():
                self._codes.setdefault(face, set()).update(codes_in(bodies))
            resources = self._resources(objects, {*page.faces, *pen.drawn}, page.pictures)
        stream = objects.stream("", content)
        objects.put(
            leaf, f"<</Type/Page/Parent {tree} 0 R/MediaBox{box}/Resources<<{resources}>>/Contents {stream} 0 R>>"
        )
        objects.put(tree, f"<</Type/Pages/Count 1/Kids[{leaf} 0 R]>>")
        objects.put(root, f"<</Type/Catalog/Pages {tree} 0 R>>")
        return objects.file(root, objects.add("<<>>")).joined()

    def _resources(self, objects: Objects, faces: set[int], pictures: list[str]) -> str:
        assert self._plates is not None
        fonts = [f"/F{f} {embed.font(objects, f, self._codes[f], self._fonts)} 0 R" for f in sorted(faces)]
        drawn = []
        for name in pictures:
            picture = self._plates.picture(name)
            drawn.append(f"/{name} {objects.stream(picture.entries, picture.data, picture.size)} 0 R")
        return f"/Font<<{''.join(fonts)}>>/XObject<<{''.join(drawn)}>>"


class _Maker:
    """Makes the pages of one Draft, taking over what is known."""

    def __init__(self, draft: Draft, compositor: Compositor, frame: Frame, plates: Plates, looks: str, known: dict[str, _Set], before: list[_Set]) -> None:  # fmt: skip
        self.draft, self.compositor, self.frame, self.plates, self.looks = draft, compositor, frame, plates, looks
        self.known = known
        self.same = {one.parts[0].anchor: one for one in before}
        self.sheets: list[Sheet] = []
        self.at: list[tuple[int, int]] = []
        self.pages: dict[str, int] = {}

    def make(self) -> list[_Set]:
        """Every stretch. Folios and blank pages are as `book` has them."""
        all_stretches = stretches(self.draft, self.compositor.layout)
        starts: list[tuple[int, bool, list[tuple[int, bool]]]] = []
        made: list[_Set] = []
        folio, roman = 0, bool(all_stretches and all_stretches[0].front)
        first_page = max(1, self.draft.first_page)
        folio = 0 if roman else first_page - 1
        for stretch in all_stretches:
            blank: list[tuple[int, bool]] = []
            if roman and not stretch.front:
                if made and self.frame.mirrored and first_page % 2 == 1 and folio % 2 == 1:
                    blank.append((folio + 1, roman))
                roman, folio = False, first_page - 1
            if stretch.start == "recto" and self.frame.mirrored and folio % 2 == 1:
                folio += 1
                blank.append((folio, roman))
            one = self._one(stretch, folio % 2 == 0 or not self.frame.mirrored)
            starts.append((folio + 1, roman, blank))
            made.append(one)
            folio += len(one.pages)
        self._number(all_stretches, made, starts)
        return made

    def _one(self, stretch: Stretch, recto: bool) -> _Set:
        parts = self.draft.parts[stretch.first : stretch.last]
        old = self.same.get(parts[0].anchor)
        if old is not None and old.parts == parts and old.key.startswith(f"{recto} {self.looks_key}"):
            return old
        said = digest(self.draft, stretch, self.plates.source)
        key = f"{recto} {self.looks_key} {said}"
        found = self.known.get(key) if said else None
        if found is not None:
            found.parts = parts
            return found
        setting = Setting(stretch, self.compositor, self.frame)
        setting.paginate(recto)
        drawing = _Drawing(setting, self.plates, {}, self.frame)
        pages = [
            _Page(heading, page.recto, -1 if page.blank else page.part - stretch.first, self._boxes(page.recto, (*page.placed, *page.notes)))
            for heading, page in zip(drawing.headings(), setting.pages, strict=True)
        ]  # fmt: skip
        return _Set(key if said else "", parts, pages, setting.labels(), drawing)

    @property
    def looks_key(self) -> str:
        return blake2b(self.looks.encode(), digest_size=8).hexdigest()

    def _boxes(self, recto: bool, placed: tuple[Placed, ...]) -> list[Box]:
        left, top = self.frame.left(recto), self.frame.top
        boxes = []
        for one in placed:
            block = one.block
            if block.item is None or not block.item.anchor:
                continue
            if block.kind == "text":
                x, width, height = left + block.left, block.width, (one.last - one.first) * block.leading
            else:
                x, width, height = left, self.frame.measure, one.height or block.height
                height += sum(caption.text_height + caption.before for caption in block.captions)
            boxes.append(Box(block.item.anchor, x, top + one.y, width, height))
        return boxes

    def _number(self, all_stretches: list[Stretch], made: list[_Set], starts: list[tuple[int, bool, list[tuple[int, bool]]]]) -> None:  # fmt: skip
        """Give every page its label and its name."""
        labels: dict[str, str] = {}
        for one, (folio, roman, _) in zip(made, starts, strict=True):
            for anchor, offset in one.labels:
                labels.setdefault(anchor, numeral(folio + offset, roman=roman))
        for order, (stretch, one, (folio, roman, blank)) in enumerate(zip(all_stretches, made, starts, strict=True)):
            key = one.key
            if not stretch.known:
                named = tuple(labels.get(target, "") for target in targets(self.draft, stretch))
                key = f"{key} {named}"
                if named != one.named:
                    self._rename(one, named, labels)
            for number_, is_roman in blank:
                self._add(Sheet("", numeral(number_, roman=is_roman), bool(number_ % 2), True, -1), (-1, 0), "blank")
            for at, page in enumerate(one.pages):
                label = numeral(folio + at, roman=roman)
                part = stretch.first + page.part if page.part >= 0 else -1
                self._add(Sheet("", label, page.recto, page.part < 0, part), (order, at), f"{key} {at}")
            for anchor, at in one.labels:
                self.pages.setdefault(anchor, len(self.sheets) - len(one.pages) + at)

    @staticmethod
    def _rename(one: _Set, named: tuple[str, ...], labels: dict[str, str]) -> None:
        """Have a table of contents drawn again, with other numbers of pages."""
        one.named = named
        for page in one.pages:
            page.content = b""
        if one.drawing is not None:
            one.drawing.labels = labels

    def _add(self, sheet: Sheet, at: tuple[int, int], key: str) -> None:
        name = blake2b(f"{key} {sheet.label} {sheet.recto}".encode(), digest_size=12).hexdigest()
        self.sheets.append(sheet._replace(name=name))
        self.at.append(at)


def _changed(old: Draft, new: Draft) -> list[str]:
    """Anchors of paragraphs whose words or runs were not in the same Part before."""
    before = {part.anchor: part for part in old.parts}
    changed: list[str] = []
    for part in new.parts:
        known = before.get(part.anchor)
        if part.kind not in ("story", "chapter", "text") or known is part or known == part:
            continue
        said = {_words(item) for item in known.items} if known is not None else set()
        changed += [item.anchor for item in part.items if item.anchor and _words(item) not in said]
    return changed


def _words(item: object) -> str:
    runs = getattr(item, "runs", None)
    return repr(runs) if runs is not None else repr(getattr(item, "photo", "")) + repr(getattr(item, "label", ""))
