"""Write PDF syntax: strings, names, numbers and compressed streams (ISO 32000-1, section 7.3)."""

from __future__ import annotations

import zlib
from typing import NamedTuple

_ESCAPED = str.maketrans({"\\": "\\\\", "(": "\\(", ")": "\\)"})


def string(value: str) -> str:
    """A text string."""
    if value.isascii() and value.isprintable():
        return f"({value.translate(_ESCAPED)})"
    return f"<FEFF{value.encode('utf-16-be', 'surrogatepass').hex().upper()}>"


def name(value: str) -> str:
    """A name, with its slash."""
    return "/" + "".join(c if c.isascii() and (c.isalnum() or c in "-_+.") else f"#{ord(c):02X}" for c in value)


def number(value: float) -> str:
    """A number to a hundredth, in as few characters as it takes."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def rectangle(values: tuple[float, float, float, float] | list[float]) -> str:
    return f"[{' '.join([number(value) for value in values])}]"


def ends_well(content: bytes) -> bool:
    """Whether content, once deflated, has a last byte that is no line end.

    A line end there would run into the word after the stream, which PDF/A forbids. The last byte is the lowest of the
    content's checksum (RFC 1950), whatever the level, so that only other content ends otherwise.
    """
    return zlib.adler32(content) & 0xFF not in b"\n\r"


def padded(content: bytes, spare: bytes = b" ") -> bytes:
    """Content that ends well, with as much of `spare` after it as it takes: something, not of zeros, that changes nothing."""
    while not ends_well(content):
        content += spare
    return content


def deflated(content: bytes, spare: bytes = b" ") -> bytes:
    """Content compressed for a stream, padded if it must be."""
    return zlib.compress(padded(content, spare), 6)


class Begun(NamedTuple):
    """The compressed beginning of a stream that something short is to follow, and the checksum of what is in it."""

    data: bytes
    adler: int

    def ended(self, rest: bytes) -> bytes:
        """The whole stream, with `rest` at its end. It ends well."""
        while (adler := zlib.adler32(rest, self.adler)) & 0xFF in b"\n\r":
            rest += b" "
        packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
        return self.data + packer.compress(rest) + packer.flush() + adler.to_bytes(4, "big")


def begun(content: bytes) -> Begun:
    """The compressed beginning of a stream."""
    packer = zlib.compressobj(6)
    return Begun(packer.compress(content) + packer.flush(zlib.Z_SYNC_FLUSH), zlib.adler32(content))
