"""Make the Draft from Book and Layout: every word, label and role decided."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import astuple
from itertools import chain

from milebook.assemble.filed_names import filed, surname
from milebook.checks.word_counts import BookCounts
from milebook.compose.keyword import title_keyword
from milebook.compose.known_parts import KnownParts
from milebook.compose.matter import (
    captions_part,
    compilation,
    contents_part,
    contributors_part,
    copyright_part,
    credits_part,
    illustrations_part,
    text_part,
    title_parts,
)
from milebook.compose.notes import draft_notes
from milebook.compose.printed_words import term
from milebook.compose.texts import Numbers, Setting, set_text
from milebook.layout import Layout
from milebook.model.book import Book, BookInfo, Chapter, Matter, Story
from milebook.model.draft import Draft, Item, Part, Role, Stamp, urn_of_isbn
from milebook.model.line import filled, typed
from milebook.model.packed_parts import LARGE, PackedParts, joined
from milebook.permissions import PermissionItem

RUNNING_LENGTH = 48  # characters of a running head; longer titles are cut at a word
NAMESPACE = "8c2d4a6e-3f43-5a36-9a4e-0d3b1c6f7a10"  # of book identifiers made here; any constant serves


def compose(
    book: Book,
    layout: Layout,
    stamp: Stamp,
    counts: BookCounts,
    permissions: tuple[PermissionItem, ...],
    *,
    mode: str = "draft",
    only: Collection[str] = (),
    left_out: Sequence[str] = (),
    known: KnownParts | None = None,
) -> Draft:
    """The Draft of a Book in one layout.

    `mode` is draft (with Draft notes), final (without) or proof (with queries). `only` names the chapters of a part build;
    their numbers, and those of their figures and notes, stay the whole book's. `left_out` says, line by line, what is not in it
    because it is not clear. `known` are Parts of an earlier Draft, for a book that is composed again and again.
    """
    info = book.info
    setting = Setting(layout, info.language, info.smart_punctuation, proof=mode == "proof")
    if known is not None:
        known.begin(setting)
    chosen = [chapter for chapter in book.chapters if not only or chapter.id in only]
    is_large = known is None and sum(1 + len(chapter.stories) for chapter in chosen) > LARGE
    made = (part for chapter in chosen for part in chapter_parts(chapter, setting, known))
    body = PackedParts.of(made) if is_large else tuple(made)
    wanted = book.back if not only else ()
    back = [part for one in wanted if (part := _matter_part(one, "back", book, body, setting)) is not None]
    captions = captions_part(setting)
    if captions:
        back.append(captions)
    if mode == "draft":
        back += draft_notes(counts, permissions, setting, left_out)
    after = joined(body, back)
    front = _front_parts(book, after, setting, mode, counts.manuscript, part_build=bool(only))
    return book_draft(book, joined(front, after), setting, stamp, mode=mode)


def book_draft(book: Book, parts: Sequence[Part], setting: Setting, stamp: Stamp, *, mode: str) -> Draft:
    """Parts under the title, authors, identifiers and rights of their book."""
    info = book.info
    return Draft(
        title=str(info.title),
        subtitle=str(info.subtitle),
        authors=info.authors,
        language=info.language,
        publisher=info.publisher,
        description=info.description,
        rights=_rights(info),
        isbn=dict(info.isbn),
        identifier=_identifier(info),
        mode=mode,
        parts=parts,
        stamp=stamp,
        cover=book.cover_path,
        cover_alt=info.cover_alt,
        cover_design=info.cover_design,
        header=_header(info),
        queries=tuple(setting.queries),
        subjects=info.bisac,
        filed=tuple(filed(name, "", info.language).whole for name in info.authors),
    )


def chapter_parts(chapter: Chapter, setting: Setting, known: KnownParts | None = None) -> Iterator[Part]:
    """A chapter's opener and its stories."""
    numbers = Numbers(chapter=chapter.number)
    prefix = f"mbc_{chapter.id}"
    title = str(chapter.title)
    items: list[Item] = [
        setting.plain(
            Role.CHAPTER_NUMBER, term(setting.language, "chapter", number=chapter.number), f"{prefix}_number"
        ),
        setting.line(Role.CHAPTER_TITLE, chapter.title, f"{prefix}_title", chapter.at("title"), level=1),
    ]
    text, notes = set_text(chapter.opening, prefix, setting, numbers)
    yield Part(
        "chapter",
        f"chapter-{chapter.id}",
        title,
        "body",
        (*items, *text),
        tuple(notes),
        1,
        chapter.number,
        running=shortened(title),
    )
    for story in chapter.stories:
        yield _known_part(story, setting, numbers, known)


