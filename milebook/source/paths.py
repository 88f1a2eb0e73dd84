"""Check a path as the author typed it; paths that leave the book folder are refused.

Nothing here touches the disk.
"""

from __future__ import annotations

import re
from posixpath import dirname

from milebook.model.findings import Finding, Place
from milebook.source.characters import shown

_EXAMPLE = "write where the file lies inside the book folder, for example photos/ana.jpg"
_COPY = "copy the file into the book folder and write where it lies there, for example photos/ana.jpg"
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://|(?:data|file|mailto|javascript|https?|ftp):", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z]:")
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\uffff]")
# A path of names that are safe everywhere, without any step up: nearly all of them.
_PLAIN = re.compile(r"(?:[\w-][\w.-]*/)*[\w-][\w.-]*", re.ASCII)
_LONGEST_NAME = 255  # bytes: what ext4, APFS and NTFS take


def join(base: str, written: str, place: Place) -> tuple[str | None, list[Finding]]:
    """`written` joined to the folder of the file `base` ("" for the book folder itself), `..` and `.` worked out."""
    above = dirname(base)
    if len(written) <= _LONGEST_NAME and _PLAIN.fullmatch(written) and (not above or _PLAIN.fullmatch(above)):
        return f"{above}/{written}" if above else written, []

    def refuse(code: str, fact: str, hint: str) -> tuple[None, list[Finding]]:
        return None, [Finding(code, fact, place, hint)]

    name = shown(written)
    if fault := _fault_of_form(written, name):
        return refuse(*fault)
    parts = [part for part in above.split("/") if part]
    for part in written.split("/"):
        if part in ("", "."):
            continue
        if part != "..":
            if len(part.encode()) > _LONGEST_NAME:
                return refuse("MB003", f'the file name "{name}" is too long', "give the file a shorter name")
            parts.append(part)
        elif parts:
            parts.pop()
        else:
            return refuse("MB002", f'"{name}" leads out of the book folder', _COPY)
    if not parts:
        return refuse("MB005", f'"{name}" is a folder, not a file', _EXAMPLE)
    return "/".join(parts), []


def _fault_of_form(written: str, name: str) -> tuple[str, str, str] | None:
    """The code, message and hint for what is no path within a folder at all. `name` is it as shown in messages."""
    if not written.strip():
        return "MB003", "the name of a file is missing", _EXAMPLE
    if hidden := _HIDDEN.search(written):
        fact = f'the file name "{name}" holds a character that cannot be seen, U+{ord(hidden[0]):04X}'
        return "MB003", fact, "type the name again; if the file itself is called so, rename it first"
    if written.startswith(("//", "\\\\")):
        return "MB002", f'"{name}" lies on another computer', _COPY
    if _URL.match(written):
        return "MB002", f'"{name}" is an address on the web, not a file of the book folder', _COPY
    if _DRIVE.match(written) or written.startswith(("/", "\\")):
        return "MB002", f'"{name}" begins at the top of a disk, not in the book folder', _COPY
    if written.startswith("~"):
        return "MB002", f'"{name}" begins with ~, which stands for a home folder', _COPY
    if "\\" in written:
        hint = f'write "{shown(written.replace(chr(92), "/"))}", with /'
        return "MB003", f'the file name "{name}" holds a backslash', hint
    return None
