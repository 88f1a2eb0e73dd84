"""Make names of files, and ids, from titles: ASCII letters, digits and hyphens; and find those that are free."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from milebook.model.line import typed

# Letters that no Unicode form takes apart, as they are written where they are not to be had; and dashes of all kinds.
WITHOUT_DECOMPOSITION = str.maketrans(
    {
        "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe",
        "ı": "i", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ħ": "h", "Ħ": "H", "ŋ": "n", "ŧ": "t", "ĸ": "k", "ə": "e", "Ə": "E",
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e3a\u2e3b", "-"),
    }
)  # fmt: skip

DEVICES = (
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)),
)  # no files on Windows


def ascii_letters(text: str) -> str:
    """The text without accents and without anything that ASCII does not have; dashes become hyphens."""
    plain = unicodedata.normalize("NFKD", text.translate(WITHOUT_DECOMPOSITION))
    return plain.encode("ascii", "ignore").decode()


def free_name(stem: str, is_taken: Callable[[str], bool], suffix: str = "") -> str:
    """The stem with its suffix, or with -2, -3 … between them where that is taken."""
    name, number = f"{stem}{suffix}", 1
    while is_taken(name):
        number += 1
        name = f"{stem}-{number}{suffix}"
    return name


def plain_letters(text: str) -> str:
    """A name as people type it in haste: without capitals, accents and double spaces."""
    taken_apart = unicodedata.normalize("NFKD", text.translate(WITHOUT_DECOMPOSITION)).casefold()
    return " ".join("".join(sign for sign in taken_apart if not unicodedata.combining(sign)).split())


def plain_name(text: str) -> str:
    """A name for comparing: plain letters, with one hyphen for any row of spaces, hyphens and underscores."""
    return re.sub(r"[\s_-]+", "-", plain_letters(text))


def plain_words(text: str) -> str:
    """The words of a text without case, accents and what is neither letter nor figure."""
    return " ".join(re.findall(r"[^\W_]+", plain_letters(text)))


def slug(text: str, fallback: str = "book") -> str:
    """A file name's worth of a title: ASCII letters, digits and hyphens, at most 60 characters."""
    words = re.findall(r"[a-z0-9]+", ascii_letters(typed(text)).replace("'", "").lower())
    made = ""
    for word in words:
        if made and len(made) + len(word) >= 60:
            break
        made = f"{made}-{word}" if made else word[:60]
    return (f"{made}-{fallback}" if made in DEVICES else made) or fallback
