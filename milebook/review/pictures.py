"""Photos of a returned file that were taken out, put in, or exchanged. The index says which photos a story has, so these changes are
told and not merged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from milebook.review.changes import Change
from milebook.review.word_text import Picture

if TYPE_CHECKING:
    from milebook.review.one_file import OneFile

IN_THE_INDEX = "photos are put in and taken out in stories/index.yaml"
WITH_ITS_PHOTO = "it goes with its photo"


def picture_changes(file: OneFile) -> list[Change]:
    """The changes of photos; captions and credits that were deleted with their photo are left to whoever takes it out."""
    free = [picture for picture in file.returned.pictures if picture.inserted is None]
    come = [p for p in file.returned.pictures if p.inserted is not None and p.deleted is None]
    made: list[Change] = []
    uncertain = 0  # figures whose paragraphs around were moved
    for owner_key, name, at in file.proof.figures:
        low, high = _region(file, at)
        if low < 0 or high < 0:
            uncertain += owner_key in file.review.expected
            continue
        found = next((p for p in free if low <= _place(file, p) <= high), None)
        new = next((p for p in come if low <= _place(file, p) <= high), None)
        if found is not None:
            free.remove(found)
        change = _change(file, owner_key, name, found, new)
        if change is not None and owner_key in file.review.seen:
            made.append(change)
            if change.kind == "replace" and new is not None:
                come.remove(new)
            elif change.kind == "delete":
                _leave_caption(file, owner_key, name)
    added = [*[p for p in free if p.deleted is None][uncertain:], *come]
    return [*made, *(change for picture in added if (change := _added(file, picture)) is not None)]


def _region(file: OneFile, at: int) -> tuple[int, int]:
    """The paragraphs of the file between which a figure stands, by those before and behind it in the proof; -1 for none."""
    where: dict[int, int] = {}
    for index, number in file.of_file.items():
        where.setdefault(number, index)
    if at in where and file.paragraphs[at].role in ("caption", "credit"):  # directly behind its photo
        above = max((index for index in file.of_file if index < where[at]), default=0)
        if any(above <= _place(file, picture) <= where[at] for picture in file.returned.pictures):
            return above, where[at]
        del where[at]  # the caption was moved, or the photo is gone
    low = next((where[n] for n in range(at - 1, -1, -1) if n in where), -1)
    high = next((where[n] for n in range(at, len(file.paragraphs)) if n in where), len(file.base) - 1)
    return low, high if high >= low else -1


def _place(file: OneFile, picture: Picture) -> int:
    return next((i for i, base in enumerate(file.base) if picture.paragraph in base.spans), -1)


def _change(file: OneFile, owner: str, name: str, found: Picture | None, new: Picture | None) -> Change | None:
    """What became of one photo; None where it is as it was."""
    photo = f"photo {file.proof.owners[owner].photos[name]}"
    if found is None or found.deleted is not None:
        by = found.deleted if found is not None else None
        kind, after = ("replace", "another picture") if new is not None else ("delete", "")
        who, when = (by.author, by.date) if by is not None else ("", "")
        return Change(owner, name, who, when, by is not None, kind, photo, after, [], IN_THE_INDEX)
    known = file.proof.pictures
    kept = any(picture.mark in known for picture in file.returned.pictures)
    if known and kept and found.mark not in known:
        return Change(owner, name, "", "", False, "replace", photo, "another picture", [], IN_THE_INDEX)
    return None


def _added(file: OneFile, picture: Picture) -> Change | None:
    """A picture that the proof did not have, at the paragraph before it."""
    place = _place(file, picture)
    near = next((i for i in range(place, -1, -1) if i in file.of_file), None)
    if near is None:
        return None
    paragraph = file.paragraphs[file.of_file[near]]
    by = picture.inserted
    who, when = (by.author, by.date) if by is not None else ("", "")
    return Change(
        paragraph.owner, paragraph.part, who, when, by is not None, "insert", "", "a new picture", [], IN_THE_INDEX
    )


def _leave_caption(file: OneFile, owner: str, name: str) -> None:
    parts = (f"{name}_caption", f"{name}_credit")
    for change in file.review.changes:
        if change.owner == owner and change.kind == "delete" and change.part in parts and not change.by_hand:
            change.by_hand = WITH_ITS_PHOTO
