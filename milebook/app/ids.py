"""Ids as an author types them: whole, or any part that only one of them has."""

from __future__ import annotations

from collections.abc import Iterable

from milebook.app.wrong_usage import UnknownName
from milebook.model.book import Book, Story
from milebook.model.near_names import did_you_mean, nearest
from milebook.model.slugs import plain_letters

_MOST = 6  # candidates that a message lists


def find_id(written: str, known: Iterable[str], what: str) -> str:
    """The one of `known` that is meant: that id itself, else the only one that has these letters in it.

    A beginning that one id has counts no more than a middle: “mile” must not take mile-26 out of a book with ten other
    miles. Raises UnknownName, with the candidates or the nearest id. `what` is "story", "chapter" …
    """
    ids = list(dict.fromkeys(known))
    if written in ids:
        return written
    part = plain_letters(written).removesuffix(".md").replace(" ", "-")
    if part in ids:
        return part
    found = [one for one in ids if part and part in one]
    if len(found) == 1:
        return found[0]
    if found:
        more = f" and {len(found) - _MOST} more" if len(found) > _MOST else ""
        raise UnknownName(f"“{written}” could be more than one {what}: {', '.join(found[:_MOST])}{more}")
    near = nearest(part, ids) or _of_part(part, ids)
    raise UnknownName(f"there is no {what} “{written}”{f'; did you mean {near}?' if near else ''}")


def _of_part(written: str, ids: Iterable[str]) -> str:
    """The id whose neighboring words, as many as were written, are nearest to these; "" for none."""
    count = written.count("-") + 1
    parts: dict[str, str] = {}
    for one in ids:
        words = one.split("-")
        for start in range(len(words) - count + 1):
            parts.setdefault("-".join(words[start : start + count]), one)
    return parts.get(nearest(written, parts), "")


def find_story(written: str, stories: Iterable[Story]) -> str:
    """The id of the story that is meant: as `find_id`, and an id that a story had before `milebook rename` is understood.

    Raises UnknownName.
    """
    listed = list(stories)
    known = [story.id for story in listed]
    today = todays_ids(listed).get(written)
    return today if today and written not in known else find_id(written, known, "story")


def todays_ids(stories: Iterable[Story]) -> dict[str, str]:
    """The ids that stories had before `milebook rename`, and what they are called today. Ids that are in use again, or that several
    stories had, are left out.
    """
    listed = list(stories)
    in_use = {story.id for story in listed}
    found: dict[str, set[str]] = {}
    for story in listed:
        for name in story.formerly:
            found.setdefault(name, set()).add(story.id)
    return {name: ids.pop() for name, ids in found.items() if name not in in_use and len(ids) == 1}


def called_today(written: Iterable[str], stories: Iterable[Story]) -> tuple[str, ...]:
    """A line for each id of those typed that is a story's former one."""
    today = todays_ids(stories)
    return tuple(f"{name} is called {today[name]} today" for name in dict.fromkeys(written) if name in today)


def chapters_meant(book: Book, wanted: Iterable[str]) -> tuple[str, ...]:
    """The ids of the chapters that are meant by ids, numbers, titles, or any part of them that only one has.

    Raises UnknownName for what is none, or could be several.
    """
    return tuple(_chapter(book, name) for name in wanted)


def _chapter(book: Book, written: str) -> str:
    known = [chapter.id for chapter in book.chapters]
    typed = plain_letters(written)
    if written in known:
        return written
    for chapter in book.chapters:
        if typed in (
            str(chapter.number),
            f"chapter {chapter.number}",
            f"ch{chapter.number}",
            plain_letters(chapter.title),
        ):
            return chapter.id
    names = [(chapter, plain_letters(f"{chapter.id} {chapter.title}")) for chapter in book.chapters]
    found = [chapter.id for chapter, name in names if typed and typed in name]
    if len(found) == 1:
        return found[0]
    if found:
        raise UnknownName(f"“{written}” could be more than one chapter: {', '.join(found[:_MOST])}")
    listed = ", ".join(f"{chapter.number} {chapter.id}" for chapter in book.chapters)
    meant = did_you_mean(written, [*known, *(chapter.title for chapter in book.chapters)])
    raise UnknownName(f"there is no chapter “{written}”; {meant or f'the chapters are {listed}'}")
