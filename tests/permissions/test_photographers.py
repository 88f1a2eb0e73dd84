"""Who took a photo, read from its credit."""

from __future__ import annotations

import pytest
from permission_books import photo

from milebook.permissions.find_needs import photographer


@pytest.mark.parametrize(
    ("credit", "name"),
    [
        ("Photo by Ben Example", "Ben Example"),
        ("Photo: Rosa Marchetti", "Rosa Marchetti"),
        ("Foto: Jan van der Berg", "Jan van der Berg"),
        ("Photo : Zoë D’Arc, 2019", "Zoë D’Arc"),
        ("Фото: Анна Иванова", "Анна Иванова"),
        ("Photo: Ana Example 1998", "Ana Example"),
        ("Photo: Émile Exemple – archives", "Émile Exemple"),
        ("Photo by Hoa’s father -- 1998", "Hoa’s father"),
        ("Photo by Hoa’s father – 1998", "Hoa’s father"),
        ("Photo by Ben Example in 1998", "Ben Example"),
        ("Photo by Anna-Lena Example", "Anna-Lena Example"),
        ("Photo: private collection", ""),
        ("Photo: the author", ""),
        ("Photo: unknown", ""),
        ("Photo by Anonymous", ""),
        ("A photo of the gate", ""),
    ],
)
def test_the_photographer_of_a_credit(credit: str, name: str) -> None:
    assert photographer(photo(credit=credit)) == name
