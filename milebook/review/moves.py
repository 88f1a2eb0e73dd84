"""What stands in another place: halves of a move put together, paragraphs and stories in another order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from milebook.review.base_paragraphs import folded
from milebook.review.changes import Change, readable
from milebook.review.edits import Edit
from milebook.review.placing import Group
from milebook.review.proof_text import Proof, ProofParagraph
from milebook.review.word_text import END

LEAST = 3  # words of a paragraph that is called moved when it went here and came there
SET_PLACE = "milebook itself puts titles, bylines and captions in their places"
INTO_ANOTHER = "it goes from one story into another"


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
                at = left.index(gone)
                left.remove(come)
                left[at] = _move(gone, come)
                break
    return left


def _move(gone: Change, come: Change) -> Change:
    made = replace(
        gone, kind="move", after=gone.before, edits=[*gone.edits, *come.edits], by_hand=gone.by_hand or come.by_hand
    )
    if gone.owner != come.owner and not made.by_hand:
        made.by_hand = INTO_ANOTHER
    if not made.by_hand and len(gone.edits) == 1 and len(come.edits) == 1:
        away, to = gone.edits[0], come.edits[0]
        if away.stream == to.stream:
            made.edits = [away, to._replace(typed=(), taken=(away.start, away.end))]
    return made


def moved_paragraphs(
    proof: Proof, paragraphs: Sequence[ProofParagraph], starts: Mapping[tuple[str, str], int], groups: Sequence[Group]
) -> list[Change]:
    """Paragraphs of a story that stand elsewhere in the file, without a record of it."""
    found: list[Change] = []
    by_owner: dict[str, list[int]] = {}
    strayed = _strayed(paragraphs, groups)
    for group in groups:
        for number in group.proof:
            if paragraphs[number].stream == "text" and number not in strayed:
                by_owner.setdefault(paragraphs[number].owner, []).append(number)
    for number, place in strayed.items():
        paragraph = paragraphs[number]
        words = readable(paragraph.text)
        reason = f"it goes into {proof.owners[place].id}"
        found.append(Change(paragraph.owner, paragraph.part, "", "", False, "move", words, words, [], reason))
    found += _moved_fields(paragraphs, groups)
    for numbers in by_owner.values():
        stay = set(longest_rising(numbers))
        for at, number in enumerate(numbers):
            if number in stay:
                continue
            paragraph = paragraphs[number]
            before = next((n for n in reversed(numbers[:at]) if n in stay), None)
            start = starts[paragraph.owner, paragraph.part]
            end = start + len(paragraph.text) + 1
            to = 0
            if before is not None:
                other = paragraphs[before]
                to = starts[other.owner, other.part] + len(other.text) + 1
            words = readable(paragraph.text)
            edits = [
                Edit(paragraph.owner, "text", start, end),
                Edit(paragraph.owner, "text", to, to, (), None, (start, end)),
            ]
            found.append(Change(paragraph.owner, paragraph.part, "", "", False, "move", words, words, edits))
    return found


def _moved_fields(paragraphs: Sequence[ProofParagraph], groups: Sequence[Group]) -> list[Change]:
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


def _strayed(paragraphs: Sequence[ProofParagraph], groups: Sequence[Group]) -> dict[int, str]:
    """Paragraphs that stand among those of another story, with its key. A story whose heading is gone has not strayed."""
    home: dict[int, str] = {}
    here = ""
    for group in groups:
        for number in group.proof:
            paragraph = paragraphs[number]
            if paragraph.stream in ("title", "byline"):
                here = paragraph.owner
            elif paragraph.stream == "text" and here:
                home[number] = here
    away = {number: place for number, place in home.items() if place != paragraphs[number].owner}
    if not away:
        return {}
    at_home = {paragraphs[number].owner for number, place in home.items() if place == paragraphs[number].owner}
    return {number: place for number, place in away.items() if paragraphs[number].owner in at_home}


def moved_stories(proof: Proof, paragraphs: Sequence[ProofParagraph], groups: Sequence[Group]) -> list[Change]:
    """Whole stories in another order."""
    seen: dict[str, int] = {}
    for group in groups:
        for number in group.proof:
            if paragraphs[number].owner.startswith("story:"):
                seen.setdefault(paragraphs[number].owner, number)
    rank = {key: order for order, key in enumerate(proof.owners)}
    order = [rank[key] for key in seen]
    keys = list(proof.owners)
    stay = set(longest_rising(order))
    found: list[Change] = []
    for at, number in enumerate(order):
        if number not in stay:
            owner = proof.owners[keys[number]]
            title = readable(owner.base("title").strip(END))
            before = keys[order[at - 1]] if at else ""
            after = proof.owners[before].id if before else ""
            hint = f"milebook set {owner.id} --after {after}" if after else f"milebook set {owner.id} --first"
            found.append(
                Change(owner.key, "title", "", "", False, "move", title, title, [], f"move the story with “{hint}”")
            )
    return found


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
