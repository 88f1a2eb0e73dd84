"""Find apostrophes that were lost on the way into a text, with a question mark or U+FFFD in their place: don?t."""

from __future__ import annotations

import re

_MAY_BE = re.compile(r"[?\ufffd][tsmdrvlc]")
_SURELY = re.compile(
    r"\b(?:(?:do|does|did|is|was|were|are|has|have|had|ca|wo|would|could|should|must|need|ai)n[?\ufffd]t"
    r"|i[?\ufffd](?:m|d|ve|ll)|(?:you|we|they)[?\ufffd](?:re|ve|ll|d)|o[?\ufffd]clock"
    r"|(?:he|she|it|that|there|here|who|what|where|how|let)[?\ufffd](?:s|ll|d))\b",
    re.IGNORECASE,
)
_OF_THAT_SHAPE = re.compile(r"(?<=[A-Za-z])[?\ufffd](?=(?:t|s|m|d|re|ve|ll)\b)|(?<=\bo)[?\ufffd](?=clock\b)")


def lost_apostrophes(text: str) -> list[int]:
    """Where apostrophes were lost, from 0. A real question mark has a space behind it.

    A word of that shape may also have lost a letter (caf?s, r?ve). It counts only where the text has some that are sure (don?t).
    """
    if not _MAY_BE.search(text) or not _SURELY.search(text):
        return []
    return [found.start() for found in _OF_THAT_SHAPE.finditer(text)]
