"""Read agreements from the index: those that are listed, and those that are written where they are needed."""

from __future__ import annotations

from typing import Any

from milebook.index import formats
from milebook.index.fields import FieldReader
from milebook.index.schema import AGREEMENT, INDEX, SCOPE
from milebook.index.slips import NOTHING, report_lost_agreement
from milebook.model.book import AGREEMENT_STATUSES, GRANTED, Agreement
from milebook.model.findings import Finding, Place, Related
from milebook.model.near_names import nearest
from milebook.model.status_words import AGREEMENT_STATUS_MEANT, status_meant
from milebook.model.unknown_names import known_name
from milebook.yaml_nodes import Fields, Items, Node, values
from milebook.yaml_nodes.nodes import is_empty, shown

PARTS = {field.name for field in INDEX}
_AGREEMENT_FIELDS = {field.name for field in AGREEMENT}
_NEEDS_BRACES = "a status needs a group of fields: {}: {{status: {}}}"


class AgreementReader(FieldReader):
    """Reads agreements. What later checks need beside the Index itself is kept here."""

    def __init__(self, root: Fields, findings: list[Finding]) -> None:
        super().__init__(findings)
        self.root = root
        self.agreements: dict[str, Agreement] = {}
        self.used: set[str] = set()  # ids of agreements that something points to
        self.all_agreements = True  # False: some agreement could not be read

    def read_agreements(self, node: Node | None) -> None:
        group = self.inner(node, "agreements")
        if node is not None and not is_empty(node):
            self.all_agreements = group is not None and not group.broken and not group.mended
        elif self.root.broken or set(self.root.fields) - PARTS:
            self.all_agreements = False  # "agreement:", perhaps
        if group is None:
            return
        seen: dict[str, Place] = {}
        for name, (key, value) in group.fields.items():
            if name in _AGREEMENT_FIELDS and not isinstance(value, Fields):
                if self.all_agreements:
                    report_lost_agreement(key, self.report)
                self.all_agreements = False
                continue
            if fault := formats.id_fault(name):
                self.report(key, "MB115", f'"{shown(name)}" cannot be the id of an agreement: {fault[0]}', fault[1])
            if name.lower() in seen:
                message = f'"{shown(name)}" differs from another agreement\'s id in capital letters only'
                related = (Related("the other", seen[name.lower()]),)
                self.report(key, "MB116", message, "give one of the two another id", related)
            seen.setdefault(name.lower(), key.place)
            inner = self.inner(value, name)
            if inner is not None:
                self.agreements[name] = self._agreement(inner, name, key.place)
            else:
                self.agreements[name] = Agreement(id=name, place=key.place)
                if is_empty(value):
                    self.report(
                        key,
                        "MB107",
                        f'agreement "{shown(name)}" is empty',
                        "write at least its status below it",
                        kind=NOTHING,
                    )

    def _agreement(self, node: Fields, name: str, place: Place) -> Agreement:
        label = f'agreement "{shown(name)}"' if name else "this permission"
        found, places = self.group("agreement", node, label)
        unread = [key for key in SCOPE if key in places and key not in found]
        if unread and found.get("status") in GRANTED and not node.mended:
            self._scope_unread(node, label, unread)
            found["status"] = "to_request"  # an empty scope means "everything", which no one has said here
        if "signer" in found:
            found["signer"] = known_name(found["signer"])
        return Agreement(**found, id=name, place=place, places=places)

    def _scope_unread(self, node: Fields, label: str, keys: list[str]) -> None:
        for key in keys:
            typed, value = node.fields[key]
            if is_empty(value) or is_empty_list(value):
                hint = f"write what was granted after {key}:, or take the line out if there is no restriction"
                self.report(typed, "MB107", f'"{key}" of {label} is empty', hint, kind=NOTHING)

    def permission(self, group: Fields, owner: Place, field: str = "permission") -> Agreement:
        """The agreement of a text, photo, person or quote; where none is written, one that has yet to be asked for."""
        node = group.get(field)
        if node is None or is_empty(node):
            return Agreement(place=owner)
        if isinstance(node, Fields):
            return Agreement(place=node.place) if node.mended else self._agreement(node, "", node.place)
        name = values.text(node, field, self.findings)
        if name is None:
            return Agreement(place=node.place)
        if name in self.agreements:
            self.used.add(name)
            return self.agreements[name]
        if self.all_agreements and not node.mended:
            near = self.near(name, self.agreements)
            if status := name if name in AGREEMENT_STATUSES else status_meant(name, AGREEMENT_STATUS_MEANT):
                hint = _NEEDS_BRACES.format(field, status)
                near = ""
            else:
                hint = f"did you mean {near}?" if near else "add it below agreements:, or correct the id"
            related = (Related(f"{near} stands at", self.agreements[near].place),) if near else ()
            self.report(node, "MB117", f'there is no agreement "{shown(name)}"', hint, related, name=name, meant=near)
        return Agreement(place=node.place)

    _comparisons = 60_000  # a suggestion compares one id with all others; faulty ids by the thousand get none

    def near(self, wrong: str, known: Any) -> str:
        self._comparisons -= len(known)
        return nearest(wrong, known) if self._comparisons > 0 else ""


def is_empty_list(node: Node) -> bool:
    return isinstance(node, Items) and not node.items and not node.broken
