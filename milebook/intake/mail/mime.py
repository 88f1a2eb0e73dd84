"""Take a mail apart: its headers and the tree of its parts, as stretches of the bytes received. Nothing is decoded early."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from typing import NamedTuple

from milebook.intake.mail.headers import Headers

DEEPEST = 30  # levels of parts in parts
MOST_PARTS = 1_000
_USUAL_HEAD = 16_384  # bytes
_BLANK = re.compile(rb"\r?\n[ \t]*\r?\n|\n\r\n")
_BOUNDARY_LINE = re.compile(rb"(?:^|\n)--([^\r\n]{1,200}?)[ \t]*\r?\n(?=[Cc]ontent-)")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=\s]")


class Part(NamedTuple):
    """A leaf of the tree, or a message inside the message. `body` is still in its transfer encoding."""

    headers: Headers
    kind: str  # content type in small letters
    body: bytes
    path: tuple[tuple[str, int], ...]  # the multiparts around it: kind and the number of the child
    number: int  # in the order of the mail

    @property
    def name(self) -> str:
        """The file's name as the sender had it, "" for none."""
        return self.headers.parameter("content-disposition", "filename") or self.headers.parameter(
            "content-type", "name"
        )

    @property
    def attached(self) -> bool:
        return self.headers.raw("content-disposition").strip().lower().startswith("attachment")

    @property
    def content_id(self) -> str:
        return self.headers.raw("content-id").strip().strip("<>").strip()

    @property
    def charset(self) -> str:
        return self.headers.parameter("content-type", "charset")

    def data(self, most: int = 0) -> bytes:
        """The bytes with the transfer encoding undone; with `most`, only so many of the first or a few more."""
        way = self.headers.raw("content-transfer-encoding").strip().strip('"').lower()
        if way == "base64":
            return from_base64(self.body[: most * 3 // 2 + 100] if most else self.body)
        body = self.body[: most * 3 + 100] if most else self.body
        if way in ("quoted-printable", "quoted printable"):
            return binascii.a2b_qp(body)
        if way in ("x-uuencode", "uuencode", "x-uue", "uue"):
            return from_uuencode(body)
        return body


def message(data: bytes) -> tuple[Headers, list[Part]]:
    """The headers of a message and its leaves in order. Never fails: what has no parts is one leaf."""
    if b"\n" not in data[:100_000]:
        data = data.replace(b"\r", b"\n")  # as programs of old Macs end a line
    head, body = _split(data)
    headers = Headers(head)
    return headers, list(_walk(headers, body))


def head(data: bytes) -> Headers:
    """The headers of a message, without a look at its body."""
    end = _BLANK.search(data, 0, _USUAL_HEAD)
    if end and data[:1] not in (b"\n", b"\r"):
        return Headers(data[: end.start() + 1])
    start = data[:1_000_000]
    return Headers(_split(start if b"\n" in start[:100_000] else start.replace(b"\r", b"\n"))[0])


def _split(data: bytes) -> tuple[bytes, bytes]:
    """Head and body. Lines that are no headers end the head as well."""
    if data[:1] in (b"\n",) or data[:2] == b"\r\n":
        return b"", data.lstrip(b"\r\n")
    match = _BLANK.search(data)
    return (data[: match.start() + 1], data[match.end() :]) if match else (data, b"")


def _walk(headers: Headers, body: bytes) -> Iterator[Part]:
    count = 0
    waiting: list[tuple[Headers, bytes, tuple[tuple[str, int], ...]]] = [(headers, body, ())]
    while waiting and count < MOST_PARTS:
        headers, body, path = waiting.pop()
        kind = headers.content_type or (
            "message/rfc822" if path and path[-1][0] == "multipart/digest" else "text/plain"
        )
        if kind.startswith("multipart/") and len(path) < DEEPEST:
            pieces = _pieces(body, headers.parameter("content-type", "boundary"))
            if pieces:
                children = []
                for number, piece in enumerate(pieces[:MOST_PARTS]):
                    head, inner = _split(piece)
                    children.append((Headers(head), inner, (*path, (kind, number))))
                waiting += reversed(children)
                continue
            kind = "text/plain" if b"\0" not in body[:1000] else "application/octet-stream"
        yield Part(headers, kind, body, path, count)
        count += 1


def _pieces(body: bytes, boundary: str) -> list[bytes]:
    """What stands between the lines `--boundary`. Where the header's boundary never comes, the body's own is looked for."""
    for mark in _marks(body, boundary):
        found = _between(body, b"--" + mark)
        if found:
            return found
    return []


def _marks(body: bytes, boundary: str) -> Iterator[bytes]:
    if boundary:
        yield boundary.encode("utf-8", "replace")
        joined = re.sub(r"\s+", "", boundary)  # a boundary that was folded in two
        if joined != boundary:
            yield joined.encode("utf-8", "replace")
    match = _BOUNDARY_LINE.search(body[:100_000])
    if match:
        yield match[1]


def _between(body: bytes, line: bytes) -> list[bytes]:
    at = 0 if body.startswith(line) else _next(body, line, 0)
    pieces: list[bytes] = []
    while at >= 0:
        end = at + len(line)
        if body[end : end + 2] == b"--":
            break
        start = body.find(b"\n", end)
        if start < 0:
            break
        at = _next(body, line, start)
        stop = len(body) if at < 0 else at - 1
        if body[stop - 1 : stop] == b"\r":
            stop -= 1
        pieces.append(body[start + 1 : max(stop, start + 1)])
        if len(pieces) > MOST_PARTS:
            break
    return pieces


def _next(body: bytes, line: bytes, start: int) -> int:
    """Where the next boundary line begins, -1 for nowhere. A longer boundary that begins alike is another one."""
    at = start
    while (at := body.find(b"\n" + line, at)) >= 0:
        end = at + 1 + len(line)
        rest = body[end : end + 200].split(b"\n", 1)[0].strip()
        if rest in (b"", b"--"):
            return at + 1
        at = end
    return -1


def from_base64(body: bytes) -> bytes:
    """Base64 with whatever stands between its letters; a torn end gives what can be had."""
    try:
        return binascii.a2b_base64(body)
    except binascii.Error:
        letters = _NOT_BASE64.sub(b"", body).replace(b"\n", b"").replace(b"\r", b"").replace(b" ", b"").rstrip(b"=")
        letters = letters[: len(letters) - (len(letters) % 4 == 1)]
        try:
            return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))
        except binascii.Error:
            return b""


def from_uuencode(body: bytes) -> bytes:
    """The file in a body that is uuencoded; lines that cannot be decoded are left out."""
    out: list[bytes] = []
    begun = False
    for line in body.splitlines():
        if line.startswith(b"begin "):
            begun = True
        elif line.strip() == b"end":
            break
        elif begun and line:
            try:
                out.append(binascii.a2b_uu(line))
            except binascii.Error:  # some encoders miscount the last characters of a line
                length = (((line[0] - 32) & 63) * 4 + 5) // 3
                try:
                    out.append(binascii.a2b_uu(line[:length]))
                except binascii.Error:
                    continue
    return b"".join(out)
