"""What needs somebody's permission: a Story in, one Need out for every text, quotation, photo, person and reprint in it.

Nothing is typed by the author: what stands in the book decides. A new kind of permission is one row of KINDS.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from milebook.model.book import NOWHERE, Agreement, Person, Photo, Story
from milebook.model.findings import Place
from milebook.permissions.wording import printed_name, withheld


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
    noun: Place  # of the story, photo, person, quote or source that the permission belongs to
    request: str  # what the letter asks for: "to print …"
    photo: Photo | None = None
    minor: str = ""  # who is under age: the guardian has to sign
    guardian: str = ""
    name: str = ""  # legal name of whom the need is about
    about: Place = NOWHERE  # where that person's age stands
    sub: str = ""  # of a quote: lyric, poem …; of a photo: stock, cover
    cure: str = ""  # what to write so that `unknown` is somebody a letter can go to; "" where it is


class Kind(NamedTuple):
    """A row of KINDS. `leaves_out` says what cannot be printed while such an item is open: the story or the photo."""

    name: str
    printed: str
    signs: str  # who signs by default
    ask: str  # what to ask for
    derive: Callable[[Story], Iterator[Need]]
    leaves_out: str = "story"
    art: bool = False  # goes into the art part of the log


def _text(story: Story) -> Iterator[Need]:
    who = story.contributor
    minor = (printed_name(who) or "the contributor") if 0 < who.age < 18 else ""
    yield Need(
        suffix="text",
        order=(0, 0, 0),
        terms=story.permission,
        label=f"text of “{story.title}”",
        request=f"to print the story “{story.title}” in this book, edited lightly for length and style",
        asks=who.guardian if minor else who.name,
        unknown=f"{minor}'s guardian" if minor else "the contributor",
        place=story.at("permission"),
        noun=story.place,
        minor=minor,
        guardian=who.guardian,
        name=who.name,
        about=who.at("age"),
        cure="" if who.name or minor else "say who wrote it: contributor: {name: …}",
    )


def _reprint(story: Story) -> Iterator[Need]:
    source = story.source
    if not source.published and "permission" not in source.places:
        return
    where = f": {source.published}" if source.published else ""
    yield Need(
        suffix="reprint",
        order=(1, 0, 0),
        terms=source.permission,
        label=f"earlier publication of “{story.title}”{where}",
        request=f"to print the story “{story.title}” again, which appeared with you before{where}",
        asks="",
        unknown=urlsplit(source.published).hostname or source.published or "the earlier publisher",
        place=source.at("permission" if "permission" in source.places else "published"),
        noun=source.place,
        cure="" if source.published else "say where it appeared: published: …",
    )


def _quotes(story: Story) -> Iterator[Need]:
    for number, quote in enumerate(story.quotes, 1):
        word = QUOTE_WORDS.get(quote.kind, "quotation")
        origin = f" ({quote.source})" if quote.source else ""
        yield Need(
            suffix=f"quote/{number}",
            order=(2, number, 0),
            terms=quote.permission,
            label=f"{word} in “{story.title}”: {shortened(quote.text)}{origin}",
            request=f"to quote these words in the story “{story.title}”: “{' '.join(quote.text.split())}”{origin}",
            asks="",
            unknown=f"the rights holder of {quote.source or 'the words quoted'}",
            place=quote.at("permission"),
            noun=quote.place,
            sub=quote.kind,
            cure="" if quote.source else "say whose words they are: source: …",
        )


def _photos(story: Story) -> Iterator[Need]:
    for number, photo in enumerate(story.photos, 1):
        by = photographer(photo)
        shown = shown_name(by, story)
        what = ("stock photo" if photo.stock else "photo") + (f" by {shown}" if shown else "")
        yield Need(
            suffix=f"photo/{number}",
            order=(3, number, 0),
            terms=photo.permission,
            label=f"{what}: {_subject(photo, story)}",
            request=f"to print your photo with the story “{story.title}”: {_described(photo, story)}",
            asks=by,
            unknown="whoever took the photo",
            place=photo.at("permission"),
            noun=photo.place,
            photo=photo,
            sub="stock" if photo.stock else "",
            cure="say who took it: photographer: …",
        )


def _people(story: Story) -> Iterator[Need]:
    for number, photo in enumerate(story.photos, 1):
        for order, person in enumerate(photo.people, 1):
            yield _person(person, number, order, photo, story)


def _person(person: Person, number: int, order: int, photo: Photo, story: Story) -> Need:
    name = shown_name(person.name, story) or "somebody"
    where = f"Figure {photo.number}" if photo.number else _subject(photo, story)
    return Need(
        suffix=f"photo/{number}/person/{order}",
        order=(3, number, order),
        terms=person.permission,
        label=f"{name}{' (under 18)' if person.minor else ''}, shown in {where}",
        request=f"to show {name} in a photo with the story “{story.title}”: {_described(photo, story)}",
        asks=person.guardian if person.minor else person.name,
        unknown=f"{name}'s guardian" if person.minor else "whoever is shown",
        place=person.at("permission"),
        noun=person.place,
        photo=photo,
        minor=name if person.minor else "",
        guardian=person.guardian,
        cure="" if person.name else "say who it is: name: …",
    )


def _subject(photo: Photo, story: Story) -> str:
    """What a photo is called: its caption, else its file's name, unless that could tell a name that is withheld."""
    if photo.caption:
        return shortened(photo.caption)
    return "without a caption" if withheld(story.contributor) else photo.file.rpartition("/")[2]


def _described(photo: Photo, story: Story) -> str:
    """A photo for whoever took it: its whole caption and its file's name, unless that tells a name that is withheld."""
    name = photo.file.rpartition("/")[2]
    who = story.contributor
    if withheld(who) and any(len(word) > 2 and word in plain(name) for word in plain(who.name).split()):
        name = ""
    caption = " ".join(photo.caption.replace("*", "").split())
    if not caption:
        return name or "without a caption"
    return f"“{caption}”" + (f" ({name})" if name else "")


def plain(name: str) -> str:
    """A name without case, accents and what is neither letter nor figure."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", bare))


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("text", "story", "the contributor; a guardian for a minor", "to print the story, lightly edited", _text),
        Kind("reprint", "earlier publication", "whoever published it before", "to print the story again", _reprint),
        Kind("quote", "words of others", "the writer of the words, or their publisher", "to quote the words", _quotes),
        Kind(
            "photo",
            "photo",
            "the photographer, who is often not the sender",
            "to print the photo",
            _photos,
            "photo",
            True,
        ),
        Kind(
            "person",
            "person shown",
            "the person; a guardian for a minor",
            "to be shown in print",
            _people,
            "photo",
            True,
        ),
    )
}
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
    return folded(one) == folded(other) != ""


def folded(name: str) -> str:
    """A name for comparing: without case, full stops and double spaces."""
    return " ".join(name.replace(".", " ").casefold().split())


def shown_name(name: str, story: Story) -> str:
    """A name for drafts and lists: where a contributor's legal name is withheld it gives way, and so does that of
    a guardian or of anybody else with the same surname.
    """
    who = story.contributor
    if not withheld(who):
        return name
    if same_name(name, who.name):
        return f"{printed_name(who)} (name withheld)"
    surname = folded(who.name).split()[-1:]
    if same_name(name, who.guardian) or (surname and surname[0] in folded(name).replace(",", " ").split()):
        return f"signer for {printed_name(who)} (name withheld)"
    return name
