"""What ends a letter in many languages, and what only looks so."""

from __future__ import annotations

import pytest

from milebook.markdown.letter_closing import closing


@pytest.mark.parametrize(
    "greeting",
    [
        "Viele Grüsse", "Liebe Grüße aus Berlin", "Mit freundlichen Gruessen", "Freundliche Grüsse", "Vielen Dank und viele Grüße",
        "Beste Grüsse und alles Gute", "Hochachtungsvoll", "Best wishes,", "With love,", "Lots of love", "Warmly,", "Yours truly",
        "Kind regards and thanks", "Happy running!", "Un abrazo,", "Muchos saludos", "Saludos cordiales", "Cordiali saluti",
        "Com os melhores cumprimentos", "Met vriendelijke groet", "Groetjes", "Pozdrawiam", "Z poważaniem", "Med vänliga hälsningar",
        "Vennlig hilsen", "Med venlig hilsen", "Ystävällisin terveisin", "S pozdravem", "Trân trọng", "Is mise le meas",
        "Bien cordialement", "Meilleures salutations",
    ],
)  # fmt: skip
def test_closings_of_letters(greeting: str) -> None:
    assert closing(["We ran to the oak and back.", "", greeting, "Ana Example", "Oak Corner"]) == 2


@pytest.mark.parametrize(
    "line",
    ["Die liebe Anna", "We ran home", "Peace and quiet", "Best of all", "Deine Schuhe", "Liebe", "Grandma’s love"],
)
def test_lines_that_end_no_letter(line: str) -> None:
    assert closing(["We ran to the oak and back.", "", line, "Ana Example"]) == -1
