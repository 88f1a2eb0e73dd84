"""What authors write instead of the statuses that milebook knows."""

from __future__ import annotations

from collections.abc import Mapping

STORY_STATUS_MEANT: Mapping[str, str] = {
    "rejected": "cut", "refused": "cut", "declined": "cut", "deleted": "cut", "removed": "cut", "dropped": "cut",
    "withdrawn": "cut", "out": "cut", "no": "cut", "false": "cut",
    "accepted": "selected", "approved": "selected", "chosen": "selected", "picked": "selected", "included": "selected",
    "in": "selected", "yes": "selected", "true": "selected", "final": "selected", "done": "selected",
    "maybe": "shortlisted", "candidate": "shortlisted", "longlisted": "shortlisted",
    "new": "submitted", "received": "submitted", "inbox": "submitted", "pending": "submitted",
}  # fmt: skip
AGREEMENT_STATUS_MEANT: Mapping[str, str] = {
    "yes": "granted", "y": "granted", "ok": "granted", "okay": "granted", "true": "granted", "given": "granted",
    "signed": "granted", "agreed": "granted", "accepted": "granted", "approved": "granted", "permitted": "granted",
    "allowed": "granted", "cleared": "granted",
    "restricted": "granted_restricted", "granted restricted": "granted_restricted", "partly": "granted_restricted",
    "denied": "refused", "rejected": "refused", "declined": "refused",
    "asked": "requested", "sent": "requested", "pending": "requested", "waiting": "requested",
    "no": "to_request", "none": "to_request", "false": "to_request", "n": "to_request", "open": "to_request", "to ask": "to_request",
    "not needed": "not_needed", "unneeded": "not_needed", "public domain": "not_needed",
    "no answer": "no_reply", "no response": "no_reply", "silent": "no_reply", "unanswered": "no_reply",
    "revoked": "withdrawn", "cancelled": "withdrawn", "canceled": "withdrawn", "lapsed": "expired", "over": "expired",
}  # fmt: skip


def status_meant(written: str, meant: Mapping[str, str]) -> str:
    """The status that `written` says in other words; "" where none."""
    return meant.get(" ".join(written.casefold().replace("_", " ").replace("-", " ").split()), "")
