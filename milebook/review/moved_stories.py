"""Whole stories that stand in another place: an order for the index, and no text that comes into another story."""

from __future__ import annotations

from collections.abc import Sequence

from milebook.review.base_paragraphs import folded
from milebook.review.changes import Change, readable
from milebook.review.moves import longest_rising
from milebook.review.placing import Group
from milebook.review.proof_text import Owner, Proof, RecordedParagraph
from milebook.review.word_text import END

MORE_CAME = "a whole story was moved here, and there are other words with it: put them in by hand"


def carried_stories(proof: Proof, found: Sequence[Change]) -> list[Change]:
    """The changes of a file, in which a story that went in one place and came in another, heading and all, is one move.

    Its paragraphs are no changes then: neither do they go from their story, nor come into the one that they stand behind.
    """
    left = list(found)
    for owner in proof.owners.values():
        gone = [change for change in left if change.owner == owner.key and change.kind == "delete"]
        if owner.kind != "story" or not any(change.part == "title" for change in gone):
            continue
        own = {text for stream in owner.streams for text in _paragraphs(owner.base(stream))}
        texts = {text for change in gone for text in _taken(owner, change)}
        come = [change for change in left if change.kind == "insert" and not own.isdisjoint(_typed(change))]
        here = next((change for change in come if not texts.isdisjoint(_typed(change))), None)
        if here is None or sum(text in texts for change in come for text in _typed(change)) * 2 < len(texts):
            continue
        left[left.index(gone[0])] = _by_hand(owner, proof.owners.get(here.edits[0].owner), here)
        left = [change for change in left if change not in gone]
        for change in come:
            if own.issuperset(_typed(change)):
                left.remove(change)
            else:
                change.by_hand = MORE_CAME
    return left


def _taken(owner: Owner, change: Change) -> list[str]:
    """The paragraphs of the text itself that a change takes away."""
    return [t for e in change.edits if e.stream == "text" for t in _paragraphs(owner.base("text")[e.start : e.end])]


def _typed(change: Change) -> list[str]:
    return _paragraphs("".join(one.text for edit in change.edits for one in edit.typed))


def _paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, folded to be compared; those without words are passed over."""
    return [words for part in text.split(END) if (words := folded(part))]


def _by_hand(owner: Owner, before: Owner | None, come: Change | None = None) -> Change:
    """A move of a story, for whoever reads the report: behind another one, or to the beginning of a chapter."""
    where = "--first"
    if before is not None and before.kind == "story":
        where = f"--after {before.id}"
    elif before is not None and before.id != owner.chapter:
        where = f"--chapter {before.id} --first"
    title = readable(owner.base("title").strip(END))
    author, date, tracked = (come.author, come.date, come.tracked) if come else ("", "", False)
    hint = f"move the story with “milebook set {owner.id} {where}”"
    return Change(owner.key, "title", author, date, tracked, "move", title, title, [], hint)


def moved_stories(proof: Proof, paragraphs: Sequence[RecordedParagraph], groups: Sequence[Group]) -> list[Change]:
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
            found.append(_by_hand(owner, proof.owners[keys[order[at - 1]]] if at else None))
    return found
