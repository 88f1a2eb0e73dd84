"""The Book as frozen values: chapters, stories, contributors, photos, quotes, agreements.

The same Story, Photo and Contributor serve the Index (`model.index`) as well: there a story has no text and its photos no numbers; `assemble`
fills them in and decides order and numbers once, so that a proof of chapter 7 still says 7 and Figure 7.2. Titles, captions,
credits, bios and the like are strings as typed in the Index, and `Line`s in the Book.
Every noun carries the Place of its line in the author's files; `places` maps a field's name to the place of its value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from milebook.model.findings import NOWHERE, Place
from milebook.model.text import Text

STATUSES = ("submitted", "shortlisted", "selected", "cut")
AGREEMENT_STATUSES = (
    "not_needed", "to_request", "requested", "granted", "granted_restricted", "refused", "no_reply", "expired", "withdrawn",
)  # fmt: skip
GRANTED = ("granted", "granted_restricted")
FORMATS = ("print", "ebook", "audio")


@dataclass(frozen=True, slots=True, kw_only=True)
class WithPlaces:
    """A noun that can say where a field was written: the field's own place, else the noun's."""

    place: Place = NOWHERE
    places: Mapping[str, Place] = field(default_factory=dict, compare=False)

    def at(self, name: str) -> Place:
        return self.places.get(name, self.place)


@dataclass(frozen=True, slots=True)
class Agreement(WithPlaces):
    """A signed form, an e-mail, or the lack of one. Dates are ISO text `YYYY-MM-DD`, "" where not given.

    `id` is "" for a permission written out where it is used. A missing permission is an Agreement with status
    "to_request": silence is never consent.
    """

    id: str = ""
    signer: str = ""
    status: str = "to_request"
    requested: str = ""
    letter: str = ""  # when a letter to be posted was made; once `requested` is as late, it is in the mail
    granted: str = ""
    edit_approved: str = ""  # when the contributor approved the edited text
    evidence: str = ""  # path as written in the index, relative to the index's folder
    formats: tuple[str, ...] = ()  # empty: not restricted
    territory: str = ""  # empty: not restricted; "world" covers all
    languages: tuple[str, ...] = ()
    expires: str = ""
    print_run_cap: int = 0  # 0: none
    credit: str = ""  # the exact wording the holder demands
    credit_placement: str = ""  # caption | copyright | credits; empty: ours to choose
    reason: str = ""  # why nothing is needed
    email: str = ""  # whom to write to; private
    fee: str = ""
    copies: str = ""  # complimentary copies owed
    restrictions: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Contributor(WithPlaces):
    """Who wrote a story. `name` is the legal name, for the log; `byline` is what is printed."""

    name: str = ""
    sort: str = ""  # how the name is filed, as in "Le Marsh, Ana"; empty: by the customs of the language
    byline: str = ""  # empty: the name
    anonymous: bool = False
    pseudonym: bool = False
    location: str = ""
    age: int = 0  # 0: not given
    guardian: str = ""  # of a contributor under 18
    email: str = ""  # private
    bio: str = ""
    printed: str = ""  # the name as printed, given by `assemble`


@dataclass(frozen=True, slots=True)
class Person(WithPlaces):
    """Someone who can be seen in a photo."""

    name: str = ""
    minor: bool = False
    guardian: str = ""
    permission: Agreement = Agreement()


@dataclass(frozen=True, slots=True)
class Photo(WithPlaces):
    """A picture of a story: caption, credit and alt text are three separate things.

    `where` is "start", "end" or "after"; with "after", `after` is the number of the paragraph (from 1) it follows.
    """

    file: str = ""  # path as written, relative to the index's folder
    caption: str = ""
    credit: str = ""
    alt: str = ""
    decorative: bool = False
    where: str = "end"
    after: int = 0
    photographer: str = ""
    permission: Agreement = Agreement()
    people: tuple[Person, ...] = ()
    stock: bool = False
    entry: int = 0  # its number (from 1) among the photos of its story in the index, which its id says: "tree/photo/1"
    number: str = ""  # "3.2", or "3.B" of a photo without caption: given by `assemble` to photos that can be printed
    path: str = ""  # relative to the book folder, given by `assemble` once the file is known to be there and sound
    pixels: tuple[int, int] = (0, 0)  # upright width and height, with `path`


@dataclass(frozen=True, slots=True)
class Quote(WithPlaces):
    """Someone else's words in a story, or in the front or back matter. `kind` is prose | lyric | poem | epigraph | letter.

    `within` is the text of the front or back matter that quotes them, as its list writes it; "" in a story.
    """

    text: str = ""
    kind: str = "prose"
    source: str = ""
    permission: Agreement = Agreement()
    within: str = ""


@dataclass(frozen=True, slots=True)
class Source(WithPlaces):
    """How a story reached us; `published` is where it appeared before, which needs a license of its own to reprint."""

    kind: str = ""  # email | comment | post | form | docx | text
    ref: str = ""
    published: str = ""
    original: str = ""  # path as written of what it was imported from, relative to the index's folder
    answer: str = ""  # what a form's question about permission was answered with, where that is no plain yes
    permission: Agreement = Agreement()  # the earlier publisher's, for a reprint


@dataclass(frozen=True, slots=True)
class Story(WithPlaces):
    """One reader's story. `id` is its key everywhere: bookmarks, logs, cache."""

    id: str
    title: str = ""
    file: str = ""  # path as written, relative to the index's folder
    status: str = "submitted"
    contributor: Contributor = Contributor()
    received: str = ""
    source: Source = Source()
    formerly: tuple[str, ...] = ()  # ids it had before
    tags: tuple[str, ...] = ()
    language: str = ""  # where the whole story is not in the book's language
    limit: int = 0  # body words; 0: the book's
    permission: Agreement = Agreement()
    photos: tuple[Photo, ...] = ()
    quotes: tuple[Quote, ...] = ()
    byline: str = ""  # as printed, given by `assemble`
    text: Text = Text()  # given by `assemble`
    path: str = ""  # of the file, relative to the book folder, given by `assemble`


