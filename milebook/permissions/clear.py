"""The permission items of a Book, each with whether it is clear and, if not, why and what to do next.

Clear means granted, evidence on file, and a scope that covers `book.editions`; or "not needed" with a reason. Silence is
never consent: whatever has no permission written down is still to be requested.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from milebook.markdown.facts import ANEW, Facts
from milebook.model.book import Agreement, Book, Chapter, Story
from milebook.model.findings import Finding, Place, Related
from milebook.permissions.asked_again import asked_again, other_notes
from milebook.permissions.cover import every_need, item_id, name_shown
from milebook.permissions.evidence import Evidence, EvidenceBox
from milebook.permissions.kinds import Kind, Need
from milebook.permissions.privacy import names_leaked
from milebook.permissions.scope import editions_findings, gaps, scope_findings
from milebook.permissions.signers import GRANTED, guardian_signed, share_a_word, strangers, who_signs
from milebook.permissions.undeclared_quotes import undeclared_quotes

if TYPE_CHECKING:
    from milebook.source import BookFolder

BARRED = ("refused", "withdrawn")


@dataclass(frozen=True, slots=True)
class PermissionItem:
    """One thing that needs a permission. Nothing in it is private but `terms`: names that must not be printed are
    withheld in `label`, `signer` and `next_step`."""

    item: str  # "tree-at-the-corner/photo/1/person/1", "book/cover"
    kind: str  # a key of KINDS
    label: str  # "photo by Ben Example: All smiles…"
    story: str  # id, "" for the cover
    title: str  # the story's, or "Cover"
    chapter: str  # id, "" for the cover
    agreement: str  # id, "" for one written where it is used
    signer: str  # whom to ask, in words
    status: str
    clear: bool
    why: str  # one line, "" when clear
    next_step: str  # one line, "" when clear
    place: Place
    evidence: str  # path relative to the book folder
    evidence_sha256: str
    figure: str  # "1.2"; "" for the cover and for what is no photo
    terms: Agreement
    noun: Place  # of the story, photo, person, quote or source whose permission it is
    chapter_number: int = 0
    sub: str = ""  # of a quote: lyric, poem …; of a photo: stock, cover
    missing: str = ""  # what to write so that milebook knows whom to ask; "" where somebody can be asked


class Summary(NamedTuple):
    """How far the book is: needed = clear + open. `not_needed` of the clear ones need nothing, for a reason given."""

    needed: int
    clear: int
    open: int
    not_needed: int
    barred: int  # of the open ones: refused or withdrawn


def items(
    book: Book, folder: BookFolder | None, today: str, facts: Facts = ANEW
) -> tuple[tuple[PermissionItem, ...], list[Finding]]:
    """Every item of the cover and the selected stories in book order, and what is wrong with what the index says about them.

    `today` is the date of the draft (Stamp.date, never the clock's): a term that ended before it has expired. Without a
    folder no evidence file is looked for.
    """
    box = EvidenceBox(folder, book.index_path)
    findings = [*editions_findings(book.info), *names_leaked(book), *undeclared_quotes(book, facts)]
    found: list[PermissionItem] = []
    seen: set[tuple[str, Place]] = set()
    for chapter, story, kind, need in every_need(book):
        agreement = (need.terms.id, need.terms.place)
        if agreement not in seen:
            seen.add(agreement)
            findings += scope_findings(need.terms, book.info.date)
            findings += _agreement_doubts(need.terms, need.label, looked=folder is not None)
        evidence = box.look(need.terms) if need.terms.status in GRANTED else Evidence()
        found.append(_item(book, chapter, story, kind, need, evidence, today))
        findings += _doubts(kind, need)
        if kind.name == "text":
            findings += strangers(need, story, book)
    return tuple(found), sorted(findings + box.findings, key=lambda finding: finding.place)


def summary(found: tuple[PermissionItem, ...]) -> Summary:
    clear = sum(item.clear for item in found)
    return Summary(
        needed=len(found),
        clear=clear,
        open=len(found) - clear,
        not_needed=sum(item.status == "not_needed" and item.clear for item in found),
        barred=sum(item.status in BARRED for item in found),
    )


def _item(
    book: Book, chapter: Chapter, story: Story, kind: Kind, need: Need, evidence: Evidence, today: str
) -> PermissionItem:
    terms = need.terms
    signer = name_shown(who_signs(need), story, book) or need.unknown
    missing = "" if who_signs(need) else need.cure
    why = "; ".join(dict.fromkeys(_why(book, need, evidence, today)))
    return PermissionItem(
        item=item_id(story, need),
        kind=kind.name,
        label=need.label,
        story=story.id,
        title=story.title,
        chapter=chapter.id,
        agreement=terms.id,
        signer=signer,
        status=terms.status,
        clear=not why,
        why=why,
        next_step=_advice(kind, need, story, signer, why, missing) if why else "",
        place=need.place,
        evidence=evidence.path,
        evidence_sha256=evidence.sha256,
        figure=need.photo.number if need.photo else "",
        terms=terms,
        noun=need.noun,
        chapter_number=chapter.number,
        sub=need.sub,
        missing=missing,
    )


def _why(book: Book, need: Need, evidence: Evidence, today: str) -> Iterator[str]:
    terms = need.terms
    asked = f"asked {terms.requested}" if terms.requested else "asked"
    match terms.status:
        case "granted" | "granted_restricted":
            if need.minor and not guardian_signed(need):
                yield f"guardian's signature missing for {need.minor}"
            if evidence.lacking:
                yield evidence.lacking
            yield from gaps(terms, book.info, today)
            if terms.status == "granted_restricted" and not _restriction_written(terms):
                yield "granted with restrictions, but which is not written down"
        case "not_needed":
            if not terms.reason.strip():
                yield "marked not needed, but no reason is given"
            elif need.sub == "lyric" and _fair_use(terms.reason):
                yield "song lyrics always need permission, fair use or not"
        case "to_request":
            yield "not asked yet"
        case "requested":
            yield f"{asked}, no answer yet"
        case "no_reply":
            yield f"{asked}, no reply: silence is not consent"
        case "refused":
            yield "refused"
        case "withdrawn":
            yield "withdrawn"
        case "expired":
            yield f"expired {terms.expires}".rstrip()
        case other:
            yield f"status “{other}” is not known"


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


def _advice(kind: Kind, need: Need, story: Story, signer: str, why: str, missing: str) -> str:
    """The next step, with a way to whoever is not named in it."""
    hidden = " (name withheld)" in signer and bool(story.id)
    if not hidden:
        return _next_step(kind, need, signer, why) + (f" ({missing})" if missing else "")
    whom = f"the contributor of “{story.title}”"
    if signer.startswith("signer for "):
        whom = f"whoever signs for {whom}"
    step = _next_step(kind, need, whom, why)
    return f"{step}; the name is in the index" if whom in step else step


def _next_step(kind: Kind, need: Need, signer: str, why: str) -> str:
    match need.terms.status:
        case "refused" | "withdrawn":
            if need.sub == "cover" or need.suffix.startswith("cover/"):
                return "take another cover"
            return "leave the photo out" if kind.leaves_out == "photo" else "leave the story out, or change it"
        case "requested":
            return f"wait for {signer}, or ask again"
        case "no_reply":
            return f"ask {signer} again, or leave it out"
        case "expired":
            return f"ask {signer} for a new term"
        case "not_needed":
            return "write the reason, or ask for permission" if not need.terms.reason.strip() else f"ask {signer}"
        case "granted" | "granted_restricted":
            if need.minor and not guardian_signed(need):
                whose = f"{need.minor}'s guardian"
                return f"get the signature of {whose}" + (f", {signer}" if signer != whose else "")
            if why.startswith(_OURS[:2]):
                return f"file what {signer} signed or wrote"
            if why.startswith(_OURS[2]):
                return "write down what is restricted"
            if "names no print_run" in why:
                return "write print_run: under book.editions"
            if asked_again(need.terms):
                return f"wait for {signer}, asked again {asked_again(need.terms)}"
            if all(reason.startswith("expired ") for reason in why.split("; ")):
                return f"ask {signer} for a new term"
            return f"ask {signer} for more: {why}"
    return f"ask {signer}"


def _agreement_doubts(terms: Agreement, label: str, *, looked: bool) -> Iterator[Finding]:
    """What one agreement leaves unsaid, reported once however many items it covers."""
    name = f"agreement “{terms.id}”" if terms.id else label
    if terms.status in GRANTED and not terms.evidence and looked:
        yield Finding(
            "MB304",
            f"{name} is granted, but no evidence is filed",
            terms.at("status"),
            "save the signed form or the e-mail under stories/releases and name it: evidence: releases/…",
        )
    if terms.status == "not_needed" and not terms.reason.strip():
        yield Finding(
            "MB305",
            f"{name} is marked as not needed, but no reason is given",
            terms.at("status"),
            "add reason: and say why, as in public domain, our own text, CC BY licence",
        )


_OURS = ("no evidence", "evidence ", "granted with restrictions")


def theirs_to_give(item: PermissionItem) -> bool:
    """Whether a letter can help: not where something granted only wants filing or writing down by the author."""
    reasons = item.why.split("; ")
    return item.status not in GRANTED or not all(
        one.startswith(_OURS) or "names no print_run" in one for one in reasons
    )


def _doubts(kind: Kind, need: Need) -> Iterator[Finding]:
    """What is odd about one item although its words are known."""
    terms, photo = need.terms, need.photo
    if kind.name == "text" and need.minor and not need.guardian and not guardian_signed(need):
        yield Finding(
            "MB308",
            f"{need.minor} is under 18, but no guardian is named",
            need.about,
            "add guardian: to the contributor, with the name of the parent or guardian who signs",
        )
    if kind.name == "photo" and photo is not None:
        if terms.credit and photo.credit and photo.credit != terms.credit:
            yield Finding(
                "MB306",
                f"the credit of photo {photo.file} is “{photo.credit}”, but the holder demands “{terms.credit}”, "
                "which is what is printed",
                photo.at("credit"),
                "copy the demanded wording, or take the photo's own credit out",
                (Related("demanded here", terms.at("credit")),),
            )
        if photo.stock and terms.status in GRANTED and not terms.print_run_cap and "print_run_cap" not in terms.places:
            yield Finding(
                "MB307",
                f"{need.label}: the licence of a stock photo nearly always has a limit of copies, and none is written down",
                terms.at("status"),
                "add print_run_cap: and the number of copies that the licence allows",
            )
    if kind.name == "person" and photo is not None and not photo.stock and not need.minor:
        signer = terms.signer
        if terms.status in GRANTED and signer and need.asks and not share_a_word(signer, need.asks):
            yield Finding(
                "MB309",
                f"{need.label}: the release comes from {signer}, but only the person shown can give it",
                need.place,
                f"get {need.asks}'s own release; or if it is the same person, write the name alike",
            )
