"""Changes as an editor made them: neighboring stretches by one hand put together, named by kind, with the words concerned."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from milebook.review.bold_italic import BOLD, ITALIC
from milebook.review.edits import Edit, EditedParagraphs, edits
from milebook.review.history import DELETED, INSERTED, KEPT, Stretch
from milebook.review.word_text import END, NOTE

AROUND = 4  # words shown on either side of what has none of its own
PARAGRAPH_SIGN = "¶"
_WORD_AT_END = re.compile(r"[\w’'\-]+\Z")
_WORD_AT_START = re.compile(r"\A[\w’'\-]+")


@dataclass(slots=True)
class Change:
    """One edit by one person. `by_hand` says why it cannot be merged, "" where it can."""

    owner: str
    part: str
    author: str
    date: str
    tracked: bool
    kind: str  # insert | delete | replace | split | merge | move | format
    before: str
    after: str
    edits: list[Edit] = field(default_factory=list)
    by_hand: str = ""
    moved: bool = False  # Word calls it a half of a move
    whole: bool = False  # a whole paragraph came or went
    styles: frozenset[str] = frozenset()  # of the paragraphs that came
    file: int = 0  # index of the returned file
    number: int = 0


def changes(passage: EditedParagraphs, notes: dict[str, str]) -> list[Change]:
    """The changes of a passage; `notes` holds the new texts of the file's notes, by id."""
    found: list[Change] = []
    stretches = passage.stretches
    for first, last in _runs(passage, stretches):
        change = _change(passage, stretches, first, last, notes)
        if change is not None:
            found.append(change)
    return found


def _runs(passage: EditedParagraphs, stretches: Sequence[Stretch]) -> Iterable[tuple[int, int]]:
    """Index ranges of the stretches that are one change each."""
    index = 0
    while index < len(stretches):
        if stretches[index].fate == KEPT:
            index += 1
            continue
        first, hand = index, _hand(stretches[index])
        index += 1
        while index < len(stretches):
            here = stretches[index]
            if here.fate == KEPT:
                after = stretches[index + 1] if index + 1 < len(stretches) else None
                inside = not re.search(r"[\s\u2029]", here.text) and _in_a_word(stretches[index - 1], here, after)
                if not (inside and after is not None and after.fate != KEPT and _hand(after) == hand):
                    break
            elif (_hand(here) != hand and not _in_one_new_paragraph(stretches, index)) or _whole_paragraph_ended(
                passage, stretches, first, index
            ):
                break
            index += 1
        yield first, index


def _in_one_new_paragraph(stretches: Sequence[Stretch], index: int) -> bool:
    """Whether a stretch and the one before it came together with the end of a paragraph: words that one person put into a
    paragraph of another's cannot be merged without it.
    """
    first = last = index
    while first and stretches[first - 1].fate == INSERTED:
        first -= 1
    while last < len(stretches) and stretches[last].fate == INSERTED:
        last += 1
    return first < index < last and any(END in s.text for s in stretches[first:last])


def _hand(stretch: Stretch) -> tuple[str, bool]:
    return (stretch.by.author if stretch.by else "", stretch.by is not None)


def _in_a_word(before: Stretch, kept: Stretch, after: Stretch | None) -> bool:
    """Whether a kept stretch is letters of a word on both sides of which letters changed."""
    if after is None:
        return False
    return before.text[-1:].isalnum() and after.text[:1].isalnum() and kept.text.isalnum() and len(kept.text) < 12


def _whole_paragraph_ended(passage: EditedParagraphs, stretches: Sequence[Stretch], first: int, index: int) -> bool:
    """Whether the stretches so far took a paragraph away from its first letter to its end: the next is another change."""
    begins = any(passage.start + stretches[first].start == at for at, _ in passage.parts)
    only = all(s.fate == DELETED for s in stretches[first:index])
    return begins and only and stretches[index - 1].text.endswith(END)


def _change(
    passage: EditedParagraphs, stretches: Sequence[Stretch], first: int, last: int, notes: dict[str, str]
) -> Change | None:
    inside = stretches[first:last]
    old = "".join(s.text for s in inside if s.fate != INSERTED)
    new = "".join(s.text for s in inside if s.fate != DELETED)
    gone = "".join(s.text for s in inside if s.fate == DELETED)
    come = "".join(s.text for s in inside if s.fate == INSERTED)
    left, right = _kept_before(stretches, first), _kept_after(stretches, last)
    if (
        not gone
        and not come.replace(END, "").strip()
        and NOTE not in come
        and (left[-1:] in ("", END) or right[:1] in ("", END))
    ):
        return None  # an empty line
    if not come and gone.replace(END, "") == "" and old == END and (left[-1:] in ("", END)):
        return None  # the end of a paragraph whose text went in another way
    if END in gone and END in come and not gone.replace(END, "").strip() and not come.replace(END, "").strip():
        return None  # an end that went and came again
    kind = _kind(gone, come)
    by = [s.by for s in inside if s.fate != KEPT]
    dates = [one.date for one in by if one is not None]
    before, after = _words(kind, old, new, left, right, inside, notes)
    at = passage.start + inside[0].start
    starts = dict(passage.parts)
    whole = kind in ("delete", "insert") and _whole(gone + come, at in starts or left[-1:] in ("", END), right)
    return Change(
        passage.owner, passage.part_at(at), ", ".join(dict.fromkeys(one.author for one in by if one is not None and one.author)),
        dates[0] if dates else "", None not in by, kind, before, after,
        edits(passage, first, last, notes), moved=any(s.by is not None and s.by.moved for s in inside), whole=whole,
        styles=_styles(stretches, first, last) if END in come else frozenset(),
    )  # fmt: skip


