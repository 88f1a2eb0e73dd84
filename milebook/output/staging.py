"""Write the files of one run beside the old ones as each is made, with their checksums; then put all in place, or none.

What is large is written in a thread of its own, beside the others and beside whatever else there is to do.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import BinaryIO, NamedTuple

from milebook.model.findings import Finding
from milebook.output import os_errors
from milebook.output.allowed_names import check_name, check_out, check_sources
from milebook.output.file_pieces import Pieces
from milebook.output.lock import WAIT, hold
from milebook.output.replace import HALF_DONE, discard, mend, new_folders, not_swept, put_in_place, settle, sweep
from milebook.source import BookFolder
from milebook.system import files
from milebook.system.folders import Folder
from milebook.system.leftovers import PREFIX
from milebook.system.threads import beside

LARGE = 1_000_000  # bytes
AT_ONCE = 3  # large files: more of them would only stand in each other's way

Writing = Callable[[BinaryIO], None]  # writes a whole file into what it is given, which can be read and sought in too
Content = bytes | Pieces | Writing


class Staged(NamedTuple):
    """A file that is whole and on the disk: its SHA-256, its bytes, its inode and when it was last written to (ns)."""

    sha256: str
    size: int
    inode: int = 0
    written: int = 0


class Staging:
    """The files of one run on their way into the folder `out`. Leaving the `with` block forgets what is not in place.

    `out` (relative paths count from the current folder) must lie in the book folder, clear of its sources. In the folders of
    `sweeping` (relative to `out`) whatever this run did not write is deleted at the end. The lock of `out` is held from the
    first file on. Where someone else has it, files wait in memory, and in the end `wait` seconds for the lock.
    """

    def __init__(self, out: Path, book: BookFolder, *, sweeping: Sequence[str] = (), wait: float = WAIT) -> None:
        self.out, self.book = Path(os.path.realpath(out)), book
        self._given, self._sweeping, self._wait = out, tuple(sweeping), wait
        self._names: list[str] = []
        self._waiting: list[tuple[int, str, Content]] = []
        self._threads: list[Thread] = []
        self._staged: dict[str, Staged] = {}
        self._problems: list[Finding] = []
        self._mended: list[Finding] = []
        self._fault: BaseException | None = None
        self._made: set[Path] = set()
        self._folder: Folder | None = None  # `out`, held open
        self._stage: Folder | None = None
        self._clearing: Thread | None = None
        self._stays = False  # the stage, for the next run to put in place
        self._open = ExitStack()

    def __enter__(self) -> Staging:
        return self

    def __exit__(self, *how: object) -> None:
        for thread in self._threads:
            thread.join()
        if self._clearing is not None:
            self._clearing.join()
        elif self._stage is not None and self._folder is not None and not self._stays:
            discard(self._folder, self._stage.path.name)
        self._open.close()
        for folder in sorted(self._made, reverse=True):  # those still empty, the innermost first: nothing was written
            with suppress(OSError):
                folder.rmdir()

    def add(self, name: str, content: Content) -> None:
        """Begins to write a file (its name with "/" for folders). What goes wrong is said by `sums` and `commit`."""
        self._waiting.append((len(self._names), name, content))
        self._names.append(name)
        self._go_on(0.0)

    def sums(self) -> tuple[Mapping[str, Staged], list[Finding]]:
        """Every file added so far, once all of them are on the disk, and the errors that forbid to go on."""
        self._go_on(self._wait)
        for thread in self._threads:
            thread.join()
        self._threads.clear()
        if self._fault is not None:
            raise self._fault
        return {name: self._staged[name] for name in self._names if name in self._staged}, list(self._problems)

    def opened(self, name: str) -> BinaryIO:
        """A file that is on the disk already (see `sums`), for reading: so that no one has to hold it in memory."""
        assert self._stage is not None
        return os.fdopen(self._stage.open(f"new-{self._names.index(name)}", files.READ), "rb")

    def commit(self, last: Mapping[str, Content] | None = None) -> list[Finding]:
        """Puts every file in its place, those of `last` at the end. An error among the findings means that nothing was
        written and that the old files are as they were.
        """
        for name, content in (last or {}).items():
            self.add(name, content)
        problems = self.sums()[1] or self._unfit()
        if problems:
            return problems
        if self._stage is None or self._folder is None:
            return []
        try:
            self._made.update(folder for name in self._names for folder in new_folders((self.out / name).parent))
            problems = put_in_place(self._stage, self._folder, self._names, self.book.root)
            self._stays = any(finding.code == HALF_DONE for finding in problems)
            if problems:
                return problems
            # old files are large, and deleting them takes a while
            # old files are large, and deleting them takes a while
            self._clearing = beside(discard, self._folder, self._stage.path.name)
            keep = {self.out / name for name in self._names}
            return [*self._mended, *(f for folder in self._sweeping for f in self._swept(folder, keep))]
        except OSError as error:
            return [os_errors.finding(error, self._at(error), self.book.root)]

    def _at(self, error: OSError) -> Path:
        """Where an error was met: what was opened within a folder is known by its last name only."""
        path = Path(error.filename or "")
        return path if path.is_absolute() else self.out

    def _swept(self, folder: str, keep: set[Path]) -> list[Finding]:
        assert self._folder is not None
        try:
            with self._folder.within(folder) as opened:
                return sweep(opened, keep, self.book.root)
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            return [not_swept(self.out / folder, self.book.root, error)]

    def _unfit(self) -> list[Finding]:
        """What the files must not be called or be, now that all names are known and all sources read."""
        names = (*self._names, *self._sweeping)
        problems = [finding for name in names for finding in check_name(name, self.out, self.book)]
        return problems + check_sources(self._names, self.out, self.book)

    def _go_on(self, wait: float) -> None:
        """Begins to write whatever waits, if the folder may be written into."""
        if not self._waiting or self._problems or not (self._stage or self._begin(wait)):
            return
        for number, name, content in self._waiting:
            pieces = Pieces([content]) if isinstance(content, bytes) else content
            self._threads = [thread for thread in self._threads if thread.is_alive()]
            if callable(pieces) or pieces.size < LARGE or len(self._threads) >= AT_ONCE:
                self._write(number, name, pieces)
            else:
                thread = beside(self._write, number, name, pieces)
                self._threads += [thread] if thread else []
        self._waiting.clear()

    def _begin(self, wait: float) -> bool:
        """Takes the lock and makes the stage; False where that cannot be (`_problems` says why) or someone else has the lock."""
        self._problems = check_out(self._given, self.book) or self._unfit()
        if self._problems:
            return False
        self._made.update(new_folders(self.out))
        here: Path | None = None
        try:
            with ExitStack() as stack:
                folder = stack.enter_context(self._opened())
                busy = stack.enter_context(hold(self.out, wait, folder))
                if busy:
                    self._problems = busy if wait else []
                    return False
                self._mended = mend(folder, self.book)
                here = self.out
                name = f"{PREFIX}{os.urandom(6).hex()}"
                self._stage = stack.enter_context(folder.enter(name, make=True))
                self._folder = folder
                self._open = stack.pop_all()
        except OSError as error:
            path = here or self._at(error)
            self._problems = [os_errors.finding(error, path, self.book.root)]
            return False
        return True

    @contextmanager
    def _opened(self) -> Iterator[Folder]:
        """The output folder, made if need be, step by step from the book folder: no link put in meanwhile is followed."""
        within = self.out.relative_to(self.book.root).as_posix()
        with Folder.at(self.book.root) as root, root.within(within, make=True) as folder:
            yield folder

    def _write(self, number: int, name: str, content: Pieces | Writing) -> None:
        """Writes one file and brings it to the disk. The first error of all counts."""
        assert self._stage is not None
        try:
            with self._stage.create(f"new-{number}") as handle:
                sha256 = _written_by(content, handle) if callable(content) else _copied(content, handle)
                settle(handle)
                status = os.fstat(handle.fileno())
            self._staged[name] = Staged(sha256, status.st_size, status.st_ino, status.st_mtime_ns)
        except OSError as error:
            self._problems = self._problems or [os_errors.finding(error, self.out / name, self.book.root)]
        except BaseException as error:
            self._lost(error)

    def _lost(self, error: BaseException) -> None:
        """A photo that changed before it was written is a finding; anything else is raised by `sums`."""
        from milebook.photos import PhotoLost

        if isinstance(error, PhotoLost):
            self._problems = self._problems or error.findings
        else:
            self._fault = self._fault or error


def _written_by(writing: Writing, handle: BinaryIO) -> str:
    """Has someone write a file; its SHA-256."""
    writing(handle)
    handle.seek(0)
    digest = hashlib.sha256()
    while piece := handle.read(LARGE):
        digest.update(piece)
    return digest.hexdigest()


def _copied(pieces: Pieces, handle: BinaryIO) -> str:
    """Writes the pieces of a file; its SHA-256."""
    with _Sum(pieces.size) as adding:
        for piece in pieces:
            adding.up(piece)
            handle.write(piece)
    return adding.digest.hexdigest()


class _Sum:
    """The SHA-256 of a file that is being written; of a large one it is made beside the writing, some pieces behind."""

    def __init__(self, size: int) -> None:
        self.digest = hashlib.sha256()
        self._pieces: Queue[bytes | None] = Queue(8)
        self._thread = Thread(target=self._add) if size >= LARGE else None

    def __enter__(self) -> _Sum:
        if self._thread:
            try:
                self._thread.start()
            except RuntimeError:  # no more threads
                self._thread = None
        return self

    def __exit__(self, *how: object) -> None:
        if self._thread:
            self._pieces.put(None)
            self._thread.join()

    def up(self, piece: bytes) -> None:
        if self._thread:
            self._pieces.put(piece)
        else:
            self.digest.update(piece)

    def _add(self) -> None:
        while (piece := self._pieces.get()) is not None:
            self.digest.update(piece)
