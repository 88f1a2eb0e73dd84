"""What happened to the text of a proof: stretches kept, deleted and inserted, by whom, whether recorded or not.

The file's own record leads from its base text to its new text. Where its base text is not what the proof said, somebody changed it
without recording, and both steps are put together here. What was inserted without recording and then deleted has left no trace.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from milebook.review.base_paragraphs import same_signs
from milebook.review.word_diff import Difference, differences
from milebook.review.word_text import NOTE, By, Piece

KEPT, DELETED, INSERTED = "kept", "deleted", "inserted"


class Stretch(NamedTuple):
    """Characters with one fate. `start` and `end` count in the proof's text; of an insertion they are equal."""

    fate: str
    text: str
    start: int
    end: int
    by: By | None = None  # None: kept, or changed without recording
    look: int = 0
    old_look: int = 0  # before a recorded change of format
    restyled: By | None = None
    note: str = ""


def history(proof: str, pieces: Sequence[Piece]) -> list[Stretch]:
    """The stretches that lead from the proof's text to the new text of the pieces."""
    base = "".join(piece.text for piece in pieces if piece.inserted is None)
    return _Walk(proof, base, _unrecorded(proof, base)).stretches(pieces)


def _unrecorded(proof: str, base: str) -> list[Difference]:
    """What differs between the proof and the base text, but for signs that programs exchange for each other."""
    if proof == base:
        return []
    return differences(proof, base)


class _Walk:
    def __init__(self, proof: str, base: str, apart: list[Difference]) -> None:
        self.proof, self.base = proof, base
        self.apart = apart
        self.next = 0  # of `apart`
        self.at = 0  # in the base text
        self.behind = 0  # how much further the proof's offset is than the base's
        self.made: list[Stretch] = []

    def stretches(self, pieces: Sequence[Piece]) -> list[Stretch]:
        for piece in pieces:
            if piece.inserted is not None:
                if piece.deleted is None:
                    here = self._here()
                    self.made.append(
                        Stretch(INSERTED, piece.text, here, here, piece.inserted, piece.look, note=piece.note)
                    )
            else:
                self._base_piece(piece)
        self._deletion(len(self.base) + 1)
        return self.made

    def _here(self) -> int:
        one = self.apart[self.next] if self.next < len(self.apart) else None
        if one is not None and one.new_start < self.at < one.new_end:  # inside what the proof does not have
            return one.old_end
        return self.at + self.behind

    def _base_piece(self, piece: Piece) -> None:
        end = self.at + len(piece.text)
        done = self.at
        while self.at < end:
            self._deletion(self.at + 1)
            one = self.apart[self.next] if self.next < len(self.apart) else None
            stop = end if one is None else min(end, one.new_start if self.at < one.new_start else one.new_end)
            text = piece.text[self.at - done : stop - done]
            if one is not None and one.new_start <= self.at < one.new_end:  # not in the proof
                here = one.old_end
                if piece.deleted is None:
                    self.made.append(Stretch(INSERTED, text, here, here, None, piece.look, note=piece.note))
                self.at = stop
                if stop == one.new_end:
                    self.behind = one.old_end - one.new_end
                    self.next += 1
            else:
                start = self._here()
                fate = KEPT if piece.deleted is None else DELETED
                self.made.append(
                    Stretch(fate, text, start, start + len(text), piece.deleted, piece.look, piece.old_look,
                            piece.restyled, piece.note)
                )  # fmt: skip
                self.at = stop
        # an insertion that is recorded behind a stretch stands behind what was deleted there without recording
        self._deletion(self.at + 1, only_before=True)

    def _deletion(self, limit: int, *, only_before: bool = False) -> None:
        """What the proof said at this place and the base does not."""
        if self.next >= len(self.apart):
            return
        one = self.apart[self.next]
        if one.new_start >= limit or one.new_start > self.at or (only_before and one.new_end > one.new_start):
            return
        if one.old_end > one.old_start and not self._told(one):
            self.made.append(Stretch(DELETED, self.proof[one.old_start : one.old_end], one.old_start, one.old_end))
        if one.new_start == one.new_end:
            self.behind = one.old_end - one.new_end
            self.next += 1

    def _told(self, one: Difference) -> bool:
        return any(s.fate == DELETED and s.by is None and s.start == one.old_start for s in self.made[-3:])


def settled(stretches: Sequence[Stretch], *, notes: bool = True) -> list[Stretch]:
    """The stretches without changes that are none: a sign that a program exchanged for its like, notes that were not recorded.

    With `notes` false the proof's record does not say where notes stood, so that their marks are no insertions.
    """
    made: list[Stretch] = []
    for stretch in stretches:
        if not notes and stretch.fate == INSERTED and stretch.by is None and stretch.text == NOTE:
            continue
        before = made[-1] if made else None
        if (
            before is not None
            and {before.fate, stretch.fate} == {DELETED, INSERTED}
            and before.by is None
            and stretch.by is None
            and same_signs(before.text) == same_signs(stretch.text)
        ):
            gone, come = (before, stretch) if before.fate == DELETED else (stretch, before)
            made[-1] = Stretch(KEPT, gone.text, gone.start, gone.end, None, come.look, come.look)
            continue
        if stretch.by is None and stretch.fate != KEPT and stretch.text != NOTE and not same_signs(stretch.text):
            if stretch.fate == DELETED:
                made.append(stretch._replace(fate=KEPT))
            continue
        made.append(stretch)
    return made
