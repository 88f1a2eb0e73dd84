"""What a writer wrote against what it was given: every kind of loss is told, and nothing else."""

from __future__ import annotations

import unicodedata

import pytest

from milebook.draft import Draft, Figure, Note, Paragraph, Part, Role, Stamp
from milebook.findings import Place
from milebook.parity import INVISIBLE, _folded, compare, expected
from milebook.prose.blocks import Run

PLACE = Place("stories/oak.md", 3, 1)


def draft() -> Draft:
    items = (
        Paragraph(Role.STORY_TITLE, (Run("The Oak"),), "t", PLACE, level=2),
        Paragraph(
            Role.BODY_FIRST, (Run("It stood "), Run("there", italic=True), Run("."), Run("1", note=1)), "p1", PLACE
        ),
        Paragraph(Role.VERSE, (Run("One line\nand another"),), "p2", PLACE),
        Figure(
            "a.jpg",
            (3, 2),
            "1.1",
            "Figure 1.1",
            "A tree.",
            False,
            "f",
            Paragraph(Role.CAPTION, (Run("Gone."),), "fc", PLACE),
        ),
    )
    note = Note(1, "n1", (Paragraph(Role.NOTE, (Run("An oak."),), "n1p", PLACE),))
    part = Part("story", "story-oak", "The Oak", "body", items, (note,), 2)
    stamp = Stamp("0", "0" * 12, "2026-01-01", 0)
    return Draft("T", "", (), "en", "", "", "", {}, "urn:x", "t", "draft", (part,), stamp)


def faithful() -> list[tuple[str, str]]:
    return [(anchor, text) for anchor, text, _ in expected(draft())]


def test_a_faithful_file_has_no_differences() -> None:
    assert compare(draft(), faithful(), "pdf") == []


def test_white_space_soft_hyphens_and_forms_of_letters_do_not_matter() -> None:
    written = [(a, t.replace("stood", "sto\u00adod").replace("line\n", "line  ")) for a, t in faithful()]
    assert compare(draft(), written, "pdf") == []


def test_notes_may_stand_anywhere() -> None:
    written = faithful()
    written.insert(2, written.pop())
    assert compare(draft(), written, "docx") == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda w: w[:1] + w[2:], "should stand"),
        (lambda w: w[:-2] + w[-1:], "lost"),
        (lambda w: [w[1], w[0], *w[2:]], "should stand"),
        (lambda w: [*w[:1], ("p1", "It stood ther.1"), *w[2:]], "says"),
        (lambda w: [*w, ("x", "More")], "not in the book"),
        (lambda w: [(a, "" if a == "figure" else t) for a, t in w], "should stand"),
        (lambda w: [(a, t.replace("1.1", "1.2")) for a, t in w], "says"),
        (lambda w: [(a, "Another." if a == "n1p" else t) for a, t in w], "says"),
        (lambda w: [x for x in w if x[0] != "n1p"], "lost"),
    ],
)
def test_every_difference_is_an_error_that_names_it(change, told: str) -> None:  # type: ignore[no-untyped-def]
    findings = compare(draft(), change(faithful()), "pdf")
    assert len(findings) == 1
    assert findings[0].code == "MB640"
    assert "PDF" in findings[0].message
    assert told in findings[0].message


def test_the_short_way_of_folding_text_is_the_long_way() -> None:
    def long_way(text: str) -> str:
        return " ".join(unicodedata.normalize("NFC", INVISIBLE.sub("", text)).split())

    signs = [chr(point) for point in range(0x3100) if not 0x1200 <= point < 0x2000]
    signs += [chr(point) for point in range(0xFB00, 0x10000)] + ["\U0001f600", "\U000e0100"]
    for sign in signs:
        for text in (sign, f"a{sign}b", f"{sign} b", f"a {sign}", f"é{sign}"):
            assert _folded(text) == long_way(text), ascii(text)
    for text in ("", " ", "a  b", " a", "a ", "e\u0301", "a\u00a0b", "a\nb", "\u2009"):
        assert _folded(text) == long_way(text), ascii(text)
