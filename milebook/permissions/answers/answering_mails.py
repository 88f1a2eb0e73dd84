"""Recognize a mail that answers a permission letter, or reports that the letter did not arrive.

Nothing is granted here: a mail is evidence, and the author decides what it says. A letter is known by its Message-ID, which
is made of signer, address and day and so needs no list of letters sent; or by its subject, from somebody who was asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from milebook.model.book import Book
from milebook.model.command_words import command_word
from milebook.model.slugs import free_name, slug
from milebook.permissions.addresses import addresses, children
from milebook.permissions.answers.answered_items import Signer, people, waiting
from milebook.permissions.asked_again import asked_again
from milebook.permissions.names import plain
from milebook.permissions.permission_item import PermissionItem
from milebook.permissions.requests.letter_mail import message_id


@dataclass(frozen=True, slots=True)
class MailAnswer:
    """A mail that answers a letter. Names are shown as drafts may show them; `target` is what `permissions record` takes."""

    whom: str  # who was asked
    items: tuple[str, ...]  # ids of what was asked and is waiting
    asked_on: str  # ISO
    target: str
    evidence_stem: str  # for the name of the file under releases/
    to: str  # the name for `permissions request --to`, "NAME" where it must not be shown
    other_address: bool  # the mail comes from another address than the letter went to
    child: str = ""  # who is under age and sent it, where a guardian was asked

    def evidence(self, day: str, suffix: str = ".eml", taken: Collection[str] = ()) -> str:
        """Where to keep the mail, relative to the index's folder: "releases/ana-2026-2026-03-25.eml"."""
        stem = f"releases/{self.evidence_stem}{f'-{day}' if day else ''}"
        return free_name(stem, taken.__contains__, suffix)

    def command(self, day: str, evidence: str, only: Sequence[str] = (), *, formats: str = "") -> str:
        """What to type if the answer is yes, to these items `only` if not to all. `evidence` is relative to the index's folder;
        `formats` are what alone is granted."""
        limit = f" --formats {formats}" if formats else ""
        return f"{self._record} --granted {day or 'DATE'} --evidence {evidence}{limit}{_only(only)}"

    def refusing(self, only: Sequence[str] = ()) -> str:
        """What to type if the answer is no."""
        return f"{self._record} --status refused{_only(only)}"

    def asking_again(self) -> str:
        """What to type to write once more to somebody whose address was wrong."""
        return f"milebook permissions record {self.to} --email ADDRESS, then milebook permissions request --again --to {self.to}"

    @property
    def _record(self) -> str:
        return f"milebook permissions record {command_word(self.target)}"

    @property
    def letter(self) -> str:
        """Which letter, in a few words."""
        return f"the letter to {self.whom} of {self.asked_on}"

    def line(self) -> str:
        """Which letter it answers, in a few words."""
        what = self.items[0] if len(self.items) == 1 else f"{len(self.items)} items"
        return f"answers {self.letter} about {what}" + self._from()

    def _from(self) -> str:
        if self.child:
            return f", from {self.child}, who is under age, and not from {self.whom}"
        return ", from another address" if self.other_address else ""


def _only(items: Sequence[str]) -> str:
    return "".join(f" --only {item}" for item in items)


class Awaited:
    """The letters of a book that wait for an answer."""

    def __init__(self, book: Book, items: Iterable[PermissionItem]) -> None:
        listed = list(items)
        self._title = plain(book.info.title)
        self._by_id: dict[str, tuple[Signer, str, str]] = {}
        self._by_address: dict[str, list[tuple[Signer, str, str]]] = {}
        self._child_senders: dict[tuple[str, str], str] = {}  # by who was asked and the child's address
        address_of = addresses(book, [item for item in listed if not item.whom.unknown])
        for person in people(book, listed):
            asked = tuple(item for item in person.items if waiting(item))
            email = address_of(asked[0]) if asked else ""
            one = Signer(person.name, asked)
            for day in dict.fromkeys(asked_again(item.terms) or item.terms.requested for item in asked):
                if email and day:
                    self._by_id[message_id(person.name, email, day)] = (one, email, day)
                    self._by_address.setdefault(email.casefold(), []).append((one, email, day))
            self._await_children(book, one, email)

    def _await_children(self, book: Book, asked: Signer, email: str) -> None:
        """Expect answers from children for whom somebody was asked at `email`, or by post: they may write themselves."""
        theirs = {item.story for item in asked.items if item.need.minor}
        for child, name in children(story for story in book.stories if story.id in theirs).items():
            for day in dict.fromkeys(asked_again(item.terms) or item.terms.requested for item in asked.items):
                if day and child.casefold() != email.strip().casefold():
                    self._by_id.setdefault(message_id(asked.name, child, day), (asked, child, day))
                    self._by_address.setdefault(child.casefold(), []).insert(0, (asked, child, day))
                    self._child_senders[asked.name, child.casefold()] = name

    def find(self, *, sender: str, subject: str = "", references: Sequence[str] = ()) -> MailAnswer | None:
        """The letter that a mail answers. `subject` is that of a mail marked as a reply, "" for another.

        `references` are the ids in its In-Reply-To and References, the nearest last.
        """
        for reference in reversed(references):
            if found := self._by_id.get(f"<{reference.strip().strip('<>')}>"):
                return self._sent_by(_answer(*found, sender), found[0], sender)
        theirs = self._by_address.get(sender.strip().casefold(), [])
        if theirs and self._title and f" {self._title} " in f" {plain(subject)} ":
            return self._sent_by(_answer(*theirs[-1], sender), theirs[-1][0], sender)
        return None

    def _sent_by(self, answer: MailAnswer, asked: Signer, sender: str) -> MailAnswer:
        """The answer with the child who sent it, where a guardian was asked."""
        return replace(answer, child=self._child_senders.get((asked.name, sender.strip().casefold()), ""))

    def about(self, ids: Sequence[str], addresses: Sequence[str] = ()) -> MailAnswer | None:
        """The letter that a report of a mail server is about: by a Message-ID in it, or by the only address that was written to."""
        for one in ids:
            if found := self._by_id.get(f"<{one}>"):
                return _answer(*found, found[1])
        named = [theirs[-1] for address in addresses if (theirs := self._by_address.get(address))]
        return _answer(*named[0], named[0][1]) if len(named) == 1 else None


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
        to="NAME" if hidden or '"' in person.name else f'"{person.name}"',
        other_address=sender.strip().casefold() != email.strip().casefold(),
    )
