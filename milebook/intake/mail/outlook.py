"""Outlook's own files, `.msg` and `winmail.dat`: read if the user has installed what reads them, else told how to save them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any

from milebook.intake import plain_text
from milebook.intake.charset import decoded
from milebook.intake.documents.attached import document_in
from milebook.intake.documents.rtf import passages_of
from milebook.intake.documents.word import Document
from milebook.intake.html_text import from_html
from milebook.intake.inputs import Input
from milebook.intake.items import UNREADABLE, Found, Original, Passage
from milebook.intake.mail.forwards import own_lines, unquoted
from milebook.intake.mail.headers import sender
from milebook.intake.mail.own_text import LITTLE
from milebook.intake.mail.subjects import take_forwarded, take_subject
from milebook.intake.options import Options
from milebook.intake.pictures import HEAD, picture

TNEF = b"\x78\x9f\x3e\x22"
SAVE_AS = "open it in Outlook or another mail program and save it as .eml, or install what reads it: pip install"


def library(name: str) -> Any:
    """An optional library, None if the user does not have it."""
    try:
        return import_module(name)
    except Exception:  # an installed library may also be broken, in any way
        return None


def read_tnef(item: Found, data: bytes, again: Callable[[], bytes]) -> None:
    """Text and pictures of a `winmail.dat` into the mail that it came with."""
    if not data.startswith(TNEF):
        item.notes.append("its winmail.dat is damaged and was not read")
        return
    tnefparse = library("tnefparse")
    if tnefparse is None:
        item.notes.append(
            f"its text or photos are in a winmail.dat of Outlook’s: ask for them again, {SAVE_AS} tnefparse"
        )
        return
    try:
        read = tnefparse.TNEF(data)
        if not item.passages:
            item.passages = _tnef_text(read)
        for number, attached in enumerate(read.attachments):
            name = attached.long_filename() if hasattr(attached, "long_filename") else str(attached.name)

            def bytes_again(number: int = number) -> bytes:
                return bytes(tnefparse.TNEF(again()).attachments[number].data)

            _attached(item, str(name or "").rstrip("\0"), bytes(attached.data), bytes_again)
    except Exception as error:  # the library raises whatever a damaged file makes it stumble over
        item.notes.append(f"its winmail.dat could not be read ({type(error).__name__})")


def _tnef_text(read: Any) -> list[Passage]:
    """The text of a `winmail.dat`, in the first of the three forms in which it may hold it."""
    rich, plain, packed = read.htmlbody, read.body, getattr(read, "rtfbody", None)
    if rich:
        return from_html(rich if isinstance(rich, str) else decoded(bytes(rich))[0]).passages
    if plain:
        text = plain if isinstance(plain, str) else decoded(bytes(plain))[0]
        return plain_text.passages(text.replace("\r\n", "\n").split("\n"))
    return passages_of(bytes(packed)) if packed else []


def _attached(item: Found, name: str, data: bytes, again: Callable[[], bytes]) -> None:
    """A file that came with a message: a picture, or the text, where the message itself has none."""
    found, note = picture(name, data[:HEAD], again)
    if found is not None:
        item.pictures.append(found)
    elif not note and not item.passages and (document := _document(name, data, again)):
        item.passages, item.heading = document.passages, document.title
        item.pictures += document.pictures
        item.notes += document.notes
        came = f"the text is from the attached {name or 'file'}"
        note = f"attached: {name}: {document.problem}" if document.problem else came
    elif not note:
        note = f"attached, and not imported: {name or 'a message'}"
    if note:
        item.notes.append(note)


def _document(name: str, data: bytes, again: Callable[[], bytes]) -> Document | None:
    """What an attached Word, RTF or text file holds, or why it cannot be read; None for a file of another kind."""
    document = document_in(data, again=again)
    if document is None and name.lower().endswith((".txt", ".text")) and b"\0" not in data[:2_000]:
        document = Document(passages=plain_text.passages(decoded(data)[0].split("\n")))
    return document if document and (document.passages or document.problem) else None


def read(one: Input, options: Options) -> Iterator[Found]:
    """A `.msg` file, or a `winmail.dat` that was saved by itself. Raises TooLarge and OSError."""
    data = one.read()
    digest = hashlib.sha256(data).hexdigest()
    if data.startswith(TNEF):
        item = Found("email", f"sha256:{digest}", one.shown, original=Original(".dat", digest, one.path.read_bytes))
        read_tnef(item, data, one.path.read_bytes)
        if not (item.passages or item.pictures):
            item.verdict, item.why = (
                UNREADABLE,
                item.notes[0] if item.notes else "the winmail.dat holds nothing that can be read",
            )
        yield item
        return
    extract_msg = library("extract_msg")
    if extract_msg is None:
        why = f"it is a message of Outlook’s own kind: {SAVE_AS} extract-msg"
        yield Found("email", f"sha256:{digest}", one.shown, verdict=UNREADABLE, why=why)
        return
    yield _message(one, data, digest, extract_msg)


_WINDOWS = {  # code pages of mail -> those of Windows for the same languages
    50220: 932, 50221: 932, 50222: 932, 51932: 932, 50225: 949, 51949: 949, 50227: 936, 51936: 936, 52936: 936, 54936: 936,
    20866: 1251, 21866: 1251, 28595: 1251, 28591: 1252, 28605: 1252, 20127: 1252, 28592: 1250, 28593: 1254, 28594: 1257,
    28597: 1253, 28596: 1256, 28598: 1255, 38598: 1255, 28599: 1254,
}  # fmt: skip


def _message(one: Input, data: bytes, digest: str, extract_msg: Any) -> Found:
    """What extract-msg makes of a message; each of its properties may raise anything, and then counts as not there."""
    item = Found("email", f"sha256:{digest}", one.shown, original=Original(".msg", digest, one.path.read_bytes))
    try:
        message = extract_msg.openMsg(data)
        if not getattr(message, "areStringsUnicode", True) and (encoding := ansi_encoding(_code_pages(message))):
            message = extract_msg.openMsg(data, overrideEncoding=encoding)
    except Exception as error:
        item.verdict = UNREADABLE
        item.why = f"the message could not be read ({type(error).__name__}): {SAVE_AS} extract-msg"
        return item
    _envelope(item, message)
    _body(item, message)
    for number, attached in enumerate(_asked(message, "attachments") or ()):

        def again(number: int = number) -> bytes:
            return bytes(extract_msg.openMsg(one.path.read_bytes()).attachments[number].data)

        content = _asked(attached, "data")
        name = str(_asked(attached, "longFilename") or _asked(attached, "shortFilename") or "").replace("\0", "")
        _attached(item, name, content if isinstance(content, bytes) else b"", again)
    return item


def _envelope(item: Found, message: Any) -> None:
    """Who wrote a message, when and about what."""
    item.name, item.email = sender(str(_asked(message, "sender") or ""))
    item.quoted = take_subject(item, str(_asked(message, "subject") or "").replace("\0", ""))
    when = _asked(message, "date")
    if when is not None and hasattr(when, "isoformat"):
        item.received, item.moment = when.date().isoformat(), when.isoformat()
    ident = str(_asked(message, "messageId") or "").strip()
    if ident.startswith("<") and ident.endswith(">"):
        item.key = f"mail:{ident}"
    if not item.name and not item.email:
        item.notes.append("a draft: nothing says who wrote it and when")


def _body(item: Found, message: Any) -> None:
    """The text of a message: as plain text, else as HTML, else as RTF."""
    lines = str(_asked(message, "body") or "").replace("\0", "").replace("\r\n", "\n").split("\n")
    own = own_lines(lines, passes_on=LITTLE if item.forwarding else 0)
    item.passages = plain_text.passages([unquoted(lines[n], own.depth) for n in own.lines])
    item.cuts += own.cuts
    item.quoted = item.quoted or own.quoted
    item.notes += own.notes
    take_forwarded(item, own)
    if not item.passages and (rich := _asked(message, "htmlBody")):
        item.passages = from_html(rich.decode("utf-8", "replace") if isinstance(rich, bytes) else str(rich)).passages
    if not item.passages and isinstance(packed := _asked(message, "rtfBody"), bytes):
        item.passages = passages_of(packed)


def ansi_encoding(code_pages: Iterable[int]) -> str:
    """Python's name for the encoding of a message that is not in Unicode, from its code pages; "" where they tell nothing.

    A message may name only the code page it was sent in, such as 50220 for ISO-2022-JP; its own strings are then in the
    Windows code page of the same language (MS-OXCMSG 2.2.1, PidTagMessageCodepage and PidTagInternetCodepage).
    """
    for page in code_pages:
        windows = _WINDOWS.get(page, page)
        if windows in (874, 932, 936, 949, 950, *range(1250, 1259)):
            return f"cp{windows}"
    return ""


def _code_pages(message: Any) -> Iterator[int]:
    for name in ("3FFD0003", "3FDE0003"):  # of the message, of the Internet mail
        value = getattr(message.props.get(name), "value", None)
        if isinstance(value, int):
            yield value


def _asked(message: Any, name: str) -> Any:
    try:
        return getattr(message, name)
    except Exception:  # UnicodeDecodeError and many others, on real messages
        return None
