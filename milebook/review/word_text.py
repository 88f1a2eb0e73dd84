"""What a Word file says: every paragraph with the characters that were inserted, deleted or reformatted, by whom and when.

Nothing is accepted or rejected here. The base text (all changes rejected) and the new text (all accepted) are both in it: see
`base_text` and `new_text`. How changes are recorded: ECMA-376 part 1, 17.13.5.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

NOTE = "\ufffc"  # stands for a reference to a note
END = "\u2029"  # stands for the end of a paragraph


class By(NamedTuple):
    """Who changed something, and when, as the file says it."""

    author: str
    date: str
    moved: bool = False  # Word calls it a part of a move


class WordRun(NamedTuple):
    """Characters of one look and one history. `text` may hold "\\n" for a line break; a NOTE or an END stands alone."""

    text: str
    inserted: By | None = None
    deleted: By | None = None
    look: int = 0
    old_look: int = 0  # before a recorded change of format; else as `look`
    restyled: By | None = None
    note: str = ""  # of a NOTE: the id of the note, "footnote:3"
    style: str = ""  # of an END: the style of the paragraph that it ends


class Spot(NamedTuple):
    """A place in a paragraph: offset in the characters of all its pieces."""

    paragraph: int  # index in the list of paragraphs that it is part of
    offset: int


class Picture(NamedTuple):
    """A picture in a paragraph. `mark` tells pictures apart by their bytes, "" where they are not in the file."""

    paragraph: int  # index in the list of paragraphs
    mark: str
    inserted: By | None = None
    deleted: By | None = None


class WordParagraph(NamedTuple):
    """One `w:p`. `where` is "body", "table", "box" or the id of the note that it is part of."""

    pieces: tuple[WordRun, ...]
    end_inserted: By | None
    end_deleted: By | None
    bookmarks: tuple[tuple[str, int], ...]  # names, with the offset where each begins
    style: str  # name in lower case; with a "+" behind it for an item of a list
    where: str = "body"

    @property
    def text(self) -> str:
        """All characters, inserted and deleted ones alike."""
        return "".join([piece.text for piece in self.pieces])

    @property
    def end(self) -> WordRun:
        return WordRun(END, self.end_inserted, self.end_deleted, style=self.style)


def versions(paragraphs: Iterable[WordParagraph], new: bool) -> Iterator[str]:
    """The texts with every change accepted (`new`) or rejected, paragraphs joined where their ends are not in that version."""
    held: list[str] = []
    for paragraph in paragraphs:
        held += [piece.text for piece in paragraph.pieces if shown(piece, new)]
        if shown(paragraph.end, new):
            yield "".join(held)
            held = []
    if held:
        yield "".join(held)


def shown(piece: WordRun, new: bool) -> bool:
    """Whether a piece is in the new text, or else in the base text."""
    return (piece.deleted if new else piece.inserted) is None
