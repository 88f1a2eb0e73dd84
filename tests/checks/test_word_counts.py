"""Word counting by rule mb-1: the table of the rule, its zones, and the figures of a book."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milebook.checks.word_counts import (
    RULE,
    Zones,
    body_words,
    both_counts,
    count,
    count_book,
    story_counts,
    text_counts,
)
from milebook.markdown import read_prose
from milebook.model.book import Book, BookInfo, Chapter, Contributor, Matter, Photo, Story
from milebook.model.text import Text

TABLE = [  # text, words by mb-1, words between white space
    ("well-known runner", 2, 2),
    ("ran—then walked", 3, 2),
    ("ran — then walked", 3, 4),
    ("ran--then walked", 3, 2),
    ("pages 1–3", 3, 2),
    ("don't stop", 2, 2),
    ("in 3:59:59 flat", 3, 3),
    ("and/or nothing", 2, 2),
    ("salt & water", 2, 3),
    ("great run 🏃 today", 3, 4),
    ("wait . . . go", 2, 5),
    ("wait…go now", 2, 2),
    ("10\u00a0km run", 3, 3),
    ("#", 0, 1),
    # beyond the table
    ("", 0, 0),
    (" \n\t", 0, 0),
    ("don’t", 1, 1),
    ("“Go,” she said.", 3, 3),
    ("ana@example.org https://example.org/a-b", 2, 2),
    ("a - b", 2, 3),
    ("- -- --- -----", 0, 4),
    ("so-and-so", 1, 1),
    ("figure\u2012dash bar\u2015bar", 4, 2),
    ("minus\u2212sign", 1, 1),
    ("co\u00adoperate", 1, 1),
    ("zero\u200bwidth", 1, 1),
    ("a\u200b b", 2, 2),
    ("-\u200b-", 0, 1),
    ("a-\u200b-b", 2, 1),
    ("\u200b \u2060 \ufeff", 0, 3),
    ("thin\u2009space narrow\u202fspace wide\u3000space", 6, 6),
    ("_ __ _a_", 1, 3),
    ("½ ² ①", 3, 3),
    ("Nguyễn Văn Łukasz", 3, 3),
    ("Nguye\u0302\u0303n Va\u0306n", 2, 2),
    ("\u0301 \u0302", 0, 2),
    ("走る人", 3, 1),
    ("東京 marathon 2026年", 5, 3),
    ("ランナー", 1, 1),
    ("마라톤 대회", 2, 2),
    ("人々 〇", 3, 2),
    ("\U00020000\U000323af", 2, 1),
    ("\uf900", 1, 1),
    ("बढ़िया दौड़", 2, 2),
    ("רוץ מהר", 2, 2),
    ("5'11\" 26.2 1,000 £5 $3.50 50%", 6, 6),
    ("(c) [sic] 1/2 -> 1)", 4, 5),
    ("a\u2028b\u0085c", 3, 3),
]


@pytest.mark.parametrize(("text", "words", "whitespace"), TABLE)
def test_table(text: str, words: int, whitespace: int) -> None:
    assert count(text) == words
    assert both_counts(text) == (words, whitespace)


def _by_the_letter(text: str) -> int:
    """The rule as it is written, without a thought for speed."""
    text = unicodedata.normalize("NFC", text)
    for character in "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\u180e":
        text = text.replace(character, "")
    for dash in "\u2012\u2013\u2014\u2015":
        text = text.replace(dash, " ")
    while "--" in text:
        start = text.index("--")
        end = start
        while text[end : end + 1] == "-":
            end += 1
        text = text[:start] + " " + text[end:]
    words, out = 0, ""
    for character in text:
        if unicodedata.name(character, "").startswith("CJK ") and "IDEOGRAPH" in unicodedata.name(character):
            words, out = words + 1, out + " "
        else:
            out += character
    return words + sum(any(character.isalnum() for character in token) for token in out.split())


@given(st.text(alphabet="ab-–—é\u0301\u200b\u00ad \u00a0\n中人#.'…_1½🏃", max_size=60))
def test_fast_is_right(text: str) -> None:
    assert count(text) == _by_the_letter(text)


@given(st.lists(st.text(alphabet="ab-–é中 #.1", max_size=20), max_size=8))
def test_lines_add_up(lines: list[str]) -> None:
    assert count("\n".join(lines)) == sum(map(count, lines))


STORY = """# A *small* head

