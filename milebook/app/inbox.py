"""`milebook status --inbox`: the stories that are not in the book yet, and what each of them still needs."""

from __future__ import annotations

from dataclasses import dataclass, field

from milebook.app.load import Result
from milebook.assemble.unprinted import unprinted_text
from milebook.checks.word_counts import body_words
from milebook.model.book import Agreement, Book, Story
from milebook.model.plurals import counted
from milebook.model.unknown_names import NAMELESS
from milebook.source import BookFolder

_SETTLED = ("granted", "granted_restricted", "not_needed")
_ORDER = {"selected": 0, "shortlisted": 1, "submitted": 2, "cut": 3}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A story that is not in the book, and what it needs to get there."""

    id: str
    title: str
    name: str
    status: str
    received: str
    words: int
    limit: int
    photos: int
    needs: tuple[str, ...] = field(default=())

    def as_json(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in self.__slots__} | {"needs": list(self.needs)}


def inbox(result: Result) -> list[Waiting]:
    """The stories of the index that no chapter prints: those that are nearest to the book first, then by their day."""
    loaded = result.loaded
    if loaded is None or loaded.book is None:
        return []
    waiting = [_waiting(story, loaded.book, loaded.folder) for story in loaded.book.unselected]
    return sorted(waiting, key=lambda one: (_ORDER.get(one.status, 9), one.received or "9999", one.id))


def _waiting(story: Story, book: Book, folder: BookFolder) -> Waiting:
    text = unprinted_text(folder, book.index_path, book.info, story)
    words = body_words(text) if text else 0
    limit = story.limit or book.info.story_limit
    needs = list(_needs(story, text is not None, words, limit))
    return Waiting(
        story.id,
        story.title,
        story.contributor.name or NAMELESS,
        story.status,
        story.received,
        words,
        limit,
        len(story.photos),
        tuple(needs),
    )


def _needs(story: Story, there: bool, words: int, limit: int) -> list[str]:
    needs = []
    if story.status == "selected":
        needs.append("a chapter")
    elif story.status != "cut":
        needs.append("a decision: milebook set ID --status selected --chapter ID")
    if story.source.answer and not story.permission.places:
        needs.append(f"a look at what its form answered about printing it: “{story.source.answer}”")
    if not there or not words:
        needs.append("a text")
    if limit and words > limit:
        needs.append(f"{counted(words - limit, 'word')} fewer")
    if not story.contributor.name:
        needs.append("a name")
    if story.contributor.age and story.contributor.age < 18 and not story.contributor.guardian:
        needs.append("a guardian, who signs")
    if _open(story.permission):
        needs.append("permission for the text")
    open_photos = sum(_open(photo.permission) for photo in story.photos)
    if open_photos:
        needs.append("permission for the photo" if open_photos == 1 else f"permission for {open_photos} photos")
    for name, missing in (
        ("a caption", sum(not (photo.caption or photo.decorative) for photo in story.photos)),
        ("an alt text", sum(not (photo.alt or photo.decorative) for photo in story.photos)),
        ("a credit", sum(not photo.credit for photo in story.photos)),
    ):
        if missing:
            needs.append(name if missing == 1 else f"{name} for {missing} photos")
    return needs


def _open(terms: Agreement) -> bool:
    return terms.status not in _SETTLED
