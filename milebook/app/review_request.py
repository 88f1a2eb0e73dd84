"""What `milebook review` is asked for, and what comes of it, as values."""

from __future__ import annotations

from dataclasses import dataclass, field

from milebook.model.findings import Finding
from milebook.review.changes import Change
from milebook.review.merging import Conflict
from milebook.review.whole_review import PlacedComment, Review
from milebook.source import BookFolder


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """What `milebook review` was asked for. `only` holds numbers of changes; empty: all."""

    files: tuple[str, ...]
    apply: bool = False
    only: frozenset[int] = frozenset()
    author: str = ""
    stories: tuple[str, ...] = ()
    against: str = ""
    comments: bool = False

    def wants(self, change: Change) -> bool:
        if self.only and change.number not in self.only:
            return False
        return not self.author or self.author.casefold() in [
            n.casefold() for n in (change.author, *change.author.split(", "))
        ]

    def wants_comment(self, placed: PlacedComment) -> bool:
        authors = [placed.comment.author, *(reply.author for reply in placed.comment.replies)]
        return self.comments and (not self.author or self.author.casefold() in [name.casefold() for name in authors])


@dataclass(slots=True)
class ReviewOutcome:
    """`review` is None where the files were refused. `lines` say what `--apply` did."""

    findings: list[Finding]
    review: Review | None = None
    report: dict[str, object] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    applied: bool = False  # the changes were merged, as far as they could be
    conflicts: dict[str, list[Conflict]] = field(default_factory=dict)  # by story
    folder: BookFolder | None = None
