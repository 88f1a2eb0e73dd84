"""The parts of a large book's Draft as bytes: of their words alone there would be hundreds of megabytes in each process."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterator, Sequence
from typing import Any, overload

from milebook.model.draft import Part

BATCH = 100  # parts that are packed together
_OPEN = 4  # batches that are kept as they are, once someone has asked for them


def pack(value: object) -> bytes:
    """A value that can be pickled, as a third or less of the memory that it takes."""
    return zlib.compress(pickle.dumps(value, 5), 1)


def unpack(data: bytes) -> Any:
    """The value that `pack` was given."""
    return pickle.loads(zlib.decompress(data))


class PackedParts(Sequence[Part]):
    """Parts in their order. A slice of them is a tuple. `pieces` can be sent to another process, and are made Parts there."""

    def __init__(self, pieces: Sequence[bytes], count: int) -> None:
        self._count = count
        self.pieces = tuple(pieces)
        self._open: dict[int, tuple[Part, ...]] = {}

    @classmethod
    def of(cls, parts: Sequence[Part]) -> PackedParts:
        """These Parts, packed."""
        batches = (parts[first : first + BATCH] for first in range(0, len(parts), BATCH))
        return cls([pack(batch) for batch in batches], len(parts))

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Part: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Part, ...]: ...

    def __getitem__(self, index: int | slice) -> Part | tuple[Part, ...]:
        if isinstance(index, slice):
            return tuple(self[at] for at in range(*index.indices(self._count)))
        if not -self._count <= index < self._count:
            raise IndexError(index)
        batch, at = divmod(index % self._count, BATCH)
        return self._opened(batch)[at]

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
