"""Where a book still speaks of a story or a person that was withdrawn: in other texts, captions, credits and alt texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from milebook.model.book import Book, Photo, Story
from milebook.model.findings import Finding, Place
from milebook.model.text import Text
from milebook.permissions.bylines_and_credits import credit_line, printed_name
from milebook.permissions.names import who_shown
from milebook.permissions.privacy import words_in
from milebook.permissions.signers import BARRED

if TYPE_CHECKING:
    from milebook.permissions.permission_item import PermissionItem


def mentions(book: Book, story: Story) -> list[tuple[str, Place]]:
    """Where the rest of the book still speaks of a withdrawn story: its contributor's names, or its title."""
    who = story.contributor
    named = {who.name} if who.anonymous else {who.name, printed_name(who), story.title}
    wanted = _wanted(named)
    found: list[tuple[str, Place]] = []
    for what, text in _other_texts(book, story):
        for block in text.blocks:
            if _holds(block.text, wanted):
                found.append((what, block.place))
    for what, words, place in _about_photos(book, story):
        if _holds(words, wanted):
            found.append((what, place))
    if book.cover_path and book.cover_path in {photo.path for photo in story.photos if photo.path}:
        found.append((f"the cover {book.cover_path}", book.info.at("cover")))
    return found


def still_named(book: Book, items: Iterable[PermissionItem]) -> list[Finding]:
    """A warning for every caption, credit and alt text that names somebody who refused or withdrew.

    Whoever is refused in a photo goes with that photo; elsewhere, only a name of two words or more is looked for.
    """
    shown: dict[str, str] = {}
    gone: dict[str, str] = {}  # name -> the id of the photo or story that goes with it
    for item in items:
        if item.status in BARRED and item.need.person is not None:
            gone.setdefault(item.need.person.name, item.item.partition("/person/")[0])
            shown.setdefault(item.need.person.name, str(who_shown(item.need.person.name, item.subject.hidden)))
    for story in book.unselected:
        if story.permission.status == "withdrawn":
            gone.setdefault(story.contributor.name, story.id)
            shown.setdefault(story.contributor.name, str(who_shown(story.contributor.name, (story.contributor,))))
    findings = []
    for name, own in gone.items():
        wanted = _wanted({name})
        if not wanted:
            continue
        for what, words, place in _about_photos(book, None, own):
            if _holds(words, wanted):
                findings.append(
                    Finding(
                        "MB322",
                        f"{what} names {shown[name]}, who has withdrawn or refused",
                        place,
                        "take the name out, or ask again",
                    )
                )
    return findings


def _wanted(names: Iterable[str]) -> list[list[str]]:
    return [words for words in map(words_in, sorted(names)) if len(words) > 1]


def _holds(text: str, wanted: list[list[str]]) -> bool:
    if not text or not wanted:
        return False
    words = words_in(text)
    return any(words[start : start + len(row)] == row for row in wanted for start in range(len(words) - len(row) + 1))


def _other_texts(book: Book, story: Story) -> Iterator[tuple[str, Text]]:
    for matter in (*book.front, *book.back):
        yield f"“{matter.title}”", matter.text
    for chapter in book.chapters:
        yield f"the opening of “{chapter.title}”", chapter.opening
        for one in chapter.stories:
            if one.id != story.id:
                yield f"“{one.title}”", one.text


def _about_photos(book: Book, without: Story | None, own: str = "") -> Iterator[tuple[str, str, Place]]:
    """Captions, credits and alt texts of all photos but those of a story, and but the photo `own` ("tree/photo/1")."""
    for story in book.stories:
        if without is not None and story.id == without.id:
            continue
        for photo in story.photos:
            if own != f"{story.id}/photo/{photo.entry}":
                yield from _words_of(photo, f"of “{story.title}”")


def _words_of(photo: Photo, where: str) -> Iterator[tuple[str, str, Place]]:
    yield f"a caption {where}", photo.caption, photo.at("caption")
    yield f"a credit {where}", credit_line(photo), photo.at("credit")
    yield f"an alt text {where}", photo.alt, photo.at("alt")
