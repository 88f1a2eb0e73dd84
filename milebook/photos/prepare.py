"""Prepare photos for print, each once, and keep the result between runs."""

from __future__ import annotations

import hashlib
import json
import os
import re
import threading
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from milebook.cache.store import Store
from milebook.model.findings import Finding, Place
from milebook.photos.convert import QUALITY, Limits, Print, convert
from milebook.photos.decode import NoPhoto
from milebook.photos.jpeg import Cut, Jpeg, cut, strip
from milebook.photos.known_jpegs import known_jpeg, measured_jpegs, remember, remembered
from milebook.photos.prepared import InMemory, PhotoLost, PreparedPhoto
from milebook.photos.seen import forget_seen
from milebook.source import BookFolder, shown

_LARGE = 12_000_000  # bytes of a file: decoded one at a time, so that memory stays bounded
_LARGE_LOCK = threading.Lock()
_DIGEST = re.compile("[0-9a-f]{64}")
_MOST_HEAD = 1000  # bytes of the facts in front of a kept print


class PhotoPreparer:
    """Prepares the photos of one book folder. `cache` is a folder for what may be kept between runs; "" for none.

    No picture is held in memory between calls, but those that had to be decoded and cannot be kept in a store.
    May be used by several threads and processes at once.
    """

    def __init__(self, folder: BookFolder, cache: str = "") -> None:
        self.folder = folder
        # not through a link that leads out
        inside = cache and Path(os.path.realpath(cache)).is_relative_to(folder.root)
        self._cache = os.path.abspath(cache) if inside else ""  # noqa: PTH100 - not resolved: see Store
        self._store = Store(self._cache)
        self._made: dict[tuple[str, str, Limits], PreparedPhoto] = {}  # by path, SHA-256 of the original, limits

    def __reduce__(self) -> tuple[Callable[..., PhotoPreparer], tuple[BookFolder, str, dict[str, Jpeg]]]:
        # what it has made does not travel, but what was found out of the photos that were read
        return _there, (self.folder, self._cache, measured_jpegs(self.folder.read.values()))

    def prepare(
        self, path: str, *, max_width: int = 0, max_height: int = 0, max_area: int = 0, gray: bool = False,
        quality: int = QUALITY,
    ) -> PreparedPhoto:  # fmt: skip
        """The picture at `path` (relative to the book folder), no larger than the limits (pixels, upright; 0: none).

        It is never made larger than it is. A JPEG that is upright, sRGB or gray and small enough is not re-encoded.
        A photo that this folder has read before is that photo still: whoever fetches it would notice a change.
        Raises PhotoLost where the photo cannot be read, which `examine` would have reported.
        """
        limits = Limits(max_width, max_height, max_area, gray, quality)
        sha256 = self.folder.read.get(path, "")
        made = self._known(path, sha256, limits) if sha256 else None
        if made is None:
            asked = sha256
            data, sha256, findings = self.folder.read_hashed(path, Place(path))
            if data is None:
                raise PhotoLost(findings)
            made = self._known(path, sha256, limits) if sha256 != asked else None
            made = made or self._new(path, data, sha256, limits)
        self._made[path, sha256, limits] = made
        return made

    def prefetch(self, requests: Iterable[tuple[str, dict[str, int | bool]]], threads: int = 0) -> None:
        """Prepares ahead what is not in the store yet, several at a time: (path, the keywords of `prepare`).

        Does nothing without a cache folder. Photos that cannot be read are left for `prepare` to complain about.
        """
        if not self._store.folder:
            return
        from concurrent.futures import ThreadPoolExecutor

        def one(request: tuple[str, dict[str, int | bool]]) -> None:
            path, keywords = request
            try:
                self.prepare(path, **keywords)  # type: ignore[arg-type]
            except PhotoLost:
                return

        with (
            ThreadPoolExecutor(threads or min(4, os.cpu_count() or 1)) as pool,
            suppress(RuntimeError),
        ):  # no more threads
            for _ in pool.map(one, requests):
                pass

    def _known(self, path: str, sha256: str, limits: Limits) -> PreparedPhoto | None:
        """What has been prepared before, now or on an earlier run: the original need not be read for it."""
        made = self._made.get((path, sha256, limits))
        if made is not None:
            return made
        jpeg = remembered(sha256)
        if jpeg is not None and _passes(jpeg, limits):
            if jpeg.cut is None:
                return None  # it has to be measured, and lies in no store
            return self._as_it_came(path, jpeg.cut)
        head, end, _ = self._store.head(_key(sha256, limits), _MOST_HEAD).partition(b"\n")
        facts = _facts(head) if end else None
        return self._in_store(path, sha256, limits, facts) if facts is not None else None

    def _new(self, path: str, data: bytes, sha256: str, limits: Limits) -> PreparedPhoto:
        jpeg = known_jpeg(data, sha256)
        if jpeg is not None and _passes(jpeg, limits):
            jpeg.cut = known = jpeg.cut or cut(data, jpeg)
            return self._as_it_came(path, known)
        picture = _picture(path, data, limits)
        facts = _facts_of(picture)
        if self._store.put(_key(sha256, limits), _entry(facts, picture)):
            return self._in_store(path, sha256, limits, facts)
        return PreparedPhoto(*facts, InMemory(picture.data))

    def _as_it_came(self, path: str, known: Cut) -> PreparedPhoto:
        origin = Original(str(self.folder.root), path, self._cache, known.keep)
        facts = _Facts(known.width, known.height, "image/jpeg", known.gray, known.size, known.crc32, known.sha256)
        return PreparedPhoto(*facts, origin)

    def _in_store(self, path: str, sha256: str, limits: Limits, facts: _Facts) -> PreparedPhoto:
        return PreparedPhoto(*facts, StoredPrint(str(self.folder.root), path, self._cache, sha256, limits))


