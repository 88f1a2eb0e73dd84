"""What leads through the pages: the contents at the side and the edge of the pages along the foot, as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Any

from milebook.model.draft import Draft
from milebook.model.languages import reads_right_to_left
from milebook.permissions import PermissionItem
from milebook.writers.pdf.live import LiveBook


class BookOutline:
    """The outline of a book as it is now. `name` changes with it; most saves leave it as it was."""

    def __init__(self) -> None:
        self.outline: dict[str, Any] = {}
        self.name = ""
        self._made_of: object = None

    def update(self, draft: Draft, live: LiveBook, items: Iterable[PermissionItem]) -> None:
        """The outline after the book was set or checked."""
        items = tuple(items)
        parts = [(part.anchor, part.kind, part.level, part.number, part.title, live.page_of(part.anchor)) for part in draft.parts]  # fmt: skip
        looks = (draft.title, draft.language, live.width, live.height)
        made_of = looks, parts, [sheet[1:] for sheet in live.sheets], items
        if made_of == self._made_of:
            return
        self._made_of = made_of
        self.outline = outline(draft, live, items)
        self.name = blake2b(repr(self.outline).encode("utf-8", "replace"), digest_size=8).hexdigest()


def outline(draft: Draft, live: LiveBook, items: Iterable[PermissionItem]) -> dict[str, Any]:
    """Title, size of a page, every page's label and chapter, and the contents with a mark where something is open."""
    opened: dict[str, int] = {}
    for item in items:
        if not item.clear:
            opened[item.story] = opened.get(item.story, 0) + 1
    return {
        "title": draft.title,
        "language": draft.language,
        "width": live.width,
        "height": live.height,
        "leftward": reads_right_to_left(draft.language),
        "mirrored": bool(live.sheets) and any(not sheet.recto for sheet in live.sheets),
        "pages": [
            [sheet.label, int(sheet.recto), int(sheet.blank), group]
            for sheet, group in zip(live.sheets, _groups(draft, live), strict=True)
        ],
        "toc": list(_contents(draft, live, opened)),
        "parts": [part.anchor for part in draft.parts],
        "open": sum(opened.values()),
    }


def _contents(draft: Draft, live: LiveBook, opened: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    """The parts with a title. `opened` counts the open items of each story."""
    for number, part in enumerate(draft.parts):
        page = live.page_of(part.anchor)
        if page >= 0 and part.level and part.title:
            yield {
                "part": number,
                "kind": part.kind,
                "level": part.level,
                "number": part.number,
                "title": part.title,
                "anchor": part.anchor,
                "page": page,
                "open": opened.get(part.anchor.removeprefix("story-"), 0) if part.kind == "story" else 0,
            }


def _groups(draft: Draft, live: LiveBook) -> Iterator[int]:
    """For every page the number of the part that begins its chapter."""
    group = -1
    for sheet in live.sheets:
        if sheet.part >= 0:
            group = _group(draft, sheet.part)
        yield group


def _group(draft: Draft, part: int) -> int:
    """The number of the part that begins the chapter a page belongs to; front and back matter are one group each."""
    if draft.parts[part].matter != "body":
        return -1 if draft.parts[part].matter == "front" else len(draft.parts)
    while part > 0 and draft.parts[part].kind == "story":
        part -= 1
    return part
