"""Merge an editor's edits into a text that its author may have changed meanwhile: three ways, word by word.

The base is what the proof said, "ours" is what the text says today, and the edits lead from the base to the editor's text. An edit
whose words the author left alone goes in at its new place. One that is there already is done. Anything else is a conflict.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from milebook.review.edits import Edit, Typed, without_spaces_at_ends
from milebook.review.word_diff import Difference, differences
from milebook.review.word_text import END, NOTE

_MOST_TRIED = 8  # edits of one place whose combinations are tried
_PLAINER = str.maketrans({
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "‹": "'", "›": "'", "′": "'",
    "″": '"', "–": "-", "—": "-", "‑": "-", "−": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "`": "'", "´": "'",
})  # fmt: skip
_DOTS, _DASHES, _SPACES = re.compile(r"…"), re.compile(r"-{2,}"), re.compile(r" +")
_AT_END, _EMPTY = re.compile(f" *{END} *"), re.compile(f"{END}{{2,}}")
_LOOSE = re.compile(r" (?=[?!:;»”\"'%])|(?<=[«“\"']) ")


class Placed(NamedTuple):
    """An edit in the terms of today's text. `taken` is there as well."""

    start: int
    end: int
    typed: tuple[Typed, ...]
    look: int | None
    taken: tuple[int, int] | None
    edit: Edit


class Conflict(NamedTuple):
    """One place that two changed: what it was, and what each made of it, the author today and the editor in the file.

    Where both are editors, `by` holds their names.
    """

    base: str
    ours: str
    theirs: str
    edits: tuple[Edit, ...]
    by: tuple[str, ...] = ()


@dataclass(slots=True)
class Merged:
    """Edits to make, edits that are made already, and conflicts."""

    placed: list[Placed] = field(default_factory=list)
    done: list[Edit] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


def plainer(text: str) -> str:
    """Text as one would type it: what smart punctuation makes of signs does not count as a difference."""
    text = _DASHES.sub("-", text.translate(_PLAINER))
    text = _SPACES.sub(" ", _DOTS.sub("...", text).replace("''", '"'))
    return _AT_END.sub(END, _LOOSE.sub("", text))


def _alike(one: str, other: str, at_start: bool = True) -> bool:
    """Whether two texts say the same; paragraphs without words are none. `at_start` says that a paragraph begins there."""
    pair = [_EMPTY.sub(END, plainer(text)) for text in (one, other)]
    if at_start:
        pair = [text.removeprefix(END) for text in pair]
    return pair[0] == pair[1]


def refined(base: str, edits: Iterable[Edit]) -> list[Edit]:
    """The edits in their smallest form: words that were struck out and typed again stay as they are, with the author's marks;
    no space is left at the end of a line.
    """
    made: list[Edit] = []
    for edit in edits:
        if edit.look is not None:
            made.append(edit)
            continue
        edit = edit._replace(typed=without_spaces_at_ends(edit.typed))
        if edit.taken:
            at = edit.start + (base[edit.start : edit.start + 1] == END and edit.start == edit.end)
            made.append(edit._replace(start=at, end=max(at, edit.end), taken=_whole(base, *edit.taken)))
            continue
        old, new = base[edit.start : edit.end], "".join(one.text for one in edit.typed)
        apart = differences(old, new) if old.strip() and new.strip() and NOTE not in new else []
        if not apart or (apart[0].old_start == 0 and apart[0].old_end == len(old)):
            made.append(_trimmed(base, edit))
            continue
        for one in apart:
            typed = _slice(edit.typed, one.new_start, one.new_end)
            small = edit._replace(start=edit.start + one.old_start, end=edit.start + one.old_end, typed=typed)
            made.append(_trimmed(base, small))
    return made