def _there(folder: BookFolder, cache: str, photos: dict[str, Jpeg]) -> PhotoPreparer:
    """A preparer that has come from another process."""
    remember(photos)
    return PhotoPreparer(folder, cache)


class Original(NamedTuple):
    """A JPEG in the book folder that is printed as it came, without what is not picture."""

    root: str
    path: str
    cache: str
    keep: tuple[tuple[int, int], ...]

    def bring(self) -> bytes:
        return strip(_once_more(self.root, self.path), self.keep)

    def forget(self) -> None:
        forget_seen(self.cache)


class StoredPrint(NamedTuple):
    """A print that lies in the store; where it does not any more, it is made again."""

    root: str
    path: str
    cache: str
    sha256: str  # of the original
    limits: Limits

    def bring(self) -> bytes:
        key = _key(self.sha256, self.limits)
        _, _, picture = (Store(self.cache).get(key) or b"").partition(b"\n")
        if picture:
            return picture
        data = _once_more(self.root, self.path)
        if hashlib.sha256(data).hexdigest() != self.sha256:
            return b""
        made = _picture(self.path, data, self.limits)
        Store(self.cache).put(key, _entry(_facts_of(made), made))
        return made.data

    def forget(self) -> None:
        Store(self.cache).drop(_key(self.sha256, self.limits))


class _Facts(NamedTuple):
    """What stands in front of a kept print: the fields of PreparedPhoto."""

    width: int
    height: int
    media_type: str
    gray: bool
    size: int
    crc32: int
    sha256: str


def _facts_of(picture: Print) -> _Facts:
    return _Facts(*picture[1:], len(picture.data), zlib.crc32(picture.data), hashlib.sha256(picture.data).hexdigest())


def _entry(facts: _Facts, picture: Print) -> bytes:
    """How a print is kept: its facts, which are read alone while a file is composed, and the picture."""
    return json.dumps(facts).encode() + b"\n" + picture.data


def _facts(head: bytes) -> _Facts | None:
    """The facts of an entry, or None where someone else wrote it."""
    try:
        facts = _Facts(*json.loads(head))
    except (ValueError, TypeError, RecursionError):
        return None
    right = [isinstance(value, type(wanted)) for value, wanted in zip(facts, (0, 0, "", False, 0, 0, ""), strict=True)]
    sound = all(right) and facts.width > 0 and facts.height > 0 and facts.size > 0
    return (
        facts if sound and facts.media_type in ("image/jpeg", "image/png") and _DIGEST.fullmatch(facts.sha256) else None
    )


def _fits(width: int, height: int, gray: bool, limits: Limits) -> bool:
    """Whether a JPEG that could be printed as it came may be, under these limits."""
    return limits.fit(width, height) == (width, height) and (gray or not limits.gray)


def _passes(jpeg: Jpeg, limits: Limits) -> bool:
    return jpeg.passes and _fits(jpeg.width, jpeg.height, jpeg.components == 1, limits)


def _picture(path: str, data: bytes, limits: Limits) -> Print:
    """Raises PhotoLost."""
    try:
        if len(data) > _LARGE:
            with _LARGE_LOCK:
                return convert(data, limits)
        return convert(data, limits)
    except NoPhoto as trouble:
        fact = f'the photo "{shown(path)}" cannot be prepared: {trouble.what}'
        hint = "ask the contributor for the photo again, as the camera made it"
        raise PhotoLost([Finding("MB402", fact, Place(path), hint)]) from trouble


def _key(sha256: str, limits: Limits) -> str:
    return Store.key("print", sha256, *limits)


def _once_more(root: str, path: str) -> bytes:
    """The bytes of an original as it is now, none if it is gone. Raises PhotoLost where the disk does not give it."""
    folder = _folder(root)
    data = folder.read_again(path)
    if data is None and (unread := folder.unread(path)):
        raise PhotoLost(unread)
    return data or b""


@lru_cache(maxsize=4)
def _folder(root: str) -> BookFolder:
    """The book folder for fetching. What is fetched was read before, and need not be noted as read again."""
    return BookFolder(Path(root))
