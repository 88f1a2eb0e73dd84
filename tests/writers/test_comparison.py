"""What a writer wrote against what it was given: every kind of loss is told, and nothing else."""

from __future__ import annotations

import pytest

from milebook.model.draft import Draft, Figure, Note, Paragraph, Part, Role, Stamp
from milebook.model.findings import Place
from milebook.model.text import Run
from milebook.writers.comparison import INVISIBLE, compare, expected

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
    return Draft("T", "", (), "en", "", "", "", {}, "urn:x", "draft", (part,), stamp)


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
    ("change", "reported"),
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
def test_every_difference_is_an_error_that_names_it(change, reported: str) -> None:  # type: ignore[no-untyped-def]
    findings = compare(draft(), change(faithful()), "pdf")
    assert len(findings) == 1
    assert findings[0].code == "MB640"
    assert "PDF" in findings[0].message
    assert reported in findings[0].message


def of_one_paragraph(text: str) -> Draft:
    part = Part("text", "note", "", "body", (Paragraph(Role.BODY, (Run(text),), "p1", PLACE),), (), 2)
    return draft()._replace(parts=(part,))


def test_a_text_that_cannot_be_seen_may_be_left_out() -> None:
    for point in [*range(0x3100), *range(0xFB00, 0x10000), 0x1F600, 0xE0100]:
        text = chr(point)
        unseen = not INVISIBLE.sub("", text).strip()
        assert (compare(of_one_paragraph(text), [], "pdf") == []) == unseen, ascii(text)
        assert compare(of_one_paragraph(f"{text}a"), [], "pdf") != [], ascii(text)
    assert compare(of_one_paragraph(""), [], "pdf") == []


def test_texts_are_alike_if_they_look_alike() -> None:
    assert compare(of_one_paragraph("caf\u00e9 a\u00adb"), [("p1", "cafe\u0301  ab\n")], "pdf") == []
    assert compare(of_one_paragraph("a b"), [("p1", "ab")], "pdf") != []
