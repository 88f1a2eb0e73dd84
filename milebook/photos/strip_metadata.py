"""Take place and personal data out of a photo for the publisher's package; the picture stays as received.

JPEG, PNG and WebP lose only the segments that hold no picture: the image data stay bit for bit what was sent, and how the
camera was held is stated as before. TIFF and HEIC
keep such data between the picture's own, so they are written again without loss: TIFF as TIFF, HEIC and the rest as PNG.
"""

from __future__ import annotations

import io
import struct
import zlib
from typing import NamedTuple

from milebook.photos.decode import NoPhoto, kind_of, load, open_photo, orientation
from milebook.photos.jpeg import read_jpeg

# What a picture needs to look as it does; whatever else lies between these is about someone or something else.
PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND cHRM cICP gAMA iCCP mDCV cLLI sBIT sRGB bKGD hIST tRNS pHYs sPLT acTL fcTL fdAT".split()
)
WEBP_KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP", b"ANIM", b"ANMF"})
WEBP_EXIF, WEBP_XMP = 0x08, 0x04  # flags of VP8X


class Original(NamedTuple):
    """`suffix` fits the bytes, whatever the file was called; `as_sent` is False for a picture that was written again."""

    data: bytes
    suffix: str
    as_sent: bool


def original(data: bytes) -> Original:
    """Raises NoPhoto for what `examine` refuses."""
    kind = kind_of(data).upper()
    if kind == "JPEG":
        made = _jpeg(data)
        return Original(made, ".jpg", True) if made else _again(data, kind)
    if kind == "PNG":
        return Original(_png(data), ".png", True)
    if kind == "WEBP":
        return Original(_webp(data), ".webp", True)
    return _again(data, kind)


def _jpeg(data: bytes) -> bytes:
    """Without EXIF, XMP, IPTC, comments and second pictures; b"" for a JPEG of a kind too odd to be taken apart.

    How the camera was held stays, as the only EXIF field there is.
    """
    with open_photo(data) as image:
        lies = orientation(image)
    facts = read_jpeg(data)
    if facts is None or not facts.keep:
        return b""
    out = [b"\xff\xd8"]
    if lies != 1:
        tiff = _lying(lies)
        out.append(b"\xff\xe1" + struct.pack(">H", len(tiff) + 8) + b"Exif\0\0" + tiff)
    if facts.adobe >= 0:
        out.append(b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00" + bytes([facts.adobe]))
    for number, piece in enumerate(pieces := _in_pieces(facts.profile), 1):
        head = b"ICC_PROFILE\0" + bytes([number, len(pieces)])
        out.append(b"\xff\xe2" + struct.pack(">H", len(head) + len(piece) + 2) + head + piece)
    out += [data[start:end] for start, end in facts.keep]
    out.append(b"\xff\xd9")
    made = b"".join(out)
    try:
        with open_photo(made) as image:
            load(image)
    except NoPhoto:
        return b""
    return made


def _in_pieces(profile: bytes) -> list[bytes]:
    """A color profile cut to what fits into one segment each."""
    return [profile[at : at + 65_000] for at in range(0, len(profile), 65_000)]


def _lying(lies: int) -> bytes:
    """EXIF data of one field: how the camera was held."""
    return b"II*\0\x08\0\0\0" + struct.pack("<HHHIHHI", 1, 0x0112, 3, 1, lies, 0, 0)


def _png(data: bytes) -> bytes:
    with open_photo(data) as image:
        lies = orientation(image)
    out, at = [data[:8]], 8
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        kind = data[at + 4 : at + 8]
        if kind in PNG_KEPT:
            out.append(data[at : at + 12 + length])
        at += 12 + length
        if kind == b"IHDR" and lies != 1:
            field = b"eXIf" + _lying(lies)
            out.append(struct.pack(">I", len(field) - 4) + field + struct.pack(">I", zlib.crc32(field)))
        if kind == b"IEND":
            break
    return b"".join(out)


def _webp(data: bytes) -> bytes:
    with open_photo(data) as image:
        lies = orientation(image)
    chunks, at = [], 12
    while at + 8 <= len(data):
        kind = data[at : at + 4]
        (length,) = struct.unpack_from("<I", data, at + 4)
        chunk = data[at : at + 8 + length + length % 2]
        if kind == b"VP8X":  # its flags must not promise what is cut out
            flags = (chunk[8] & ~(WEBP_EXIF | WEBP_XMP)) | (WEBP_EXIF if lies != 1 else 0)
            chunk = chunk[:8] + bytes([flags]) + chunk[9:]
        if kind in WEBP_KEPT:
            chunks.append(chunk)
        at += 8 + length + length % 2
    if lies != 1:
        field = _lying(lies)
        chunks.append(b"EXIF" + struct.pack("<I", len(field)) + field)
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
