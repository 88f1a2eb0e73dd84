"""The parts of a large book's Draft as bytes: of their words alone there would be hundreds of megabytes in each process."""

from __future__ import annotations

import pickle
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, islice
from typing import Any, overload

from milebook.model.draft import Part

LARGE = 5000  # parts of a Draft in a book so large that memory matters more than half a second
BATCH = 100  # parts that are packed together
_OPEN = 4  # batches that are kept as they are, once someone has asked for them


def pack(value: object) -> bytes:
    """A value that can be pickled, as a third or less of the memory that it takes."""
    return zlib.compress(pickle.dumps(value, 5), 1)


def unpack(data: bytes) -> Any:
    """The value that `pack` was given."""
    return pickle.loads(zlib.decompress(data))


class PackedParts(Sequence[Part]):
    """Parts in their order. A slice of them is a tuple. `pieces` can be sent to another process, and are made Parts there;
    `counts` are how many each of them holds.
    """

    def __init__(self, pieces: Iterable[bytes], counts: Iterable[int]) -> None:
        self.pieces, self.counts = tuple(pieces), tuple(counts)
        self._starts = [0, *accumulate(self.counts)]
        self._open: dict[int, tuple[Part, ...]] = {}

    @classmethod
    def of(cls, parts: Iterable[Part]) -> PackedParts:
        """These Parts, packed as they come."""
        if isinstance(parts, PackedParts):
            return parts
        pieces: list[bytes] = []
        counts: list[int] = []
        waiting = iter(parts)
        while batch := tuple(islice(waiting, BATCH)):
            pieces.append(pack(batch))
            counts.append(len(batch))
        return cls(pieces, counts)

    def __len__(self) -> int:
        return self._starts[-1]

    @overload
    def __getitem__(self, index: int) -> Part: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Part, ...]: ...

    def __getitem__(self, index: int | slice) -> Part | tuple[Part, ...]:
        if isinstance(index, slice):
            return tuple(self[at] for at in range(*index.indices(len(self))))
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        at = index % len(self)
        batch = bisect_right(self._starts, at) - 1
        return self._opened(batch)[at - self._starts[batch]]

    def __iter__(self) -> Iterator[Part]:
        for batch in range(len(self.pieces)):
            yield from self._unpacked(batch)

    def _opened(self, batch: int) -> tuple[Part, ...]:
        found = self._open.get(batch)
        if found is None:
            if len(self._open) >= _OPEN:
                del self._open[next(iter(self._open))]  # the one that was opened first
            found = self._open[batch] = self._unpacked(batch)
        return found

    def _unpacked(self, batch: int) -> tuple[Part, ...]:
        parts: tuple[Part, ...] = unpack(self.pieces[batch])
        return parts


def joined(*stretches: Sequence[Part]) -> Sequence[Part]:
    """The parts of all stretches in a row, packed if any of them are."""
    if not any(isinstance(stretch, PackedParts) for stretch in stretches):
        return tuple(chain(*stretches))
    packed = [PackedParts.of(stretch) for stretch in stretches]
    return PackedParts(chain(*(one.pieces for one in packed)), chain(*(one.counts for one in packed)))
