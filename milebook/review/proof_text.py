"""What a proof said when it was made, from its record: every paragraph with its place in a story, its bookmark and its looks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from milebook.review.bold_italic import BOLD, ITALIC
from milebook.review.word_text import END, NOTE

FIELDS = ("title", "byline", "number", "end")  # parts that are not the text; captions and credits are fields as well
_FIELD = re.compile(r"title|byline|number|end|f\d+|f\d+_(?:caption|credit)")
_NOTE = re.compile(r"(n\d+)_p\d+")


class RecordedParagraph(NamedTuple):
    """One paragraph of a proof. `text` is what the Word file said, with a NOTE where the mark of a note stood."""

    owner: str  # key of the story or chapter it is part of, see `Owner.key`
    part: str  # "title", "p03", "f1_caption", "n1_p01" …
    role: str
    text: str
    bookmark: str
    fixed: int = 0  # characters at the beginning that milebook made: "Figure 1.1 "
    looks: tuple[tuple[int, int, int], ...] = ()  # begin, end, BOLD | ITALIC
    notes: tuple[str, ...] = ()  # "n1" for each NOTE in `text`, in order

    @property
    def stream(self) -> str:
        """The text that the paragraph is a stretch of: "text", "n1" for a note, or a field by its name."""
        note = _NOTE.fullmatch(self.part)
        if note:
            return note[1]
        return self.part if _FIELD.fullmatch(self.part) else "text"


@dataclass(slots=True)
class Owner:
    """A story, or a chapter with its title and opening text."""

    kind: str  # "story" | "chapter"
    id: str
    chapter: str  # id of the chapter it stands in
    path: str = ""  # of its text, under the book folder
    sha256: str = ""
    streams: dict[str, list[RecordedParagraph]] = field(default_factory=dict)
    photos: dict[str, str] = field(default_factory=dict)  # "f1" -> path of the photo, under the book folder
    sums: dict[str, str] = field(default_factory=dict)  # "f1" -> beginning of the photo's SHA-256
    order: dict[str, int] = field(default_factory=dict)  # part -> its place among the paragraphs

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.id}"

    def base(self, stream: str) -> str:
        """The whole text of a stream, without what milebook put before it; every paragraph ends with an END."""
        return "".join(paragraph.text[paragraph.fixed :] + END for paragraph in self.streams.get(stream, ()))


@dataclass(slots=True)
class Proof:
    """The record of a proof, or of several made at once."""

    build: str
    title: str
    owners: dict[str, Owner]
    paragraphs: list[RecordedParagraph]
    generated: dict[
        str, set[str]
    ]  # bookmark -> texts of what milebook adds, the list of queries or the approval slip, in any file
    queries: frozenset[str]  # what the queries said
    detailed: bool  # looks and notes are recorded, which older records do not have
    by_chapter: bool  # the files are proofs of whole chapters
    figures: list[tuple[str, str, int]] = field(default_factory=list)  # owner, name, index of the paragraph behind
    pictures: frozenset[str] = frozenset()  # marks of the pictures in the proof, where its file is still there

    def starts(self) -> dict[tuple[str, str], int]:
        """Offset of each paragraph in its stream, by owner and part."""
        found: dict[tuple[str, str], int] = {}
        for owner in self.owners.values():
            for paragraphs in owner.streams.values():
                at = 0
                for paragraph in paragraphs:
                    found[owner.key, paragraph.part] = at
                    at += len(paragraph.text) - paragraph.fixed + 1
        return found


def read_proof(document: Any, bookmarks: Mapping[str, str]) -> Proof:
    """A record as a Proof. `bookmarks` are names by anchor for records that have none.

    Raises KeyError, TypeError, ValueError or AttributeError where it is no record of a proof.
    """
    owners: dict[str, Owner] = {}
    paragraphs: list[RecordedParagraph] = []
    figures: list[tuple[str, str, int]] = []
    detailed, queries = False, set[str]()
    for chapter in document["chapters"]:
        key = f"chapter:{chapter['id']}"
        owners[key] = Owner("chapter", chapter["id"], chapter["id"], chapter.get("path", ""), chapter.get("sha256", ""))
        for row in chapter["paragraphs"]:
            owner = owners[key]
            if row["story"]:
                about = document["stories"].get(row["story"], {})
                made = Owner("story", row["story"], chapter["id"], about.get("path", ""), about.get("sha256", ""))
                owner = owners.setdefault(made.key, made)
            detailed = detailed or "bookmark" in row
            queries.update(row.get("queries", ()))
            if row["role"] == "figure":
                name = str(row["anchor"]).rpartition("_")[2]
                path, _, owner.sums[name] = str(row["text"]).rpartition(" ")
                owner.photos[name] = path or owner.sums[name]
                figures.append((owner.key, name, len(paragraphs)))
            else:
                paragraph = _paragraph(row, owner, bookmarks)
                paragraphs.append(paragraph)
                owner.order[paragraph.part] = len(owner.order)
                owner.streams.setdefault(paragraph.stream, []).append(paragraph)
    generated: dict[str, set[str]] = {}
    for name, text in (row for texts in document.get("generated", {}).values() for row in texts.items()):
        generated.setdefault(name, set()).add(text)
    names = [str(name) for name in document.get("proofs", ())]
    by_chapter = not any(name.startswith("contributor-") for name in names)
    return Proof(
        str(document["build_id"]), str(document.get("title", "")), owners, paragraphs, generated, frozenset(queries),
        detailed, by_chapter, figures,
    )  # fmt: skip


def anchors(document: Any) -> Iterable[list[str]]:
    """The anchors of each chapter, in the order in which their bookmarks are named."""
    for chapter in document["chapters"]:
        yield [str(row["anchor"]) for row in chapter["paragraphs"]]


def _paragraph(row: Any, owner: Owner, bookmarks: Mapping[str, str]) -> RecordedParagraph:
    anchor, printed = str(row["anchor"]), str(row["text"])
    prefix = f"{'mb' if owner.kind == 'story' else 'mbc'}_{owner.id}_"
    text = str(row.get("word") or printed)
    marks = [(int(at), str(note)) for at, note in row.get("notes", ())]
    fixed = len(text) - len(printed) if row.get("word") and row["role"] == "caption" and text.endswith(printed) else 0
    looks = []
    for begin, end, look in row.get("looks", ()):
        bits = (BOLD if "b" in look else 0) | (ITALIC if "i" in look else 0)
        looks.append((_moved(begin, marks), _moved(end, marks, before=True), bits))
    for at, _ in sorted(marks, reverse=True):
        text = text[:at] + NOTE + text[at:]
    return RecordedParagraph(
        owner.key,
        anchor.removeprefix(prefix),
        str(row["role"]),
        text,
        str(row.get("bookmark") or bookmarks.get(anchor, "")),
        fixed,
        tuple(looks),
        tuple(note.rpartition("_")[2] for _, note in sorted(marks)),
    )


def _moved(offset: int, marks: Iterable[tuple[int, str]], *, before: bool = False) -> int:
    """An offset in the text without NOTEs as one in the text with them."""
    return offset + sum(at < offset or (at == offset and not before) for at, _ in marks)
