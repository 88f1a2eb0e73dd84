"""Words of others that nobody declared: asked about at their line, and the contributor's own words left alone."""

from __future__ import annotations

import pytest
from permission_books import book, quote, quoted_block, story, text

from milebook.model.codes import CODES
from milebook.model.findings import NOTE, Place
from milebook.model.text import PARAGRAPH, VERSE, Block, Container, Run
from milebook.permissions.undeclared_quotes import first_block, undeclared_quotes

LONG = "word " * 41


def verse(words, line=1):
    return Block(VERSE, (Run(words),), Place("stories/s.md", line, 1))


@pytest.mark.parametrize(
    ("paragraphs", "codes"),
    [
        (["We sang “take me down the river road again” all the way."], ["MB312"]),
        (["“Take me down that old river road,” she sang."], ["MB312"]),
        (["My song was “River Road Again” that year."], []),
        (["“I am not going to sing,” he said."], []),
        (["The chorus goes «allez allez vers la rivière»."], ["MB312"]),
        (["We sang all the way."], []),
        (["♪ down the river we go ♪"], ["MB312"]),
        ([verse("The road goes down\nto the river, the river\nand back"), LONG], ["MB312"]),
        ([verse("The road goes down\nto the river"), verse("and back, and back\nto where it began"), LONG], ["MB312"]),
        ([verse("The road goes down\nto the river, the river\nand back"), "I wrote that."], []),
        (
            [verse("The road goes down\nto the river, the river\nand back we come\nto the road"), "I found that."],
            ["MB312"],
        ),
        ([verse("The road goes down\nto the river, the river\nand back we come\nto the road"), "Fin."], []),
        ([verse("Mrs. Ana Example\n12 Mill Lane\nUpper Sheringham\n(by the church)"), LONG], []),
        ([verse("Ana Example\nCatherine Street (the blue door)\n(ring twice)"), LONG], []),
        ([verse("In 1986 we ran\nand the day was close\nand 3 of us came\nback by the lane"), LONG], ["MB312"]),
        ([verse("5:22\n5:31\n5:07\n5:44\n5:12\n5:20")], []),
        ([quoted_block(LONG)], ["MB313"]),
        ([quoted_block("Dear Mum, I ran."), "And that was that."], []),
        ([quoted_block("word " * 25), quoted_block("word " * 25), "The end."], ["MB313"]),
        (["It was a long speech: “" + "word " * 61 + "”"], ["MB313"]),
        (["She said, “" + "word " * 30 + "”"], []),
        (["As the poet wrote, “" + "word " * 30 + "”"], ["MB313"]),
        ([Block(PARAGRAPH, (Run(LONG),), Place("s.md", 1), (Container("bullets", 1, 1, "•"),))], []),
        (["A plain story.", "With two paragraphs."], []),
    ],
)
def test_passages(paragraphs, codes):
    findings = undeclared_quotes(book(story(text=text(*paragraphs))))
    assert [f.code for f in findings] == codes
    assert all(CODES[f.code].severity == NOTE and f.place.line == 1 for f in findings)


def test_each_passage_at_its_own_line():
    made = story(
        text=text("One.", "They sang “down by the river we ran” twice.", verse("a road that runs\nand runs away", 3))
    )
    assert [f.place.line for f in undeclared_quotes(book(made))] == [2, 3]


@pytest.mark.parametrize(
    ("declared", "codes"),
    [
        ("take me down the river road", []),
        ("Take me down … river road!", []),
        ("Take me down the river road, mother, take me down", ["MB314"]),
        ("something else entirely", ["MB312", "MB314"]),
    ],
)
def test_what_is_declared_is_left_alone(declared, codes):
    words = text("We sang “Take me down the river road” all the way.")
    assert [f.code for f in undeclared_quotes(book(story(text=words, quotes=(quote(text=declared),))))] == codes


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Wir sangen „die Straße führt zum Fluss hinab“ den ganzen Weg."),
        ("fr", "On chantait « la route descend vers la rivière » ensemble."),
        ("es", "Cantaba «el camino baja hasta el río» cada día."),
        ("pl", "Wszyscy śpiewali „droga prowadzi aż do rzeki” razem."),
    ],
)
def test_other_languages(language, sentence):
    assert [f.code for f in undeclared_quotes(book(story(text=text(sentence), language=language)))] == ["MB312"]


POEM = "The road goes down to the river\nand the river goes to the sea\nand nobody runs beside it\nbut the wind, the wind and me"


@pytest.mark.parametrize(
    ("declared", "lines"),
    [
        (("The road goes down to the river",), "1 of its 4 lines"),
        (("and nobody runs beside it", "but the wind, the wind and me"), "2 of its 4 lines"),
        ((POEM,), ""),
        (tuple(POEM.split("\n")), ""),
        (("The road goes down … the wind and me",), ""),
    ],
)
def test_lines_of_a_verse_that_no_quote_declares(declared, lines):
    quotes = tuple(quote(text=words) for words in declared)
    found = undeclared_quotes(book(story(text=text(LONG * 3, verse(POEM, 3), LONG * 3), quotes=quotes)))
    assert [(f.code, f.place.line) for f in found if f.code != "MB313"] == ([("MB312", 3)] if lines else [])
    assert all(lines in f.message for f in found)


@pytest.mark.parametrize(
    ("words", "block"),
    [
        ("the river goes", 1),
        ("The River… is gone.", 1),
        ("goes by. And then it", 1),
        ("it is gone", 2),
        ("I walk", 0),
        ("by and by", -1),
        ("…", -1),
        ("", -1),
    ],
)
def test_a_quotation_is_found_in_the_paragraph_it_begins_in(words: str, block: int) -> None:
    made = text("I walk.", "“The river goes by.”", "And then it is gone.")
    assert first_block(quote(text=words), made) == block
