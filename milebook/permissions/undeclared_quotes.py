"""Notes about words of others that nobody declared, and about declared ones that are not in the text.

These are notes, for milebook cannot know: a poem may be the contributor's own, a "song" may be its title.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from milebook.markdown.letter_closing import POSTSCRIPT, closing
from milebook.model.book import Book, Matter, Quote
from milebook.model.findings import Finding
from milebook.model.text import Block, Text
from milebook.permissions.names import shortened
from milebook.permissions.passages import passages
from milebook.permissions.subjects import quotes_in


class _Piece(NamedTuple):
    """A text of the book with the words of others that the index declares in it."""

    title: str
    text: Text
    language: str
    quotes: Sequence[Quote]
    declare: str  # where to declare more: "quotes: of tree"
    epigraph: bool = False


def undeclared_quotes(book: Book) -> list[Finding]:
    """One note a passage, at its line, in book order; passages that the index declares under quotes are left alone."""
    findings: list[Finding] = []
    for piece in _pieces_of(book):
        blocks = piece.text.blocks
        declared = [_plain(quote.text) for quote in piece.quotes]
        body = _plain(" ".join(block.text for block in blocks)) if declared else ""
        asked, ended = False, _closing(blocks)
        for kind, passage, first in passages(piece.text, piece.language):
            if kind == "verse" and (first >= ended or POSTSCRIPT.match(passage)):
                continue
            if not any(_overlap(_plain(passage), known) for known in declared):
                asked = True
                findings.append(_question(kind, passage, blocks[first], piece))
            elif kind in ("lyric", "verse"):
                findings += _other_lines(passage, declared, blocks[first], piece)
        if piece.epigraph and blocks and not declared and not asked:
            findings.append(_question("epigraph", " ".join(block.text for block in blocks), blocks[0], piece))
        findings += _not_there(piece, body)
    return findings + _in_no_text(book)


def _closing(blocks: Sequence[Block]) -> int:
    """The number of the block with the closing of a letter, which has a finding of its own; that of none where none has."""
    lines = [(line, number) for number, block in enumerate(blocks) for line in block.source.split("\n")]
    found = closing([line for line, _ in lines])
    return lines[found][1] if found >= 0 else len(blocks)


def _pieces_of(book: Book) -> Iterator[_Piece]:
    def of(matter: Matter) -> Iterator[_Piece]:
        if matter.text.blocks:
            quotes = [quote for _, quote in quotes_in(matter, book)]
            where = f"quotes: of the book with in: {matter.path.rpartition('/')[2]}"
            yield _Piece(matter.title, matter.text, book.info.language, quotes, where, matter.role == "epigraph")

    for matter in book.front:
        yield from of(matter)
    for story in book.stories:
        language = story.language or book.info.language
        yield _Piece(story.title, story.text, language, story.quotes, f"quotes: of {story.id}")
    for matter in book.back:
        yield from of(matter)


def _not_there(piece: _Piece, body: str) -> Iterator[Finding]:
    """Words that are declared as quoted, and are not in the text."""
    for quote in piece.quotes:
        if quote.text and piece.text.blocks and not _stands_in(quote.text, body):
            yield Finding(
                "MB314",
                f"the words declared as quoted, “{shortened(quote.text)}”, do not stand in “{piece.title}”",
                quote.at("text"),
                "copy them from the text, or take the quote out of the index",
            )


def _in_no_text(book: Book) -> list[Finding]:
    """Words that are declared as quoted in a text which is in neither the front nor the back matter."""
    texts = [matter for matter in (*book.front, *book.back) if matter.path]
    found = {number for matter in texts for number, _ in quotes_in(matter, book)}
    names = ", ".join(matter.path.rpartition("/")[2] for matter in texts) or "none"
    return [
        Finding(
            "MB325",
            f"words are declared as quoted in “{quote.within}”, which is no text of the front or back matter",
            quote.at("within"),
            f"correct in:, or take the quote out; the texts are: {names}",
        )
        for number, quote in enumerate(book.info.quotes, 1)
        if quote.within and number not in found
    ]


def _question(kind: str, passage: str, block: Block, piece: _Piece) -> Finding:
    code, what, declared = {
        "lyric": ("MB312", "looks like the words of a song", "lyric"),
        "verse": ("MB312", "looks like a poem or the words of a song", "poem"),
        "epigraph": ("MB312", "is an epigraph, which is mostly somebody else's", "epigraph"),
        "long": ("MB313", f"looks like a quotation of {len(passage.split())} words", "prose"),
    }[kind]
    return Finding(
        code,
        f"“{shortened(passage.replace(chr(10), ' / '))}” in “{piece.title}” {what}, and nothing is said about permission",
        block.place,
        f"if somebody else wrote it, add it under {piece.declare}{' and' if ' with ' in piece.declare else ' with'} kind: {declared}; "
        "if not, add it with permission: {status: not_needed, reason: …}",
    )


def _other_lines(passage: str, declared: Sequence[str], block: Block, piece: _Piece) -> Iterator[Finding]:
    """A note where some lines of a verse passage are declared as quoted, and others are not."""
    lines = [plain for line in passage.split("\n") if (plain := _plain(line).replace("…", "").strip())]
    whole = " ".join(lines)
    spans = [_span(quote, whole) for quote in declared]
    missing, at = [], 0
    for line in lines:
        end = at + len(line)
        inside = any(start < end and at < stop for start, stop in spans)
        if not inside and not any(f" {line} " in f" {quote} " for quote in declared):
            missing.append(line)
        at = end + 1
    if missing and len(missing) < len(lines):
        count = f"{len(lines) - len(missing)} of its {len(lines)} lines"
        yield Finding(
            "MB312",
            f"of the verse “{shortened(passage.replace(chr(10), ' / '))}” in “{piece.title}” only {count} are declared as quoted, "
            "and a permission covers no more",
            block.place,
            "write all lines that are printed into text: of the quote, or its first and last line with … between them",
        )


def _span(quote: str, whole: str) -> tuple[int, int]:
    """From where to where a declared quotation reaches in the plain words of a passage; (0, 0) where it is not there."""
    pieces = [one for piece in quote.split("…") if (one := piece.strip()) and one in whole]
    if not pieces:
        return 0, 0
    start = whole.index(pieces[0])
    last = whole.find(pieces[-1], start)
    return start, max(last, whole.index(pieces[-1])) + len(pieces[-1])


def _plain(text: str) -> str:
    """Letters and digits only, case and punctuation folded, single spaces; a gap in the quotation ("…") stays as "…"."""
    text = unicodedata.normalize("NFC", text).casefold().replace("...", "…").replace("'", "").replace("’", "")
    return " ".join(re.sub(r"[^\w…]+|_", " ", text).split())


def _stands_in(quoted: str, body: str) -> bool:
    """Whether the pieces of a quotation, which "…" divides, are all in the plain words of a text."""
    folded = " ".join(body.replace("…", " ").split())
    return all(piece.strip() in folded for piece in _plain(quoted).split("…"))


def first_block(quote: Quote, text: Text) -> int:
    """The number (from 0) of the block in which the words of a quotation begin; -1 where they are in none."""
    piece = next((one for one in map(str.strip, _plain(quote.text).split("…")) if one), "")
    blocks = [_plain(block.text).replace("…", " ") for block in text.blocks]
    blocks = [f"{' '.join(block.split())} " for block in blocks]
    at = "".join(blocks).find(piece) if piece else -1
    if at < 0:
        return -1
    return next(number for number, end in enumerate(accumulate(map(len, blocks))) if at < end)


def _overlap(one: str, other: str) -> bool:
    """Whether a passage and a declared quotation share words in a row: one holds a piece of the other."""
    if not one or not other:
        return False
    for long, short in ((one, other), (other, one)):
        pieces = [piece.strip() for piece in short.split("…")]
        if any(piece in long for piece in pieces if len(piece.split()) > 1 or piece == short):
            return True
    return False
