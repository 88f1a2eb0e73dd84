"""Write answers into the index: what one person granted or refused, for everything it covers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from milebook.index.edit import Value
from milebook.model.findings import Place
from milebook.model.index import Index
from milebook.permissions.answers.answered_items import Target
from milebook.permissions.changes import Edited, PermissionChange, make, of_item
from milebook.permissions.dates import impossible
from milebook.permissions.permission_item import PermissionItem
from milebook.source import BookFolder


class Answer(NamedTuple):
    """Fields to be written for what a target names. With `apart` an item leaves an agreement that covers others."""

    target: Target
    fields: Mapping[str, Value]
    apart: bool = False


def record(
    folder: BookFolder,
    index: Index,
    text: str,
    answers: Sequence[Answer],
    items: Sequence[PermissionItem] = (),
    latest: str = "",
) -> Edited:
    """Set fields of agreements and permissions, all or none.

    Days that contradict each other, or lie after `latest` (a day, "" for no limit), are refused. An item that names an
    agreement changes that agreement, for everything it covers, unless it is recorded apart.
    """
    changes: dict[str | Place, PermissionChange] = {}
    for answer in answers:
        if answer.target.problem:
            return Edited("", (), answer.target.problem, answer.target.cure)
        for change in _changes(index, answer, items):
            problem, cure = impossible(change.terms, answer.fields, latest or "9999-12-31")
            if problem:
                return Edited("", (), problem, cure)
            changes.setdefault(change.agreement or change.noun, change)
    return make(folder, index, text, list(changes.values()))


def _changes(index: Index, answer: Answer, items: Sequence[PermissionItem]) -> list[PermissionChange]:
    target = answer.target
    if target.agreement:
        return [PermissionChange(answer.fields, agreement=target.agreement, terms=index.agreements[target.agreement])]
    meant = {item.item for item in target.items}
    found = []
    for item in target.items:
        covered = {one.item for one in items if item.agreement and one.agreement == item.agreement}
        found.append(of_item(item, answer.fields, apart=answer.apart and not covered <= meant))
    return found
