"""Recognize a mail that answers a permission letter, and show its words that look like yes, no or a condition.

Nothing is granted here: a mail is evidence, and the author decides what it says. A letter is known by its Message-ID, which
is made of signer, address and day and so needs no list of letters sent; or by its subject, from somebody who was asked.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from milebook.model.book import Book
from milebook.model.slugs import slug
from milebook.permissions.addresses import addresses
from milebook.permissions.asked_again import asked_again
from milebook.permissions.clearance import PermissionItem
from milebook.permissions.letter_mail import message_id
from milebook.permissions.names import plain
from milebook.permissions.targets import Signer, people, waiting

YES, NO, CONDITION = "yes", "no", "condition"


class Said(NamedTuple):
    """A sentence of an answer that looks like `kind`: YES, NO or CONDITION."""

    kind: str
    sentence: str


@dataclass(frozen=True, slots=True)
class MailAnswer:
    """A mail that answers a letter. Names are shown as drafts may show them; `target` is what `permissions record` takes."""

    whom: str  # who was asked
    items: tuple[str, ...]  # ids of what was asked and is waiting
    asked_on: str  # ISO
    target: str
    evidence_stem: str  # for the name of the file under releases/
    other_address: bool  # the mail comes from another address than the letter went to

    def evidence(self, day: str, suffix: str = ".eml", taken: Collection[str] = ()) -> str:
        """Where to keep the mail, relative to the index's folder: "releases/ana-2026-2026-03-25.eml"."""
        stem = f"releases/{self.evidence_stem}{f'-{day}' if day else ''}"
        found, number = f"{stem}{suffix}", 1
        while found in taken:
            number += 1
            found = f"{stem}-{number}{suffix}"
        return found

    def command(self, day: str, evidence: str) -> str:
        """What to type if the answer is yes. `evidence` is a path relative to the index's folder."""
        target = f'"{self.target}"' if re.search(r"[^\w./-]", self.target) else self.target
        return f"milebook permissions record {target} --granted {day or 'DATE'} --evidence {evidence}"

    def line(self) -> str:
        """Which letter it answers, in a few words."""
        what = self.items[0] if len(self.items) == 1 else f"{len(self.items)} items"
        return f"answers the letter to {self.whom} of {self.asked_on} about {what}" + (
            ", from another address" if self.other_address else ""
        )


class Awaited:
    """The letters of a book that wait for an answer."""

    def __init__(self, book: Book, items: Iterable[PermissionItem]) -> None:
        listed = list(items)
        self._title = plain(book.info.title)
        self._by_id: dict[str, tuple[Signer, str, str]] = {}
        self._by_address: dict[str, list[tuple[Signer, str, str]]] = {}
        address_of = addresses(book, [item for item in listed if not item.whom.unknown])
        for person in people(book, listed):
            asked = tuple(item for item in person.items if waiting(item))
            email = address_of(asked[0]) if asked else ""
            one = Signer(person.name, asked)
            for day in dict.fromkeys(asked_again(item.terms) or item.terms.requested for item in asked):
                if email and day:
                    self._by_id[message_id(person.name, email, day)] = (one, email, day)
                    self._by_address.setdefault(email.casefold(), []).append((one, email, day))

    def find(self, *, sender: str, subject: str = "", references: Sequence[str] = ()) -> MailAnswer | None:
        """The letter that a mail answers. `references` are the ids in its In-Reply-To and References, the nearest last."""
        for reference in reversed(references):
            if found := self._by_id.get(f"<{reference.strip().strip('<>')}>"):
                return _answer(*found, sender)
        theirs = self._by_address.get(sender.strip().casefold(), [])
        if theirs and self._title and f" {self._title} " in f" {plain(subject)} " and _is_reply(subject):
            return _answer(*theirs[-1], sender)
        return None


_REPLY = re.compile(r"\s*(?:re|aw|sv|vs|antw|odp|r|rif|res|ref|ynt)\s*(?:\[\d+\])?\s*:", re.IGNORECASE)


def _is_reply(subject: str) -> bool:
    return bool(_REPLY.match(subject))


def _answer(person: Signer, email: str, day: str, sender: str) -> MailAnswer:
    ids = dict.fromkeys(item.agreement or item.item for item in person.items)
    named = next(iter(ids)) if len(ids) == 1 else person.name
    first = person.items[0]
    hidden = first.whom.withheld
    stem = first.agreement or (first.story or "book" if hidden else slug(person.name, first.story or "answer"))
    return MailAnswer(
        whom=str(first.whom),
        items=tuple(item.item for item in person.items),
        asked_on=day,
        target=named,
        evidence_stem=stem,
        other_address=sender.strip().casefold() != email.strip().casefold(),
    )


_NO = re.compile(
    r"\b(?:no|not|nor|never|don'?t|doesn'?t|can'?t|cannot|won'?t|wouldn'?t|refuse\w*|declin\w+|withdraw\w*|revoke\w*|rather you|"
    r"nein|nicht|non|ne pas)\b",
    re.IGNORECASE,
)
_YES = re.compile(
    r"\b(?:yes|yep|yeah|ok|okay|agree\w*|consent\w*|permission (?:is )?(?:granted|given)|grant\w*|you (?:may|can|have my)|go ahead|"
    r"happy to|glad to|gladly|with pleasure|feel free|of course|certainly|by all means|fine (?:by|with) me|approved?|allowed?|sure|"
    r"ja|einverstanden|gerne|oui|d'accord|sí|de acuerdo)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:but|if|only|unless|until|except|provided|providing|as long as|so long as|on condition|condition\w*|however|instead|"
    r"without|change\w*|correct\w*|remove|leave out|fees?|paid|pay|payment|charge|\$\s?\d+|€\s?\d+|cop(?:y|ies)|credit\w*|initials|"
    r"anonym\w*|pseudonym|first name|not my|wenn|aber|nur|sauf|mais|seulement)\b",
    re.IGNORECASE,
)


def said(text: str) -> list[Said]:
    """The sentences of an answer that look like yes, no or a condition, in order; one sentence may be several."""
    found = []
    own = "\n".join(line for line in text.replace("’", "'").split("\n") if not line.lstrip().startswith(">"))
    for sentence in re.split(r"(?<=[.!?…])\s+|\n+", own):
        words = " ".join(sentence.split())
        for kind, pattern in ((YES, _YES), (NO, _NO), (CONDITION, _CONDITION)):
            if pattern.search(words):
                found.append(Said(kind, words if len(words) <= 200 else words[:199] + "…"))
    return found
