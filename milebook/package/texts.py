"""Divide a Draft into the text files a publisher wants: one, or one for each chapter."""

from __future__ import annotations

from dataclasses import replace

from milebook.layout import Layout
from milebook.model.book import Book
from milebook.model.draft import Draft, Paragraph, Part, Role
from milebook.model.text import Run

NOT_FOR_PUBLICATION = "DRAFT, not for publication"
ACROSS = "Draft"  # across every page of a draft's files


def text_files(draft: Draft, book: Book, house: Layout) -> list[tuple[str, Draft]]:
    """Kind (full, 00_front, 01_first-miles …) and Draft of each file, in order.

    The captions of a house that wants them apart are in no text: they are a list of their own.
    """
    parts = tuple(_without_entry(part) for part in draft.parts if part.anchor != "captions")
    if house.files == "one":
        return [("full", draft._replace(parts=parts))]
    digits = max(2, len(str(len(book.chapters) + 1)))
    last = f"{len(book.chapters) + 1:0{digits}d}_back"
    ids = {chapter.number: chapter.id for chapter in book.chapters}
    kind = f"{0:0{digits}d}_front"
    groups: dict[str, list[Part]] = {}
    for part in parts:
        if part.kind == "chapter":
            kind = f"{part.number:0{digits}d}_{ids[part.number]}"
        elif part.matter == "back":
            kind = last
        groups.setdefault(kind, []).append(part)
    return [(name, _only(draft, group)) for name, group in groups.items()]


def marked(draft: Draft) -> Draft:
    """The Draft with a line on its title page, or before its first words, that says it is one."""
    line = Paragraph(Role.DRAFT_LINE, (Run(f"{NOT_FOR_PUBLICATION} · {draft.stamp.date}"),), "mbm_draft", lang="en")
    if not draft.parts:
        return draft._replace(mode="draft")
    titled = next((n for n, part in enumerate(draft.parts) if part.kind in ("title", "manuscript-title")), 0)
    items = draft.parts[titled].items
    items = (*items, line) if draft.parts[titled].kind in ("title", "manuscript-title") else (line, *items)
    parts = (*draft.parts[:titled], draft.parts[titled]._replace(items=items), *draft.parts[titled + 1 :])
    return draft._replace(parts=parts, mode="draft")


def marked_layout(layout: Layout) -> Layout:
    """The layout with a word across every page."""
    return replace(layout, page=replace(layout.page, watermark=ACROSS))


def _only(draft: Draft, parts: list[Part]) -> Draft:
    """A Draft of some Parts. What a list or a link leads to in another file is named and not linked."""
    there = {part.anchor for part in parts}
    for part in parts:
        there |= {item.anchor for item in part.items}
        there |= {note.anchor for note in part.notes}
    kept = []
    for part in parts:
        targets = {item.target for item in part.items if isinstance(item, Paragraph) and item.target}
        if not targets <= there:
            items = tuple(_unlinked(item, there) if isinstance(item, Paragraph) else item for item in part.items)
            # plain paragraphs: a list that Word could make anew would lose what is in the other files
            kind = "text" if part.kind in ("contents", "illustrations") else part.kind
            part = part._replace(kind=kind, items=items)
        kept.append(part)
    return draft._replace(parts=tuple(kept), first_page=1)


def _unlinked(item: Paragraph, there: set[str]) -> Paragraph:
    return item if item.target in there else item._replace(target="")


def _without_entry(part: Part) -> Part:
    """A contents page without the captions, which are no part of the text here."""
    if part.kind != "contents":
        return part
    kept = tuple(item for item in part.items if getattr(item, "target", "") != "mbm_captions_title")
    return part._replace(items=kept)
