"""Write zip archives with the same bytes on every run; pictures are stored as they are.

`zipfile` would have to read every picture to write it. Here only its size and CRC-32 are wanted, which are known. The bytes
are those that `zipfile` makes of the same files (PKWARE's APPNOTE 6.3: no data descriptors, Zip64 where an archive needs it).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple, Protocol

from milebook.output.file_pieces import Fetched, Pieces

DATE = 0x0021  # of every file: 1 January 1980, 00:00:00, the oldest that a zip can hold
LEVEL = 6  # of deflating
MOST = (1 << 31) - 1  # an offset beyond it is written as Zip64, as `zipfile` does
MOST_FILES = (1 << 16) - 1
MOST_SIZE = (1 << 32) - 1  # of one file
_PIECE = 1 << 18  # deflated bytes that are unpacked at a time
_STORED, _DEFLATED = 0, 8
_UNIX, _MODE = 3, 0o644 << 16
_UTF8 = 0x800  # the flag of a name that is not ASCII
_PLAIN, _ZIP64 = 20, 45  # versions of the format needed to read it
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s4B4H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_OFFSET64 = struct.Struct("<2HQ")


class TooLarge(ValueError):
    """A file of more than 4 GiB, which no reader of documents and e-books would take."""


class Picture(Fetched, Protocol):
    """A file that is fetched when the archive is written."""

    @property
    def crc32(self) -> int: ...


class _Entry(NamedTuple):
    name: bytes
    flags: int
    method: int
    crc32: int
    packed: int  # bytes in the archive
    size: int
    offset: int  # of its local header


class Deflated:
    """A file that is deflated while it is being made, so that a large one is never in memory as a whole."""

    def __init__(self, data: bytes = b"") -> None:
        self.size = self.crc32 = 0
        self._packer: zlib._Compress | None = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        self._packed: list[bytes] = []
        self.add(data)

    def add(self, data: bytes) -> None:
        assert self._packer is not None
        self.size += len(data)
        self.crc32 = zlib.crc32(data, self.crc32)
        self._packed.append(self._packer.compress(data))

    def packed(self) -> bytes:
        """The file deflated; nothing is added any more."""
        if self._packer is not None:
            self._packed = [b"".join([*self._packed, self._packer.flush()])]
            self._packer = None  # it takes a quarter of a megabyte
        return self._packed[0]

    def __iter__(self) -> Iterator[bytes]:
        """The file again, piece by piece."""
        packed, unpacker = self.packed(), zlib.decompressobj(-zlib.MAX_WBITS)
        for at in range(0, len(packed), _PIECE):
            yield unpacker.decompress(packed[at : at + _PIECE])
        yield unpacker.flush()


def deflated(data: bytes) -> Deflated:
    """A whole file deflated, for one that has to wait until it is packed."""
    made = Deflated(data)
    made.packed()
    return made


class Archive:
    """A zip that is being filled. All its files have one date, and no owner."""

    def __init__(self) -> None:
        self._pieces = Pieces()
        self._waiting: list[bytes] = []  # for the next picture: all that comes before it is one piece
        self._size = 0
        self._entries: list[_Entry] = []

    def deflate(self, name: str, content: bytes | Deflated) -> None:
        """Puts a file in that becomes smaller. Raises TooLarge."""
        made = Deflated(content) if isinstance(content, bytes) else content
        packed = made.packed()
        self._begin(name, _DEFLATED, made.crc32, len(packed), made.size)
        self._add(packed)

    def store(self, name: str, content: bytes | Picture) -> None:
        """Puts a file in as it is. Raises TooLarge."""
        if isinstance(content, bytes):
            self._begin(name, _STORED, zlib.crc32(content), len(content), len(content))
            self._add(content)
            return
        self._begin(name, _STORED, content.crc32, content.size, content.size)
        self._pieces.add(b"".join(self._waiting))
        self._waiting.clear()
        self._pieces.add(content)
        self._size += content.size

    def finish(self) -> Pieces:
        """The whole archive."""
        start = self._size
        for entry in self._entries:
            self._add(_central(entry))
        size, count = self._size - start, len(self._entries)
        if count > MOST_FILES or start > MOST or size > MOST:
            at = self._size
            self._add(_END64.pack(b"PK\x06\x06", 44, _ZIP64, _ZIP64, 0, 0, count, count, size, start))
            self._add(_LOCATOR.pack(b"PK\x06\x07", 0, at, 1))
            count, size, start = min(count, 0xFFFF), min(size, 0xFFFFFFFF), min(start, 0xFFFFFFFF)
        self._add(_END.pack(b"PK\x05\x06", 0, 0, count, count, size, start, 0))
        self._pieces.add(b"".join(self._waiting))
        return self._pieces

    def _begin(self, name: str, method: int, crc32: int, packed: int, size: int) -> None:
        if max(packed, size) > MOST_SIZE:
            raise TooLarge(f"{name} has {size} bytes")
        called, flags = (name.encode("ascii"), 0) if name.isascii() else (name.encode(), _UTF8)
        self._entries.append(_Entry(called, flags, method, crc32, packed, size, self._size))
        self._add(
            _LOCAL.pack(b"PK\x03\x04", _PLAIN, flags, method, 0, DATE, crc32, packed, size, len(called), 0) + called
        )

    def _add(self, data: bytes) -> None:
        self._waiting.append(data)
        self._size += len(data)


def _central(entry: _Entry) -> bytes:
    """The record of a file in the directory at the end."""
    offset, extra, version = entry.offset, b"", _PLAIN
    if offset > MOST:
        offset, extra, version = 0xFFFFFFFF, _OFFSET64.pack(1, 8, offset), _ZIP64
    return (
        _CENTRAL.pack(
            b"PK\x01\x02", version, _UNIX, version, 0, entry.flags, entry.method, 0, DATE, entry.crc32,
            entry.packed, entry.size, len(entry.name), len(extra), 0, 0, 0, _MODE, offset,
        )
        + entry.name
        + extra
    )  # fmt: skip
