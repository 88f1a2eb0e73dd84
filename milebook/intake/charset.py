"""Decode the bytes of received text: a byte order mark, what is declared, UTF-8, then Windows-1252."""

from __future__ import annotations

import codecs
import re

_C1 = re.compile("[\x80-\x9f]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Names that mails use for what Python knows under another one. Latin-1 is nearly always Windows-1252 with its curly quotes.
_OTHER_NAMES = {
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "utf-8", "ascii": "utf-8", "unicode-1-1-utf-7": "utf-7",
    "x-sjis": "cp932", "shift_jis": "cp932", "x-gbk": "gb18030", "gb2312": "gb18030", "gbk": "gb18030", "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949", "x-mac-roman": "mac_roman", "macintosh": "mac_roman", "windows-874": "cp874", "iso-8859-8-i": "iso-8859-8",
    "utf8mb4": "utf-8", "unicode": "utf-16", "utf-8-sig": "utf-8", "x-unknown": "utf-8", "unknown-8bit": "utf-8", "default": "utf-8",
}  # fmt: skip
_NO_TEXT = {"base64_codec", "bz2_codec", "hex_codec", "quopri_codec", "rot_13", "uu_codec", "zlib_codec", "punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined"}  # fmt: skip


def codec(name: str) -> str:
    """Python's name for a declared character set, "" for one it does not know or that is none."""
    name = name.strip().strip("\"'").lower()
    name = _OTHER_NAMES.get(name, name)
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError, UnicodeError):
        return ""
    return "" if found.replace("-", "_") in _NO_TEXT else name


def declared_in_html(data: bytes) -> str:
    """The character set that a page names in its head, "" for none."""
    match = re.search(rb"(?i)<meta[^>]{0,300}charset\s*=\s*[\"']?\s*([\w-]+)", data[:8_000])
    return match[1].decode("ascii", "replace") if match else ""


def decoded(data: bytes, declared: str = "", override: str = "") -> tuple[str, str]:
    """The text and the character set that it was read in. `override` is what the user asked for, and is believed.

    Never fails: what fits no rule is read as Windows-1252, with U+FFFD for the five bytes it does not have.
    """
    chosen = codec(override) if override else ""
    if chosen:
        return _ends(data.decode(chosen, "replace")), chosen
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _ends(data.decode(name, "replace").removeprefix("\ufeff")), name
    wide = _wide(data)
    if wide:
        return _ends(data.decode(wide, "replace")), wide
    name = codec(declared)
    if name and _single_byte(
        name
    ):  # what is declared as such and reads as UTF-8 was made by a program that did not look
        order = ("utf-8", name) if not data.isascii() else (name,)
    else:
        order = (name, "utf-8")
    if name.startswith("iso-2022-jp"):
        data, order = _windows_japanese(data), ("cp932",)
    for one in dict.fromkeys(order):
        try:
            if one:
                return _ends(_without_c1(data.decode(one))), one
        except UnicodeError:
            continue
    old_mac = b"\r" in data and b"\n" not in data  # as programs of old Macs end a line
    last = "mac_roman" if old_mac else "cp1252"
    return _ends(data.decode(last, "replace")), last


def _windows_japanese(data: bytes) -> bytes:
    """ISO-2022-JP as Windows code page 932, which also has the signs that mails use beyond the standard, such as ①."""

    def shifted(match: re.Match[bytes]) -> bytes:
        pairs = match[1]
        out = bytearray()
        for high, low in zip(pairs[::2], pairs[1::2], strict=False):
            row = (high - 0x21) // 2
            odd = (high - 0x21) % 2 == 0
            out.append(row + (0x81 if row < 31 else 0xC1))
            out.append(low + (0x1F if low < 0x60 else 0x20) if odd else low + 0x7E)
        return bytes(out)

    data = re.sub(rb"\x1b\(I([\x21-\x5f]*)", lambda match: bytes(one | 0x80 for one in match[1]), data)
    data = re.sub(rb"\x1b\$[@B]((?:[\x21-\x7e]{2})*)", shifted, data)
    return re.sub(rb"\x1b\([BJ]", b"", data)


def _single_byte(name: str) -> bool:
    try:
        return len(bytes(range(0xC0, 0xD0)).decode(name, "replace")) == 16 and name != "utf-8"
    except (UnicodeError, LookupError):
        return False


def _without_c1(text: str) -> str:
    """C1 controls in a decoded text are bytes of Windows-1252 that some program took for Latin-1."""
    if not _C1.search(text):
        return text
    return _C1.sub(lambda match: match[0].encode("latin-1").decode("cp1252", "replace"), text)


def _wide(data: bytes) -> str:
    """UTF-16 without its mark: zero bytes on every other place."""
    sample = data[:400]
    if len(sample) < 8 or b"\0" not in sample:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > len(sample) // 2 * 0.7 and not even:
        return "utf-16-le"
    if even > len(sample) // 2 * 0.7 and not odd:
        return "utf-16-be"
    return ""


def _ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
