"""Names of files made from titles, and names that are free."""

from __future__ import annotations

import pytest

from milebook.model.slugs import free_name, slug


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("One Mile, More or Less", "one-mile-more-or-less"),
        ("Ærø's Łódź Straße", "aeros-lodz-strasse"),
        ("道", "book"),
        ("Daylight—or “No. 4”", "daylight-or-no-4"),
        ("Kowalczyk–Smith’s mile", "kowalczyk-smiths-mile"),
        ("Con", "con-book"),  # which Windows takes for a device
        ("word " * 40, "-".join(["word"] * 12)),
        ("x" * 90, "x" * 60),
    ],
)
def test_titles_as_names(title: str, name: str) -> None:
    assert slug(title) == name


def test_a_name_that_is_taken_gets_a_number() -> None:
    taken = {"oak.md", "elm.md", "elm-2.md"}
    assert [free_name(stem, taken.__contains__, ".md") for stem in ("ash", "oak", "elm")] == [
        "ash.md", "oak-2.md", "elm-3.md",
    ]  # fmt: skip
    assert free_name("oak", taken.__contains__) == "oak"
