"""Order and numbers: which stories a chapter takes, in what order, and how chapters and figures are numbered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from milebook.assemble.filed_names import FiledName, filed, filing
from milebook.checks.word_counts import body_words
from milebook.model.book import Chapter, Photo, Story
from milebook.model.index import ChapterEntry

Key = Callable[[Story], tuple[object, ...]]


def _contributor(story: Story, language: str = "en") -> FiledName:
    who = story.contributor
    name = story.byline if who.anonymous else who.byline or who.name
    return filed(name, "" if who.anonymous else who.sort, language)


ORDERS: Mapping[str, Key] = {
    "received": lambda story: (story.received == "", story.received),
    "title": lambda story: (filing(story.title),),
    "contributor": lambda story: _contributor(story).key,
    "words": lambda story: (body_words(story.text),),
    "location": lambda story: (story.contributor.location == "", filing(story.contributor.location)),
    "age": lambda story: (story.contributor.age == 0, story.contributor.age),
}


def matches(story: Story, select: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a story answers to every field of a selection; several words for one field mean any of them."""
    fields: Mapping[str, tuple[str, ...]] = {
        "status": (story.status,),
        "tags": story.tags,
        "contributor": (story.contributor.name, story.contributor.byline),
        "location": (story.contributor.location,),
        "source": (story.source.kind,),
        "language": (story.language,),
        "id": (story.id,),
    }
    return all(any(word in fields.get(name, ()) for word in words) for name, words in select.items())


def chosen(entry: ChapterEntry, stories: Iterable[Story], language: str = "en") -> list[Story]:
    """The stories that a chapter's query selects, in its order; stories that tie keep the order of the index."""
    picked = [s for s in stories if s.status == "selected" and matches(s, entry.select or {})]
    return arranged(picked, entry.order_by, language)


def arranged(stories: list[Story], order_by: str, language: str = "en") -> list[Story]:
    """Stories sorted by one of ORDERS, descending with a "-" in front; unsorted for "" and unknown words.

    `language` is the book's: names are filed by its customs.
    """
    order = order_by.removeprefix("-")
    key = ORDERS.get(order)
    if key is None:
        return stories
    if order == "contributor":
        return sorted(stories, key=lambda story: _contributor(story, language).key, reverse=order_by.startswith("-"))
    return sorted(stories, key=key, reverse=order_by.startswith("-"))


def number(chapters: Iterable[Chapter]) -> tuple[Chapter, ...]:
    """Chapters numbered from 1, and their photos in the order they appear: "2.1", "2.2" those with a caption, which prints
    the number; "2.A", "2.B" those without, which need a name in lists, in callouts and for their files."""
    numbered: list[Chapter] = []
    for chapter_number, chapter in enumerate(chapters, 1):
        captioned = bare = 0
        stories: list[Story] = []
        for story in chapter.stories:
            photos: list[Photo] = []
            for photo in in_order_of_appearance(story.photos):
                if photo.path and photo.caption:
                    captioned += 1
                    photos.append(replace(photo, number=f"{chapter_number}.{captioned}"))
                elif photo.path:
                    bare += 1
                    photos.append(replace(photo, number=f"{chapter_number}.{_letters(bare)}"))
                else:
                    photos.append(replace(photo, number=""))
            stories.append(replace(story, photos=tuple(photos)) if photos else story)
        numbered.append(replace(chapter, number=chapter_number, stories=tuple(stories)))
    return tuple(numbered)


def _letters(number: int) -> str:
    """1, 2 … 26, 27: A, B … Z, AA."""
    out = ""
    while number:
        number, letter = divmod(number - 1, 26)
        out = chr(ord("A") + letter) + out
    return out


def in_order_of_appearance(photos: Iterable[Photo]) -> list[Photo]:
    """Photos as they come in their story: those at the start, those after a paragraph, those at the end."""
    rank = {"start": (0, 0), "end": (2, 0)}
    return sorted(photos, key=lambda photo: rank.get(photo.where, (1, photo.after)))
