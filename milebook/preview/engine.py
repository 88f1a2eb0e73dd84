"""Keep the pages of a book as its files are saved: read what changed, set what changed, tell who is looking.

One thread does all of it, in this order: what was saved; the pages that somebody looks at; then the rest. A save of a
story's text is set at once; the checks, counts and permissions of the whole book follow when the author pauses. While the
sources are broken the old pages stay, with what is wrong.
"""

from __future__ import annotations

import gc
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, Protocol

from milebook.layout import Layout
from milebook.model.book import Book, Index
from milebook.model.draft import Draft, Figure, Paragraph
from milebook.model.findings import Finding, Place
from milebook.permissions import PermissionItem
from milebook.photos import PhotoLost, PhotoPreparer
from milebook.preview.images import Renderer
from milebook.preview.outline import outline
from milebook.preview.subscribers import Subscriber
from milebook.preview.watch import Watcher
from milebook.source import BookFolder
from milebook.writers.pdf.live import LiveBook

QUICK, SLOW = 0.03, 0.5  # seconds between looks at the files, while somebody watches and while nobody does
PAUSE = 0.6  # seconds without a save after which the whole book is checked
KEPT_BYTES = 16_000_000  # of pictures of pages
SHOWN = 20  # findings sent to a page


class Reading(Protocol):
    """A book as it was read; see `app.load.Loaded`."""

    @property
    def folder(self) -> BookFolder: ...
    @property
    def index(self) -> Index | None: ...
    @property
    def book(self) -> Book | None: ...
    @property
    def items(self) -> tuple[PermissionItem, ...]: ...
    @property
    def findings(self) -> Sequence[Finding]: ...


class Source(Protocol):
    """How the engine reads and composes; `app.preview` has the one that works on a book folder."""

    def read(self) -> Reading:
        """The whole book."""

    def reread(self, reading: Reading, paths: set[str]) -> tuple[Reading, list[Finding]] | None:
        """The book with these story files read again; None where that is not all that changed."""

    def compose(self, reading: Reading) -> tuple[Draft, Layout] | list[Finding]:
        """The Draft and its layout, or why there is none."""

    def broken(self, findings: Sequence[Finding]) -> list[Finding]:
        """Those of the findings that make the pages wrong, with their lines."""

    def photos(self, reading: Reading) -> PhotoPreparer:
        """Prepares the book's photos."""

    def overview(self, reading: Reading, pages: int) -> str:
        """The sections of the overview, as HTML; "" where the index cannot be read."""


