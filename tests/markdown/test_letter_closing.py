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
    "postscript",
    [
        ["P.S. The dog sends his regards."], ["PS: The dog", "sends his regards."], ["", "P. S. Say hello to Ben.", "He was the faster one.", "", "P.P.S. The oak is gone."],
        ["P.-S. Le chien est là."], ["P.D. El perro también."], ["*P.S.* The dog"], ["PS – hunden hälsar"],
    ],
)  # fmt: skip
def test_a_postscript_below_the_closing(postscript: list[str]) -> None:
    above = ["We ran to the oak and back.", "", "With love,\\", "Rosa\\"]
    assert closing([*above, *postscript]) == 2
    assert closing([*above[:1], *postscript]) == -1


@pytest.mark.parametrize(
    "line",
    ["Die liebe Anna", "We ran home", "Peace and quiet", "Best of all", "Deine Schuhe", "Liebe", "Grandma’s love"],
)
def test_lines_that_end_no_letter(line: str) -> None:
    assert closing(["We ran to the oak and back.", "", line, "Ana Example"]) == -1