def _known_part(story: Story, setting: Setting, numbers: Numbers, known: KnownParts | None) -> Part:
    """One story, composed unless it is known. A story that leaves something for the end of the book is always composed."""
    if known is None or setting.proof:
        return story_part(story, setting, numbers)
    found = known.get(story, numbers)
    if found is None:
        before, left = astuple(numbers), len(setting.left_out)
        found = story_part(story, setting, numbers)
        if len(setting.left_out) == left:
            known.put(story, before, numbers, found)
    return found


def story_part(story: Story, setting: Setting, numbers: Numbers) -> Part:
    """One story under its title and byline."""
    prefix = f"mb_{story.id}"
    lang = story.language if story.language != setting.language else ""
    title = str(story.title)
    items: list[Item] = [
        setting.line(Role.STORY_TITLE, story.title, f"{prefix}_title", story.at("title"), level=2, lang=lang)
    ]
    if story.byline:
        written = filled(setting.curled(setting.layout.byline_form), byline=story.byline)
        items.append(setting.line(Role.BYLINE, written, f"{prefix}_byline", story.contributor.place))
    text, notes = set_text(story.text, prefix, setting, numbers, story.photos, lang=lang)
    items += text
    if setting.layout.end_mark:
        items.append(setting.plain(Role.END_MARK, setting.layout.end_mark, f"{prefix}_end"))
    return Part(
        "story",
        f"story-{story.id}",
        title,
        "body",
        tuple(items),
        tuple(notes),
        2,
        lang=lang,
        byline=story.byline,
        running=shortened(title),
    )


def _matter_part(matter: Matter, side: str, book: Book, others: Iterable[Part], setting: Setting) -> Part | None:
    """An entry of the front or back matter; `others` are the parts that lists of contents and illustrations tell of."""
    if matter.kind == "copyright":
        return copyright_part(book, setting)._replace(matter=side)
    if matter.kind == "contents":
        return contents_part(others, side, setting)
    if matter.kind == "illustrations":
        return illustrations_part(others, side, setting)
    if matter.kind == "contributors":
        return contributors_part(book, side, setting)
    if matter.kind == "credits":
        return credits_part(book, side, setting)
    return text_part(matter, side, setting) if matter.kind == "text" else None


def _front_parts(
    book: Book, after: Sequence[Part], setting: Setting, mode: str, words: int, *, part_build: bool
) -> list[Part]:
    """Front matter in the index's order; the contents list what comes after them, so parts are made from the back."""
    manuscript = setting.layout.title_page == "manuscript"
    wanted = list(book.front)
    if part_build:
        wanted = [matter for matter in wanted if matter.kind in ("title", "contents")]
    if manuscript and wanted and not any(matter.kind == "title" for matter in wanted):
        wanted.insert(0, Matter(kind="title"))
    made: list[Part] = []
    for matter in reversed(wanted):
        part: Part | None = None
        if matter.kind == "half-title":
            part = None if manuscript else title_parts("half-title", book, setting, mode, words)
        elif matter.kind == "title":
            part = title_parts("title", book, setting, mode, words)
        else:
            part = _matter_part(matter, "front", book, chain(reversed(made), after), setting)
        if part is not None:
            made.append(part)
    return made[::-1]


def shortened(title: str, length: int = RUNNING_LENGTH) -> str:
    """A title that fits a running head, or so many characters."""
    if len(title) <= length:
        return title
    cut = title[: length - 1].rpartition(" ")[0] or title[: length - 1]
    return cut.rstrip(" ,;:.–—-") + "…"


def _rights(info: BookInfo) -> str:
    line = compilation(info)
    return f"{line}. {term(info.language, 'stories')}" if line else ""


def _identifier(info: BookInfo) -> str:
    if number := urn_of_isbn(info.isbn.get("ebook", "")):
        return number
    from uuid import UUID, uuid5

    return f"urn:uuid:{uuid5(UUID(NAMESPACE), ' / '.join((typed(info.title), *info.authors)))}"


def _header(info: BookInfo) -> tuple[str, str]:
    """Shunn's running head: the compilers' surnames and the keyword of the title."""
    names = " & ".join(dict.fromkeys(surname(name, info.language) for name in info.authors))
    return names, title_keyword(info.title)
