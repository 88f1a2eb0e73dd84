"""Checks of the whole book, one small function each."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from itertools import groupby

from milebook.checks.catalog_facts import catalog_facts
from milebook.checks.word_counts import BookCounts, StoryCounts
from milebook.model.book import Book, Story
from milebook.model.findings import ERROR, Finding, Place, Related
from milebook.model.languages import base_language
from milebook.model.text import Text

PLACEHOLDER = re.compile(
    r"\b(lorem ipsum|TODO|TKTK?|FIXME|XXX+)\b|\[(?:insert|your|add|author bio|title here)[^\]]*\]"
    r"|a few sentences of (?:author )?bio|one or two sentences about"
    r"|replace th(?:is|ese) (?:page|text|paragraph|words?) (?:by|with) your own(?: words)?",  # as the starter book has it
    re.IGNORECASE,
)
# One of these stands, in small letters, in whatever PLACEHOLDER finds; none has an "i" or "s", which have odd capitals.
SIGNS = ("lorem", "todo", "tk", "xme", "xxx", "[", "entence", "place th")
_BEGINNING = 32  # characters that hardly ever begin two texts
_HAVE_TODO = frozenset(("es", "pt", "gl", "ast", "an", "ia", "lad"))  # where it is a word, also in capitals
# XXX is thirty behind such a word, or where there are other Roman numerals.
_NUMBERED = re.compile(
    r"\b(?:bowl|chapter|article|art|psalm|part|volume|vol|book|canto|act|section|no|century|siglo|siècle|cap[ií]tulo|chapitre)\.? $",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"\b(?!XXX)[XIVL]{3,}\b")
ALWAYS_CAPITAL = re.compile(r"^(?:todo|tktk?|fixme|x+)$", re.IGNORECASE)


def over_limit(book: Book, counts: BookCounts) -> Iterator[Finding]:
    for story, count in _counted(book, counts):
        place = story.at("file")
        if count.over:
            yield Finding(
                "MB185",
                f"“{story.title}” has {count.words} words, {count.words - count.limit} more than the limit of {count.limit}",
                place,
                "shorten the story, or give it a limit of its own with “limit:”",
            )
        elif count.disputed:
            yield Finding(
                "MB186",
                f"“{story.title}” has {count.words} words by milebook's rule mb-1, but {count.word_style} as Word counts "
                f"(limit {count.limit})",
                place,
                "dashes, lone signs and numbers are counted differently; see docs/word-counts.md",
            )


def same_contributor_twice(book: Book, _counts: BookCounts | None = None) -> Iterator[Finding]:
    for chapter in book.chapters:
        for name, group in groupby(chapter.stories, lambda story: story.contributor.name):
            run = list(group)
            if name and len(run) > 1:
                what = (
                    f"“{run[0].title}” and “{run[1].title}” follow each other"
                    if len(run) == 2
                    else f"{len(run)} stories follow each other, from “{run[0].title}” to “{run[-1].title}”,"
                )
                yield Finding(
                    "MB187",
                    f"{what} and are by the same contributor",
                    run[1].place,
                    "put another story between them, if you like",
                    (Related("the first of them is at", run[0].place),),
                )


def same_title(book: Book, _counts: BookCounts | None = None) -> Iterator[Finding]:
    seen: dict[str, Story] = {}
    for story in book.stories:
        key = " ".join(story.title.casefold().split())
        first = seen.setdefault(key, story)
        if key and first is not story:
            yield Finding(
                "MB188",
                f"two stories are called “{story.title}”",
                story.at("title"),
                "give one of them another title",
                (Related("the first is at", first.at("title")),),
            )


def same_text(book: Book, _counts: BookCounts | None = None) -> Iterator[Finding]:
    beginnings: dict[str, Story] = {}
    seen: dict[str, Story] = {}
    for story in book.stories:
        beginning = _folded(story.text, _BEGINNING)
        other = beginnings.setdefault(beginning, story)
        if other is story or not beginning:
            continue
        seen.setdefault(_folded(other.text), other)
        first = seen.setdefault(_folded(story.text), story)
        if first is not story:
            yield Finding(
                "MB189",
                f"“{story.title}” has the same words as “{first.title}”",
                story.at("file"),
                "take one of the two out, or check the file's name",
                (Related("the first is at", first.at("file")),),
            )


def _folded(words: Text, most: int = sys.maxsize) -> str:
    """The words of a text without capitals, with single spaces between them; no more than its first `most` characters."""
    found, length = [], 0
    for block in words.blocks:
        line = " ".join(block.text.casefold().split())
        if line:
            found.append(line)
            length += len(line) + 1
            if length > most:
                break
    return " ".join(found)[:most]


def placeholders(book: Book, _counts: BookCounts | None = None) -> Iterator[Finding]:
    for story in book.stories:
        language = story.language or book.info.language
        for name, words, place in _fields(story):
            found = _placeholder(words, language)
            if found:
                yield Finding(
                    "MB190",
                    f"the {name} of “{story.title or story.id}” still says “{found}”",
                    place,
                    "write what belongs there, or take it out",
                )
    for called, text, language in _texts(book):
        for found, place in _in_text(text, language):
            yield Finding("MB190", f"{called} still says “{found}”", place, "write what belongs there")


def _texts(book: Book) -> Iterator[tuple[str, Text, str]]:
    """Every text of the book with what messages call it and its language: stories, front and back matter, openings."""
    usual = book.info.language
    yield from ((f"“{story.title or story.id}”", story.text, story.language or usual) for story in book.stories)
    yield from ((f"“{matter.title}”", matter.text, usual) for matter in (*book.front, *book.back))
    yield from ((f"the opening of “{chapter.title}”", chapter.opening, usual) for chapter in book.chapters)


def _in_text(words: Text, language: str) -> list[tuple[str, Place]]:
    """The first placeholder of every block, with the block's place."""
    found = [(found, one.place) for one in words.blocks if (found := _placeholder(one.text, language))]
    if any(word == "XXX" for word, _ in found) and _ROMAN.search(" ".join(one.text for one in words.blocks)):
        found = [one for one in found if one[0] != "XXX"]  # Article XXX, where there is an Article XXIX
    return found


