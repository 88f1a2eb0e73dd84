"""Digest milebook, its libraries and Python: all that could change an output besides the author's files.

It stands in the key of whatever is kept between runs, so that nothing made by another milebook is ever taken for this one's.
"""

from __future__ import annotations

import hashlib
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
    for path in _files():
        digest.update(f"{path.relative_to(_PACKAGE.parent)}\0".encode("utf-8", "surrogateescape"))
        if path.suffix in _BY_CONTENT:
            digest.update(path.read_bytes())
        else:
            status = path.stat()
            digest.update(f"{status.st_size}\0{status.st_mtime_ns}\0".encode())
    digest.update(f"{sys.version}\0{zlib.ZLIB_RUNTIME_VERSION}\0".encode())
    for name in sorted(_distributions()):
        digest.update(f"{name}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _files() -> Iterator[Path]:
    """The package's files, and the layouts that lie beside it in a checkout."""
    for top in (_PACKAGE, _PACKAGE.parent / "layouts"):
        for path in sorted(top.rglob("*.*")):
            if path.suffix != ".pyc" and path.is_file():
                yield path


def _distributions() -> Iterator[str]:
    """What is installed, by the names of its folders, which hold the versions."""
    for folder in sys.path:
        try:
            yield from [path.name for path in Path(folder).iterdir() if path.suffix in (".dist-info", ".egg-info")]
        except OSError:
            continue
