"""Digest milebook, its libraries and Python: all that could change an output besides the author's files.

It stands in the key of whatever is kept between runs, so that nothing made by another milebook is ever taken for this one's.
"""

from __future__ import annotations

import hashlib
import os
import sys
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_BY_CONTENT = (".py", ".yaml", ".css", ".md")  # small enough to be read every time; typefaces go by size and time


@cache
def installation_digest() -> str:
    """32 hexadecimal digits."""
    digest = hashlib.blake2b(digest_size=16)
    above = str(_PACKAGE.parent)
    for entry in (*_files(str(_PACKAGE)), *_files(str(_PACKAGE.parent / "layouts"))):
        digest.update(f"{entry.path[len(above) :]}\0".encode("utf-8", "surrogateescape"))
        if entry.name.endswith(_BY_CONTENT):
            with open(entry.path, "rb", buffering=0) as handle:  # noqa: PTH123 - Path takes twice as long
                digest.update(handle.read())
        else:
            status = entry.stat()
            digest.update(f"{status.st_size}\0{status.st_mtime_ns}\0".encode())
    digest.update(f"{sys.version}\0{zlib.ZLIB_RUNTIME_VERSION}\0".encode())
    for name in sorted(_distributions()):
        digest.update(f"{name}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _files(folder: str) -> Iterator[os.DirEntry[str]]:
    """The files of a folder of the package, or of the layouts that lie beside it in a checkout."""
    try:
        with os.scandir(folder) as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    for entry in listed:
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path) if entry.name != "__pycache__" else ()
        elif entry.is_file() and "." in entry.name:
            yield entry


def _distributions() -> Iterator[str]:
    """What is installed, by the names of its folders, which hold the versions."""
    for folder in sys.path:
        try:
            yield from [path.name for path in Path(folder).iterdir() if path.suffix in (".dist-info", ".egg-info")]
        except OSError:
            continue
