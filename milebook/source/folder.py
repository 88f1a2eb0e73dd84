"""Read files of the book folder by their relative paths, or explain why not.

No file outside the folder is ever opened, whatever links say, and nothing but a regular file. Every file read is remembered
with its digest, so that a build can tell at its end whether the author changed something meanwhile.
"""

from __future__ import annotations

import errno
import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from milebook.model.findings import Finding, Place
from milebook.source.characters import shown
from milebook.source.copied_names import copies
from milebook.source.decode import decode
from milebook.source.lookup import Lookup, Refused, cure, require_file
from milebook.source.paths import join
from milebook.system.files import open_below

INDEX_LIMIT = 5_000_000  # bytes
STORY_LIMIT = 2_000_000
PHOTO_LIMIT = 200_000_000
INDEXES = ("stories/index.yaml", "index.yaml")
_INDEX_FOLDERS = ("stories", "")

_FRESH = 2.0  # seconds: a file changed so shortly before it was read may change again within one tick of its clock
_PIECE = 1_000_000  # bytes read at a time beyond those that the file was expected to have


Mark = tuple[int, int, int, int]  # inode, size, mtime, ctime: no one but the system chooses all of them


class _Seen(NamedTuple):
    """How a file looked when it was read."""

    mark: Mark
    fresh: bool  # changed so shortly before that the mark alone does not tell


