"""The permission items of a Book, each with whether it is clear and, if not, why and what to do next.

Clear means granted, evidence on file, and a scope that covers `book.editions`; or "not needed" with a reason. Silence is
never consent: whatever has no permission written down is still to be requested.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from milebook.model.book import GRANTED, Book
from milebook.model.findings import Finding, Place
from milebook.permissions.agreement_warnings import agreement_doubts, item_doubts, shared_evidence, two_signers
from milebook.permissions.evidence import Evidence, EvidenceBox
from milebook.permissions.kind import Kind
from milebook.permissions.kinds import every_need, item_id
from milebook.permissions.mentions import still_named
from milebook.permissions.names import Who, who_shown
from milebook.permissions.need import Need
from milebook.permissions.next_step import next_step
from milebook.permissions.obstacles import obstacles, to_post
from milebook.permissions.permission_item import PermissionItem
from milebook.permissions.privacy import names_leaked
from milebook.permissions.reasons import Reason, Why
from milebook.permissions.scope import editions_findings, scope_findings, story_language_findings
from milebook.permissions.signers import who_signs
from milebook.permissions.subjects import Subject
from milebook.permissions.undeclared_quotes import undeclared_quotes

if TYPE_CHECKING:
    from milebook.source import BookFolder


def items(book: Book, folder: BookFolder | None, today: str) -> tuple[tuple[PermissionItem, ...], list[Finding]]:
    """Every item of the cover and the selected stories in book order, and what is wrong with what the index says about them.

    `today` is the date of the draft (Stamp.date, never the clock's): a term that ended before it has expired. Without a
    folder no evidence file is looked for.
    """
    box = EvidenceBox(folder, book.index_path)
    findings = [
        *editions_findings(book.info),
        *story_language_findings(book),
        *names_leaked(book),
        *undeclared_quotes(book),
    ]
    found: list[PermissionItem] = []
    seen: set[tuple[str, Place]] = set()
    for subject, kind, need in every_need(book):
        agreement = (need.terms.id, need.terms.place)
        if agreement not in seen:
            seen.add(agreement)
            findings += scope_findings(need.terms, book.info.date)
            findings += agreement_doubts(need.terms, need.label, looked=folder is not None)
        evidence = box.look(need.terms) if need.terms.status in GRANTED else Evidence()
        found.append(_item(book, subject, kind, need, evidence, today))
        findings += item_doubts(need, subject)
    findings += _evidence_of_two(found)
    findings += still_named(book, found)
    return tuple(found), sorted(findings + box.findings, key=lambda finding: finding.place)


def _evidence_of_two(found: list[PermissionItem]) -> Iterator[Finding]:
    """A warning for every file that is the evidence of two people, at the second."""
    first: dict[str, PermissionItem] = {}
    warned: set[str] = set()
    for item in found:
        path = item.evidence
        if item.evidence_sha256 and path not in warned and not item.whom.unknown:
            other = first.setdefault(path, item)
            if two_signers(item, other):
                warned.add(path)
                yield shared_evidence(item, other)


def _item(book: Book, subject: Subject, kind: Kind, need: Need, evidence: Evidence, today: str) -> PermissionItem:
    signer = who_signs(need)
    whom = who_shown(signer, subject.hidden) if signer else Who(need.unknown, unknown=True)
    found = obstacles(book.info, need, evidence, today)
    if whom.withheld:  # the names in that reason would tell who it is
        found = (
            replace(one, why=Why.GUARDIAN_MISSING, what=need.minor, other="")
            if one.why is Why.GUARDIAN_UNDER_SHORTER_NAME
            else one
            for one in found
        )
    reasons = tuple(dict.fromkeys(found))
    if reasons and to_post(need.terms) and need.terms.status in GRANTED:
        reasons += (Reason(Why.TO_POST, day=need.terms.letter),)
    return PermissionItem(
        item=item_id(subject, need),
        kind=kind.name,
        subject=subject,
        need=need,
        whom=whom,
        reasons=reasons,
        step=next_step(kind, need, subject, whom, reasons) if reasons else None,
        evidence=evidence.path,
        evidence_sha256=evidence.sha256,
    )
