"""Mark where the printed pages begin, for the e-book's page list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from milebook.model.draft import Draft, Paragraph, Table

ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
LOOK_AHEAD = 4  # paragraphs; a picture moved to the next page must not put the pages out of order


def page_breaks(draft: Draft, pages: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Anchor of the first paragraph that begins on a printed page -> id of the mark and the page's label, in reading order.

    `pages` maps anchors to labels ("vii", "12"). Every label comes once, and labels of one kind only ever rise.
    """
    found: list[tuple[str, str, tuple[int, int] | None]] = []
    anchors = {item.anchor for part in draft.parts for item in part.items}
    for part in draft.parts:
        for item in part.items:
            if isinstance(item, Paragraph | Table):
                anchor = item.anchor
            else:
                anchor = item.anchor if item.anchor in pages else item.caption.anchor if item.caption else ""
            label = " ".join(pages.get(anchor, "").split())
            if label:
                found.append((item.anchor if item.anchor in anchors else anchor, label, rank(label)))
    breaks: dict[str, tuple[str, str]] = {}
    seen: set[str] = set()
    names: set[str] = set()
    last: dict[int, int] = {}
    for place, (anchor, label, key) in enumerate(found):
        if label in seen or not anchor or anchor in breaks:
            continue
        if key is not None:
            before = last.get(key[0], -1)
            coming = [k[1] for _, _, k in found[place + 1 : place + 1 + LOOK_AHEAD] if k is not None and k[0] == key[0]]
            if key[1] <= before or any(before < number < key[1] for number in coming):
                continue
            last[key[0]] = key[1]
        seen.add(label)
        stem = "page-" + (re.sub("[^a-z0-9]+", "-", label.lower()).strip("-") or "x")
        name, more = stem, 1
        while name in names or name in anchors:
            more += 1
            name = f"{stem}-{more}"
        names.add(name)
        breaks[anchor] = (name, label)
    return breaks


@cache  # every paragraph of a page asks
def rank(label: str) -> tuple[int, int] | None:
    """(0, 7) for "vii", (1, 12) for "12"; None for a label that is no number."""
    if re.fullmatch(r"[0-9]{1,9}", label):
        return 1, int(label)
    values = [ROMAN.get(letter, 0) for letter in label.lower()]
    if not values or 0 in values:
        return None
    return 0, sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))