def _placeholder(words: str, language: str) -> str:
    plain = words.lower()
    if not any(map(plain.__contains__, SIGNS)):
        return ""
    for match in PLACEHOLDER.finditer(words):
        word = match.group()
        if ALWAYS_CAPITAL.match(word) and not word.isupper():
            continue
        if word == "TODO" and base_language(language) in _HAVE_TODO:
            continue
        if word == "XXX" and _NUMBERED.search(words, 0, match.start()):
            continue
        return word
    return ""


def _fields(story: Story) -> Iterator[tuple[str, str, Place]]:
    yield "title", story.title, story.at("title")
    yield "bio", story.contributor.bio, story.contributor.at("bio")
    for photo in story.photos:
        yield "caption", photo.caption, photo.at("caption")
        yield "credit", photo.credit, photo.at("credit")
        yield "alt text", photo.alt, photo.at("alt")


def _counted(book: Book, counts: BookCounts) -> Iterator[tuple[Story, StoryCounts]]:
    for chapter, chapter_counts in zip(book.chapters, counts.chapters, strict=True):
        yield from zip(chapter.stories, chapter_counts.stories, strict=True)


def _titled_texts(book: Book) -> Iterator[tuple[str, Text]]:
    """Every text with its title, one at a time: in a large book each is only unpacked as it is asked for."""
    yield from ((matter.title, matter.text) for matter in (*book.front, *book.back))
    for chapter in book.chapters:
        yield chapter.title, chapter.opening
        yield from ((story.title, story.text) for story in chapter.stories)


def open_queries(book: Book, _counts: BookCounts | None = None) -> Iterator[Finding]:
    for title, words in _titled_texts(book):
        for query in words.queries:
            if not query.answered:
                yield Finding(
                    "MB192",
                    f"“{title}” has an open query: {query.text}",
                    query.place,
                    "before the final book, answer it and take the {>> … <<} out of the text",
                )


CHECKS: tuple[Callable[[Book, BookCounts], Iterator[Finding]], ...] = (
    over_limit,
    same_contributor_twice,
    same_title,
    same_text,
    placeholders,
    open_queries,
    catalog_facts,
)
FINAL_CHECKS = (placeholders, open_queries)  # what a draft may hold and a final book may not


def check_book(book: Book, counts: BookCounts) -> list[Finding]:
    """Every finding of CHECKS, in their order."""
    return [finding for check in CHECKS for finding in check(book, counts)]


def check_final(book: Book) -> list[Finding]:
    """What a final build and a package need beside clear permissions: a title, answered queries, no placeholders."""
    findings: list[Finding] = []
    if book.info.working_title:
        findings.append(
            Finding(
                "MB191",
                f"“{book.info.title}” is still a working title",
                book.info.at("working_title"),
                "decide the title, then write “working_title: false” or take the line out",
            )
        )
    found = [finding for check in FINAL_CHECKS for finding in check(book)]
    return findings + [finding._replace(severity=ERROR) for finding in found]
