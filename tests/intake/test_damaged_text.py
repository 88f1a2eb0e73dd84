"""Damaged text is repaired as it comes in, and the plan says so."""

from __future__ import annotations

import pytest

from milebook.intake.items import Found, Passage, Picture, Span
from milebook.intake.repairing import repair


def received(text: str, **fields: str) -> Found:
    return Found("email", "mail:<1@example.org>", passages=[Passage((Span(text),))], **fields)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("I didnâ€™t know it was â€œdeepâ€\u009d.", "I didn’t know it was “deep”."),
        ("I didnÃ¢â‚¬â„¢t know.", "I didn’t know."),
        ("WÃ¤re ich früher losgelaufen", "Wäre ich früher losgelaufen"),
        ("Tom &amp; I ran &lt;5 miles &nbsp;&eacute;", None),
        ("Dear people&nbsp;", "Dear people "),
        ("a&amp;nbsp;b &#160;c so&shy;ft", "a b  c soft"),
        ("It was cold=20\nand dark =E2=80=94 very dark", None),
        ("It\x92s over", "It’s over"),
        ("I don?t know", "I don’t know"),
        ("Why? Because 3*4 = 12 and a_b", "Why? Because 3*4 = 12 and a_b"),
        ("See https://example.org/?q=20&amp=1", "See https://example.org/?q=20&amp=1"),
    ],
)
def test_words(typed: str, meant: str | None) -> None:
    (item,) = repair([received(typed)])
    if meant is not None:
        assert item.text == meant
    assert bool(item.notes) == (item.text != typed)
    assert not any(sign in item.text for sign in ("â€", "&amp;", "=E2", "\\"))


def test_every_field_that_is_printed_and_one_note_for_all() -> None:
    item = received("Iâ€™d run.", title="Donâ€™t stop", name="ZoÃ« Example", location="MÃ¼nchen")
    item.pictures = [Picture("a.jpg", ".jpg", lambda: b"", caption="Itâ€™s me", alt="Iâ€™m here")]
    repair([item])
    assert (item.title, item.name, item.location) == ("Don’t stop", "Zoë Example", "München")
    assert (item.pictures[0].caption, item.pictures[0].alt) == ("It’s me", "I’m here")
    assert item.notes == ["damaged text was repaired: “Iâ€™d” is now “I’d”, and 5 more"]


def test_looks_stay_and_sound_text_is_left_alone() -> None:
    spans = (Span("I "), Span("didnâ€™t", italic=True), Span(" go"))
    item = Found("email", "x", passages=[Passage(spans, "quote")])
    repair([item])
    assert item.passages == [Passage((Span("I "), Span("didn’t", italic=True), Span(" go")), "quote")]
    sound = received("Crème brûlée, “naïve”, Ångström — 26.2 °F")
    before = sound.passages[0]
    repair([sound])
    assert sound.passages[0] is before and not sound.notes
