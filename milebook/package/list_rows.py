"""The lists beside the text: captions, alt texts, contributors and open queries, as rows, and the first two as Word files too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from milebook.checks.castoff import Castoff
from milebook.compose import book_draft
from milebook.compose.printed_words import figure_name
from milebook.compose.texts import Setting
from milebook.layout import Layout
from milebook.model.book import Book, Story
from milebook.model.draft import Draft, Item, Part, Role, Stamp
from milebook.model.line import joined
from milebook.model.text import Run
from milebook.permissions.bylines_and_credits import attribution_form, credit_line, printed_name, withheld
from milebook.permissions.names import folded

CAPTION_COLUMNS = ("figure", "chapter", "story", "caption", "credit", "alt")
CONTRIBUTOR_COLUMNS = ("order", "name_as_printed", "legal_name", "form", "location", "stories", "bio")
CASTOFF_COLUMNS = ("chapter", "title", "estimated_pages", "at_least", "at_most", "pages_in_print_proof")
QUERY_COLUMNS = ("query", "where", "file", "line", "text")


def caption_rows(book: Book) -> list[tuple[object, ...]]:
    """A row for every printed photo, under CAPTION_COLUMNS."""
    return [
        (photo.number, chapter.number, story.title, photo.caption, credit_line(photo), photo.alt or ("decorative" if photo.decorative else ""))
        for chapter, story, photo in book.figures()
    ]  # fmt: skip


def contributor_rows(book: Book) -> list[tuple[object, ...]]:
    """Everybody once, in the order of the book. A name that a byline hides is in no list, nor is a child's beyond its byline."""
    people: dict[tuple[str, str], list[Story]] = {}
    for story in book.stories:
        who = story.contributor
        # two whose names are not known are two
        shown = who.printed or printed_name(who, book.info.language)
        people.setdefault((str(shown), folded(who.name) or story.id), []).append(story)
    rows: list[tuple[object, ...]] = []
    for order, ((shown, _), stories) in enumerate(people.items(), 1):
        who = stories[0].contributor
        legal = who.name
        child = any(0 < story.contributor.age < 18 for story in stories)
        hidden = withheld(who) or (child and shown != legal)
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
    """Every open query by the number it has in proofs; those of front and back matter are of chapter 0."""
    matter = [(entry.title, entry.text) for entry in (*book.front, *book.back)]
    groups = [(0, matter)]
    for chapter in book.chapters:
        stories = [(story.title, story.text) for story in chapter.stories]
        groups.append((chapter.number, [(chapter.title, chapter.opening), *stories]))
    rows: list[tuple[object, ...]] = []
    for number, texts in groups:
        asked = [(where, query) for where, text in texts for query in text.queries]
        for serial, (where, query) in enumerate(asked, 1):
            if not query.answered:
                place = query.place
                rows.append((f"Q{number}.{serial:02d}", where, place.file, place.line, query.text))
    return rows


def castoff_rows(
    book: Book, estimate: Castoff, draft: Draft, pages: Mapping[str, str], total: int
) -> list[tuple[object, ...]]:
    """The estimate beside the pages of the print proof. `pages` maps anchors to labels, `total` is the number of sides."""
    rows: list[tuple[object, ...]] = []
    after = next((part.anchor for part in draft.parts if part.matter == "back" and part.anchor in pages), "")
    starts = [pages.get(f"chapter-{chapter.id}", "") for chapter in book.chapters]
    for chapter, start, end in zip(book.chapters, starts, [*starts[1:], pages.get(after, "")], strict=True):
        real = int(end) - int(start) if start.isdecimal() and end.isdecimal() else "not known"
        rows.append((chapter.number, chapter.title, *estimate.chapters[chapter.id], real))
    rows.append(("", "front and back matter", estimate.matter, "", "", ""))
    rows.append(("", "whole book", *estimate.book, total))
    return rows


def captions_draft(book: Book, layout: Layout, stamp: Stamp) -> Draft:
    """Every figure's caption and credit, as a house wants them: apart from the text."""
    lines = [
        (
            f"{figure_name(book.info.language, layout.figure_label, photo.number)}.",
            joined(" ", (photo.caption, credit_line(photo))),
        )
        for _, _, photo in book.figures()
    ]
    return _listing(book, layout, stamp, "Captions", lines)


def alt_draft(book: Book, layout: Layout, stamp: Stamp) -> Draft:
    """Every figure's alt text."""
    lines = [
        (
            f"{figure_name(book.info.language, layout.figure_label, photo.number)}.",
            "Decorative; needs none." if photo.decorative else photo.alt or "Not written yet.",
        )
        for _, _, photo in book.figures()
    ]
    return _listing(book, layout, stamp, "Alt texts", lines)


def _listing(book: Book, layout: Layout, stamp: Stamp, title: str, lines: Iterable[tuple[str, str]]) -> Draft:
    setting = Setting(layout, book.info.language, book.info.smart_punctuation)
    items: list[Item] = [setting.plain(Role.PART_TITLE, title, "mbl_title", level=1, lang="en")]
    for order, (label, text) in enumerate(lines, 1):
        line = setting.line(Role.CAPTION, text, f"mbl_p{order:03d}")
        items.append(line._replace(runs=(Run(f"{label} "), *line.runs)))
    part = Part("text", "listing", title, "body", tuple(items))
    return book_draft(book, (part,), setting, stamp, mode="final")._replace(cover="")
