"""Line breaking: even spaces, few hyphens, nothing lost, nothing wider than the measure."""

from __future__ import annotations

import statistics
from pathlib import Path

import pytest

from milebook.writers.pdf.galleys.boxes import HYPHENS, Box, box_of
from milebook.writers.pdf.galleys.hyphens import hyphenator
from milebook.writers.pdf.galleys.linebreaks import SQUEEZE, break_paragraph
from milebook.writers.pdf.galleys.lines import SetLine, fit
from milebook.writers.pdf.galleys.measure import Measure
from milebook.writers.pdf.typefaces.embed import Fontcase
from milebook.writers.pdf.typefaces.shaping import Look

PROSE = Path(__file__).with_name("prose.txt").read_text(encoding="utf-8").strip().split("\n\n")


def look(size: float = 11.0) -> Look:
    return Look(
        Fontcase({"text": "EB Garamond"}), "text", False, False, False, False, size, 0, 0, "", "lining", "en-US"
    )


def lines_of(text: str, width: float = 288.0, align: str = "justify", size: float = 11.0) -> tuple[Look, list[SetLine]]:
    face = look(size)
    boxes = [box_of(face, word) for word in text.split(" ") if word]
    measure = Measure(width, 14.0, 0.0, align)
    breaks = break_paragraph(boxes, face.space, measure, hyphenator("en-US"))
    return face, fit(boxes, breaks, face.space, measure)


def test_spaces_are_even_on_ordinary_prose() -> None:
    shares, hyphens, total = [], 0, 0
    for text in PROSE:
        face, lines = lines_of(text)
        assert "".join(line.text for line in lines) == text
        row = 0
        for line in lines[:-1]:
            total += 1
            shares.append(line.gap * line.squeeze / face.space)
            row = row + 1 if line.end in HYPHENS else 0
            hyphens += row > 0
            assert row <= 2
            assert 1 - SQUEEZE <= line.squeeze <= 1 + SQUEEZE <= 1.021
    assert total > 150
    assert statistics.pstdev(shares) <= 0.16
    assert max(shares) < 2.0
    assert min(shares) > 0.6
    assert hyphens / total < 0.12


@pytest.mark.parametrize("align", ["justify", "left", "center", "right"])
@pytest.mark.parametrize(
    "text",
    [
        "x" * 400,
        "See https://example.org/" + "a1b2c3/" * 50 + " there",
        "one — two—three—four—five—six—seven—eight—nine—ten—eleven—twelve—thirteen—fourteen—fifteen—sixteen",
        "😀" * 120,
        "non-negotiable-" * 40,
    ],
)
def test_nothing_is_wider_than_the_measure(text: str, align: str) -> None:
    _, lines = lines_of(text, 200.0, align)
    assert "".join(line.text for line in lines) == text
    assert len(lines) > 1
    for line in lines:
        assert line.x >= -6.0
        assert line.x + line.width <= 200.0 + 6.0  # punctuation may hang in the margin


@pytest.mark.parametrize(
    "text", ["remarkable", "“remarkable,”", "(Remarkable).", "NASA’s", "UNESCO,", "short", "ninth.”", "1ª", "www."]
)
def test_a_word_may_be_hyphenated_at_the_same_places_in_one_look_and_in_two(text: str) -> None:
    face, dictionary = look(), hyphenator("en-US")
    half = len(text) // 2
    whole, halves = box_of(face, text), Box(((face.word(text[:half]), None), (face.word(text[half:]), None)))
    assert [point[:2] for point in whole.points(dictionary)] == [point[:2] for point in halves.points(dictionary)]
    assert whole.plain == halves.plain == ()


def test_lines_are_justified_to_the_measure() -> None:
    _, lines = lines_of(PROSE[0])
    for line in lines[:-1]:
        assert 287.9 <= line.x + line.width <= 288.0 + 6.0


def test_breaks_after_a_dash_and_not_before_it() -> None:
    text = (
        "He said it plainly—and she heard it—though neither of them had meant to say a word—not one—about the summer."
    )
    _, lines = lines_of(text, 120.0)
    assert not any(line.text.startswith("—") for line in lines)
    assert "".join(line.text for line in lines) == text


def test_centred_lines_are_balanced() -> None:
    _, lines = lines_of("At Sixty-Eight, on My Granddaughter’s Bicycle", 210.0, "center", 17.0)
    assert len(lines) == 2
    assert min(line.width for line in lines) > 0.6 * max(line.width for line in lines)


def test_soft_hyphens_are_used_and_come_back() -> None:
    text = "The Donau\u00addampf\u00adschiff\u00adfahrts\u00adgesell\u00adschaft met the Donau\u00addampf\u00adschiff\u00adfahrt."
    _, lines = lines_of(text, 90.0)
    assert any(line.soft for line in lines)
    assert "".join(line.text for line in lines) == text


def test_a_very_long_paragraph_is_set() -> None:
    text = " ".join(PROSE * 4)
    assert len(text) > 20_000
    _, lines = lines_of(text)
    assert "".join(line.text for line in lines) == text


@pytest.mark.parametrize(("language", "known"), [("en-GB", True), ("de", True), ("vi", False), ("", False)])
def test_languages_without_a_dictionary_have_no_hyphens(language: str, known: bool) -> None:
    assert (hyphenator(language) is not None) is known


def test_hyphens_leave_two_letters_before_and_three_after() -> None:
    cuts = hyphenator("en-US")
    assert cuts is not None
    for word in ("walking", "extraordinary", "table", "aunt", "reading"):
        assert all(2 <= cut <= len(word) - 3 for cut in cuts.cuts(word))


def test_hardly_a_paragraph_ends_in_the_rest_of_a_word() -> None:
    fragments = total = 0
    for text in PROSE:
        for width in range(200, 330, 5):
            _, lines = lines_of(text, float(width))
            total += len(lines) > 1
            fragments += len(lines) > 1 and len(lines[-1].items) == 1 and lines[-2].end in HYPHENS
    assert total > 300
    assert fragments <= total / 1000


def test_a_domain_is_divided_at_its_dots_in_a_narrow_column() -> None:
    _, lines = lines_of("column.example.org", width=88.0, align="left")
    assert [line.text for line in lines] == ["column.example", ".org"]


def test_one_short_word_is_not_left_in_a_line_of_its_own() -> None:
    """In languages of long words that nothing divides, two loose lines are better than one that is nearly empty."""
    text = "dndn wnvwmztdstclb ksrkzdpmszmzd gsknnwgp nsscnnbl vvfkdkvdrbwrg rmcslmvbsllnz"
    face, measure = look(), Measure(200.0, 14.0)
    boxes = [box_of(face, word) for word in text.split()]
    lines = fit(boxes, break_paragraph(boxes, face.space, measure, None), face.space, measure)
    assert [len(line.text.split()) for line in lines] == [3, 3, 1]
