"""One thing that needs a permission, as everything else works with it: what it is, whom to ask, whether it is clear and why not."""

from __future__ import annotations

from dataclasses import dataclass

from milebook.model.book import Agreement
from milebook.model.findings import Place
from milebook.permissions.names import Who
from milebook.permissions.need import Need
from milebook.permissions.reasons import Reason, all_worded
from milebook.permissions.steps import READ_ANSWER, NextStep, worded
from milebook.permissions.subjects import Subject


@dataclass(frozen=True, slots=True)
class PermissionItem:
    """One thing that needs a permission. Nothing in it is private but `need` and `terms`: names that must not be printed
    are withheld in `label`, `whom` and `step`, and in the words made of them."""

    item: str  # "tree-at-the-corner/photo/1/person/1", "book/cover"
    kind: str  # a key of KINDS
    subject: Subject
    need: Need
    whom: Who  # whom to ask
    reasons: tuple[Reason, ...]  # why it is not clear; none when it is
    step: NextStep | None  # None when clear
    evidence: str  # path relative to the book folder
    evidence_sha256: str

    @property
    def clear(self) -> bool:
        return not self.reasons

    @property
    def why(self) -> str:
        """One line, "" when clear."""
        return all_worded(self.reasons)

    @property
    def next_step(self) -> str:
        """One line, "" when clear."""
        return worded(self.step) if self.step else ""

    @property
    def signer(self) -> str:
        """Whom to ask, in words."""
        return str(self.whom)

    @property
    def label(self) -> str:
        """What it is: "photo by Ben Example: All smiles…"."""
        return self.need.label

    @property
    def brief(self) -> str:
        """What it is, where the story's title stands above it."""
        return self.need.brief

    @property
    def story(self) -> str:
        """The story's id, "" for the cover and for the authors' own texts."""
        return self.subject.id if self.subject.story else ""

    @property
    def title(self) -> str:
        return self.subject.title

    @property
    def chapter(self) -> str:
        """The chapter's id, "" outside the chapters."""
        return self.subject.chapter.id if self.subject.chapter else ""

    @property
    def terms(self) -> Agreement:
        return self.need.terms

    @property
    def agreement(self) -> str:
        """The agreement's id, "" for one written where it is used."""
        return self.need.terms.id

    @property
    def status(self) -> str:
        return self.need.terms.status

    @property
    def place(self) -> Place:
        return self.need.place

    @property
    def figure(self) -> str:
        """ "1.2"; "" for the cover and for what is no photo."""
        return self.need.photo.number if self.need.photo else ""

    @property
    def find_out(self) -> str:
        """What to write or to record before somebody can be asked; "" where they can."""
        if self.need.unread:
            return READ_ANSWER.format(item=self.item)
        return self.need.find_out if self.whom.unknown else ""
