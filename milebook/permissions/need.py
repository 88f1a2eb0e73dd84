"""One thing that needs a permission, before anybody has looked whether it is there."""

from __future__ import annotations

from typing import NamedTuple

from milebook.model.book import Agreement, Person, Photo, Quote
from milebook.model.findings import NOWHERE, Place


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
    unread: bool = False  # a form's answer about it looks like a no, and nothing has been recorded since
    sub: str = ""  # of a quote: lyric, poem …; of a photo: stock, cover
