"""What happened to the text of a proof: stretches kept, deleted and inserted, by whom, whether recorded or not.

The file's own record leads from its base text to its new text. Where its base text is not what the proof said, somebody changed it
without recording, and both steps are put together here. What was inserted without recording and then deleted has left no trace.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from milebook.review.base_paragraphs import same_signs
from milebook.review.word_diff import differences
from milebook.review.word_text import NOTE, By, WordRun

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
    style: str = ""  # of an END: the style of the paragraph that it ends


class _Step(NamedTuple):
    """A stretch of the base text that the proof has too, or has not; or one that only the proof has (`length` 0)."""

    length: int  # in the base text
    start: int  # in the proof
    end: int
    known: bool


def history(proof: str, pieces: Sequence[WordRun]) -> list[Stretch]:
    """The stretches that lead from the proof's text to the new text of the pieces."""
    base = "".join(piece.text for piece in pieces if piece.inserted is None)
    return _Walk(proof, _steps(proof, base)).stretches(pieces)


def _steps(proof: str, base: str) -> list[_Step]:
    steps: list[_Step] = []
    at = here = 0
    for one in differences(proof, base) if proof != base else ():
        if one.new_start > at:
            steps.append(_Step(one.new_start - at, here, one.old_start, True))
        if one.old_end > one.old_start:
            steps.append(_Step(0, one.old_start, one.old_end, False))
        if one.new_end > one.new_start:
            steps.append(_Step(one.new_end - one.new_start, one.old_end, one.old_end, False))
        at, here = one.new_end, one.old_end
    if len(base) > at:
        steps.append(_Step(len(base) - at, here, len(proof), True))
    return steps


class _Walk:
    """Goes through the steps and the pieces at once."""

    def __init__(self, proof: str, steps: list[_Step]) -> None:
        self.proof, self.steps = proof, steps
        self.next = self.done = 0  # the step at hand, and how much of it is done
        self.here = 0  # offset in the proof
        self.made: list[Stretch] = []

    def stretches(self, pieces: Sequence[WordRun]) -> list[Stretch]:
        for piece in pieces:
            if piece.inserted is None:
                self._base(piece)
            elif piece.deleted is None:
                self._gone()
                self.made.append(self._come(piece, piece.text, piece.inserted))
        self._gone()
        return self.made

    def _gone(self) -> None:
        """What the proof said here and the base text does not."""
        while self.next < len(self.steps) and not self.steps[self.next].length:
            step = self.steps[self.next]
            self.made.append(Stretch(DELETED, self.proof[step.start : step.end], step.start, step.end))
            self.here = step.end
            self.next += 1

    def _base(self, piece: WordRun) -> None:
        """A piece of the base text, step by step."""
        text = piece.text
        while text:
            self._gone()
            step = self.steps[self.next]
            part = text[: step.length - self.done]
            text = text[len(part) :]
            self._part(piece, part, step)
            self.done += len(part)
            if self.done == step.length:
                self.next, self.done = self.next + 1, 0

    def _part(self, piece: WordRun, part: str, step: _Step) -> None:
        if not step.known:
            if piece.deleted is None:
                self.made.append(self._come(piece, part, None))
            return
        start = step.start + self.done
        self.here = start + len(part)
        fate = KEPT if piece.deleted is None else DELETED
        self.made.append(
            Stretch(
                fate, part, start, self.here, piece.deleted, piece.look, piece.old_look, piece.restyled, piece.note, piece.style
            )
        )  # fmt: skip

    def _come(self, piece: WordRun, text: str, by: By | None) -> Stretch:
        return Stretch(INSERTED, text, self.here, self.here, by, piece.look, note=piece.note, style=piece.style)


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
