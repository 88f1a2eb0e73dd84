"""Describe a prepared picture: what it is, its size in bytes, and how to fetch its bytes when they are written.

The photos are most of a book's bytes. They are fetched only while a file is being written, one at a time, and each is
compared with what it was when the file was composed.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import Protocol

from milebook.model.findings import Finding
from milebook.source import changed


class PhotoLost(Exception):
    """A photo that `examine` passed can no longer be read: someone changed it meanwhile. `findings` say what is wrong."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("; ".join(finding.message for finding in findings))
        self.findings = findings

    def __reduce__(self) -> tuple[type[PhotoLost], tuple[list[Finding]]]:
        return PhotoLost, (self.findings,)  # it may have to travel from one process to another


class Origin(Protocol):
    """Where a picture's bytes come from. Small, and good in another process too."""

    @property
    def path(self) -> str: ...

    def bring(self) -> bytes:
        """The bytes, or others where the file has been changed; b"" where it can no longer be read."""

    def forget(self) -> None:
        """Throws away what is kept between runs and led here: the next run must not meet it again."""


class InMemory(bytes):
    """A picture that lies nowhere else: it had to be decoded, and there is no store to keep it."""

    path = ""

    def bring(self) -> bytes:
        return self

    def forget(self) -> None:
        """Nothing is kept of it."""


@dataclass(frozen=True, slots=True)
class PreparedPhoto:
    """A picture ready to be set: upright, sRGB or gray, 8 bits, opaque, no metadata. Its bytes are fetched when wanted."""

    width: int  # pixels
    height: int
    media_type: str  # image/jpeg | image/png
    gray: bool  # one channel
    size: int  # bytes
    crc32: int  # of the bytes
    sha256: str
    origin: Origin = field(compare=False, repr=False)

    def fetch(self) -> bytes:
        """The bytes. Raises PhotoLost where they are no longer those that the file was composed with."""
        data = self.origin.bring()
        if len(data) != self.size or zlib.crc32(data) != self.crc32:
            self.origin.forget()
            raise PhotoLost([changed(self.origin.path)])
        return data

    @property
    def data(self) -> bytes:
        return self.fetch()
