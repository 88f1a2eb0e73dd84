"""Hide what must not leave the author's desk: legal names, names of minors and guardians, e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from milebook.model.book import Person
from milebook.model.index import Index
from milebook.model.mail_addresses import without_addresses
from milebook.permissions.bylines_and_credits import printed_name

CHILD, GUARDIAN = "a child", "the guardian"


class Mask:
    """A function from text to text. A legal name becomes the byline, a minor's name and a guardian's say no name."""

    def __init__(self, names: Mapping[str, str], bylines: Mapping[str, str] | None = None, *, addresses: bool = True) -> None:  # fmt: skip
        """`names` maps what must not be shown to what stands in its place; `bylines` maps a story's id to its byline."""
        self._names = {_folded(name): shown for name, shown in names.items()}
        self._bylines = dict(bylines or {})
        self._addresses = addresses
        ordered = sorted((name for name in names if name.strip()), key=len, reverse=True)
        words = "|".join(r"\s+".join(map(re.escape, name.split())) for name in ordered)
        self._pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) if words else None

    @classmethod
    def none(cls) -> Mask:
        """What an author's own screen shows: everything."""
        return cls({}, addresses=False)

    @classmethod
    def of(cls, index: Index) -> Mask:
        """The mask of a book: for everybody that its index names."""
        names: dict[str, str] = {}
        language = index.info.language
        for person in _people(index):
            if person.minor:
                names[person.name] = CHILD
            if person.guardian:
                names[person.guardian] = GUARDIAN
        for story in index.stories:
            who = story.contributor
            if who.guardian:
                names[who.guardian] = GUARDIAN
        for story in index.stories:  # a contributor's own name goes before what others call them
            who = story.contributor
            shown = printed_name(who, language)
            if who.name and shown != who.name:
                names[who.name] = shown
            elif who.name and names.get(who.name) == GUARDIAN:
                del names[who.name]  # it is printed in the book
        bylines = {story.id: printed_name(story.contributor, language) for story in index.stories}
        return cls(names, bylines)

    def __call__(self, text: str) -> str:
        if self._pattern is not None:
            text = self._pattern.sub(lambda match: self._names[_folded(match[0])], text)
        return without_addresses(text) if self._addresses else text

    def contributor(self, story: str) -> str:
        """The byline of a story's contributor, "" where it is not known."""
        return self._bylines.get(story, "")


def _people(index: Index) -> Iterable[Person]:
    yield from index.info.cover_people
    for story in index.stories:
        for photo in story.photos:
            yield from photo.people


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