class Engine:
    """The state of one preview. Everything public may be called from any thread."""

    def __init__(self, root: Path, source: Source, renderer: Renderer) -> None:
        self.root, self.source, self.renderer = root, source, renderer
        self.lock = threading.RLock()
        self.revision = 0
        self.reading: Reading | None = None
        self.live = LiveBook()
        self.layout: Layout | None = None
        self.broken: list[Finding] = []
        self.since = ""  # when the pages that are shown were set
        self.took = 0  # milliseconds from the save to the pages
        self.outline: dict[str, Any] = {}
        self.outline_name = ""
        self.overview = ""  # what is shown of it, and the reading it was made from: also of a book without pages
        self.overview_reading: Reading | None = None
        self.overview_name = ""
        self._images: OrderedDict[tuple[str, int], bytes] = OrderedDict()
        self._names: dict[str, int] = {}
        self._anchors: dict[str, Place] = {}
        self._subscribers: set[Subscriber] = set()
        self._changed: list[str] = []
        self._stop = threading.Event()
        self._due = 0.0  # when the whole book is to be checked; 0: it has been
        self._rest: Iterator[None] | None = None
        self._litter = False
        self._thread = threading.Thread(target=self._run, name="engine", daemon=True)
        self.watcher = Watcher(root)

    # ---- life

    def start(self) -> None:
        """Read the book and begin to watch it."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread and every stream."""
        self._stop.set()
        self._thread.join(10)
        with self.lock:
            for one in self._subscribers:
                one.end()
        self.renderer.close()

    def _run(self) -> None:
        self._guarded(self._whole, time.monotonic())
        while not self._stop.is_set():
            started = time.monotonic()
            changed = self.watcher.changes()
            if changed:
                self._guarded(self._saved, changed, started)
            elif self._due and started >= self._due:
                self._guarded(self._whole, started)
            elif self._rest is not None:
                self._guarded(self._draw_on)
                continue
            elif self._litter and not self._due:
                self._litter = False
                gc.collect()  # now that the author pauses, and not in the middle of the next save
            self._stop.wait(QUICK if self._subscribers else SLOW)

    def _guarded(self, step: Callable[..., None], *arguments: object) -> None:
        """One step. An internal error is shown on the page, and the preview goes on."""
        try:
            step(*arguments)
        except Exception as error:  # whatever it is: the old pages stay
            fault = f"milebook could not go on: {type(error).__name__}: {error}"
            with self.lock:
                self._due = 0.0
                self._rest = None
                self.broken = [Finding("", fault, Place(""), "save the file again; please report what happened")]
                self._publish()

    # ---- what was saved

    def _saved(self, changed: set[str], started: float) -> None:
        with self.lock:
            reading = self.reading
        quick = None
        if reading is not None and reading.book is not None and not self._was_unreadable():
            quick = self.source.reread(reading, changed)
        if quick is None:
            self._whole(started)
            return
        new, findings = quick
        wrong = self.source.broken(findings)
        self._due = time.monotonic() + PAUSE
        if wrong:
            with self.lock:
                self.broken = wrong
                self._publish()
            return
        self._set(new, started)

    def _was_unreadable(self) -> bool:
        """Whether what is wrong now may lie in the index: then a story's text is not all there is to read."""
        return any(not finding.place.file.endswith(".md") for finding in self.broken)

    def _whole(self, started: float) -> None:
        """Read and check the whole book, and set what changed."""
        self._due = 0.0
        reading = self.source.read()
        wrong = self.source.broken(reading.findings)
        if not wrong and reading.book is not None:
            self._set(reading, started)
        overview = self.source.overview(reading, len(self.live.sheets))
        with self.lock:
            if wrong or reading.book is None:
                self.broken = wrong or list(reading.findings)
            if overview:
                self.overview, self.overview_reading = overview, reading
                self.overview_name = blake2b(overview.encode("utf-8", "replace"), digest_size=8).hexdigest()
            self._publish()

    def _set(self, reading: Reading, started: float) -> None:
        composed = self.source.compose(reading)
        if isinstance(composed, list):
            with self.lock:
                self.broken = composed
                self._publish()
            return
        draft, layout = composed
        with self.lock:
            shown = [sheet.name for sheet in self.live.sheets]
            self.live.update(draft, layout, self.source.photos(reading))
            self.reading, self.layout, self.broken = reading, layout, []
            self._changed = self.live.changed
            self._names = {sheet.name: number for number, sheet in enumerate(self.live.sheets)}
            for key in [key for key in self._images if key[0] not in self._names]:
                del self._images[key]
            self._anchors = dict(_places(draft))
            self.outline = outline(draft, self.live, reading.items)
            written = repr(self.outline).encode("utf-8", "replace")
            self.outline_name = blake2b(written, digest_size=8).hexdigest()
            self._draw_what_is_looked_at()
            names = [sheet.name for sheet in self.live.sheets]
            if names != shown:  # checking the whole book takes longer, and changes no page
                self.since = time.strftime("%H:%M")
                self.took = round(1000 * (time.monotonic() - started))
            self._publish()
            self._changed = []
            self._rest = self.live.draw_rest()
            self._litter = True

    def _draw_on(self) -> None:
        """Draw some of the pages that nobody has looked at yet."""
        until = time.monotonic() + 0.02
        with self.lock:
            while self._rest is not None and time.monotonic() < until:
                if next(self._rest, self) is self:
                    self._rest = None

    def _draw_what_is_looked_at(self) -> None:
        wanted = {
            (page, one.width)
            for one in self._subscribers
            for page in one.pages_after(self.live.page_of, len(self.live.sheets))
        }
        waiting = [(number, width, self._begin(number, width)) for number, width in sorted(wanted)]
        for number, width, future in waiting:
            if future is not None:
                self._keep((self.live.sheets[number].name, width), future.result())

    # ---- pages

    def _begin(self, number: int, width: int) -> Any:
        """Begin to draw a page; None for one that is there, or whose photo has gone."""
        if (self.live.sheets[number].name, width) in self._images:
            return None
        try:
            pdf = self.live.pdf(number)
        except (PhotoLost, OSError):
            return None  # the next reading says so
        return self.renderer.draw(pdf, width, gray=self.live.is_gray(number))

    def image(self, name: str, width: int) -> bytes | None:
        """The picture of a page by its name; None for a name that no page has now."""
        key = (name, width)
        with self.lock:
            found = self._images.get(key)
            if found is not None:
                self._images.move_to_end(key)
                return found
            number = self._names.get(name, -1)
            future = self._begin(number, width) if number >= 0 else None
        if future is None:
            return None
        made: bytes = future.result()
        with self.lock:
            self._keep(key, made)
        return made

    def _keep(self, key: tuple[str, int], image: bytes) -> None:
        self._images[key] = image
        total = sum(map(len, self._images.values()))
        while total > KEPT_BYTES and len(self._images) > 1:
            total -= len(self._images.popitem(last=False)[1])

    def boxes(self, name: str) -> list[list[Any]] | None:
        """What stands on a page: anchor, x, y, width and height as shares of the page, the place in the source, and whether
        it begins on this page.
        """
        with self.lock:
            number = self._names.get(name, -1)
            if number < 0:
                return None
            wide, high = self.live.width, self.live.height
            return [
                [box.anchor, box.x / wide, box.y / high, box.width / wide, box.height / high, str(_line(self._anchors.get(box.anchor))), self.live.page_of(box.anchor) == number]
                for box in self.live.boxes(number)
            ]  # fmt: skip

    def place_of(self, anchor: str) -> Place | None:
        """Where a paragraph or photo stands in the author's files; None for an anchor that the book does not have."""
        with self.lock:
            place = self._anchors.get(anchor)
        return place if place is not None and place.file else None

    # ---- who is looking

    def subscribe(self, one: Subscriber) -> None:
        """Send the whole state to somebody new, and from now on what changes."""
        with self.lock:
            self._subscribers.add(one)
            one.put(self._message(one))

    def unsubscribe(self, one: Subscriber) -> None:
        with self.lock:
            self._subscribers.discard(one)

    def look(self, client: str, anchor: str, pages: list[int], width: int) -> None:
        """Note what a client is looking at."""
        with self.lock:
            for one in self._subscribers:
                if one.client == client:
                    one.anchor, one.pages, one.width = anchor, pages, width

    def _publish(self) -> None:
        self.revision += 1
        for one in self._subscribers:
            one.put(self._message(one))

    def _message(self, one: Subscriber) -> dict[str, Any]:
        changed = [[anchor, self.live.page_of(anchor)] for anchor in self._changed]
        return {
            "revision": self.revision,
            "outline": self.outline_name,
            "overview": self.overview_name,
            "pages": [sheet.name for sheet in self.live.sheets],
            "changed": changed[:200],
            "at": self.live.page_of(one.anchor) if one.anchor else -1,
            "ms": self.took,
            "since": self.since,
            "ready": self.reading is not None or bool(self.broken),
            "broken": [_shown(finding, number) for number, finding in enumerate(self.broken[:SHOWN])],
            "open": self.outline.get("open", 0),
        }


def _places(draft: Draft) -> Iterator[tuple[str, Place]]:
    """Every anchor that comes from a line of the author's, with its place."""
    for part in draft.parts:
        first: Place | None = None
        for item in part.items:
            if isinstance(item, Paragraph | Figure) and item.place.file:
                first = first or item.place
                if item.anchor:
                    yield item.anchor, item.place
        for note in part.notes:
            for paragraph in note.paragraphs:
                if paragraph.anchor and paragraph.place.file:
                    yield paragraph.anchor, paragraph.place
        if first is not None:
            yield part.anchor, first


def _line(place: Place | None) -> str:
    if place is None or not place.file:
        return ""
    return f"{place.file}:{place.line}" if place.line else place.file


def _shown(finding: Finding, number: int) -> dict[str, Any]:
    return {
        "n": number,
        "message": finding.message,
        "hint": finding.hint,
        "place": _line(finding.place),
        "line": finding.place.line,
        "column": finding.place.column,
        "width": finding.place.width,
        "quote": finding.quote[:400],
    }
