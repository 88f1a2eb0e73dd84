"""Paragraphs that an editor moved from one story into another: the Markdown that goes, with its marks, notes and queries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from milebook.review.changes import Change
from milebook.review.edits import Edit, Typed
from milebook.review.merging import merge, refined
from milebook.review.note_texts import REFERENCE, note_text
from milebook.review.proof_text import Owner
from milebook.review.source_text import Original, Reader, Source, View
from milebook.review.word_text import END, NOTE

BOTH_OR_NEITHER = "it goes from one story into another, and one of the two could not take it as it is now"


def into(change: Change) -> str:
    """The key of the story that a change puts something into, where it is another one than it takes it from; "" for none."""
    return next((edit.owner for edit in change.edits if edit.owner != change.owner), "")


def carrying(change: Change, owner: Owner, data: bytes, reader: Reader) -> Change:
    """A move into another story whose edits know the Markdown that goes, as the story of `owner` has it today.

    Where that is not whole paragraphs, or the author changed them meanwhile, the change stays as it is.
    """
    away = [edit for edit in change.edits if edit.owner == owner.key]
    if len(away) != 1 or away[0].stream != "text":
        return change
    try:
        source = reader(Original(data).text)
    except UnicodeDecodeError:
        return change
    views = _views(owner, away[0], source)
    if not views:
        return change
    text = _with_notes(source, source.text[views[0].start : views[-1].end])
    typed = tuple(_typed(source, views))
    edits = [
        edit._replace(source=text)
        if edit.owner == owner.key
        else _behind_the_end(edit)._replace(source=text, typed=typed)
        for edit in change.edits
    ]
    return replace(change, edits=edits)


def _behind_the_end(edit: Edit) -> Edit:
    """What was typed behind the end of a paragraph stands before the next one."""
    at = edit.start + "".join(one.text for one in edit.typed).startswith(END)
    return edit._replace(start=at, end=at)


def _views(owner: Owner, edit: Edit, source: Source) -> list[View]:
    """Today's blocks that an edit takes away whole."""
    stream = source.streams["text"]
    base = owner.base("text")
    merged = merge(base, stream.text, refined(base, [edit]))
    if len(merged.placed) != 1:
        return []
    (placed,) = merged.placed
    views = [view for view in stream.views if placed.start <= view.first < placed.end]
    whole = bool(views) and (views[0].first, views[-1].last + 1) == (placed.start, placed.end)
    return views if whole else []


def _typed(source: Source, views: Sequence[View]) -> Iterator[Typed]:
    """What the blocks print, as if it had been typed."""
    stream = source.streams["text"]
    number = stream.text[: views[0].first].count(NOTE)
    for at in range(views[0].first, views[-1].last + 1):
        sign, note = stream.text[at], ""
        if sign == NOTE:
            number += 1
            its_text = source.streams.get(f"n{number}")
            note = " ".join(its_text.text.split()) if its_text is not None else ""
        yield Typed(sign, stream.looks[at], note)


def _with_notes(source: Source, text: str) -> str:
    """The Markdown with its notes in it, whose texts stand elsewhere in the file that it leaves."""

    def note(found: re.Match[str]) -> str:
        its_text = note_text(source, found[1])
        if its_text is None or len(its_text[1]) > 1:
            return found.group()
        return f"^[{' '.join(source.text[its_text[0].end() : its_text[1][0].end].split())}]"

    return REFERENCE.sub(note, text)
