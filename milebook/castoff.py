"""Castoff: how many printed pages a Book will make, estimated from its characters and photos before anything is set.

Reflowing castoff (words divided by words a page) is wrong for short pieces, which waste page ends and carry photos; this one
adds up characters, titles and photos story by story. Characters a page, spaces included, are 1,400 for 5 x 8 in, 1,800 for
5.5 x 8.5 and 2,100 for 6 x 9 (Signature Book Printing's table); other trims follow from their area.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from milebook.book import Book, Chapter, Story
from milebook.layout import Page
from milebook.prose.blocks import Text

CHARACTERS_A_SQUARE_INCH = 2100 / 54  # on 6 x 9 in
TITLE = 0.14  # of a page: a story's title and byline with the space around them
OPENER = 0.3  # a chapter's number and title
LINE_END = 45  # characters that a paragraph's last line leaves empty, on average
PHOTO_AT_MOST = 0.56  # of a page's height, with its caption
CAPTION = 0.06
SPREAD = 0.1  # the estimate's range, either way


class Extent(NamedTuple):
    """Printed pages of a chapter or the book: the estimate, and the range it may be trusted in."""

    pages: int
    low: int
    high: int


class Castoff(NamedTuple):
    chapters: Mapping[str, Extent]  # by chapter id
    matter: int  # pages of front and back matter
    book: Extent


def castoff(book: Book, page: Page) -> Castoff:
    """The extent of a Book on a page of this trim."""
    capacity = CHARACTERS_A_SQUARE_INCH * page.width / 72 * page.height / 72
    shape = (page.width - page.inside - page.outside) / max(1.0, page.height - page.top - page.bottom)
    exact = {chapter.id: _chapter(chapter, capacity, shape) for chapter in book.chapters}
    recto = page.chapters == "recto"
    chapters = {name: _extent(pages, recto) for name, pages in exact.items()}
    matter = 0
    for entry in (*book.front, *book.back):
        full = _text(entry.text, capacity) if entry.kind == "text" else _generated(entry.kind, book, capacity)
        matter += _even(math.ceil(full)) if page.front == "recto" else math.ceil(full)
    total = matter + sum(extent.pages for extent in chapters.values())
    low = matter + sum(extent.low for extent in chapters.values())
    high = matter + sum(extent.high for extent in chapters.values())
    return Castoff(chapters, matter, Extent(_even(total), _even(low), _even(high)))


def castoff_report(book: Book, page: Page, real: int) -> dict[str, object]:
    """The castoff beside the pages that the layout really made (0: not made in this run), for build.json."""
    estimate = castoff(book, page)
    return {
        "trim": f"{page.width / 72:g} x {page.height / 72:g} in",
        "chapters": [{"id": name, **extent._asdict()} for name, extent in estimate.chapters.items()],
        "matter": estimate.matter,
        "book": estimate.book._asdict(),
        "pages": real,
    }


def _chapter(chapter: Chapter, capacity: float, shape: float) -> float:
    pages = OPENER + _text(chapter.opening, capacity)
    return pages + sum(_story(story, capacity, shape) for story in chapter.stories)


def _story(story: Story, capacity: float, shape: float) -> float:
    pages = TITLE + _text(story.text, capacity)
    for photo in story.photos:
        if photo.path and photo.pixels[0]:
            pages += min(PHOTO_AT_MOST, shape * photo.pixels[1] / photo.pixels[0]) + CAPTION
    return pages


def _text(text: Text, capacity: float) -> float:
    blocks = [*text.blocks, *(block for note in text.notes for block in note.blocks)]
    return sum(len(block.text) + LINE_END for block in blocks) / capacity


def _generated(kind: str, book: Book, capacity: float) -> float:
    if kind == "contents":
        return 0.25 + (len(book.stories) + len(book.chapters)) / 30
    if kind == "contributors":
        return 0.25 + sum(len(story.contributor.bio) + 70 for story in book.stories) / capacity
    if kind == "credits":
        return 0.25 + sum(len(story.photos) for story in book.stories) * 90 / capacity
    return 1.0


def _extent(pages: float, recto: bool) -> Extent:
    def whole(number: float) -> int:
        return _even(math.ceil(number)) if recto else math.ceil(number)

    return Extent(whole(pages), whole(pages * (1 - SPREAD)), whole(pages * (1 + SPREAD)))


def _even(pages: int) -> int:
    """Sides of whole leaves: a part that begins on a recto leaves its last verso blank."""
    return pages + pages % 2
