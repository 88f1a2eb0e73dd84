"""Values in, PDF syntax out: strings, names, numbers and compressed streams, as ISO 32000-1 section 7.3 has them."""

from __future__ import annotations

import zlib
from typing import NamedTuple

_ESCAPED = str.maketrans({"\\": "\\\\", "(": "\\(", ")": "\\)"})
_LINE_ENDS = (b"\n", b"\r")


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


def deflated(content: bytes) -> bytes:
    """Content compressed for a stream. Never with a line end as its last byte, which would run into the word after it:
    PDF/A forbids that.
    """
    packed = zlib.compress(content, 6)
    for level in (9, 5, 4, 3, 2, 1, 0):
        if packed[-1:] not in _LINE_ENDS:
            return packed
        packed = zlib.compress(content, level)
    return packed if packed[-1:] not in _LINE_ENDS else zlib.compress(content + b" ", 9)


class Begun(NamedTuple):
    """The compressed beginning of a stream that something short is to follow, and the checksum of what is in it."""

    data: bytes
    adler: int

    def ended(self, rest: bytes) -> bytes:
        """The whole stream, with `rest` at its end; its last byte is no line end (see `deflated`)."""
        while True:
            packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
            whole = (
                self.data + packer.compress(rest) + packer.flush() + zlib.adler32(rest, self.adler).to_bytes(4, "big")
            )
            if whole[-1:] not in _LINE_ENDS:
                return whole
            rest += b" "


def begun(content: bytes) -> Begun:
    """The compressed beginning of a stream."""
    packer = zlib.compressobj(6)
    return Begun(packer.compress(content) + packer.flush(zlib.Z_SYNC_FLUSH), zlib.adler32(content))
