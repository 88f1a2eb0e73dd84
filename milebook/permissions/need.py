"""One thing that needs a permission (Need), and one kind of such things (Kind)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from milebook.model.book import NOWHERE, Agreement, Person, Photo, Quote
from milebook.model.findings import Place
from milebook.permissions.subjects import Subject

if TYPE_CHECKING:
    from milebook.permissions.lists.publisher_log import Entry
    from milebook.permissions.requests.request_texts import Asked, Letterhead


class Need(NamedTuple):
    """Something that needs a permission, before anybody has looked whether it is there.

    `order` sorts the needs of one subject by appearance. `asks` is the legal name of whoever has to sign if the agreement
    names nobody, "" if we cannot know it; `unknown` then says in words whom to look for, and `find_out` what to write in
    the index so that somebody can be asked.
    """

    suffix: str  # "photo/1/person/2"
    order: tuple[int, int, int]
    terms: Agreement
    label: str  # "text of “The Tree”", names withheld where they have to be
    brief: str  # the same where the subject's title stands above it: "text"
    asks: str
    unknown: str
    find_out: str
    place: Place
    noun: Place  # of the story, photo, person, quote or source that the permission belongs to
    path: str  # of the permission among the values of the index: "stories/tree/photos/1/permission"
    photo: Photo | None = None
    person: Person | None = None
    quote: Quote | None = None
    minor: str = ""  # who is under age, as it may be shown: the guardian has to sign
    guardian: str = ""
    name: str = ""  # legal name of whom the need is about
    about: Place = NOWHERE  # where that person's age stands
    sub: str = ""  # of a quote: lyric, poem …; of a photo: stock, cover


def _no_columns(entry: Entry) -> Mapping[str, object]:
    return {}


class Kind(NamedTuple):
    """A row of KINDS: how needs of this kind are found, asked for, listed and left out.

    `leaves_out` says what cannot be printed while such an item is open: the subject as a whole ("story") or the photo.
    `columns` gives the kind's own cells of the publisher's log (see publisher_log.LOG_COLUMNS); other cells say "n/a" or "none".
    """

    name: str
    printed: str
    find: Callable[[Subject], Iterator[Need]]
    leaves_out: str = "story"
    art: bool = False  # goes into the art part of the log
    request: Callable[[Need, Subject, Letterhead], Asked] | None = None  # what a letter says; None: to print it
    columns: Callable[[Entry], Mapping[str, object]] = _no_columns
    printed_as: Callable[[Need], str] | None = None  # a closer word than `printed` for the lists: lyric, poem
