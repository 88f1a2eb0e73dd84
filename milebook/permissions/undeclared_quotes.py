"""Find words of others that nobody declared: lyrics, verse and long quotations in the texts of a book.

These are notes, for milebook cannot know: a poem may be the contributor's own, a "song" may be its title.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from milebook.markdown.letter_closing import closing
from milebook.model.book import Book, Matter, Quote
from milebook.model.findings import Finding
from milebook.model.text import PARAGRAPH, VERSE, Block, Text
from milebook.permissions.names import shortened
from milebook.permissions.subjects import quotes_in

LONG_BLOCK = 40  # words of a block quotation that are worth a question
LONG_QUOTED = 60  # words between quotation marks: speech is seldom as long
CITED = 25  # words between quotation marks beside a word like "wrote"
SUNG = 4  # words between quotation marks beside a word like "sang"

_SONG = {
    "en": "sang|sing|sings|singing|sung|song|songs|lyric|lyrics|chorus|refrain|hymn|anthem|ballad|hummed|humming|radio played",
    "de": "sang|sangen|singt|singen|sangst|gesungen|lied|liedes|lieder|refrain|strophe|hymne|summte",
    "fr": "chantait|chantaient|chante|chantent|chanté|chanter|chanson|chansons|refrain|hymne|paroles",
    "es": "cantaba|cantaban|cantó|cantar|cantando|canta|canción|canciones|estribillo|himno",
    "it": "cantava|cantavano|cantò|cantare|canta|canzone|ritornello|inno",
    "nl": "zong|zongen|zingt|zingen|gezongen|lied|liedje|refrein",
    "pl": "śpiewał|śpiewała|śpiewali|śpiewały|śpiewać|śpiewa|piosenka|piosenkę|piosenki|refren|hymn|pieśń",
    "pt": "cantava|cantavam|cantou|cantar|canta|canção|refrão|hino",
    "vi": "hát|bài hát|điệp khúc|ca khúc",
}
_CITE = {
    "en": "wrote|writes|written by|poem|novel|memoir|in the book|in his book|in her book|according to|article|speech|quoted",
    "de": "schrieb|schreibt|gedicht|roman|buch|artikel|rede|laut",
    "fr": "écrivait|écrivit|écrit|poème|roman|livre|article|discours|selon",
    "es": "escribió|escribe|poema|novela|libro|artículo|discurso|según",
    "pl": "napisał|napisała|pisze|wiersz|powieść|książce|artykuł|według",
    "vi": "viết|bài thơ|cuốn sách|theo",
}
_QUOTED = re.compile(r"“([^“”]{12,})”|„([^„“”]{12,})[“”]|«\s?([^«»]{12,}?)\s?»|\"([^\"]{12,})\"")
_NOTES = re.compile("[♩♪♫♬🎵🎶]")
_STANZA = 4  # lines that are asked about although the story has few others
_ALL_VERSE = 0.9  # of the words: a title or a dedication may stand beside a poem
# A house number, a postal code, a word for a street, a box: what a line of an address has and a line of verse has not.
_ADDRESS = re.compile(
    r"^\d{1,5}[A-Za-z]?,? +[A-ZÀ-Þ]|^[A-ZÀ-Þ]\S*(?: \S+){0,2} \d{1,4}[a-z]?$|^\d{4,6} +[A-ZÀ-Þ]|\b[A-Z]{2} +\d{5}\b|"
    r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b|\bP\. ?O\. Box\b|\bPO Box\b|"
    r"^(?:[A-ZÀ-Þ]\S* ){1,3}(?:Street|St\.?|Road|Rd\.?|Avenue|Ave\.?|Lane|Drive|Square|Terrace|Boulevard|Crescent),?$"
)
_LINES_OF_AN_ADDRESS = 7
_REACH = 60  # characters on either side in which a word like "sang" is looked for


_KINDS = ("lyric", "verse", "long")


class _Passage(NamedTuple):
    kind: str  # one of _KINDS
    words: str
    block: int  # the first one, by its number in the text


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
            if first >= ended and kind == "verse":
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


def passages(words: Text, language: str) -> list[_Passage]:
    """What may be somebody else's; stanzas in a row are one passage.

    A text that is all verse, or some short lines and not much else, is the contributor's own poem: only what is sung in it
    is asked about.
    """
    return [_Passage(*found) for found in _passages(words.blocks, language)]


def _passages(blocks: tuple[Block, ...], language: str) -> Iterator[tuple[str, str, int]]:
    base = language.partition("-")[0].lower()
    song, cite = _cue(_SONG, base), _cue(_CITE, base)
    before, start = "", 0
    while start < len(blocks):
        block, end = blocks[start], start + 1
        kind = _apart(block)
        while kind and end < len(blocks) and _apart(blocks[end]) == kind:
            end += 1
        if kind == "quote":
            yield from ((*found, start) for found in _block_quote(list(blocks[start:end]), song, before))
        elif kind == "verse":
            words = "\n".join(one.text for one in blocks[start:end])
            sung = bool(song.search(before[-_REACH * 3 :]) or _NOTES.search(words))
            verses, in_all = _words_of_verse(blocks)
            own = verses > (0.5 if words.count("\n") < _STANZA - 1 else _ALL_VERSE) * in_all
            if _verse(words) and (sung or not own):
                yield ("lyric" if sung else "verse"), words, start
        elif block.kind == PARAGRAPH:
            found = _in_paragraph(block.text, song, cite)
            if found:
                yield *found, start
        before, start = blocks[end - 1].text, end


def _words_of_verse(blocks: tuple[Block, ...]) -> tuple[int, int]:
    """How many words of a text are verse of its own, and how many there are in all."""
    words = [len(block.text.split()) for block in blocks]
    return sum(count for count, block in zip(words, blocks, strict=True) if _apart(block) == "verse"), sum(words)


def _apart(block: Block) -> str:
    """How a block stands apart from the story's own prose: "quote", "verse" or not at all."""
    return "quote" if _in_quote(block) else "verse" if block.kind == VERSE else ""


