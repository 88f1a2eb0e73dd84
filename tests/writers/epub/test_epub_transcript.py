"""An e-book read again from its own text says what a parser finds in it, and a word that is lost is missed."""

from __future__ import annotations

import re
from xml.parsers.expat import ExpatError

import epub_sampler as sampler
import pytest
from lxml import etree

from milebook.model.languages import RIGHT_TO_LEFT_LETTER
from milebook.writers.epub.item_markup import NO_SMALL_CAPS, OUTLANDISH
from milebook.writers.epub.markup import clean, in_utf8
from milebook.writers.epub.pages import set_pages
from milebook.writers.epub.transcript import transcribe

X = "{http://www.w3.org/1999/xhtml}"


def page(inside: str) -> bytes:
    return f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{inside}</body></html>'.encode()


@pytest.mark.parametrize(
    ("inside", "wanted"),
    [
        ('<p id="a" class="b">one <em>two</em> three</p>', [("a", "one two three")]),
        ("<p>a<br/>b</p>", [("", "a b")]),
        ('<section><h2 class="x" id="h">A &amp; B</h2>\n<pre id="c"><code>x\n  y</code></pre></section>', [("h", "A & B"), ("c", "x y")]),
        ('<p id="a">&lt;p&gt; &amp;lt; it&#x27;s</p>', [("a", "<p> &lt; it's")]),
        ('<p id="n"><span class="note-number"><a href="#r">1</a></span> A note.</p>', [("n", "A note.")]),
        ('<img src="a" alt="What &quot;it&quot; shows" width="1"/>', [("figure", 'What "it" shows')]),
        ('<img src="a" alt="Figure 1" data-alt="missing"/>', [("figure", "")]),
        ('<img src="a" alt="" role="presentation"/>', [("figure", "")]),
        ('<hr id="s" class="scene-break" data-text="* * *"/>', [("s", "* * *")]),
        ('<table id="t"><tr><th>a</th><td></td><td>b</td></tr>\n<tr><td>c</td></tr></table><p>d</p>', [("t", "a b c"), ("", "d")]),
        ("<header><p>a</p></header><ol><li><p>b</p></li></ol>", [("", "a"), ("", "b")]),
        ("<p></p><p>a</p>", [("", ""), ("", "a")]),
        ("", []),
    ],
)  # fmt: skip
def test_what_a_reader_finds(inside: str, wanted: list[tuple[str, str]]) -> None:
    assert list(transcribe([page(inside)])) == wanted


def test_a_book_says_what_a_parser_finds() -> None:
    pages = [made.data for made in set_pages(sampler.sampler(), {}, {}, "Figure")]
    found = "".join("".join(text for text in etree.fromstring(made).find(f"{X}body").itertext()) for made in pages)
    read = "".join(text for anchor, text in transcribe(pages) if anchor != "figure")
    assert not re.search("[^\\W\\d_]", "".join(set(found) - set(read)))
    assert len(re.sub("[\\W\\d_]", "", found)) == len(re.sub("[\\W\\d_]", "", read))


@pytest.mark.parametrize("inside", ["<p>", "<p>a</p></p>", "<p>&nbsp;</p>", "<p>a & b</p>", "<p>\x02</p>"])
def test_a_page_that_is_not_sound_is_not_read(inside: str) -> None:
    with pytest.raises(ExpatError):
        list(transcribe([page(inside)]))


def test_pages_are_cleaned_whichever_way() -> None:
    for point in [*range(0x3100), *range(0xD7F0, 0xE010), *range(0xF900, 0x10000), 0x1F600]:
        text = f"a{chr(point)}b"
        assert in_utf8(text) == clean(text).encode(), hex(point)


def test_the_first_look_at_a_paragraph_overlooks_no_script() -> None:
    for character in map(chr, [*range(0xD800), *range(0xE000, 0x20000)]):
        if NO_SMALL_CAPS.search(character) or RIGHT_TO_LEFT_LETTER.search(character):
            assert OUTLANDISH.search(character), hex(ord(character))
