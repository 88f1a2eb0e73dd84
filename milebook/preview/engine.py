"""Keep the pages of a book as its files are saved: read what changed, set what changed, tell who is looking.

One thread does all of it, in this order: what was saved; the pages that somebody looks at; then the rest. A save of a
story's text is set at once; the checks, counts and permissions of the whole book follow when the author pauses, in steps
between which the next save is noticed. While the sources are broken the old pages stay, with what is wrong.
"""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

from milebook.layout import Layout
from milebook.model.findings import Finding, Place
from milebook.preview import messages
from milebook.preview.book_source import Reading, Source
from milebook.preview.images import Renderer
from milebook.preview.outline import BookOutline
from milebook.preview.page_pictures import PagePictures
from milebook.preview.subscribers import Subscriber
from milebook.preview.watch import Watcher
from milebook.writers.pdf.live import LiveBook

GLANCE, LOOK, SLOW = 0.008, 0.03, 0.5  # seconds between looks at the files: at a few, at all, and while nobody watches
PAUSE = 0.6  # seconds without a save after which the whole book is checked
CHECK_AGAIN = 2.0  # times what the checks took: in a large book they wait for a longer pause
READ_AGAIN = 10.0  # times what reading took: so long after the last save everything is read again
CALM = 0.25  # seconds after a save before pages are drawn that nobody looks at: the browser is fetching those in sight
SLICE = 0.004  # seconds that are drawn without a break


