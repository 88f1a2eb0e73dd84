"""E-mail addresses in a text, wherever one has to be found or withheld."""

from __future__ import annotations

import re

_BOX = r"[^\s@<>,;:\"()\[\]\\“”]{1,64}"
ADDRESS = re.compile(rf"{_BOX}@[\w-]+(?:\.[\w-]+)+")
_ANY = re.compile(rf"{_BOX}@[\w-]+(?:\.[\w-]+)*")


def without_addresses(text: str) -> str:
    """A text as it may be shown to others, also without addresses that lead nowhere, such as ana@home."""
    return _ANY.sub("(address withheld)", text) if "@" in text else text
