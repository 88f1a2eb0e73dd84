"""The paragraphs of a returned file as they were before its recorded changes, each with everything that happened in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from milebook.review.word_text import END, NOTE, WordParagraph, WordRun, shown

_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f]")


@dataclass(slots=True)
class BaseParagraph:
    """A paragraph of the base text. `pieces` end with the END that ends it; ENDs that were inserted stand between them.

    `spans` leads from each Word paragraph it was made of to the offset of that paragraph's characters in `pieces`.
    """

    pieces: list[WordRun]
    bookmarks: list[tuple[str, int]]  # names, with offsets in the base text
    style: str
    where: str
    spans: dict[int, int] = field(default_factory=dict)
    text: str = ""  # of the base, without its END and without NOTEs of inserted references

    @property
    def new_text(self) -> str:
        return "".join(piece.text for piece in self.pieces if shown(piece, True)).removesuffix(END)


def base_paragraphs(paragraphs: Sequence[WordParagraph]) -> list[BaseParagraph]:
    """All base paragraphs, the empty ones too."""
    made: list[BaseParagraph] = []
    held: BaseParagraph | None = None
    length = base = 0
    for number, paragraph in enumerate(paragraphs):
        if held is None:
            held, length, base = BaseParagraph([], [], paragraph.style, paragraph.where), 0, 0
            made.append(held)
        elif not held.text:
            held.style, held.where = paragraph.style, paragraph.where  # what stood before was all inserted
        held.spans[number] = length
        at = 0
        starts = list(paragraph.bookmarks)
        for piece in paragraph.pieces:
            while starts and starts[0][1] <= at:
                held.bookmarks.append((starts.pop(0)[0], base))
            at += len(piece.text)
            if piece.inserted is None:
                base += len(piece.text)
                held.text += piece.text
        held.bookmarks += [(name, base) for name, _ in starts]
        held.pieces += paragraph.pieces
        held.pieces.append(paragraph.end)
        length += len(paragraph.text) + 1
        if paragraph.end_inserted is None:
            held = None
    if held is not None and held.pieces:  # the file ends with an inserted end, which is its own
        last = held.pieces[-1]
        held.pieces[-1] = last._replace(inserted=None)
    _joined_with_nothing(made)
    return made


def _joined_with_nothing(paragraphs: Sequence[BaseParagraph]) -> None:
    """An end that was taken out before a paragraph without text, such as a photo's, joins nothing: it is kept."""
    for paragraph, following in pairwise(paragraphs):
        last = paragraph.pieces[-1]
        empty = not following.text.strip() and not following.new_text.strip() and following.pieces[-1].deleted is None
        if last.deleted is not None and empty and paragraph.new_text.strip():
            paragraph.pieces[-1] = last._replace(deleted=None)


def folded(text: str) -> str:
    """Text by which paragraphs are recognized: without notes and what cannot be seen, spaces as one."""
    text = text.replace(NOTE, "")
    if not text.isascii():
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).replace("\u2011", "-")
    return " ".join(text.split())


def same_signs(text: str) -> str:
    """Text with the signs that programs exchange for each other made one: kinds of spaces, unseen signs."""
    if text.isascii():
        return text.replace("\t", " ")
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).replace("\u2011", "-")
    return re.sub(r"[\u00a0\u2000-\u200a\u202f\u205f\t]", " ", text)


def joined(paragraphs: Iterable[BaseParagraph]) -> list[WordRun]:
    return [piece for paragraph in paragraphs for piece in paragraph.pieces]
