"""Make the pages of a Draft for the screen, reusing those of the Draft before as far as they are the same."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import NamedTuple

from milebook.model.draft import Draft, Part
from milebook.writers.pdf.drawing.page_drawing import PageDrawing
from milebook.writers.pdf.drawing.pen import Pen
from milebook.writers.pdf.drawing.photos import Plates
from milebook.writers.pdf.galleys.galley import Compositor
from milebook.writers.pdf.pages.frame import Frame
from milebook.writers.pdf.pages.numbering import Numbering
from milebook.writers.pdf.pages.placing import Placed
from milebook.writers.pdf.pages.positions import PlacedPage, numeral
from milebook.writers.pdf.pages.running_heads import Heading, PageMarks
from milebook.writers.pdf.set_again import LiveSetting
from milebook.writers.pdf.stretches import Stretch, digest, manner, plain_item, stretches, targets
from milebook.writers.pdf.typefaces.glyph_codes import codes_in


class Area(NamedTuple):
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
class LivePage:
    """A page of a stretch; its operators once it is drawn, compressed."""

    key: str  # another for every page that looks otherwise
    heading: Heading
    recto: bool
    part: int  # from the stretch's first Part; -1 if it is blank
    boxes: list[Area]
    content: bytes = b""
    faces: dict[int, list[int]] = field(default_factory=dict)  # number of a face -> the codes drawn in it
    pictures: list[str] = field(default_factory=list)
    sheet: Sheet | None = None  # as it was numbered last


@dataclass(slots=True)
class LiveStretch:
    """A stretch as it is set. `drawing` holds what is needed to draw it, None once every page is drawn for good; `setting`
    what is needed to set it again faster, None where that is not likely to be wanted.
    """

    key: str
    looks: tuple[str, bool]  # everything but the words that decides how it is set
    draft: Draft
    stretch: Stretch
    photos: dict[str, str]  # by their paths: the digests of their files
    pages: list[LivePage]
    labels: list[tuple[str, int]]
    drawing: Drawing | None
    setting: LiveSetting | None
    named: tuple[str, ...] | None = None  # of a table of contents: the labels of pages that are drawn in it

    @property
    def parts(self) -> tuple[Part, ...]:
        return tuple(self.draft.parts[self.stretch.first : self.stretch.last])

    def says(self) -> str:
        """A digest of what it says; "" if a photo of it is not known."""
        return digest(self.draft, self.stretch, lambda path: self.photos.get(path, ""))


class Drawing:
    """Draws the pages of one stretch, in any order."""

    def __init__(self, setting: LiveSetting, plates: Plates, labels: dict[str, str], frame: Frame) -> None:
        self.setting, self.plates, self.labels, self.frame = setting, plates, labels, frame

    def draw(self, page: LivePage, at: int) -> None:
        """Draw page number `at`."""
        compositor = self.setting.compositor
        pen = Pen(None, printing=False)
        marks = PageMarks(self.setting.draft, compositor.layout, compositor, pen, self.frame)
        drawing = PageDrawing(compositor, self.frame, pen, marks, self.plates, self.labels)
        content, page.pictures = drawing.page(at, self.setting.pages[at])
        page.content = zlib.compress(content or b" ", 1)
        page.faces = {face: codes_in(bodies) for face, bodies in pen.drawn.items()}


class LiveMaker:
    """Makes the pages of one Draft. `before` are the stretches of the last one."""

    def __init__(self, draft: Draft, compositor: Compositor, frame: Frame, plates: Plates, before: list[LiveStretch]) -> None:  # fmt: skip
        self.draft, self.compositor, self.frame, self.plates = draft, compositor, frame, plates
        self.same = {one.parts[0].anchor: one for one in before}
        self.looks = blake2b(manner(compositor.layout, frame, False).encode(), digest_size=8).hexdigest()
        self.fresh: list[LiveStretch] = []  # those that were not taken over as they were
        self.sheets: list[Sheet] = []
        self.at: list[tuple[int, int]] = []
        self.pages: dict[str, int] = {}

    def make(self) -> list[LiveStretch]:
        """Every stretch."""
        all_stretches = stretches(self.draft, self.compositor.layout)
        starts: list[tuple[int, bool, list[tuple[int, bool]]]] = []
        made: list[LiveStretch] = []
        numbering = Numbering(all_stretches, self.draft.first_page, mirrored=self.frame.mirrored)
        for stretch in all_stretches:
            blank = numbering.begin(stretch)
            one = self._one(stretch, numbering.recto)
            starts.append((numbering.folio + 1, numbering.roman, blank))
            made.append(one)
            numbering.folio += len(one.pages)
        self._number(all_stretches, made, starts)
        return made

    # ---- one stretch

    def _one(self, stretch: Stretch, recto: bool) -> LiveStretch:
        parts = self.draft.parts[stretch.first : stretch.last]
        old = self.same.get(parts[0].anchor)
        if old is not None and old.looks != (self.looks, recto):
            old = None
        names = [figure.photo for part in parts for figure in part.figures if figure.photo]
        photos = {name: self.plates.source(name) for name in names}
        if old is not None and old.photos == photos:
            if old.parts == parts:
                return old
            earlier = old.setting or (old.drawing.setting if old.drawing is not None else None)
            if earlier is not None and earlier.can_be_followed(stretch, self.draft):
                return self._set(stretch, recto, photos, old, earlier)
        content = digest(self.draft, stretch, lambda path: photos.get(path, ""))
        if old is not None and content and old.says() == content:
            old.draft, old.stretch = self.draft, stretch
            return old
        return self._set(stretch, recto, photos, None, None, content)

    def _set(self, stretch: Stretch, recto: bool, photos: dict[str, str], old: LiveStretch | None, earlier: LiveSetting | None, content: str = "") -> LiveStretch:  # fmt: skip
        """A stretch set again; after a change of its words, only those of its pages that it can reach."""
        known: list[tuple[PlacedPage, LivePage]] = []
        if old is not None and earlier is not None:
            known = list(zip(earlier.pages, old.pages, strict=True))
            content = self._further(old, stretch)
        by_page = {id(page): made for page, made in known}
        setting = LiveSetting(stretch, self.compositor, self.frame, earlier)
        setting.paginate(recto)
        marks = PageMarks(self.draft, self.compositor.layout, self.compositor, Pen(None, printing=False), self.frame)
        key = f"{self.looks} {recto} {content}"
        pages = [
            by_page.get(id(page)) or self._page(page, f"{key} {at}", marks, stretch.first)
            for at, page in enumerate(setting.pages)
        ]
        drawing = Drawing(setting, self.plates, {}, self.frame)
        one = LiveStretch(
            key, (self.looks, recto), self.draft, stretch, photos, pages, setting.labels(), drawing, setting
        )
        self.fresh.append(one)
        return one

    def _further(self, old: LiveStretch, stretch: Stretch) -> str:
        """A digest that stands for an earlier state and what has changed since."""
        new = self.draft.parts[stretch.first : stretch.last]
        changed = [
            (number, [plain_item(item) for item in part.items])
            for number, (part, before) in enumerate(zip(new, old.parts, strict=True))
            if part is not before
        ]
        written = f"{old.key} {changed!r}".encode("utf-8", "surrogatepass")
        return blake2b(written, digest_size=16).hexdigest()

    def _page(self, page: PlacedPage, key: str, marks: PageMarks, first: int) -> LivePage:
        heading = Heading("", "", False) if page.blank else marks.heading(page)
        part = -1 if page.blank else page.part - first
        return LivePage(key, heading, page.recto, part, self._boxes(page.recto, (*page.placed, *page.notes)))

    def _boxes(self, recto: bool, placed: tuple[Placed, ...]) -> list[Area]:
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
            boxes.append(Area(block.item.anchor, x, top + one.y, width, height))
        return boxes

    # ---- numbers

    def _number(self, all_stretches: list[Stretch], made: list[LiveStretch], starts: list[tuple[int, bool, list[tuple[int, bool]]]]) -> None:  # fmt: skip
        """Give every page its label and its name."""
        labels: dict[str, str] = {}
        for one, (folio, roman, _) in zip(made, starts, strict=True):
            for anchor, offset in one.labels:
                labels.setdefault(anchor, numeral(folio + offset, roman=roman))
        for order, (stretch, one, (folio, roman, blank)) in enumerate(zip(all_stretches, made, starts, strict=True)):
            if not stretch.known:
                self._name(one, tuple(labels.get(target, "") for target in targets(self.draft, stretch)), labels)
            for number, is_roman in blank:
                label, recto = numeral(number, roman=is_roman), bool(number % 2)
                self.sheets.append(Sheet(_name(f"blank {label} {recto}"), label, recto, True, -1))
                self.at.append((-1, 0))
            for at, page in enumerate(one.pages):
                label = numeral(folio + at, roman=roman)
                part = stretch.first + page.part if page.part >= 0 else -1
                if page.sheet is None or page.sheet.label != label or page.sheet.part != part:
                    name = _name(f"{page.key} {one.named} {label}")
                    page.sheet = Sheet(name, label, page.recto, page.part < 0, part)
                self.sheets.append(page.sheet)
                self.at.append((order, at))
            for anchor, at in one.labels:
                self.pages.setdefault(anchor, len(self.sheets) - len(one.pages) + at)

    @staticmethod
    def _name(one: LiveStretch, named: tuple[str, ...], labels: dict[str, str]) -> None:
        """Have a table of contents drawn again, where it names other pages."""
        if named == one.named:
            return
        one.named = named
        for page in one.pages:
            page.content, page.sheet = b"", None
        if one.drawing is not None:
            one.drawing.labels = labels


def _name(key: str) -> str:
    return blake2b(key.encode(), digest_size=12).hexdigest()
