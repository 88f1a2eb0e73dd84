"""Proofs as Drafts: a chapter for the editors, or one contributor's own stories with a slip to sign."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from milebook.compose import book_draft, chapter_parts, shortened
from milebook.compose.printed_words import quoted
from milebook.compose.texts import Setting
from milebook.layout import Layout
from milebook.markdown.queries import ANSWER
from milebook.model.book import Book, Chapter, Story
from milebook.model.draft import Draft, DraftQuery, Figure, Item, Paragraph, Part, Role, Stamp
from milebook.model.findings import NOWHERE
from milebook.model.text import Run
from milebook.permissions.bylines_and_credits import printed_name

SHORT_RULE, RULE, LONG_RULE = "_" * 30, "_" * 42, "_" * 50  # room for a hand to write on
# a query that begins with “editor:” or “editor Ed Itor:” is not for the contributor's eyes
IN_HOUSE = re.compile(r"editor(?:\s+[^\s:]+){0,6}\s*:", re.IGNORECASE)
LEAST_OUTSIDE, LEAST_FOOT = 90.0, 72.0  # points of margin that a proof's sheet must leave beside and under the text
LONGEST_IN_STAMP = 80  # characters of the titles of a contributor's stories


class ProofParagraph(NamedTuple):
    """What a paragraph said when a proof was made, for comparing a returned file or a later proof with it.

    `text` is without the marks of notes, which a Word file does not hold as text either; of a figure it is the photo's path and
    the beginning of its SHA-256. Offsets are in characters of `word`, or of `text` where `word` is "".
    """

    anchor: str
    story: str  # id; "" for a chapter's own text
    role: str
    text: str
    queries: tuple[str, ...] = ()
    word: str = ""  # what the Word file says, where that is not `text`: with the figure's label, or a mark repeated
    looks: tuple[tuple[int, int, str], ...] = ()  # begin, end, and "b", "i" or "bi"
    notes: tuple[tuple[int, str], ...] = ()  # offset of each note's mark, and the note's anchor


def proof_sheet(layout: Layout, book_layout: Layout) -> Layout:
    """A proof's layout with the type area of the book's own page, so that lines and pages break where the book's do.

    A layout whose sheet has no room for that type area stays as it is.
    """
    sheet, own = layout.page, book_layout.page
    outside = sheet.width - sheet.inside - (own.width - own.inside - own.outside)
    bottom = sheet.height - sheet.top - (own.height - own.top - own.bottom)
    if outside < LEAST_OUTSIDE or bottom < LEAST_FOOT:
        return layout
    page = replace(
        sheet,
        outside=outside,
        bottom=bottom,
        grid=own.grid,
        mirrored=own.mirrored,
        stories=own.stories,
        chapters="page",
        front="page",
    )
    return replace(layout, page=page)


def chapter_proof(
    book: Book,
    chapter: Chapter,
    layout: Layout,
    stamp: Stamp,
    *,
    first_page: int = 1,
    changed: frozenset[str] = frozenset(),
) -> Draft:
    """A proof of one chapter, with the whole book's numbers. `changed` names the anchors to mark in the margin."""
    setting = proof_setting(book, layout, changed)
    parts = list(chapter_parts(chapter, setting))
    parts += _query_list(parts, setting.queries, setting)
    draft = book_draft(book, tuple(parts), setting, stamp, mode="proof")
    title = shortened(str(chapter.title))
    line = _stamp_line(draft, f"Chapter {chapter.number}, {title}")
    return draft._replace(first_page=first_page, proof_line=line, cover="")


class Composed(NamedTuple):
    """Every story of a book as set in its chapter, with the whole book's numbers, and the queries of them all."""

    parts: Mapping[str, Part]  # by story id
    queries: tuple[DraftQuery, ...]


def compose_stories(book: Book, layout: Layout) -> Composed:
    """Once for all contributors' proofs."""
    setting = proof_setting(book, layout)
    parts: dict[str, Part] = {}
    for chapter in book.chapters:
        parts |= {
            part.anchor.removeprefix("story-"): part for part in chapter_parts(chapter, setting) if part.kind == "story"
        }
    return Composed(parts, tuple(setting.queries))


