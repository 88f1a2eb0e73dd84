"""Set a book repeatedly in one process: only what has changed is set again, and pages are drawn when they are asked for.

The preview looks at pages one or two at a time. A stretch (see `stretches`) whose words and looks are the same keeps its
pages; of one that was set again, the pages are drawn that someone looks at, and the others later, by `draw_rest`. The same
parts are at work as in a build, so that the pages are those of the PDF; a test compares them.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from math import ceil

from milebook.cache.store import Store
from milebook.layout import Layout
from milebook.model.draft import Draft
from milebook.model.languages import reads_right_to_left
from milebook.photos import PhotoPreparer
from milebook.writers.pdf.drawing.pen import Pen
from milebook.writers.pdf.drawing.photos import Plates
from milebook.writers.pdf.file.objects import Objects
from milebook.writers.pdf.file.syntax import number
from milebook.writers.pdf.galleys.galley import Compositor
from milebook.writers.pdf.galleys.kept_lines import Known
from milebook.writers.pdf.live_pages import Area, LiveMaker, LivePage, LiveStretch, Sheet
from milebook.writers.pdf.pages.frame import Frame
from milebook.writers.pdf.pages.running_heads import PageMarks
from milebook.writers.pdf.typefaces import embed
from milebook.writers.pdf.typefaces.glyph_codes import codes_in

SCREEN_PPI = 200.0
RECENT = 2  # stretches whose settings are kept
_NOTHING = zlib.compress(b"")


class _Memory(Store):
    """What may be used again while the process lasts."""

    def __init__(self) -> None:
        super().__init__("")
        self._kept: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        return self._kept.get(key)

    def put(self, key: str, data: bytes) -> bool:
        if len(self._kept) > 24:
            self._kept.clear()
        self._kept[key] = data
        return True


class _ScreenPlates(Plates):
    """Photos no finer than a screen shows them: they are decoded again for every drawing of their page."""

    def _limits(self, pixels: tuple[int, int], width: float, height: float) -> dict[str, int]:
        return {"max_width": ceil(width / 72 * SCREEN_PPI), "max_height": ceil(height / 72 * SCREEN_PPI)}


class LiveBook:
    """The pages of one book, as it is at the moment. Not for several threads at once."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.draft: Draft | None = None
        self.width = self.height = 0.0  # of a page, in points
        self.changed: list[str] = []  # anchors of the paragraphs that the last `update` found new or different
        self._sets: list[LiveStretch] = []
        self._recent: list[LiveStretch] = []
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
        before: list[LiveStretch] = []
        shared = Known(keeps=True)
        if self._plates is not None and self._compositor is not None and layout == self._layout:
            plates.prepared = self._plates.prepared  # also of what is drawn later with the plates of then
            before, shared = self._sets, self._compositor.known
        compositor = Compositor(draft, layout, frame.measure, frame.depth, shared)
        maker = LiveMaker(draft, compositor, frame, plates, before)
        self._sets = maker.make()
        self._remember(maker.fresh)
        self.changed = _changed(self.draft, draft) if self.draft is not None else []
        self.draft, self._layout, self._frame, self._plates = draft, layout, frame, plates
        self._compositor = compositor
        self.width, self.height = frame.width, frame.height
        self.sheets, self._at, self._pages = maker.sheets, maker.at, maker.pages
        return self.sheets

    def _remember(self, fresh: list[LiveStretch]) -> None:
        """Keep what helps to set a stretch again of those that changed last: they will be changed again."""
        for one in fresh[: max(0, len(fresh) - RECENT)]:
            one.setting = None
        there = {id(one) for one in self._sets}
        recent = [*fresh[-RECENT:], *(one for one in self._recent if id(one) in there)]
        for one in recent[RECENT:]:
            one.setting = None
        self._recent = recent[:RECENT]

    def page_of(self, anchor: str) -> int:
        """The number of the page (from 0) on which an anchor begins, -1 if there is none."""
        return self._pages.get(anchor, -1)

    def boxes(self, page: int) -> list[Area]:
        """What stands on a page, from top to bottom."""
        stretch, at = self._at[page]
        return self._sets[stretch].pages[at].boxes if stretch >= 0 else []

    def draw_rest(self) -> Iterator[None]:
        """Draws what no one has looked at yet, page by page, and lets go of what drawing needs."""
        for one in self._sets:
            if one.drawing is None:
                continue
            for at, page in enumerate(one.pages):
                if not page.content:
                    self._draw(one, at)
                    yield
            if one.named is None:
                one.drawing = None

    def _draw(self, one: LiveStretch, at: int) -> LivePage:
        page = one.pages[at]
        if not page.content:
            assert one.drawing is not None
            one.drawing.draw(page, at)
            for face, codes in page.faces.items():
                self._codes.setdefault(face, set()).update(codes)
        return page

    def is_gray(self, number_: int) -> bool:
        """Whether nothing on a page, once it is drawn, has a color."""
        stretch, at = self._at[number_]
        if stretch < 0:
            return True
        page = self._sets[stretch].pages[at]
        return not page.pictures and b" rg" not in zlib.decompress(page.content or _NOTHING)

    # ---- pages as a file

    def pdf(self, *numbers: int) -> bytes:
        """Pages as a PDF, for looking at only: untagged, with photos as fine as a screen. Raises PhotoLost."""
        objects = Objects(packed=False)
        root, tree = objects.reserve(), objects.reserve()
        drawn = [self._content(number_) for number_ in numbers]
        faces = sorted({face for _, used, _ in drawn for face in used})
        fonts = {face: embed.font(objects, face, self._codes[face], self._fonts) for face in faces}
        pictures = {name: self._picture(objects, name) for name in sorted({n for _, _, names in drawn for n in names})}
        box = f"[0 0 {number(self.width)} {number(self.height)}]"
        leaves = []
        for content, used, names in drawn:
            resources = f"/Font<<{''.join(f'/F{face} {fonts[face]} 0 R' for face in sorted(used))}>>"
            resources += f"/XObject<<{''.join(f'/{name} {pictures[name]} 0 R' for name in names)}>>"
            entries = f"/Resources<<{resources}>>/Contents {objects.stream('', content)} 0 R"
            leaves.append(objects.add(f"<</Type/Page/Parent {tree} 0 R/MediaBox{box}{entries}>>"))
        kids = " ".join(f"{leaf} 0 R" for leaf in leaves)
        objects.put(tree, f"<</Type/Pages/Count {len(leaves)}/Kids[{kids}]>>")
        objects.put(root, f"<</Type/Catalog/Pages {tree} 0 R>>")
        return objects.file(root, objects.add("<<>>")).joined()

    def _content(self, number_: int) -> tuple[bytes, set[int], list[str]]:
        """The operators of a page with its head and foot, and the faces and pictures in it."""
        assert self._frame is not None
        assert self._compositor is not None
        assert self.draft is not None
        sheet = self.sheets[number_]
        stretch, at = self._at[number_]
        if stretch < 0 or sheet.blank:
            return b" ", set(), []
        page = self._draw(self._sets[stretch], at)
        pen = Pen(None, printing=False)
        pen.new_page(0)
        marks = PageMarks(self.draft, self._compositor.layout, self._compositor, pen, self._frame)
        marks.head(page.heading, sheet.label, recto=page.recto, first=number_ == 0)
        head = pen.end_page()
        for face, bodies in pen.drawn.items():
            self._codes.setdefault(face, set()).update(codes_in(bodies))
        content = zlib.decompress(page.content) + (b"\nq 100 Tz 0 g\n" + head + b"\nQ" if head else b"")
        return content, {*page.faces, *pen.drawn}, page.pictures

    def _picture(self, objects: Objects, name: str) -> int:
        assert self._plates is not None
        picture = self._plates.picture(name)
        return objects.stream(picture.entries, picture.data, picture.size)


def _changed(old: Draft, new: Draft) -> list[str]:
    """Anchors of paragraphs whose words or runs were not in the same Part before."""
    before = {part.anchor: part for part in old.parts}
    changed: list[str] = []
    for part in new.parts:
        known = before.get(part.anchor)
        if part.kind not in ("story", "chapter", "text") or known is part or known == part:
            continue
        known_words = {_words(item) for item in known.items} if known is not None else set()
        changed += [item.anchor for item in part.items if item.anchor and _words(item) not in known_words]
    return changed


def _words(item: object) -> str:
    runs = getattr(item, "runs", None)
    return repr(runs) if runs is not None else repr(getattr(item, "photo", "")) + repr(getattr(item, "label", ""))
