"""The permissions checklist as rows: by story, by person to ask. Nothing private is in it."""

from __future__ import annotations

from collections.abc import Iterable

from milebook.permissions.kinds import KINDS
from milebook.permissions.lists.unchanged_cells import marks
from milebook.permissions.permission_item import PermissionItem

CHECKLIST_COLUMNS = (
    "chapter", "story", "title", "item", "kind", "what", "figure", "agreement", "ask", "status", "requested", "granted",
    "clear", "why", "next_step", "evidence_sha256", "evidence", "formats", "territory", "languages", "expires", "restrictions",
    "as_written",
)  # fmt: skip
HIDDEN_COLUMNS = ("as_written",)  # of a workbook


def checklist_rows(items: Iterable[PermissionItem]) -> list[tuple[object, ...]]:
    """One row an item under CHECKLIST_COLUMNS, in the order given.

    Evidence shows as its hash, for file names tell names: the column "evidence" is empty, to be filled in with a new file.
    The last column tells `permissions record --from` which cells somebody has changed.
    """
    rows: list[tuple[object, ...]] = [
        (
            item.chapter, item.story, item.title, item.item, printed_kind(item), item.label, item.figure, item.agreement,
            item.signer, item.status, item.terms.requested, item.terms.granted, "yes" if item.clear else "no", item.why,
            item.next_step, item.evidence_sha256, "", ", ".join(item.terms.formats), item.terms.territory,
            ", ".join(item.terms.languages), item.terms.expires, item.terms.restrictions,
        )
        for item in items
    ]  # fmt: skip
    return [(*row, marks(dict(zip(CHECKLIST_COLUMNS, row, strict=False)))) for row in rows]


def printed_kind(item: PermissionItem) -> str:
    """What an item is, in the words of the log: a quotation is a lyric, poem or quote, the rest as in KINDS."""
    kind = KINDS[item.kind]
    return kind.printed_as(item.need) if kind.printed_as else kind.name


def by_person(items: Iterable[PermissionItem]) -> list[tuple[str, list[PermissionItem]]]:
    """Items by whom to ask, people in the order in which the book first needs them.

    Who is not known, or only printed as anonymous, is somebody else in every story.
    """
    people: dict[tuple[str, str], list[PermissionItem]] = {}
    for item in items:
        apart = item.whom.unknown or item.whom.anonymous
        name = f"{item.signer}: “{item.title}”" if apart and item.story else item.signer
        people.setdefault((name, item.story if apart else ""), []).append(item)
    return [(name, theirs) for (name, _), theirs in people.items()]
