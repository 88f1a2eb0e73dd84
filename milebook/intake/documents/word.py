"""A contributor's Word file: its paragraphs with italics, notes, lists and pictures. Tracked changes are never accepted silently."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from milebook.intake.documents.office_file import OfficeFile, Refused
from milebook.intake.documents.plain_file import title_from_name
from milebook.intake.documents.word_body import Body, W
from milebook.intake.inputs import Input
from milebook.intake.items import HEADING, UNREADABLE, Found, Original, Passage, Picture, take_out
from milebook.intake.options import Options
from milebook.intake.people import stories_inside, take_signature
from milebook.intake.pictures import HEAD, own_alt, picture
from milebook.model.plurals import counted

_CHANGES = tuple(W + name for name in ("ins", "del", "moveFrom", "moveTo"))
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_PICTURE_LIMIT = 200 * 2**20


@dataclass(slots=True)
class Document:
    """What a Word file holds. `problem` is why nothing was read, "" otherwise."""

    problem: str = ""
    title: str = ""
    author: str = ""  # as the file's properties name one
    passages: list[Passage] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n\n".join(one.text for one in self.passages)


def read(one: Input, options: Options) -> Iterator[Found]:
    """One item. Raises TooLarge and OSError."""
    data = one.read()
    digest = hashlib.sha256(data).hexdigest()
    item = Found("docx", f"sha256:{digest}", one.shown, original=Original(".docx", digest, one.path.read_bytes))
    document = read_word(data, accept_changes=options.accept_changes, again=one.path.read_bytes)
    if document.problem:
        item.verdict, item.why = UNREADABLE, document.problem
    item.title, item.file_named = document.title or title_from_name(one.name), not document.title
    item.passages, item.pictures, item.notes = document.passages, document.pictures, document.notes
    take_signature(item, document.author)
    yield item


def read_word(data: bytes, *, accept_changes: bool = False, again: Callable[[], bytes] | None = None) -> Document:
    """The document. `again` reads the bytes once more, for the pictures. Never raises: what is wrong is `problem`."""
    try:
        return _document(OfficeFile(data), accept_changes, again or (lambda: data))
    except Refused as refused:
        return Document(str(refused))


def _document(file: OfficeFile, accept_changes: bool, again: Callable[[], bytes]) -> Document:
    main = file.main_part("word/document.xml")
    root = file.xml(main)
    out = Document()
    body = next(root.iter(W + "body"), None)
    if body is None:
        raise Refused("it holds no document: it may be a template, or damaged")
    authors = sorted({one.get(W + "author") or "" for one in body.iter(*_CHANGES)} - {""})
    changed = next(body.iter(*_CHANGES), None) is not None
    if changed and not accept_changes:
        by = f" by {', '.join(authors[:3])}" if authors else ""
        raise Refused(
            f"it has tracked changes{by}: accept or reject them in Word and save it, or take them as accepted with --accept-changes"
        )
    if changed:
        out.notes.append("its tracked changes were taken as accepted")
    relations = file.relations(main)
    parts = dict(relations.values())

    def part(kind: str) -> Any:
        name = parts.get(kind, "")
        return file.xml(name) if name and file.has(name) else None

    reading = Body(part("styles"), part("numbering"), part("footnotes"), part("endnotes"))
    reading.walk(body)
    out.passages = reading.passages
    _pictures(out, reading, file, relations, again)
    comments = part("comments")
    if comments is not None and (written := [_plain(one) for one in comments.iter(W + "comment")]):
        out.notes.append(
            f"{counted(len(written), 'comment')} in the margin left out: “{'”, “'.join(text[:80] for text in written[:3])}”"
        )
    if reading.boxes:
        out.notes.append(
            f"text that stands in a text box, put after its paragraph: “{'”, “'.join(text[:80] for text in reading.boxes[:3])}”"
        )
    out.title, out.author = reading.title, _author(file)
    if not out.title and len(out.passages) > 1 and out.passages[0].kind == HEADING:
        first = take_out(out.passages, out.pictures, 0)
        out.title = first.text
        _note_headings(out, first.level)
    return out


def _note_headings(document: Document, level: int) -> None:
    """A note of headings that rank with the title, unless a byline says already that each begins a story."""
    equals = [one.text for one in document.passages if one.kind == HEADING and one.level <= level]
    if equals and not stories_inside(document.passages):
        named = "”, “".join(equals[:3])
        document.notes.append(
            f"the heading {f'“{named}” ranks' if len(equals) == 1 else f'“{named}” rank'} with the title: if another story begins there, "
            "save each as a file of its own and import those"
        )


def _author(file: OfficeFile) -> str:
    """Whom the file's properties name as its author, "" for nobody."""
    name = next((target for kind, target in file.relations("").values() if kind == "core-properties"), "")
    if not file.has(name):
        return ""
    try:
        return next((one.text or "" for one in file.xml(name).iter(_CREATOR)), "").strip()
    except Refused:
        return ""  # the story can be read all the same


def _plain(element: Any) -> str:
    return " ".join("".join(one.text or "" for one in element.iter(W + "t")).split())


def _pictures(
    out: Document, reading: Body, file: OfficeFile, relations: dict[str, tuple[str, str]], again: Callable[[], bytes]
) -> None:
    for shown in reading.images:
        target = relations.get(shown.relation, ("", ""))[1]
        if not target or not file.has(target):
            out.notes.append("a picture of it was not stored in the file")
            continue
        head = file.read(target, _PICTURE_LIMIT)[:HEAD]

        def bytes_again(target: str = target) -> bytes:
            return OfficeFile(again()).read(target, _PICTURE_LIMIT)

        found, note = picture(shown.name or target, head, bytes_again)
        if found is None:
            out.notes.append(note or f"a drawing that is no photo was left out ({target.rpartition('/')[2]})")
            continue
        found.alt = own_alt(shown.alt)
        found.caption = shown.caption
        found.after = shown.after if shown.after < len(out.passages) else None
        if note:
            out.notes.append(note)
        out.pictures.append(found)
