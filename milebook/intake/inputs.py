"""The files to import: those named, all in a folder, all in a zip. Nothing is ever unpacked under a name that a zip gives."""

from __future__ import annotations

import os
import re
import stat
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

HEAD = 16_384
MOST_FILE = 256 * 2**20  # bytes of a file that is read as a whole; mailboxes are read piece by piece
MOST_UNPACKED = 8 * 2**30  # of all that is in a zip
MOST_MEMBERS = 50_000
MOST_RATIO = 200  # a member that grows more than this is made to fill the disk
_PIECE = 1 << 20
_IGNORED = re.compile(
    r"(?i)\.DS_Store|~\$.*|Thumbs\.db|desktop\.ini|table_of_contents|Info\.plist|.*\.msf|\._.*|\.mbconf|msgFilterRules\.dat|.*\.lock|__MACOSX|.*\.css|.*\.js"
)


class TooLarge(Exception):
    """A file that is not read, and the reason in words."""


@dataclass(slots=True)
class Input:
    """A file to be read. `shown` is how the user knows it; `path` where it lies, perhaps unpacked; `problem` why it does not."""

    shown: str
    path: Path = field(default_factory=Path)
    problem: str = ""
    named: bool = True  # by the user, not only found in a folder
    beside: tuple[Path, ...] = ()  # for a file out of a zip: nothing
    _head: bytes | None = None

    @property
    def head(self) -> bytes:
        if self._head is None:
            with self.path.open("rb") as handle:
                self._head = handle.read(HEAD)
        return self._head

    @property
    def size(self) -> int:
        return self.path.stat().st_size

    @property
    def name(self) -> str:
        return PurePosixPath(self.shown.replace("\\", "/")).name

    def read(self) -> bytes:
        """All bytes. Raises TooLarge."""
        if self.size > MOST_FILE:
            raise TooLarge(f"it has {self.size / 1e6:,.0f} MB; at most {MOST_FILE / 1e6:,.0f} MB are read at once")
        return self.path.read_bytes()

    def neighbor(self, written: str) -> Path | None:
        """A regular file below this one's folder, as a saved page names its pictures; None for anything else."""
        parts = PurePosixPath(written).parts
        if (
            not parts
            or written.startswith(("/", "\\", "~"))
            or ".." in parts
            or ":" in written
            or "\\" in written
            or "\0" in written
        ):
            return None
        folder = self.path.parent
        try:
            found = folder.joinpath(*parts)
            real = Path(os.path.realpath(found))
            inside = real.is_relative_to(os.path.realpath(folder)) and stat.S_ISREG(real.stat().st_mode)
        except (OSError, ValueError):
            return None
        return real if inside else None


