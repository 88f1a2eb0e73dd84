"""The text that `milebook add` is given: as typed, or a text, Word or RTF file. What holds several things is for `import`."""

from __future__ import annotations

from pathlib import Path

from milebook.app.named_paths import as_message, missing
from milebook.app.wrong_usage import CannotRead
from milebook.intake.charset import decoded
from milebook.intake.documents.attached import document_in
from milebook.intake.documents.word import Document, read_word
from milebook.intake.inputs import Input
from milebook.intake.items import Found
from milebook.intake.line_breaks import with_paragraphs
from milebook.intake.people import take_signature
from milebook.intake.sources import source_of
from milebook.intake.story_markdown import cleaned, written
from milebook.intake.typed_lists import with_lists
from milebook.model.command_words import command_word
from milebook.source import STORY_LIMIT
from milebook.system import files

_OF_ONE_STORY = (
    "documents.word",
    "documents.rtf",
    "documents.plain_file",
    "blogs.pasted",
    "forms.answers",
)  # a text may look like a table or like a page
_TABLES = (".csv", ".tsv", ".xlsx", ".xlsm")


def text_of_file(path: Path, found: Found) -> str:
    """The story's Markdown. Title, byline, pictures and notes of a Word or RTF file go into `found`. Raises CannotRead."""
    data = bytes_of(path, STORY_LIMIT * 100)
    _refuse_for_import(path)
    is_old = data.startswith(b"\xd0\xcf\x11\xe0")  # a .doc, of which `read_word` says what to do
    if document := read_word(data) if is_old else document_in(data, again=path.read_bytes):
        return _of_document(document, path, found)
    if b"\0" in data[:2_000] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise CannotRead(f"{path.name} is no text: copy its text into a .txt file, or import it with milebook import")
    return cleaned(decoded(data)[0]).strip() + "\n"


def _of_document(document: Document, path: Path, found: Found) -> str:
    if document.problem:
        raise CannotRead(f"{path.name}: {document.problem}")
    found.source = path.name
    found.pictures += document.pictures
    found.passages = with_lists(document.passages, document.pictures)  # for the places of its pictures
    found.passages = with_paragraphs(found.passages, document.pictures)
    if found.title and document.title and found.title.casefold() != document.title.casefold():
        found.notes.append(f"{path.name} calls it “{document.title}”")
    found.title = found.title or document.title
    found.notes += document.notes
    take_signature(found, document.author)
    found.notes += [f"left out of the text: “{cut}”" for cut in found.cuts]
    return written(found.passages)


def _refuse_for_import(path: Path) -> None:
    """Raises CannotRead for a mailbox, a page, a table of answers: `import` finds the stories in it, and who wrote them."""
    source = source_of(Input(path.name, path))
    if source is None:
        return
    if source.module not in _OF_ONE_STORY or (source.module == "forms.answers" and path.suffix.lower() in _TABLES):
        raise CannotRead(
            f"{path.name} is {source.name}; to take stories out of it, type: milebook import {command_word(str(path))}"
        )


def bytes_of(path: Path, most: int) -> bytes:
    """The bytes of a file that the user named, at most so many. Raises CannotRead."""
    if gone := missing([str(path)]):
        raise CannotRead(as_message(gone))
    try:
        return files.named_file(path, most)
    except OSError as error:
        raise CannotRead(f"{path} cannot be read: {error.strerror or error}") from None
    except ValueError:
        raise CannotRead("a file's name cannot be read") from None
