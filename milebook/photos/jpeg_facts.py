"""What is known of the JPEGs that are printed as they came: one pack for a book, kept between runs.

Once a photo's facts are known by the digest of the photo, nobody has to read it, walk through it or hash it again before its
file is written.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from threading import Lock

from milebook.cache.installation import installation_digest
from milebook.cache.store import Store
from milebook.photos.jpeg import Cut

MOST = 20_000  # photos; beyond that those that were learnt first are forgotten


class Cuts:
    """Facts by the SHA-256 of the photo. The pack is read when the first is asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, Cut] | None = None
        self._learnt = False
        self._lock = Lock()

    def get(self, sha256: str) -> Cut | None:
        return self._pack().get(sha256)

    def learn(self, sha256: str, cut: Cut) -> None:
        self._pack()[sha256] = cut
        self._learnt = True

    def keep(self) -> None:
        """Puts the pack in the store if there is something new in it."""
        if self._learnt:
            kept = list(self._pack().items())[-MOST:]
            self._store.put(pack_key(), json.dumps([[sha256, *cut] for sha256, cut in kept]).encode())
            self._learnt = False

    def _pack(self) -> dict[str, Cut]:
        with self._lock:
            if self._known is None:
                kept = self._store.get(pack_key()) if self._store.folder else None
                self._known = dict(_read(kept)) if kept is not None else {}
            return self._known


def pack_key() -> str:
    return Store.key("cuts", installation_digest())


def _read(kept: bytes) -> Iterator[tuple[str, Cut]]:
    """The facts of a pack. What somebody else wrote there, and has not these shapes, is passed over."""
    with suppress(ValueError, TypeError, RecursionError):
        for photo, width, height, gray, keep, size, crc32, sha256 in json.loads(kept):
            slices = tuple((start, end) for start, end in keep)
            numbers = (width, height, size, crc32, *(place for pair in slices for place in pair))
            whole = all(type(number) is int and number >= 0 for number in numbers) and min(width, height, size) > 0
            digests = isinstance(photo, str) and isinstance(sha256, str) and len(sha256) == len(photo) == 64
            if whole and digests and sha256.isalnum() and type(gray) is bool:
                yield photo, Cut(width, height, gray, slices, size, crc32, sha256)
