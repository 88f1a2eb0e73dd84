"""Words of commands that are shown to be typed or copied: in quotation marks where a terminal would read them as several."""

from __future__ import annotations

import re
import shlex

_IN_DOUBLE_QUOTES = re.compile(r"[^\"$`!\\%]+")  # these mean something there, in one terminal or another


def command_word(text: str) -> str:
    """A file name or a name as one word of a command, for every common terminal as far as one spelling can be."""
    if re.fullmatch(r"[\w./:+@,-]+", text):
        return text
    return f'"{text}"' if _IN_DOUBLE_QUOTES.fullmatch(text) else shlex.quote(text)
