"""Warnings about agreements that leave something unsaid, or that somebody else has signed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from milebook.model.book import GRANTED, Agreement
from milebook.model.findings import Finding, Related
from milebook.permissions.names import same_name
from milebook.permissions.need import Need
from milebook.permissions.signers import guardian_signed, nobody_named, share_a_word, strangers, who_signs
from milebook.permissions.subjects import Subject

if TYPE_CHECKING:
    from milebook.permissions.permission_item import PermissionItem


def agreement_doubts(terms: Agreement, label: str, *, looked: bool) -> Iterator[Finding]:
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
            "add reason: and say why, as in public domain, our own text, CC BY license",
        )


def two_signers(item: PermissionItem, other: PermissionItem) -> bool:
    """Whether two items were granted by different people, as far as their agreements say. One agreement is one form."""
    if item.agreement and item.agreement == other.agreement:
        return False
    one, two = (each.terms.signer or who_signs(each.need) for each in (item, other))
    return bool(one and two) and not same_name(one, two)


def shared_evidence(item: PermissionItem, other: PermissionItem) -> Finding:
    """One file as the evidence of two people."""
    return Finding(
        "MB320",
        f"the evidence of {item.label} is the same file as that of {other.label}, but {item.signer} and {other.signer} "
        "are two people",
        item.terms.at("evidence"),
        "each of them has to agree: file what each one signed or wrote, unless both have signed this one",
    )


def item_doubts(need: Need, subject: Subject) -> Iterator[Finding]:
    """What is odd about one item although its words are known."""
    terms, photo = need.terms, need.photo
    yield from _by_nobody(need)
    if need.name:  # only a text's need is about its writer
        yield from strangers(need, subject)
    if need.person is None and need.minor and not need.guardian and not guardian_signed(need):
        own = bool(subject.contributor.guardian)
        yield Finding(
            "MB308",
            f"{need.minor} is under 18, {'and cannot be the guardian too' if own else 'but no guardian is named'}",
            need.about,
            "write the name of the parent or guardian who signs, and who that is if both have one name: “Bo Lee, her father”"
            if own
            else "add guardian: to the contributor, with the name of the parent or guardian who signs",
        )
    if photo is not None and need.person is None:
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
                f"{need.label}: the license of a stock photo nearly always has a limit of copies, and none is written down",
                terms.at("status"),
                "add print_run_cap: and the number of copies that the license allows",
            )
    if need.person is not None and photo is not None and not photo.stock and not need.minor:
        signer = terms.signer
        if terms.status in GRANTED and signer and need.asks and not share_a_word(signer, need.asks):
            yield Finding(
                "MB309",
                f"{need.label}: the release comes from {signer}, but only the person shown can give it",
                need.place,
                f"get {need.asks}'s own release; or if it is the same person, write the name alike",
            )


def _by_nobody(need: Need) -> Iterator[Finding]:
    """A note where a photo, quotation or reprint is granted by nobody who is named."""
    terms = need.terms
    if terms.status in GRANTED and not who_signs(need) and not nobody_named(need):
        yield Finding(
            "MB329",
            f"{need.label}: granted, but the index does not say by whom",
            terms.at("status"),
            "add signer: with the name of the person or firm that granted it",
        )
