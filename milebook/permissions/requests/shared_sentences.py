"""Sentences that letters and release forms share: the book, its editions, and what was agreed on or asked before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from milebook.model.book import GRANTED, Agreement, Book
from milebook.model.english_dates import english_date
from milebook.permissions.asked_again import asked_again
from milebook.permissions.bylines_and_credits import credit_line
from milebook.permissions.names import listed
from milebook.permissions.permission_item import PermissionItem
from milebook.permissions.privacy import words_in
from milebook.permissions.reasons import MADE_WORDS
from milebook.permissions.requests.language_names import language_name
from milebook.permissions.scope import planned_languages


def closed(line: str) -> str:
    """A sentence with one full stop at its end, wherever its quotation marks end."""
    line = re.sub(r"\.{2,}$", ".", line)
    return line if re.search(r"[.…!?]”?$", line) else line + "."


def so_far(item: PermissionItem, we: str) -> tuple[tuple[str, str], ...]:
    """How far an earlier permission reaches, as a detail of what is asked for; none where nobody has given one.

    Where a child's guardian has not signed, nothing was permitted yet.
    """
    terms = item.terms
    if item.status == "expired":
        ended = f"ended on {english_date(terms.expires)}" if terms.expires else "has ended"
        return (("Your permission so far", f"{ended}; {we} now ask for a new one"),)
    if item.status in GRANTED and not item.need.minor:
        return (("Your permission so far", f"{_covered(terms)}; {we} now ask for what is planned below"),)
    return ()


def _covered(terms: Agreement) -> str:
    formats = listed(MADE_WORDS.get(word, word) for word in terms.formats) or "all formats"
    parts = [formats, terms.territory if terms.territory not in ("", "world") else "the whole world"]
    if terms.languages:
        parts.append(listed(language_name(tag) for tag in terms.languages))
    if terms.print_run_cap:
        parts.append(f"at most {terms.print_run_cap:,} copies")
    if terms.expires:
        parts.append(f"until {english_date(terms.expires)}")
    return ", ".join(parts)


def offered(terms: Agreement) -> tuple[tuple[str, str], ...]:
    """What the signer is to get, where the index says so, as details of what is asked for."""
    return tuple((name, value) for name, value in (("Fee", terms.fee), ("Complimentary copies", terms.copies)) if value)


def reminder(found: Sequence[PermissionItem], we: str) -> str:
    """That an earlier letter has had no answer; "" where there was none."""
    days = {item.item: _asked_on(item) for item in found}
    if not any(days.values()):
        return ""
    last = english_date(max(days.values()))
    what = "this" if all(days.values()) else "part of this"
    return f"{we.capitalize()} wrote to you about {what} on {last} and have not had an answer yet."


def _asked_on(item: PermissionItem) -> str:
    if item.status in GRANTED:
        return asked_again(item.terms)
    return item.terms.requested if item.status in ("requested", "no_reply") else ""


def carries_a_name(item: PermissionItem) -> bool:
    """Whether a name is printed with an item: a byline or a credit, or somebody shown who is named in the caption."""
    person, photo = item.need.person, item.need.photo
    if person is None or photo is None:
        return True
    return bool({*words_in(person.name)} & {*words_in(f"{photo.caption} {credit_line(photo)}")})


def naming_sentence(found: Sequence[PermissionItem]) -> str:
    """How the signer, or a child, can be named otherwise; "" where the letter names nobody in print."""
    if not any(map(carries_a_name, found)):
        return ""
    if all(item.need.minor for item in found):
        return "If you would rather have the child named in another way, or not at all, please say how."
    return "If you would rather be named in another way, or not at all, please say how."


def book_named(book: Book) -> str:
    """The book as a letter calls it: "the book “A Mile”"; a working title is called that."""
    title = f"“{book.info.title}”"
    return f"a book with the working title {title}" if book.info.working_title else f"the book {title}"


def editions_sentence(book: Book) -> str:
    """What is planned, in words: "a printed book and an e-book, for the whole world, in English"."""
    where, languages = planned_reach(book)
    sentence = f"{listed(format_named(book, word) for word in book.info.editions.formats)}, for {where}, in {languages}"
    if book.info.publisher:
        sentence += f", published by {book.info.publisher}"
    return sentence


def format_named(book: Book, word: str) -> str:
    """A format as letters call it: "an e-book", "a printed book (5,000 copies planned)"."""
    copies = book.info.editions.print_run if word == "print" else 0
    return MADE_WORDS.get(word, word) + (f" ({copies:,} copies planned)" if copies else "")


def planned_reach(book: Book) -> tuple[str, str]:
    """Where and in which languages the book is to appear: ("the whole world", "English")."""
    plan = book.info.editions
    where = "the whole world" if plan.territory in ("", "world") else plan.territory
    return where, listed(language_name(tag) for tag in planned_languages(book.info))


def greeting(signer: str) -> str:
    """How a letter begins: "Dear Ana Ruiz"; "Dear Thursday Runners" to a group called The Thursday Runners."""
    return f"Dear {signer.removeprefix('The ')}"
