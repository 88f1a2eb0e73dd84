"""A file before it is written, as pieces in order: bytes, and pictures that are only fetched when the file is written.

A book's photos are most of its bytes, and they stand in every format as they are. Handed on as names, they
take no memory and cost no copying; `write` and `joined` fetch each as it is its turn.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Protocol


class Fetched(Protocol):
    """Bytes that lie elsewhere: how many, and a way to them. `fetch` raises PhotoLost where they are no longer what they were."""

    @property
    def size(self) -> int: ...

    def fetch(self) -> bytes: ...


class Pieces:
    """The bytes of one file. Travels from one process to another."""

    __slots__ = ("parts", "size")

    def __init__(self, parts: Iterable[bytes | Fetched] = ()) -> None:
        self.parts: list[bytes | Fetched] = list(parts)
        self.size = sum(len(part) if isinstance(part, bytes) else part.size for part in self.parts)

    def add(self, part: bytes | Fetched) -> None:
        self.parts.append(part)
        self.size += len(part) if isinstance(part, bytes) else part.size

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[bytes]:
        """The bytes, piece by piece. Raises PhotoLost."""
        for part in self.parts:
            yield part if isinstance(part, bytes) else part.fetch()

    def joined(self) -> bytes:
        """The whole file in memory."""
        return b"".join(self)

    def write(self, handle: BinaryIO) -> str:
        """Write the file; its SHA-256. Raises PhotoLost and OSError."""
        digest = hashlib.sha256()
        for piece in self:
            handle.write(piece)
            digest.update(piece)
        return digest.hexdigest()
