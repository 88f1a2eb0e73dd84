"""Italics and bold that an editor changed, recorded or not."""

from __future__ import annotations

from collections.abc import Sequence

from milebook.review.changes import Restyled
from milebook.review.edits import EditedParagraphs
from milebook.review.history import KEPT
from milebook.review.word_text import END, NOTE

BITS = 3  # BOLD | ITALIC
UNKNOWN = -1  # the look of what milebook made itself


class Emphasis:
    """The looks of a file against those of its proof.

    A program that knows no character styles drops all italics at once. That is no editor's doing, so unrecorded losses count only
    in a file that has kept most of its emphasis.
    """

    def __init__(self) -> None:
        self.wanted = self.kept = 0  # characters that were emphasized in the proof, and still are

    def restyled(self, passage: EditedParagraphs, looks: Sequence[int] | None) -> list[Restyled]:
        """What has another look now. `looks` are those of the proof, a character each; None: the record does not say."""
        found: list[Restyled] = []
        for stretch in passage.stretches:
            if stretch.fate != KEPT or not stretch.text.strip():
                continue
            if stretch.restyled is not None:
                _add(found, Restyled(
                    stretch.start, stretch.end, stretch.text, stretch.old_look & BITS, stretch.look & BITS,
                    stretch.restyled.author, stretch.restyled.date, True,
                ))  # fmt: skip
                continue
            if looks is None:
                continue
            for at, sign in enumerate(stretch.text, stretch.start):
                if sign in (END, NOTE) or at >= len(looks) or looks[at] == UNKNOWN:
                    continue
                old, new = looks[at], stretch.look & BITS
                if old and not sign.isspace():
                    self.wanted += 1
                    self.kept += new == old
                if old != new and not sign.isspace():
                    _add(found, Restyled(at, at + 1, sign, old, new, "", "", False), passage)
        return found

    @property
    def lost(self) -> bool:
        """Whether the file has lost most of its emphasis."""
        return self.kept * 2 < self.wanted

    def believed(self, one: Restyled) -> bool:
        """Whether an unrecorded change of look is an editor's."""
        if one.tracked or one.new & ~one.old:
            return True
        return not self.lost


def _add(found: list[Restyled], one: Restyled, passage: EditedParagraphs | None = None) -> None:
    """Put a stretch to the one before it where they touch, or only a space lies between."""
    last = found[-1] if found else None
    if last is not None and last[3:] == one[3:]:
        if last.end == one.start:
            found[-1] = last._replace(end=one.end, text=last.text + one.text)
            return
        gap = _text_between(passage, last.end, one.start) if passage is not None else ""
        if gap and not gap.strip() and END not in gap:
            found[-1] = last._replace(end=one.end, text=last.text + gap + one.text)
            return
    found.append(one)


def _text_between(passage: EditedParagraphs, start: int, end: int) -> str:
    if end - start > 3:
        return ""
    return "".join(
        s.text[max(0, start - s.start) : end - s.start]
        for s in passage.stretches
        if s.fate == KEPT and s.start < end and s.end > start
    )
