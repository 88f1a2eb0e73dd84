"""Proofs as Drafts: a chapter for the editors, or one contributor's own stories with a slip to sign."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from milebook.book import Book, Chapter, Story
from milebook.compose import book_draft, chapter_parts, story_part
from milebook.compose.terms import quoted
from milebook.compose.texts import Numbers, Setting
from milebook.draft import NOWHERE, Draft, Figure, Item, Paragraph, Part, Role, Stamp
from milebook.layout import Layout
from milebook.permissions.printed import printed_name
from milebook.prose.blocks import Run

RULE = "_" * 32  # room for a hand to write on


class ProofParagraph(NamedTuple):
    """What a paragraph said when a proof was made, for comparing a returned file or a later proof with it."""

    anchor: str
    story: str  # id; "" for a chapter's own text
    role: str
    text: str


def chapter_proof(
    book: Book, chapter: Chapter, layout: Layout, stamp: Stamp, *, first_page: int = 1, changed: frozenset[str] = frozenset()
) -> Draft:
    """A proof of one chapter, with the whole book's numbers. `changed` names the anchors to mark in the margin."""
    setting = _setting(book, layout, changed)
    parts = chapter_parts(chapter, setting)
    parts += _query_list(setting)
    draft = book_draft(book, tuple(parts), setting, stamp, mode="proof")
    line = _stamp_line(book, f"Chapter {chapter.number}, {chapter.title}", stamp)
    return draft._replace(first_page=first_page, proof_line=line, cover="")


def contributor_proof(book: Book, stories: list[tuple[Chapter, Story]], layout: Layout, stamp: Stamp) -> Draft:
    """One contributor's stories, photos and captions as they will be printed, how they will be named, and an approval slip."""
    setting = _setting(book, layout, frozenset())
    parts: list[Part] = []
    for chapter, story in stories:
        parts.append(story_part(story, setting, Numbers(chapter=chapter.number)))
    setting.queries.clear()  # those are for the editors
    parts = [_without_queries(part) for part in parts]
    parts.append(_slip(book, [story for _, story in stories], setting))
    draft = book_draft(book, tuple(parts), setting, stamp, mode="proof")
    titles = ", ".join(quoted(setting.language, story.title) for _, story in stories)
    return draft._replace(proof_line=_stamp_line(book, titles, stamp), cover="")


def paragraphs(parts: Iterable[Part]) -> list[ProofParagraph]:
    """Every paragraph of a proof, in order, for its manifest."""
    found: list[ProofParagraph] = []

    def add(paragraph: Paragraph | None, story: str) -> None:
        if paragraph is not None and paragraph.anchor:
            found.append(ProofParagraph(paragraph.anchor, story, str(paragraph.role), paragraph.text))

    for part in parts:
        if part.kind not in ("chapter", "story"):
            continue
        story = part.anchor.removeprefix("story-") if part.kind == "story" else ""
        for item in part.items:
            if isinstance(item, Paragraph):
                add(item, story)
            elif isinstance(item, Figure):
                add(item.caption, story)
                add(item.credit, story)
        for note in part.notes:
            for paragraph in note.paragraphs:
                add(paragraph, story)
    return found


def _setting(book: Book, layout: Layout, changed: frozenset[str]) -> Setting:
    return Setting(layout, book.info.language, book.info.smart_punctuation, proof=True, changed=changed)


def _stamp_line(book: Book, what: str, stamp: Stamp) -> str:
    return f"Uncorrected proof · {book.info.title} · {what} · {stamp.made} · build {stamp.build_id}"


def _query_list(setting: Setting) -> list[Part]:
    """The queries once more, each with room for an answer."""
    if not setting.queries:
        return []
    items: list[Item] = [setting.paragraph(Role.PART_TITLE, (Run("Queries"),), "mbq_title", NOWHERE, level=1, lang="en")]
    for query in setting.queries:
        anchor = f"mbq_{query.serial:03d}"
        items.append(setting.paragraph(Role.QUERY, (Run(f"{query.label} ", bold=True), Run(query.text)), anchor, NOWHERE))
        items.append(setting.paragraph(Role.QUERY, (Run(f"Answer: {RULE}"),), f"{anchor}_answer", NOWHERE, lang="en"))
    return [Part("queries", "queries", "Queries", "back", tuple(items), lang="en")]


def _without_queries(part: Part) -> Part:
    items: list[Item] = []
    for item in part.items:
        if isinstance(item, Paragraph):
            item = item._replace(runs=tuple(run for run in item.runs if not run.query))
        items.append(item)
    return part._replace(items=tuple(items))


def _slip(book: Book, stories: list[Story], setting: Setting) -> Part:
    """The approval slip, in plain words, to be signed and sent back."""
    who = stories[0].contributor
    name = printed_name(who, setting.language)
    titles = ", ".join(quoted("en", story.title) for story in stories)
    lines = [
        f"You will be named as: {name}",
        *(f"Under {quoted('en', story.title)}: {story.byline}" for story in stories),
        f"About you, at the end of the book: {who.bio}" if who.bio and not who.anonymous else "",
        f"Please read {titles} as it will be printed in {book.info.title}, with its photos and captions, and tick one:",
        "☐  I approve it as it stands.",
        "☐  I approve it with the changes I have marked.",
        "☐  I do not approve it; please write to me.",
        f"Name: {RULE}",
        f"Signature: {RULE}",
        f"Date: {RULE}",
    ]
    items: list[Item] = [
        setting.paragraph(Role.PART_TITLE, (Run("Approval slip"),), "mbs_title", NOWHERE, level=1, lang="en")
    ]
    items += [
        setting.paragraph(Role.SLIP, (Run(line),), f"mbs_p{order:02d}", NOWHERE, lang="en")
        for order, line in enumerate(filter(None, lines), 1)
    ]
    return Part("slip", "approval-slip", "Approval slip", "back", tuple(items), lang="en")
