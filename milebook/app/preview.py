"""`milebook preview`: the book in the browser, read, composed and arranged by the same functions as every command."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

from milebook.app.load import Loaded, blocked, checking, read_book, settled
from milebook.app.overview import UNREADABLE, small, story_text, survey_of
from milebook.app.repair import REPORTED_AS, apply_repairs, find_repairs
from milebook.app.source_lines import with_quotes
from milebook.app.stamp import make_stamp
from milebook.app.undo import changes, undo
from milebook.assemble.reread_story import with_texts
from milebook.checks.word_counts import count_book
from milebook.compose import compose
from milebook.compose.known_parts import KnownParts
from milebook.index import read_index
from milebook.index.edit_check import EditedFolder
from milebook.layout import Layout, read_layout
from milebook.model.codes import errors
from milebook.model.draft import Draft
from milebook.model.findings import Finding
from milebook.model.index import Index
from milebook.model.repairs import FileRepair
from milebook.photos import PhotoPreparer
from milebook.preview.arranging import Arranger
from milebook.preview.book_source import Reading
from milebook.preview.engine import Engine
from milebook.preview.images import Renderer
from milebook.preview.overview_html import sections
from milebook.preview.repairing import Repairer
from milebook.preview.routes import Routes
from milebook.preview.safety import Gate
from milebook.preview.server import Server
from milebook.preview.survey import Shot
from milebook.source import BookFolder

THUMB = 320  # pixels: twice what a contact sheet shows, for fine screens


class BookSource:
    """Reads and composes one book folder for the engine."""

    repairable = REPORTED_AS

    def __init__(self, root: Path, layout: str = "trade") -> None:
        self.root, self._layout = root, layout
        self.shots: dict[str, Shot] = {}  # by the name that the overview gives their pictures
        self._read = Loaded(BookFolder(root))  # as it was read last, with what could not be read
        self._preparer: tuple[BookFolder, PhotoPreparer] | None = None
        self._parts = KnownParts()
        self._layouts: tuple[BookFolder, Layout] | None = None

    def read(self) -> Loaded:
        self._read = read_book(self.root)
        book = self._read.book
        return replace(self._read, counts=count_book(book)) if book is not None else self._read

    def reread(self, reading: Reading, paths: set[str]) -> tuple[Loaded, list[Finding]] | None:
        assert isinstance(reading, Loaded)
        assert reading.book is not None
        found = with_texts(reading.book, reading.folder, paths)
        if found is None:
            return None
        book, findings = found
        elsewhere = [finding for finding in self._read.findings if finding.place.file not in paths]
        self._read = replace(self._read, book=book, findings=(*elsewhere, *findings))
        return replace(reading, book=book), findings

    def check(self, reading: Reading) -> Iterator[Loaded]:
        assert isinstance(reading, Loaded)
        if self._read.book is not reading.book:  # it could not be set, for one
            return
        yield from checking(self._read)

    def compose(self, reading: Reading) -> tuple[Draft, Layout] | list[Finding]:
        assert isinstance(reading, Loaded)
        assert reading.book is not None
        assert reading.counts is not None
        if self._layouts is None or self._layouts[0] is not reading.folder:
            layout, findings = read_layout(self._layout, reading.folder)
            if layout is None:
                return self.broken(findings)
            self._layouts = reading.folder, layout
        layout = self._layouts[1]
        stamp = make_stamp(reading.book.info.date, {}, "preview")
        return compose(reading.book, layout, stamp, reading.counts, (), mode="final", known=self._parts), layout

    def repairs(self, reading: Reading | None) -> list[FileRepair]:
        """What can be repaired in the files of which it is known that they were damaged."""
        damaged = (
            {one.place.file for one in reading.findings if one.code in REPORTED_AS} if reading is not None else set()
        )
        return find_repairs(self.root, damaged)[0] if damaged else []

    def damaged(self, reading: Reading) -> int:
        return sum(len(one.lines) for one in self.repairs(reading))

    def broken(self, findings: Sequence[Finding]) -> list[Finding]:
        if not blocked(findings):
            return []
        wrong = [finding for finding in errors(settled(list(findings))) if not finding.code.startswith("MB3")]
        return with_quotes(wrong, BookFolder(self.root))

    def photos(self, reading: Reading) -> PhotoPreparer:
        if self._preparer is None or self._preparer[0] is not reading.folder:
            self._preparer = (
                reading.folder,
                PhotoPreparer(reading.folder, str(reading.folder.root / "build" / ".cache")),
            )
        return self._preparer[1]

    def overview(self, reading: Reading, pages: int) -> str:
        assert isinstance(reading, Loaded)
        if reading.index is None or any(finding.code in UNREADABLE for finding in reading.findings):
            return ""
        seen = survey_of(reading, pages=pages)
        self.shots = {shot_name(shot): shot for shot in seen.shots}
        return sections(seen, lambda shot: f"thumb/{shot_name(shot)}" if shot.path else "", board=BOARD)

    def thumb(self, name: str, reading: Reading | None) -> tuple[str, bytes] | None:
        """The small picture of a photo in the overview."""
        shot = self.shots.get(name)
        return small(shot, self.photos(reading), THUMB) if shot is not None and reading is not None else None


BOARD = "Drag a story to another place, tap it to choose one, or lift it with the keyboard. The index is changed in those lines only; your notes in it stay as they are."  # fmt: skip


def shot_name(shot: Shot) -> str:
    """A name for the picture of a photo that changes with the photo."""
    return blake2b(f"{shot.path} {shot.pixels}".encode("utf-8", "surrogateescape"), digest_size=10).hexdigest()


def texts_of(reading: Loaded) -> dict[str, str]:
    """The words of every story, for searching."""
    if reading.index is None:
        return {}
    placed = {story.id: story.text for story in (reading.book.stories if reading.book else ())}
    found = {}
    for story in reading.index.stories:
        text = placed.get(story.id) or story_text(reading.folder, reading.index, story)
        found[story.id] = " ".join(block.text for block in text.blocks).casefold()
    return found


def serve(root: Path, port: int = 0, layout: str = "trade", names: Sequence[str] = ()) -> tuple[Server, Engine]:
    """A server that has begun to read the book; `serve_forever` answers requests. Raises OSError if the port is taken."""
    source = BookSource(root, layout)
    engine = Engine(root, source, Renderer())

    def routes(gate: Gate) -> Routes:
        return Routes(
            engine,
            gate,
            _arranger(root, engine),
            Repairer(lambda: source.repairs(engine.checked), lambda found: apply_repairs(root, found)),
            lambda name: source.thumb(name, engine.overview_reading),
            lambda: texts_of(engine.overview_reading) if isinstance(engine.overview_reading, Loaded) else {},
        )

    server = Server(port, routes, tuple(names))
    engine.start()
    return server, engine


def _arranger(root: Path, engine: Engine) -> Arranger:
    def index() -> tuple[Index, str] | None:
        reading = engine.overview_reading
        if reading is None or reading.index is None:
            return None
        return reading.index, reading.folder.read.get(reading.index.path, "")

    def parse(text: str) -> tuple[Index | None, list[Finding]]:
        return read_index(EditedFolder(BookFolder(root), text))

    def take_back() -> tuple[str, list[Finding]]:
        done = undo(root)
        return (done.lines[0].partition(": ")[2] if done.lines else ""), list(done.findings) if done.refused else []

    def last() -> str:
        return next((row.change.title for row in changes(root) if not row.taken_back), "")

    return Arranger(root, index, parse, take_back, last)