class BookFolder:
    """All reading of one book folder. Paths are relative to it, with forward slashes.

    `read` maps the path of every file read so far to the SHA-256 of what was read first.
    """

    def __init__(self, root: Path) -> None:
        self.root_path = os.path.realpath(root)  # the folder itself may be reached by a link
        self.root = Path(self.root_path)
        self.read: dict[str, str] = {}
        self._seen: dict[str, _Seen] = {}
        self._unsteady: set[str] = set()  # read twice, with different contents
        self._lookup = Lookup(self.root_path)

    # ---- the index

    def index_path(self) -> str | None:
        """Where the index is: stories/index.yaml, else index.yaml, else None (see `no_index`)."""
        return next((path for path in INDEXES if os.path.lexists(self.root / path)), None)

    def no_index(self) -> Finding:
        """Why there is nothing to build, for when `index_path` is None."""
        place = Place(INDEXES[0])
        if not self.root.is_dir():
            fact = f'there is no folder "{shown(str(self.root))}"'
            return Finding("MB001", fact, place, "check its name, or make a new book with: milebook init")
        for folder in (name for name in self.names() if name.lower() == "stories" != name):
            if "index.yaml" in self.names(folder):
                fact = f'the folder is called "{folder}", where milebook looks for "{INDEXES[0]}"'
                return Finding("MB001", fact, place, f'rename "{folder}" to "stories"')
        for folder in _INDEX_FOLDERS:
            copied = copies("index.yaml", self.names(folder))
            for name in self.names(folder):
                if name.lower() in ("index.yml", "index.yaml", "index.yaml.txt", "index.yml.txt") or name in copied:
                    found = f"{folder}/{name}".lstrip("/")
                    fact = f'the index of the book is called "{found}", where milebook looks for "{INDEXES[0]}"'
                    hint = f'rename "{found}" to "{found.removesuffix(name)}index.yaml"'
                    return Finding("MB001", fact, place, hint)
        fact = f"there is no {INDEXES[0]} here, so this is not a book folder"
        hint = "go to the folder of your book, or name it with -C FOLDER; a new book is made with: milebook init"
        return Finding("MB001", fact, place, hint)

    # ---- paths

    def resolve(self, base: str, written: str, place: Place) -> tuple[str | None, list[Finding]]:
        """`written` in the file `base` as a path relative to the book folder. The disk is not looked at."""
        return join(base, written, place)

    def find(self, path: str, place: Place) -> tuple[str | None, list[Finding]]:
        """Whether `path` is a regular file of this folder: its path as the disk spells it. The file is not opened."""
        findings: list[Finding] = []
        with _telling(path, place, findings):
            return self._lookup.file(path, place, findings).spelt, findings
        return None, findings

    def names(self, folder: str = "") -> tuple[str, ...]:
        """The names in a folder, sorted. () where it cannot be looked into, which `unlisted` tells."""
        return tuple(sorted(self._lookup.names(folder)))

    def unlisted(self) -> list[Finding]:
        """The folders met so far that are there and whose names the system does not give: what lies there may be missed."""
        return [
            Finding(
                "MB011",
                f'the folder "{shown(path) or "."}" cannot be looked into: {error.strerror or error}',
                Place(path),
                cure(error),
            )
            for path, error in self._lookup.unlisted.items()
        ]

    # ---- reading

    def read_text(self, path: str, place: Place, limit: int = 0) -> tuple[str | None, list[Finding]]:
        """The text of a file in UTF-8, line ends folded to "\\n". `limit` in bytes; 0 for the index's or a story's own.

        What the characters are is not looked at here: `text_findings` names those that cannot be printed.
        """
        data, findings = self.read_bytes(path, place, limit or (INDEX_LIMIT if path in INDEXES else STORY_LIMIT))
        if data is None:
            return None, findings
        folder, _, name = path.rpartition("/")
        beside = folder in _INDEX_FOLDERS and name.lower().endswith(".md")
        decoded, more = decode(data, path, repairable=beside or path in INDEXES)
        return decoded, [*findings, *more]

    def read_bytes(self, path: str, place: Place, limit: int = PHOTO_LIMIT) -> tuple[bytes | None, list[Finding]]:
        """The bytes of a file, at most `limit` of them. `place` is where the path was written, for findings."""
        data, _, findings = self.read_hashed(path, place, limit)
        return data, findings

    def read_hashed(self, path: str, place: Place, limit: int = PHOTO_LIMIT) -> tuple[bytes | None, str, list[Finding]]:
        """Like `read_bytes`, with the SHA-256 of the bytes. A file that lies there untouched is not hashed again."""
        findings: list[Finding] = []
        data: bytes | None = None
        with _telling(path, place, findings):
            descriptor, status = self._open(path, place, findings)
            try:
                read = _contents(descriptor, status.st_size, limit) if status.st_size <= limit else b""
            finally:
                os.close(descriptor)
            if max(status.st_size, len(read)) > limit:
                raise _too_big(path, max(status.st_size, len(read)), limit)
            data = read
        if data is None:
            return None, "", findings
        seen = self._seen.get(path)
        if seen is not None and not seen.fresh and seen.mark == _mark(status) and path not in self._unsteady:
            return data, self.read[path], findings
        digest = hashlib.sha256(data).hexdigest()
        self._note(path, digest, status)
        return data, digest, findings

    def look_at(self, path: str, place: Place, sha256: str, mark: Mark) -> tuple[bool, list[Finding]]:
        """Whether a file looks as it did when it had this SHA-256: then it counts as read, though it is not opened."""
        findings: list[Finding] = []
        try:
            status = self._lookup.file(path, place, findings).status
        except (Refused, OSError):
            return False, findings  # whoever reads it will be told why not
        if _mark(status) != mark:
            return False, findings
        self._note(path, sha256, status)
        return True, findings

    def read_again(self, path: str, limit: int = PHOTO_LIMIT) -> bytes | None:
        """The bytes of a file as it lies there now, None where it cannot be read. Not on record as read: the caller knows
        what they have to be.
        """
        try:
            descriptor, status = self._open(path, Place(path), [])
            with os.fdopen(descriptor, "rb") as handle:
                return handle.read(status.st_size + 1) if status.st_size <= limit else None
        except (Refused, OSError):
            return None

    def fingerprint(self, path: str, place: Place) -> tuple[str | None, list[Finding]]:
        """The SHA-256 of a file of any size, which is not kept in memory: for the evidence of permissions."""
        findings: list[Finding] = []
        with _telling(path, place, findings):
            descriptor, status = self._open(path, place, findings)
            with os.fdopen(descriptor, "rb") as handle:
                digest = hashlib.file_digest(handle, "sha256").hexdigest()
            self._note(path, digest, status)
            return digest, findings
        return None, findings

    def seen(self) -> dict[str, tuple[str, Mark, bool]]:
        """Every file read so far: its SHA-256, how it looked then (inode, size, times), and whether it had been changed so
        shortly before that its looks alone do not tell.
        """
        return {path: (self.read[path], seen.mark, seen.fresh) for path, seen in self._seen.items()}

    def changed_since_read(self) -> list[str]:
        """Paths of the files that are no longer what was read, sorted. Only those that look touched are read again."""
        changed = set(self._unsteady)
        for path, seen in self._seen.items():
            try:
                if not seen.fresh and _mark(self._lookup.file(path, Place(path), []).status) == seen.mark:
                    continue
                descriptor, _ = self._open(path, Place(path), [])
                with os.fdopen(descriptor, "rb") as handle:
                    if hashlib.file_digest(handle, "sha256").hexdigest() != self.read[path]:
                        changed.add(path)
            except (Refused, OSError):
                changed.add(path)
        return sorted(changed)

    def changed_findings(self) -> list[Finding]:
        """`changed_since_read` as findings: nothing may be written from half of the old and half of the new."""
        return [found for path in self.changed_since_read() for found in self.unread(path) or [changed(path)]]

    def unread(self, path: str) -> list[Finding]:
        """Why the disk does not give a file that stands there; [] if it gives it, or if there is none."""
        data, findings = BookFolder(self.root).read_bytes(path, Place(path))  # not on record here as read
        return [finding for finding in findings if finding.code == "MB011"] if data is None else []

    def _note(self, path: str, digest: str, status: os.stat_result) -> None:
        if self.read.setdefault(path, digest) != digest:
            self._unsteady.add(path)
        fresh = time.time() - max(status.st_mtime, status.st_ctime) < _FRESH
        self._seen.setdefault(path, _Seen(_mark(status), fresh))

    def _open(self, path: str, place: Place, findings: list[Finding]) -> tuple[int, os.stat_result]:
        """The descriptor of a regular file, which the caller closes, and the file's status."""
        spelt, real, _ = self._lookup.file(path, place, findings)
        descriptor = self._descriptor(real)
        try:
            status = os.fstat(descriptor)
            require_file(spelt, status.st_mode)  # it may have changed between looking and opening
        except BaseException:
            os.close(descriptor)
            raise
        return descriptor, status

    def _descriptor(self, real: str) -> int:
        """Opens a real path step by step from the book folder, so that a link put in meanwhile is not followed."""
        return open_below(self.root_path, real[len(self.root_path) :].strip(os.sep).split(os.sep))  # noqa: PTH206 - Path takes ten times as long


