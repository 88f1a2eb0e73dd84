"""The path of a photo in, the picture that all writers set out: developed once, then kept on a shelf between runs."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from milebook.findings import Finding, Place
from milebook.pictures.developing import VERSION, Limits, Print, develop
from milebook.pictures.jpeg import Jpeg, known_jpeg, strip
from milebook.pictures.opening import NoPhoto
from milebook.shelf import Shelf
from milebook.source import BookFolder, shown

_LARGE = 12_000_000  # bytes of a file: decoded one at a time, so that memory stays bounded
_LARGE_LOCK = threading.Lock()


class Developed(NamedTuple):
    """A picture ready to be set: upright, sRGB or grey, 8 bits, opaque, no metadata."""

    data: bytes
    width: int  # pixels
    height: int
    media_type: str  # image/jpeg | image/png
    gray: bool  # one channel
    sha256: str  # of `data`


class PhotoLost(Exception):
    """A photo that `examine` passed can no longer be read: somebody changed it meanwhile. `findings` say what is wrong."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("; ".join(finding.message for finding in findings))
        self.findings = findings

    def __reduce__(self) -> tuple[type[PhotoLost], tuple[list[Finding]]]:
        return PhotoLost, (self.findings,)  # it may have to travel from one process to another


class Darkroom:
    """Develops the photos of one book folder. `cache` is a folder for what may be kept between runs; "" for none.

    Nothing is held in memory between calls. May be used by several threads and processes at once.
    """

    def __init__(self, folder: BookFolder, cache: str = "") -> None:
        self.folder = folder
        inside = cache and Path(os.path.realpath(cache)).is_relative_to(
            folder.root
        )  # not through a link that leads out
        self._shelf = Shelf(f"{cache}/photos" if inside else "")

    def develop(
        self, path: str, *, max_width: int = 0, max_height: int = 0, max_area: int = 0, gray: bool = False
    ) -> Developed:
        """The picture at `path` (relative to the book folder), no larger than the limits (pixels, upright; 0: none).

        It is never made larger than it is. A JPEG that is upright, sRGB or grey and small enough is not re-encoded.
        Raises PhotoLost where the photo cannot be read, which `examine` would have reported.
        """
        limits = Limits(max_width, max_height, max_area, gray)
        data, sha256, findings = self.folder.read_hashed(path, Place(path))
        if data is None:
            raise PhotoLost(findings)
        jpeg = _as_it_came(data, sha256, limits)
        if jpeg is not None:
            picture = strip(data, jpeg)
            jpeg.stripped = jpeg.stripped or hashlib.sha256(picture).hexdigest()
            return Developed(picture, jpeg.width, jpeg.height, "image/jpeg", jpeg.components == 1, jpeg.stripped)
        made = self._made(data, sha256, limits, path)
        return Developed(*made, hashlib.sha256(made.data).hexdigest())

    def prefetch(self, requests: Iterable[tuple[str, dict[str, int | bool]]], threads: int = 0) -> None:
        """Develops ahead what is not on the shelf yet, several at a time: (path, the keywords of `develop`).

        Does nothing without a cache folder. Photos that cannot be read are left for `develop` to complain about.
        """
        if not self._shelf.folder:
            return
        from concurrent.futures import ThreadPoolExecutor

        def one(request: tuple[str, dict[str, int | bool]]) -> None:
            path, keywords = request
            data, sha256, _ = self.folder.read_hashed(path, Place(path))
            limits = Limits(**keywords)  # type: ignore[arg-type]
            if data is not None and _as_it_came(data, sha256, limits) is None:
                try:
                    self._made(data, sha256, limits, path)
                except PhotoLost:
                    return

        with ThreadPoolExecutor(threads or min(4, os.cpu_count() or 1)) as pool:
            for _ in pool.map(one, requests):
                pass

    def finish(self) -> None:
        """Ends a run: throws out of the cache what many runs have not used."""
        self._shelf.prune()

    def _made(self, data: bytes, sha256: str, limits: Limits, path: str) -> Print:
        key = Shelf.key("print", VERSION, _decoders(), sha256, *limits)
        kept = self._shelf.get(key)
        if kept is not None:
            head, _, picture = kept.partition(b"\n")
            width, height, media_type, gray = json.loads(head)
            return Print(picture, width, height, media_type, gray)
        try:
            if len(data) > _LARGE:
                with _LARGE_LOCK:
                    made = develop(data, limits)
            else:
                made = develop(data, limits)
        except NoPhoto as trouble:
            fact = f'the photo "{shown(path)}" cannot be developed: {trouble.what}'
            hint = "ask the contributor for the photo again, as the camera made it"
            raise PhotoLost([Finding("MB402", fact, Place(path), hint)]) from trouble
        self._shelf.put(key, json.dumps(made[1:]).encode() + b"\n" + made.data)
        return made


def _as_it_came(data: bytes, sha256: str, limits: Limits) -> Jpeg | None:
    """The facts of a JPEG that needs nothing but its metadata cut out."""
    jpeg = known_jpeg(data, sha256)
    if jpeg is None or not jpeg.passes or limits.fit(jpeg.width, jpeg.height) != (jpeg.width, jpeg.height):
        return None
    return None if limits.gray and jpeg.components != 1 else jpeg


@cache
def _decoders() -> str:
    """The versions of what decodes and encodes, without loading it: other versions may make other bytes."""
    from importlib.metadata import PackageNotFoundError, version

    found = []
    for name in ("Pillow", "pillow-heif"):
        try:
            found.append(version(name))
        except PackageNotFoundError:
            found.append("")
    return " ".join(found)
