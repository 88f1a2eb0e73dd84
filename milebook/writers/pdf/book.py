"""The whole way of a PDF: galleys, pages, drawing, structure, file."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from milebook.draft import Draft, Figure, Paragraph, Role, Table
from milebook.findings import Finding
from milebook.layout import Layout
from milebook.pictures import Darkroom
from milebook.writers import Options, Written
from milebook.writers.pdf import finish, tags
from milebook.writers.pdf.draw import Pen, Sheet
from milebook.writers.pdf.furniture import Furniture
from milebook.writers.pdf.galley import CONTENTS, Block, Compositor, blocks, note_blocks
from milebook.writers.pdf.linecache import LineCache
from milebook.writers.pdf.lines import Line
from milebook.writers.pdf.measure import Look
from milebook.writers.pdf.pages import Page, PageMaker, Placed
from milebook.writers.pdf.photos import Plates

LEAST_MARGIN = 36.0  # half an inch, which every printer asks for on every side
GUTTERS = ((150, 36.0), (300, 36.0), (500, 45.0), (700, 54.0), (828, 63.0), (10**9, 67.5))


class _Frame:
    """Where the type area stands on recto and verso, in points."""

    def __init__(self, layout: Layout, page_count: int, *, printing: bool) -> None:
        page = layout.page
        self.width, self.height = max(page.width, 72.0), max(page.height, 72.0)
        inside, outside = page.inside, page.outside
        if printing and page.mirrored:
            bands = page.gutters or GUTTERS
            wanted = next((margin for upto, margin in bands if page_count <= upto), bands[-1][1])
            if inside < wanted:
                outside = max(outside - (wanted - inside), min(outside, LEAST_MARGIN))
                inside = wanted
        if self.width - inside - outside < 72.0:
            share = (self.width - 72.0) / max(inside + outside, 1.0)
            inside, outside = inside * share, outside * share
        top, bottom = page.top, page.bottom
        if self.height - top - bottom < 72.0:
            share = (self.height - 72.0) / max(top + bottom, 1.0)
            top, bottom = top * share, bottom * share
        self.inside, self.outside, self.top, self.bottom = inside, outside, top, bottom
        self.measure = self.width - inside - outside
        self.depth = self.height - top - bottom
        if page.grid > 0:
            self.depth = int((self.depth + 0.01) // page.grid) * page.grid
        self.mirrored = page.mirrored

    def left(self, recto: bool) -> float:
        return self.inside if recto or not self.mirrored else self.outside


def make(draft: Draft, layout: Layout, darkroom: Darkroom, options: Options) -> Written:
    """See `milebook.writers.pdf.write`."""
    printing = options.edition == "print"
    progress: Callable[[float], None] = options.progress or (lambda share: None)
    cache = LineCache(options.cache)
    frame = _Frame(layout, 0, printing=printing)
    while True:
        book = _Book(draft, layout, frame, cache)
        book.set()
        progress(0.5)
        wanted = _Frame(layout, book.page_count(printing), printing=printing)
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
        return Written(b"", book.transcript(), book.compositor.report(), labels, count)
    return book.draw(darkroom, labels, printing, progress)


class _Book:
    def __init__(self, draft: Draft, layout: Layout, frame: _Frame, cache: LineCache) -> None:
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

    def _again(self, block: Block, forbidden: frozenset[tuple[int, int]]) -> bool:
        found = self.compositor.again(block, forbidden)
        if found is None or len(found[0]) != len(block.lines):
            return False
        block.lines = found[0]
        self.compositor._note_marks(block)
        return True

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
        artist = _Artist(self, pen, tree, plates, labels, printing)
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
        data = self._finish(buffer, tree, pen, artist, title, printing)
        findings = [*self.compositor.report(), *plates.findings]
        return Written(data, self.transcript(), findings, labels, count, {"measure": frame.measure, "edition": "print" if printing else "reading"})  # fmt: skip

    def _finish(self, buffer: io.BytesIO, tree: tags.Tree | None, pen: Pen, artist: _Artist, title: str, printing: bool) -> bytes:  # fmt: skip
        import pikepdf

        with pikepdf.open(io.BytesIO(buffer.getvalue())) as pdf:
            buffer.close()
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

    def _outline(self, canvas: Sheet, artist: _Artist) -> None:
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
        rows: dict[int, list[str]] = {}
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
                    cells = ("".join(line.text for line in cell) for cell in block.cells)
                    rows.setdefault(id(block.item), []).extend(cells)
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
                    out.append((item.anchor, " ".join(" ".join(rows.get(id(item), ())).split())))
            else:
                say(block)
            if i + 1 == len(self.blocks) or self.blocks[i + 1].part != block.part:
                for notes in self.notes_of(block.part).values():
                    for note in notes:
                        say(note)
        return out


class _Artist:
    """Draws the pages of one book."""

    def __init__(self, book: _Book, pen: Pen, tree: tags.Tree | None, plates: Plates, labels: dict[str, str], printing: bool) -> None:  # fmt: skip
        self.book, self.pen, self.tree, self.plates, self.labels, self.printing = (
            book,
            pen,
            tree,
            plates,
            labels,
            printing,
        )
        self.destinations: dict[str, tuple[int, float, float]] = {}
        self.bookmarks: set[str] = set()
        self.furniture = Furniture(book.draft, book.layout, book.compositor, pen, book.frame)

    def page(self, number: int, page: Page) -> None:
        """One page with everything on it."""
        pen, frame = self.pen, self.book.frame
        pen.new_page(number)
        left, top = frame.left(page.recto), frame.height - frame.top
        if not page.blank:
            self.furniture.under(page)
        for one in page.placed:
            self._place(one, number, left, top)
        if page.rule >= 0:
            pen.rule(left, left + min(60.0, frame.measure / 4), top - page.rule, 0.4)
        for one in page.notes:
            self._place(one, number, left, top)
        if not page.blank:
            self.furniture.over(page, left, top)
        pen.end_page()

    def _place(self, one: Placed, number: int, left: float, top: float) -> None:
        block = one.block
        self.pen.part = block.part
        y = top - one.y
        if not one.first:
            self._arrive(block, number, left, y)
        if block.kind == "text":
            self._text(block, one.first, one.last, left, y)
        elif block.kind == "figure":
            self._figure(one, left, y)
        else:
            self._row(block, left, y)

    def _arrive(self, block: Block, number: int, left: float, y: float) -> None:
        """Remember where anchors are, for links and the outline."""
        place = (number, max(0.0, left - 12.0), min(y + 12.0, self.book.frame.height))
        part = self.book.draft.parts[block.part]
        if part.anchor not in self.destinations:
            self.destinations[part.anchor] = place
            self.bookmarks.add(part.anchor)
            if not self.printing:
                self.pen.canvas.bookmarkPage(part.anchor, "XYZ", left=place[1], top=place[2])
        if block.item is not None and block.item.anchor:
            self.destinations.setdefault(block.item.anchor, place)
        if block.note:
            self.destinations.setdefault(f"note:{block.part}:{block.note}", place)

    def _owner(self, block: Block) -> Any:
        return self.tree.leaves.get(id(block), "artifact") if self.tree is not None else None

    def _text(self, block: Block, first: int, last: int, left: float, top: float) -> None:
        pen, owner = self.pen, self._owner(block)
        x = left + block.left
        if isinstance(block.item, Paragraph) and block.item.role in CONTENTS and self.tree is not None:
            self._entry(block, first, last, x, top, owner)
            return
        if block.label and not first:
            mark = self.tree.labels.get(id(block), owner) if self.tree is not None else None
            self._label(block, mark, x, top)
        for k in range(first, last):
            y = top - (k - first) * block.leading - block.baseline
            pen.line(block.lines[k], x, y, owner)
        if isinstance(block.item, Paragraph) and block.item.role in CONTENTS:
            self._number(block, last, x, top - (last - 1 - first) * block.leading - block.baseline, None)

    def _label(self, block: Block, owner: Any, x: float, top: float) -> None:
        pen = self.pen
        word = block.label[0][0]
        start = x + block.label_x
        y = top - block.baseline
        line = Line([block.label], 0.0, 0.0, 1.0, 0, word.width, False)
        pen.line(line, start, y, owner)
        if block.note and self.tree is not None and isinstance(owner, tags.Element):
            link = tags.Element("Link", owner)
            pen.own(link)
            target = f"ref:{block.part}:{block.note}"
            made = tags.Annotation(pen.page, (start, y - 3.0, start + word.width, y + word.look.size * 0.8), link, f"Back to the text of note {block.note}", target=target)  # fmt: skip
            link.kids.append(made)
            pen.annotations.append(made)

    def _entry(self, block: Block, first: int, last: int, x: float, top: float, owner: Any) -> None:
        """An entry of the contents: words, leader, page number, all of it one link."""
        pen = self.pen
        link = (
            tags.Element("Link", owner)
            if first == 0
            else next((k for k in owner.kids if isinstance(k, tags.Element)), owner)
        )
        for k in range(first, last):
            pen.line(block.lines[k], x, top - (k - first) * block.leading - block.baseline, link)
        y = top - (last - 1 - first) * block.leading - block.baseline
        if last == len(block.lines):
            self._number(block, last, x, y, link)
        item = block.item
        if item.target in self.labels:
            rect = (x, y - 3.0, x + block.width + block.style.right, top - block.baseline + block.style.size * 0.8)
            made = tags.Annotation(
                pen.page, rect, link, f"{item.text}, page {self.labels[item.target]}", target=item.target
            )
            link.kids.append(made)
            pen.annotations.append(made)

    def _number(self, block: Block, last: int, x: float, y: float, owner: Any) -> None:
        if last != len(block.lines) or not block.lines:
            return
        pen = self.pen
        label = self.labels.get(block.item.target, "")
        if not label:
            return
        style = replace(block.style, small_caps=False, italic=False, bold=False, tracking=0.0)
        look = self.book.compositor.look(style)
        edge = x + block.width + block.style.right
        line = block.lines[-1]
        width = look.word(label).width
        self._leader(look, x + line.x + line.width + 6.0, edge - width - 6.0, y)
        pen.words(look, label, edge, y, "right", owner)

    def _leader(self, look: Look, start: float, end: float, y: float) -> None:
        step = look.size * 0.62
        word = look.word(".")
        part = word.parts[0]
        first = -(-start // step)
        count = int((end - first * step) // step)
        if count < 2:
            return
        pen = self.pen
        pen.own("artifact")
        pen._begin_text()
        pen._set(part.face, look, 1.0)
        kern = f"{(word.width - step) * 1000 / look.size:.0f}"
        pen._code.append(f"1 0 0 1 {first * step:.2f} {y:.2f} Tm [{kern.join([part.body] * count)}] TJ")

    def _figure(self, one: Placed, left: float, top: float) -> None:
        block, figure = one.block, one.block.item
        frame = self.book.frame
        wide, high = figure.pixels if figure.pixels[0] > 0 and figure.pixels[1] > 0 else (4, 3)
        height = one.height
        width = min(frame.measure, height * wide / high)
        shown = min(height, width * high / wide)
        x = left + (frame.measure - width) / 2
        y = top - height + (height - shown) / 2
        owner: Any = None
        if self.tree is not None:
            owner = self.tree.leaves.get(id(block), "decoration")
            if isinstance(owner, tags.Element):
                owner.attributes = {
                    "O": "Layout",
                    "Placement": "Block",
                    "BBox": [round(v, 2) for v in (x, y, x + width, y + shown)],
                }
        name = self.plates.place(figure, width, shown)
        if name:
            self.pen.picture(name, x, y, width, shown, owner)
        else:
            self.pen.own(owner)
            self.pen._code.append(f"q 0.4 w 0.5 G {x:.2f} {y:.2f} {width:.2f} {shown:.2f} re S Q")
        below = top - height
        for caption in block.captions:
            below -= caption.before
            self._text(caption, 0, len(caption.lines), left, below)
            below -= caption.text_height

    def _row(self, block: Block, left: float, top: float) -> None:
        pen = self.pen
        repeated = False
        if block.row < 0:
            repeated = id(block) in self._heads
            self._heads.add(id(block))
        for column, lines in enumerate(block.cells):
            owner: Any = None
            if self.tree is not None:
                owner = "artifact" if repeated else self.tree.cells.get((id(block), column), "artifact")
            x = left + block.columns[column][0]
            for k, line in enumerate(lines):
                pen.line(line, x, top - k * block.leading - block.baseline, owner)
        weight, gray = (0.6, 0.0) if block.row < 0 else (0.25, 0.6)
        pen.rule(left, left + self.book.frame.measure, top - block.height + 1.2, weight, gray)

    @property
    def _heads(self) -> set[int]:
        found: set[int] = self.__dict__.setdefault("_seen_heads", set())
        return found


__all__ = ["Finding", "Role", "make"]
