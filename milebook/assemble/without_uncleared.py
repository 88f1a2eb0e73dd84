"""Leave out of a book what is not clear, which gives the book that could be printed today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from milebook.assemble.order import number
from milebook.model.book import Book, Chapter, Story
from milebook.permissions.kinds import KINDS
from milebook.permissions.permission_item import PermissionItem
from milebook.permissions.subjects import COVER, MATTER


def without_uncleared(book: Book, items: Sequence[PermissionItem]) -> tuple[Book, tuple[str, ...]]:
    """The Book without uncleared stories and photos, numbered again, and a line for everything that is left out.

    A story goes, or a text of the front or back matter, when its text, its earlier publication or words quoted in it are not clear; a photo when its copyright or
    anybody shown is not. A chapter that loses all its stories goes with them; the cover goes when its own permission is not
    clear, or when it has none of its own and goes as a story's photo.
    """
    stories, photos = _open(items)
    lines: list[str] = []
    chapters: list[Chapter] = []
    dropped_files: set[str] = set()
    for chapter in book.chapters:
        kept: list[Story] = []
        for story in chapter.stories:
            if story.id in stories:
                lines.append(f"story “{story.title}”: {stories[story.id]}")
                dropped_files |= {photo.path for photo in story.photos if photo.path}
            else:
                kept.append(_without_photos(story, photos, lines, dropped_files))
        if kept or not chapter.stories:
            chapters.append(replace(chapter, stories=tuple(kept)))
        else:
            lines.append(f"chapter “{chapter.title}”: none of its stories is clear")
    cover = book.cover_path
    of_cover = [item for item in items if item.subject.kind == COVER]  # none where a story's photo serves as the cover
    still_open = next((item for item in of_cover if not item.clear), None)
    if still_open is not None:
        lines.insert(0, f"the cover {cover}: {_reason(still_open)}")
        cover = ""
    elif cover in dropped_files and not of_cover:
        lines.append(f"the cover {cover}: its photo is not clear")
        cover = ""
    matter = {item.subject.id: item for item in reversed(items) if item.subject.kind == MATTER and not item.clear}
    lines += [f"“{item.title}”: {_reason(item)}" for item in items if matter.get(item.subject.id) is item]
    front = tuple(one for one in book.front if f"book/{one.id}" not in matter)
    back = tuple(one for one in book.back if f"book/{one.id}" not in matter)
    return replace(book, front=front, chapters=number(chapters), back=back, cover_path=cover), tuple(lines)


def _open(items: Iterable[PermissionItem]) -> tuple[dict[str, str], dict[str, str]]:
    """Why stories (by id) and photos (by "story/photo/1") cannot be printed: the first reason of each."""
    stories: dict[str, str] = {}
    photos: dict[str, str] = {}
    for item in items:
        if item.clear or not item.story:
            continue
        reason = _reason(item)
        if KINDS[item.kind].leaves_out == "photo":
            photos.setdefault("/".join(item.item.split("/")[:3]), reason)
        else:
            stories.setdefault(item.story, reason)
    return stories, photos


def _reason(item: PermissionItem) -> str:
    """What is not clear, and why, in words that stand after the story's or photo's name."""
    if item.need.photo is not None and item.need.person is None:
        return item.why
    return f"{item.brief}: {item.why}"


def _without_photos(story: Story, photos: dict[str, str], lines: list[str], dropped: set[str]) -> Story:
    kept = []
    for photo in story.photos:
        reason = photos.get(f"{story.id}/photo/{photo.entry}")
        if reason is None:
            kept.append(photo)
            continue
        lines.append(f"photo {photo.file} of “{story.title}”: {reason}")
        if photo.path:
            dropped.add(photo.path)
    return replace(story, photos=tuple(kept)) if len(kept) < len(story.photos) else story
