"""Change permissions in the index: several at once, checked to be all that changes, with a line for each.

The result is the new text of the index, or the reason why it was refused. Nothing is written to disk here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from milebook.index.agreement_edit import add_agreement
from milebook.index.edit import ORDER, CannotEdit, IndexEdit, Value
from milebook.index.edit_check import Leaves, agreement_leaves, proved
from milebook.model.book import Agreement
from milebook.model.findings import NOWHERE, Place
from milebook.model.index import Index
from milebook.permissions.permission_item import PermissionItem
from milebook.source import BookFolder


class Edited(NamedTuple):
    """`text` is the new index, "" if it was refused; `lines` say what changed; `problem` and `cure` why it was refused."""

    text: str
    lines: tuple[str, ...] = ()
    problem: str = ""
    cure: str = ""


class PermissionChange(NamedTuple):
    """Fields to be set in one agreement, or in the permission of one noun of the index."""

    fields: Mapping[str, Value]
    agreement: str = ""  # its id, or
    noun: Place = NOWHERE  # where the story, photo, person, quote or source stands,
    path: str = ""  # its path among the values of the index, "stories/tree/photos/1",
    field: str = "permission"  # and its field
    own: bool = False  # a permission in braces stands there already
    terms: Agreement = Agreement()  # as it was
    wording: str = ""  # of the line about it, where the fields are not enough


class Join(NamedTuple):
    """Permissions that are to name an agreement from now on: one that exists, or (with `fields`) a new one."""

    agreement: str
    items: tuple[PermissionItem, ...]
    fields: Mapping[str, Value] | None = None


def of_item(item: PermissionItem, fields: Mapping[str, Value], *, apart: bool = False) -> PermissionChange:
    """A change of an item's permission: of the agreement it names, for everything that covers, unless it is to be `apart`.

    An item set apart gets a permission of its own, which keeps what the agreement says.
    """
    terms = item.terms
    if item.agreement and not apart:
        return PermissionChange(fields, agreement=item.agreement, terms=terms)
    path, _, field = item.need.path.rpartition("/")
    own = bool(terms.places) and not item.agreement
    if item.agreement:
        fields = kept_terms(terms) | dict(fields)
    elif not own:  # a permission that is written for the first time needs a status
        fields = {"status": terms.status} | dict(fields)
    return PermissionChange(fields, noun=item.need.noun, path=path, field=field, own=own, terms=terms)


def kept_terms(terms: Agreement) -> dict[str, Value]:
    """What an agreement says, as fields to be written again."""
    blank = Agreement()
    names = (name for name in Agreement.__dataclass_fields__ if name not in ("id", "place", "places"))
    found = {name: getattr(terms, name) for name in names if getattr(terms, name) != getattr(blank, name)}
    return {"status": terms.status} | found


def make(
    folder: BookFolder,
    index: Index,
    text: str,
    changes: Sequence[PermissionChange] = (),
    joins: Sequence[Join] = (),
    begun: IndexEdit | None = None,
    expected: Leaves | None = None,
    lines: Sequence[str] = (),
) -> Edited:
    """Make all changes or none. `begun` holds changes of other kinds, which come to `expected` and stand in `lines`."""
    try:
        edit = begun or IndexEdit(text)
        wanted: Leaves = dict(expected or {})
        described = list(lines)
        dropped = _apply(edit, changes, wanted, described)
        for join in joins:
            dropped += _join(edit, join, wanted, described)
        edited = edit.result()
        for join in joins:
            if join.fields is not None:
                edited = add_agreement(edited, join.agreement, join.fields)
        problem = proved(folder, index, text, edited, wanted, dropped)
    except CannotEdit as refusal:
        return Edited("", (), str(refusal), "change it by hand, or write it on one line, then try again")
    if problem:
        return Edited("", (), f"the index cannot be changed safely ({problem})", "change it by hand")
    return Edited(edited, tuple(described))


def _apply(edit: IndexEdit, changes: Iterable[PermissionChange], expected: Leaves, lines: list[str]) -> list[str]:
    """Put changes into an edit, and what they should come to into `expected` and `lines`; paths that go are returned."""
    dropped: list[str] = []
    for change in changes:
        if change.agreement:
            edit.agreement(change.agreement, change.fields)
            where = f"agreements/{change.agreement}"
        else:
            edit.permission(change.noun, change.fields, change.field)
            where = f"{change.path}/{change.field}"
            if not change.own:
                dropped.append(where)
                expected |= agreement_leaves(Agreement(), where)
        for key in sorted(change.fields, key=ORDER.index):
            value = change.fields[key]
            expected[f"{where}/{key}"] = value
            old = getattr(change.terms, key)
            if old != value and not change.wording:
                lines.append(f"{where}: {described(key, old, value)}")
        if change.wording:
            lines.append(f"{where}: {change.wording}")
    return dropped


def _join(edit: IndexEdit, join: Join, expected: Leaves, lines: list[str]) -> list[str]:
    dropped: list[str] = []
    for item in join.items:
        edit.permission(item.need.noun, join.agreement, item.need.path.rpartition("/")[2])
        expected[item.need.path] = f"@{join.agreement}"
        dropped.append(item.need.path)
    names = ", ".join(item.item for item in join.items)
    where = f"agreements/{join.agreement}"
    if join.fields is not None:
        expected |= agreement_leaves(Agreement(id=join.agreement), where)
        expected |= {f"{where}/{key}": value for key, value in join.fields.items()}
        lines.append(f"{where}: new, for {names}")
        lines += [f"{where}: {described(key, '', value)}" for key, value in join.fields.items()]
    else:
        lines.append(f"{where}: now also for {names}")
    return dropped


_FIELD_WORDS = {
    "requested": "asked for on", "letter": "letter written on", "granted": "granted on", "edit_approved": "edit approved on",
    "print_run_cap": "copies at most", "credit_placement": "credit stands", "copies": "complimentary copies", "email": "e-mail",
    "expires": "holds until",
}  # fmt: skip


def described(key: str, old: object, new: object) -> str:
    """A changed field in words: "granted on 2026-11-22", "status requested → granted"."""
    name = _FIELD_WORDS.get(key, key)
    if not old:
        return f"{name} {_shown(new)}"
    return (
        f"{name} {_shown(new)} (before: {_shown(old)})"
        if key in _FIELD_WORDS
        else f"{name} {_shown(old)} → {_shown(new)}"
    )


def _shown(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)