class Engine:
    """The state of one preview. Everything public may be called from any thread."""

    def __init__(self, root: Path, source: Source, renderer: Renderer) -> None:
        self.root, self.source = root, source
        self.lock = threading.RLock()
        self.revision = 0
        self.reading: Reading | None = None
        self.live = LiveBook()
        self.pictures = PagePictures(self.live, renderer, self.lock)
        self.layout: Layout | None = None
        self.broken: list[Finding] = []
        self.since = ""  # when the pages that are shown were set
        self.took = 0  # milliseconds from the save to the pages
        self.outliner = BookOutline()
        self.overview = ""  # what is shown of it, and the reading it was made from: also of a book without pages
        self.overview_reading: Reading | None = None
        self.overview_name = ""
        self.damaged = 0  # lines that can be repaired, of the reading that was checked last
        self.checked: Reading | None = None
        self._anchors: dict[str, Place] = {}
        self._subscribers: set[Subscriber] = set()
        self._changed: list[str] = []
        self._stop = threading.Event()
        self._check_at = self._read_at = 0.0  # when the book is to be checked, and to be read again; 0: it has been
        self._reading_took = self._checks_took = self._checks_so_far = 0.0  # seconds
        self._checks: Iterator[None] | None = None  # what is left of the checks
        self._rest: Iterator[None] | None = None
        self._rest_from = 0.0
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
        self.pictures.renderer.close()

    def _run(self) -> None:
        self._guarded(self._whole, time.monotonic())
        look_at = 0.0
        while not self._stop.is_set():
            now = time.monotonic()
            changed: set[str] = set()
            if now >= look_at or self.watcher.glance():
                changed = self.watcher.changes()
                look_at = now + max(LOOK if self._subscribers else SLOW, self.watcher.rest)
            if changed:
                self._guarded(self._saved, changed, now)
            elif self._work(now):
                continue
            self._stop.wait(max(GLANCE, self.watcher.short_rest) if self._subscribers else SLOW)

    def _work(self, now: float) -> bool:
        """A piece of what may wait for a quiet moment. False if there is nothing to do now."""
        if self._checks is not None:
            self._guarded(self._check_on)
        elif self._rest is not None and now >= self._rest_from:
            self._guarded(self._draw_on)
            time.sleep(0.001)  # whoever waits for the lock comes first
        elif self._check_at and now >= self._check_at:
            self._check_at = 0.0
            self._checks = self._checking(self.reading) if self.reading is not None else None
        elif self._read_at and now >= self._read_at:
            self._guarded(self._whole, now)
        elif self._litter and not self._read_at and not self._check_at and self._rest is None:
            self._litter = False
            gc.collect()  # now that the author pauses, and not in the middle of the next save
        else:
            return False
        return True

    def _guarded(self, step: Callable[..., None], *arguments: object) -> None:
        """One step. An internal error is shown on the page, and the preview goes on."""
        try:
            step(*arguments)
        except Exception as error:  # whatever it is: the old pages stay
            fault = f"milebook could not go on: {type(error).__name__}: {error}"
            self._check_at = self._read_at = 0.0
            self._checks = self._rest = None
            self._break([Finding("", fault, Place(""), "save the file again; please report what happened")])

    def _break(self, findings: Sequence[Finding]) -> None:
        """Leave the old pages, and tell what is wrong."""
        with self.lock:
            self.broken = list(findings)
            self._publish()

    # ---- what was saved

    def _saved(self, changed: set[str], started: float) -> None:
        reading = self.reading
        self._checks, self._checks_so_far = None, 0.0
        quick = None
        if reading is not None and reading.book is not None and not self.broken:
            quick = self.source.reread(reading, changed)
        if quick is None:
            self._whole(started)
            return
        new, findings = quick
        wrong = self.source.broken(findings)
        pause = time.monotonic() + max(PAUSE, CHECK_AGAIN * self._checks_took)
        if wrong:
            self._check_at, self._read_at = 0.0, time.monotonic() + PAUSE
            self._break(wrong)
            return
        self._set(new, started)
        self._check_at, self._read_at = pause, pause + READ_AGAIN * self._reading_took

    def _whole(self, started: float) -> None:
        """Read the whole book, set what changed, and begin to check it."""
        self._check_at = self._read_at = 0.0
        self._checks = None
        reading = self.source.read()
        self._reading_took = time.monotonic() - started
        wrong = self.source.broken(reading.findings)
        if not wrong and reading.book is not None:
            self._set(reading, started)
        else:
            self._break(wrong or reading.findings)
        self._litter = True
        self._checks = self._checking(reading)

    def _checking(self, reading: Reading) -> Iterator[None]:
        """Check the book as it was read, step by step, and show what came of it."""
        checked: Reading | None = None
        for step in self.source.check(reading):
            checked = step
            yield
        reading = checked or reading
        damaged = self.source.damaged(reading)
        yield
        overview = self.source.overview(reading, len(self.live.sheets))
        yield
        with self.lock:
            if checked is not None and self.reading is not None and self.reading.book is reading.book:
                self.reading = reading
                self.broken = self.source.broken(reading.findings)
                assert self.live.draft is not None
                self.outliner.update(self.live.draft, self.live, reading.items)
            self.damaged, self.checked = damaged, reading
            if overview:
                self.overview, self.overview_reading = overview, reading
                self.overview_name = blake2b(overview.encode("utf-8", "replace"), digest_size=8).hexdigest()
            self._publish()

    def _check_on(self) -> None:
        """One step of the checks."""
        began = time.monotonic()
        if self._checks is not None and next(self._checks, self) is self:
            self._checks = None
        self._checks_so_far += time.monotonic() - began
        if self._checks is None:
            self._checks_took, self._checks_so_far = self._checks_so_far, 0.0

    def _set(self, reading: Reading, started: float) -> None:
        composed = self.source.compose(reading)
        if isinstance(composed, list):
            self._break(composed)
            return
        draft, layout = composed
        with self.lock:
            shown = [sheet.name for sheet in self.live.sheets]
            self.live.update(draft, layout, self.source.photos(reading))
            self.reading, self.layout, self.broken = reading, layout, []
            self._changed = self.live.changed
            self.pictures.renamed()
            self._anchors = dict(messages.places(draft))
            self.outliner.update(draft, self.live, reading.items)
            self.pictures.draw(self._looked_at())
            if [sheet.name for sheet in self.live.sheets] != shown:  # reading it all again changes no page
                self.since = time.strftime("%H:%M")
                self.took = round(1000 * (time.monotonic() - started))
            self._publish()
            self._changed = []
            self._rest, self._rest_from = self.live.draw_rest(), time.monotonic() + CALM
            self._litter = True

    def _draw_on(self) -> None:
        """Draw some of the pages that nobody has looked at yet."""
        until = time.monotonic() + SLICE
        with self.lock:
            while self._rest is not None and time.monotonic() < until:
                if next(self._rest, self) is self:
                    self._rest = None

    # ---- pages

    def boxes(self, name: str) -> list[list[Any]] | None:
        """What stands on a page, see `messages.boxes`; None for a page that is no longer there."""
        with self.lock:
            number = self.pictures.number(name)
            if number < 0:
                return None
            return messages.boxes(self.live, number, self._anchors)

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
        """Note what a client is looking at: those files are watched closely."""
        with self.lock:
            for one in self._subscribers:
                if one.client == client:
                    one.anchor, one.pages, one.width = anchor, pages, width
            places = [
                self._anchors.get(box.anchor)
                for page in pages
                if 0 <= page < len(self.live.sheets)
                for box in self.live.boxes(page)
            ]
        self.watcher.watch_closely(place.file for place in places if place is not None)

    def _looked_at(self) -> set[tuple[int, int]]:
        """The numbers and widths of the pages in sight."""
        count = len(self.live.sheets)
        return {(page, one.width) for one in self._subscribers for page in one.pages_after(self.live.page_of, count)}

    def _publish(self) -> None:
        self.revision += 1
        for one in self._subscribers:
            one.put(self._message(one))

    def _message(self, one: Subscriber) -> dict[str, Any]:
        changed = [[anchor, self.live.page_of(anchor)] for anchor in self._changed]
        return {
            "revision": self.revision,
            "outline": self.outliner.name,
            "overview": self.overview_name,
            "pages": [sheet.name for sheet in self.live.sheets],
            "changed": changed[:200],
            "at": self.live.page_of(one.anchor) if one.anchor else -1,
            "ms": self.took,
            "since": self.since,
            "ready": self.reading is not None or bool(self.broken),
            "broken": messages.findings(self.broken, self.source.repairable),
            "damaged": self.damaged,
            "open": self.outliner.outline.get("open", 0),
        }
