"""Messages to the preview's page: in each the whole state of the book, as plain data."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from milebook.model.draft import Draft, Figure, Paragraph
from milebook.model.findings import Finding, Place
from milebook.writers.pdf.live import LiveBook

SHOWN = 20  # findings sent to a page


def places(draft: Draft) -> Iterator[tuple[str, Place]]:
    """Every anchor that comes from a line of the author's, with its place."""
    for part in draft.parts:
        first: Place | None = None
        for item in part.items:
            if isinstance(item, Paragraph | Figure) and item.place.file:
                first = first or item.place
                if item.anchor:
                    yield item.anchor, item.place
        for note in part.notes:
            for paragraph in note.paragraphs:
                if paragraph.anchor and paragraph.place.file:
                    yield paragraph.anchor, paragraph.place
        if first is not None:
            yield part.anchor, first


def boxes(live: LiveBook, number: int, anchors: Mapping[str, Place]) -> list[list[Any]]:
    """What stands on a page: anchor, x, y, width and height as shares of the page, the place in the source, and whether it
    begins on this page.
    """
    wide, high = live.width, live.height
    return [
        [box.anchor, box.x / wide, box.y / high, box.width / wide, box.height / high, line(anchors.get(box.anchor)), live.page_of(box.anchor) == number]
        for box in live.boxes(number)
    ]  # fmt: skip


def line(place: Place | None) -> str:
    """A place as it is shown: file and line."""
    if place is None or not place.file:
        return ""
    return f"{place.file}:{place.line}" if place.line else place.file


def findings(found: Sequence[Finding], repairable: Collection[str] = ()) -> list[dict[str, Any]]:
    """The first of some findings, each with the line that it is about. `repairable` are codes of what may be repaired."""
    return [
        {
            "n": number,
            "message": one.message,
            "hint": one.hint,
            "place": line(one.place),
            "line": one.place.line,
            "column": one.place.column,
            "width": one.place.width,
            "quote": one.quote[:400],
            "repairable": one.code in repairable,
            "unfilled": one.code == "MB181",
            "of": len(found),
        }
        for number, one in enumerate(found[:SHOWN])
    ]
