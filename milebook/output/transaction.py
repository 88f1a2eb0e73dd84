"""Change the author's files: any number of them, all or none, by one milebook at a time, in a way that `undo` can reverse.

    with Transaction(root, "import") as change:
        old = change.read("stories/index.yaml")
        change.write("stories/index.yaml", new)
        findings = change.commit("Imported 12 stories")

The lock is held from the first read to the last rename and ends with the process. New files are made ready in `.milebook/stage`
and brought to the disk; each file that is to be replaced must still be what was read; then a journal is written, and every file
is exchanged in one step. A run that is killed before the journal has changed nothing. One that is killed after it is finished by
the next command of any kind (`recover`).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock

from milebook.model.findings import Finding, Place
from milebook.output import apply_change, change_findings, os_errors
from milebook.output.apply_change import Edited
from milebook.output.change_history import JOURNAL, ChangeStore, Entry, FileChange, is_ours
from milebook.output.collisions import name_findings
from milebook.output.lock import holder, release, take
from milebook.output.replace import new_folders
from milebook.source import INDEXES, shown
from milebook.system import files
from milebook.system.folders import Folder
from milebook.system.stopping import Placing

WAIT = 10.0  # seconds for another command to finish
_LOCK = "lock"
_PIECE = 1 << 20

_threads: dict[str, Lock] = {}  # the lock on the disk is one for the whole process


class Transaction:
    """One change of a book folder. `root` is the folder, `what` the command, which a second one that has to wait names.

    `problems` are the reasons why nothing can be changed, such as another command at work; `commit` returns them too.
    `recovered` are notes about what a killed run had left and this one has finished.
    """

    def __init__(self, root: Path, what: str, *, wait: float = WAIT) -> None:
        self.root = Path(os.path.realpath(root))
        self.problems: list[Finding] = []
        self.recovered: list[Finding] = []
        self._what, self._wait = what, wait
        self._store = ChangeStore(self.root)
        self._old: dict[str, str] = {}  # path -> SHA-256 when it was first asked for, "" for no file
        self._new: dict[str, str] = {}  # path -> SHA-256 of what it is to be
        self._numbers: dict[str, int] = {}  # path -> the number of its file in the stage
        self._emptied: tuple[str, ...] = ()  # folders to be removed if the change leaves them empty
        self._descriptor: int | None = None
        self._made_folder = False
        self._thread = _threads.setdefault(str(self.root), Lock())

    # ---- the lock

    def __enter__(self) -> Transaction:
        started = time.monotonic()
        if not self._thread.acquire(timeout=max(self._wait, 0.01)):
            self.problems = [change_findings.busy(str(os.getpid()), self._what)]
            return self
        try:
            self._begin(started)
        except OSError as error:
            at = self._store.path / (error.filename or "")  # which may be only the name of the lock
            self.problems = [os_errors.finding(error, at, self.root)]
        except BaseException:
            self._end()
            raise
        if self._descriptor is None:
            self._thread.release()
        return self

    def _begin(self, started: float) -> None:
        """Take the lock, and finish what a killed run has left. Raises OSError."""
        store = self._store
        if not store.is_sound():
            self.problems = [change_findings.in_the_way()]
            return
        self._made_folder = not store.path.exists()
        while self._descriptor is None:
            store.begin()
            with suppress(FileNotFoundError):  # the one before us has just removed an empty store
                self._descriptor = self._take(self._wait - (time.monotonic() - started))
                if self._descriptor is None:
                    self.problems = [change_findings.busy(*holder(store.path / _LOCK))]
                    return
        self.recovered, self.problems = apply_change.settle_unfinished(store)

    def __exit__(self, *how: object) -> None:
        if self._descriptor is not None:
            self._end()

    def _end(self) -> None:
        """Clear away what was only made ready, and let the lock go."""
        if self._descriptor is None:
            self._thread.release()
            return
        if not self._is_half_done():
            self._store.clear_stage()
        if self._made_folder and not self._store.numbers() and not self._is_half_done():
            for name in (".gitignore", _LOCK):
                with suppress(OSError):
                    (self._store.path / name).unlink()
            with suppress(OSError):
                self._store.path.rmdir()
        try:
            with Folder.at(self._store.path) as folder:
                release(folder, _LOCK, self._descriptor)
        except OSError:
            os.close(self._descriptor)  # the store is gone
        self._descriptor = None
        self._thread.release()

    def _take(self, wait: float) -> int | None:
        with Folder.at(self._store.path) as folder:
            return take(folder, _LOCK, wait, self._what)

    def _is_half_done(self) -> bool:
        """Whether the journal stands: what could not be put back waits for the next command."""
        return files.may_stand(self._store.stage / JOURNAL)

    # ---- what is to change

    def read(self, path: str) -> bytes | None:
        """The bytes of a file as it is now, None if there is none (or it cannot be read, and then `commit` refuses)."""
        real = self._real(path)
        if real is None:
            return None
        try:
            with os.fdopen(files.open_for_reading(real), "rb") as handle:
                data = handle.read()
        except FileNotFoundError:
            self._old.setdefault(path, "")
            return None
        except OSError as error:
            self.problems.append(os_errors.finding(error, real, self.root))
            return None
        sha256 = hashlib.sha256(data).hexdigest()
        if self._old.setdefault(path, sha256) != sha256:
            self.problems.append(change_findings.changed(path))
        return data

    def expect(self, read: Mapping[str, str]) -> None:
        """Refuse to replace files that are no longer what was read through a `BookFolder`: give its `read`."""
        for path, sha256 in read.items():
            self._old.setdefault(path, sha256)

    def write(self, path: str, content: bytes | Path) -> None:
        """Have `path` hold these bytes, or a copy of a file that lies elsewhere. What goes wrong is said by `commit`."""
        real = self._touched(path)
        if real is None:
            return
        try:
            self._new[path] = self._make_ready(path, real, content)
        except OSError as error:
            self.problems.append(os_errors.finding(error, Path(error.filename or real), self.root))

    def remove(self, path: str) -> None:
        """Remove a file. One that is not there is no error."""
        if files.is_link(self.root / path):
            fact = f"“{shown(path)}” is a link to another file, which would be removed in its place"
            hint = "nothing was changed; put the file itself there, then run the command again"
            self.problems.append(Finding("MB006", fact, Place(shown(path)), hint))
        elif self._touched(path) is not None:
            self._new[path] = ""

    def remove_empty(self, folders: Iterable[str]) -> None:
        """Remove these folders in the end, if nothing is left in them."""
        self._emptied += tuple(folders)

    def _real(self, path: str) -> Path | None:
        """The file on the disk, None (and a problem) for one that must not be touched."""
        try:
            if is_ours(path):
                return apply_change.real_path(self.root, path)
        except Edited:
            pass
        fact = f"“{shown(path)}” leads out of the book folder, or into what is not the author's own"
        self.problems.append(Finding("MB006", fact, Place(shown(path)), "put the file itself into the book folder"))
        return None

    def _touched(self, path: str) -> Path | None:
        """Note what a file is before the change; None if it cannot be changed."""
        real = None if self.problems else self._real(path)
        if real is None:
            return None
        try:
            if path not in self._old:
                self._old[path] = files.digest(real)
            if files.is_protected(real):
                self.problems.append(change_findings.protected(path))
                return None
        except OSError as error:
            self.problems.append(os_errors.finding(error, real, self.root))
            return None
        return real

    def _make_ready(self, path: str, real: Path, content: bytes | Path) -> str:
        """Write the new file into the stage and bring it to the disk; its SHA-256. Raises OSError."""
        spot, _ = self._store.spots(self._number(path, real))
        spot.unlink(missing_ok=True)
        total = hashlib.sha256()
        with spot.open("xb") as out, contextlib.ExitStack() as stack:
            if isinstance(content, bytes):
                pieces = iter((content,))
            else:
                source = stack.enter_context(content.open("rb"))
                pieces = iter(lambda: source.read(_PIECE), b"")
            for piece in pieces:
                total.update(piece)
                out.write(piece)
            out.flush()
            files.sync_file(out.fileno())
        if real.exists():
            files.give_access_of(real, spot)
        return total.hexdigest()

    def _number(self, path: str, real: Path) -> int:
        """The number of a file in the stage."""
        if path not in self._numbers:
            self._store.stage.mkdir(exist_ok=True)
            self._numbers[path] = len(self._numbers)
            self._store.place_beside(self._numbers[path], real)
        return self._numbers[path]

    # ---- doing it

    def commit(self, title: str, undoes: int = 0) -> list[Finding]:
        """Put everything in place. [] if that is done; otherwise nothing was changed, and the findings say why.

        `title` says what was done, for `milebook undo --list`; `undoes` is the number of the change that this takes back.
        """
        wanted = {path: new for path, new in self._new.items() if new != self._old[path]}
        problems = self.problems or name_findings(self.root, wanted)
        if problems or not wanted:
            return problems
        try:
            # the index after what it names, and removals last
            paths = sorted(wanted, key=lambda path: (wanted[path] == "", path in INDEXES))
            reals = {path: apply_change.real_path(self.root, path) for path in paths}
            entries = tuple(Entry(p, self._old[p], wanted[p], self._number(p, reals[p])) for p in paths)
            for path in paths:  # all of them before the first is touched
                if files.digest(reals[path]) != self._old[path]:
                    raise Edited(path)
            made = {f for path, real in reals.items() if wanted[path] for f in new_folders(real.parent)}
            folders = tuple(sorted(folder.relative_to(self.root).as_posix() for folder in made))
            return self._place(FileChange(title, entries, folders, undoes))
        except Edited as error:
            return [change_findings.changed(error.path)]
        except OSError as error:
            return [os_errors.finding(error, Path(error.filename or self._store.path), self.root)]

    def _place(self, change: FileChange) -> list[Finding]:
        store = self._store
        with Placing():
            try:
                store.write_journal(change)
                apply_change.apply_change(store, change)
                store.finish()
            except BaseException:
                is_back = not apply_change.take_back(store, change)
                if is_back:
                    store.clear_stage()
                if not is_back or self._is_half_done():
                    return [change_findings.stuck()]
                raise
        with suppress(OSError):
            files.sync_folder(store.changes)
        apply_change.remove_empty(self.root, self._emptied)
        store.prune()
        return []


def recover(root: Path) -> list[Finding]:
    """Finish what a killed run left half done, and clear away what it had only made ready. For the start of every command
    that reads a book; one look, unless there is something to do.
    """
    store = ChangeStore(Path(os.path.realpath(root)))
    try:
        if not store.is_sound() or not store.has_leftovers():
            return []
    except OSError as error:
        return [os_errors.finding(error, Path(error.filename or store.path), store.root)]
    begun = files.may_stand(store.stage / JOURNAL)
    with Transaction(root, "recover", wait=WAIT if begun else 0.0) as change:
        return [*change.recovered, *(change.problems if begun else ())]
