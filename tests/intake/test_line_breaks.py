"""Prose that came in single lines becomes paragraphs or is joined; verse and addresses keep their lines."""

from __future__ import annotations

import pytest

from milebook.intake.html_text import from_html
from milebook.intake.items import QUOTE, Passage, Picture, Span, passage
from milebook.intake.line_breaks import with_paragraphs
from milebook.intake.story_markdown import written
from milebook.markdown import read_prose

LONG = "He said it cost too much and I said nothing at all, for what is there to say to a man who has come home"


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        (f"{LONG}. I just walked.\nSlowly.", [f"{LONG}. I just walked.", "Slowly."]),
        ('"You are late," said the vicar.\n"I am married," I said.', ['"You are late," said the vicar.', '"I am married," I said.']),
        ("„Kommst du?“\n„Nein.“\nSie ging.", ["„Kommst du?“", "„Nein.“", "Sie ging."]),
        ("—¿Vienes?\n—Sí. Claro.", ["—¿Vienes?", "—Sí. Claro."]),
        (f"{LONG}\nand then he laughed.", [f"{LONG} and then he laughed."]),
        (f"{LONG}:\nTo the oak\nand back", [f"{LONG}:", "To the oak\nand back"]),
        (
            "We ran to the oak and back, all of us, in the rain, and nobody\ncounted the minutes but my brother, who had a watch "
            "that had\nbeen our father's.",
            [
                "We ran to the oak and back, all of us, in the rain, and nobody counted the minutes but my brother, who had a watch "
                "that had been our father's."
            ],
        ),
        ("雨がずっと降っていて、傘もなく、犬には何もありませんでした。それでも私たちは歩いた。\n着いた。", None),
        ("To the oak\nand back.", ["To the oak\nand back."]),
        ("“The time has come,” the Walrus said,\n“To talk of many things:”", None),
        ("“I ran to the oak.\nI ran to the sea.”", ["“I ran to the oak.\nI ran to the sea.”"]),
        ("Miller's Bakery\n12 Oak Lane\nDuluth", ["Miller's Bakery\n12 Oak Lane\nDuluth"]),
        (f"{LONG},\nAnd {LONG},\nAnd {LONG}.", [f"{LONG},\nAnd {LONG},\nAnd {LONG}."]),
    ],
)  # fmt: skip
def test_lines(typed: str, made: list[str] | None) -> None:
    found = [one.text for one in with_paragraphs([passage(typed)])]
    if made is None:
        made = typed.split("\n") if typed[0] == "雨" else [typed]
    assert found == made


def test_what_is_written_is_never_called_prose_in_verse() -> None:
    body = written(with_paragraphs(from_html(f"<p>{LONG}.<br>Slowly.</p><p>To the oak<br>and back.</p>").passages))
    assert body == f"{LONG}.\n\nSlowly.\n\nTo the oak\\\nand back.\n"
    assert not read_prose(body, "oak.md", language="en", smart=True)[1]


def test_italics_quotations_and_photos_move_along() -> None:
    spans = (Span(f"{LONG}. "), Span("I just\n", italic=True), Span("walked.", italic=True))
    pictures = [Picture("a", ".jpg", lambda: b"", after=at) for at in (0, 1, 2)]
    made = with_paragraphs([passage(f"{LONG}.\nSlowly."), Passage(spans, QUOTE)], pictures)
    assert [one.kind for one in made][-1] == QUOTE
    assert written(made) == f"{LONG}.\n\nSlowly.\n\n> {LONG}. *I just walked.*\n"
    assert [picture.after for picture in pictures] == [0, 2, 3]