class Inputs:
    """The files of one import. Zips are unpacked into a folder of their own, which is removed at the end."""

    def __init__(self, paths: list[Path]) -> None:
        self.paths = paths
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self._count = 0

    def __enter__(self) -> Inputs:
        return self

    def __exit__(self, *_: object) -> None:
        if self._temporary is not None:
            self._temporary.cleanup()

    def files(self) -> Iterator[Input]:
        for path in self.paths:
            yield from self._from(path, str(path), named=True)

    def _from(self, path: Path, shown: str, *, named: bool) -> Iterator[Input]:
        try:
            status = path.stat()
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or "its name cannot be read"
            yield Input(shown, path, f"it cannot be opened: {why}")
            return
        if stat.S_ISDIR(status.st_mode):
            yield from self._folder(path)
        elif not stat.S_ISREG(status.st_mode):
            yield Input(shown, path, "it is no file")
        else:
            one = Input(path.name if named else shown, path, named=named)
            try:
                zipped = one.head.startswith(b"PK\x03\x04") and zipfile.is_zipfile(path) and not _is_document(path)
            except OSError as error:
                yield Input(shown, path, f"it cannot be read: {error.strerror}")
                return
            if zipped:
                yield from self._zip(path, one.shown)
            else:
                yield one

    def _folder(self, folder: Path) -> Iterator[Input]:
        """Every file below a folder, in the order of names. Links are not followed; what belongs to a saved page is left to it."""
        names = []
        closed: list[OSError] = []
        for base, folders, files in os.walk(folder, onerror=closed.append):
            pages = {
                re.sub(r"\.html?$", "", name, flags=re.IGNORECASE)
                for name in files
                if name.lower().endswith((".html", ".htm"))
            }
            folders[:] = sorted(
                name
                for name in folders
                if not name.startswith(".")
                and not _IGNORED.fullmatch(name)
                and not os.path.islink(os.path.join(base, name))  # noqa: PTH114, PTH118 - which never raises
                and re.sub(r"(?:_files|-Dateien|_fichiers|_archivos|\.files|_file)$", "", name) not in pages - {name}
            )
            names += [
                Path(base, name) for name in sorted(files) if not name.startswith(".") and not _IGNORED.fullmatch(name)
            ]
        for error in closed:
            path = Path(error.filename)
            why = f"the folder cannot be looked into: {error.strerror}"
            yield Input(path.relative_to(folder).as_posix(), path, why, named=False)
        for path in names:
            if os.path.islink(path):  # noqa: PTH114
                yield Input(path.relative_to(folder).as_posix(), path, "it is a link to another place", named=False)
            else:
                yield from self._from(path, path.relative_to(folder).as_posix(), named=False)

    def _zip(self, path: Path, shown: str) -> Iterator[Input]:
        """The members of a zip, unpacked one by one under numbers. Raises nothing: what is wrong is a problem of an Input."""
        try:
            with zipfile.ZipFile(path) as archive:
                members = [info for info in archive.infolist() if not info.is_dir()]
                if len(members) > MOST_MEMBERS or sum(info.file_size for info in members) > MOST_UNPACKED:
                    yield Input(shown, path, "it is made to fill the disk: too much is packed into it")
                    return
                left = MOST_UNPACKED
                for info in members:
                    name = f"{shown}/{info.filename}"
                    last = PurePosixPath(info.filename.replace("\\", "/")).name
                    if _IGNORED.fullmatch(last) or "__MACOSX" in info.filename:
                        continue
                    problem = _member_problem(info)
                    if problem:
                        yield Input(name, path, problem, named=False)
                        continue
                    target, size, problem = self._unpacked(archive, info, left)
                    left -= size
                    if problem:
                        yield Input(name, path, problem, named=False)
                        continue
                    one = Input(name, target, named=False)
                    if one.head.startswith(b"PK\x03\x04") and zipfile.is_zipfile(target) and not _is_document(target):
                        one.problem = "it is a zip inside a zip: unpack it first"
                    yield one
        except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError, EOFError) as error:
            yield Input(shown, path, _not_unpacked(error, "the zip is damaged"))

    def _unpacked(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> tuple[Path, int, str]:
        if self._temporary is None:
            self._temporary = tempfile.TemporaryDirectory(prefix="milebook-import-")
        self._count += 1
        folder = Path(self._temporary.name, f"{self._count:05}")
        folder.mkdir()
        suffix = PurePosixPath(info.filename).suffix.lower()
        target = folder / f"file{suffix if re.fullmatch(r'[.][a-z0-9]{1,5}', suffix) else ''}"
        size = 0
        try:
            with archive.open(info) as source, target.open("xb") as out:
                while piece := source.read(_PIECE):
                    size += len(piece)
                    if size > min(left, info.file_size + 1) or (
                        size > 10_000_000 and size > MOST_RATIO * max(1, info.compress_size)
                    ):
                        return target, size, "it is made to fill the disk: it grows too much when it is unpacked"
                    out.write(piece)
        except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError, EOFError) as error:
            return target, size, _not_unpacked(error, "it is damaged in the zip")
        except Exception as error:  # zlib.error and lzma.LZMAError among them
            return target, size, f"it is damaged in the zip ({type(error).__name__})"
        return target, size, ""


def _not_unpacked(error: Exception, damaged: str) -> str:
    """Why a zip or a file in it could not be unpacked: it is `damaged`, or the disk is full or fails."""
    if isinstance(error, OSError) and error.strerror:
        return f"it could not be unpacked: {error.strerror}"
    return f"{damaged} ({error})"


def _member_problem(info: zipfile.ZipInfo) -> str:
    parts = PurePosixPath(info.filename.replace("\\", "/")).parts
    if (
        info.filename.startswith(("/", "\\"))
        or ".." in parts
        or re.match(r"[A-Za-z]:", info.filename)
        or "\0" in info.filename
    ):
        return "its name leads out of the zip"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "it is a link to another place"
    if info.flag_bits & 1:
        return "it is locked with a password"
    return ""


def _is_document(path: Path) -> bool:
    """Whether a zip is a Word file, a workbook or the like, not a parcel of files."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist()[:2_000])
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    return "[Content_Types].xml" in names or "mimetype" in names or any(name.startswith("Index/") for name in names)