def contributor_proof(
    book: Book,
    stories: Sequence[tuple[Chapter, Story]],
    composed: Composed,
    layout: Layout,
    stamp: Stamp,
    pages: Mapping[str, str],
) -> Draft:
    """One contributor's stories, photos and captions as they will be printed, how they will be named, and an approval slip.

    `pages` maps "story-ID" to the book's page. The sheets of this proof are counted from 1, and its stamp says where in the
    book each story stands.
    """
    setting = proof_setting(book, layout)
    kept = [composed.parts[story.id] for _, story in stories]
    shown = {run.query for part in kept for run in _runs(part) if run.query}
    queries = [query for query in composed.queries if query.serial in shown and not IN_HOUSE.match(query.text)]
    parts = [_with_queries(part, {query.serial for query in queries}) for part in kept]
    parts += _query_list(parts, queries, setting)
    parts.append(_slip(book, [story for _, story in stories], setting))
    setting.queries[:] = queries
    draft = book_draft(book, tuple(parts), setting, stamp, mode="proof")
    where = []
    for chapter, story in stories:
        page = pages.get(f"story-{story.id}", "")
        place = f"chapter {chapter.number}" + (f", page {page}" if page else "")
        where.append(f"{quoted(setting.language, story.title)} ({place})")
    line = _stamp_line(draft, shortened(", ".join(where), LONGEST_IN_STAMP))
    return draft._replace(proof_line=line, cover="")


def paragraphs(
    parts: Iterable[Part], queries: Iterable[DraftQuery], photo_sums: Mapping[str, str]
) -> list[ProofParagraph]:
    """Every paragraph of a proof, in order, for its manifest. `photo_sums` maps a photo's path to its SHA-256."""
    found: list[ProofParagraph] = []
    asked = {query.serial: query.text for query in queries}
    for part in parts:
        if part.kind not in ("chapter", "story"):
            continue
        story = part.anchor.removeprefix("story-") if part.kind == "story" else ""
        marks = {note.number: note.anchor for note in part.notes}
        for paragraph, label in _with_labels(part):
            if isinstance(paragraph, Figure):
                words = f"{paragraph.photo} {photo_sums.get(paragraph.photo, '')[:12]}".strip()
                found.append(ProofParagraph(paragraph.anchor, story, "figure", words))
            elif paragraph.anchor:
                found.append(_said(paragraph, story, label, asked, marks))
    return found


def _with_labels(part: Part) -> Iterable[tuple[Paragraph | Figure, str]]:
    """The paragraphs and figures of a part, each with the label that stands before it; notes come last."""
    for item in part.items:
        if isinstance(item, Paragraph):
            yield item, ""
        elif isinstance(item, Figure):
            yield item, ""
            if item.caption is not None:
                yield item.caption, item.label
            if item.credit is not None:
                yield item.credit, ""
    for note in part.notes:
        for paragraph in note.paragraphs:
            yield paragraph, ""


def _said(
    paragraph: Paragraph, story: str, label: str, asked: Mapping[int, str], marks: dict[int, str]
) -> ProofParagraph:
    """`marks` leads from numbers of notes to anchors; those that have been referred to are taken out of it."""
    text, word = "", f"{label} " if label else ""
    looks: list[tuple[int, int, str]] = []
    notes: list[tuple[int, str]] = []
    here: list[str] = []
    for run in paragraph.runs:
        if run.query:
            here += [asked[run.query]] if run.query in asked else []
        elif run.note:
            if run.note in marks:
                notes.append((len(word), marks.pop(run.note)))
            else:  # a second reference repeats the mark
                word += run.text
        else:
            look = "b" * run.bold + "i" * run.italic
            if look:
                looks.append((len(word), len(word) + len(run.text), look))
            text, word = text + run.text, word + run.text
    if word == text:
        word = ""
    return ProofParagraph(
        paragraph.anchor, story, str(paragraph.role), text, tuple(here), word, tuple(looks), tuple(notes)
    )


