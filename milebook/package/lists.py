"""The lists beside the text: captions, alt texts, contributors and open queries, as rows, and the first two as Word files too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from milebook.book import Book, Chapter, Photo, Story
from milebook.compose import book_draft
from milebook.compose.texts import Setting
from milebook.draft import NOWHERE, Draft, Item, Part, Role, Stamp
from milebook.layout import Layout
from milebook.permissions.printed import attribution_form, credit_line, printed_name, withheld
from milebook.prose.blocks import Run

CAPTION_COLUMNS = ("figure", "chapter", "story", "caption", "credit", "alt")
CONTRIBUTOR_COLUMNS = ("order", "name_as_printed", "legal_name", "form", "location", "stories", "bio")
QUERY_COLUMNS = ("query", "where", "file", "line", "text")


def printed_photos(book: Book) -> Iterator[tuple[Chapter, Story, Photo]]:
    for chapter in book.chapters:
        for story in chapter.stories:
            for photo in story.photos:
                if photo.path:
                    yield chapter, story, photo


def caption_rows(book: Book) -> list[tuple[object, ...]]:
    return [
        (photo.number, chapter.number, story.title, photo.caption, credit_line(photo), photo.alt or ("decorative" if photo.decorative else ""))
        for chapter, story, photo in printed_photos(book)
    ]  # fmt: skip


def contributor_rows(book: Book) -> list[tuple[object, ...]]:
    """Everybody once, in the order of the book. A name that a byline hides is in no list."""
    people: dict[tuple[str, str], list[Story]] = {}
    for story in book.stories:
        who = story.contributor
        people.setdefault((printed_name(who, book.info.language), who.name), []).append(story)
    rows: list[tuple[object, ...]] = []
    for order, ((shown, legal), stories) in enumerate(people.items(), 1):
        who = stories[0].contributor
        hidden = withheld(who)
        rows.append(
            (
                order,
                shown,
                "withheld" if hidden else legal,
                attribution_form(who),
                "" if who.anonymous else who.location,
                "; ".join(story.title for story in stories),
                "" if who.anonymous else who.bio,
            )
        )
    return rows


def query_rows(book: Book) -> list[tuple[object, ...]]:
    texts = [(chapter.number, chapter.title, chapter.opening) for chapter in book.chapters]
    rows: list[tuple[object, ...]] = []
    for chapter, (number, title, opening) in zip(book.chapters, texts, strict=True):
        serial = 0
        for where, text in ((title, opening), *((story.title, story.text) for story in chapter.stories)):
            for query in text.queries:
                serial += 1
                if not query.answered:
                    rows.append((f"Q{number}.{serial:02d}", where, query.place.file, query.place.line, query.text))
    return rows


def captions_draft(book: Book, layout: Layout, stamp: Stamp) -> Draft:
    """Every figure's caption and credit, as a house wants them: apart from the text."""
    lines = [
        (f"{layout.figure_label} {photo.number}.", " ".join(filter(None, (photo.caption, credit_line(photo)))))
        for _, _, photo in printed_photos(book)
    ]
    return _listing(book, layout, stamp, "Captions", lines)


def alt_draft(book: Book, layout: Layout, stamp: Stamp) -> Draft:
    """Every figure's alt text."""
    lines = [
        (
            f"{layout.figure_label} {photo.number}.",
            "Decorative; needs none." if photo.decorative else photo.alt or "Not written yet.",
        )
        for _, _, photo in printed_photos(book)
    ]
    return _listing(book, layout, stamp, "Alt texts", lines)


def _listing(book: Book, layout: Layout, stamp: Stamp, title: str, lines: Iterable[tuple[str, str]]) -> Draft:
    setting = Setting(layout, book.info.language, book.info.smart_punctuation)
    items: list[Item] = [setting.paragraph(Role.PART_TITLE, (Run(title),), "mbl_title", NOWHERE, level=1, lang="en")]
    for order, (label, text) in enumerate(lines, 1):
        line = setting.line(Role.CAPTION, text, f"mbl_p{order:03d}")
        items.append(line._replace(runs=(Run(f"{label} "), *line.runs)))
    part = Part("text", "listing", title, "body", tuple(items))
    return book_draft(book, (part,), setting, stamp, mode="final")._replace(cover="")
