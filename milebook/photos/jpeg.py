"""Read the structure of a JPEG without decoding it, and take its metadata out.

Re-encoding is the most expensive part of a build, and most photos do not need it: one that lies upright, is sRGB or gray, and is
whole can be printed as it came once everything that is not picture has been cut out.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from milebook.photos.color_profiles import like_srgb

# JFIF version 1.01, square pixels, no thumbnail
_START = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
_END = b"\xff\xd9"
_EXIF, _XMP, _ICC, _ADOBE = b"Exif\x00\x00", b"http://ns.adobe.com/xap/1.0/\x00", b"ICC_PROFILE\x00", b"Adobe"
_XMP_ORIENTATION = re.compile(rb'tiff:Orientation(?:="|>)([1-8])')
_SOF = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_RGB_IDS = (0x52, 0x47, 0x42)  # components called "R", "G", "B": not YCbCr
_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")  # ends coded data: no stuffed byte, no filling, no restart


class _Odd(Exception):
    """Not a JPEG of the usual kind: a real decoder has to say whether it is one."""


class _Cut(Exception):
    """The file stops before the picture does."""


@dataclass(slots=True)
class Jpeg:
    """What the segments say. `whole`: the end of the picture is there. `plain`: see `read_jpeg`."""

    width: int = 0  # as stored, not upright
    height: int = 0
    components: int = 0  # 1 gray, 3 color, 4 CMYK
    orientation: int = 1  # EXIF: 1 to 8
    profile: bytes = b""  # ICC
    adobe: int = -1  # color transform of the Adobe segment; -1: none
    whole: bool = True
    plain: bool = True
    keep: list[tuple[int, int]] = field(default_factory=list)  # slices that are picture
    passes: bool = False  # can be printed as it is: plain, whole, upright, and gray or sRGB
    cut: Cut | None = None  # what `strip` makes of it, once someone has measured that


class Cut(NamedTuple):
    """What `strip` makes of a JPEG that passes, by its facts: `size`, `crc32` and `sha256` are those of the picture."""

    width: int
    height: int
    gray: bool
    keep: tuple[tuple[int, int], ...]
    size: int
    crc32: int
    sha256: str


def read_jpeg(data: bytes) -> Jpeg | None:
    """The facts of a JPEG, or None for anything else. `plain` is False for kinds that only a decoder can vouch for:
    arithmetic, lossless or 12-bit coding, CMYK, RGB not stored as YCbCr, tables or scans that do not fit together.
    """
    if not data.startswith(b"\xff\xd8\xff"):
        return None
    reader = _Reader(data)
    try:
        reader.run()
    except _Cut:
        reader.facts.whole = False
    except (_Odd, IndexError):
        reader.facts.plain = False
    facts = reader.facts
    facts.orientation = reader.exif or reader.xmp or 1  # the camera's word first, as Pillow has it
    facts.passes = facts.plain and facts.whole and facts.orientation == 1 and like_srgb(facts.profile, facts.components)
    return facts


def strip(data: bytes, keep: Iterable[tuple[int, int]]) -> bytes:
    """The picture of a JPEG that `passes`, pixel for pixel, with a plain JFIF header and no metadata at all."""
    return b"".join((_START, *(data[start:end] for start, end in keep), _END))


def cut(data: bytes, facts: Jpeg) -> Cut:
    """The facts of what `strip` would make, without making it."""
    view, size, crc32, digest = memoryview(data), 0, 0, hashlib.sha256()
    pieces: list[bytes | memoryview] = [_START, *(view[start:end] for start, end in facts.keep), _END]
    for piece in pieces:
        size += len(piece)
        crc32 = zlib.crc32(piece, crc32)
        digest.update(piece)
    keep = tuple(facts.keep)
    return Cut(facts.width, facts.height, facts.components == 1, keep, size, crc32, digest.hexdigest())


class _Reader:
    """One walk over the segments. Checks what a decoder would stumble over: tables, components, progression."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.facts = Jpeg()
        self.profiles: dict[int, bytes] = {}
        self.quantizers: set[int] = set()
        self.huffman: set[int] = set()  # class * 16 + number
        self.frame: dict[int, int] = {}  # component -> quantizer
        self.begun: set[int] = set()  # components whose first scan has been seen
        self.progressive = False
        self.exif = 0  # orientations found; 0: none
        self.xmp = 0

    def run(self) -> None:
        position = 2
        while (segment := self._segment(position)) is not None:
            marker, position, end = segment
            body = self.data[position + 4 : end]
            if marker == 0xDA:
                self._scan(body)
                end = self._entropy_end(end)
                self.facts.keep.append((position, end))
            elif 0xE0 <= marker <= 0xEF or marker == 0xFE:
                self._application(marker, body)
            else:
                self._table(marker, body)
                self.facts.keep.append((position, end))
            position = end
        if not self.frame or self.begun != set(self.frame):
            raise _Odd
        self.facts.profile = b"".join(self.profiles[number] for number in sorted(self.profiles))
        components, ids = self.facts.components, tuple(self.frame)
        if components == 4 or (components == 3 and (ids == _RGB_IDS or self.facts.adobe in (0, 2))):
            raise _Odd

    def _segment(self, position: int) -> tuple[int, int, int] | None:
        """The marker, beginning and end of the segment at a position or after its fill bytes; None at the picture's end."""
        data, size = self.data, len(self.data)
        while True:
            if position + 2 > size:
                raise _Cut
            if data[position] != 0xFF:
                raise _Odd
            if (marker := data[position + 1]) != 0xFF:
                break
            position += 1
        if marker == 0xD9:
            return None
        if marker < 0xC0 or 0xD0 <= marker <= 0xD8:
            raise _Odd
        if position + 4 > size:
            raise _Cut
        end = position + 2 + int.from_bytes(data[position + 2 : position + 4])
        if end < position + 4:
            raise _Odd
        if end > size:
            raise _Cut
        return marker, position, end

    def _entropy_end(self, position: int) -> int:
        """Where the coded data that begins at `position` is followed by a marker."""
        found = _MARKER.search(self.data, position)
        if found is None:
            raise _Cut
        return found.start()

    def _application(self, marker: int, body: bytes) -> None:
        if marker == 0xE1 and body.startswith(_EXIF):
            self.exif = self.exif or _exif_orientation(body[6:])
        elif marker == 0xE1 and body.startswith(_XMP):
            found = _XMP_ORIENTATION.search(body)
            self.xmp = self.xmp or (int(found[1]) if found else 0)
        elif marker == 0xE2 and body.startswith(_ICC) and len(body) > 14:
            self.profiles[body[12]] = body[14:]
        elif marker == 0xEE and body.startswith(_ADOBE) and len(body) >= 12:
            self.facts.adobe = body[11]

    def _table(self, marker: int, body: bytes) -> None:
        if marker == 0xDB:
            self._quantizers(body)
        elif marker == 0xC4:
            self._huffman(body)
        elif marker in _SOF:
            self._frame(marker, body)
        elif marker != 0xDD or len(body) != 2:  # a restart interval is the only other thing that belongs to a picture
            raise _Odd

    def _quantizers(self, body: bytes) -> None:
        position = 0
        while position < len(body):
            precision, number = body[position] >> 4, body[position] & 15
            if precision > 1 or number > 3:
                raise _Odd
            self.quantizers.add(number)
            position += 65 + 64 * precision
        if position != len(body):
            raise _Odd

    def _huffman(self, body: bytes) -> None:
        position = 0
        while position < len(body):
            counts = body[position + 1 : position + 17]
            if body[position] & 0xEC or len(counts) < 16 or sum(counts) > 256:
                raise _Odd
            codes = 0
            for length, count in enumerate(counts, 1):
                codes = codes * 2 + count
                if codes > 1 << length:
                    raise _Odd
            self.huffman.add(body[position])
            position += 17 + sum(counts)
        if position != len(body):
            raise _Odd

    def _frame(self, marker: int, body: bytes) -> None:
        facts = self.facts
        if self.frame or len(body) < 6 or len(body) != 6 + 3 * body[5]:
            raise _Odd
        facts.height, facts.width = int.from_bytes(body[1:3]), int.from_bytes(body[3:5])
        facts.components = body[5]
        if marker not in (0xC0, 0xC2) or body[0] != 8 or facts.components not in (1, 3, 4):
            raise _Odd
        if not facts.width or not facts.height:
            raise _Odd
        self.progressive = marker == 0xC2
        for at in range(6, len(body), 3):
            across, down = body[at + 1] >> 4, body[at + 1] & 15
            if not 1 <= across <= 4 or not 1 <= down <= 4 or across * down > 4:
                raise _Odd
            self.frame[body[at]] = body[at + 2]
        if len(self.frame) != facts.components:
            raise _Odd

    def _scan(self, body: bytes) -> None:
        count = body[0]
        if not 1 <= count <= 4 or len(body) != 4 + 2 * count:
            raise _Odd
        first, last, bits = body[-3], body[-2], body[-1]
        high, low = bits >> 4, bits & 15
        if self.progressive:
            fits = (last == 0 if first == 0 else first <= last <= 63 and count == 1) and low <= 13
            if not fits or (high and high - 1 != low):
                raise _Odd
        elif (first, last, bits) != (0, 63, 0):
            raise _Odd
        for at in range(1, 1 + 2 * count, 2):
            component, tables = body[at], body[at + 1]
            needed = set()
            if first == 0 and not high:
                needed.add(tables >> 4)
                self.begun.add(component)
            if first > 0 or not self.progressive:
                needed.add(0x10 + (tables & 15))
            if component not in self.begun or not needed <= self.huffman:
                raise _Odd
            if self.frame.get(component, -1) not in self.quantizers:
                raise _Odd


def _exif_orientation(tiff: bytes) -> int:
    """The orientation in the first directory of an EXIF block, 1 to 8; 0 where there is none."""
    if tiff[:2] not in (b"II", b"MM"):
        return 0

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], "little" if tiff[:2] == b"II" else "big")

    start = number(4, 4)
    for entry in range(min(number(start, 2), 200)):
        at = start + 2 + 12 * entry
        if number(at, 2) == 0x0112:
            value = number(at + 8, 4 if number(at + 2, 2) == 4 else 2)
            return value if 1 <= value <= 8 else 0
    return 0
