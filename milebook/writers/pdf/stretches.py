"""Divide a Draft into what is set separately: chapters, and texts of the front and back matter.

A stretch begins on a page of its own, and nothing on its pages depends on what stands on others but whether the first is a
right-hand one. So pages that were set in an earlier run can be taken over, if their stretch has the same digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from milebook.layout import Layout
from milebook.model.draft import CONTENTS, Draft, Figure, Item, Note, Paragraph, Part
from milebook.model.findings import Place
from milebook.writers.pdf.pages.frame import Frame


class Stretch(NamedTuple):
    """Parts `first` to `last` (not with it) of a Draft."""

    first: int
    last: int
    start: str  # recto | page: where it begins
    front: bool  # has lower-case roman folios
    known: bool  # says nothing about other pages, as a table of contents does
    level: int  # of the last heading before it


def stretches(draft: Draft, layout: Layout) -> list[Stretch]:
    """The stretches of a Draft that print anything, in order."""
    parts, page = draft.parts, layout.page
    body = next((i for i, part in enumerate(parts) if part.matter == "body"), -1)
    begins = [i for i, part in enumerate(parts) if not i or _opens(parts, i) or i == body] + [len(parts)]
    made = []
    level = 0
    for first, last in pairwise(begins):
        inside = parts[first:last]
        if not any(part.items for part in inside):
            continue
        kind = inside[0].kind
        if kind == "story":
            start = "recto" if page.stories == "recto" else "page"
        elif kind == "copyright":
            start = "page"  # on the back of the title page
        else:
            start = page.chapters if kind == "chapter" else page.front
        known = not any(_points(item) for part in inside for item in part.items)
        made.append(Stretch(first, last, start, first < body and inside[0].matter == "front", known, level))
        level = _level(inside, level)
    return made


def _level(parts: Sequence[Part], level: int, most: int = 1_000_000) -> int:
    """The level of the last of the first `most` headings of some Parts, as `tags` counts them; `level` is that before them."""
    for part in parts:
        for item in part.paragraphs:
            if item.level and item.role not in CONTENTS and most > 0:
                level = min(max(1, item.level), level + 1, 6)
                most -= 1
    return level


def _opens(parts: Sequence[Part], number: int) -> bool:
    """Whether a Part is set apart from the one before: not a story, nor a text that a chapter's stories go on after."""
    if parts[number].kind == "story":
        return False
    after = parts[number + 1].kind if number + 1 < len(parts) else ""
    return parts[number].kind == "chapter" or after != "story"


def targets(draft: Draft, stretch: Stretch) -> list[str]:
    """The anchors whose pages a table of contents names, in order."""
    parts = draft.parts[stretch.first : stretch.last]
    return [item.target for part in parts for item in part.paragraphs if _points(item)]


def _points(item: Item) -> bool:
    return isinstance(item, Paragraph) and bool(item.target) and item.role in CONTENTS


def digest(draft: Draft, stretch: Stretch, photo: Callable[[str], str]) -> str:
    """32 digits that change with anything a stretch says; "" if a photo of it is not known. `photo` gives its SHA-256.

    Places in the author's files are left out: they change with every line typed above, and only findings name them.
    """
    digest = hashlib.blake2b(digest_size=16)

    def add(value: Any) -> None:
        digest.update(repr(value).encode("utf-8", "surrogatepass"))

    parts = draft.parts[stretch.first : stretch.last]
    add((draft.language, draft.queries, _level(parts, stretch.level, 1)))
    for part in parts:
        add(part._replace(items=(), notes=()))
        for item in part.items:
            add(plain_item(item))
            if isinstance(item, Figure):
                known = photo(item.photo) if item.photo else "none"
                if not known:
                    return ""
                add(known)
        for note in part.notes:
            add(plain_note(note))
    return digest.hexdigest()


def plain_item(item: Item) -> object:
    """Everything of an item but where it stands in the author's files."""
    if isinstance(item, Paragraph):
        return _plain(item)
    if isinstance(item, Figure):
        caption = _plain(item.caption) if item.caption else None
        credit = _plain(item.credit) if item.credit else None
        return item._replace(caption=None, credit=None, place=Place("")), caption, credit
    return item


def plain_note(note: Note) -> tuple[Any, ...]:
    """Everything of a note but where it stands in the author's files."""
    return note.number, note.anchor, [_plain(paragraph) for paragraph in note.paragraphs]


def _plain(paragraph: Paragraph) -> tuple[Any, ...]:
    return paragraph[:3] + paragraph[4:]


def manner(layout: Layout, frame: Frame, printing: bool) -> str:
    """Everything beside its words that decides how a stretch is set, as text."""
    return repr((layout, vars(frame), printing))
