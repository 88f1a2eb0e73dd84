"""What an import writes: for each new item its text, its photos and its original, and an entry for the index."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from milebook.index.formats import email_fault
from milebook.intake.items import HEADING, SCENE
from milebook.intake.known_stories import ORIGINALS
from milebook.intake.plan import PlanItem
from milebook.intake.story_markdown import SIGN, cleaned
from milebook.intake.titles import one_line
from milebook.markdown import plain_runs
from milebook.model.slugs import slug
from milebook.model.unknown_names import NAMELESS, known_name

_SOURCE_KINDS = ("email", "comment", "post", "form", "docx", "text")


class Arrangement(NamedTuple):
    """Where the new stories go: their status and tags, and the chapter that lists them ("" for none)."""

    status: str = "submitted"
    tags: tuple[str, ...] = ()
    chapter: str = ""


def escaped_line(text: str) -> str:
    """A one-line field in which no sign is taken for a mark, so that it is printed as it was received."""
    plain = one_line(text)
    for attempt in (plain, re.sub(r"([\\*_`])", r"\\\1", plain), SIGN.sub(r"\\\1", plain)):
        runs = plain_runs(attempt, "en", False)
        if "".join(run.text for run in runs) == plain and not any(run.italic or run.bold or run.code for run in runs):
            return attempt
    return SIGN.sub(r"\\\1", plain)


def is_address(text: str) -> bool:
    """Whether the index takes a text as an e-mail address."""
    return bool(text) and text.isprintable() and cleaned(text) == text and email_fault(text) is None


def entry(item: PlanItem, how: Arrangement) -> Mapping[str, Any]:
    """The index entry of a new story. It holds no permission: nothing that was received can grant one."""
    found = item.found
    name = known_name(one_line(found.name)[:200])  # “Anonymous” is a wish, and no name
    email = found.email if is_address(found.email) else ""
    who: dict[str, Any] = {"name": name or NAMELESS}
    if not name or found.anonymous:
        who["anonymous"] = True
    who |= {
        "location": one_line(found.location)[:100],
        "age": found.age if found.age is not None and 1 <= found.age <= 130 else None,
        "email": email,
    }
    kind = found.kind if found.kind in _SOURCE_KINDS else ""
    source: dict[str, Any] = {}
    if found.key:
        source = {
            "kind": kind,
            "ref": one_line(found.key.removeprefix("mail:"))[:600],
            "published": one_line(found.published)[:500],
        }
    if found.answer:  # it must not be lost, but is for the author of the book to record
        source["answer"] = one_line(found.answer)
    if found.original is not None:
        source["original"] = f"{ORIGINALS}/{found.original.name}"
    return {
        "id": item.id,
        "title": _line(item, item.title) or item.id,
        "status": how.status,
        "contributor": who,
        "received": found.received,
        "source": source,
        "tags": list(how.tags),
        "photos": [_photo(file, number, item) for number, (file, _) in enumerate(item.photos)],
    }


def _line(item: PlanItem, text: str) -> str:
    """A one-line field: as the author of the book typed it, or, of what was received, without any mark."""
    return escaped_line(text) if item.found.key else one_line(text)


def _photo(file: str, number: int, item: PlanItem) -> Mapping[str, Any]:
    picture = item.photos[number][1]
    place: Any = "end"
    if picture.after is not None:
        before = [one for one in item.found.passages[: picture.after] if one.kind not in (SCENE, HEADING)]
        place = {"after": len(before)} if before else "start"
    return {
        "file": file,
        "caption": _line(item, picture.caption),
        "credit": _line(item, picture.credit),
        "alt": one_line(picture.alt) if cleaned(picture.alt) != cleaned(picture.caption) else "",
        "place": place,
    }


def text_of(item: PlanItem) -> bytes:
    return item.text.encode("utf-8")


def photo_names(items: Iterable[PlanItem], there: set[str]) -> None:
    """Give every photo of the new items a name that no file of `there` (small letters, relative to the index) has."""
    for item in items:
        named: list[tuple[str, Any]] = []
        for file, picture in item.photos:
            stem, suffix = file.rsplit(".", 1)
            number, name = 1, file
            while name.lower() in there:
                number += 1
                name = f"{stem}-{slug(str(number))}.{suffix}"
            there.add(name.lower())
            named.append((name, picture))
        item.photos = named
