"""Names of files in a package: ASCII letters, digits, hyphens and underscores, in the order of the book."""

from __future__ import annotations

import re
from typing import NamedTuple

from milebook.assemble.filed_names import surname
from milebook.layout import Layout
from milebook.model.book import Book
from milebook.model.draft import Stamp
from milebook.model.slugs import ascii_letters, slug

SMALL_WORDS = frozenset(
    {"the", "a", "an", "of", "and", "or", "in", "on", "to", "for", "my", "our", "from", "at", "one"}
)
LONGEST = 24  # characters of a short title


FORBIDDEN = re.compile(r"[^A-Za-z0-9-]+")  # what a name in a package does not hold; an underscore takes its place


class Names(NamedTuple):
    """The house's pattern filled in for one book."""

    surname: str
    short: str
    pattern: str
    art_pattern: str
    digits: int = 2  # of the numbers of figures, so that their names sort in order
    draft: bool = False

    def text(self, kind: str) -> str:
        """The stem of a text file: `kind` is full, 00_front, 01_first-miles …"""
        return _plain(self.pattern.format(surname=self.surname, short=self.short, kind=kind)) + self._mark

    def figure(self, number: str) -> str:
        """The stem of figure "1.2": Example_Figure_01_02; of a photo without caption, "1.B": Example_Figure_01_B."""
        padded = "_".join(part.zfill(self.digits) if part.isdecimal() else part for part in number.split("."))
        return _plain(self.art_pattern.format(surname=self.surname, short=self.short, number=padded))

    def cover(self) -> str:
        """The stem of the cover's picture: Example_Figure_Cover."""
        return _plain(self.art_pattern.format(surname=self.surname, short=self.short, number="Cover"))

    def package(self, stamp: Stamp) -> str:
        return f"{self.surname}_{self.short}_{stamp.date}_{stamp.build_id[:8]}" + self._mark

    @property
    def _mark(self) -> str:
        return "_DRAFT" if self.draft else ""


def names(book: Book, layout: Layout, *, draft: bool = False) -> Names:
    """The names for a book in a house's pattern. A pattern that would give two files one name gets what tells them apart."""
    last = surname(book.info.authors[0], book.info.language) if book.info.authors else "Unnamed"
    pattern, art = layout.naming, layout.art_naming
    if "{kind}" not in pattern:
        pattern += "_{kind}"
    if "{number}" not in art:
        art += "_{number}"
    numbers = [part for story in book.stories for photo in story.photos for part in photo.number.split(".")]
    digits = max([2, *(len(number) for number in numbers if number.isdecimal())])
    return Names(_word(last)[:LONGEST] or "Unnamed", _short(book.info.title), pattern, art, digits, draft)


def _plain(stem: str) -> str:
    return FORBIDDEN.sub("_", ascii_letters(stem)).strip("_-") or "file"


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
    return made[:LONGEST] or "Book"
