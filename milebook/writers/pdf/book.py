"""Make a PDF from beginning to end: its stretches set or taken from an earlier run, numbered, drawn and bound."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from milebook.cache.store import Store
from milebook.layout import Layout
from milebook.model.draft import Draft
from milebook.model.languages import reads_right_to_left
from milebook.model.packed_parts import LARGE
from milebook.output.file_pieces import Pieces
from milebook.photos import PhotoLost, PhotoPreparer
from milebook.writers import Options, Written
from milebook.writers.pdf import set_chapter
from milebook.writers.pdf.binding import Binder, Bound
from milebook.writers.pdf.drawing.photos import Plates
from milebook.writers.pdf.galleys.blocks import SetBlock
from milebook.writers.pdf.galleys.galley import Compositor
from milebook.writers.pdf.pages.frame import Frame
from milebook.writers.pdf.pages.numbering import Numbering
from milebook.writers.pdf.pages.positions import PlacedPage, numeral
from milebook.writers.pdf.set_chapter import Forme
from milebook.writers.pdf.set_stretch import SetStretch, transcript_of
from milebook.writers.pdf.setting import Setting
from milebook.writers.pdf.stretches import Stretch, digest, manner, stretches, targets
from milebook.writers.transcripts import Transcript


def make(draft: Draft, layout: Layout, preparer: PhotoPreparer, options: Options) -> Written:
    """See `milebook.writers.pdf.write`."""
    printing = options.edition == "print"
    progress: Callable[[float], None] = options.progress or (lambda share: None)
    plates = Plates(preparer, "print" if printing else "reading", options.cache)
    store = Store(options.cache)
    book, frame = _set_in_its_frame(draft, layout, plates, store, progress)
    labels, count = book.labels(), book.page_count()
    if options.on_pages is not None:
        options.on_pages(labels, count)
    if options.paginate:
        return Written(Pieces(), book.transcript(), book.compositor.report(), labels, count)
    try:
        book.draw(progress)
    except Unforeseen:  # what was kept has been changed since
        book = BookSetting(draft, layout, frame, plates)
        book.set()
        labels, count = book.labels(), book.page_count()
        book.draw(progress)
    facts: dict[str, object] = {"measure": frame.measure, "edition": options.edition, "pages": book.white()}
    if printing:
        facts["widths"] = plates.widths
    made = book.bind(store)
    findings = [*book.compositor.report(), *plates.findings]
    return Written(made, book.transcript(), findings, labels, count, facts)


def _set_in_its_frame(
    draft: Draft, layout: Layout, plates: Plates, store: Store, progress: Callable[[float], None]
) -> tuple[BookSetting, Frame]:
    """The book set in the frame whose gutter is wide enough for its pages; more pages can need a wider one."""
    leftward = reads_right_to_left(draft.language)
    frame = Frame(layout, 0, printing=plates.print, leftward=leftward)
    while True:
        book = BookSetting(draft, layout, frame, plates, store)
        book.set(progress)
        wanted = Frame(layout, book.page_count(), printing=plates.print, leftward=leftward)
        if wanted.measure >= frame.measure - 0.01:
            if abs(wanted.measure - frame.measure) <= 0.01:
                book.frame = wanted
            return book, frame
        frame = wanted


MOST_HELD = 8000  # blocks that are set and not yet drawn; of a longer book the chapters are drawn as they are set


class Unforeseen(Exception):
    """A table of contents has other pages than those that were kept of it."""


class BookSetting:
    """The stretches of a book being set one after the other, taken over from an earlier run where that can be."""

    def __init__(self, draft: Draft, layout: Layout, frame: Frame, plates: Plates | None = None, store: Store | None = None) -> None:  # fmt: skip
        self.draft, self.layout, self.frame = draft, layout, frame
        self.plates = plates
        self.printing = plates is not None and plates.print
        # in print the margins are only known when all pages are, so that no page can be taken over before
        self.store = store if store is not None and not self.printing else Store("")
        self.compositor = Compositor(draft, layout, frame.measure, frame.depth)
        self.manner = manner(layout, frame, self.printing)
        self.stretches = stretches(draft, layout)
        self.sets: list[SetStretch] = []
        self.is_large = len(draft.parts) > LARGE
        wanted = draft.targets()
        self.targets = frozenset(anchor for anchor in self._anchors() if anchor in wanted)

    # ---- setting

    def set(self, progress: Callable[[float], None] = lambda share: None) -> None:
        """Every stretch taken over or set, with its pages numbered."""
        held = 0
        numbering = Numbering(self.stretches, self.draft.first_page, mirrored=self.frame.mirrored)
        for number, stretch in enumerate(self.stretches):
            blank = numbering.begin(stretch)
            one = self._one(stretch, numbering.recto, blank, numbering.folio + 1, numbering.roman)
            self.sets.append(one)
            numbering.folio += one.count
            if one.setting is not None:
                held += len(one.setting.blocks)
                if held > MOST_HELD and stretch.known and not self.printing and self.plates is not None:
                    self._draw(one, {})
            progress(0.5 * (number + 1) / len(self.stretches))

    def _one(self, stretch: Stretch, recto: bool, blank: list[tuple[int, bool]], folio: int, roman: bool) -> SetStretch:
        one = SetStretch(stretch, self._key(stretch, recto), blank, folio, roman)
        if stretch.known:
            kept = self._kept(one.key)
            if kept is not None:
                one.keep(kept, packed=self.is_large)
                return one
        elif self._foreseen(one):
            return one
        self._set(one, recto)
        return one

    def _set(self, one: SetStretch, recto: bool) -> None:
        odd = self.compositor.unprinted.met
        one.setting = Setting(one.stretch, self.compositor, self.frame)
        one.setting.paginate(recto)
        one.count, one.labels = len(one.setting.pages), one.setting.labels()
        one.sound = self.compositor.unprinted.met == odd

    def _foreseen(self, one: SetStretch) -> bool:
        """Whether the pages of a table of contents are known from an earlier run: how many they are does not depend on the
        numbers in it.
        """
        kept = self.store.get(one.key) if one.key else None
        found = set_chapter.unpack_outline(kept) if kept is not None else None
        if found is None:
            return False
        one.count, one.labels = found
        return True

    def _key(self, stretch: Stretch, recto: bool) -> str:
        if not self.store.folder or self.plates is None:
            return ""
        content = digest(self.draft, stretch, self.plates.source)
        return Store.key("forme", self.manner, recto, content) if content else ""

    def _kept(self, key: str) -> Forme | None:
        """The forme of an earlier run, if its photos are as they were."""
        kept = self.store.get(key) if key else None
        found = set_chapter.unpack(kept) if kept is not None else None
        if found is None or self.plates is None:
            return None
        try:
            for one in found.placements:
                if self.plates.prepare(one.photo, one.pixels, one.width, one.height) != one.name:
                    return None
        except (PhotoLost, OSError, ValueError):
            return None  # reported when it is set
        named = {one.name for one in found.placements}
        return found if all(named.issuperset(page.pictures) for page in found.pages) else None

    def _anchors(self) -> Iterator[str]:
        for part in self.draft.parts:
            yield part.anchor
            yield from (item.anchor for item in part.items)

    # ---- pages

    @property
    def pages(self) -> list[PlacedPage]:
        """Every page that was set in this run, with the blank ones before chapters, numbered."""
        out: list[PlacedPage] = []
        for one in self.sets:
            assert one.setting is not None
            out += [PlacedPage(folio, roman, bool(folio % 2)) for folio, roman in one.blank]
            for i, page in enumerate(one.setting.pages):
                page.folio, page.roman = one.folio + i, one.roman
                out.append(page)
        return out

    @property
    def blocks(self) -> list[SetBlock]:
        return [block for one in self.sets if one.setting is not None for block in one.setting.blocks]

    def page_count(self) -> int:
        """Sides of the file: a printed book has an even number of them, the last one blank."""
        count = max(1, sum(len(one.blank) + one.count for one in self.sets))
        if self.printing:
            last = next(
                (one.setting.pages[-1] for one in reversed(self.sets) if one.setting and one.setting.pages), None
            )
            count += 1 if count % 2 else 0 if last is not None and last.blank else 2
        return count

    def labels(self) -> dict[str, str]:
        """Anchor -> label of the page it begins on."""
        labels: dict[str, str] = {}
        for one in self.sets:
            for anchor, page in one.labels:
                labels.setdefault(anchor, numeral(one.folio + page, roman=one.roman))
        return labels

    def transcript(self) -> Transcript:
        """What the lines that were placed really say, in the Draft's order. It keeps the stretches, but not this object."""
        return Transcript(partial(transcript_of, self.sets))

    def white(self) -> list[dict[str, object]]:
        """Every page that is left white for more than WHITE lines though the text goes on: where a few words more or less
        in that story would mend it.
        """
        rows: list[dict[str, object]] = []
        for one in self.sets:
            for number, white, last_part in one.white:
                part = self.draft.parts[one.stretch.first + max(0, last_part)]
                label = numeral(one.folio + number, roman=one.roman)
                story = part.anchor.removeprefix("story-") if part.kind == "story" else ""
                rows.append({"page": label, "white": white, "story": story, "title": part.title})
        return rows

    # ---- drawing

    def draw(self, progress: Callable[[float], None]) -> None:
        """Every stretch that is not drawn yet."""
        labels = self.labels()
        if self.printing and self.plates is not None:  # gray photos are so light that several fit into memory at once
            self.plates.prepare_ahead(
                picture for one in self.sets if one.setting is not None for picture in one.setting.pictures()
            )
        for number, one in enumerate(self.sets):
            if one.forme is None:
                self._draw(one, labels)
            progress(0.5 + 0.4 * (number + 1) / len(self.sets))

    def _draw(self, one: SetStretch, labels: dict[str, str]) -> None:
        assert self.plates is not None
        key, kept = one.key, None
        if key and not one.stretch.known:
            key = Store.key("contents", one.key, [labels.get(t, "") for t in targets(self.draft, one.stretch)])
            kept = self._kept(key)
        foreseen = one.count, one.labels
        if kept is not None:
            one.keep(kept, packed=self.is_large)
        elif one.setting is None:
            self._set(one, one.folio % 2 == 1 or not self.frame.mirrored)
        if foreseen != (one.count, one.labels):
            raise Unforeseen
        if kept is not None:
            return
        assert one.setting is not None
        wrong = len(self.plates.findings)
        one.setting.frame = self.frame
        forme = one.setting.forme(self.plates, labels, self.targets, printing=self.printing)
        one.keep(forme, packed=self.is_large)
        if key and one.sound and len(self.plates.findings) == wrong and not self.compositor.case.unknown:
            self.store.put(key, set_chapter.pack(forme))
            if key != one.key:
                self.store.put(one.key, set_chapter.pack_outline(one.count, one.labels))

    def bind(self, store: Store) -> Pieces:
        """The file. Subset fonts are kept in `store`."""
        assert self.plates is not None
        binder = Binder(self.draft, self.compositor, self.frame, self.plates, store, printing=self.printing)
        return binder.bind(self._formes(), self.page_count())

    def _formes(self) -> Iterator[Bound]:
        """Every forme, which is not kept."""
        for one in self.sets:
            if one.forme is not None:
                yield Bound(one.forme.get, one.count, one.stretch.first, one.blank, one.folio, one.roman)
                one.forme = None
