"""Words that stand for a name that nobody knows."""

from __future__ import annotations

import pytest

from milebook.model.unknown_names import ANONYMOUS, NAMELESS, known_name


@pytest.mark.parametrize(
    "name", [*ANONYMOUS.values(), NAMELESS, "", "?", " – ", "ANONYMOUS", "n/a", "N.N.", "Unbekannt", "inconnue"]
)
def test_names_of_nobody(name: str) -> None:
    assert known_name(name) == ""


@pytest.mark.parametrize("name", ["Ana", "N. Nguyen", "Anonymous Jones", "Noname Smith", "李明", "Ειρήνη", "An", "O"])
def test_names_of_somebody(name: str) -> None:
    assert known_name(name) == name
