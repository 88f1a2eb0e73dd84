"""Decide which command an open item stops, and say so in findings."""

from __future__ import annotations

from collections.abc import Iterable

from milebook.model.findings import ERROR, WARNING, Finding
from milebook.permissions.permission_item import PermissionItem
from milebook.permissions.signers import BARRED

STOPPED = ("final", "export")  # modes in which nothing may be open


def restrictions(items: Iterable[PermissionItem]) -> list[Finding]:
    """A note for each restriction in words under which something clear was granted: no program can keep to it."""
    covered: dict[tuple[str, str], list[PermissionItem]] = {}
    for item in items:
        if item.clear and item.terms.restrictions.strip():
            covered.setdefault((item.agreement or item.item, item.terms.restrictions), []).append(item)
    findings = []
    for (_, words), theirs in covered.items():
        first = theirs[0]
        more = f" and {len(theirs) - 1} more" if len(theirs) > 1 else ""
        fact = f"{first.label}{more}: granted with a restriction, “{' '.join(words.split())}”"
        where = f"agreement {first.agreement}" if first.agreement else f"item {first.item}"
        findings.append(
            Finding("MB327", fact, first.terms.at("restrictions"), f"see to it that the book keeps to it; {where}")
        )
    return findings


def gate(items: Iterable[PermissionItem], mode: str) -> list[Finding]:
    """One finding for every item that is not clear, naming whom to ask. An open item is an error in the modes STOPPED, else a warning; one that
    is refused or withdrawn is an error in all of them."""
    severity = ERROR if mode in STOPPED else WARNING
    findings = []
    for item in items:
        if item.clear:
            continue
        barred = item.status in BARRED
        who = item.signer if item.status != "not_needed" else ""
        findings.append(
            Finding(
                "MB301" if barred else "MB300",
                f"{item.label}: {item.why}" + (f" ({who})" if who else ""),
                item.place,
                f"{item.next_step}; " + (f"story {item.story}, " if item.story else "") + f"item {item.item}",
                severity=ERROR if barred else severity,
                name=item.agreement,
            )
        )
    return findings
