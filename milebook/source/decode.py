"""Decode a text file as UTF-8, or say how it was saved instead."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

from milebook.model.findings import Finding, Place
from milebook.source.old_encodings import WESTERN, in_encoding, read_as

SAVE_AS_UTF8 = (
    'save it as UTF-8: in Word choose Save As, "Plain Text", then "Other encoding: Unicode (UTF-8)"; '
    'in Notepad choose "UTF-8" beside the Save button; in TextEdit choose Format, "Make Plain Text"'
)
_LET_REPAIR = "let milebook repair it: milebook check --fix; or "
OLD, OLD_WINDOWS = "in an old encoding", "in an old Windows encoding"
_DOCUMENTS = (
    (b"PK\x03\x04", "a Word document or a zip file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word document"),
    (b"{\\rtf", "an RTF document"),
    (b"%PDF-", "a PDF"),
    (b"\xff\xd8\xff", "a photo"),
    (b"\x89PNG\r\n", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a packed file"),
)
_HALF = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")  # a surrogate, as some programs write an emoji
_BOMS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def decode(data: bytes, file: str, *, repairable: bool = False) -> tuple[str | None, list[Finding]]:
    """UTF-8 with or without byte order mark; CRLF and CR become LF. `file` is named in the findings.

    `repairable`: it is one of the files that `milebook check --fix` repairs, where it can.
    """
    for magic, what in _DOCUMENTS:
        if data.startswith(magic):
            hint = 'open it in its own program and save it as plain text, encoding "Unicode (UTF-8)"'
            return None, [Finding("MB013", f"this is {what}, not plain text", Place(file), hint)]
    encoding = _wide(data)
    if encoding:
        cure = f"{_LET_REPAIR}{SAVE_AS_UTF8}" if repairable and _repairable(data) else SAVE_AS_UTF8
        return None, [
            Finding("MB012", f"this file is saved as {_plain(encoding)}, not as UTF-8", Place(file, 1, 1), cure)
        ]
    if data.startswith(codecs.BOM_UTF8):
        data = data[3:]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [_not_utf8(data, error.start, file, repairable=repairable)]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, []


def other_text(data: bytes, languages: Iterable[str], encoding: str = "") -> tuple[str, str] | None:
    """The text of a file that is not saved as UTF-8, and how it is saved ("as UTF-16", "in an old encoding (cp1250)"); None where no one can
    tell. Line ends stay.

    An old encoding is recognized by the `languages` that the text may be in (base tags), or is the `encoding` that the author names.
    """
    if wide := _wide(data):
        try:
            return data.decode(wide).removeprefix("\ufeff"), f"as {_plain(wide)}"
        except UnicodeDecodeError:
            return None
    if not _may_be_text(data):
        return None
    if encoding:
        text = in_encoding(data, encoding)
        return None if text is None else (text, f"{OLD} ({encoding})")
    found = read_as(data, languages)
    return found and (found[0], OLD_WINDOWS if found[1] == WESTERN else f"{OLD} ({found[1]})")


def _may_be_text(data: bytes) -> bool:
    return not (b"\0" in data or _HALF.search(data) or data.startswith(tuple(magic for magic, _ in _DOCUMENTS)))


def _repairable(data: bytes) -> bool:
    """Whether `milebook check --fix` is likely to know what the file says."""
    return (bool(_wide(data)) and other_text(data, ()) is not None) or (
        _may_be_text(data) and in_encoding(data, WESTERN) is not None
    )


def _plain(encoding: str) -> str:
    """The name of an encoding without the order of its bytes."""
    return encoding.removesuffix("LE").removesuffix("BE")


def _wide(data: bytes) -> str:
    """The name of a two- or four-byte encoding, known by its mark or by zero bytes on every other place; else ""."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    sample = data[:2000]
    if len(data) % 2:
        return ""
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    if odd + even > len(sample) * 0.3 and min(odd, even) <= 0.1 * max(odd, even):
        return "UTF-16LE" if odd >= even else "UTF-16BE"
    return ""


def _not_utf8(data: bytes, at: int, file: str, *, repairable: bool) -> Finding:
    before = data[:at].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    line = before.count("\n") + 1
    place = Place(file, line, len(before) - (before.rfind("\n") + 1) + 1)
    if _HALF.match(data, at):
        half = data[at : at + 3].decode("utf-8", "surrogatepass")
        fact = f"half of a character, U+{ord(half):04X}, stands here"
        return Finding("MB021", fact, place, "delete it and type the character again")
    byte = data[at : at + 1]
    likely = dict.fromkeys(byte.decode(one, "replace") for one in ("cp1252", "cp1250", "cp1251"))
    signs = [f'"{sign}"' for sign in likely if sign != "\ufffd" and sign.isprintable()]
    fact = f"this file is not saved as UTF-8: here stands the byte {byte[0]:02X}"
    if len(signs) == 1:
        fact += f", which is {signs[0]} in old Windows encodings"
    elif signs:
        fact += f", which is {', '.join(signs[:-1])} or {signs[-1]} in old Windows encodings, by the language"
    if repairable and _repairable(data):
        return Finding("MB012", fact, place, f"{_LET_REPAIR}{SAVE_AS_UTF8}")
    return Finding("MB012", fact, place, SAVE_AS_UTF8)


def text_from_elsewhere(data: bytes) -> str:
    """The text of a file that another program wrote: UTF-16 by its mark, else UTF-8, else Windows' code page 1252. Never fails."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
