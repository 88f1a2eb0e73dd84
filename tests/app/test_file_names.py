"""Every variant of a book has a name of its own."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from milebook.app.file_names import draft_name
from milebook.app.request import Request

LAYOUTS = ["manuscript", "trade", "a5", "print"]


def name(known: list[str] | None = None, title: str = "Two Miles", **asked: Any) -> str:
    return draft_name(title, Request(**asked), known or ["one", "two"], LAYOUTS)


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({}, "two-miles"),
        ({"final": True}, "two-miles-final"),
        ({"edition": "print"}, "two-miles-print"),
        ({"without_uncleared": True}, "two-miles-cleared"),
        ({"layout": "a5"}, "two-miles-a5"),
        ({"chapters": ("two",)}, "two-miles-two"),
        ({"chapters": ("two", "one")}, "two-miles-one-two"),
        (
            {"final": True, "edition": "print", "without_uncleared": True, "layout": "a5", "chapters": ("one",)},
            "two-miles-final-print-cleared-a5-one",
        ),
        ({"layout": "print"}, "two-miles-layout-print"),
        ({"edition": "print", "layout": "print"}, "two-miles-print-layout-print"),
        ({"layout": "My Own Layout"}, "two-miles-my-own-layout"),
    ],
)
def test_the_marks_stand_in_their_order(asked: dict[str, Any], wanted: str) -> None:
    assert name(**asked) == wanted


def test_no_two_variants_share_a_name() -> None:
    chapters = ["final", "print", "a5", "a", "b", "a-b", "b-c", "c"]
    variants = [
        {"final": final, "edition": edition, "without_uncleared": cleared, "layout": layout, "chapters": wanted}
        for final in (False, True)
        for edition in ("reading", "print")
        for cleared in (False, True)
        for layout in ("", "a5", "print")
        for count in range(4)
        for wanted in combinations(chapters, count)
    ]
    names = [name(chapters, **variant) for variant in variants]
    assert len(set(names)) == len(names)


def test_many_chapters_have_a_short_name() -> None:
    chapters = [f"chapter-number-{number}" for number in range(60)]
    one, other = (name(chapters, chapters=tuple(chapters[start:])) for start in (1, 2))
    assert len(one) < 200
    assert one != other
