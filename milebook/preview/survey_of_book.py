"""Make the picture of a book that the overview shows, from what was read of it.

Names follow the rules of print: bylines, never legal names. `mask` hides what else must not leave the author's desk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from milebook.assemble.lines import with_lines
from milebook.checks.word_counts import BookCounts, count_book
from milebook.model.book import Book, Story
from milebook.model.figure_names import figure_name
from milebook.model.index import Index
from milebook.model.slugs import plain_letters
from milebook.permissions import PermissionItem
from milebook.permissions.bylines_and_credits import printed_name
from milebook.preview.hints import Hint, order_hints
from milebook.preview.masking import GUARDIAN, Mask
from milebook.preview.survey import Ask, Card, Column, Open, Shot, Survey

WEIGHTS = {"refused": 3, "withdrawn": 3, "to_request": 2}  # a person's worst answer comes first

TextOf = Callable[[Story], tuple[int, str]]  # words of a story's text, and the text itself


def survey(
    index: Index,
    book: Book | None,
    counts: BookCounts | None,
    items: Iterable[PermissionItem],
    text_of: TextOf,
    *,
    mask: Mask | None = None,
    pages: int = 0,
    extent: tuple[int, int] = (0, 0),
) -> Survey:
    """The picture of a book. `text_of` reads the stories that are not in the book; `mask` is for what leaves the desk."""
    mask = mask or Mask.none()
    index = with_lines(index)
    info = book.info if book else index.info
    items = list(items)
    opened = [_open(item, mask) for item in items if not item.clear]
    counts = counts or (count_book(book) if book else None)
    maker = _Cards(index, book, counts, opened, text_of, mask)
    columns = _columns(index, book, maker)
    placed = {card.id for column in columns for card in column.cards}
    left = [story for story in index.stories if story.id not in placed]
    return Survey(
        title=info.title,
        subtitle=info.subtitle,
        authors=info.authors,
        working_title=info.working_title,
        language=info.language,
        date=info.date,
        words=counts.manuscript if counts else 0,
        target=info.word_target,
        limit=info.story_limit,
        needed=len(items),
        clear=sum(item.clear for item in items),
        columns=columns,
        inbox=tuple(maker.card(story) for story in left if story.status != "cut"),
        cut=tuple(maker.card(story) for story in left if story.status == "cut"),
        asks=_asks(opened),
        shots=tuple(_shots(book, opened, mask)) if book else (),
        over=sum(card.over for column in columns for card in column.cards),
        pages=pages,
        pages_low=extent[0],
        pages_high=extent[1],
    )


def _open(item: PermissionItem, mask: Mask) -> Open:
    """An open item in words that may be shown."""
    label = {
        "text": "the story",
        "photo": f"{figure_name(item.figure)}, the photo" if item.figure else "the photo",
        "person": f"a person in {figure_name(item.figure)}" if item.figure else "a person in a photo",
        "quote": "a quotation",
        "reprint": "where it appeared before",
    }.get(item.kind, item.kind.replace("_", " "))
    if not item.story:
        label = "the cover"
    who = mask(item.signer) or mask.contributor(item.story) or "not known yet"
    if who == GUARDIAN:  # guardians of several children are several people
        child = f"the child in {figure_name(item.figure)}" if item.figure else mask.contributor(item.story)
        who = f"The guardian of {child}" if child else "A guardian"
    return Open(
        item.kind, label, mask(item.why), mask(item.next_step), who, item.status, item.story, item.title, item.figure
    )


class _Cards:
    """Makes cards of stories."""

    def __init__(
        self,
        index: Index,
        book: Book | None,
        counts: BookCounts | None,
        opened: Iterable[Open],
        text_of: TextOf,
        mask: Mask,
    ) -> None:
        self.index, self.text_of, self.mask = index, text_of, mask
        self.placed = {story.id: story for story in (book.stories if book else ())}
        chapters = counts.chapters if counts else ()
        self.known = {one.id: (one.words, one.limit) for chapter in chapters for one in chapter.stories}
        self.opened: dict[str, list[Open]] = {}
        for one in opened:
            self.opened.setdefault(one.story, []).append(one)

    def card(self, story: Story) -> Card:
        info = self.index.info
        words, limit = self.known.get(story.id, (-1, 0))
        text = ""
        if words < 0:
            words, text = self.text_of(story)
            limit = story.limit or info.story_limit
        else:
            text = "\n".join(block.text for block in self.placed[story.id].text.blocks)
        return Card(
            story.id,
            story.title or story.id,
            printed_name(story.contributor, info.language),
            words,
            limit,
            story.status,
            story.tags,
            len(story.photos),
            tuple(self.opened.get(story.id, ())),
            story.received,
            text=text,
        )


def _columns(index: Index, book: Book | None, maker: _Cards) -> tuple[Column, ...]:
    chapters = {chapter.id: chapter for chapter in (book.chapters if book else ())}
    columns = []
    for entry in index.chapters:
        chapter = chapters.get(entry.id)
        cards = tuple(maker.card(story) for story in (chapter.stories if chapter else ()))
        columns.append(
            Column(
                entry.id,
                entry.title,
                chapter.number if chapter else 0,
                sum(card.words for card in cards),
                cards,
                takes(entry.select) if entry.stories is None and entry.select else "",
                entry.order_by,
                entry.select or {},
            )
        )
    return tuple(_with_hints(columns))


def _with_hints(columns: list[Column]) -> Iterable[Column]:
    found: dict[str, list[Hint]] = {}
    for hint in order_hints(columns):
        found.setdefault(hint.story, []).append(hint)
    for column in columns:
        cards = tuple(replace(card, hints=tuple(h.text for h in found.get(card.id, ()))) for card in column.cards)
        yield replace(column, cards=cards, hints=tuple(h.text for h in found.get(f"chapter {column.id}", ())))


def takes(select: Mapping[str, tuple[str, ...]] | None) -> str:
    """A selection in words: takes what is tagged “race” and has the status selected."""
    parts = []
    for name, words in (select or {}).items():
        quoted = " or ".join(f"“{word}”" for word in words)
        parts.append(
            {
                "tags": f"is tagged {quoted}",
                "status": f"is {' or '.join(words)}",
                "contributor": f"is by {quoted}",
                "location": f"comes from {quoted}",
                "source": f"came as {' or '.join(words)}",
                "language": f"is in {' or '.join(words)}",
            }.get(name, f"has the {name} {quoted}")
        )
    return f"takes what {' and '.join(parts)}" if parts else ""


def _asks(opened: Iterable[Open]) -> tuple[Ask, ...]:
    """Everybody who has to be asked: the worst answers first, then those with most items."""
    people: dict[str, list[Open]] = {}
    for one in opened:
        people.setdefault(one.who, []).append(one)

    def urgency(entry: tuple[str, list[Open]]) -> tuple[int, int, str]:
        return -max(WEIGHTS.get(one.status, 1) for one in entry[1]), -len(entry[1]), plain_letters(entry[0])

    return tuple(Ask(who, tuple(items)) for who, items in sorted(people.items(), key=urgency))


def _shots(book: Book, opened: Iterable[Open], mask: Mask) -> Iterable[Shot]:
    by_figure: dict[tuple[str, str], list[Open]] = {}
    for one in opened:
        if one.figure:
            by_figure.setdefault((one.story, one.figure), []).append(one)
    for chapter in book.chapters:
        for story in chapter.stories:
            for photo in story.photos:
                yield Shot(
                    photo.number,
                    mask(photo.caption),
                    mask(photo.permission.credit or photo.credit),
                    mask(photo.alt),
                    story.title,
                    story.id,
                    photo.path,
                    photo.pixels,
                    tuple(by_figure.get((story.id, photo.number), ())),
                    chapter.number,
                )
