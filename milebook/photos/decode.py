"""Open the bytes of a photo as a Pillow image, or say why they cannot be printed.

The decoder is chosen by what the bytes are, never by the file's name, and is called directly: formats that no one sends as
a photo (some of which run programs) are never tried, and nothing in Pillow's global state is touched.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 60_000_000
MOST_PIXELS_OF_PHONES = 250_000_000  # telephones take up to 200 million; a JPEG is decoded at a fraction of the size
_OF_PHONES = ("JPEG", "HEIF")

FOREIGN, DAMAGED, HUGE, UNKNOWN = "foreign", "damaged", "huge", "unknown"
_WARNINGS = threading.Lock()  # the filters of `warnings` belong to the whole process

_OPENERS = {  # format -> module, class; all but the last are Pillow's own
    "JPEG": ("PIL.JpegImagePlugin", "JpegImageFile"),
    "PNG": ("PIL.PngImagePlugin", "PngImageFile"),
    "GIF": ("PIL.GifImagePlugin", "GifImageFile"),
    "BMP": ("PIL.BmpImagePlugin", "BmpImageFile"),
    "TIFF": ("PIL.TiffImagePlugin", "TiffImageFile"),
    "WEBP": ("PIL.WebPImagePlugin", "WebPImageFile"),
    "AVIF": ("PIL.AvifImagePlugin", "AvifImageFile"),
    "HEIF": ("pillow_heif.as_plugin", "HeifImageFile"),
}
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"heif")
_STRANGERS = (
    (b"%PDF", "a PDF"),
    (b"%!PS", "a PostScript drawing"),
    (b"8BPS", "a Photoshop file"),
    (b"PK\x03\x04", "a zip file or a document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "a text document"),
    (b"FUJIFILMCCD-RAW", "a camera's raw file"),
    (b"IIRO", "a camera's raw file"),
    (b"IIU\x00", "a camera's raw file"),
)


class NoPhoto(Exception):
    """Why bytes cannot be printed as a photo. `kind` is FOREIGN, DAMAGED, HUGE or UNKNOWN; `what` words for a message."""

    def __init__(self, kind: str, what: str) -> None:
        super().__init__(what)
        self.kind, self.what = kind, what


def kind_of(data: bytes) -> str:
    """A format of `_OPENERS`; raises NoPhoto with a description for anything else."""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WEBP"
    if data.startswith((b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")):
        if data[8:10] == b"CR":
            raise NoPhoto(FOREIGN, "a camera's raw file")
        return "TIFF"
    if data.startswith(b"BM") and len(data) > 26 and data[14] in (12, 40, 52, 56, 64, 108, 124):
        return "BMP"
    if data[4:8] == b"ftyp":
        brands = data[8 : max(16, min(int.from_bytes(data[:4]), 200))]
        if b"avif" in brands or b"avis" in brands:
            return "AVIF"
        if any(brand in brands for brand in _HEIF_BRANDS):
            return "HEIF"
        raise NoPhoto(FOREIGN, "a camera's raw file" if b"crx " in brands else "a video")
    raise NoPhoto(FOREIGN, _description(data))


def most_pixels(kind: str) -> int:
    """The most pixels that a photo of a format of `_OPENERS` may have."""
    return MOST_PIXELS_OF_PHONES if kind in _OF_PHONES else MOST_PIXELS


def open_photo(data: bytes) -> Image:
    """The image with its header read and nothing decoded, at most `most_pixels`. Raises NoPhoto."""
    kind = kind_of(data)
    module, name = _OPENERS[kind]
    try:
        plugin: Callable[[BytesIO], Image] = getattr(import_module(module), name)
    except (ImportError, AttributeError):
        raise NoPhoto(UNKNOWN, kind) from None
    if kind == "AVIF":
        from PIL import features

        if not features.check("avif"):
            raise NoPhoto(UNKNOWN, kind)
    if kind == "PNG":
        data = _png(data)
    with _WARNINGS, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about odd metadata, which is thrown away; pixels are counted below
        try:
            image = plugin(BytesIO(data))
        except Exception as error:  # a decoder fed with noise raises anything
            raise NoPhoto(DAMAGED, "its beginning makes no sense") from error
    width, height = image.size
    if width < 1 or height < 1:
        raise NoPhoto(DAMAGED, "it has no size")
    if width * height > most_pixels(kind):
        raise NoPhoto(HUGE, f"{width:,} x {height:,} pixels")
    return image


def load(image: Image) -> None:
    """Decodes the whole (first) picture. Raises NoPhoto where it stops short or makes no sense."""
    try:
        image.load()
    except MemoryError as error:
        raise NoPhoto(HUGE, "{:,} x {:,} pixels".format(*image.size)) from error
    except Exception as error:  # see open_photo
        raise NoPhoto(DAMAGED, "the file stops before the picture does, or is spoilt inside") from error


def orientation(image: Image) -> int:
    """How the picture lies, as EXIF counts it: 1 upright, 6 to be turned a quarter clockwise … 1 to 8."""
    with _WARNINGS, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            value = image.getexif().get(0x0112, 1)
        except Exception:  # damaged metadata is no reason to refuse a sound picture
            return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def several(image: Image) -> bool:
    """Whether the file holds more pictures than the one that is printed: an animation, or the pages of a scan."""
    if image.format == "JPEG":  # second pictures of phones (depth, gain maps) are not pages
        return False
    try:
        return bool(getattr(image, "is_animated", False))
    except Exception:  # see open_photo
        return False


def _png(data: bytes) -> bytes:
    """The PNG without its text: a few bytes there can unpack to gigabytes. Raises NoPhoto where the file stops short."""
    kept, position = [data[:8]], 8
    while True:
        length = int.from_bytes(data[position : position + 4])
        end = position + 12 + length
        if end > len(data) or position + 12 > len(data):
            raise NoPhoto(DAMAGED, "the file stops before the picture does")
        name = data[position + 4 : position + 8]
        if name not in (b"tEXt", b"zTXt", b"iTXt"):
            kept.append(data[position:end])
        position = end
        if name == b"IEND":
            return b"".join(kept)


def _description(data: bytes) -> str:
    if not data:
        return "empty"
    if not data.strip(b"\x00"):
        return "nothing but zeros"
    for magic, what in _STRANGERS:
        if data.startswith(magic):
            return what
    start = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in start:
        return "an SVG drawing"
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return "a web page"
    if start.startswith(b"<?xml"):
        return "an XML file"
    try:
        data[:1000].decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < 990:
            return "of no kind that milebook knows"
    return "a text"
