"""What posts and comments have in common, from exports and from pages: notes on photos, counts, and calls for stories."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from milebook.intake.blogs import xml_repair as blog_xml_repair
from milebook.intake.inputs import Input
from milebook.intake.items import UNREADABLE, Found, Original, Passage
from milebook.model.plurals import counted

_CALL = re.compile(
    r"(?i)(?:keep (?:it|them|your \w+) (?:under|to|below|short)|under \d+ words|words or (?:less|fewer)|e-?mail (?:us|me|your)|send (?:us|me) your|"
    r"share (?:it|yours|your \w+) with us|in the subject line|submit your)"
)


def items_in(one: Input, items: Callable[[Any, Original], Iterator[Found]]) -> Iterator[Found]:
    """What `items` finds under the root of an export's XML, which is repaired where it is damaged; the first item says so.

    One item that says why, if the XML cannot be read. Raises TooLarge and OSError.
    """
    data = one.read()
    digest = hashlib.sha256(data).hexdigest()
    mended = blog_xml_repair.tree(data)
    if mended.root is None:
        yield Found("post", f"sha256:{digest}", one.shown, verdict=UNREADABLE, why=mended.problem)
        return
    places = counted(mended.places, "place was", "places were")
    for number, item in enumerate(items(mended.root, Original(".xml", digest, one.path.read_bytes))):
        if mended.places and not number:
            item.notes.append(f"the export was damaged: {places} repaired")
        yield item


def call_note(passages: Sequence[Passage]) -> list[str]:
    """A note, where a post ends by calling for stories, which a book does not need."""
    if not passages or not _CALL.search(passages[-1].text):
        return []
    return [f"the last paragraph calls for stories; think of taking it out: “{passages[-1].text[:100]}”"]


def missing_photo(address: str, caption: str, alt: str) -> str:
    """A note on a picture that was named and did not come along."""
    words = [f"caption “{caption}”"] if caption else []
    words += [f"alt text “{alt}”"] if alt and alt != caption else []
    return f"photo missing, at {address}" + (f" ({', '.join(words)})" if words else "")


def named(name: str) -> str:
    """A commenter's name; blogs show “Anonymous” where there is none."""
    return "" if name.strip().lower() in ("anonymous", "anonym", "anonyme", "anónimo", "anonimo", "unknown") else name


def count_note(announced: int, found: int, pings: int) -> str:
    """ "24 comments announced, 21 found, 2 links from other sites: 1 is on another page or hidden"."""
    note = f"{counted(announced, 'comment')} announced, {found} found"
    if pings:
        note += f", {counted(pings, 'link')} from other sites"
    missing = announced - found - pings
    if missing > 0:
        note += f": {counted(missing, 'is', 'are')} on other pages or hidden"
    return note
