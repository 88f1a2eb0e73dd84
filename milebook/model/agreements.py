"""Every permission that an index writes down: as an agreement, or where it is used."""

from __future__ import annotations

from collections.abc import Iterator

from milebook.model.book import Agreement, BookInfo, Story
from milebook.model.index import Index


def every_agreement(index: Index) -> Iterator[Agreement]:
    """Every agreement and permission of an index; an agreement comes again wherever it is named."""
    yield from index.agreements.values()
    yield from agreements_of_book(index.info)
    for story in index.stories:
        yield from agreements_of(story)


def agreements_of_book(info: BookInfo) -> Iterator[Agreement]:
    """The permissions of the cover, of the people on it, and of what the front and back matter quote."""
    yield info.cover_permission
    yield from (person.permission for person in info.cover_people)
    yield from (quote.permission for quote in info.quotes)


def agreements_of(story: Story) -> Iterator[Agreement]:
    """Every permission that a story's entry names."""
    yield story.permission
    yield story.source.permission
    yield from (quote.permission for quote in story.quotes)
    for photo in story.photos:
        yield photo.permission
        yield from (person.permission for person in photo.people)
