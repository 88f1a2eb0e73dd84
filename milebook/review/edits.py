"""What an edit does to the text of a proof: which characters go, and what was typed for them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from milebook.review.history import DELETED, INSERTED, KEPT, Stretch
from milebook.review.word_text import END

BEFORE, BEHIND, NEITHER = "before", "behind", "neither"


class Typed(NamedTuple):
    """Text that an edit puts in. `note` is the text of a new note, where `text` is a NOTE."""

    text: str
    look: int = 0
    note: str = ""


class Edit(NamedTuple):
    """Characters `start` to `end` of a stream of the proof give way to what was typed, or get another look.

    `taken` names the characters of the same stream that were moved here, whose marks and notes come along. `like` says what new
    paragraphs look like in Word: the one BEFORE them, the one BEHIND them, or NEITHER; "" where there is nothing to say. `source` is
    the Markdown of paragraphs that go into another story, or come from one. `ahead` says that new paragraphs were typed directly
    behind one, ahead of the photos that stand there.
    """

    owner: str
    stream: str
    start: int
    end: int
    typed: tuple[Typed, ...] = ()
    look: int | None = None
    taken: tuple[int, int] | None = None
    like: str = ""
    source: str = ""
    ahead: bool = False


class EditedParagraphs(NamedTuple):
    """Neighboring paragraphs of one stream with what happened to them. `parts` are (offset in the stream, part)."""

    owner: str
    stream: str
    start: int  # offset in the stream of what the stretches call 0
    stretches: list[Stretch]
    parts: tuple[tuple[int, str], ...]

    def part_at(self, offset: int) -> str:
        return next((part for at, part in reversed(self.parts) if at <= offset), self.parts[0][1] if self.parts else "")


def edits(passage: EditedParagraphs, first: int, last: int, notes: Mapping[str, str]) -> list[Edit]:
    """The edits that the stretches from `first` up to `last` make, where kept ones stand between them several."""
    made: list[Edit] = []
    start = end = -1
    typed: list[Typed] = []
    like = _like(passage.stretches, first, last)

    def close() -> None:
        nonlocal start, typed
        if start >= 0:
            at, to = start + passage.start, end + passage.start
            ahead = bool(typed) and typed[0].text.startswith(END)
            made.append(Edit(passage.owner, passage.stream, at, to, tuple(typed), like=like, ahead=ahead))
        start, typed = -1, []

    for stretch in passage.stretches[first:last]:
        if stretch.fate == KEPT:
            close()
            continue
        if start < 0:
            start = end = stretch.start
        if stretch.fate == DELETED:
            end = max(end, stretch.end)
        else:
            typed.append(Typed(stretch.text, stretch.look, notes.get(stretch.note, "")))
    close()
    return made


def without_spaces_at_ends(typed: Sequence[Typed]) -> tuple[Typed, ...]:
    """What was typed, without spaces before the end of a paragraph."""
    made: list[Typed] = []
    at_end = False
    for one in reversed(typed):
        text = re.sub(f" +(?={END})", "", one.text)
        text = text.rstrip(" ") if at_end else text
        if text:
            made.append(one._replace(text=text))
            at_end = text.startswith(END)
    return tuple(reversed(made))


def _like(stretches: Sequence[Stretch], first: int, last: int) -> str:
    """Which of the paragraphs beside them the new paragraphs among some stretches look like.

    A paragraph has the style of its end. Text typed behind the end of a paragraph is ended by the next end that follows.
    """
    ends = [s for s in stretches[first:last] if s.fate == INSERTED and s.text == END]
    if not ends:
        return ""
    before = next((s for s in reversed(stretches[:first]) if s.text.endswith(END) and s.fate == KEPT), None)
    behind = [s for s in stretches[last:] if s.text.endswith(END) and s.fate != DELETED]
    come = next(s for s in stretches[first:last] if s.fate == INSERTED and s.text.strip(" "))
    if come.text == END:  # typed behind a paragraph, whose own end was pushed on
        ended = [*ends, *behind]
        own, last_own, following = ended[0].style, ended[1 if len(ended) > 1 else 0].style, behind[1:2]
    else:
        own, last_own, following = before.style if before else "", ends[0].style, behind[:1]
    return alike(last_own, own, following[0].style if following else "")


def alike(style: str, before: str, behind: str) -> str:
    """BEFORE, BEHIND or NEITHER: which of two paragraphs another looks like, by the names of their styles."""
    return BEFORE if style == before else BEHIND if style == behind else NEITHER
