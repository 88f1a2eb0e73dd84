"""What stands in another place: halves of a move put together, and paragraphs in another order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from milebook.review.base_paragraphs import folded
from milebook.review.between_stories import into
from milebook.review.changes import Change, readable
from milebook.review.edits import Edit, Typed
from milebook.review.placing import Group
from milebook.review.proof_text import RecordedParagraph
from milebook.review.word_text import END

LEAST = 3  # words of a paragraph that is called moved when it went here and came there
SET_PLACE = "milebook itself puts titles, bylines and captions in their places"
CHANGED_TOO = "it goes from one story into another and was changed as well"


def pair_moves(found: Sequence[Change]) -> list[Change]:
    """A text that went in one place and came in another is one move."""
    left = list(found)
    for gone in [c for c in found if c.kind == "delete"]:
        words = folded(gone.before.replace("¶", " "))
        for come in [c for c in left if c.kind == "insert"]:
            same = (
                folded(come.after.replace("¶", " ")) == words
                and come.author == gone.author
                and come.tracked == gone.tracked
            )
            whole = gone.whole and come.whole and len(words.split()) >= LEAST
            if same and words and gone in left and ((gone.moved and come.moved) or whole):
                left.remove(come)
                left[left.index(gone)] = _move(gone, come)
                break
    return left


def _move(gone: Change, come: Change) -> Change:
    made = replace(
        gone, kind="move", after=gone.before, edits=[*gone.edits, *come.edits], by_hand=gone.by_hand or come.by_hand
    )
    streams = {edit.stream for edit in made.edits}
    if not made.by_hand and streams != {"text"} and (gone.owner != come.owner or len(streams) > 1):
        made.by_hand = SET_PLACE
    if not made.by_hand and gone.owner == come.owner and len(gone.edits) == 1 and len(come.edits) == 1:
        away, to = gone.edits[0], come.edits[0]
        if (away.owner, away.stream) == (to.owner, to.stream):
            made.edits = [away, to._replace(typed=(), taken=(away.start, away.end))]
    return made


def moved_paragraphs(
    paragraphs: Sequence[RecordedParagraph],
    starts: Mapping[tuple[str, str], int],
    groups: Sequence[Group],
    insertion: Callable[[int, Sequence[Typed]], Edit],
) -> list[Change]:
    """Paragraphs of a story that stand elsewhere in the file, without a record of it."""
    found: list[Change] = []
    by_owner: dict[str, list[int]] = {}
    strayed = _strayed(paragraphs, groups)
    for group in groups:
        for number in group.proof:
            if paragraphs[number].stream == "text" and number not in strayed:
                by_owner.setdefault(paragraphs[number].owner, []).append(number)

    def span(number: int) -> tuple[int, int]:
        """Where a paragraph stands in its story's text, with the end of its line."""
        start = starts[paragraphs[number].owner, paragraphs[number].part]
        return start, start + len(paragraphs[number].text) + 1

    for number, last in strayed.items():
        come = insertion(last, [Typed(paragraphs[number].text + END)])
        found.append(_unrecorded(paragraphs[number], [Edit(paragraphs[number].owner, "text", *span(number)), come]))
    found += _moved_fields(paragraphs, groups)
    for owner, numbers in by_owner.items():
        stay = set(longest_rising(numbers))
        for at, number in enumerate(numbers):
            if number in stay:
                continue
            before = next((n for n in reversed(numbers[:at]) if n in stay), None)
            to = 0 if before is None else span(before)[1]
            edits = [Edit(owner, "text", *span(number)), Edit(owner, "text", to, to, (), None, span(number))]
            found.append(_unrecorded(paragraphs[number], edits))
    return found


def _unrecorded(paragraph: RecordedParagraph, edits: list[Edit]) -> Change:
    words = readable(paragraph.text)
    return Change(paragraph.owner, paragraph.part, "", "", False, "move", words, words, edits)


def _moved_fields(paragraphs: Sequence[RecordedParagraph], groups: Sequence[Group]) -> list[Change]:
    """Titles, bylines and captions that stand elsewhere in the file."""
    by_owner: dict[str, list[int]] = {}
    for group in groups:
        for number in group.proof:
            if paragraphs[number].role != "note":
                by_owner.setdefault(paragraphs[number].owner, []).append(number)
    found: list[Change] = []
    for numbers in by_owner.values():
        stay = set(longest_rising(numbers))
        for paragraph in (paragraphs[n] for n in numbers if n not in stay and paragraphs[n].stream != "text"):
            words = readable(paragraph.text)
            found.append(Change(paragraph.owner, paragraph.part, "", "", False, "move", words, words, [], SET_PLACE))
    return found


def _strayed(paragraphs: Sequence[RecordedParagraph], groups: Sequence[Group]) -> dict[int, int]:
    """Paragraphs that stand among those of another story, each with the last one of that story before it. A story whose heading
    is gone has not strayed.
    """
    headed = set[str]()
    away: dict[int, int] = {}
    for heading, rest in _under_headings(paragraphs, groups):
        here, last = paragraphs[heading].owner, heading
        if all(paragraphs[number].owner != here for number in rest):
            continue  # the heading itself was moved
        for number in rest:
            if paragraphs[number].owner == here:
                headed.add(here)
                last = number
            else:
                away[number] = last
    return {number: before for number, before in away.items() if paragraphs[number].owner in headed}


def _under_headings(
    paragraphs: Sequence[RecordedParagraph], groups: Sequence[Group]
) -> Iterator[tuple[int, list[int]]]:
    """Each title in the order of the file, with the paragraphs of text that follow it; a byline stands in for a title that is gone."""
    titled = {
        paragraphs[number].owner for group in groups for number in group.proof if paragraphs[number].stream == "title"
    }
    heading, rest = -1, list[int]()
    for number in (number for group in groups for number in group.proof):
        stream = paragraphs[number].stream
        if stream == "title" or (stream == "byline" and paragraphs[number].owner not in titled):
            if heading >= 0:
                yield heading, rest
            heading, rest = number, []
        elif stream == "text":
            rest.append(number)
    if heading >= 0:
        yield heading, rest


def only_moved(moved: Sequence[Change], others: Sequence[Change]) -> Sequence[Change]:
    """Moves between stories, those to be made by hand whose paragraph was changed as well."""
    for change in moved:
        away = change.edits[0] if into(change) else None
        inside = (e for other in others for e in other.edits if away is not None and e.owner == away.owner)
        if away is not None and any(e.stream == "text" and e.start < away.end and away.start < e.end for e in inside):
            change.by_hand = CHANGED_TOO
    return moved


def longest_rising(numbers: Sequence[int]) -> list[int]:
    """The longest rising sequence among numbers: what has stayed in its order."""
    ends: list[int] = []
    at: list[int] = []
    back: list[int] = [-1] * len(numbers)
    for index, number in enumerate(numbers):
        place = bisect_left(ends, number)
        if place == len(ends):
            ends.append(number)
            at.append(index)
        else:
            ends[place], at[place] = number, index
        back[index] = at[place - 1] if place else -1
    found: list[int] = []
    index = at[-1] if at else -1
    while index >= 0:
        found.append(numbers[index])
        index = back[index]
    return found[::-1]
