"""Files in, a manifest of their SHA-256 sums out; a received package in, what is damaged, missing or strange in it out."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from milebook.findings import Finding, Place

NAME = "MANIFEST-sha256.txt"
LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")
LARGEST = 4_000_000_000  # bytes of one unpacked file that are read at all


def manifest(files: Mapping[str, bytes]) -> bytes:
    """One line a file, as `sha256sum --check` reads it."""
    lines = [f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())]
    return "".join(lines).encode("utf-8")


def zipped(files: Mapping[str, bytes], folder: str, date: str) -> bytes:
    """A zip of the files under one folder, the same bytes for the same files; what is compressed already is stored."""
    year, month, day = (int(part) for part in date.split("-"))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in sorted(files.items()):
            info = zipfile.ZipInfo(f"{folder}/{name}", (max(1980, year), month, day, 0, 0, 0))
            info.external_attr = 0o644 << 16
            info.create_system = 3
            packed = name.endswith((".jpg", ".png", ".webp", ".docx", ".epub", ".pdf", ".xlsx", ".zip"))
            info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return buffer.getvalue()


def verify(package: Path) -> tuple[int, list[Finding]]:
    """How many files were checked, and what is wrong: MB720 no package, MB721 changed, MB722 missing, MB723 not listed."""
    try:
        files = _in_folder(package) if package.is_dir() else _in_zip(package)
    except (
        OSError,
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        RuntimeError,
        NotImplementedError,
        EOFError,
        ValueError,
    ) as error:
        return 0, [_bad(package, f"it cannot be read: {str(error) or type(error).__name__}")]
    if NAME not in files:
        return 0, [_bad(package, f"there is no {NAME} in it")]
    listed: dict[str, str] = {}
    for line in (files.pop(NAME) or b"").decode("utf-8", "replace").splitlines():
        match = LINE.fullmatch(line)
        if not match:
            return 0, [_bad(package, f"its {NAME} is not a list of sums")]
        listed[match.group(2)] = match.group(1)
    findings: list[Finding] = []
    for name, wanted in sorted(listed.items()):
        data = files.get(name)
        if name not in files:
            findings.append(_trouble("MB722", package, name, "is missing", "ask for the package again"))
        elif data is None or hashlib.sha256(data).hexdigest() != wanted:
            findings.append(_trouble("MB721", package, name, "is not what was sent", "ask for the package again"))
    for name in sorted(set(files) - set(listed)):
        findings.append(_trouble("MB723", package, name, "is in the package but not in its list", "do not rely on it"))
    return len(listed), findings


def _in_folder(package: Path) -> dict[str, bytes | None]:
    files: dict[str, bytes | None] = {}
    for path in sorted(package.rglob("*")):
        if path.is_symlink() or (path.exists() and not path.is_file() and not path.is_dir()):
            files[path.relative_to(package).as_posix()] = None  # neither followed nor opened
        elif path.is_file():
            files[path.relative_to(package).as_posix()] = path.read_bytes()
    return files


def _in_zip(package: Path) -> dict[str, bytes | None]:
    files: dict[str, bytes | None] = {}
    with zipfile.ZipFile(package) as archive:
        for info in archive.infolist():
            if info.is_dir():
                continue
            inside = PurePosixPath(info.filename)
            name = "/".join(inside.parts[1:]) or info.filename
            if name in files or ".." in inside.parts or inside.is_absolute() or info.file_size > LARGEST:
                files[name] = None
                continue
            try:
                files[name] = archive.read(info)
            except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError):
                files[name] = None  # the archive's own sum does not fit
    return files


def _bad(package: Path, why: str) -> Finding:
    return Finding("MB720", f"{package.name} is not a package that can be verified: {why}", Place(package.name),
                   "name the folder or the zip that milebook export wrote")  # fmt: skip


def _trouble(code: str, package: Path, name: str, what: str, hint: str) -> Finding:
    return Finding(code, f"{name} {what}", Place(f"{package.name}/{name}"), hint)
