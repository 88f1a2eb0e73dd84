"""Make the manifest of a package, and verify a received package against it."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, NamedTuple

from milebook.model.findings import Finding, Place

Opening = Callable[[], BinaryIO]
NAME = "MANIFEST-sha256.txt"
LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")
SEAL = (
    b"milebook sha256 "  # the comment at a zip's end: the sum of all of the zip, with the sum's own place full of zeros
)
EMPTY_SUM = b"0" * 64
PIECE = 1 << 20  # bytes read at a time
# what macOS and Windows put into folders that are looked at or packed
LEFT_BY_A_SYSTEM = re.compile(r"\.DS_Store|\.localized|\._.*|Thumbs\.db|desktop\.ini", re.IGNORECASE)
LARGEST_LIST = 20_000_000  # bytes of a manifest that is read at all


def manifest(sums: Mapping[str, str]) -> bytes:
    """One line a file, as `sha256sum --check` reads it. `sums` maps names to SHA-256."""
    lines = [f"{sha256}  {name}\n" for name, sha256 in sorted(sums.items())]
    return "".join(lines).encode("utf-8")


def write_zip(out: BinaryIO, files: Mapping[str, Opening], folder: str, date: str) -> None:
    """Write a zip of the files under one folder into `out`, the same bytes for the same files; what is compressed already is
    stored. `files` maps a name to a function that opens the file; no file is held in memory.
    """
    year, month, day = (int(part) for part in date.split("-"))
    with zipfile.ZipFile(out, "w") as archive:
        for name, opening in sorted(files.items()):
            info = zipfile.ZipInfo(f"{folder}/{name}", (max(1980, year), month, day, 0, 0, 0))
            info.external_attr = 0o644 << 16
            info.create_system = 3
            packed = name.endswith((".jpg", ".png", ".webp", ".docx", ".epub", ".pdf", ".xlsx", ".zip"))
            info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            with opening() as source:
                info.file_size = source.seek(0, io.SEEK_END)
                source.seek(0)
                with archive.open(info, "w") as entry:
                    while piece := source.read(PIECE):
                        entry.write(piece)
        archive.comment = SEAL + EMPTY_SUM
    out.flush()
    out.seek(0)
    sealed = _sum(out)
    out.seek(-len(EMPTY_SUM), io.SEEK_END)
    out.write(sealed.encode())


def verify(package: Path) -> tuple[int, list[Finding]]:
    """How many files were checked, and what is wrong: MB720 no package, MB721 changed, MB722 missing, MB723 not listed.

    Files that a system leaves in every folder do not count. Nothing is written, no link is followed, and no file is held in memory.
    """
    try:
        found = _in_folder(package) if package.is_dir() else _in_zip(package)
    except _UNREADABLE as error:
        return 0, [_bad(package, f"it cannot be read: {str(error) or type(error).__name__}")]
    if found.listed is None:
        return 0, [_bad(package, f"there is no {NAME} in it")]
    listed = read_list(found.listed)
    if not listed:
        return 0, [_bad(package, f"its {NAME} is not a whole list of sums")]
    findings = [_trouble("MB721", package, "", "the zip is not what was sent")] if found.broken_seal else []
    for name, wanted in sorted(listed.items()):
        if name not in found.sums:
            findings.append(_trouble("MB722", package, name, f"{name} is missing"))
        elif found.sums[name] != wanted:
            findings.append(_trouble("MB721", package, name, f"{name} is not what was sent"))
    for name in sorted(set(found.sums) - set(listed)):
        if found.sums[name] and LEFT_BY_A_SYSTEM.fullmatch(name.rpartition("/")[2]):
            continue
        fact = f"{name} is in the package but not in its list"
        findings.append(_trouble("MB723", package, name, fact, "do not rely on it"))
    return len(listed), findings


def read_list(data: bytes) -> dict[str, str]:
    """Sums by name; none if the list is not, to the last character, as it must be."""
    *lines, rest = data.decode("utf-8", "replace").split("\n")
    listed: dict[str, str] = {}
    for line in lines:
        match = LINE.fullmatch(line)
        if not match or match.group(2) in listed:
            return {}
        listed[match.group(2)] = match.group(1)
    return {} if rest else listed


class _Found(NamedTuple):
    """What lies in a package: sums by name ("" for what must not or cannot be read), the manifest, and whether a zip's seal is broken."""

    sums: dict[str, str]
    listed: bytes | None
    broken_seal: bool = False


_UNREADABLE = (
    OSError, zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, NotImplementedError, EOFError, ValueError, zlib.error,
)  # fmt: skip


def _in_folder(package: Path) -> _Found:
    sums: dict[str, str] = {}
    listed: bytes | None = None
    for path in sorted(package.rglob("*")):
        name = path.relative_to(package).as_posix()
        if path.is_symlink() or (path.exists() and not path.is_file() and not path.is_dir()):
            sums[name] = ""  # neither followed nor opened
        elif path.is_file():
            try:
                with path.open("rb") as handle:
                    if name == NAME:
                        listed = handle.read(LARGEST_LIST)
                    else:
                        sums[name] = _sum(handle)
            except OSError:
                sums[name] = ""
    return _Found(sums, listed)


def _in_zip(package: Path) -> _Found:
    sums: dict[str, str] = {}
    listed: bytes | None = None
    if package.exists() and not package.is_file():
        raise ValueError("it is a pipe or a device, not a file")
    with zipfile.ZipFile(package) as archive:
        seal = archive.comment
        for info in archive.infolist():
            inside = PurePosixPath(info.filename)
            name = "/".join(inside.parts[1:]) or info.filename
            if info.is_dir():
                if info.file_size:
                    sums[info.filename] = ""
                continue
            odd = ".." in inside.parts or inside.is_absolute() or "\\" in info.filename
            if name in sums or (name == NAME and listed is not None) or odd:
                sums[name] = ""
                continue
            try:
                with archive.open(info) as handle:
                    if name == NAME:
                        listed = handle.read(LARGEST_LIST)
                    else:
                        sums[name] = _sum(handle)
            except _UNREADABLE:
                sums[name] = ""  # the archive's own sum does not fit
    return _Found(sums, listed, bool(seal) and not _sealed(package, seal))


def _sealed(package: Path, seal: bytes) -> bool:
    """Whether a zip that milebook wrote is as it was written, to the last bit. A zip packed anew has no seal."""
    if not seal.startswith(SEAL) or len(seal) != len(SEAL) + len(EMPTY_SUM):
        return False
    digest = hashlib.sha256()
    left = package.stat().st_size - len(EMPTY_SUM)
    with package.open("rb") as handle:
        while left > 0 and (piece := handle.read(min(PIECE, left))):
            digest.update(piece)
            left -= len(piece)
    digest.update(EMPTY_SUM)
    return digest.hexdigest().encode() == seal[len(SEAL) :]


def _sum(handle: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := handle.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()


def _bad(package: Path, why: str) -> Finding:
    return Finding("MB720", f"{package.name} is not a package that can be verified: {why}", Place(package.name),
                   "name the folder or the zip that milebook export wrote")  # fmt: skip


def _trouble(code: str, package: Path, name: str, fact: str, hint: str = "ask for the package again") -> Finding:
    return Finding(code, fact, Place(f"{package.name}/{name}".rstrip("/")), hint)
