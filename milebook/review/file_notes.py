"""Footnotes of a returned file: which of its notes is which of the proof, and what was changed in their texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from milebook.review.base_paragraphs import base_paragraphs, joined
from milebook.review.edits import EditedParagraphs
from milebook.review.history import KEPT, Stretch, history, settled
from milebook.review.placed_file import PlacedFile
from milebook.review.proof_text import RecordedParagraph
from milebook.review.word_text import END, NOTE, WordRun


def kept_notes(ours: Iterable[RecordedParagraph], stretches: Iterable[Stretch]) -> dict[tuple[str, str], str]:
    """Which note of the file is which note of the proof, by the marks that were kept: owner and note -> id in the file."""
    at, marks = 0, dict[int, tuple[str, str]]()
    for paragraph in ours:
        places = [at + offset for offset, sign in enumerate(paragraph.text) if sign == NOTE]
        marks |= {offset: (paragraph.owner, note) for offset, note in zip(places, paragraph.notes, strict=False)}
        at += len(paragraph.text) + 1
    kept: dict[tuple[str, str], str] = {}
    for stretch in stretches:
        if stretch.note and stretch.fate == KEPT and stretch.start in marks:
            kept.setdefault(marks[stretch.start], stretch.note)
    return kept


def note_passages(
    file: PlacedFile, kept: Mapping[tuple[str, str], str]
) -> Iterator[tuple[EditedParagraphs, list[int] | None]]:
    """The texts of the notes that file and proof have, each with its looks in the proof, if that is known."""
    for owner in file.proof.owners.values():
        for stream, ours in owner.streams.items():
            if ours[0].role != "note":
                continue
            key = kept.get((owner.key, stream)) or _by_bookmark(file, ours[0])
            if key not in file.returned.notes:
                continue
            pieces = joined(base_paragraphs(file.returned.notes[key]))
            text = "".join(paragraph.text + END for paragraph in ours)
            stretches = settled(history(text, _without_mark(pieces, text)), notes=file.proof.detailed)
            parts = tuple((file.starts[p.owner, p.part], p.part) for p in ours)
            yield (
                EditedParagraphs(owner.key, stream, 0, stretches, parts),
                file.looks_of(ours) if file.proof.detailed else None,
            )


def _by_bookmark(file: PlacedFile, paragraph: RecordedParagraph) -> str:
    wanted = paragraph.bookmark.lower()
    for key, paragraphs in file.returned.notes.items():
        if wanted and any(name.lower() == wanted for p in paragraphs for name, _ in p.bookmarks):
            return key
    return ""


def _without_mark(pieces: Sequence[WordRun], text: str) -> list[WordRun]:
    """The pieces of a note without its number and the space behind it."""
    base = "".join(piece.text for piece in pieces if piece.inserted is None)
    lead = len(base) - len(base.lstrip())
    found = re.match(r"\s*[\d*†‡§]{1,4}[.)]?\s+", base)
    if found and not text.startswith(base[lead : lead + 1]):
        lead = found.end()
    left = []
    for piece in pieces:
        if lead and piece.inserted is None:
            cut = min(lead, len(piece.text))
            lead -= cut
            piece = piece._replace(text=piece.text[cut:])
        if piece.text:
            left.append(piece)
    return left
