"""Find what in a text may be somebody else's words: lyrics, verse and long quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from milebook.markdown import prose_lines
from milebook.model.languages import base_language
from milebook.model.text import PARAGRAPH, VERSE, Block, Text

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


class BorrowedWords(NamedTuple):
    """Words that may be somebody else's."""

    kind: str  # "lyric", "verse" or "long"
    words: str
    block: int  # the first one, by its number in the text (from 0)


def passages(text: Text, language: str) -> Iterator[BorrowedWords]:
    """What may be somebody else's, in order; stanzas in a row are one passage. `language` is the tag of the text's.

    A text that is all verse, or some short lines and not much else, is the contributor's own poem: only what is sung in it
    is asked about.
    """
    blocks = text.blocks
    song, cite = _cue(_SONG, base_language(language)), _cue(_CITE, base_language(language))
    before, start = "", 0
    while start < len(blocks):
        block, end = blocks[start], start + 1
        kind = _apart(block)
        while kind and end < len(blocks) and _apart(blocks[end]) == kind:
            end += 1
        if kind == "quote":
            yield from (BorrowedWords(*found, start) for found in _block_quote(blocks[start:end], song, before))
        elif kind == "verse":
            words = "\n".join(one.text for one in blocks[start:end])
            sung = bool(song.search(before[-_REACH * 3 :]) or _NOTES.search(words))
            verses, in_all = _words_of_verse(blocks)
            own = verses > (0.5 if words.count("\n") < _STANZA - 1 else _ALL_VERSE) * in_all
            if _verse(words) and (sung or not own):
                yield BorrowedWords("lyric" if sung else "verse", words, start)
        elif block.kind in (PARAGRAPH, VERSE):
            found = _in_paragraph(block.text, song, cite)
            if found:
                yield BorrowedWords(*found, start)
        before, start = blocks[end - 1].text, end


def _words_of_verse(blocks: tuple[Block, ...]) -> tuple[int, int]:
    """How many words of a text are verse of its own, and how many there are in all."""
    words = [len(block.text.split()) for block in blocks]
    return sum(count for count, block in zip(words, blocks, strict=True) if _apart(block) == "verse"), sum(words)


def _apart(block: Block) -> str:
    """How a block stands apart from the story's own prose: "quote", "verse" or not at all."""
    if any(container.kind == "quote" for container in block.inside):
        return "quote"
    return "verse" if block.kind == VERSE and not prose_lines.is_prose(block.text) else ""


def _verse(text: str) -> bool:
    """Two lines or more that are no address or list of times: most of their words are letters."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    words = text.split()
    if len(lines) <= _LINES_OF_AN_ADDRESS and any(_ADDRESS.search(line) for line in lines):
        return False
    if len(lines) < 4 and any(line[0] == "(" and line[-1] == ")" for line in lines):
        return False
    return len(lines) > 1 and len(words) >= 6 and sum(word[0].isalpha() for word in words) > 0.7 * len(words)


def _block_quote(blocks: Sequence[Block], song: re.Pattern[str], before: str) -> Iterator[tuple[str, str]]:
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


def _cue(table: dict[str, str], language: str) -> re.Pattern[str]:
    """The words of a table in a language, and always the English ones."""
    words = table["en"] if language == "en" or language not in table else f"{table[language]}|{table['en']}"
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
