"""What needs somebody's permission: a Story in, one Need out for every text, quotation, photo, person and reprint in it.

Nothing is typed by the author: what stands in the book decides. A new kind of permission is one row of KINDS.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from milebook.book import NOWHERE, Agreement, Person, Photo, Story
from milebook.findings import Place
from milebook.permissions.printed import printed_name, withheld


class Need(NamedTuple):
    """Something that needs a permission, before anybody has looked whether it is there.

    `order` sorts the needs of one story by appearance. `asks` is the legal name of whoever has to sign if the agreement
    names nobody, "" if we cannot know it; `unknown` then says in words whom to look for.
    """

    suffix: str  # "photo/1/person/2"
    order: tuple[int, int, int]
    terms: Agreement
    label: str
    asks: str
    unknown: str
    place: Place
    photo: Photo | None = None
    minor: str = ""  # who is under age: the guardian has to sign
    guardian: str = ""
    name: str = ""  # legal name of whom the need is about
    about: Place = NOWHERE  # where that person's age stands
    sub: str = ""  # of a quote: lyric, poem …; of a photo: stock


class Kind(NamedTuple):
    """A row of KINDS. `leaves_out` says what cannot be printed while such an item is open: the story or the photo."""

    name: str
    printed: str
    signs: str  # who signs by default
    ask: str  # what to ask, for the letter: "{what}" is the item
    derive: Callable[[Story], Iterator[Need]]
    leaves_out: str = "story"
    art: bool = False  # goes into the art part of the log


def _text(story: Story) -> Iterator[Need]:
    who = story.contributor
    minor = (printed_name(who) or "the contributor") if 0 < who.age < 18 else ""
    asks = who.guardian if minor else who.name
    unknown = f"{minor}'s guardian" if minor else "the contributor"
    yield Need("text", (0, 0, 0), story.permission, f"text of “{story.title}”", asks, unknown, story.at("permission"),
               minor=minor, guardian=who.guardian, name=who.name, about=who.at("age"))  # fmt: skip


def _reprint(story: Story) -> Iterator[Need]:
    source = story.source
    if source.published or "permission" in source.places:
        where = urlsplit(source.published).hostname or source.published
        label = f"earlier publication of “{story.title}”" + (f": {source.published}" if source.published else "")
        yield Need(
            "reprint", (1, 0, 0), source.permission, label, "", where or "the earlier publisher", source.at("published")
        )


def _quotes(story: Story) -> Iterator[Need]:
    for number, quote in enumerate(story.quotes, 1):
        label = f"{QUOTE_WORDS.get(quote.kind, 'quotation')} in “{story.title}”: {shortened(quote.text)}"
        if quote.source:
            label += f" ({quote.source})"
        unknown = f"the rights holder of {quote.source or 'the words quoted'}"
        place = quote.at("permission")
        yield Need(f"quote/{number}", (2, number, 0), quote.permission, label, "", unknown, place, sub=quote.kind)


def _photos(story: Story) -> Iterator[Need]:
    for number, photo in enumerate(story.photos, 1):
        by = photographer(photo)
        what = "stock photo" if photo.stock else "photo"
        shown = shown_name(by, story)
        label = f"{what} by {shown}" if shown else what
        label += f": {shortened(photo.caption)}" if photo.caption else f": {photo.file.rpartition('/')[2]}"
        yield Need(f"photo/{number}", (3, number, 0), photo.permission, label, by, "whoever took the photo",
                   photo.at("permission"), photo, sub="stock" if photo.stock else "")  # fmt: skip


def _people(story: Story) -> Iterator[Need]:
    for number, photo in enumerate(story.photos, 1):
        for order, person in enumerate(photo.people, 1):
            yield _person(person, number, order, photo, story)


def _person(person: Person, number: int, order: int, photo: Photo, story: Story) -> Need:
    name = shown_name(person.name, story) or "somebody"
    where = f"Figure {photo.number}" if photo.number else photo.file.rpartition("/")[2]
    label = f"{name}{' (under 18)' if person.minor else ''}, shown in {where}"
    asks = person.guardian if person.minor else person.name
    unknown = f"{name}'s guardian" if person.minor else "whoever is shown"
    return Need(f"photo/{number}/person/{order}", (3, number, order), person.permission, label, asks, unknown,
                person.at("permission"), photo, minor=name if person.minor else "", guardian=person.guardian)  # fmt: skip


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("text", "story", "the contributor; a guardian for a minor",
             "to print {what} in this book, edited lightly for length and style", _text),
        Kind("reprint", "earlier publication", "whoever published it before",
             "to print again what appeared with you before: {what}", _reprint),
        Kind("quote", "words of others", "the author of the words, or their publisher",
             "to quote these words: {what}", _quotes),
        Kind("photo", "photo", "the photographer, who is often not the sender",
             "to print {what}", _photos, "photo", True),
        Kind("person", "person shown", "the person shown; a guardian for a minor",
             "to show in print, and name in the caption where it does: {what}", _people, "photo", True),
    )
}  # fmt: skip
QUOTE_WORDS = {
    "lyric": "song lyric",
    "poem": "poem",
    "epigraph": "epigraph",
    "letter": "letter",
    "prose": "quotation",
}


def needs(story: Story) -> list[tuple[Kind, Need]]:
    """Everything in a story that needs a permission, in order of appearance."""
    found = [(kind, need) for kind in KINDS.values() for need in kind.derive(story)]
    return sorted(found, key=lambda pair: pair[1].order)


_CREDITED = re.compile(
    r"(?:.*\b(?:by|courtesy of|permission from|permission of|von|par|por|di)\s+|©\s*(?:\d{4}\s+)?)(?P<who>[^.;,()/]{2,60})",
    re.IGNORECASE,
)


def photographer(photo: Photo) -> str:
    """Who took a photo, as far as the index says: named as such, or in the credit ("Photo by Ben Example")."""
    if photo.photographer:
        return photo.photographer
    found = _CREDITED.match(photo.credit.replace("*", ""))
    return " ".join(found["who"].split()) if found else ""


def shortened(text: str, length: int = 48) -> str:
    """The beginning of a text, without its emphasis marks, cut at a word."""
    plain = " ".join(text.replace("*", "").split())
    if len(plain) <= length:
        return plain
    return (
        plain[: length + 1].rpartition(" ")[0].rstrip(",;:—– ") + "…" if " " in plain[:length] else plain[:length] + "…"
    )


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for case, spaces and full stops."""
    return _folded(one) == _folded(other) != ""


def _folded(name: str) -> str:
    return " ".join(name.replace(".", " ").casefold().split())


def shown_name(name: str, story: Story) -> str:
    """A name for drafts and lists: the contributor's legal name (or guardian's) gives way where it is withheld."""
    who = story.contributor
    if not withheld(who):
        return name
    if same_name(name, who.name):
        return f"{printed_name(who)} (name withheld)"
    if same_name(name, who.guardian):
        return f"guardian of {printed_name(who)} (name withheld)"
    return name
