"""Which changes of a review are merged into which story: those asked for, and moves between two stories in both or in neither."""

from __future__ import annotations

from collections.abc import Iterable

from milebook.app.current_book import CurrentBook, merged
from milebook.app.review_request import ReviewRequest
from milebook.model.findings import Place
from milebook.review.applying import Applied
from milebook.review.between_stories import BOTH_OR_NEITHER, carrying, into
from milebook.review.changes import Change
from milebook.review.whole_review import MISSING, OwnerReview, Review

NOT_ASKED = "it goes into another story, which is not merged now"


class MergePlan:
    """What comes of each story, by its key. `refused` holds moves between stories that neither of the two takes, with reasons."""

    def __init__(self, book: CurrentBook, made: Review, request: ReviewRequest) -> None:
        self.book, self.request = book, request
        self.stories = {story.owner.key: story for story in made.stories}
        self.applied: dict[str, Applied] = {}
        self.refused: dict[int, tuple[Change, str]] = {}
        self._own = {key: self._wanted(story) for key, story in self.stories.items()}
        self._moves = [
            change for changes in self._own.values() for change in changes if into(change) and not change.by_hand
        ]
        self._moves = [self._carrying(change) for change in self._moves]
        for change in self._moves:
            if not (self._open(change.owner) and self._open(into(change))):
                self.refused[change.number] = (change, NOT_ASKED)
        self._merge(self.stories)
        while failed := [change for change in self._moves if not self._settled(change)]:
            for change in failed:
                self.refused[change.number] = (change, BOTH_OR_NEITHER)
            self._merge({key for change in failed for key in (change.owner, into(change))})

    def asked(self, story: OwnerReview) -> bool:
        """Whether anything of a story is to be merged, or of another one into it."""
        key = story.owner.key
        return bool(
            self._own[key]
            or any(self.request.wants_comment(placed) for placed in story.comments)
            or any(into(change) == key for change in self._moves)
        )

    def undecided(self, story: OwnerReview) -> bool:
        """Whether changes that were not asked for clash with what the author wrote: what shows them is still needed."""
        asked = {change.number for change in self._own[story.owner.key]}
        if len(asked) == len(story.changes) or not self._open(story.owner.key):
            return False
        clashing = merged(self.book, story, story.changes, ()).clashing
        return any(change.number not in asked for change in clashing) and not any(
            change.number in asked for change in clashing
        )

    def _wanted(self, story: OwnerReview) -> list[Change]:
        return [change for change in story.changes if self.request.wants(change)]

    def _open(self, key: str) -> bool:
        story = self.stories.get(key)
        return story is not None and story.state != MISSING and self.book.entry(story.owner) is not None

    def _carrying(self, change: Change) -> Change:
        owner = self.stories[change.owner].owner
        path = self.book.path(owner) if self._open(change.owner) else ""
        data = self.book.folder.read_bytes(path, Place(path))[0] if path else None
        return change if data is None else carrying(change, owner, data, self.book.reader(owner))

    def _settled(self, change: Change) -> bool:
        """Whether both stories of a move have taken it, or neither is to."""
        if change.number in self.refused:
            return True
        return all(
            any(one.number == change.number for one in (*self.applied[key].made, *self.applied[key].done))
            for key in (change.owner, into(change))
        )

    def _merge(self, keys: Iterable[str]) -> None:
        moves = [change for change in self._moves if change.number not in self.refused]
        for key in keys:
            story = self.stories.get(key)
            if story is None or not self._open(key) or not self.asked(story):
                continue
            changes = [change for change in self._own[key] if not into(change) or change.by_hand]
            changes += [change for change in moves if key in (change.owner, into(change))]
            comments = [placed for placed in story.comments if self.request.wants_comment(placed)]
            self.applied[key] = merged(self.book, story, changes, comments)
