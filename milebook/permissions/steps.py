"""What to do next about an open item, as a value, and the words for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from milebook.permissions.names import Who


class Step(Enum):
    """What the authors can do next about an open item."""

    ASK = auto()
    READ_ANSWER = auto()
    ASK_AGAIN = auto()
    ASK_FOR_NEW_TERM = auto()
    ASK_FOR_MORE = auto()
    POST = auto()
    WAIT = auto()
    WAIT_FOR_MORE = auto()
    GUARDIAN = auto()
    FULL_NAME = auto()
    FILE = auto()
    WRITE_RESTRICTION = auto()
    WRITE_PRINT_RUN = auto()
    WRITE_REASON = auto()
    OTHER_COVER = auto()
    LEAVE_OUT_PHOTO = auto()
    LEAVE_OUT = auto()


_NOT_IN_QUOTES = frozenset('"$`\\!%')


@dataclass(frozen=True, slots=True)
class NextStep:
    """One step with whom it concerns. `title` is the story's, for a contributor who must not be named."""

    step: Step
    whom: Who = Who()
    title: str = ""
    what: str = ""  # who is under age, or the full name of a guardian
    day: str = ""
    find_out: str = ""  # what to write so that somebody can be asked
    item: str = ""  # what it is about: "tree-at-the-corner/text"


READ_ANSWER = (
    "read answer: under source: in the index; if it is a no: milebook permissions record {item} --status refused; "
    "if not: the same with --status to_request, and then ask"
)
WORDS: dict[Step, str] = {
    Step.ASK: "ask {whom}",
    Step.READ_ANSWER: READ_ANSWER,
    Step.ASK_AGAIN: "ask {whom} again, or leave it out",
    Step.ASK_FOR_NEW_TERM: "ask {whom} for a new term",
    Step.ASK_FOR_MORE: "ask {whom} for more",
    Step.POST: "post the letter to {whom}, then: {command}",
    Step.WAIT: "wait for {whom}, or ask again",
    Step.WAIT_FOR_MORE: "wait for {whom}, asked again {day}",
    Step.GUARDIAN: "get the signature of {what}'s guardian{named}",
    Step.FULL_NAME: "if it is the same person, write signer: {what}; if not, get the guardian's signature",
    Step.FILE: "file what {whom} signed or wrote",
    Step.WRITE_RESTRICTION: "write down what is restricted",
    Step.WRITE_PRINT_RUN: "write print_run: under book.editions",
    Step.WRITE_REASON: "write the reason, or ask for permission",
    Step.OTHER_COVER: "take another cover",
    Step.LEAVE_OUT_PHOTO: "leave the photo out",
    Step.LEAVE_OUT: "leave the story out, or change it",
}


def sent_command(whom: Who, item: str) -> str:
    """The line to copy that notes that a letter was posted: by name, or by `item`, an agreement or item, where the name
    may not be shown or a terminal would read more into it.
    """
    named = whom.name and not whom.withheld and not whom.unknown and not set(whom.name) & _NOT_IN_QUOTES
    return f'milebook permissions sent "{whom.name}"' if named else f"milebook permissions sent {item}"


def worded(next_step: NextStep) -> str:
    """A step in a few words. Whoever must not be named is described by the story."""
    if next_step.find_out and next_step.step is Step.ASK:
        return next_step.find_out
    who, words = next_step.whom, WORDS[next_step.step]
    hidden = who.withheld and bool(next_step.title)
    whom = str(who)
    if hidden:
        whom = f"the contributor of “{next_step.title}”"
        if who.signs_for:
            whom = f"whoever signs for {whom}"
    line = words.format(
        whom=whom,
        named=f", {whom}" if not who.unknown else "",
        what=next_step.what,
        day=next_step.day,
        command=sent_command(who, next_step.item),
        item=next_step.item,
    )
    if hidden and ("{whom}" in words or "{named}" in words):
        return f"{line}; the name is in the index"
    return f"{line} ({next_step.find_out})" if next_step.find_out else line
