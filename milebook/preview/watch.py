"""Notice saves by looking: no system of events sees every kind of save, on every drive and every system.

A look at a few hundred files takes a millisecond. Editors write in place, or write another file and rename it; a file that
is empty or gone for a moment is being saved, and is looked at again before anybody is told.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

FOLDERS = ("stories", "layouts")
FILES = ("index.yaml",)
SETTLING = 0.15  # seconds that a file may be gone or empty while an editor saves it
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

    def changes(self) -> set[str]:
        """The paths (under the book folder, with "/") that were saved, added or removed since the last time."""
        now = self._look()
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
        try:
            status = os.stat(file)  # noqa: PTH116
        except OSError:
            return
        found[path] = (status.st_mtime_ns, status.st_size, status.st_ino)
