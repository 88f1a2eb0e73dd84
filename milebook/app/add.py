"""`milebook add`: one story that the author gives, with its photos, as an entry of the index and a text."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from milebook.app.import_stories import known_chapter
from milebook.app.named_paths import as_message, missing
from milebook.app.new_stories import write_stories
from milebook.checks.word_counts import body_words
from milebook.intake import titles
from milebook.intake.charset import decoded
from milebook.intake.items import NEW, Found, Passage, Picture, Span
from milebook.intake.known_stories import Known, known
from milebook.intake.person_names import plain_name
from milebook.intake.pictures import HEAD, picture
from milebook.intake.plan import PlanItem, free_id
from milebook.intake.story_markdown import cleaned, read_back, written
from milebook.intake.typed_lists import with_lists
from milebook.intake.word import read_word
from milebook.intake.writing import Arrangement
from milebook.model.findings import Finding
from milebook.output.transaction import Transaction
from milebook.source import STORY_LIMIT, BookFolder
from milebook.system import files


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


class CannotRead(Exception):
    """A file that the user named cannot be taken: wrong usage, with the reason."""


def add_story(root: Path, request: AddRequest) -> Added:
    """Write one story. Raises CannotRead for a text or photo that cannot be taken, UnknownName for a chapter that is not there."""
    with Transaction(root, "add") as change:
        folder = BookFolder(root)
        book = known(folder)
        if book.index is None or change.problems:
            return Added([*book.findings, *change.problems], folder=folder)
        known_chapter(book, request.arrangement.chapter)
        item = _item(request, book)
        done = Added(
            id=item.id, title=item.title, words=item.words, limit=book.limit, notes=tuple(item.notes), folder=folder
        )
        paths, done.findings = write_stories([item], [], book, request.arrangement, change, f"Added “{item.title}”")
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
    found.pictures += [_picture(photo) for photo in request.photos]
    title = titles.one_line(found.title) or titles.titled(
        Found("text", "", passages=[Passage((Span(one),)) for one in text.split("\n\n")]), set()
    )
    item = PlanItem(1, found, NEW, "", title=title or "Untitled", text=text)
    item.words = body_words(read_back(text))
    item.id = free_id(item.title, found, book, {story.id.lower() for story in book.stories})
    item.photos = [(f"photos/{item.id}-{n}{one.suffix}", one) for n, one in enumerate(found.pictures, 1)]
    item.notes = list(found.notes)
    if book.limit and item.words > book.limit:
        item.notes.append(f"over the limit: {item.words} words of {book.limit}")
    return item


def _text(request: AddRequest, found: Found) -> str:
    """The Markdown: as typed, or of a file; a Word file's is made from it."""
    if request.file is None:
        return cleaned(request.text).strip() + "\n"
    data = _bytes(request.file, STORY_LIMIT * 100)
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        document = read_word(data, again=request.file.read_bytes)
        if document.problem:
            raise CannotRead(f"{request.file.name}: {document.problem}")
        found.pictures += document.pictures
        found.passages = with_lists(document.passages, document.pictures)  # for the places of its pictures
        found.title = found.title or document.title
        found.notes += document.notes
        return written(found.passages)
    if b"\0" in data[:2_000] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise CannotRead(
            f"{request.file.name} is no text: copy its text into a .txt file, or import it with milebook import"
        )
    return cleaned(decoded(data)[0]).strip() + "\n"


def _picture(photo: GivenPhoto) -> Picture:
    data = _bytes(photo.path, 200_000_000)
    found, _ = picture(photo.path.name, data[:HEAD], photo.path.read_bytes)
    if found is None:
        raise CannotRead(f"{photo.path.name} is no photo: JPEG, PNG, TIFF, WebP and HEIC are taken")
    found.caption, found.alt, found.credit = photo.caption, photo.alt, photo.credit
    return found


def _bytes(path: Path, most: int) -> bytes:
    if gone := missing([str(path)]):
        raise CannotRead(as_message(gone))
    try:
        return files.named_file(path, most)
    except OSError as error:
        raise CannotRead(f"{path} cannot be read: {error.strerror or error}") from None
    except ValueError:
        raise CannotRead("a file's name cannot be read") from None
