"""`milebook add`: one story that the author gives, with its photos, as an entry of the index and a text."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from milebook.app.given_text import bytes_of, text_of_file
from milebook.app.import_stories import with_known_chapter
from milebook.app.new_stories import write_stories
from milebook.app.wrong_usage import CannotRead
from milebook.checks.resemblance import KnownTexts, folded
from milebook.checks.word_counts import body_words
from milebook.intake import titles
from milebook.intake.items import NEW, Found, Passage, Picture, Span
from milebook.intake.known_stories import Known, known
from milebook.intake.people import several_stories
from milebook.intake.person_names import plain_name
from milebook.intake.pictures import HEAD, picture
from milebook.intake.plan import PlanItem, free_id
from milebook.intake.story_markdown import cleaned, read_back
from milebook.intake.writing import Arrangement
from milebook.model.findings import Finding
from milebook.model.unknown_names import ANONYMOUS, names_nobody
from milebook.output.transaction import Transaction
from milebook.photos.examination import unprintable
from milebook.source import BookFolder


class GivenPhoto(NamedTuple):
    """A photo to be copied into the book."""

    path: Path
    caption: str = ""
    credit: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class AddRequest:
    """What `milebook add` was given. `text` is Markdown as the author typed it; `file` a text or Word file instead."""

    title: str = ""
    name: str = ""
    email: str = ""
    location: str = ""
    age: int | None = None
    received: str = ""
    text: str = ""
    file: Path | None = None
    photos: tuple[GivenPhoto, ...] = ()
    arrangement: Arrangement = Arrangement()


@dataclass(slots=True)
class Added:
    """What was added: the story's id, the paths written, and what is worth knowing."""

    findings: list[Finding] = field(default_factory=list)
    id: str = ""
    title: str = ""
    words: int = 0
    limit: int = 0
    written: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    folder: BookFolder | None = None


def add_story(root: Path, request: AddRequest) -> Added:
    """Write one story. Raises CannotRead for a text or photo that cannot be taken, UnknownName for a chapter that is not there."""
    with Transaction(root, "add") as change:
        folder = BookFolder(root)
        book = known(folder)
        if book.index is None or change.problems:
            return Added([*book.findings, *change.problems], folder=folder)
        arrangement = with_known_chapter(request.arrangement, book)
        item = _item(request, book)
        done = Added(
            id=item.id, title=item.title, words=item.words, limit=book.limit, notes=tuple(item.notes), folder=folder
        )
        paths, done.findings = write_stories([item], [], book, arrangement, change, f"Added “{item.title}”")
        done.written = tuple(paths)
        return done


def _item(request: AddRequest, book: Known) -> PlanItem:
    person = plain_name(request.name)
    email = request.email or person.address
    found = Found("text", "", "", person.name, email, request.location, request.age, request.received)
    found.title = request.title
    text = _text(request, found)
    if not text.strip():
        raise CannotRead("there is no text: give it with --file, or type it")
    found.pictures += [photo_of(photo) for photo in request.photos]
    title = titles.one_line(found.title) or titles.titled(
        Found("text", "", passages=[Passage((Span(one),)) for one in text.split("\n\n")]), set()
    )
    item = PlanItem(1, found, NEW, "", title=title or "Untitled", text=text)
    item.words = body_words(read_back(text))
    item.id = free_id(item.title, found, book, {story.id.lower() for story in book.stories})
    item.photos = [(f"photos/{item.id}-{n}{one.suffix}", one) for n, one in enumerate(found.pictures, 1)]
    item.notes = _notes(item, book)
    return item


def _text(request: AddRequest, found: Found) -> str:
    """The Markdown: as typed, or of a file; a Word file's is made from it."""
    return text_of_file(request.file, found) if request.file else cleaned(request.text).strip() + "\n"


def photo_of(photo: GivenPhoto) -> Picture:
    """The photo as it is put into the book. Raises CannotRead for a file that is none, or that cannot be printed."""
    data = bytes_of(photo.path, 200_000_000)
    found, _ = picture(photo.path.name, data[:HEAD], photo.path.read_bytes)
    if found is None:
        raise CannotRead(f"{photo.path.name} is no photo: JPEG, PNG, TIFF, WebP and HEIC are taken")
    if trouble := unprintable(data):
        raise CannotRead(
            f"{photo.path.name} cannot be printed: {trouble}; ask for the photo again, or add the story without it"
        )
    found.caption, found.alt, found.credit = photo.caption, photo.alt, photo.credit
    return found


def _nobody(name: str) -> list[str]:
    if not name.strip() or not names_nobody(name) or name.strip() in ANONYMOUS.values():
        return []
    return [
        f"“{name}” is taken to mean that nobody knows the name; if somebody is really called so, write "
        f"contributor: {{name: {name}, sort: {name}}} into the entry"
    ]


def _notes(item: PlanItem, book: Known) -> list[str]:
    """What is worth knowing of a story that is added: what its file says, its length, a story that it repeats."""
    notes = [*_nobody(item.found.name), *item.found.notes, *several_stories(item.found.passages)]
    if book.limit and item.words > book.limit:
        notes.append(f"over the limit: {item.words} words of {book.limit}")
    texts = KnownTexts()
    for story in book.stories:
        texts.add(story.id, folded(story.text))
    near, _ = texts.nearest(folded(item.text))
    if near:
        same = "the same words" if folded(item.text) == texts.texts[near] else "nearly the same words"
        notes.append(f"it has {same} as {near}; “milebook undo” takes it back if that is the same story")
    return notes
