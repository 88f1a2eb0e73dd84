"""Put a text into Unicode's composed form, without characters that no format can hold."""

from __future__ import annotations

import re
import unicodedata

from milebook.source import is_plain

# What no printed format can hold. `source` reports these characters; here they must only do no harm.
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def cleaned(text: str) -> str:
    """The text in Unicode's composed form, with characters that no format can hold replaced by U+FFFD."""
    if not is_plain(text):
        text = _UNPRINTABLE.sub("\ufffd", text)
    return text if text.isascii() else unicodedata.normalize("NFC", text)
