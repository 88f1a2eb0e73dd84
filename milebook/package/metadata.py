"""What a bookshop and a catalog want to know of the book, as one JSON document; `onix` says the same to the trade's machines."""

from __future__ import annotations

from collections.abc import Mapping

from milebook import __version__
from milebook.checks.word_counts import BookCounts
from milebook.layout import Page
from milebook.model.book import Book
from milebook.model.draft import Stamp
from milebook.permissions.bylines_and_credits import printed_name

EDITED_BY, BY = "B01", "A01"  # ONIX code list 17, contributor roles


def metadata(
    book: Book,
    counts: BookCounts,
    stamp: Stamp,
    page: Page,
    pages: int,
    accessibility: object,
    castoff: object,
    files: list[str],
    *,
    mode: str,
) -> Mapping[str, object]:
    """The document of metadata.json. `pages` is the print edition's extent, `accessibility` what the e-book says of itself."""
    info = book.info
    people: dict[str, list[str]] = {}
    for story in book.stories:
        people.setdefault(printed_name(story.contributor, info.language), []).append(story.title)
    return {
        "milebook": __version__,
        "build_id": stamp.build_id,
        "mode": mode,
        "date": stamp.date,
        "title": info.title,
        "working_title": info.working_title,
        "subtitle": info.subtitle,
        "contributors": [
            *({"name": name, "role": "edited by", "onix_role": EDITED_BY} for name in info.authors),
            *({"name": name, "role": "by", "onix_role": BY, "stories": titles} for name, titles in people.items()),
        ],
        "publisher": info.publisher,
        "copyright": {"year": info.copyright_year, "holder": info.copyright_holder},
        "isbn": dict(info.isbn),
        "languages": [info.language],
        "description": info.description,
        "bisac": list(info.bisac),
        "thema": list(info.thema),
        "keywords": list(info.keywords),
        "price": dict(info.price),
        "territory": info.editions.territory,
        "formats": list(info.editions.formats),
        "extent": {"pages": pages, "words": counts.manuscript, "word_rule": "mb-1", "figures": figures(book)},
        "trim": {"width_in": round(page.width / 72, 3), "height_in": round(page.height / 72, 3)},
        "castoff": castoff,
        "accessibility": accessibility,
        "stories": [
            {"story": story.id, "title": story.title, "chapter": chapter.number}
            for chapter in book.chapters
            for story in chapter.stories
        ],
        "files": files,
    }


def figures(book: Book) -> int:
    """How many photos the book has."""
    return sum(bool(photo.path) for story in book.stories for photo in story.photos)
