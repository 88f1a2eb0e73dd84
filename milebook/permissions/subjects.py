"""What in a book can need a permission: the cover, every story, and every text of the front and back matter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from milebook.model.book import Book, Chapter, Contributor, Matter, Photo, Quote, Story
from milebook.model.findings import NOWHERE, Place

STORY, COVER, MATTER = "story", "cover", "matter"
COVER_TITLE = "Cover"


@dataclass(frozen=True, slots=True)
class Subject:
    """A part of the book that needs can attach to.

    `id` begins the ids of its items: "tree" for a story, "book" for the cover, "book/introduction" for a text. `path` is
    where it stands among the values of the index ("stories/tree", "book").
    """

    kind: str  # STORY | COVER | MATTER
    id: str
    title: str
    path: str
    place: Place = NOWHERE
    chapter: Chapter | None = None
    story: Story | None = None
    matter: Matter | None = None
    photos: tuple[Photo, ...] = ()
    own_sites: tuple[str, ...] = ()  # book.own_sites
    quotes: tuple[tuple[int, Quote], ...] = ()  # words of others, each with its number (from 1) in the index
    hidden: tuple[Contributor, ...] = ()  # whose legal names may have to give way here

    @property
    def contributor(self) -> Contributor:
        """Who wrote it; nobody's name for the cover and the authors' own texts."""
        return self.story.contributor if self.story else Contributor()


def subjects(book: Book) -> Iterator[Subject]:
    """Everything that can need a permission, in book order, the cover first."""
    cover = cover_subject(book)
    if cover is not None:
        yield cover
    yield from (_of_matter(matter, book) for matter in book.front)
    for chapter in book.chapters:
        for story in chapter.stories:
            yield of_story(story, chapter, book.info.own_sites)
    yield from (_of_matter(matter, book) for matter in book.back)


def of_story(story: Story, chapter: Chapter | None = None, own_sites: tuple[str, ...] = ()) -> Subject:
    """A story as a subject; `chapter` is None where the book does not print it."""
    return Subject(
        STORY,
        story.id,
        story.title,
        f"stories/{story.id}",
        story.place,
        chapter=chapter,
        story=story,
        photos=story.photos,
        own_sites=own_sites,
        quotes=tuple(enumerate(story.quotes, 1)),
        hidden=(story.contributor,),
    )


def _of_matter(matter: Matter, book: Book) -> Subject:
    return Subject(
        MATTER,
        f"book/{matter.id}",
        matter.title,
        "book",
        matter.place,
        matter=matter,
        quotes=tuple(quotes_in(matter, book)),
        hidden=tuple(story.contributor for story in book.stories),
    )


def quotes_in(matter: Matter, book: Book) -> Iterator[tuple[int, Quote]]:
    """The words of others that the index says a text of the front or back matter quotes, with their numbers."""
    base = book.index_path.rpartition("/")[0]
    for number, quote in enumerate(book.info.quotes, 1):
        if matter.path and matter.path in (quote.within, f"{base}/{quote.within}"):
            yield number, quote


def cover_subject(book: Book) -> Subject | None:
    """The cover; None where it needs no permission of its own.

    It needs none where there is none, and where it is a photo of some story, whose permission serves; unless the author has
    written one for the cover, which is a use of its own.
    """
    photo = cover_photo(book)
    if photo is None:
        return None
    own = {"cover_permission", "cover_people"} & book.info.places.keys()
    if not own and any(one.path == photo.path for story in book.stories for one in story.photos):
        return None
    everybody = tuple(story.contributor for story in book.stories)
    return Subject(COVER, "book", COVER_TITLE, "book", photo.place, photos=(photo,), hidden=everybody)


def cover_photo(book: Book) -> Photo | None:
    """The picture on the cover, with its own credit, people and permission; None without one."""
    info = book.info
    if not book.cover_path:
        return None
    return Photo(
        file=info.cover,
        credit=info.cover_credit,
        alt=info.cover_alt,
        permission=info.cover_permission,
        people=info.cover_people,
        path=book.cover_path,
        pixels=book.cover_pixels,
        place=info.at("cover"),
        places={
            "file": info.at("cover"),
            "credit": info.at("cover_credit"),
            "alt": info.at("cover_alt"),
            "permission": info.at("cover_permission") if "cover_permission" in info.places else info.at("cover"),
        },
    )