def _trimmed(base: str, edit: Edit) -> Edit:
    """An edit that divides a paragraph, with the spaces at the new ends."""
    text = "".join(one.text for one in edit.typed)
    start, end = edit.start, edit.end
    if end == len(base) and 0 < start < end and base[start - 1] != END and not text.endswith(END):
        end -= 1  # the last end stays
    if not text.strip(" ") and start < end and base[end : end + 1] == END:
        text, edit = "", edit._replace(typed=())
        if base[start] == END:
            return edit._replace(start=start + 1, end=end + 1)
    if not text.strip(" "):
        whole = _whole(base, start, end)
        if whole != (start, end):
            return edit._replace(start=whole[0], end=whole[1], typed=())
    if start == end and text.startswith(END) and base[start : start + 1] == END:  # typed behind the end of a line
        first, *rest = edit.typed
        typed = without_spaces_at_ends((first._replace(text=first.text[1:]), *rest, Typed(END)))
        return edit._replace(start=start + 1, end=start + 1, typed=typed)
    if END in text.lstrip(" ")[:1]:
        while start and base[start - 1] in " \n":
            start -= 1
    if text.rstrip(" ").endswith(END):
        while end < len(base) and base[end] in " \n":
            end += 1
    if not text and start < end < len(base) and base[end] == " " and (not start or base[start - 1] in f" \n{END}"):
        end += 1  # the space behind a word goes with it
    if not text and 0 < start < end < len(base) and base[start - 1] == " " and base[end] in f"\n{END}":
        start -= 1
    return edit._replace(start=start, end=end)


def _whole(base: str, start: int, end: int) -> tuple[int, int]:
    """A stretch that is all of a paragraph's text, with the paragraph's end."""
    if start < end and (not start or base[start - 1] == END) and base[end : end + 1] == END and base[end - 1] != END:
        return start, end + 1
    return start, end


def _slice(typed: Iterable[Typed], start: int, end: int) -> tuple[Typed, ...]:
    made: list[Typed] = []
    at = 0
    for one in typed:
        text = one.text[max(0, start - at) : max(0, end - at)]
        at += len(one.text)
        if text:
            made.append(one._replace(text=text))
    return tuple(made)


def place_of(base: str, ours: str, offset: int) -> int:
    """An offset of the base in today's text."""
    return _shifted(offset, differences(base, ours))


def size(one: Edit | Placed) -> int:
    """The number of letters that an edit puts in."""
    return one.taken[1] - one.taken[0] if one.taken else sum(len(typed.text) for typed in one.typed)


def merge(base: str, ours: str, edits: Sequence[Edit]) -> Merged:
    """The edits, which count in `base`, in the terms of `ours`."""
    edits = sorted(edits, key=lambda edit: (edit.start, edit.end))
    merged = Merged()
    apart = _widened(base, ours, differences(base, ours))
    text = [edit for edit in edits if edit.look is None]
    if text and _alike(applied(base, text), ours):
        merged.done = text
        merged.placed = [_place(edit, apart) for edit in edits if edit.look is not None]
        return merged
    for group, touched in _groups(edits, apart):
        if not touched:
            merged.placed += [_place(edit, apart) for edit in group]
            continue
        first = min([edit.start for edit in group] + [one.old_start for one in touched])
        last = max([edit.end for edit in group] + [one.old_end for one in touched])
        here = ours[_shifted(first, apart, before=True) : _shifted(last, apart)]
        _settle(merged, base, here, first, last, group, apart)
    return merged


def applied(base: str, edits: Iterable[Edit], first: int = 0, last: int = -1) -> str:
    """A stretch of the base with edits made, looks aside."""
    made: list[str] = []
    at, last = first, len(base) if last < 0 else last
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.look is not None:
            continue
        made.append(base[at : max(at, edit.start)])
        made.append(base[slice(*edit.taken)] if edit.taken else "".join(one.text for one in edit.typed))
        at = max(at, edit.end)
    made.append(base[at:last])
    return "".join(made)


