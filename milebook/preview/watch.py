"""Notice saves by looking: no system of events sees every kind of save, on every drive and every system.

A look at a few hundred files takes a millisecond. Editors write in place, or write another file and rename it; a file that
is empty or gone for a moment is being saved, and is looked at again before anybody is told.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path

FOLDERS = ("stories", "layouts")
FILES = ("index.yaml",)
SETTLING = 0.15  # seconds that a file may be gone or empty while an editor saves it
SHARE = 0.03  # of the time that looking at all files may take
MOST_CLOSELY = 8  # files looked at closely
_PASSED_OVER = (".", "#", "~")  # beginnings of names of editors' own files
_TEMPORARY = ("~", ".swp", ".swx", ".tmp", ".bak", ".part", ".crdownload")

Mark = tuple[int, int, int]  # when it was written (ns), size, inode


class Watcher:
    """The files of a book folder, as they were at the last look."""

    def __init__(self, root: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self.root = root
        self._clock = clock
        self._seen = self._look()
        self._unsettled: dict[str, float] = {}  # path -> since when it has been gone or empty
        self._closely: dict[str, None] = {}  # paths that are looked at between the looks at all: the last first
        self.rest = 0.0  # seconds until all files should be looked at again: looking must cost next to nothing
        self.short_rest = 0.0  # seconds until the few should be looked at again: on a network drive a look takes long

    def watch_closely(self, paths: Iterable[str]) -> None:
        """Look at these files first (`glance`): those that were saved last, and those that somebody reads."""
        wanted = [path for path in dict.fromkeys([*paths, *self._closely]) if path in self._seen]
        self._closely = dict.fromkeys(wanted[:MOST_CLOSELY])

    def glance(self) -> bool:
        """Whether one of the files looked at closely is another than at the last look at all; it takes microseconds."""
        began = time.perf_counter()
        found = any(_mark(self.root / path) != self._seen.get(path) for path in self._closely)
        self.short_rest = (time.perf_counter() - began) / SHARE
        return found

    def changes(self) -> set[str]:
        """The paths (under the book folder, with "/") that were saved, added or removed since the last time."""
        began = time.perf_counter()
        now = self._look()
        self.rest = (time.perf_counter() - began) / SHARE
        changed: set[str] = set()
        for path in now.keys() | self._seen.keys():
            old, new = self._seen.get(path), now.get(path)
            if old == new:
                self._unsettled.pop(path, None)
                continue
            if old is not None and old[1] and (new is None or not new[1]):
                since = self._unsettled.setdefault(path, self._clock())
                if self._clock() - since < SETTLING:
                    continue
            self._unsettled.pop(path, None)
            changed.add(path)
            if new is None:
                self._seen.pop(path, None)
            else:
                self._seen[path] = new
        self.watch_closely(sorted(changed))
        return changed

    def _look(self) -> dict[str, Mark]:
        found: dict[str, Mark] = {}
        for name in FILES:
            self._note(os.path.join(self.root, name), name, found)  # noqa: PTH118 - many files, many times a second
        waiting = [(str(self.root / folder), folder) for folder in FOLDERS]
        while waiting:
            folder, path = waiting.pop()
            try:
                with os.scandir(folder) as entries:
                    for entry in entries:
                        if entry.name.startswith(_PASSED_OVER) or entry.name.endswith(_TEMPORARY):
                            continue
                        inner = f"{path}/{entry.name}"
                        if entry.is_dir(follow_symlinks=False):
                            waiting.append((entry.path, inner))
                        else:
                            self._note(entry.path, inner, found)
            except OSError:
                continue  # gone, or not ours to read: its files count as removed
        return found

    @staticmethod
    def _note(file: str, path: str, found: dict[str, Mark]) -> None:
        mark = _mark(file)
        if mark is not None:
            found[path] = mark


def _mark(file: str | Path) -> Mark | None:
    try:
        status = os.stat(file)  # noqa: PTH116
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
