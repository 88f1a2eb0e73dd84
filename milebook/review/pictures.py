"""Photos of a returned file that were taken out, put in, or exchanged. The index says which photos a story has, so these changes are
reported and not merged.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence

from milebook.review.changes import Change
from milebook.review.placed_file import PlacedFile
from milebook.review.word_text import Picture

IN_THE_INDEX = "photos are put in and taken out in stories/index.yaml"
WITH_ITS_PHOTO = "it goes with its photo"


def picture_changes(file: PlacedFile, expected: Collection[str], changes: Sequence[Change]) -> list[Change]:
    """The changes of photos of the owners that are `expected` in the file; among the other `changes`, captions and credits that were deleted with their photo are left to whoever takes it out."""
    places = _Places(file)
    free = [picture for picture in file.returned.pictures if picture.inserted is None]
    come = [p for p in file.returned.pictures if p.inserted is not None and p.deleted is None]
    known = file.proof.pictures
    if sum(picture.mark in known for picture in file.returned.pictures) * 2 < len(file.returned.pictures):
        known = frozenset()  # the program that saved the file wrote pictures anew
    made: list[Change] = []
    uncertain = 0  # figures whose paragraphs around were moved
    for owner_key, name, at in file.proof.figures:
        low, high = places.region(at)
        if low < 0 or high < 0:
            uncertain += owner_key in expected
            continue
        found = next((p for p in free if low <= places.of(p) <= high), None)
        new = next((p for p in come if low <= places.of(p) <= high), None)
        if found is not None:
            free.remove(found)
        change = _change(file, known, owner_key, name, found, new)
        if change is not None and owner_key in file.seen:
            made.append(change)
            if change.kind == "replace" and new is not None:
                come.remove(new)
            elif change.kind == "delete":
                _leave_caption(changes, owner_key, name)
    added = [*[p for p in free if p.deleted is None][uncertain:], *come]
    return [*made, *(change for picture in added if (change := _added(file, places.of(picture), picture)) is not None)]


class _Places:
    """Where the proof's figures and the file's pictures stand among the paragraphs of the file."""

    def __init__(self, file: PlacedFile) -> None:
        self.file = file
        self._base = {number: index for index, base in enumerate(file.base) for number in base.spans}
        self._known = sorted(file.of_file)  # paragraphs of the file that the proof has
        self._where: dict[int, int] = {}  # paragraph of the proof -> paragraph of the file
        for index, number in file.of_file.items():
            self._where.setdefault(number, index)
        self._numbers = sorted(self._where)
        self._pictures = sorted(map(self.of, file.returned.pictures))

    def of(self, picture: Picture) -> int:
        """The paragraph of the file that a picture stands in; -1 for none."""
        return self._base.get(picture.paragraph, -1)

    def region(self, at: int) -> tuple[int, int]:
        """The paragraphs of the file between which a figure stands, by those before and behind it in the proof; -1 for none."""
        before = behind = bisect_left(self._numbers, at)
        if at in self._where:
            here = self._where[at]
            if self.file.paragraphs[at].role in ("caption", "credit"):  # directly behind its photo
                above = bisect_left(self._known, here)
                first = self._known[above - 1] if above else 0
                if bisect_left(self._pictures, first) < bisect_right(self._pictures, here):
                    return first, here
                behind += 1  # the caption was moved, or the photo is gone
        low = self._where[self._numbers[before - 1]] if before else -1
        high = self._where[self._numbers[behind]] if behind < len(self._numbers) else len(self.file.base) - 1
        return low, high if high >= low else -1


def _change(
    file: PlacedFile, known: Collection[str], owner: str, name: str, found: Picture | None, new: Picture | None
) -> Change | None:
    """What became of one photo; None where it is as it was. `known` are the marks of the proof's pictures, if they say anything."""
    photo = f"photo {file.proof.owners[owner].photos[name]}"
    if found is None or found.deleted is not None:
        by = found.deleted if found is not None else None
        kind, after = ("replace", "another picture") if new is not None else ("delete", "")
        who, when = (by.author, by.date) if by is not None else ("", "")
        return Change(owner, name, who, when, by is not None, kind, photo, after, [], IN_THE_INDEX)
    if known and found.mark not in known:
        return Change(owner, name, "", "", False, "replace", photo, "another picture", [], IN_THE_INDEX)
    return None


def _added(file: PlacedFile, place: int, picture: Picture) -> Change | None:
    """A picture that the proof did not have, in the paragraph `place` of the file."""
    near = next((i for i in range(place, -1, -1) if i in file.of_file), None)
    if near is None:
        return None
    paragraph = file.paragraphs[file.of_file[near]]
    by = picture.inserted
    who, when = (by.author, by.date) if by is not None else ("", "")
    return Change(
        paragraph.owner, paragraph.part, who, when, by is not None, "insert", "", "a new picture", [], IN_THE_INDEX
    )


def _leave_caption(changes: Iterable[Change], owner: str, name: str) -> None:
    parts = (f"{name}_caption", f"{name}_credit")
    for change in changes:
        if change.owner == owner and change.kind == "delete" and change.part in parts and not change.by_hand:
            change.by_hand = WITH_ITS_PHOTO
