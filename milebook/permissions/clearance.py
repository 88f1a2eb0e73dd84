"""The permission items of a Book, each with whether it is clear and, if not, why and what to do next.

Clear means granted, evidence on file, and a scope that covers `book.editions`; or "not needed" with a reason. Silence is
never consent: whatever has no permission written down is still to be requested.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from milebook.model.book import Agreement, Book
from milebook.model.findings import Finding, Place
from milebook.permissions.asked_again import asked_again, other_notes
from milebook.permissions.doubts import agreement_doubts, item_doubts, shared_evidence, two_signers
from milebook.permissions.evidence import Evidence, EvidenceBox
from milebook.permissions.kinds import every_need, item_id
from milebook.permissions.mentions import still_named
from milebook.permissions.names import Who, who_shown
from milebook.permissions.need import Kind, Need
from milebook.permissions.privacy import names_leaked
from milebook.permissions.reasons import OURS, TO_FILE, Reason, Why, all_worded
from milebook.permissions.scope import editions_findings, gaps, scope_findings
from milebook.permissions.signers import BARRED, GRANTED, guardian_signed, under_shorter_name, who_signs
from milebook.permissions.steps import NextStep, Step
from milebook.permissions.steps import worded as step_worded
from milebook.permissions.subjects import COVER, Subject
from milebook.permissions.undeclared_quotes import undeclared_quotes

if TYPE_CHECKING:
    from milebook.source import BookFolder

ASKABLE = ("to_request", "requested", "no_reply", "expired")


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
        return step_worded(self.step) if self.step else ""

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
    def chapter_number(self) -> int:
        return self.subject.chapter.number if self.subject.chapter else 0

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
        """What to write so that milebook knows whom to ask; "" where somebody can be asked."""
        return self.need.find_out if self.whom.unknown else ""


class Summary(NamedTuple):
    """How far the book is: needed = clear + open. `not_needed` of the clear ones need nothing, for a reason given."""

    needed: int
    clear: int
    open: int
    not_needed: int
    barred: int  # of the open ones: refused or withdrawn


def items(book: Book, folder: BookFolder | None, today: str) -> tuple[tuple[PermissionItem, ...], list[Finding]]:
    """Every item of the cover and the selected stories in book order, and what is wrong with what the index says about them.

    `today` is the date of the draft (Stamp.date, never the clock's): a term that ended before it has expired. Without a
    folder no evidence file is looked for.
    """
    box = EvidenceBox(folder, book.index_path)
    findings = [*editions_findings(book.info), *names_leaked(book), *undeclared_quotes(book)]
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
    told: set[str] = set()
    for item in found:
        path = item.evidence
        if item.evidence_sha256 and path not in told and not item.whom.unknown:
            other = first.setdefault(path, item)
            if two_signers(item, other):
                told.add(path)
                yield shared_evidence(item, other)


def summary(found: tuple[PermissionItem, ...]) -> Summary:
    clear = sum(item.clear for item in found)
    return Summary(
        needed=len(found),
        clear=clear,
        open=len(found) - clear,
        not_needed=sum(item.status == "not_needed" and item.clear for item in found),
        barred=sum(item.status in BARRED for item in found),
    )


def _item(book: Book, subject: Subject, kind: Kind, need: Need, evidence: Evidence, today: str) -> PermissionItem:
    signer = who_signs(need)
    whom = who_shown(signer, subject.hidden) if signer else Who(need.unknown, unknown=True)
    found = _reasons(book, need, evidence, today)
    if whom.withheld:  # the names in that reason would tell who it is
        found = (
            replace(one, why=Why.GUARDIAN_MISSING, what=need.minor, other="") if one.why in _TELLING else one
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
        step=_next_step(kind, need, subject, whom, reasons) if reasons else None,
        evidence=evidence.path,
        evidence_sha256=evidence.sha256,
    )


def _reasons(book: Book, need: Need, evidence: Evidence, today: str) -> Iterator[Reason]:
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
            if evidence.lacking:
                yield evidence.lacking
            yield from gaps(terms, book.info, today)
            if terms.status == "granted_restricted" and not _restriction_written(terms):
                yield Reason(Why.RESTRICTION_NOT_WRITTEN)
        case "not_needed":
            if not terms.reason.strip():
                yield Reason(Why.NO_REASON)
            elif need.sub == "lyric" and _fair_use(terms.reason):
                yield Reason(Why.LYRIC)
        case "expired":
            yield Reason(Why.TERM_OVER, day=terms.expires)
        case status:
            known = _OPEN.get(status)
            yield Reason(known, day=terms.requested) if known else Reason(Why.STATUS_UNKNOWN, status)


_TELLING = (Why.GUARDIAN_UNDER_SHORTER_NAME,)
_OPEN = {
    "to_request": Why.NOT_ASKED,
    "requested": Why.NO_ANSWER,
    "no_reply": Why.NO_REPLY,
    "refused": Why.REFUSED,
    "withdrawn": Why.WITHDRAWN,
}


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


def _next_step(kind: Kind, need: Need, subject: Subject, whom: Who, reasons: tuple[Reason, ...]) -> NextStep:
    terms = need.terms
    kinds_of = [reason.why for reason in reasons]
    title = subject.title if subject.story else ""
    find_out = need.find_out if whom.unknown else ""

    def step(what: Step) -> NextStep:
        return NextStep(what, whom, title, find_out=find_out)

    if Why.TO_POST in kinds_of:
        return replace(step(Step.POST), item=item_id(subject, need))
    match terms.status:
        case "refused" | "withdrawn":
            if subject.kind == COVER:
                return NextStep(Step.OTHER_COVER)
            return NextStep(Step.LEAVE_OUT_PHOTO if kind.leaves_out == "photo" else Step.LEAVE_OUT)
        case "requested":
            return step(Step.WAIT)
        case "no_reply":
            return step(Step.ASK_AGAIN)
        case "expired":
            return step(Step.ASK_FOR_NEW_TERM)
        case "not_needed":
            return NextStep(Step.WRITE_REASON) if Why.NO_REASON in kinds_of else step(Step.ASK)
        case "granted" | "granted_restricted":
            if Why.GUARDIAN_UNDER_SHORTER_NAME in kinds_of:
                return NextStep(Step.FULL_NAME, what=need.guardian)
            if Why.GUARDIAN_MISSING in kinds_of:
                return replace(step(Step.GUARDIAN), what=need.minor)
            if kinds_of[0] in TO_FILE:
                return step(Step.FILE)
            if kinds_of[0] is Why.RESTRICTION_NOT_WRITTEN:
                return NextStep(Step.WRITE_RESTRICTION)
            if Why.PRINT_RUN_NOT_PLANNED in kinds_of:
                return NextStep(Step.WRITE_PRINT_RUN)
            if asked_again(terms):
                return replace(step(Step.WAIT_FOR_MORE), day=asked_again(terms))
            if all(why is Why.EXPIRED for why in kinds_of):
                return step(Step.ASK_FOR_NEW_TERM)
            return step(Step.ASK_FOR_MORE)
    return step(Step.ASK)


def theirs_to_give(item: PermissionItem) -> bool:
    """Whether a letter can help: not where something granted only wants filing or writing down by the author."""
    return item.status not in GRANTED or not all(reason.why in OURS for reason in item.reasons)
