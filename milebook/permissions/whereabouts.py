"""Find what a name stands for in a book: a story, a photo or a person, so that the files that hold it can be listed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from milebook.model.book import Index, Person, Photo, Story
from milebook.permissions.derive import photographer
from milebook.permissions.names import folded
from milebook.permissions.wording import printed_name


class Sought(NamedTuple):
    """What to look for in the list of made files: ids of stories, paths of photos, names as printed."""

    stories: tuple[str, ...] = ()
    photos: tuple[str, ...] = ()
    people: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.stories or self.photos or self.people)


def sought(index: Index, name: str) -> Sought:
    """What a name stands for: a story's id, a photo's file, an item ("tree/photo/1"), or a person.

    A person stands for the stories written and the photos taken or shown in. Legal names are known, printed ones are sought.
    """
    base = index.path.rpartition("/")[0]
    wanted = folded(name)
    for story in index.stories:
        if name in (story.id, *story.formerly):
            return of_story(index, story)
        for number, photo in enumerate(story.photos, 1):
            path = _path(base, photo)
            if name in (photo.file, path, path.rpartition("/")[2]) or name.startswith(f"{story.id}/photo/{number}"):
                return Sought(photos=(path,))
    stories, photos, people = [], [], []
    for story in index.stories:
        who = story.contributor
        if wanted in (folded(who.name), folded(who.byline), folded(who.guardian)):
            stories.append(story.id)
            photos += [_path(base, photo) for photo in story.photos]
            if not who.anonymous:
                people.append(printed_name(who))
        for photo in story.photos:
            if wanted == folded(photographer(photo)) or _shown(photo.people, wanted):
                photos.append(_path(base, photo))
                people.append(name)
    info = index.info
    if info.cover and (_shown(info.cover_people, wanted) or wanted in folded(info.cover_credit)):
        photos.append(f"{base}/{info.cover}" if base else info.cover)
    return Sought(*(tuple(dict.fromkeys(found)) for found in (stories, photos, people)))


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
