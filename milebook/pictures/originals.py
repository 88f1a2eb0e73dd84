"""A photo's bytes as received in, the same picture without place and personal data out, for the publisher's package.

JPEG, PNG and WebP lose only the segments that hold no picture: the image data stay bit for bit what was sent. TIFF and HEIC
keep such data between the picture's own, so they are written anew without loss: TIFF as TIFF, HEIC and the rest as PNG.
"""

from __future__ import annotations

import io
import struct
from typing import NamedTuple

from milebook.pictures.opening import kind_of, load, open_photo, orientation

JPEG_KEPT = frozenset({0xE0, 0xE2, 0xEE})  # JFIF, colour profile, Adobe's colour transform
PNG_DROPPED = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME", b"dSIG"})
WEBP_DROPPED = frozenset({b"EXIF", b"XMP "})
SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "TIFF": ".tif"}


class Original(NamedTuple):
    """`suffix` fits the bytes, whatever the file was called; `as_sent` is False for a picture that was written anew."""

    data: bytes
    suffix: str
    as_sent: bool


def original(data: bytes) -> Original:
    """Raises NoPhoto for what `examine` refuses."""
    kind = kind_of(data).upper()
    if kind == "JPEG":
        return Original(_jpeg(data), ".jpg", True)
    if kind == "PNG":
        return Original(_png(data), ".png", True)
    if kind == "WEBP":
        return Original(_webp(data), ".webp", True)
    return _again(data, kind)


def _jpeg(data: bytes) -> bytes:
    """Without EXIF, XMP, IPTC and comments. How the camera was held stays, as the only EXIF field there is."""
    with open_photo(data) as image:
        lies = orientation(image)
    out = [b"\xff\xd8"]
    if lies != 1:
        tiff = b"II*\0\x08\0\0\0" + struct.pack("<HHHIHHI", 1, 0x0112, 3, 1, lies, 0, 0)
        out.append(b"\xff\xe1" + struct.pack(">H", len(tiff) + 8) + b"Exif\0\0" + tiff)
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xDA:
            end = data.rfind(b"\xff\xd9")
            out.append(data[at : end + 2] if end > at else data[at:])
            break
        (length,) = struct.unpack_from(">H", data, at + 2)
        body = data[at : at + 2 + length]
        profile = marker == 0xE2 and not body[4:].startswith(b"ICC_PROFILE")
        if (not 0xE0 <= marker <= 0xEF or marker in JPEG_KEPT) and marker != 0xFE and not profile:
            out.append(body)
        at += 2 + length
    return b"".join(out)


def _png(data: bytes) -> bytes:
    out, at = [data[:8]], 8
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        kind = data[at + 4 : at + 8]
        if kind not in PNG_DROPPED:
            out.append(data[at : at + 12 + length])
        at += 12 + length
        if kind == b"IEND":
            break
    return b"".join(out)


def _webp(data: bytes) -> bytes:
    chunks, at = [], 12
    while at + 8 <= len(data):
        kind = data[at : at + 4]
        (length,) = struct.unpack_from("<I", data, at + 4)
        chunk = data[at : at + 8 + length + length % 2]
        if kind == b"VP8X":  # its flags must not promise what is cut out
            chunk = chunk[:8] + bytes([chunk[8] & ~0x0C]) + chunk[9:]
        if kind not in WEBP_DROPPED:
            chunks.append(chunk)
        at += 8 + length + length % 2
    body = b"WEBP" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _again(data: bytes, kind: str) -> Original:
    from PIL import Image, ImageOps

    with open_photo(data) as opened:
        profile = opened.info.get("icc_profile", b"")
        load(opened)
        upright = ImageOps.exif_transpose(opened) or opened
        plain = Image.frombytes(upright.mode, upright.size, upright.tobytes())
        if upright.mode == "P":
            plain.putpalette(upright.getpalette() or [])
    buffer = io.BytesIO()
    tiff = kind == "TIFF" or plain.mode not in ("RGB", "RGBA", "L", "LA", "P", "1", "I;16")
    if tiff:
        plain.save(buffer, "TIFF", compression="tiff_lzw", icc_profile=profile)
    else:
        plain.save(buffer, "PNG", icc_profile=profile)
    return Original(buffer.getvalue(), ".tif" if tiff else ".png", False)
