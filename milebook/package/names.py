"""Names of files in a package: ASCII letters, digits, hyphens and underscores, in the order of the book."""

from __future__ import annotations

import re
from typing import NamedTuple

from milebook.book import Book
from milebook.draft import Stamp
from milebook.layout import Layout
from milebook.naming import slug
from milebook.order import surname

SMALL_WORDS = frozenset(
    {"the", "a", "an", "of", "and", "or", "in", "on", "to", "for", "my", "our", "from", "at", "one"}
)
LONGEST = 24  # characters of a short title


class Names(NamedTuple):
    """The house's pattern filled in for one book."""

    surname: str
    short: str
    pattern: str
    art_pattern: str

    def text(self, kind: str) -> str:
        """The stem of a text file: `kind` is full, 00_front, 01_first-miles …"""
        return self.pattern.format(surname=self.surname, short=self.short, kind=kind)

    def figure(self, number: str) -> str:
        """The stem of figure "1.2": Example_Figure_01_02."""
        padded = "_".join(f"{int(part):02d}" for part in number.split("."))
        return self.art_pattern.format(surname=self.surname, short=self.short, number=padded)

    def cover(self) -> str:
        """The stem of the cover's picture: Example_Figure_Cover."""
        return self.art_pattern.format(surname=self.surname, short=self.short, number="Cover")

    def package(self, stamp: Stamp, *, draft: bool) -> str:
        return f"{self.surname}_{self.short}_{stamp.date}_{stamp.build_id[:8]}" + ("_DRAFT" if draft else "")


def names(book: Book, layout: Layout) -> Names:
    """The names for a book in a house's pattern."""
    last = surname(book.info.authors[0]) if book.info.authors else "Unnamed"
    return Names(_word(last) or "Unnamed", _short(book.info.title), layout.naming, layout.art_naming)


def _word(text: str) -> str:
    """Łukasz-Żak -> LukaszZak."""
    return "".join(part.capitalize() for part in slug(text, "").split("-"))


def _short(title: str) -> str:
    words = [word for word in re.split(r"\W+", title) if word]
    kept = [word for word in words if word.lower() not in SMALL_WORDS] or words
    made = ""
    for word in kept:
        plain = _word(word)
        if made and len(made) + len(plain) > LONGEST:
            break
        made += plain
    return made[: 2 * LONGEST] or "Book"
