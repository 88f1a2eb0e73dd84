"""Castoff: how many printed pages a Book will make, estimated from its characters and photos before anything is set.

Reflowing castoff (words divided by words a page) is wrong for short pieces, which waste page ends and carry photos; this one
adds up characters, titles and photos story by story. A line holds as many characters as fit the measure, a paragraph wastes
half of its last line: on 6 x 9 in that comes to the 2,100 characters a page, spaces included, of printers' tables.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from milebook.layout import Layout, Page, Style
from milebook.model.book import Book, Chapter, Matter, Photo, Story
from milebook.model.draft import Role
from milebook.model.text import VERSE, Text

CHARACTER = 0.375  # of the type's size: what a character takes on average, spaces included
PHOTO_AT_MOST = 0.56  # of a page's height
CAPTION = 44.0  # points, with the credit and the white around
NOTE = 0.7  # the size of a note's text beside the book's
SPREAD = 0.08  # the estimate's range, either way, and half a page a chapter beside


class Extent(NamedTuple):
    """Printed pages of a chapter or the book: the estimate, and the range it may be trusted in."""

    pages: int
    low: int
    high: int


class Castoff(NamedTuple):
    chapters: Mapping[str, Extent]  # by chapter id
    matter: int  # pages of front and back matter
    book: Extent


def castoff(book: Book, layout: Layout) -> Castoff:
    """The extent of a Book in a layout."""
    page, measure = layout.page, _Measure(layout)
    recto = page.chapters == "recto"
    chapters = {chapter.id: _extent(measure.chapter(chapter), recto) for chapter in book.chapters}
    matter = _even(_matter(book.front, book, measure, page)) + _matter(book.back, book, measure, page)
    total, low, high = (matter + sum(extent[i] for extent in chapters.values()) for i in range(3))
    return Castoff(chapters, matter, Extent(_even(total), low, _even(high)))


def castoff_report(book: Book, layout: Layout, real: int) -> dict[str, object]:
    """The castoff beside the pages that the layout really made (0: not made in this run), for build.json."""
    estimate, page = castoff(book, layout), layout.page
    return {
        "trim": f"{round(page.width / 72, 2):g} x {round(page.height / 72, 2):g} in",
        "chapters": [{"id": name, **extent._asdict()} for name, extent in estimate.chapters.items()],
        "matter": estimate.matter,
        "book": estimate.book._asdict(),
        "pages": real,
    }


UPRIGHT = 1.1  # height over width from which two photos stand side by side, as in the PDF
SHARP = 300.0  # pixels to the inch: no photo is printed larger


class _Measure:
    """What fits on a page: everything in points of its height."""

    def __init__(self, layout: Layout) -> None:
        page, body = layout.page, layout.styles.get(Role.BODY, Style())
        self.width = max(72.0, page.width - page.inside - page.outside)
        self.depth = max(72.0, page.height - page.top - page.bottom)
        self.leading = body.leading
        self.line = self.width / (CHARACTER * body.size)  # characters
        self.whole_pages = page.stories != "run-on"
        self.photo = min(PHOTO_AT_MOST, layout.max_photo_height) * self.depth
        self.opener = _height(layout, Role.CHAPTER_NUMBER, Role.CHAPTER_TITLE)
        self.title = _height(layout, Role.STORY_TITLE, Role.BYLINE)
        self.part_title = _height(layout, Role.PART_TITLE)

    def chapter(self, chapter: Chapter) -> float:
        """Pages."""
        opening = (self.opener + self.text(chapter.opening)) / self.depth
        stories = [self.story(story) / self.depth for story in chapter.stories]
        if self.whole_pages:
            return math.ceil(opening) + sum(map(math.ceil, stories))
        return opening + sum(stories)

    def story(self, story: Story) -> float:
        height = self.title + self.text(story.text)
        shown = [photo for photo in story.photos if photo.path and photo.pixels[0]]
        at = 0
        while at < len(shown):
            two = shown[at : at + 2]
            beside = len(two) == 2 and two[0].where == two[1].where and two[0].after == two[1].after
            if not (beside and all(photo.pixels[1] >= UPRIGHT * photo.pixels[0] for photo in two)):
                two = two[:1]
            height += self.photos(two) + CAPTION
            at += len(two)
        return height

    def photos(self, beside: Sequence[Photo]) -> float:
        """The height of a photo, or of two upright ones side by side, none larger than its pixels are sharp."""
        shares = [photo.pixels[0] / photo.pixels[1] for photo in beside]
        sharp = min(photo.pixels[1] * 72 / SHARP for photo in beside)
        return min(self.photo, sharp, self.width / sum(shares))

    def text(self, text: Text) -> float:
        poem = any(block.kind == VERSE for block in text.blocks)
        lines = sum(self.lines(block.text) + poem for block in text.blocks)  # a line of white after each stanza
        lines += sum((len(block.text) / self.line + 0.5) * NOTE for note in text.notes for block in note.blocks)
        return lines * self.leading

    def lines(self, text: str) -> float:
        """Lines of a paragraph, or of a stanza with its line breaks, on average."""
        return sum(max(1.0, len(line) / self.line + 0.5) for line in text.split("\n"))

    def generated(self, kind: str, book: Book) -> float:
        """The height of a part that milebook makes itself."""
        photos = sum(1 for _ in book.figures())
        credits = {
            (story.id, photo.permission.credit or photo.credit)
            for story in book.stories
            for photo in story.photos
            if photo.path
        }
        owed = len(credits) + sum(len(story.quotes) + bool(story.source.published) for story in book.stories)
        if kind == "contents":
            return self.part_title + len(book.stories) * self.leading + (2 * len(book.chapters) + 6) * self.leading
        if kind == "contributors":
            bios = {story.contributor.name or story.id: story.contributor.bio for story in book.stories}
            lines = sum((len(bio) + 50) / self.line + 0.75 for bio in bios.values())
            return self.part_title + lines * self.leading
        if kind == "illustrations" or (kind == "credits" and not owed):
            return self.part_title + photos * 1.2 * self.leading if photos else 0.0
        if kind == "credits":
            return self.part_title + owed * 1.2 * self.leading
        return self.depth


def _matter(entries: tuple[Matter, ...], book: Book, measure: _Measure, page: Page) -> int:
    """Pages of the front or the back matter. Its last page needs no blank one behind it."""
    pages = 0
    for entry in entries:
        if entry.kind == "copyright" and pages:
            pages += pages % 2  # on the back of the title page
            continue
        if entry.kind == "text":
            height = measure.part_title + measure.text(entry.text)
        else:
            height = measure.generated(entry.kind, book)
        if height:
            pages = (_even(pages) if page.front == "recto" else pages) + math.ceil(height / measure.depth)
    return pages


def _height(layout: Layout, *roles: Role) -> float:
    """Points of one line in each of these styles, with the white around."""
    styles = [layout.styles.get(role, Style()) for role in roles]
    return sum(style.before + style.leading + style.after for style in styles)


def _extent(pages: float, recto: bool) -> Extent:
    def whole(number: float) -> int:
        return _even(math.ceil(number)) if recto else math.ceil(number)

    return Extent(whole(pages), whole(max(0.1, pages * (1 - SPREAD) - 0.5)), whole(pages * (1 + SPREAD) + 0.5))


def _even(pages: int) -> int:
    """Sides of whole leaves: a part that begins on a recto leaves its last verso blank."""
    return pages + pages % 2
