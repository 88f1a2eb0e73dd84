"""Remember what was found out about JPEGs, by the SHA-256 of their bytes: three writers ask for the same photos."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from milebook.photos.jpeg import Jpeg, cut, read_jpeg

_MOST_KNOWN = 4096
_known: dict[str, Jpeg | None] = {}


def known_jpeg(data: bytes, sha256: str, *, measured: bool = False) -> Jpeg | None:
    """`read_jpeg` of bytes with this digest.

    `measured`: with its `cut`, if it passes. Whoever has the bytes at hand and knows that they will be printed spares
    everybody reading them again.
    """
    if sha256 not in _known:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        _known[sha256] = read_jpeg(data)
    jpeg = _known[sha256]
    if measured and jpeg is not None and jpeg.passes and jpeg.cut is None:
        jpeg.cut = cut(data, jpeg)
    return jpeg


def remembered(sha256: str) -> Jpeg | None:
    """What `known_jpeg` found in bytes with this digest; None if no one has asked, too."""
    return _known.get(sha256)


def measured_jpegs(sha256s: Iterable[str]) -> dict[str, Jpeg]:
    """Those of these photos that were measured, for another process to `remember`."""
    known = ((sha256, _known.get(sha256)) for sha256 in sha256s)
    return {sha256: replace(jpeg, profile=b"") for sha256, jpeg in known if jpeg is not None and jpeg.cut is not None}


def remember(jpegs: Mapping[str, Jpeg]) -> None:
    """The `measured_jpegs` of another process."""
    if len(_known) + len(jpegs) <= _MOST_KNOWN:
        _known.update(jpegs)
