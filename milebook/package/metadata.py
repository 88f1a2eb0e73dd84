"""What a bookshop and a catalog want to know of the book, as one JSON document; `onix` says the same to the trade's machines."""

from __future__ import annotations

from collections.abc import Mapping

from milebook import __version__
from milebook.checks.word_counts import BookCounts
from milebook.model.book import Book
from milebook.model.draft import Stamp
from milebook.package.onix import BY, EDITED_BY, Extents
from milebook.permissions.bylines_and_credits import printed_name


def metadata(
    book: Book,
    counts: BookCounts,
    stamp: Stamp,
    extents: Extents,
    *,
    mode: str,
    castoff: object,
    accessibility: object,
    files: list[str],
) -> Mapping[str, object]:
    """The document of metadata.json. `accessibility` is what the e-book says of itself."""
    info, page = book.info, extents.page
    return {
        "milebook": __version__,
        "build_id": stamp.build_id,
        "mode": mode,
        "date": stamp.date,
        "title": info.title,
        "working_title": info.working_title,
        "subtitle": info.subtitle,
        "contributors": _contributors(book),
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
        "extent": _extent(counts, extents),
        "trim": {"width_in": round(page.width / 72, 3), "height_in": round(page.height / 72, 3)},
        "castoff": castoff,
        "accessibility": accessibility,
        "stories": _stories(book),
        "files": files,
    }


def _contributors(book: Book) -> list[Mapping[str, object]]:
    """The compilers, and everybody who wrote, each under the name that is printed."""
    people: dict[str, list[str]] = {}
    for story in book.stories:
        people.setdefault(printed_name(story.contributor, book.info.language), []).append(story.title)
    return [
        *({"name": name, "role": "edited by", "onix_role": EDITED_BY} for name in book.info.authors),
        *({"name": name, "role": "by", "onix_role": BY, "stories": titles} for name, titles in people.items()),
    ]


def _extent(counts: BookCounts, extents: Extents) -> dict[str, object]:
    return {"pages": extents.pages, "words": counts.manuscript, "word_rule": "mb-1", "figures": extents.figures}


def _stories(book: Book) -> list[dict[str, object]]:
    return [
        {"story": story.id, "title": story.title, "chapter": chapter.number}
        for chapter in book.chapters
        for story in chapter.stories
    ]