def _widened(base: str, ours: str, apart: Sequence[Difference]) -> list[Difference]:
    """The differences, each insertion and deletion with all the places where it could as well have been made.

    "about and so on the" for "about the" may have gained "and so on " or " and so on": an edit at either place is the same one.
    """
    made: list[Difference] = []
    for number, (a, b, c, d) in enumerate(apart):
        if a != b and c != d:
            made.append(Difference(a, b, c, d))
            continue
        text, start, end, at = (ours, c, d, c) if a == b else (base, a, b, a)
        last = made[-1] if made else Difference(0, 0, 0, 0)
        following = (
            apart[number + 1] if number + 1 < len(apart) else Difference(len(base), len(base), len(ours), len(ours))
        )
        most_left = min(a - last.old_end, c - last.new_end)
        most_right = min(following.old_start - b, following.new_start - d)
        left = right = 0
        while left < most_left and text[end - 1 - left] == text[at - 1 - left] != END:
            left += 1
        while right < most_right and text[start + right] == text[end + right] != END:
            right += 1
        made.append(Difference(a - left, b + right, c - left, d + right))
    return made


def _groups(edits: Sequence[Edit], apart: Sequence[Difference]) -> list[tuple[list[Edit], list[Difference]]]:
    """Edits that hang together by the author's own changes, with those changes."""
    groups: list[tuple[list[Edit], list[Difference]]] = []
    for edit in edits:
        touched = [one for one in apart if _touch(edit, one)]
        joined = ([edit], touched)
        for other in list(groups):
            if any(one in other[1] for one in touched):
                groups.remove(other)
                joined = ([*other[0], *joined[0]], sorted({*other[1], *joined[1]}))
        groups.append(joined)
    return groups


def _touch(edit: Edit, one: Difference) -> bool:
    if edit.start == edit.end or one.old_start == one.old_end:
        return one.old_start <= edit.end and edit.start <= one.old_end
    return one.old_start < edit.end and edit.start < one.old_end


def _settle(
    merged: Merged, base: str, here: str, first: int, last: int, group: list[Edit], apart: list[Difference]
) -> None:
    """An edit at a place that the author changed: made already, in part perhaps, or a conflict."""
    theirs = applied(base, group, first, last)
    text = [edit for edit in group if edit.look is None]
    looks = [edit for edit in group if edit.look is not None]
    at_start = not first or base[first - 1] == END
    if _alike(here, theirs, at_start) and (text or not looks):
        merged.done += text
        merged.placed += [_place(edit, apart) for edit in looks]
        return
    if len(text) <= _MOST_TRIED:
        for size in range(len(text) - 1, 0, -1):
            for some in combinations(text, size):
                if _alike(applied(base, some, first, last), here, at_start):
                    merged.done += some
                    rest = [edit for edit in text if edit not in some]
                    start = _shifted(first, apart, before=True)
                    merged.placed += [_among(edit, some, first, start) for edit in [*rest, *looks]]
                    return
    merged.conflicts.append(Conflict(base[first:last], here, theirs, tuple(group)))


def _among(edit: Edit, done: Sequence[Edit], first: int, start: int) -> Placed:
    """An edit beside others that are made already."""
    shift = 0
    for other in done:
        if other.start < edit.start or (other.start == edit.start and other.end <= edit.start):
            shift += size(other) - (other.end - other.start)
    at = start + edit.start - first + shift
    return Placed(at, at + edit.end - edit.start, edit.typed, edit.look, edit.taken, edit)


def _place(edit: Edit, apart: Sequence[Difference]) -> Placed:
    start = _shifted(edit.start, apart)
    end = max(start, _shifted(edit.end, apart, before=edit.look is not None))
    taken = (_shifted(edit.taken[0], apart), _shifted(edit.taken[1], apart)) if edit.taken else None
    return Placed(start, end, edit.typed, edit.look, taken, edit)


def _shifted(offset: int, apart: Sequence[Difference], *, before: bool = False) -> int:
    """An offset of the base in today's text; `before` what was inserted there, or else behind it."""
    behind = 0
    for one in apart:
        if one.old_end < offset or (one.old_end == offset and not (before and one.old_start == offset)):
            behind = one.new_end - one.old_end
        elif one.old_start < offset:
            return one.new_start + min(offset - one.old_start, one.new_end - one.new_start)
        else:
            break
    return offset + behind