@dataclass(frozen=True, slots=True)
class Chapter(WithPlaces):
    """A chapter of the Book: numbered, with its opening text and its stories in printing order."""

    id: str
    number: int
    title: str
    opening: Text = Text()
    opening_path: str = ""
    stories: tuple[Story, ...] = ()


@dataclass(frozen=True, slots=True)
class Editions:
    """What every grant must cover."""

    formats: tuple[str, ...] = ("print", "ebook")
    territory: str = "world"
    languages: tuple[str, ...] = ()  # empty: the book's own language
    print_run: int = 0  # copies planned; 0: not known


@dataclass(frozen=True, slots=True)
class BookInfo(WithPlaces):
    """The `book:` part of the index."""

    title: str = "Untitled"
    working_title: bool = False
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    language: str = "en"
    contact: Mapping[str, str] = field(default_factory=dict)  # name, address, phone, email
    copyright_year: str = ""
    copyright_holder: str = ""
    publisher: str = ""
    publisher_address: str = ""
    printed_in: str = ""
    edition: str = ""
    printing: str = ""
    lccn: str = ""
    cip: str = ""
    design_credit: str = ""
    description: str = ""
    date: str = ""  # ISO; given, else the newest date in the index (`assemble` fills it in)
    # "print" | "hardcover" | "ebook" -> digits and hyphens as written
    isbn: Mapping[str, str] = field(default_factory=dict)
    bisac: tuple[str, ...] = ()
    thema: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    price: Mapping[str, str] = field(default_factory=dict)  # currency, and format -> price as written
    back_cover: str = ""
    own_sites: tuple[str, ...] = ()  # hosts: what was published there needs no reprint permission
    byline: str = "{name}, {age}, {location}"
    cover: str = ""
    cover_design: str = "road"  # road | type: what is drawn where there is no cover
    cover_alt: str = ""
    cover_credit: str = ""
    cover_people: tuple[Person, ...] = ()
    cover_permission: Agreement = Agreement()
    quotes: tuple[Quote, ...] = ()  # in the front and back matter
    story_limit: int = 300
    word_target: int = 0  # 0: none
    editions: Editions = Editions()
    front: tuple[tuple[str, Place], ...] = ()
    back: tuple[tuple[str, Place], ...] = ()
    smart_punctuation: bool = True


@dataclass(frozen=True, slots=True)
class Matter(WithPlaces):
    """One entry of front or back matter: generated (`kind` is its name) or a text file (`kind` is "text")."""

    kind: str  # half-title | title | copyright | contents | illustrations | contributors | credits | text
    title: str = ""  # "Introduction", from the file's name or its first heading
    role: str = ""  # for texts: dedication | epigraph | introduction | foreword | preface | acknowledgments | …
    id: str = ""
    text: Text = Text()
    path: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """The book as it would be printed today: selected stories only, in order, numbered."""

    info: BookInfo
    front: tuple[Matter, ...]
    chapters: tuple[Chapter, ...]
    back: tuple[Matter, ...]
    cover_path: str = ""
    cover_pixels: tuple[int, int] = (0, 0)  # upright width and height, with `cover_path`
    index_path: str = "stories/index.yaml"
    unselected: tuple[Story, ...] = ()  # what the index holds beside: for `status` and `permissions`
    agreements: Mapping[str, Agreement] = field(default_factory=dict)

    @property
    def stories(self) -> tuple[Story, ...]:
        return tuple(story for chapter in self.chapters for story in chapter.stories)

    def figures(self) -> Iterator[tuple[Chapter, Story, Photo]]:
        """Every photo that is printed, with its chapter and story."""
        for chapter in self.chapters:
            for story in chapter.stories:
                yield from ((chapter, story, photo) for photo in story.photos if photo.path)
