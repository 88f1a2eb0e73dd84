"""One or several returned files against one proof: what changed in each story, numbered, and the report as a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from milebook.review.between_stories import into
from milebook.review.changes import Change
from milebook.review.comment_places import words_on
from milebook.review.comments import Comment
from milebook.review.edits import Edit
from milebook.review.merging import applied, plainer
from milebook.review.one_file_review import FileReview, OneFile
from milebook.review.proof_text import Owner, Proof
from milebook.review.returned_file import Returned
from milebook.review.word_text import END

UNCHANGED, CHANGED, CONFLICT, MISSING = "unchanged", "changed", "conflict", "missing"
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?")


@dataclass(slots=True)
class PlacedComment:
    """A comment at its place. `at` is where a query would go, None where the text has no such place."""

    comment: Comment
    part: str
    on: str
    at: Edit | None
    file: int


@dataclass(slots=True)
class OwnerReview:
    """What is said about one story or chapter."""

    owner: Owner
    state: str = UNCHANGED
    changes: list[Change] = field(default_factory=list)
    comments: list[PlacedComment] = field(default_factory=list)
    clashes: list[tuple[Change, Change]] = field(default_factory=list)  # of two editors at one place


@dataclass(slots=True)
class Review:
    """Everything that the files say, by story in the order of the book."""

    proof: Proof
    files: list[str]
    stories: list[OwnerReview] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    placed: float = 1.0  # share of the files' paragraphs that stand in the proof

    @property
    def changes(self) -> list[Change]:
        return [change for story in self.stories for change in story.changes]


def review_files(proof: Proof, files: Sequence[Returned]) -> Review:
    """All files, which are returned copies or parts of one proof, by one editor or by several."""
    made = Review(proof, [file.name for file in files])
    by_owner: dict[str, OwnerReview] = {}
    read: list[tuple[OneFile, FileReview]] = []
    for number, returned in enumerate(files):
        one = OneFile(proof, returned, number)
        read.append((one, one.run()))
    seen = {key for _, file in read for key in file.seen}
    expected = {key for _, file in read for key in file.expected}
    for owner in proof.owners.values():
        if owner.key in expected:
            by_owner[owner.key] = OwnerReview(owner)
    for one, file in read:
        for change in file.changes:
            by_owner.setdefault(change.owner, OwnerReview(proof.owners[change.owner])).changes.append(change)
        for comment, key, part, at in file.comments:
            if key:
                placed = PlacedComment(comment, part, words_on(one.file.returned.body, comment), at, one.number)
                by_owner.setdefault(key, OwnerReview(proof.owners[key])).comments.append(placed)
            else:
                made.unplaced.append(f"comment by {comment.author}: {' '.join(comment.text.split())}")
        made.unplaced += file.unplaced
    _settle(made, proof, by_owner, seen)
    total = sum(sum(bool(p.text.strip()) for p in one.file.base) for one, _ in read)
    made.placed = sum(len(one.file.of_file) for one, _ in read) / total if total else 1.0
    made.unplaced = list(dict.fromkeys(made.unplaced))
    return made


def _settle(made: Review, proof: Proof, by_owner: dict[str, OwnerReview], seen: set[str]) -> None:
    order = {(paragraph.owner, paragraph.part): number for number, paragraph in enumerate(proof.paragraphs)}
    number = 0
    entered = {into(change) for story in by_owner.values() for change in story.changes}
    for key in proof.owners:
        story = by_owner.get(key)
        if story is None or not (story.owner.kind == "story" or story.changes or story.comments or key in entered):
            continue
        story.changes = _once(story.changes)
        story.changes.sort(key=lambda c: (order.get((c.owner, c.part), 0), min((e.start for e in c.edits), default=0)))
        for change in story.changes:
            number += 1
            change.number = number
        story.clashes = _clashes(story.changes)
        if key not in seen or _all_gone(story):
            story.state = MISSING
        elif story.clashes:
            story.state = CONFLICT
        elif story.changes or key in entered:
            story.state = CHANGED
        made.stories.append(story)


def _once(changes: Iterable[Change]) -> list[Change]:
    """Changes that two files have in common, once."""
    kept: list[Change] = []
    for change in changes:
        same = next((c for c in kept if c.file != change.file and c.kind == change.kind and _same(c, change)), None)
        if same is None or not change.edits:
            kept.append(change)
        elif change.author and change.author not in same.author.split(", "):
            same.author = f"{same.author}, {change.author}" if same.author else change.author
    return kept


def _same(one: Change, other: Change) -> bool:
    """Whether two changes make the same edits, whatever style the programs gave to new paragraphs."""
    return [edit._replace(like="") for edit in one.edits] == [edit._replace(like="") for edit in other.edits]


def _clashes(changes: Sequence[Change]) -> list[tuple[Change, Change]]:
    """Changes of different files that touch the same words."""
    files = {change.file for change in changes}
    if len(files) < 2:
        return []
    return [
        (one, other)
        for index, one in enumerate(changes)
        for other in changes[index + 1 :]
        if one.file != other.file and any(_overlap(a, b) for a in one.edits for b in other.edits)
    ]


def _overlap(one: Edit, other: Edit) -> bool:
    if (one.owner, one.stream) != (other.owner, other.stream) or (one.look is None) != (other.look is None):
        return False
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


def _all_gone(story: OwnerReview) -> bool:
    """Whether the edits leave nothing of the text."""
    base = story.owner.base("text")
    key = (story.owner.key, "text")
    edits = [e for c in story.changes for e in c.edits if (e.owner, e.stream) == key and e.look is None]
    if not edits or not base.strip(END):
        return False
    return not plainer(applied(base, edits)).replace(END, "").strip()


def document(review: Review, *, applied_: bool = False) -> dict[str, object]:
    """The report as `--json` prints it."""
    return {
        "build": review.proof.build,
        "applied": applied_,
        "files": review.files,
        "stories": [
            {
                "id": story.owner.id,
                "kind": story.owner.kind,
                "state": story.state,
                "changes": [_change(change, review) for change in story.changes],
                "comments": [_comment(placed) for placed in story.comments],
            }
            for story in review.stories
        ],
        "unplaced": review.unplaced,
    }


def _change(change: Change, review: Review) -> dict[str, object]:
    row: dict[str, object] = {
        "n": change.number,
        "part": change.part,
        "author": change.author,
        "date": iso(change.date),
        "tracked": change.tracked,
        "kind": change.kind,
        "before": change.before,
        "after": change.after,
    }
    if len(review.files) > 1:
        row["file"] = review.files[change.file]
    if into(change):
        row["to"] = review.proof.owners[into(change)].id
    if change.by_hand:
        row["by_hand"] = change.by_hand
    return row


def _comment(placed: PlacedComment) -> dict[str, object]:
    comment = placed.comment
    return {
        "author": comment.author,
        "date": iso(comment.date),
        "on": placed.on,
        "text": comment.text,
        "part": placed.part,
        "resolved": comment.resolved or any(reply.resolved for reply in comment.replies),
        "replies": [{"author": r.author, "date": iso(r.date), "text": r.text} for r in comment.replies],
    }


def iso(date: str) -> str:
    """A date as the file says it, if it is one."""
    return date if _ISO.fullmatch(date) else ""
