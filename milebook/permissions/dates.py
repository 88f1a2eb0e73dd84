"""Check the days of an agreement: none contradicts another or lies in the future."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from milebook.model.book import Agreement
from milebook.model.findings import WARNING, Finding

_ORDER = (
    ("requested", "granted", "is granted before it was asked for"),
    ("granted", "expires", "expires before it was granted"),
    ("requested", "expires", "expires before it was asked for"),
)
_ANEW = ("requested", "no_reply", "expired")  # asked anew: the older days are history
_PAST = {"granted": "the answer", "requested": "the letter", "edit_approved": "the approval"}


def date_findings(terms: Agreement, name: str, book_date: str) -> Iterator[Finding]:
    """Days of one agreement in the wrong order, or a grant after the date of the book ("" for a book without one)."""
    if terms.status in _ANEW:
        return
    if book_date and terms.granted > book_date:
        yield Finding(
            "MB302",
            f"{name} is granted after the book's date: {terms.granted}, but the book is of {book_date}",
            terms.at("granted"),
            "check the day; if it is right, set `date:` under `book:` to a later day",
            severity=WARNING,
        )
    for earlier, later, what in _ORDER:
        first, second = getattr(terms, earlier), getattr(terms, later)
        if first and second and second < first:
            yield Finding(
                "MB302",
                f"{name} {what}: {second}, but {earlier} {first}",
                terms.at(later),
                "one of the two dates is wrong: correct it",
            )
            return


def impossible(terms: Agreement, fields: Mapping[str, object], latest: str) -> tuple[str, str]:
    """Why these fields cannot be written beside the days that stand there, and the cure; two "" when they can.

    `latest` is the last day that can have come: nobody answers tomorrow.
    """
    for field, what in _PAST.items():
        day = str(fields.get(field, ""))
        if day > latest:
            option = field.replace("_", "-")
            return (
                f"--{option} {day} is a day that has not come yet",
                f"write {what} down on the day it comes, or correct the day",
            )
    days = {name: str(fields.get(name, getattr(terms, name))) for name in ("requested", "granted", "expires")}
    anew = fields.get("status", terms.status) in _ANEW
    for earlier, later, what in _ORDER:
        first, second = days[earlier], days[later]
        both = earlier in fields and later in fields
        touched = earlier in fields or later in fields
        if touched and (both or not anew) and first and second and second < first:
            return (
                f"{later} {second} is before {earlier} {first}: it {what}",
                f"correct the day, or give --{earlier} and --{later} together",
            )
    return "", ""
