"""Why a need is not clear, decided from its agreement, the evidence on file and what the book plans."""

from __future__ import annotations

from collections.abc import Iterator

from milebook.model.book import GRANTED, Agreement, BookInfo
from milebook.permissions.asked_again import asked_again, other_notes
from milebook.permissions.evidence import Evidence
from milebook.permissions.need import Need
from milebook.permissions.reasons import Reason, Why
from milebook.permissions.scope import gaps
from milebook.permissions.signers import guardian_signed, nobody_named, under_shorter_name

ASKABLE = ("to_request", "requested", "no_reply", "expired")
_OPEN = {
    "to_request": Why.NOT_ASKED,
    "requested": Why.NO_ANSWER,
    "no_reply": Why.NO_REPLY,
    "refused": Why.REFUSED,
    "withdrawn": Why.WITHDRAWN,
}


def obstacles(info: BookInfo, need: Need, evidence: Evidence, today: str) -> Iterator[Reason]:
    """Everything that keeps a need from being clear; nothing where it is. `today` is the date of the draft."""
    terms = need.terms
    if to_post(terms) and terms.status not in GRANTED:
        yield Reason(Why.TO_POST, day=terms.letter)
        return
    match terms.status:
        case "granted" | "granted_restricted":
            if need.minor and not guardian_signed(need):
                if under_shorter_name(need):
                    yield Reason(Why.GUARDIAN_UNDER_SHORTER_NAME, terms.signer, other=need.guardian)
                else:
                    yield Reason(Why.GUARDIAN_MISSING, need.minor)
            elif nobody_named(need):
                yield Reason(Why.SIGNER_NOT_KNOWN)
            if evidence.lacking:
                yield evidence.lacking
            yield from gaps(terms, info, today)
            if terms.status == "granted_restricted" and not _restriction_written(terms):
                yield Reason(Why.RESTRICTION_NOT_WRITTEN)
        case "not_needed":
            if not terms.reason.strip():
                yield Reason(Why.NO_REASON)
            elif need.sub == "lyric" and _fair_use(terms.reason):
                yield Reason(Why.LYRIC)
        case "expired":
            yield Reason(Why.TERM_OVER, day=terms.expires)
        case "to_request" if need.unread:
            yield Reason(Why.ANSWER_UNREAD)
        case status:
            known = _OPEN.get(status)
            yield Reason(known, day=terms.requested) if known else Reason(Why.STATUS_UNKNOWN, status)


def to_post(terms: Agreement) -> bool:
    """Whether a letter was made for somebody without an e-mail address, and nobody has said that it was posted."""
    if not terms.letter:
        return False
    if terms.status in GRANTED:  # wider terms are asked for
        return terms.letter > max(terms.granted, asked_again(terms))
    return terms.letter > terms.requested and terms.status in ASKABLE


def _restriction_written(terms: Agreement) -> bool:
    return bool(
        terms.formats
        or terms.territory
        or terms.languages
        or terms.expires
        or terms.print_run_cap
        or terms.restrictions
        or other_notes(terms.notes)
        or terms.credit
    )


def _fair_use(reason: str) -> bool:
    words = reason.casefold()
    return any(
        word in words for word in ("fair use", "fair-use", "fair dealing", "short", "brief", "few words", "one line")
    )