def proof_setting(book: Book, layout: Layout, changed: frozenset[str] = frozenset()) -> Setting:
    return Setting(layout, book.info.language, book.info.smart_punctuation, proof=True, changed=changed)


def _stamp_line(draft: Draft, what: str) -> str:
    """Two lines: what this is, and which state of it."""
    stamp = draft.stamp
    return (
        f"Uncorrected proof · {shortened(draft.title)} · {what}\n"
        f"Draft of {stamp.date} · proof made {stamp.made} · milebook {stamp.version} · build {stamp.build_id}"
    )


def _runs(part: Part) -> Iterable[Run]:
    for item in part.paragraphs:
        yield from item.runs
    for note in part.notes:
        for paragraph in note.paragraphs:
            yield from paragraph.runs


def _with_queries(part: Part, serials: set[int]) -> Part:
    """A part with these queries only."""
    items = tuple(
        item._replace(runs=tuple(run for run in item.runs if not run.query or run.query in serials))
        if isinstance(item, Paragraph)
        else item
        for item in part.items
    )
    return part._replace(items=items)


def _query_list(parts: Iterable[Part], queries: Sequence[DraftQuery], setting: Setting) -> list[Part]:
    """The queries once more, each with its story and room for an answer."""
    if not queries:
        return []
    titles = {run.query: part.title for part in parts for run in _runs(part) if run.query}
    items: list[Item] = [setting.plain(Role.PART_TITLE, "Queries", "mbq_title", level=1, lang="en")]
    for query in queries:
        anchor = f"mbq_{query.serial:03d}"
        question, answer = query.text, ""
        if ANSWER.search(query.text):
            question, _, answer = (piece.strip() for piece in query.text.partition("=>"))
        title = titles.get(query.serial, "")
        head = (Run(f"{query.label} ", bold=True), *((Run(f"{title}: ", italic=True),) if title else ()), Run(question))
        room = f"\nAnswer: {answer}" if answer else f"\nAnswer: {RULE}\n{LONG_RULE}"
        items.append(setting.paragraph(Role.QUERY, (*head, Run(room)), anchor, NOWHERE))
    return [Part("queries", "queries", "Queries", "back", tuple(items), lang="en")]


def _slip(book: Book, stories: Sequence[Story], setting: Setting) -> Part:
    """The approval slip, in plain words, to be signed and sent back."""
    language = setting.language
    titles = {story.id: quoted(language, story.title) for story in stories}
    lines = []
    for story in stories:
        under = f"Under {titles[story.id]}" if len(stories) > 1 else "Under your story"
        lines.append(f"{under} you will be named as: {story.byline or printed_name(story.contributor, language)}")
    named = dict.fromkeys(
        printed_name(story.contributor, language) for story in stories if not story.contributor.anonymous
    )
    if named and any(matter.kind == "contributors" for matter in (*book.front, *book.back)):
        lines.append(f"In the list of contributors: {', '.join(named)}")
    bio = next((s.contributor.bio for s in stories if s.contributor.bio and not s.contributor.anonymous), "")
    if bio:
        lines.append(f"About you, in the list of contributors: {bio}")
    title = book.info.title
    lines += [
        f"Please read {', '.join(titles.values())} as printed above for {title}, with any photos and captions, and tick one:",
        "☐  I approve it as it stands.",
        "☐  I approve it with the changes I have marked.",
        "☐  I do not approve it; please write to me.",
        f"Name: {RULE}",
        f"Signature: {RULE}",
        f"Date: {RULE}",
    ]
    if any(0 < story.contributor.age < 18 for story in stories):
        lines += [
            "The contributor is under 18. A guardian signs, too:",
            f"Guardian’s name: {SHORT_RULE}",
            f"Guardian’s signature: {SHORT_RULE}",
        ]
    items: list[Item] = [setting.plain(Role.PART_TITLE, "Approval slip", "mbs_title", level=1, lang="en")]
    items += [setting.plain(Role.SLIP, line, f"mbs_p{order:02d}", lang="en") for order, line in enumerate(lines, 1)]
    return Part("slip", "approval-slip", "Approval slip", "back", tuple(items), lang="en")
