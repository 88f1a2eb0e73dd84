"""Look at a photo as received: its size and kind, and what is wrong with it. Nothing is converted.

A JPEG that can be printed as it came is not even decoded: its segments tell whether it is whole. Everything else is decoded
once, which takes up to a second for each photo, and what was found is kept beside the prepared photos.
"""

from __future__ import annotations

import hashlib
import json
from io import BytesIO
from pathlib import PurePosixPath
from typing import NamedTuple

from milebook.cache.store import Store
from milebook.model.findings import Finding, Place
from milebook.photos.color_profiles import like_srgb
from milebook.photos.decode import DAMAGED, FOREIGN, HUGE, NoPhoto, load, most_pixels, open_photo, orientation, several
from milebook.photos.known_jpegs import known_jpeg, remembered
from milebook.photos.seen import SeenPhotos
from milebook.source import BookFolder, shown

LEAST_WIDTH = 900  # pixels: three inches at 300 to the inch, less than any text column
_LASTING = ("", FOREIGN, DAMAGED)  # the other troubles depend on this computer

_RAW = frozenset(
    {".dng", ".nef", ".nrw", ".arw", ".cr2", ".cr3", ".orf", ".pef", ".rw2", ".raf", ".srw", ".3fr", ".iiq"}
)
_ASK = "ask the contributor for the photo again, as the camera made it: JPEG, PNG, TIFF, WebP or HEIC"


class PhotoFacts(NamedTuple):
    """What a sound photo is. `width` and `height` are pixels as it is seen, upright."""

    path: str  # relative to the book folder
    width: int
    height: int
    format: str  # JPEG | PNG | GIF | BMP | TIFF | WEBP | AVIF | HEIF, by its bytes
    mode: str  # Pillow's: RGB, L, CMYK, P, RGBA, I;16 …
    sha256: str
    bytes: int
    orientation: int = 1  # as stored: 1 upright … 8
    profile: str = ""  # "" none | "sRGB" | "other" | "damaged"
    several: bool = False  # an animation or the pages of a scan
    passes: bool = False  # can be printed as it came, without its metadata

    @property
    def gray(self) -> bool:
        return self.mode in ("1", "L", "LA", "I", "I;16", "I;16B", "F")


class _Verdict(NamedTuple):
    """What the bytes alone decide, whatever they are called: a trouble, or the facts."""

    trouble: str = ""  # a kind of NoPhoto
    what: str = ""
    width: int = 0
    height: int = 0
    format: str = ""
    mode: str = ""
    orientation: int = 1
    profile: str = ""
    several: bool = False
    passes: bool = False


def examine(
    folder: BookFolder, path: str, place: Place, cache: str = "", seen: SeenPhotos | None = None
) -> tuple[PhotoFacts | None, list[Finding]]:
    """The facts of the photo at `path` (relative to the book folder), or None with the reason.

    `place` is where the path was written. `cache` is a folder for what may be kept between runs, "" for none.
    Who gives one is going to print: a photo that can be printed as it came is measured while its bytes are at hand.
    One that is among those `seen` and was not touched since is not read.
    """
    store = Store(cache)
    sha256, size, findings = seen.untouched(folder, path, place) if seen else ("", 0, [])
    verdict = _known(sha256, store) if sha256 else None
    if verdict is None:
        data, sha256, more = folder.read_hashed(path, place)
        findings = [*findings, *more]
        if data is None:
            return None, findings
        size, verdict = len(data), _judge(data, sha256, store)
    if not verdict.trouble and verdict.format == "TIFF" and PurePosixPath(path).suffix.lower() in _RAW:
        verdict = _Verdict(FOREIGN, "a camera's raw file")
    if verdict.trouble:
        return None, [*findings, _refusal(verdict, path, place)]
    facts = PhotoFacts(path, verdict.width, verdict.height, verdict.format, verdict.mode, sha256, size, *verdict[6:])
    return facts, [*findings, *_doubts(facts, place)]


def unprintable(data: bytes) -> str:
    """Why the bytes of a photo cannot be printed, in words; "" for a sound one. For photos that are not in the book yet."""
    verdict = _judge(data, hashlib.sha256(data).hexdigest(), Store(""))
    if verdict.trouble == DAMAGED:
        return f"it is damaged ({verdict.what})"
    if verdict.trouble == HUGE:
        return f"it has {verdict.what}, which is more than milebook reads"
    if verdict.trouble == FOREIGN:
        return f"it is {verdict.what}"
    return f"it is of the kind {verdict.what}, which milebook cannot read on this computer" if verdict.trouble else ""


