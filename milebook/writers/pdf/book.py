"""The whole way of a PDF: galleys, pages, drawing, structure, file."""

from __future__ import annotations

import io
from collections.abc import Callable

from milebook.draft import Draft, Figure, Table
from milebook.layout import Layout
from milebook.pictures import Darkroom
from milebook.pieces import Pieces
from milebook.writers import Options, Written
from milebook.writers.pdf import finish, tags
from milebook.writers.pdf.artist import Artist
from milebook.writers.pdf.draw import Pen, Sheet
from milebook.writers.pdf.flow import blocks, note_blocks
from milebook.writers.pdf.frame import Frame
from milebook.writers.pdf.galley import Block, Compositor
from milebook.writers.pdf.linecache import LineCache
from milebook.writers.pdf.lines import Line
from milebook.writers.pdf.pages import Page, PageMaker
from milebook.writers.pdf.photos import Plates


def make(draft: Draft, layout: Layout, darkroom: Darkroom, options: Options) -> Written:
    """See `milebook.writers.pdf.write`."""
    printing = options.edition == "print"
    progress: Callable[[float], None] = options.progress or (lambda share: None)
    cache = LineCache(options.cache)
    frame = Frame(layout, 0, printing=printing)
    while True:
        book = _Book(draft, layout, frame, cache)
        book.set()
        progress(0.5)
        wanted = Frame(layout, book.page_count(printing), printing=printing)
        narrower = wanted.measure < frame.measure - 0.01
        if not narrower:
            if abs(wanted.measure - frame.measure) <= 0.01:
                book.frame = wanted
            break
        frame = wanted
    cache.save()
    labels, count = book.labels(), book.page_count(printing)
    if options.on_pages is not None:
        options.on_pages(labels, count)
    if options.paginate:
        return Written(Pieces(), book.transcript(), book.compositor.report(), labels, count)
    return book.draw(darkroom, labels, printing, progress)