One two{>> three? <<} "four" five.[^1]

3) six
4) seven[^2]

***

> eight

```
nine  ten
```

[^1]: Not of the body.
[^2]: Nor this.
"""


def _text(markdown: str) -> Text:
    return read_prose(markdown, "s.md", language="en")[0]


def test_zones_of_a_text() -> None:
    text = _text(STORY)
    assert body_words(text) == 3 + 4 + 2 + 1 + 2
    # the two rows of graves are printed: they mean nothing in a letter
    assert text_counts(text) == (3 + 4 + 2 + 1 + 2, 14, 6)


def _story(name: str, words: int, **fields: object) -> Story:
    return Story(name, title="The Two—Miles", byline="Ana E., 32", text=_text("word " * words), **fields)  # type: ignore[arg-type]


def test_story() -> None:
    photos = (
        Photo(caption="All smiles.", credit="Photo by Ben", alt="A woman and a boy"),
        Photo(caption="Two"),
    )
    story = _story("a", 4, photos=photos)
    counts = story_counts(story, 3)
    assert counts[:8] == ("a", "The Two—Miles", "Ana E., 32", 4, 3, True, 4, 2)
    assert counts.zones == Zones(body=4, title=3, byline=3, caption=3, credit=3, alt=5)
    assert counts.zones.manuscript == 4 + 3 + 3 + 3 + 3


@pytest.mark.parametrize(
    ("own", "book", "limit", "over"), [(0, 0, 0, False), (0, 4, 4, False), (0, 3, 3, True), (5, 3, 5, False)]
)
def test_limits(own: int, book: int, limit: int, over: bool) -> None:
    counts = story_counts(_story("a", 4, limit=own), book)
    assert (counts.limit, counts.over) == (limit, over)


@pytest.mark.parametrize(
    ("markdown", "words", "word_style", "disputed"),
    [
        ("a -- b c", 3, 4, True),  # Word finds four
        ("a--b c d", 4, 3, True),  # Word finds three
        ("a b c", 3, 3, False),
        ("a b c d", 4, 4, False),
    ],
)
def test_disputed_limits(markdown: str, words: int, word_style: int, disputed: bool) -> None:
    counts = story_counts(Story("a", text=_text(markdown)), 3)
    assert (counts.words, counts.word_style, counts.disputed) == (words, word_style, disputed)


def test_no_limit_is_never_disputed() -> None:
    assert not story_counts(Story("a", text=_text("a -- b"))).disputed


def test_book() -> None:
    ana = Contributor(name="Ana Example", byline="Ana E.", bio="Runs a lot.")
    hidden = Contributor(name="Ben Example", anonymous=True, bio="Never printed.")
    one = Chapter("one", 1, "First Miles", opening=_text("A few words.[^n]\n\n[^n]: And note."), stories=(
        _story("a", 10, contributor=ana),
        _story("b", 5, contributor=ana),
    ))  # fmt: skip
    two = Chapter("two", 2, "Last", stories=(_story("c", 7, contributor=hidden),))
    front = (
        Matter("half-title"),
        Matter("title"),
        Matter("copyright"),
        Matter("contents"),
        Matter("text", title="To Our Readers", text=_text("For *all*.")),
    )
    back = (Matter("contributors"), Matter("credits"))
    info = BookInfo(
        title="Two Miles",
        subtitle="Stories",
        authors=("Ada Example",),
        publisher="Press",
        story_limit=7,
        word_target=900,
    )
    counts = count_book(Book(info, front, (one, two), back))
    assert counts.rule == RULE == "mb-1"
    assert counts.body == 22
    assert counts.target == 900
    assert [(chapter.id, chapter.number, chapter.words) for chapter in counts.chapters] == [
        ("one", 1, 15),
        ("two", 2, 7),
    ]
    assert [[story.over for story in chapter.stories] for chapter in counts.chapters] == [[True, False], [False]]
    titles_and_bylines = 3 * (3 + 3)
    openings = 2 + 3 + 1
    matter = 2 + (2 + 1 + 2 + 1) + (3 + 2) + (2 + 3)
    assert counts.zones == Zones(22, 9, 9, notes=2, front_back=openings + matter)
    assert counts.manuscript == 22 + titles_and_bylines + 2 + openings + matter