def _judge(data: bytes, sha256: str, store: Store) -> _Verdict:
    jpeg = known_jpeg(data, sha256, measured=bool(store.folder))
    if jpeg is not None and not jpeg.whole:
        return _Verdict(DAMAGED, "the file stops before the picture does")
    known = _known(sha256, store)
    if known is not None:
        return known
    try:
        verdict = _look(data)
    except NoPhoto as trouble:
        verdict = _Verdict(trouble.kind, trouble.what)
    if verdict.trouble in _LASTING:
        store.put(_key(sha256), json.dumps(verdict).encode())
    return verdict


def _known(sha256: str, store: Store) -> _Verdict | None:
    """The verdict on a photo that was looked at before, or can be printed as it came. Its bytes are not needed for it."""
    jpeg = remembered(sha256)
    if jpeg is not None and jpeg.passes and jpeg.width * jpeg.height <= most_pixels("JPEG"):
        mode = "L" if jpeg.components == 1 else "RGB"
        return _Verdict("", "", jpeg.width, jpeg.height, "JPEG", mode, 1, "sRGB" if jpeg.profile else "", False, True)
    return _verdict(store.get(_key(sha256)))


def _key(sha256: str) -> str:
    return Store.key("photo", sha256)


def _verdict(kept: bytes | None) -> _Verdict | None:
    """What was kept of a photo; None for nothing, and for anything of another shape."""
    try:
        verdict = _Verdict(*json.loads(kept or b"null"))
    except (ValueError, TypeError, RecursionError):
        return None
    right = [type(value) is type(usual) for value, usual in zip(verdict, _Verdict(), strict=True)]
    sound = all(right) and verdict.trouble in _LASTING
    return verdict if sound and (verdict.trouble or min(verdict.width, verdict.height) > 0) else None


def _look(data: bytes) -> _Verdict:
    """Opens and decodes. A JPEG is decoded at an eighth of its size, which reads all of it and costs least."""
    image = open_photo(data)
    mode, form, more = image.mode, image.format or "", several(image)
    if form == "JPEG":
        (width, height), lies = image.size, orientation(image)
        image.draft(mode, (max(1, width // 8), max(1, height // 8)))
        load(image)
    else:
        load(image)
        (width, height), lies = image.size, orientation(image)  # see `prepare`
    profile = _profile(image.info.get("icc_profile") or b"", mode)
    if lies >= 5:
        width, height = height, width
    return _Verdict("", "", width, height, form, mode, lies, profile, more, False)


def _profile(profile: bytes, mode: str) -> str:
    if not profile:
        return ""
    if like_srgb(profile, 1 if mode in ("1", "L", "LA", "I;16") else 3):
        return "sRGB"
    from PIL import ImageCms

    try:
        space = ImageCms.ImageCmsProfile(BytesIO(profile)).profile.xcolor_space.strip()
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return "damaged"
    model = {"1": "GRAY", "L": "GRAY", "LA": "GRAY", "I;16": "GRAY", "CMYK": "CMYK", "LAB": "Lab"}.get(mode, "RGB")
    return "other" if space == model else "damaged"


def _refusal(verdict: _Verdict, path: str, place: Place) -> Finding:
    name = shown(path)
    if verdict.trouble == FOREIGN:
        return Finding("MB401", f'"{name}" is {verdict.what}, not a photo', place, _ASK)
    if verdict.trouble == HUGE:
        fact = f'"{name}" has {verdict.what}, which is more than milebook reads'
        return Finding("MB403", fact, place, "save a smaller copy; 6,000 pixels across are plenty for a book page")
    if verdict.trouble == DAMAGED:
        return Finding("MB402", f'the photo "{name}" is damaged: {verdict.what}', place, _ASK)
    fact = f'"{name}" is a photo of the kind {verdict.what}, which milebook cannot read on this computer'
    return Finding("MB406", fact, place, "save it as JPEG, or install milebook with all its parts again")


def _doubts(facts: PhotoFacts, place: Place) -> list[Finding]:
    name, findings = shown(facts.path), []
    if facts.several:
        fact = f'"{name}" holds several pictures; only the first is printed'
        findings.append(Finding("MB404", fact, place, "save the picture you want as a file of its own"))
    if facts.width < LEAST_WIDTH:
        fact = (
            f'the photo "{name}" is only {facts.width:,} pixels wide, good for {facts.width / 300:.1f} inches in print'
        )
        hint = "photos shrink when they are mailed or shared: ask the contributor for the camera's original"
        findings.append(Finding("MB405", fact, place, hint))
    if facts.profile == "damaged":
        fact = f'the photo "{name}" has a damaged color profile, and is read as ordinary sRGB'
        findings.append(Finding("MB407", fact, place, "compare its colors in the proof with the original"))
    return findings
