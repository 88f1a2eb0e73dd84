"""Name drafts so that each variant of a book has a file of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence

from milebook.app.request import Request
from milebook.model.slugs import slug

_MARKS = ("final", "print", "cleared")
_LONGEST = 150  # characters; some disks take no more than 255 bytes, and suffixes and copies need some


def draft_name(title: str, request: Request, chapters: Sequence[str], layouts: Collection[str]) -> str:
    """The name without its suffix: `title[-final][-print][-cleared][-LAYOUT][-CHAPTER…]`.

    `chapters` are the ids of all chapters in the order of the book, `layouts` the names of all layouts. A layout or a chapter
    that is called as another mark would be gets "layout-" or "chapter-" before its name.
    """
    parts = [slug(title)]
    variant = (request.final, request.edition == "print", request.without_uncleared)
    parts += [mark for mark, wanted in zip(_MARKS, variant, strict=True) if wanted]
    if request.layout:
        name = slug(request.layout, "layout")
        parts.append(f"layout-{name}" if name in _MARKS else name)
    wanted = [chapter for chapter in chapters if chapter in request.chapters]
    taken = {*_MARKS, *(slug(layout) for layout in layouts)}
    called = {chapter: f"chapter-{chapter}" if chapter in taken else chapter for chapter in chapters}
    names = [called[chapter] for chapter in wanted]
    joined = "-".join(names)
    if len(names) > 1 and _readings(joined, called.values()) > 1:
        joined = "+".join(names)
    if len(joined) > _LONGEST:
        joined = f"{names[0]}-and-{len(names) - 1}-more-{hashlib.sha256(chr(0).join(wanted).encode()).hexdigest()[:6]}"
    return "-".join([*parts, joined] if joined else parts)


def _readings(joined: str, names: Iterable[str]) -> int:
    """In how many ways a name could be put together from the names of different chapters in their order."""
    ways = {"": 1}  # beginnings of the name, and in how many ways each can be put together
    for name in names:
        for start, count in list(ways.items()):
            longer = f"{start}-{name}" if start else name
            if joined == longer or joined.startswith(f"{longer}-"):
                ways[longer] = ways.get(longer, 0) + count
    return ways.get(joined, 0)