def _styles(stretches: Sequence[Stretch], first: int, last: int) -> frozenset[str]:
    """Those of paragraphs that came: each has the style of its end, and what has none yet that of the next end."""
    ends = [s for s in stretches[first:last] if s.fate == INSERTED and END in s.text]
    if not stretches[last - 1].text.endswith(END):
        ends += [s for s in stretches[last:] if END in s.text and s.fate != DELETED][:1]
    return frozenset(s.style for s in ends)


def _whole(text: str, at_start: bool, right: str) -> bool:
    """Whether what came or went is whole paragraphs; what was typed behind a paragraph begins with the end of that one."""
    if text.startswith(END) and not at_start:
        return right[:1] in ("", END)
    return at_start and (END in text or right[:1] in ("", END))


def _kind(gone: str, come: str) -> str:
    if not gone.replace(END, "").strip() and not come.replace(END, "").strip():
        if END in come and END not in gone:
            return "split"
        if END in gone and END not in come:
            return "merge"
    if gone.strip() and come.strip():
        return "replace"
    if gone and come:
        return "replace" if not (gone.strip() or come.strip()) else "delete" if gone.strip() else "insert"
    return "delete" if gone else "insert"


def _words(
    kind: str, old: str, new: str, left: str, right: str, inside: Sequence[Stretch], notes: dict[str, str]
) -> tuple[str, str]:
    """What the change took and put in, in whole words."""
    head = _WORD_AT_END.search(left) if (old or new)[:1].isalnum() else None
    tail = _WORD_AT_START.search(right) if (old or new)[-1:].isalnum() else None
    lead, rest = head.group() if head else "", tail.group() if tail else ""
    blank = not old.replace(END, "").strip() and not new.replace(END, "").strip()
    if kind in ("split", "merge") or blank:
        lead, rest = _last_words(left), _first_words(right)
    shown_old, shown_new = readable(lead + old + rest, notes, inside), readable(lead + new + rest, notes, inside)
    if kind == "insert" and not blank:
        return "", shown_new
    if kind == "delete" and not blank:
        return shown_old, ""
    return shown_old, shown_new


def readable(text: str, notes: dict[str, str] | None = None, inside: Sequence[Stretch] = ()) -> str:
    """Text for a reader: paragraph ends as ¶, the texts of notes in brackets, spaces as one."""
    if NOTE in text:
        note_texts = [notes.get(s.note, "") if notes else "" for s in inside if s.note]
        for words in note_texts:
            text = text.replace(NOTE, f" [note: {words.strip()}]" if words.strip() else " [note]", 1)
        text = text.replace(NOTE, "") if text.strip(f" {NOTE}{END}") else "[note]"
    text = re.sub(rf"{END}+", END, text.strip().strip(END))
    return " ".join(text.replace(END, f" {PARAGRAPH_SIGN} ").split())


def _kept_before(stretches: Sequence[Stretch], first: int) -> str:
    text = ""
    for stretch in reversed(stretches[:first]):
        if stretch.fate != INSERTED:
            text = stretch.text + text
        if len(text) > 80:
            break
    return text


def _kept_after(stretches: Sequence[Stretch], last: int) -> str:
    text = ""
    for stretch in stretches[last:]:
        if stretch.fate != INSERTED:
            text += stretch.text
        if len(text) > 80:
            break
    return text


def _last_words(text: str) -> str:
    return "".join(re.findall(r"\S+\s*|\s+", text.rpartition(END)[2])[-AROUND:])


def _first_words(text: str) -> str:
    return "".join(re.findall(r"\s*\S+", text.partition(END)[0])[:AROUND])


class Restyled(NamedTuple):
    """A stretch whose look changed."""

    start: int
    end: int
    text: str
    old: int
    new: int
    author: str
    date: str
    tracked: bool


def format_change(passage: EditedParagraphs, one: Restyled) -> Change:
    """A change of italics or bold, shown with the marks that Markdown has for them."""
    edit = Edit(passage.owner, passage.stream, passage.start + one.start, passage.start + one.end, (), one.new)
    words = one.text.strip()
    return Change(
        passage.owner, passage.part_at(passage.start + one.start), one.author, one.date, one.tracked, "format",
        marked(words, one.old), marked(words, one.new), [edit],
    )  # fmt: skip


def marked(words: str, look: int) -> str:
    mark = "**" * bool(look & BOLD) + "*" * bool(look & ITALIC)
    return f"{mark}{words}{mark}"
