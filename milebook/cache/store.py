"""Keep what is expensive to make from one run to the next: bytes under a key, on disk, in build/.cache.

Entries are named by a digest of everything that went into them, so they never go stale, only unused. An entry that was
damaged is as good as none, and so is a store that cannot be written to: nothing ever depends on it.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from contextlib import suppress
from pathlib import Path

from milebook.cache.installation import installation_digest
from milebook.system.files import open_for_reading

MOST_BYTES = 2_000_000_000
KEEP_RUNS = 20

HEAD = 64 + 1 + 16 + 1  # bytes in front of every entry: its SHA-256, the beginning of its key, a line break
_LEDGER = "ledger.json"
_STAMP = ".run"
_PART = ".mb-"  # an entry being written; a leftover one belongs to a run that was killed


class Store:
    """One folder of entries. `folder` is made when the first entry is put there; "" makes a store that holds nothing."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._usable: bool | None = None

    @staticmethod
    def key(kind: str, *parts: object) -> str:
        """The name of an entry: `parts` are numbers, texts and lists of them, all that it was made of beside milebook itself,
        its libraries and Python, which are in every key.
        """
        about = json.dumps([kind, installation_digest(), *parts], ensure_ascii=True, default=str)
        return hashlib.sha256(about.encode()).hexdigest()

    def get(self, key: str) -> bytes | None:
        """The bytes under a key, which is used by this run then."""
        if not self._ready(make=False):
            return None
        path = self._path(key)
        try:
            entry = _read(path)
        except OSError:
            return None
        data = entry[HEAD:]
        if entry[:HEAD] != _head(key, data):
            return None
        with suppress(OSError):
            os.utime(path)  # "used in this run", seen by `prune` even if another process did it
        return data

    def head(self, key: str, most: int) -> bytes:
        """The first bytes of an entry, b"" where there is none. Not checked: only `get` tells whether an entry is whole."""
        if not self._ready(make=False):
            return b""
        try:
            entry = _read(self._path(key), HEAD + most)
        except OSError:
            return b""
        return entry[HEAD:] if entry[64:HEAD] == _mark(key) else b""

    def use(self, key: str) -> None:
        """An entry is as good as used in this run, though no one needed to look at it."""
        path = self._path(key)
        if self._ready(make=False) and not path.is_symlink():
            with suppress(OSError):
                os.utime(path)

    def put(self, key: str, data: bytes) -> bool:
        """Keeps `data`, and says whether it did. Whole or not at all; failures are nobody's concern."""
        if not self._ready(make=True):
            return False
        path = self._path(key)
        part = path.with_name(f"{_PART}{key[:16]}-{os.getpid()}-{threading.get_ident()}")
        try:
            path.parent.mkdir(exist_ok=True)
            with part.open("xb") as handle:
                handle.write(_head(key, data))
                handle.write(data)
            part.replace(path)
        except BaseException as error:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            if not isinstance(error, OSError):
                raise
            return False
        return True

    def drop(self, key: str) -> None:
        """Throws an entry out that turned out to be wrong."""
        if self._ready(make=False):
            with suppress(OSError):
                self._path(key).unlink(missing_ok=True)

    def prune(self, keep_runs: int = KEEP_RUNS, most_bytes: int = MOST_BYTES) -> int:
        """Ends a run: throws out entries unused for `keep_runs` runs, then the longest unused ones while the store
        holds more than `most_bytes`. Returns the number thrown out. No clock is asked: runs are counted in a ledger.
        """
        if not self._ready(make=False):
            return 0
        root, thrown = Path(self.folder), 0
        try:
            since = (root / _STAMP).stat().st_mtime_ns
        except OSError:
            since = 0
        ledger, entries = _ledger(root / _LEDGER), []
        for path in sorted(root.glob("[0-9a-f][0-9a-f]/*")):
            try:
                status = path.lstat()
                if path.name.startswith(_PART):
                    path.unlink()
                    continue
            except OSError:
                continue
            unused = 0 if status.st_mtime_ns >= since else ledger.get(path.name, 0) + 1
            entries.append((unused, path.name, status.st_size, path))
        entries.sort()
        kept, total = {}, 0
        for unused, name, size, path in entries:
            total += size
            if unused < keep_runs and total <= most_bytes:
                kept[name] = unused
                continue
            try:
                path.unlink()
                thrown += 1
            except OSError:
                kept[name] = unused
        with suppress(OSError):
            part = root / f"{_PART}{_LEDGER}"
            part.write_text(json.dumps(kept), encoding="ascii")
            part.replace(root / _LEDGER)
            (root / _STAMP).write_bytes(b"")
        return thrown

    def _path(self, key: str) -> Path:
        return Path(self.folder, key[:2], key[2:])

    def _ready(self, make: bool) -> bool:
        """Whether the folder can be used: never through a link, which may lead out of the book folder."""
        if self._usable is None:
            path = Path(self.folder)
            # Path's own questions raise where a name is too long
            if not self.folder or os.path.islink(path) or os.path.islink(path.parent):  # noqa: PTH114
                self._usable = False
            elif os.path.isdir(path):  # noqa: PTH112
                self._usable = True
            elif make:
                try:
                    path.mkdir(parents=True, exist_ok=True)
                    self._usable = True
                except OSError:
                    self._usable = False
        return bool(self._usable)


def entry(key: str, data: bytes) -> bytes:
    """The file of an entry. Its digest holds the key, so that none is taken for another."""
    return _head(key, data) + data


def _head(key: str, data: bytes) -> bytes:
    digest = hashlib.sha256(key.encode("ascii") + b"\n")
    digest.update(data)
    return digest.hexdigest().encode("ascii") + _mark(key)


def _mark(key: str) -> bytes:
    return b" " + key[:16].encode("ascii") + b"\n"


def _read(path: Path, most: int = -1) -> bytes:
    """Raises OSError, for anything that is no file too: a pipe would be waited for."""
    with os.fdopen(open_for_reading(path), "rb") as handle:
        return handle.read(most)


def _ledger(path: Path) -> dict[str, int]:
    try:
        read = json.loads(_read(path))
        return {str(name): int(runs) for name, runs in read.items()}
    except (OSError, ValueError, AttributeError, TypeError, RecursionError):
        return {}
