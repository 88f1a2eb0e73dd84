"""The kinds of permission, one row each. A new kind is one more row of KINDS."""

from __future__ import annotations

from collections.abc import Iterator

from milebook.model.book import Book
from milebook.permissions import find_needs
from milebook.permissions.kind import Kind
from milebook.permissions.lists import log_columns
from milebook.permissions.need import Need
from milebook.permissions.requests import request_texts
from milebook.permissions.subjects import Subject, subjects


def _quoted_as(need: Need) -> str:
    return need.sub if need.sub not in ("", "prose") else "quote"


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("text", "story", find_needs.text, request=request_texts.text, columns=log_columns.text),
        Kind(
            "reprint",
            "earlier publication",
            find_needs.reprint,
            request=request_texts.reprint,
            columns=log_columns.reprint,
        ),
        Kind(
            "quote",
            "words of others",
            find_needs.quotes,
            request=request_texts.quote,
            columns=log_columns.quote,
            printed_as=_quoted_as,
        ),
        Kind(
            "photo",
            "photo",
            find_needs.photos,
            leaves_out="photo",
            art=True,
            request=request_texts.photo,
            columns=log_columns.photo,
        ),
        Kind(
            "person",
            "person shown",
            find_needs.people,
            leaves_out="photo",
            art=True,
            request=request_texts.person,
            columns=log_columns.person,
        ),
    )
}


def needs(subject: Subject) -> list[tuple[Kind, Need]]:
    """Everything in a subject that needs a permission, in order of appearance."""
    found = [(kind, need) for kind in KINDS.values() for need in kind.find(subject)]
    return sorted(found, key=lambda pair: pair[1].order)


def every_need(book: Book) -> Iterator[tuple[Subject, Kind, Need]]:
    """Everything in a book that needs a permission, with where it belongs: the cover first, then in book order."""
    for subject in subjects(book):
        for kind, need in needs(subject):
            yield subject, kind, need


def item_id(subject: Subject, need: Need) -> str:
    return f"{subject.id}/{need.suffix}"