def _contents(descriptor: int, size: int, limit: int) -> bytes:
    """All bytes of a file of which `size` are expected; no more than one beyond the limit."""
    data = os.read(descriptor, min(size, limit) + 1)
    piece = 1  # room for more is costly, and hardly ever there is more
    while len(data) <= limit and (more := os.read(descriptor, min(limit + 1 - len(data), piece))):
        data += more
        piece = _PIECE
    return data


def _mark(status: os.stat_result) -> Mark:
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def changed(path: str) -> Finding:
    """That a file is no longer what was read."""
    fact = f'"{shown(path)}" was changed while the book was being made'
    return Finding("MB020", fact, Place(path), "nothing was written; finish your change and run the command again")


def _too_big(path: str, size: int, limit: int) -> Refused:
    fact = f'"{shown(path)}" is too big: {size / 1e6:,.1f} MB, where {limit / 1e6:,.0f} MB is the most'
    return Refused("MB010", fact, "check that it is the right file; divide a text of that size, save a photo smaller")


def _unreadable(path: str, place: Place, error: OSError) -> Finding:
    if error.errno in (errno.ELOOP, errno.ENOTDIR, errno.ENOENT):
        fact = f'"{shown(path)}" was moved or became a link while it was being read'
        return Finding("MB006", fact, place, "leave the book folder alone while milebook works, and run it again")
    fact = f'"{shown(path)}" cannot be read: {error.strerror or error}'
    return Finding("MB011", fact, place, cure(error))


@contextmanager
def _telling(path: str, place: Place, findings: list[Finding]) -> Iterator[None]:
    """Adds why a file cannot be had to the findings, where that comes out in the `with` block."""
    try:
        yield
    except Refused as refused:
        findings.append(refused.finding(place))
    except OSError as error:
        findings.append(_unreadable(path, place, error))
