"""Write a PDF file: objects, object streams and cross references.

ISO 32000-1, sections 7.5.7 and 7.5.8. Photos stay where they are until the file is written (see `Pieces`).
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterator
from heapq import merge
from itertools import islice

from milebook.model.packed_parts import pack, unpack
from milebook.output.file_pieces import Fetched, Pieces
from milebook.writers.pdf.file.syntax import deflated, ends_well

TOGETHER = 200  # objects in one object stream
_PIECE = 1 << 22  # bytes that become one piece of the file: a large one is never copied as a whole
MOST_WAITING = (
    100_000  # objects that wait as they are for the end of the file; of a longer one, those before are packed
)
_PACKED = 2000  # of them together


class Objects:
    """The objects of one file, by their numbers. `packed`: PDF 1.7 with object streams; otherwise PDF 1.4, all in the open."""

    def __init__(self, *, packed: bool) -> None:
        self.packed = packed
        self.count = 0
        self._plain = _Waiting()
        self._where = _Places()
        self._out = _Out(b"%PDF-1.7\n%\xbf\xf7\xa2\xfe\n" if packed else b"%PDF-1.4\n%\xbf\xf7\xa2\xfe\n")

    def reserve(self, count: int = 1) -> int:
        """The first of so many numbers that follow each other."""
        first = self.count + 1
        self.count += count
        return first

    def put(self, number: int, text: str | bytes) -> int:
        """An object, which is not a stream; its number."""
        self._plain.put(number, text.encode("ascii") if isinstance(text, str) else text)
        return number

    def add(self, text: str | bytes) -> int:
        """The same with the next number."""
        return self.put(self.reserve(), text)

    def stream(self, entries: str, data: bytes | Fetched, size: int = -1) -> int:
        """A stream of `size` bytes; its number. `entries` are those of its dictionary but for the length."""
        size = len(data) if isinstance(data, bytes) else size
        number = self.reserve()
        out = self._out
        self._where.put(number, 1, out.size)
        out.add(f"{number} 0 obj\n<<{entries}/Length {size}>>\nstream\n".encode("ascii"))
        out.add(data)
        out.add(b"\nendstream\nendobj\n")
        return number

    def file(self, root: int, info: int) -> Pieces:
        """The whole file."""
        out, where = self._out, self._where
        ends = f"/Root {root} 0 R/Info {info} 0 R"
        if self.packed:
            self._pack(out, where)
            self._cross_reference_stream(out, where, ends)
        else:
            for number, body in self._plain.in_order():
                where.put(number, 1, out.size)
                out.add(b"%d 0 obj\n%s\nendobj\n" % (number, body))
            self._cross_reference_table(out, where, ends)
        return out.pieces()

    def _pack(self, out: _Out, where: _Places) -> None:
        """The objects that are not streams, in object streams."""
        waiting = self._plain.in_order()
        while together := list(islice(waiting, TOGETHER)):
            holder = self.reserve()
            places, offset = [], 0
            for index, (number, body) in enumerate(together):
                places.append(b"%d %d" % (number, offset))
                offset += len(body) + 1
                where.put(number, 2, holder, index)
            head = b" ".join(places) + b"\n"
            data = deflated(head + b"\n".join([body for _, body in together]))
            where.put(holder, 1, out.size)
            entries = f"/Type/ObjStm/N {len(together)}/First {len(head)}/Filter/FlateDecode/Length {len(data)}"
            out.add(b"%d 0 obj\n<<%s>>\nstream\n%s\nendstream\nendobj\n" % (holder, entries.encode("ascii"), data))

    def _cross_reference_stream(self, out: _Out, where: _Places, ends: str) -> None:
        own = self.reserve()
        at = out.size
        where.put(own, 1, at)
        wide = 4 if at < 1 << 32 else 8
        table = bytearray(b"\0" * (1 + wide) + b"\xff\xff")
        for number in range(1, self.count + 1):
            kind, second, third = where.get(number)
            table += bytes((kind,)) + second.to_bytes(wide, "big") + third.to_bytes(2, "big")
        # It may hold nothing that is not a row: one more, of an object that is none, until its bytes end well.
        while not ends_well(bytes(table)):
            self.reserve()
            table += b"\0" * (2 + wide) + b"\1"
        data = deflated(bytes(table))
        entries = (
            f"/Type/XRef/Size {self.count + 1}/W[1 {wide} 2]{ends}/ID{out.identity()}"
            f"/Filter/FlateDecode/Length {len(data)}"
        )
        out.add(b"%d 0 obj\n<<%s>>\nstream\n%s\nendstream\nendobj\n" % (own, entries.encode("ascii"), data))
        out.add(b"startxref\n%d\n%%%%EOF\n" % at)

    def _cross_reference_table(self, out: _Out, where: _Places, ends: str) -> None:
        at = out.size
        rows = [b"%010d 00000 n \n" % where.get(number)[1] for number in range(1, self.count + 1)]
        out.add(b"xref\n0 %d\n0000000000 65535 f \n%s" % (self.count + 1, b"".join(rows)))
        trailer = f"/Size {self.count + 1}{ends}/ID{out.identity()}"
        out.add(f"trailer\n<<{trailer}>>\nstartxref\n{at}\n%%EOF\n".encode("ascii"))


class _Waiting:
    """Objects by their numbers, each put once."""

    def __init__(self) -> None:
        self._open: dict[int, bytes] = {}
        self._packed: list[list[bytes]] = []

    def put(self, number: int, body: bytes) -> None:
        self._open[number] = body
        if len(self._open) >= MOST_WAITING:
            entries = sorted(self._open.items())
            self._open.clear()
            self._packed.append([pack(entries[at : at + _PACKED]) for at in range(0, len(entries), _PACKED)])

    def in_order(self) -> Iterator[tuple[int, bytes]]:
        """Every number with its object; nothing is left of them."""
        stretches = [_unpacked(stretch) for stretch in self._packed]
        numbers = sorted(self._open)
        rest = ((number, self._open.pop(number)) for number in numbers)
        return merge(*stretches, rest) if stretches else rest


def _unpacked(stretch: list[bytes]) -> Iterator[tuple[int, bytes]]:
    for data in stretch:
        yield from unpack(data)


class _Places:
    """Where each object is, by its number: the kind of the cross reference and its two numbers. A large file has a million."""

    def __init__(self) -> None:
        self._kinds, self._firsts, self._seconds = array("B"), array("Q"), array("H")

    def put(self, number: int, kind: int, first: int, second: int = 0) -> None:
        missing = number + 1 - len(self._kinds)
        if missing > 0:
            for row in (self._kinds, self._firsts, self._seconds):
                row.extend([0] * (missing + number // 8))
        self._kinds[number], self._firsts[number], self._seconds[number] = kind, first, second

    def get(self, number: int) -> tuple[int, int, int]:
        return self._kinds[number], self._firsts[number], self._seconds[number]


class _Out:
    """The file as far as it goes."""

    def __init__(self, head: bytes) -> None:
        self.size = 0
        self._parts: list[bytes | Fetched] = []
        self._open: list[bytes] = []
        self._length = 0  # of what is open
        self._digest = hashlib.blake2b(digest_size=16)
        self.add(head)

    def add(self, part: bytes | Fetched) -> None:
        if isinstance(part, bytes):
            self._open.append(part)
            self._digest.update(part)
            self.size += len(part)
            self._length += len(part)
            if self._length > _PIECE:
                self._close()
        else:
            self._close()
            self._parts.append(part)
            self.size += part.size

    def identity(self) -> str:
        """The file's ID: pictures count by their names, which are made of what is in them."""
        made = self._digest.hexdigest().upper()
        return f"[<{made}><{made}>]"

    def _close(self) -> None:
        if self._open:
            self._parts.append(b"".join(self._open))
            self._open.clear()
            self._length = 0

    def pieces(self) -> Pieces:
        self._close()
        return Pieces(self._parts)