class _Book:
    def __init__(self, draft: Draft, layout: Layout, frame: Frame, cache: LineCache) -> None:
        self.draft, self.layout, self.frame = draft, layout, frame
        self.compositor = Compositor(draft, layout, frame.measure, frame.depth, cache)
        self.blocks: list[Block] = []
        self.pages: list[Page] = []
        self._notes: dict[int, dict[int, list[Block]]] = {}

    # ---- setting

    def set(self) -> None:
        """Break paragraphs into lines and lines into pages."""
        self.blocks = list(blocks(self.compositor))
        grid = self.layout.page.grid
        maker = PageMaker(self.blocks, self.frame.depth, grid, self.frame.mirrored, self.notes_of, self._again)
        parts = self.draft.parts
        has_body = any(part.matter == "body" for part in parts)
        first_body = next((i for i, part in enumerate(parts) if part.matter == "body"), 0)
        self.pages = maker.make(
            lambda part: has_body and part < first_body and parts[part].matter == "front", max(1, self.draft.first_page)
        )

    def notes_of(self, part: int) -> dict[int, list[Block]]:
        found = self._notes.get(part)
        if found is None:
            found = self._notes[part] = note_blocks(self.compositor, part) if self.draft.parts[part].notes else {}
        return found

    def _again(
        self, block: Block, forbidden: frozenset[tuple[int, int]], kept: int, longer: int = 0
    ) -> Callable[[], None] | None:
        """Set a paragraph anew, without some breaks or a line longer or shorter. Returns the way back."""
        found = self.compositor.other_length(block, longer) if longer else self.compositor.again(block, forbidden)
        before = block.lines
        if found is None or [line.text for line in found[:kept]] != [line.text for line in before[:kept]]:
            return None

        def put(chosen: list[Line]) -> None:
            block.lines = chosen
            self.compositor._note_marks(block)

        put(found)
        return lambda: put(before)

    # ---- drawing

    def page_count(self, printing: bool) -> int:
        """Sides of the file: a printed book has an even number of them, the last one blank."""
        count = max(1, len(self.pages))
        if printing:
            last_blank = bool(self.pages) and self.pages[-1].blank
            count += 1 if count % 2 else 0 if last_blank else 2
        return count

    def draw(self, darkroom: Darkroom, labels: dict[str, str], printing: bool, progress: Callable[[float], None]) -> Written:  # fmt: skip
        """The file."""
        from reportlab import rl_config

        rl_config.useA85 = 0
        draft, frame = self.draft, self.frame
        buffer = io.BytesIO()
        canvas = Sheet(buffer, pagesize=(frame.width, frame.height), pageCompression=1, invariant=1, lang=draft.language or "en", pdfVersion=(1, 7) if not printing else (1, 4))  # fmt: skip
        tree = None if printing else tags.Tree(draft)
        if tree is not None:
            self._plant(tree)
        plates = Plates(darkroom, "print" if printing else "reading", canvas._doc)
        pen = Pen(canvas, tree, gray=printing)
        artist = Artist(self.compositor, frame, pen, tree, plates, labels, printing)
        total = len(self.pages)
        for number, page in enumerate(self.pages):
            artist.page(number, page)
            if not number % 50:
                progress(0.5 + 0.4 * number / max(total, 1))
        count = self.page_count(printing)
        for number in range(total, count):
            pen.new_page(number)
            pen.end_page()
        self.compositor.case.install(canvas._doc)
        title = draft.title or "Untitled"
        if not printing:
            self._outline(canvas, artist)
            self._page_labels(canvas)
        canvas.setTitle(title)
        canvas.save()
        data = self._finish(buffer, tree, pen, artist, plates, title, printing)
        findings = [*self.compositor.report(), *plates.findings]
        return Written(Pieces([data]), self.transcript(), findings, labels, count, {"measure": frame.measure, "edition": "print" if printing else "reading"})  # fmt: skip

    def _finish(self, buffer: io.BytesIO, tree: tags.Tree | None, pen: Pen, artist: Artist, plates: Plates, title: str, printing: bool) -> bytes:  # fmt: skip
        import pikepdf

        with pikepdf.open(io.BytesIO(buffer.getvalue())) as pdf:
            buffer.close()
            plates.develop(pdf)
            if tree is not None:
                tags.build(tree, pdf, pen.annotations, {**artist.destinations, **pen.home})
                finish.archive(pdf, self.draft, title)
            else:
                for page in pdf.pages:
                    page.obj.TrimBox = page.obj.MediaBox
            finish.info(pdf, self.draft, title, reading=not printing)
            return finish.save(pdf, reading=not printing)

    def _plant(self, tree: tags.Tree) -> None:
        """Every Block's place in the structure, in reading order; a note comes after the paragraph that refers to it."""
        for block in self.blocks:
            tree.add(block)
            for line in sorted(block.notes):
                for number in block.notes[line]:
                    for i, note in enumerate(self.notes_of(block.part).get(number, ())):
                        if id(note) not in tree.leaves:
                            tree.add_note(note, number, f"note-{block.part}-{number}", not i)

    def labels(self) -> dict[str, str]:
        """Anchor -> label of the page it begins on."""
        labels: dict[str, str] = {}
        seen: set[int] = set()
        for page in self.pages:
            for one in (*page.placed, *page.notes):
                block = one.block
                if one.first or not block.item:
                    continue
                part = self.draft.parts[block.part]
                if block.part not in seen:
                    seen.add(block.part)
                    labels.setdefault(part.anchor, page.label)
                if block.item.anchor:
                    labels.setdefault(block.item.anchor, page.label)
                if block.note:
                    note = next((n for n in part.notes if n.number == block.note), None)
                    if note is not None:
                        labels.setdefault(note.anchor, page.label)
                for caption in block.captions:
                    labels.setdefault(caption.item.anchor, page.label)
        return labels

    def _outline(self, canvas: Sheet, artist: Artist) -> None:
        level = -1
        for part in self.draft.parts:
            if part.level < 1 or not part.title or part.anchor not in artist.bookmarks:
                continue
            level = min(part.level - 1, level + 1)
            canvas.addOutlineEntry(part.title, part.anchor, level, closed=level == 0)

    def _page_labels(self, canvas: Sheet) -> None:
        before: tuple[bool, int] | None = None
        for number, page in enumerate(self.pages):
            if before is None or page.roman != before[0] or page.folio != before[1] + 1:
                canvas.addPageLabel(number, "ROMAN_LOWER" if page.roman else "ARABIC", page.folio)
            before = (page.roman, page.folio)

    def transcript(self) -> list[tuple[str, str]]:
        """What the lines that were placed really say, in the Draft's order."""
        said: dict[int, list[str]] = {}
        pictures: set[int] = set()
        tables_said: dict[int, dict[tuple[int, int], str]] = {}  # table -> row and column -> words
        done: set[int] = set()
        for page in self.pages:
            for one in (*page.placed, *page.notes):
                block = one.block
                if block.kind == "text":
                    said.setdefault(id(block), []).extend(line.text for line in block.lines[one.first : one.last])
                elif block.kind == "figure":
                    pictures.add(id(block))
                elif id(block) not in done:
                    done.add(id(block))
                    cells = tables_said.setdefault(id(block.item), {})
                    for column, lines in enumerate(block.cells):
                        words = "".join([line.text for line in lines])
                        # a row that goes on in another may have been divided inside a word
                        cells[block.row, column] = cells.get((block.row, column), "") + words
        out: list[tuple[str, str]] = []
        tables: set[int] = set()

        def say(block: Block) -> None:
            text = "".join(said.get(id(block), ()))
            out.append((block.item.anchor, " ".join(text.split())))

        for i, block in enumerate(self.blocks):
            item = block.item
            if isinstance(item, Figure):
                if id(block) in pictures:
                    out.append(("figure", item.alt))
                for caption in block.captions:
                    words = "".join(line.text for line in caption.lines)
                    out.append((caption.item.anchor, " ".join(words.split())))
            elif isinstance(item, Table):
                if id(item) not in tables:
                    tables.add(id(item))
                    out.append((item.anchor, " ".join(" ".join(tables_said.get(id(item), {}).values()).split())))
            else:
                say(block)
            if i + 1 == len(self.blocks) or self.blocks[i + 1].part != block.part:
                for notes in self.notes_of(block.part).values():
                    for note in notes:
                        say(note)
        return out
