"""Cut texts that are too long to be shown."""

from __future__ import annotations


def cut_short(text: str, longest: int = 60) -> str:
    """A text of at most so many characters, the last of which says that there is more."""
    return text if len(text) <= longest else text[: longest - 1] + "…"