def _in_quote(block: Block) -> bool:
    return any(container.kind == "quote" for container in block.inside)


def _verse(text: str) -> bool:
    """Two lines or more that are no address or list of times: most of their words are letters."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    words = text.split()
    if len(lines) <= _LINES_OF_AN_ADDRESS and any(_ADDRESS.search(line) for line in lines):
        return False
    if len(lines) < 4 and any(line[0] == "(" and line[-1] == ")" for line in lines):
        return False
    return len(lines) > 1 and len(words) >= 6 and sum(word[0].isalpha() for word in words) > 0.7 * len(words)


def _block_quote(blocks: list[Block], song: re.Pattern[str], before: str) -> Iterator[tuple[str, str]]:
    text = "\n".join(block.text for block in blocks)
    verse = any(block.kind == VERSE and _verse(block.text) for block in blocks)
    if _NOTES.search(text) or (verse and song.search(before[-_REACH * 3 :])):
        yield "lyric", text
    elif verse:
        yield "verse", text
    elif len(text.split()) >= LONG_BLOCK:
        yield "long", text


def _in_paragraph(text: str, song: re.Pattern[str], cite: re.Pattern[str]) -> tuple[str, str] | None:
    if not text.isascii() and _NOTES.search(text):
        return "lyric", text
    if not ("“" in text or '"' in text or "„" in text or "«" in text):
        return None
    for match in _QUOTED.finditer(text):
        passage = next(group for group in match.groups() if group)
        words = len(passage.split())
        around = text[max(0, match.start() - _REACH) : match.start()] + " … " + text[match.end() : match.end() + _REACH]
        if words >= SUNG and not _title(passage) and song.search(around):
            return "lyric", passage
        if words >= LONG_QUOTED or (words >= CITED and cite.search(around)):
            return "long", passage
    return None


def _title(passage: str) -> bool:
    """Whether quoted words are a song's title: short, and every long word has a capital."""
    words = [word.strip("()!?.,'’") for word in passage.split()]
    return len(words) <= 8 and passage[-1] not in ".!?," and all(word[:1].isupper() for word in words if len(word) > 3)


def _cue(table: dict[str, str], base: str) -> re.Pattern[str]:
    words = table["en"] if base == "en" or base not in table else f"{table[base]}|{table['en']}"
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def _plain(text: str) -> str:
    """Letters and digits only, case and punctuation folded, single spaces; a gap in the quotation ("…") stays as "…"."""
    text = unicodedata.normalize("NFC", text).casefold().replace("...", "…").replace("'", "").replace("’", "")
    return " ".join(re.sub(r"[^\w…]+|_", " ", text).split())


def _stands_in(quoted: str, body: str) -> bool:
    pieces = [piece.strip() for piece in _plain(quoted).split("…") if piece.strip()]
    folded = body.replace("…", " ")
    folded = " ".join(folded.split())
    return all(piece in folded for piece in pieces)


def _overlap(one: str, other: str) -> bool:
    """Whether a passage and a declared quotation share words in a row: one holds a piece of the other."""
    if not one or not other:
        return False
    for long, short in ((one, other), (other, one)):
        pieces = [piece.strip() for piece in short.split("…")]
        if any(piece in long for piece in pieces if len(piece.split()) > 1 or piece == short):
            return True
    return False
