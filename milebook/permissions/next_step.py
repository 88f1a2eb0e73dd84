"""Decide what to do next about a need that is not clear."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from milebook.permissions.asked_again import asked_again
from milebook.permissions.kind import Kind
from milebook.permissions.kinds import item_id
from milebook.permissions.names import Who
from milebook.permissions.need import Need
from milebook.permissions.reasons import TO_FILE, Reason, Why
from milebook.permissions.steps import NextStep, Step
from milebook.permissions.subjects import COVER, Subject


def next_step(kind: Kind, need: Need, subject: Subject, whom: Who, reasons: Sequence[Reason]) -> NextStep:
    """What to do about a need that is not clear, for these `reasons`."""
    terms = need.terms
    kinds_of = [reason.why for reason in reasons]
    title = subject.title if subject.story else ""
    find_out = need.find_out if whom.unknown else ""

    def step(what: Step) -> NextStep:
        return NextStep(what, whom, title, find_out=find_out)

    if Why.TO_POST in kinds_of:
        return replace(step(Step.POST), item=item_id(subject, need))
    if Why.ANSWER_UNREAD in kinds_of:
        return NextStep(Step.READ_ANSWER, item=item_id(subject, need))
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
            return _for_more(need, kinds_of, step)
    return step(Step.ASK)


def _for_more(need: Need, kinds_of: Sequence[Why], step: Callable[[Step], NextStep]) -> NextStep:
    """What to do where something is granted, and that is not enough."""
    day = asked_again(need.terms)
    if Why.GUARDIAN_UNDER_SHORTER_NAME in kinds_of:
        return NextStep(Step.FULL_NAME, what=need.guardian)
    if Why.GUARDIAN_MISSING in kinds_of:
        return replace(step(Step.GUARDIAN), what=need.minor)
    if Why.SIGNER_NOT_KNOWN in kinds_of:
        return step(Step.ASK)
    if kinds_of[0] in TO_FILE:
        return step(Step.FILE)
    if kinds_of[0] is Why.RESTRICTION_NOT_WRITTEN:
        return NextStep(Step.WRITE_RESTRICTION)
    if Why.PRINT_RUN_NOT_PLANNED in kinds_of:
        return NextStep(Step.WRITE_PRINT_RUN)
    if day:
        return replace(step(Step.WAIT_FOR_MORE), day=day)
    return step(Step.ASK_FOR_NEW_TERM if all(why is Why.EXPIRED for why in kinds_of) else Step.ASK_FOR_MORE)
