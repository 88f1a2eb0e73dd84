"""File names that some system cannot store, or confuses with another name."""

from __future__ import annotations

import re
from unicodedata import normalize

_DEVICES = re.compile(r"(?i)(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])")
_RESERVED = re.compile(r'[<>:"|?*\\\x00-\x1f]')


def trouble_on_windows(name: str) -> str:
    """Why Windows cannot hold a file called `name` (without folders), as "it is …" or "it …"; "" if it can."""
    if _DEVICES.fullmatch(name.partition(".")[0].rstrip(" ")):
        return f"“{name.partition('.')[0]}” is the name of a device"
    if found := _RESERVED.search(name):
        return f"it holds {found[0]!r}"
    if name.endswith((".", " ")):
        return "it ends in a period" if name.endswith(".") else "it ends in a space"
    return ""


def one_name(name: str) -> str:
    """A spelling that is the same for all names that macOS or Windows take for one: capitals and accents folded."""
    return normalize("NFC", normalize("NFC", name).casefold())
