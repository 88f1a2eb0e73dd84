"""Make unique bookmark names that Word accepts from the anchors of a Draft."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256

from milebook.model.draft import Draft, Figure

LONGEST = 40
_WRONG = re.compile("[^A-Za-z0-9_]")


def all_anchors(draft: Draft) -> Iterator[str]:
    """Every anchor that is set, in order; the anchors of Parts come last, since most have a title with one of its own."""
    for part in draft.parts:
        for item in part.items:
            if item.anchor:
                yield item.anchor
            if isinstance(item, Figure):
                yield from (words.anchor for words in (item.caption, item.credit) if words is not None and words.anchor)
        for note in part.notes:
            yield from (paragraph.anchor for paragraph in note.paragraphs if paragraph.anchor)
    yield from (part.anchor for part in draft.parts if part.anchor)


def bookmark_names(anchors: Iterable[str]) -> dict[str, str]:
    """Anchor -> name. A name that would be too long, or taken (Word does not tell capitals apart), ends in a hash instead."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for anchor in anchors:
        if not anchor or anchor in names:
            continue
        name = _WRONG.sub("_", anchor)
        if not name[0].isalpha():
            name = f"mb_{name}"
        if len(name) > LONGEST or name.lower() in taken:
            name = f"{name[: LONGEST - 9]}_{sha256(anchor.encode('utf-8', 'replace')).hexdigest()[:8]}"
        taken.add(name.lower())
        names[anchor] = name
    return names
