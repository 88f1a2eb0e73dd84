"""Findings and places in, plain lists for a pack out, and back again.

What comes back is looked at closely: a value of the wrong shape raises Misfit, so that it is found out anew.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from milebook.model.findings import Finding, Place, Related

T = TypeVar("T")


class Misfit(Exception):
    """What was kept is not what was put there. Never leaves the room that asked."""


def fitting(make: Callable[[], T]) -> T | None:
    """What `make` makes of something kept; None where it does not fit."""
    try:
        return make()
    except (Misfit, ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError):
        return None


def text(value: object) -> str:
    if type(value) is not str:
        raise Misfit
    return value


def number(value: object) -> int:
    if type(value) is not int or value < 0:
        raise Misfit
    return value


def row(value: object, length: int = -1) -> list[Any]:
    """A list, of a certain length where one is named."""
    if type(value) is not list or (length >= 0 and len(value) != length):
        raise Misfit
    return value


def place(value: object) -> Place:
    file, line, column, width = row(value, 4)
    return Place(text(file), number(line), number(column), number(width))


def findings(value: object) -> list[Finding]:
    return [_finding(*row(one, 7)) for one in row(value)]


def _finding(
    code: object, message: object, where: object, hint: object, related: object, severity: object, quote: object
) -> Finding:
    others = tuple(Related(text(words), place(spot)) for words, spot in (row(one, 2) for one in row(related)))
    return Finding(text(code), text(message), place(where), text(hint), others, text(severity), text(quote))
