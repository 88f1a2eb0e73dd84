"""Count words by rule mb-1, with the count of a word processor beside it.

Rule mb-1, for text as printed (no markup):

1. composed Unicode (NFC), without soft hyphens and zero-width characters;
2. dashes (U+2012 to U+2015) and two or more hyphens in a row part words;
3. what stands between white space is a word if it holds a letter or digit: `well-known`, `and/or`, `3:59:59` and
   `don't` are one word each, `&`, `#`, `. . .` and emoji are none;
4. each Chinese character is a word. Kana and Hangul are not ideographs: an unbroken stretch of them is one word.

Body words are those of a story's own text. Titles, bylines, captions, credits, alt texts and notes are zones of their own;
queries, numbers of lists and scene breaks are counted nowhere.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from milebook.model.text import Text

if TYPE_CHECKING:
    from milebook.model.book import Book, Chapter, Matter, Story

RULE = "mb-1"

_DASHES = "\u2012\u2013\u2014\u2015"
_DASH = re.compile(f"[{_DASHES}]")
_RARE = re.compile("[^\x00-\u02ff\u2010-\u2027]")  # beyond Latin letters and the points of their typography
_HYPHENS = re.compile("-{2,}")
_ZERO_WIDTH = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff\u180e]")
# Unified ideographs with their extensions, compatibility ideographs, and the two marks that stand for one (々, 〇).
_IDEOGRAPHS = "[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]"


@cache  # these two take long to make, and few books need them
def _ideograph() -> re.Pattern[str]:
    return re.compile(_IDEOGRAPHS)


@cache
def _unusual() -> re.Pattern[str]:
    """Where nothing of this stands, rules 1 and 4 have nothing to do."""
    return re.compile(f"{_ZERO_WIDTH.pattern}|{_IDEOGRAPHS}|[\u0300-\u036f]")


def count(text: str) -> int:
    """Words of one stretch of printed text by rule mb-1."""
    return both_counts(text)[0]


def both_counts(typed: str) -> tuple[int, int]:
    """Words of one stretch of printed text by rule mb-1, and as word processors count them: what white space parts."""
    text, ideographs = typed, 0
    if not text.isascii():
        if ("\u00ad" in text or _RARE.search(text)) and _unusual().search(text):
            text = _ZERO_WIDTH.sub("", unicodedata.normalize("NFC", text))
            text, ideographs = _ideograph().subn(" ", text)
        text = _DASH.sub(" ", text) if any(map(text.__contains__, _DASHES)) else text
    if "--" in text:
        text = _HYPHENS.sub(" ", text)
    tokens = text.split()
    wordless = [
        token
        for token in tokens
        if not token[0].isalnum() and not token[-1].isalnum() and not any(map(str.isalnum, token))
    ]
    return ideographs + len(tokens) - len(wordless), len(tokens) if text is typed else len(typed.split())


class TextCounts(NamedTuple):
    """Words of a text: of its blocks (no notes, queries, list numbers or scene breaks), of the same blocks as word
    processors count them, and of its notes.
    """

    body: int
    word_style: int
    notes: int


def text_counts(text: Text) -> TextCounts:
    words = word_style = 0
    for block in text.blocks:
        both = both_counts(block.text)
        words, word_style = words + both[0], word_style + both[1]
    return TextCounts(words, word_style, sum([count(block.text) for note in text.notes for block in note.blocks]))


def body_words(text: Text) -> int:
    """Words of the blocks."""
    return text_counts(text).body


class Zones(NamedTuple):
    """Words of a story, or of several, by where they are printed."""

    body: int = 0
    title: int = 0
    byline: int = 0
    caption: int = 0
    credit: int = 0
    alt: int = 0
    notes: int = 0
    front_back: int = 0  # openings, chapter titles, front and back matter

    @property
    def manuscript(self) -> int:
        """Everything that is printed: all but the alt texts."""
        return sum(self) - self.alt

    def plus(self, other: Zones) -> Zones:
        """The two together, zone by zone."""
        return Zones(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


class StoryCounts(NamedTuple):
    """One story's figures. `words` are body words by mb-1; `limit` is 0 where there is none."""

    id: str
    title: str
    byline: str
    words: int
    limit: int
    over: bool
    word_style: int  # the same words, counted as word processors do
    photos: int
    zones: Zones

    @property
    def disputed(self) -> bool:
        """Whether only one of the two ways of counting finds the story over its limit."""
        return self.limit > 0 and self.over != (self.word_style > self.limit)


class ChapterCounts(NamedTuple):
    """A chapter's figures. `words` are the body words of its stories; the opening is in `zones.front_back`."""

    id: str
    number: int
    title: str
    words: int
    stories: tuple[StoryCounts, ...]
    zones: Zones


class BookCounts(NamedTuple):
    """The book's figures. `body` is the stories' body words, `manuscript` everything printed, `target` 0 where there is none.

    Pages that milebook makes from what is counted already (contents, copyright page, credits) are not counted again.
    """

    body: int
    manuscript: int
    target: int
    chapters: tuple[ChapterCounts, ...]
    zones: Zones
    rule: str = RULE


def story_counts(story: Story, limit: int = 0) -> StoryCounts:
    """Figures of one story; `limit` is the book's, which the story's own goes before."""
    words = text_counts(story.text)
    zones = Zones(
        body=words.body,
        title=count(story.title),
        byline=count(story.byline),
        caption=sum(count(photo.caption) for photo in story.photos),
        credit=sum(count(photo.credit) for photo in story.photos),
        alt=sum(count(photo.alt) for photo in story.photos),
        notes=words.notes,
    )
    limit = story.limit or limit
    return StoryCounts(
        story.id,
        story.title,
        story.byline,
        zones.body,
        limit,
        0 < limit < zones.body,
        words.word_style,
        len(story.photos),
        zones,
    )


def chapter_counts(chapter: Chapter, limit: int = 0) -> ChapterCounts:
    """Figures of one chapter and its stories."""
    stories = tuple([story_counts(story, limit) for story in chapter.stories])
    opening = text_counts(chapter.opening)
    zones = Zones(front_back=count(chapter.title) + opening.body, notes=opening.notes)
    for story in stories:
        zones = zones.plus(story.zones)
    return ChapterCounts(chapter.id, chapter.number, chapter.title, zones.body, stories, zones)


def count_book(book: Book) -> BookCounts:
    """Figures of the whole book, as it would be printed today."""
    chapters = tuple(chapter_counts(chapter, book.info.story_limit) for chapter in book.chapters)
    zones = Zones()
    for chapter in chapters:
        zones = zones.plus(chapter.zones)
    for matter in (*book.front, *book.back):
        zones = zones.plus(_matter_zones(matter, book))
    return BookCounts(zones.body, zones.manuscript, book.info.word_target, chapters, zones)


def _matter_zones(matter: Matter, book: Book) -> Zones:
    info = book.info
    if matter.kind == "text":
        words = text_counts(matter.text)
        return Zones(front_back=count(matter.title) + words.body, notes=words.notes)
    if matter.kind == "half-title":
        return Zones(front_back=count(info.title))
    if matter.kind == "title":
        printed = (info.title, info.subtitle, *info.authors, info.publisher)
        return Zones(front_back=sum(map(count, printed)))
    if matter.kind == "contributors":
        # A contributor with several stories has one entry; of different bios the first counts, as it is printed.
        bios: dict[str, str] = {}
        for story in book.stories:
            who = story.contributor
            if not who.anonymous:
                name = who.byline or who.name
                bios[name] = bios.get(name) or who.bio
        return Zones(front_back=sum(count(name) + count(bio) for name, bio in bios.items()))
    return Zones()
