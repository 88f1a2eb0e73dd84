"""Pictures as received: what the bytes are, how large, and the name a picture gets in the book folder."""

from __future__ import annotations

import re
from collections.abc import Callable

from milebook.intake.items import Picture
from milebook.photos.decode import NoPhoto, kind_of

SUFFIXES = {
    "JPEG": ".jpg", "PNG": ".png", "GIF": ".gif", "BMP": ".bmp", "TIFF": ".tif", "WEBP": ".webp", "AVIF": ".avif", "HEIF": ".heic",
}  # fmt: skip
TRACKING = 4  # pixels: an image with a side shorter than this is there to count readers
SMALL = 50
HEAD = 300_000  # bytes in which the head of a picture says its size


def suffix(head: bytes) -> str:
    """The file suffix that the first bytes of a picture call for; "" for what is no picture."""
    if len(head) < 12:
        return ""
    try:
        return SUFFIXES.get(kind_of(head), "")
    except NoPhoto:
        return ""


def size(head: bytes) -> tuple[int, int]:
    """Width and height as PNG, GIF, JPEG, BMP and WebP heads say them; (0, 0) where they are not found quickly."""
    if head.startswith(b"\x89PNG"):
        return int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
    if head.startswith(b"GIF8"):
        return int.from_bytes(head[6:8], "little"), int.from_bytes(head[8:10], "little")
    if head.startswith(b"BM"):
        return int.from_bytes(head[18:22], "little"), abs(int.from_bytes(head[22:26], "little", signed=True))
    if head.startswith(b"\xff\xd8"):
        return _jpeg_size(head)
    if head[8:16] == b"WEBPVP8X":
        return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
    return 0, 0


def _jpeg_size(head: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 < len(head):
        if head[at] != 0xFF:
            return 0, 0
        marker = head[at + 1]
        if marker in (0xFF, 0x01) or 0xD0 <= marker <= 0xD8:
            at += 1 if marker == 0xFF else 2
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(head[at + 7 : at + 9], "big"), int.from_bytes(head[at + 5 : at + 7], "big")
        at += 2 + max(2, int.from_bytes(head[at + 2 : at + 4], "big"))
    return 0, 0


def picture(name: str, head: bytes, read: Callable[[], bytes]) -> tuple[Picture | None, str]:
    """A Picture for bytes that begin so, and a note. None for what is no picture, or one that only counts readers."""
    found = suffix(head)
    if not found:
        return None, ""
    width, height = size(head)
    called = shown_name(name)
    if 0 < width < TRACKING or 0 < height < TRACKING:
        return None, f"left out: {called or 'an image'} of {width} × {height} pixels, which only counts readers"
    note = ""
    if 0 < width < SMALL and 0 < height < SMALL:
        note = f"{called or 'the photo'} is very small: {width} × {height} pixels"
    return Picture(called, found, read, pixels=(width, height)), note


def shown_name(name: str) -> str:
    """What the sender called a file, without folders and without signs that a terminal would act on."""
    last = re.split(r"[/\\]", name.strip())[-1]
    return "".join(c for c in last if c.isprintable())[:120]


_GENERATED = re.compile(
    r"(?i)\s*(?:description automatically generated|ai-generated content may be incorrect\.?|automatisch generierte beschreibung|"
    r"ki-generierte inhalte können fehlerhaft sein\.?|description générée automatiquement|descripción generada automáticamente|"
    r"descrizione generata automaticamente).*",
    re.DOTALL,
)


def own_alt(alt: str) -> str:
    """An alt text without what Office adds to one that it wrote itself."""
    return " ".join(_GENERATED.sub("", alt).split()).strip(" ,")
