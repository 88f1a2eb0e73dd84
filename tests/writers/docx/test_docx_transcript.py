"""A Word file read again from its own text says what a parser finds in it, and a word that is lost is missed."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any
from xml.parsers.expat import ExpatError

import pytest
from docx_books import everything, layout, part, set_

from milebook.model.draft import Draft
from milebook.writers.comparison import compare
from milebook.writers.docx.bookmarks import all_anchors, bookmark_names
from milebook.writers.docx.transcript import transcript

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEAD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
FOOT = "<w:sectPr/></w:body></w:document>"


class Same(dict[str, str]):
    """Anchors that are called as their bookmarks."""

    def get(self, key: str, default: Any = None) -> str:
        return key


def printed(xml: str) -> list[tuple[str, str]]:
    return list(transcript([(HEAD + xml + FOOT).encode()], b"", Same()))


def paragraph(inside: str, name: str = "one") -> str:
    return f'<w:p><w:bookmarkStart w:id="1" w:name="{name}"/>{inside}<w:bookmarkEnd w:id="1"/></w:p>'


def run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


@pytest.mark.parametrize(
    ("xml", "wanted"),
    [
        (paragraph(run("a ") + run("b")), [("one", "a b")]),
        (paragraph(run("a") + "<w:r><w:br/></w:r>" + run("b")), [("one", "a b")]),
        (paragraph(run("a") + '<w:r><w:br w:type="page"/><w:tab/></w:r>' + run("b")), [("one", "a b")]),
        (paragraph(run("a") + "<w:r><w:noBreakHyphen/><w:t>b</w:t></w:r>"), [("one", "a\u2011b")]),
        (paragraph(run("a") + "<w:r><w:softHyphen/></w:r>" + run("b")), [("one", "a\u00adb")]),
        (paragraph('<w:pPr><w:tabs><w:tab w:val="left" w:pos="9"/></w:tabs></w:pPr>' + run("ab")), [("one", "ab")]),
        (paragraph(run("&lt;a&gt; &amp;amp; &quot;")), [("one", '<a> &amp; "')]),
        (paragraph("<w:r><w:instrText> SEQ x </w:instrText></w:r>" + run("1")), [("one", "1")]),
        (paragraph('<w:bookmarkStart w:id="2" w:name="in"/>' + run("a")), [("in", "a")]),
        (paragraph(run("a") + '<w:bookmarkStart w:id="2" w:name="late"/>'), [("one", "a")]),
        (paragraph(run("a")) + "<w:p/>" + paragraph(run("b"), "two"), [("one", "a"), ("two", "b")]),
        (paragraph(run("a") + '<w:r><w:footnoteReference w:id="1"/></w:r>') * 2, [("one", "a1"), ("one", "a2")]),
        (paragraph(run("a") + '<w:footnoteReference w:customMarkFollows="1" w:id="1"/>' + run("*")), [("one", "a*")]),
        (f"<w:tbl><w:tc>{paragraph(run('a'))}</w:tc><w:tc><w:p>{run('b')}</w:p><w:p/></w:tc></w:tbl>" + paragraph(run("c")),
         [("one", "a b"), ("one", "c")]),
        (f"<w:tbl><w:tc><w:p>{run('a')}<w:r><w:br/></w:r>{run('b')}</w:p></w:tc></w:tbl>" * 2, [("", "a b")] * 2),
        (f"<w:tbl><w:tc><w:p/></w:tc><w:tc><w:p>{run('a')}</w:p></w:tc></w:tbl>{paragraph(run('b'))}", [("", "a"), ("one", "b")]),
        ("", []),
    ],
)  # fmt: skip
def test_what_word_would_show(xml: str, wanted: list[tuple[str, str]]) -> None:
    assert printed(xml) == wanted


def test_notes_begin_again_where_their_section_says_so() -> None:
    note = run("a") + '<w:r><w:footnoteReference w:id="1"/></w:r>'
    restart = '<w:footnotePr><w:numStart w:val="{}"/><w:numRestart w:val="eachSect"/></w:footnotePr>'
    ends = f"<w:pPr><w:sectPr>{restart.format(7)}</w:sectPr></w:pPr>"
    xml = HEAD + paragraph(note) + paragraph(ends + note) + paragraph(note)
    end = f"<w:sectPr>{restart.format(3)}</w:sectPr></w:body></w:document>"
    made = list(transcript([(xml + end).encode()], b"", Same()))
    assert [text for _, text in made] == ["a7", "a8", "a3"]


def letters(text: str) -> str:
    """Without white space and hyphens that have elements of their own, and without the numbers of notes, which Word makes."""
    return re.sub("[\\s\u2011\u00ad0-9]", "", text)


@pytest.mark.parametrize("name", ["manuscript", "trade", "proof", "press"])
def test_a_file_says_what_a_parser_finds(name: str) -> None:
    written = set_(everything(), layout(name))
    found = "".join(element.text or "" for element in part(written.data, "word/document.xml").iter(f"{W}t"))
    with zipfile.ZipFile(io.BytesIO(written.data)) as file:
        read = list(transcript([file.read("word/document.xml")], b"", Same()))
    assert letters("".join(text for anchor, text in read if anchor != "figure")) == letters(found)


def anchors_by_bookmark(book: Draft) -> dict[str, str]:
    return {name: anchor for anchor, name in bookmark_names(all_anchors(book)).items()}


def test_every_word_lost_is_missed() -> None:
    book = everything()
    written = set_(book)
    with zipfile.ZipFile(io.BytesIO(written.data)) as file:
        document, footnotes = file.read("word/document.xml"), file.read("word/footnotes.xml")
    bookmarks = anchors_by_bookmark(book)
    assert compare(book, transcript([document], footnotes, bookmarks), "docx") == []
    texts = re.compile(rb"<w:t(?: [^>]*)?>([^<]*\w[^<]*)</w:t>")
    for found in texts.finditer(document):
        harmed = document[: found.start(1)] + document[found.end(1) :]
        assert compare(book, transcript([harmed], footnotes, bookmarks), "docx"), found[1]
    for found in texts.finditer(footnotes):
        harmed = footnotes[: found.start(1)] + b"other" + footnotes[found.end(1) :]
        assert compare(book, transcript([document], harmed, bookmarks), "docx") or found[1].isdigit(), found[1]


@pytest.mark.parametrize("inside", ["<w:r>", "&nbsp;", "\x01", "<w:t>a & b</w:t>", "</w:p>"])
def test_a_file_that_is_not_sound_is_not_read(inside: str) -> None:
    with pytest.raises(ExpatError):
        printed(paragraph(run("a") + inside))


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_a_document_in_pieces_says_the_same(size: int) -> None:
    book = everything()
    with zipfile.ZipFile(io.BytesIO(set_(book).data)) as file:
        document, footnotes = file.read("word/document.xml"), file.read("word/footnotes.xml")
    bookmarks = anchors_by_bookmark(book)
    pieces = (document[at : at + size] for at in range(0, len(document), size))
    assert list(transcript(pieces, footnotes, bookmarks)) == list(transcript([document], footnotes, bookmarks))
