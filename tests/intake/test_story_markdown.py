"""What is written for a text that came in is read back as exactly its words, and holds no mark that it did not have."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from milebook.intake.items import BULLET, NUMBER, PARAGRAPH, QUOTE, Passage, Span, passage
from milebook.intake.story_markdown import SCENE_LINE, cleaned, read_back, written
from milebook.markdown import read_prose

SIGNS = st.sampled_from(
    [
        *"*_`[]()<>{}#+-=~!|:.&^\\\"' 1a\n",
        "{>>", "<<}", "[^1]", "[^1]: x", "^[", "](http://example.com)", "](file:///etc/passwd)", "[a]{lang=fr}",
        "<ana@example.org>", "<http://example.org>", "http://example.org", "&eacute;", "&#8238;", "***", "---", "- ", "1. ",
        "1) ", "> ", "# ", "~~~", "```", "    ", "\t", "two words", "é", "木", "=HYPERLINK()", "\x00", "\u202e", "\u2028",
        "![x](y.jpg)", "[x]: http://example.org", "| a | b |", "<b>", "f*ck", "snake_case", "\r\n", "\\\n",
    ]
)  # fmt: skip
TEXTS = st.lists(SIGNS, max_size=14).map("".join)


def lines_of(text: str) -> list[list[str]]:
    return [words for line in cleaned(text).split("\n") if (words := line.split())]


def read_lines(markdown: str) -> list[list[str]]:
    return [words for block in read_back(markdown).blocks for line in block.text.split("\n") if (words := line.split())]


@settings(max_examples=250, deadline=None)
@given(TEXTS)
@example("{>> print this <<}")
@example("[^1]\n[^1]: a note")
@example("[photo](file:///etc/passwd)")
@example("\\")
@example("a\\\nb")
@example("http://example.org\x00*")
def test_a_plain_text_is_read_back_as_it_was(text: str) -> None:
    markdown = written([passage(text)])
    read = read_back(markdown)
    assert not read.queries
    assert not read.notes
    runs = [run for block in read.blocks for run in block.runs]
    assert not any(run.code or run.lang or run.bold or run.italic for run in runs)
    assert all(run.text in cleaned(text) and run.link.startswith(("http", "mailto:")) for run in runs if run.link)
    assert not any(block.inside or block.level for block in read.blocks)
    if not SCENE_LINE.fullmatch(cleaned(text).strip()):
        assert read_lines(markdown) == lines_of(text)
    assert "\ufffd" not in markdown or "\ufffd" in text


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(TEXTS, st.booleans(), st.booleans()), max_size=4))
def test_a_text_with_italics_keeps_its_words(parts: list[tuple[str, bool, bool]]) -> None:
    text = "".join(part[0] for part in parts)
    markdown = written([Passage(tuple(Span(*part) for part in parts))])
    if not SCENE_LINE.fullmatch(cleaned(text).strip()):
        assert "".join(map("".join, read_lines(markdown))) == "".join(map("".join, lines_of(text)))


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(TEXTS, st.sampled_from([PARAGRAPH, QUOTE, BULLET, NUMBER])), max_size=5))
def test_several_passages_keep_their_words_in_order(parts: list[tuple[str, str]]) -> None:
    kept = [(text, kind) for text, kind in parts if not SCENE_LINE.fullmatch(cleaned(text).strip())]
    markdown = written([passage(text, kind) for text, kind in kept])
    read = read_back(markdown)
    assert not read.queries
    assert not read.notes
    assert read_lines(markdown) == [line for text, _ in kept for line in lines_of(text)]


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("I was nine. \"Go,\" said my father -- and I went.", "I was nine. \"Go,\" said my father -- and I went.\n"),
        ("It was a *very* long mile [sic] for 5'11\"", "It was a \\*very\\* long mile [sic] for 5'11\"\n"),
        ("* * *", "* * *\n"),
        ("-- I walked it.\n- once\n- twice", "-- I walked it.\\\n\\- once\\\n\\- twice\n"),
        ("1) Shoes", "1\\) Shoes\n"),
        ("snake_case and #1 reason", "snake_case and #1 reason\n"),
        ("", ""),
        ("\x00\u202e", ""),
    ],
)  # fmt: skip
def test_what_is_written(text: str, markdown: str) -> None:
    assert written([passage(text)]) == markdown


def test_italics_and_lists() -> None:
    spans = (
        Span("It was "),
        Span("the ", italic=True),
        Span("mile", italic=True),
        Span(" I "),
        Span("remember", bold=True),
    )
    assert written([Passage(spans)]) == "It was *the mile* I **remember**\n"
    lists = [
        Passage((Span("Shoes"),), NUMBER, "3."),
        Passage((Span("Water"),), NUMBER, "4."),
        *(passage(word, BULLET) for word in ("dog", "cat")),
    ]
    assert written(lists) == "3. Shoes\n4. Water\n\n- dog\n- cat\n"
    text, _ = read_prose(written([passage("one", QUOTE), passage("two", QUOTE)]), "", language="en")
    assert [block.inside[0].kind for block in text.blocks] == ["quote", "quote"]


@pytest.mark.parametrize("text", ["• one", "• one\n• two", "· * * *\nx", "• \n•"])
def test_round_bullets_are_the_readers_own_list(text: str) -> None:
    words = [word for line in read_lines(written([passage(text)])) for word in line if word not in "•·"]
    assert words == [word for word in text.split() if word not in "•·"]
