"""Ids as an author types them: whole, or any part that only one of them has; titles and chapter numbers are understood too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from milebook.app.wrong_usage import UnknownName
from milebook.assemble.book import outline
from milebook.model.book import Book, Story
from milebook.model.index import Index
from milebook.model.near_names import did_you_mean, nearest
from milebook.model.slugs import plain_letters, plain_words
from milebook.source import BookFolder

_MOST = 6  # candidates that a message lists


class SeveralMeant(UnknownName):
    """What was typed is part of several names."""


def find_id(written: str, known: Iterable[str], what: str, where: str = "") -> str:
    """The one of `known` that is meant: that id itself, else the only one that has these letters in it.

    A beginning that one id has counts no more than a middle: “mile” must not take mile-26 out of a book with ten other
    miles. Raises SeveralMeant with the candidates, or UnknownName with the nearest id. `what` is "story", "chapter" …,
    `where` is where they were looked for (" in the book").
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
        raise SeveralMeant(f"“{written}” could be more than one {what}: {', '.join(found[:_MOST])}{more}")
    near = nearest(part, ids) or _of_part(part, ids)
    raise UnknownName(f"there is no {what} “{written}”{where}{f'; did you mean {near}?' if near else ''}")


def _of_part(written: str, ids: Iterable[str]) -> str:
    """The id whose neighboring words, as many as were written, are nearest to these; "" for none."""
    count = written.count("-") + 1
    parts: dict[str, str] = {}
    for one in ids:
        words = one.split("-")
        for start in range(len(words) - count + 1):
            parts.setdefault("-".join(words[start : start + count]), one)
    return parts.get(nearest(written, parts), "")


def find_story(written: str, stories: Iterable[Story], where: str = "") -> str:
    """The id of the story that is meant: as `find_id`, and an id that a story had before `milebook rename` is understood, and a
    whole title.

    Raises UnknownName; where it is the name of somebody who wrote stories, with their ids.
    """
    listed = list(stories)
    known = [story.id for story in listed]
    today = todays_ids(listed).get(written)
    if today and written not in known:
        return today
    try:
        return find_id(written, known, "story", where)
    except SeveralMeant:
        raise
    except UnknownName:
        titled = [story.id for story in listed if titles_match(written, story.title)]
        if len(titled) == 1:
            return titled[0]
        theirs = titled or stories_by(written, listed)
        if not theirs:
            raise
        more = f" and {len(theirs) - _MOST} more" if len(theirs) > _MOST else ""
        what = "stories of that title are" if titled else "a contributor of that name wrote"
        raise UnknownName(f"there is no story “{written}”{where}; {what} {', '.join(theirs[:_MOST])}{more}") from None


def titles_match(typed: str, title: str) -> bool:
    """Whether a title was typed whole, whatever its capitals, accents and punctuation."""
    return plain_words(typed) == plain_words(title) != ""


def stories_by(name: str, stories: Iterable[Story]) -> list[str]:
    """The ids of the stories in whose contributor's name all these words are."""
    words = set(plain_words(name).split())
    names = ((story.id, (story.contributor.name, story.contributor.byline)) for story in stories)
    return [one for one, known in names if words and any(words <= set(plain_words(name).split()) for name in known)]


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
    chapters = [_Chapter(one.id, one.title, one.number) for one in book.chapters]
    return tuple(_chapter(name, chapters) for name in wanted)


def find_chapter(written: str, index: Index, folder: BookFolder) -> str:
    """The id of the chapter of an index that is meant, as `chapters_meant`, also of one that is still empty. Raises UnknownName."""
    chapters = [_Chapter(one.id, one.title, number) for number, one in enumerate(index.chapters, 1)]
    book = outline(folder, index)
    printed = {chapter.id: chapter.number for chapter in book.chapters} if book else {}
    if any(printed.get(one.id, one.number) != one.number for one in chapters):  # an empty one is not counted in print
        chapters = [one._replace(number=0) for one in chapters]
    return _chapter(written, chapters)


class _Chapter(NamedTuple):
    id: str
    title: str
    number: int  # 0 where it is not certain


def _chapter(written: str, chapters: Sequence[_Chapter]) -> str:
    known = [chapter.id for chapter in chapters]
    if written in known:
        return written
    typed = plain_letters(written)
    for chapter in chapters:
        number = chapter.number or "none"
        if typed in (str(number), f"chapter {number}", f"ch{number}") or titles_match(written, chapter.title):
            return chapter.id
    names = [(chapter, plain_letters(f"{chapter.id} {chapter.title}")) for chapter in chapters]
    found = [chapter.id for chapter, name in names if typed and typed in name]
    if len(found) == 1:
        return found[0]
    if found:
        raise SeveralMeant(f"“{written}” could be more than one chapter: {', '.join(found[:_MOST])}")
    listed = ", ".join(f"{chapter.number or ''} {chapter.id}".strip() for chapter in chapters)
    meant = did_you_mean(written, [*known, *(chapter.title for chapter in chapters)])
    raise UnknownName(f"there is no chapter “{written}”; {meant or f'the chapters are {listed}'}")
