"""Letters that ask for permission: everything open that is one person's to give, in one letter.

The template (`letter.md` of the layout “letter”) is text with names in braces ({signer}, {items} …) that are replaced once, as they stand; nothing in it is run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from milebook.model.book import GRANTED, Book
from milebook.model.english_dates import english_date
from milebook.permissions.addresses import addresses
from milebook.permissions.answers.answered_items import waiting
from milebook.permissions.kinds import KINDS
from milebook.permissions.names import folded, listed
from milebook.permissions.obstacles import ASKABLE, to_post
from milebook.permissions.permission_item import PermissionItem
from milebook.permissions.reasons import OURS
from milebook.permissions.requests.asked import Asked, Letterhead
from milebook.permissions.requests.request_texts import plainly
from milebook.permissions.requests.shared_sentences import (
    book_named,
    closed,
    editions_sentence,
    greeting,
    naming_sentence,
    offered,
    reminder,
    so_far,
)
from milebook.permissions.signers import who_signs

DAYS_TO_ANSWER = 28  # after the day of a letter; the help of `permissions request` says four weeks
PLACEHOLDERS = (
    "signer", "items", "guardian", "book", "title", "authors", "editions", "credits", "contact", "publisher", "date",
    "answer_by", "greeting", "reminder", "We_are", "We", "we", "us",
)  # fmt: skip

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class Letter(NamedTuple):
    """One letter to one person. `asked` says what is asked for, in the order of `items`."""

    signer: str
    email: str  # "" where none is known
    subject: str
    body: str
    items: tuple[PermissionItem, ...]
    asked: tuple[Asked, ...] = ()
    guardian_of: tuple[str, ...] = ()  # children for whom the signer signs
    answer_by: str = ""  # ISO
    listings: tuple[str, ...] = ()  # the words of `asked`, as they stand in `body`


def letters(
    book: Book,
    items: Iterable[PermissionItem],
    template: str,
    *,
    again: bool = False,
    date: str = "",
    answer_by: str = "",
) -> list[Letter]:
    """One letter a signer for everything open that is theirs to grant, in the order in which the book needs them.

    A name with two addresses gets two letters: they may be two people, and neither must be asked for what is the other's.
    What has been asked already is asked again only with `again`; a refusal is never asked about again. Where nobody is
    known by name there is no letter: it would be a letter to nobody.
    """
    groups: dict[tuple[str, str], list[PermissionItem]] = {}
    items = list(items)
    address_of = addresses(book, items)
    for item in items:
        if not item.whom.unknown and to_ask(item, again=again):
            groups.setdefault((folded(who_signs(item.need)), address_of(item)), []).append(item)
    until = answer_by or _later(date)
    return [_letter(book, found, address, template, date, until) for (_, address), found in groups.items()]


def to_ask(item: PermissionItem, *, again: bool = False) -> bool:
    """Whether somebody is to be asked for an item now: it is open, theirs to give, and not waiting for an answer."""
    asked = waiting(item) or to_post(item.terms)
    if item.need.unread:
        return False
    return not item.clear and item.status in (*ASKABLE, *GRANTED) and (again or not asked) and theirs_to_give(item)


def theirs_to_give(item: PermissionItem) -> bool:
    """Whether a letter can help: not where something granted only wants filing or writing down by the author."""
    return item.status not in GRANTED or not all(reason.why in OURS for reason in item.reasons)


def unknown_placeholders(template: str) -> list[str]:
    """Names in braces that no letter has a value for."""
    return [name for name in dict.fromkeys(_PLACEHOLDER.findall(template)) if name not in PLACEHOLDERS]


def _later(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=DAYS_TO_ANSWER)).isoformat() if day else ""


def _letter(
    book: Book, found: Sequence[PermissionItem], email: str, template: str, date: str, answer_by: str
) -> Letter:
    info = book.info
    signer = who_signs(found[0].need)
    head = Letterhead(info, signer)
    asked = tuple(ask(item, head) for item in found)
    listings = tuple(_listing(number, one) for number, one in enumerate(asked, 1))
    children = tuple(dict.fromkeys(_child(item) for item in found if item.need.minor))
    values = _values(book, found, head, listings, children, (date, answer_by))
    filled = _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), template.replace("\r\n", "\n"))
    filled = re.sub(r"(?<=\S) {2,}", " ", re.sub(r"\n{3,}", "\n\n", filled))  # around what is empty in this letter
    subject, body = f"Permission to print in “{info.title}”", filled
    if filled.startswith("Subject:"):
        line, _, body = filled.partition("\n")
        subject = line.removeprefix("Subject:")
    return Letter(
        signer,
        email,
        " ".join(subject.split()),
        body.strip() + "\n",
        tuple(found),
        asked,
        children,
        answer_by,
        listings,
    )


def _values(
    book: Book,
    found: Sequence[PermissionItem],
    head: Letterhead,
    listings: Sequence[str],
    children: Sequence[str],
    days: tuple[str, str],
) -> dict[str, str]:
    """What stands in a letter for each name in braces; `days` are that of the letter, and the last one to answer."""
    info = book.info
    return {
        "signer": head.signer,
        "items": "\n\n".join(listings),
        "greeting": greeting(head.signer),
        "reminder": reminder(found, head.we),
        "guardian": _to_guardian(found, children, head),
        "book": book_named(book),
        "title": info.title,
        "authors": listed(info.authors) or "We",
        "editions": editions_sentence(book),
        "credits": naming_sentence(found),
        "contact": "\n".join(part for part in (info.contact.get("name") or listed(info.authors), info.contact.get("address", ""),
                                               info.contact.get("phone", ""), info.contact.get("email", "")) if part),
        "publisher": info.publisher,
        "date": english_date(days[0]),
        "answer_by": english_date(days[1]),
        "We_are": _we_are(info.authors),
        "We": _We(head),
        "we": head.we,
        "us": head.us,
    }  # fmt: skip


def ask(item: PermissionItem, head: Letterhead) -> Asked:
    """What the letter says about one item, with what was permitted before and what the signer is to get."""
    asked = (KINDS[item.kind].request or plainly)(item.need, item.subject, head)
    return asked._replace(details=(*asked.details, *so_far(item, head.we), *offered(item.terms)))


def _listing(number: int, asked: Asked) -> str:
    lines = [f"{number}. {closed(asked.sentence[:1].upper() + asked.sentence[1:])}"]
    return "\n".join([*lines, *(f"   {name}: {value}" for name, value in asked.details)])


def _to_guardian(found: Sequence[PermissionItem], children: Sequence[str], head: Letterhead) -> str:
    also = "also " if any(not item.need.minor for item in found) else ""
    return f"{_We(head)} {also}write to you as the parent or guardian of {listed(children)}." if children else ""


def _child(item: PermissionItem) -> str:
    person = item.need.person
    return (person.name if person else item.need.name) or "a child"


def _We(head: Letterhead) -> str:
    return head.we.capitalize()


def _we_are(authors: Sequence[str]) -> str:
    if len(authors) == 1:
        return f"I, {authors[0]}, am"
    return f"We, {listed(authors)}, are" if authors else "We are"
