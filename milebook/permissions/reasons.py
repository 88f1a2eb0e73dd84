"""Why something is not clear, as values: what was found, with its names, days and numbers, and the words for it.

Decisions are made on `Reason.why`. WORDS are used once, when a reason is shown, and can be changed without changing what
milebook does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from milebook.permissions.names import listed


class Why(Enum):
    """The kinds of reasons. Which arguments a Reason of each kind has is in WORDS."""

    NOT_ASKED = auto()
    ANSWER_UNREAD = auto()
    TO_POST = auto()
    NO_ANSWER = auto()
    NO_REPLY = auto()
    REFUSED = auto()
    WITHDRAWN = auto()
    TERM_OVER = auto()  # the status says so
    STATUS_UNKNOWN = auto()
    GUARDIAN_MISSING = auto()
    GUARDIAN_UNDER_SHORTER_NAME = auto()
    SIGNER_NOT_KNOWN = auto()
    NOTHING_FILED = auto()
    EVIDENCE_UNREADABLE = auto()
    EVIDENCE_ABSENT = auto()
    EVIDENCE_EMPTY = auto()
    FORMATS = auto()
    TERRITORY = auto()
    TERRITORY_UNKNOWN = auto()
    LANGUAGES = auto()
    EXPIRED = auto()  # granted, but its last day is past
    PRINT_RUN = auto()
    PRINT_RUN_NOT_PLANNED = auto()
    RESTRICTION_NOT_WRITTEN = auto()
    NO_REASON = auto()
    LYRIC = auto()


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason with its arguments; those that its kind does not need are empty."""

    why: Why
    what: str = ""  # a name, a path, a territory or a status
    day: str = ""  # ISO
    granted: tuple[str, ...] = ()  # formats or languages, as the index writes them
    planned: tuple[str, ...] = ()
    copies: int = 0  # at most
    print_run: int = 0
    other: str = ""  # a second name, or the day that a term is counted from where the book has no date


WORDS: dict[Why, str] = {
    Why.NOT_ASKED: "not asked yet",
    Why.ANSWER_UNREAD: "not asked; the form's answer looks like a no, and is not recorded",
    Why.TO_POST: "letter of {day} to be posted",
    Why.NO_ANSWER: "asked{on_day}, no answer yet",
    Why.NO_REPLY: "asked{on_day}, no reply: silence is not consent",
    Why.REFUSED: "refused",
    Why.WITHDRAWN: "withdrawn",
    Why.TERM_OVER: "expired{on_day}",
    Why.STATUS_UNKNOWN: "status “{what}” is not known",
    Why.GUARDIAN_MISSING: "guardian's signature missing for {what}",
    Why.GUARDIAN_UNDER_SHORTER_NAME: "signed by “{what}”, who seems to be {other}: write the full name as signer",
    Why.SIGNER_NOT_KNOWN: "granted, but nobody is named who could grant it",
    Why.NOTHING_FILED: "no evidence filed",
    Why.EVIDENCE_UNREADABLE: "evidence cannot be read: {what}",
    Why.EVIDENCE_ABSENT: "evidence missing: {what}",
    Why.EVIDENCE_EMPTY: "evidence is empty: {what}",
    Why.FORMATS: "{granted_formats} only, you also make {planned_formats}",
    Why.TERRITORY: "{what} only, you publish in {planned_territory}",
    Why.TERRITORY_UNKNOWN: "territory “{what}” is not a word milebook knows",
    Why.LANGUAGES: "{granted} only, you also publish in {planned}",
    Why.EXPIRED: "expired{on_day}{counted}",
    Why.PRINT_RUN: "{copies:,} copies at most, you print {print_run:,}",
    Why.PRINT_RUN_NOT_PLANNED: "{copies:,} copies at most, and book.editions names no print_run",
    Why.RESTRICTION_NOT_WRITTEN: "granted with restrictions, but which is not written down",
    Why.NO_REASON: "marked not needed, but no reason is given",
    Why.LYRIC: "song lyrics always need permission, fair use or not",
}
FORMAT_WORDS = {"print": "print", "ebook": "e-book", "audio": "audiobook"}
MADE_WORDS = {"print": "a printed book", "ebook": "an e-book", "audio": "an audiobook"}

OURS = frozenset(
    {
        Why.NOTHING_FILED,
        Why.EVIDENCE_UNREADABLE,
        Why.EVIDENCE_ABSENT,
        Why.EVIDENCE_EMPTY,
        Why.RESTRICTION_NOT_WRITTEN,
        Why.PRINT_RUN_NOT_PLANNED,
        Why.GUARDIAN_UNDER_SHORTER_NAME,
    }
)
"""Reasons that the author can settle alone, by filing or writing something down: no letter helps."""
TO_FILE = frozenset({Why.NOTHING_FILED, Why.EVIDENCE_UNREADABLE, Why.EVIDENCE_ABSENT, Why.EVIDENCE_EMPTY})


def worded(reason: Reason) -> str:
    """A reason in a few words."""
    world = reason.planned in ((), ("world",))
    return WORDS[reason.why].format(
        what=reason.what,
        other=reason.other,
        counted=f" (counted from {reason.other}, the newest date in the index)" if reason.other else "",
        day=reason.day,
        on_day=f" {reason.day}" if reason.day else "",
        granted=listed(reason.granted),
        planned=listed(reason.planned),
        granted_formats=listed(FORMAT_WORDS.get(word, word) for word in reason.granted),
        planned_formats=listed(MADE_WORDS.get(word, word) for word in reason.planned),
        planned_territory="the whole world" if world else listed(reason.planned),
        copies=reason.copies,
        print_run=reason.print_run,
    )


def all_worded(reasons: Iterable[Reason]) -> str:
    """Several reasons in one line."""
    return "; ".join(dict.fromkeys(map(worded, reasons)))
