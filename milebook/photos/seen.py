"""Photos that lie there as the last run saw them: known by how their files look, they need not be read again."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from milebook.cache.store import Store
from milebook.model.findings import Finding, Place
from milebook.photos.jpeg import Cut, Jpeg
from milebook.photos.known_jpegs import remember, remembered
from milebook.source import BookFolder, Mark

_DIGEST = re.compile("[0-9a-f]{64}")


class _Photo(NamedTuple):
    sha256: str
    mark: Mark
    cut: Cut | None  # of a JPEG that can be printed as it came


class SeenPhotos:
    """The photos of a book folder that the last run with the same `cache` examined; none with "" for it."""

    def __init__(self, cache: str) -> None:
        self._store = Store(cache)
        self._kept = self._store.get(_key()) if cache else None
        self._photos = _read(self._kept)
        self._asked: list[str] = []
        remember({one.sha256: _jpeg(one.cut) for one in self._photos.values() if one.cut is not None})

    def untouched(self, folder: BookFolder, path: str, place: Place) -> tuple[str, int, list[Finding]]:
        """The SHA-256 and the bytes of a photo that looks as it did; ("", 0) for one that has to be read."""
        self._asked.append(path)
        found = self._photos.get(path)
        if found is None:
            return "", 0, []
        same, findings = folder.look_at(path, place, found.sha256, found.mark)
        return (found.sha256, found.mark[1], findings) if same else ("", 0, findings)

    def keep(self, folder: BookFolder) -> None:
        """Leave what was found out for the next run. Of a photo that has just been changed looks do not tell."""
        seen = folder.seen()
        photos = [(path, *seen[path]) for path in dict.fromkeys(self._asked) if path in seen]
        rows = {path: _Photo(sha256, mark, _cut(sha256)) for path, sha256, mark, fresh in photos if not fresh}
        kept = json.dumps(rows).encode("ascii")
        if kept != self._kept and (rows or self._kept):
            self._store.put(_key(), kept)


def forget_seen(cache: str) -> None:
    """Throws away what was kept: a photo turned out to be another one than it said."""
    Store(cache).drop(_key())


def _key() -> str:
    return Store.key("photos seen")


def _cut(sha256: str) -> Cut | None:
    jpeg = remembered(sha256)
    return jpeg.cut if jpeg is not None else None


def _jpeg(cut: Cut) -> Jpeg:
    return Jpeg(cut.width, cut.height, 1 if cut.gray else 3, keep=list(cut.keep), passes=True, cut=cut)


def _read(kept: bytes | None) -> dict[str, _Photo]:
    """The photos of an entry, by path; none where someone else wrote it."""
    try:
        return {str(path): _photo(*row) for path, row in json.loads(kept or b"{}").items()}
    except (ValueError, TypeError, AttributeError, RecursionError):
        return {}


def _photo(sha256: Any, mark: Any, cut: Any) -> _Photo:
    """Raises ValueError and TypeError."""
    inode, size, written, changed = (_count(number) for number in mark)
    return _Photo(_digest(sha256), (inode, size, written, changed), None if cut is None else _cut_of(*cut))


def _cut_of(width: Any, height: Any, gray: Any, keep: Any, size: Any, crc32: Any, sha256: Any) -> Cut:
    slices = tuple((_count(start), _count(end)) for start, end in keep)
    return Cut(_count(width, 1), _count(height, 1), bool(gray), slices, _count(size, 1), _count(crc32), _digest(sha256))


def _count(value: Any, least: int = 0) -> int:
    if type(value) is not int or value < least:
        raise ValueError(value)
    return value


def _digest(value: Any) -> str:
    if type(value) is not str or not _DIGEST.fullmatch(value):
        raise ValueError(value)
    return value
