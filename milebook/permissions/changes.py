"""What `milebook permissions` writes into the index: an answer recorded, a request noted, a story withdrawn.

An Index and its text in, the new text out with a line for every change; or nothing and the reason. Nothing is written to
disk here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from milebook.index.edit import CannotEdit, IndexEdit, Value
from milebook.index.edit_check import Leaves, agreement_leaves, leaves, proved
from milebook.model.book import NOWHERE, Agreement, Index, Story
from milebook.model.findings import Place
from milebook.permissions.asked_again import noted
from milebook.permissions.clear import PermissionItem
from milebook.permissions.dates import impossible
from milebook.permissions.signers import GRANTED
from milebook.source import BookFolder


class Edited(NamedTuple):
    """`text` is the new index, "" if it was refused; `lines` say what changed; `problem` why it was refused."""

    text: str
    lines: tuple[str, ...] = ()
    problem: str = ""


class _Change(NamedTuple):
    """One agreement or permission to be changed: `agreement` names it, or `noun` is where it belongs."""

    fields: Mapping[str, Value]
    agreement: str = ""
    noun: Place = NOWHERE
    path: str = ""  # of that noun among the index's leaves
    field: str = "permission"  # of that noun
    own: bool = False  # the noun has a permission of its own in braces
    terms: Agreement = Agreement()  # as it was
    said: str = ""  # the line that tells of it, where the fields do not


def record(
    folder: BookFolder,
    index: Index,
    text: str,
    target: str,
    fields: Mapping[str, Value],
    items: Iterable[PermissionItem] = (),
    latest: str = "",
) -> Edited:
    """Set fields of an agreement, or of the permission of one of `items` ("story/photo/1").

    Days that contradict each other, or lie after `latest` (a day, "" for no limit), are refused.

    An item that points to an agreement changes that agreement, for everything it covers.
    """
    try:
        change = _target(index, target, fields, items)
        problem = impossible(change.terms, fields, latest or "9999-12-31")
        return Edited("", (), problem) if problem else _change(folder, index, text, [change])
    except CannotEdit as refusal:
        return Edited("", (), str(refusal))


def note_requests(
    folder: BookFolder, index: Index, text: str, items: Iterable[PermissionItem], date: str, signers: Mapping[str, str]
) -> Edited:
    """Write status "requested" and the date to what was just asked for. `signers` maps an item to its signer's name.

    What is granted, but not widely enough, keeps its status and its days; the day of the new request goes into the notes.
    """
    changes: dict[str | Place, _Change] = {}
    for item in items:
        if item.status not in ("to_request", "no_reply", "requested", "expired", *GRANTED):
            continue
        fields: dict[str, Value] = {"status": "requested", "requested": date}
        said = ""
        if item.status in GRANTED:
            fields = {"notes": noted(item.terms.notes, date)}
            said = f"status stays {item.status}; asked again on {date}, which is in its notes"
        elif not item.terms.signer and signers.get(item.item):
            fields = {"signer": signers[item.item]} | fields
        key: str | Place = item.agreement or item.need.noun
        change = _of_item(item, fields)
        changes.setdefault(key, change._replace(said=said))
    try:
        return _change(folder, index, text, list(changes.values()))
    except CannotEdit as refusal:
        return Edited("", (), str(refusal))


def withdraw(folder: BookFolder, index: Index, text: str, story_id: str) -> Edited:
    """Take a story out of the book: status cut, out of the chapters' lists, its text's permission withdrawn.

    The agreement on the text says withdrawn from then on. Where it covers another story as well, it is left as it is, and
    this story gets a permission of its own that says so. Agreements of photographers and people shown are their own affair.
    """
    story = next((one for one in index.stories if one.id == story_id), None)
    if story is None:
        near = _near(story_id, [one.id for one in index.stories])
        cure = near or "“milebook permissions” shows the ids of stories"
        return Edited("", (), f"there is no story “{story_id}” in the index; {cure}")
    shared = _used_by_others(index, story)
    try:
        edit = IndexEdit(text)
        expected: Leaves = {}
        lines = []
        if story.status != "cut":
            edit.story(story.place, {"status": "cut"})
            expected[f"stories/{story.id}/status"] = "cut"
            lines.append(f"story {story.id}: status {story.status} → cut")
        for chapter in index.chapters:
            names = tuple(name for name, _ in chapter.stories or ())
            if story.id in names:
                expected[f"chapters/{chapter.id}/stories"] = tuple(name for name in names if name != story.id)
                lines.append(f"chapter {chapter.id}: {story.id} is taken out of its stories")
        edit.unlist(story.id)
        changes: list[_Change] = []
        terms = story.permission
        if terms.id and terms.id not in shared:
            changes.append(_Change({"status": "withdrawn"}, agreement=terms.id, terms=terms))
        elif terms.id:
            note = f"was {terms.id}, which covers other things as well"
            fields: dict[str, Value] = {"status": "withdrawn", "notes": note}
            changes.append(_Change(fields, noun=story.place, path=f"stories/{story.id}", terms=terms))
        else:
            own = _written(terms)
            changes.append(
                _Change({"status": "withdrawn"}, noun=story.place, path=f"stories/{story.id}", own=own, terms=terms)
            )
        dropped = _apply(edit, index, changes, expected, lines)
        return _proved(folder, index, text, edit, expected, dropped, lines)
    except CannotEdit as refusal:
        return Edited("", (), str(refusal))


def _change(folder: BookFolder, index: Index, text: str, changes: list[_Change]) -> Edited:
    edit = IndexEdit(text)
    expected: Leaves = {}
    lines: list[str] = []
    dropped = _apply(edit, index, changes, expected, lines)
    return _proved(folder, index, text, edit, expected, dropped, lines)


def _apply(edit: IndexEdit, index: Index, changes: Iterable[_Change], expected: Leaves, lines: list[str]) -> list[str]:
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
        for key, value in change.fields.items():
            expected[f"{where}/{key}"] = value
            old = getattr(change.terms, key)
            if old != value and not change.said:
                lines.append(f"{where}: {key} {_shown(old or 'nothing')} → {_shown(value)}")
        if change.said:
            lines.append(f"{where}: {change.said}")
    return dropped


def _proved(
    folder: BookFolder,
    index: Index,
    text: str,
    edit: IndexEdit,
    expected: Leaves,
    dropped: list[str],
    lines: list[str],
) -> Edited:
    edited = edit.result()
    problem = proved(folder, index, text, edited, expected, dropped)
    if problem:
        return Edited("", (), f"the index cannot be changed safely ({problem}); change it by hand")
    return Edited(edited, tuple(lines))


def _target(index: Index, target: str, fields: Mapping[str, Value], items: Iterable[PermissionItem]) -> _Change:
    if target in index.agreements:
        return _Change(fields, agreement=target, terms=index.agreements[target])
    known = {item.item: item for item in items}
    item = known.get(target)
    if item is not None:
        return _of_item(item, fields)
    if any(story.id == target for story in index.stories):
        its = ", ".join(name for name, item in known.items() if item.story == target)
        raise CannotEdit(f"“{target}” is a story; name one of its items: {its}" if its else
                         f"story “{target}” is not in the book; give it the status selected, or change the index yourself")  # fmt: skip
    what = "item" if "/" in target else "agreement"
    hint = _near(target, [*index.agreements, *known]) or "“milebook permissions” lists the items and their agreements"
    raise CannotEdit(f"there is no {what} “{target}”; {hint}")


def _near(wrong: str, names: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(wrong, names, n=1)
    return f"did you mean {near[0]}?" if near else ""


def _of_item(item: PermissionItem, fields: Mapping[str, Value]) -> _Change:
    terms = item.terms
    if item.agreement:
        return _Change(fields, agreement=item.agreement, terms=terms)
    path, _, field = item.need.path.rpartition("/")
    own = _written(terms)
    if not own:  # a permission that is written for the first time needs a status
        fields = {"status": terms.status} | dict(fields)
    return _Change(fields, noun=item.need.noun, path=path, field=field, own=own, terms=terms)


def _written(terms: Agreement) -> bool:
    return bool(terms.places)


def _used_by_others(index: Index, story: Story) -> set[str]:
    """The agreements that something outside this story is covered by."""
    mine = f"stories/{story.id}/"
    named = (
        value for path, value in leaves(index).items() if not path.startswith(mine) and path.endswith("permission")
    )
    return {value[1:] for value in named if isinstance(value, str) and value.startswith("@")}


def _shown(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)
