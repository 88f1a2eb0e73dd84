"""The cover among what needs a permission: a Book in, all its needs in book order out, the cover's first.

The cover is nobody's story: it goes by as a Story and a Chapter without an id that have one photo and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator

from milebook.model.book import Book, Chapter, Photo, Story
from milebook.permissions.kinds import KINDS, Kind, Need, needs, photographer, shortened, shown_name

COVER = "book/cover"
TITLE = "Cover"


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
        places={"file": info.at("cover"), "credit": info.at("cover_credit"), "alt": info.at("cover_alt")},
    )


def cover_story(book: Book) -> Story | None:
    """The cover as a Story without an id; None where it needs no permission of its own.

    It needs none where there is none, and where it is a photo of some story, whose permission serves; unless the author has
    written one for the cover, which is a use of its own.
    """
    photo = cover_photo(book)
    if photo is None:
        return None
    own = {"cover_permission", "cover_people"} & book.info.places.keys()
    if not own and any(one.path == photo.path for story in book.stories for one in story.photos):
        return None
    return Story("", title=TITLE, photos=(photo,), place=photo.place)


def every_need(book: Book) -> Iterator[tuple[Chapter, Story, Kind, Need]]:
    """Everything that needs a permission, with where it belongs: first the cover, then story by story."""
    cover = cover_story(book)
    if cover is not None:
        chapter = Chapter("", 0, TITLE, stories=(cover,))
        for kind, need in _cover_needs(book, cover.photos[0]):
            yield chapter, cover, kind, need
    for chapter in book.chapters:
        for story in chapter.stories:
            for kind, need in needs(story):
                yield chapter, story, kind, need


def item_id(story: Story, need: Need) -> str:
    return f"{story.id}/{need.suffix}" if story.id else f"book/{need.suffix}"


def name_shown(name: str, story: Story, book: Book) -> str:
    """A name for drafts and lists; on the cover no withheld name of any contributor is shown."""
    if story.id:
        return shown_name(name, story)
    for one in book.stories:
        if (shown := shown_name(name, one)) != name:
            return shown
    return name


def _cover_needs(book: Book, photo: Photo) -> Iterator[tuple[Kind, Need]]:
    subject = f": {shortened(photo.alt)}" if photo.alt else ""
    whole = f": “{' '.join(photo.alt.split())}”" if photo.alt else ""
    nobody = Story("")
    by = photographer(photo)
    shown = name_shown(by, nobody, book)
    yield (
        KINDS["photo"],
        Need(
            suffix="cover",
            order=(0, 0, 0),
            terms=photo.permission,
            label=f"cover picture{f' by {shown}' if shown else ''}{subject}",
            request="to print your picture on the cover of the book, which is shown wherever the book is offered"
            + whole,
            asks=by,
            unknown="whoever made the cover picture",
            place=book.info.at("cover_permission") if "cover_permission" in book.info.places else photo.place,
            noun=photo.place,
            photo=photo,
            sub="cover",
            cure="say who made it: cover_credit: Cover picture by …",
        ),
    )
    for order, person in enumerate(photo.people, 1):
        name = name_shown(person.name, nobody, book) or "somebody"
        yield (
            KINDS["person"],
            Need(
                suffix=f"cover/person/{order}",
                order=(0, 0, order),
                terms=person.permission,
                label=f"{name}{' (under 18)' if person.minor else ''}, shown on the cover",
                request=f"to show {name} on the cover of the book, which is shown wherever the book is offered{whole}",
                asks=person.guardian if person.minor else person.name,
                unknown=f"{name}'s guardian" if person.minor else "whoever is shown",
                cure="" if person.name else "say who it is: name: …",
                place=person.at("permission"),
                noun=person.place,
                photo=photo,
                minor=name if person.minor else "",
                guardian=person.guardian,
            ),
        )
