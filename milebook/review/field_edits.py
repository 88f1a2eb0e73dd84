"""Edits of titles, bylines, captions and credits: each a line of its own, without what milebook put before it.

And joins of paragraphs that stand in different parts of the book, which no story can hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from milebook.review.changes import Change, readable
from milebook.review.edits import Edit, EditedParagraphs, Typed
from milebook.review.history import DELETED
from milebook.review.placed_file import PlacedFile
from milebook.review.placing import Group
from milebook.review.word_text import END

Foreign = set[tuple[str, str, int]]  # owner, stream, and offset in it
ELSEWHERE = "it joins parts of the book that stand in different places"
ONE_LINE = "titles, bylines and captions are one line each"
FIXED = "milebook numbers figures and chapters itself"


def retitled(title: str, found: list[Change], passage: EditedParagraphs) -> list[Change]:
    """A title of the proof that was changed without recording as one change: nobody can say which words of it were kept on purpose."""
    loose = [c for c in found if not c.tracked and not c.by_hand and c.owner == passage.owner]
    if not loose or len(loose) < len(found):
        return found
    new = "".join(s.text for s in passage.stretches if s.fate != DELETED)
    before, after = readable(title), readable(new)
    edits = [edit for change in loose for edit in change.edits]
    kind = "replace" if before and after else "delete"
    return [replace(loose[0], kind=kind, before=before, after=after, edits=edits)]


def check(file: PlacedFile, foreign: Foreign, change: Change, passage: EditedParagraphs) -> None:
    """Bring an edit of a field into the field's own terms, or say why it cannot be. `foreign` is from `foreign_ends`."""
    if passage.stream == "text" or (passage.stream.startswith("n") and passage.stream != "number"):
        _not_joined(foreign, change)
        return
    size = len(file.proof.owners[passage.owner].base(passage.stream)) - 1
    edits = []
    for edit in change.edits:
        if edit.start < 0 or passage.stream in ("number", "end"):
            change.by_hand = FIXED
            return
        ends = sum(one.text.count(END) for one in edit.typed)
        if ends:
            moved = _typed_beside(file, edit, passage, size)
            if moved is None:
                change.by_hand = ONE_LINE if change.kind == "split" else ELSEWHERE
                return
            edits.append(moved)
        elif edit.end > size and not (edit.start == 0 and not edit.typed):
            change.by_hand = ELSEWHERE
            return
        else:
            edits.append(edit._replace(end=min(edit.end, size)))
    change.edits = edits
    elsewhere = {edit.owner for edit in edits} - {change.owner}
    if (
        change.kind == "insert" and len(elsewhere) == len(edits) == 1
    ):  # typed before a title: behind the story before it
        (change.owner,) = elsewhere
        change.part = file.proof.owners[change.owner].streams["text"][-1].part


def foreign_ends(file: PlacedFile, groups: Sequence[Group]) -> Foreign:
    """Ends of paragraphs that were taken out before a paragraph of another text: owner, stream, and offset in it."""
    last = {index: group.proof[-1] for group in groups for index in group.file}
    found: Foreign = set()
    for index, number in last.items():
        base = file.base[index]
        if base.pieces[-1].deleted is None or not base.new_text.strip():
            continue
        here = file.paragraphs[number]
        behind = next((i for i in range(index + 1, len(file.base)) if file.base[i].text.strip()), -1)
        other = file.paragraphs[file.of_file[behind]] if behind in file.of_file else here
        if (here.owner, here.stream) != (other.owner, other.stream):
            end = file.starts[here.owner, here.part] + len(here.text) - here.fixed
            found.add((here.owner, here.stream, end))
    return found


def _not_joined(foreign: Foreign, change: Change) -> None:
    """Leave the ends of paragraphs that would join parts of the book; a change that does nothing else is made by hand."""
    for number, edit in enumerate(change.edits):
        if edit.start < edit.end and (edit.owner, edit.stream, edit.end - 1) in foreign:
            if change.kind == "merge":
                change.by_hand = ELSEWHERE
            else:
                change.edits[number] = edit._replace(end=edit.end - 1)


def _typed_beside(file: PlacedFile, edit: Edit, passage: EditedParagraphs, size: int) -> Edit | None:
    """New paragraphs typed before or behind a title or caption are paragraphs of a text."""
    text = "".join(one.text for one in edit.typed)
    number = next(i for i, p in enumerate(file.paragraphs) if (p.owner, p.stream) == (passage.owner, passage.stream))
    if edit.start != edit.end:
        return None
    if edit.start == 0 and text.endswith(END):
        before = next((i for i in range(number - 1, -1, -1) if file.paragraphs[i].owner in file.seen), number)
        return file.insertion(before, edit.typed)
    if edit.start == size and text.startswith(END):
        first = edit.typed[0]._replace(text=edit.typed[0].text[1:])
        return file.insertion(number, (first, *edit.typed[1:], Typed(END)))
    return None
