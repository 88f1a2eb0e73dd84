"""Find what a name stands for in a book: a story, a photo or a person, so that the files that hold it can be listed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from milebook.model.agreements import agreements_of
from milebook.model.book import BookInfo, Contributor, Person, Photo, Story
from milebook.model.index import Index
from milebook.permissions.bylines_and_credits import printed_name
from milebook.permissions.find_needs import photographer
from milebook.permissions.names import folded, plain, same_name, who_shown


class Sought(NamedTuple):
    """What to look for in the list of made files: ids of stories, paths of photos, names as printed."""

    stories: tuple[str, ...] = ()
    photos: tuple[str, ...] = ()
    people: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.stories or self.photos or self.people)


def sought(index: Index, name: str) -> Sought:
    """What a name stands for: a story's id, a photo's file, an item ("tree/photo/1"), or a person, also by a part of the name.

    A person stands for the stories written and the photos taken or shown in. Legal names are known, printed ones are sought.
    """
    base = index.path.rpartition("/")[0]
    for story in index.stories:
        if name in (story.id, *story.formerly):
            return of_story(index, story)
        for photo in story.photos:
            path, item = _path(base, photo), f"{story.id}/photo/{photo.entry}"
            if name in (photo.file, path, path.rpartition("/")[2], item) or name.startswith(f"{item}/"):
                return Sought(photos=(path,))
    found = persons_called(index, name)
    return _person(index, found[0], base) if len(found) == 1 else Sought()


def persons_called(index: Index, name: str) -> list[str]:
    """Everybody in a book whose name is this, else everybody in whose name these words are."""
    everybody: dict[str, str] = {}
    for story in index.stories:
        who = story.contributor
        signers = (terms.signer for terms in agreements_of(story))
        for one in (who.name, who.byline, who.guardian, *_of_photos(story.photos), *signers):
            everybody.setdefault(folded(one), one)
    for one in (*people_on_cover(index.info), *people_quoted(index.info)):
        everybody.setdefault(folded(one), one)
    if folded(name) in everybody and folded(name):
        return [everybody[folded(name)]]
    words = set(plain(name).split())
    return [one for one in everybody.values() if words and words <= set(plain(one).split())]


def _of_photos(photos: Iterable[Photo]) -> Iterator[str]:
    for photo in photos:
        yield photographer(photo)
        for person in photo.people:
            yield from (person.name, person.guardian)


def _person(index: Index, name: str, base: str) -> Sought:
    wanted = folded(name)
    stories, photos, people = [], [], [name]
    for story in index.stories:
        who = story.contributor
        if wanted in (folded(who.name), folded(who.byline), folded(who.guardian)):
            stories.append(story.id)
            photos += [_path(base, photo) for photo in story.photos]
            people += [] if who.anonymous else [printed_name(who)]
        photos += [
            _path(base, photo)
            for photo in story.photos
            if wanted == folded(photographer(photo)) or _shown(photo.people, wanted)
        ]
    info = index.info
    if info.cover and (_shown(info.cover_people, wanted) or wanted in folded(info.cover_credit)):
        photos.append(f"{base}/{info.cover}" if base else info.cover)
    return Sought(*(tuple(dict.fromkeys(found)) for found in (stories, photos, people)))


def people_in(story: Story, language: str, hidden: Collection[Contributor]) -> list[str]:
    """Everybody whom a draft with a story may name: in its byline, credits, captions, or the list of whom to ask.

    No legal name is among them that one of the `hidden` contributors wants withheld, wherever it stands.
    """
    who = story.contributor
    named = [] if who.anonymous else [printed_name(who, language)]
    for name in (who.guardian, *_of_photos(story.photos), *(terms.signer for terms in agreements_of(story))):
        if not same_name(name, who.name) and not who_shown(name, hidden).withheld:
            named.append(name)
    return [name for name in dict.fromkeys(named) if name]


def people_quoted(info: BookInfo) -> list[str]:
    """Who holds the rights in the words that the front and back matter quote."""
    return [quote.permission.signer for quote in info.quotes if quote.permission.signer]


def people_on_cover(info: BookInfo) -> list[str]:
    """Who made the cover's picture, who is shown on it, and who signs for that."""
    artist = photographer(Photo(credit=info.cover_credit)) or info.cover_credit
    shown = [name for person in info.cover_people for name in (person.name, person.guardian, person.permission.signer)]
    return [name for name in (artist, info.cover_permission.signer, *shown) if name]


def shared_photos(index: Index, story: Story) -> list[tuple[str, Story, Photo]]:
    """Photos of a story that other stories print as well: path, the other story, and the photo there."""
    base, mine = index.path.rpartition("/")[0], {photo.file for photo in story.photos}
    return [
        (_path(base, photo), one, photo)
        for one in index.stories
        if one.id != story.id
        for photo in one.photos
        if photo.file in mine
    ]


def of_story(index: Index, story: Story) -> Sought:
    """A story with the photos that no other story has."""
    base = index.path.rpartition("/")[0]
    others = {photo.file for one in index.stories if one.id != story.id for photo in one.photos}
    return Sought(
        (story.id, *story.formerly), tuple(_path(base, photo) for photo in story.photos if photo.file not in others)
    )


def _shown(people: Iterable[Person], wanted: str) -> bool:
    return any(wanted in (folded(person.name), folded(person.guardian)) for person in people)


def _path(base: str, photo: Photo) -> str:
    return f"{base}/{photo.file}" if base else photo.file
