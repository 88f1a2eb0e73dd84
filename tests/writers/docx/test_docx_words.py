"""The Word file says what the Draft says: every word once, in order, under its own bookmark."""

from __future__ import annotations

import re

import pytest
from docx_books import (
    QUOTE,
    W,
    chapter,
    draft,
    everything,
    find,
    layout,
    mark,
    note,
    numbered,
    p,
    part,
    set_,
    story,
    values,
)

from milebook.model.draft import Draft, DraftQuery, Part, Role, Table
from milebook.model.text import Container, Run
from milebook.writers.comparison import compare
from milebook.writers.docx.bookmarks import LONGEST, bookmark_names

LAYOUTS = ("manuscript", "trade", "press", "proof")


@pytest.mark.parametrize("name", LAYOUTS)
def test_one_of_everything_is_set_word_for_word(name: str) -> None:
    book = everything(proof_line="Uncorrected proof")
    written = set_(book, layout(name))
    assert compare(book, written.transcript, "docx") == []
    assert written.findings == []


@pytest.mark.parametrize(
    ("runs", "shown"),
    [
        ((Run("a\x00b\x0bc\x1f\ufffed"),), "abcd"),
        ((Run("line\u2028two\r\nthree\x85four"),), "line two three four"),
        ((Run("tab\tnow"),), "tab now"),
        ((Run("<b>&amp;</b> ]]> \"x\" 'y'"),), "<b>&amp;</b> ]]> \"x\" 'y'"),
        ((Run("🏃🏽\u200d♀️ é e\u0301 ﬁ \U0001f469"),), "🏃🏽\u200d♀️ é e\u0301 ﬁ \U0001f469"),
        ((Run("مرحبا 12 world שלום"),), "مرحبا 12 world שלום"),
        ((Run("  spaced "), Run(" out  ")), "spaced out"),
        ((Run("broken", link="http://[::1"), Run(" odd", link="javascript:x"), Run(" gone", link="#nowhere")), "broken odd gone"),
        ((Run("twice"), mark(1), Run(" and"), mark(1), Run(" none"), Run("9", note=9)), "twice1 and1 none9"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["manuscript", "press"])
def test_awkward_text(name: str, runs: tuple[Run, ...], shown: str) -> None:
    book = draft(story("s", p(Role.BODY, runs, "mb_s_p01"), notes=(note(1, "mb_s_n1", "Note."),)))
    assert dict(set_(book, layout(name)).transcript)["mb_s_p01"] == shown


def test_a_note_that_nothing_refers_to_is_still_set() -> None:
    book = draft(story("s", p(Role.BODY, "Text", "mb_s_p01"), notes=(note(1, "mb_s_n1", "Lost note."),)))
    assert ("mb_s_n1_p1", "Lost note.") in set_(book).transcript


def test_an_empty_paragraph_is_not_set_and_leaves_its_bookmark_to_the_next() -> None:
    book = draft(story("s", p(Role.BODY, "", "mb_s_p01"), p(Role.BODY, "Words", "mb_s_p02")))
    written = set_(book)
    document = part(written.data, "word/document.xml")
    assert not [x for x in find(document, "//w:body//w:p") if not find(x, ".//w:t")]
    assert {"mb_s_p01", "mb_s_p02"} <= set(values(document, "//w:bookmarkStart/@w:name"))
    assert ("mb_s_p02", "Words") in written.transcript


@pytest.mark.parametrize(
    "book", [draft(), draft(Part("text", "t", "", "front", ()))], ids=["no parts", "an empty part"]
)
def test_an_empty_draft_is_a_file(book: Draft) -> None:
    written = set_(book)
    assert list(written.transcript) == []
    assert len(find(part(written.data, "word/document.xml"), "//w:body/w:p")) == 1


def test_bookmarks_are_ranges_that_word_accepts() -> None:
    document = part(set_(everything()).data, "word/document.xml")
    names = values(document, "//w:bookmarkStart/@w:name")
    ids = values(document, "//w:bookmarkStart/@w:id")
    assert len(names) == len({name.lower() for name in names}) == len(set(ids))
    assert sorted(ids) == sorted(values(document, "//w:bookmarkEnd/@w:id"))
    for name in names:
        assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,39}", name), name
    body = {
        "mb_tree_title",
        "mb_tree_byline",
        "mb_tree_p01",
        "mb_tree_f1",
        "mb_tree_f1_caption",
        "mb_tree_f1_credit",
        "mbn_table",
    }
    assert body <= set(names)
    paragraph = find(document, "//w:p[w:bookmarkStart/@w:name='mb_tree_p01']")[0]
    assert paragraph[1].tag == f"{W}bookmarkStart" and paragraph[-1].tag == f"{W}bookmarkEnd"


@pytest.mark.parametrize(
    ("anchors", "names"),
    [
        (["mb_tree_p01"], ["mb_tree_p01"]),
        (["mb_the-tree_p01"], ["mb_the_tree_p01"]),
        (["9lives"], ["mb_9lives"]),
        (["_x"], ["mb__x"]),
        (["a" * 40], ["a" * 40]),
    ],
)
def test_names_of_bookmarks(anchors: list[str], names: list[str]) -> None:
    assert list(bookmark_names(anchors).values()) == names


def test_long_and_equal_anchors_get_names_of_their_own() -> None:
    anchors = ["a-b", "a_b", "A_b", *(f"mb_{'long-name-' * 5}{i}" for i in range(20))]
    names = list(bookmark_names(anchors).values())
    assert len({name.lower() for name in names}) == len(anchors)
    assert max(len(name) for name in names) <= LONGEST


def test_note_numbers_are_words_own_and_equal_the_drafts() -> None:
    book = everything()
    data = set_(book).data
    document, notes = part(data, "word/document.xml"), part(data, "word/footnotes.xml")
    references = values(document, "//w:footnoteReference/@w:id")
    assert references == values(notes, "//w:footnote[not(@w:type)]/@w:id") and len(references) == 5
    assert not find(document, "//w:footnoteReference[@w:customMarkFollows]")
    assert values(notes, "//w:footnote[@w:type]/@w:id") == ["-1", "0"]
    restarts = values(document, "//w:sectPr/w:footnotePr/w:numRestart/@w:val")
    assert restarts == ["eachSect", "eachSect", "eachSect", "continuous", "eachSect"]


def test_notes_that_count_on_need_no_sections() -> None:
    one = story("a", p(Role.BODY, (Run("x"), mark(1)), "mb_a_p01"), notes=(note(1, "mb_a_n1", "One"),))
    two = story("b", p(Role.BODY, (Run("y"), mark(2)), "mb_b_p01"), notes=(note(2, "mb_b_n1", "Two"),))
    document = part(set_(draft(chapter(1), one, two)).data, "word/document.xml")
    assert len(find(document, "//w:sectPr")) == 1 and not find(document, "//w:footnotePr")


def test_a_note_that_begins_in_the_middle_of_a_chapter_keeps_its_number() -> None:
    one = story("a", p(Role.BODY, (Run("x"), mark(4)), "mb_a_p01"), notes=(note(4, "mb_a_n1", "Four"),))
    two = story("b", p(Role.BODY, (Run("y"), mark(9), Run("z"), mark(7)), "mb_b_p01"),
                notes=(note(7, "mb_b_n1", "Seven"), note(9, "mb_b_n2", "Nine")))  # fmt: skip
    book = draft(one, two)
    written = set_(book)
    assert compare(book, written.transcript, "docx") == []
    assert ("mb_b_p01", "y9z7") in written.transcript
    document = part(written.data, "word/document.xml")
    assert values(document, "//w:footnotePr/w:numStart/@w:val") == ["4", "9"]
    assert values(document, "//w:footnoteReference[@w:customMarkFollows]/following-sibling::w:t/text()") == ["7"]


def labels(data: bytes) -> list[str]:
    """The label of every list item, counted as Word counts."""
    document, numbering = part(data, "word/document.xml"), part(data, "word/numbering.xml")
    counted: dict[tuple[str, str], int] = {}
    made = []
    for numbers in find(document, "//w:numPr"):
        level, use = values(numbers, "w:ilvl/@w:val")[0], values(numbers, "w:numId/@w:val")[0]
        definition = values(numbering, f"//w:num[@w:numId='{use}']/w:abstractNumId/@w:val")[0]
        look = find(numbering, f"//w:abstractNum[@w:abstractNumId='{definition}']/w:lvl[@w:ilvl='{level}']")[0]
        start = int(values(look, "w:start/@w:val")[0])
        counted[use, level] = counted.get((use, level), start - 1) + 1
        made.append(values(look, "w:lvlText/@w:val")[0].replace(f"%{int(level) + 1}", str(counted[use, level])))
    return made


@pytest.mark.parametrize(
    "typed", [["1.", "2.", "3."], ["3)", "4)"], ["1.", "1.", "7.", "8."], ["0.", "1."], ["10)", "12)"], ["(a)", "x"]]
)
def test_list_labels_are_printed_as_typed(typed: list[str]) -> None:
    items = [
        p(Role.LIST_ITEM, f"item {i}", f"mb_s_p{i:02d}", inside=(numbered(1, i, label),))
        for i, label in enumerate(typed, 1)
    ]
    again = [i._replace(anchor=f"{i.anchor}b", inside=(i.inside[0]._replace(key=2),)) for i in items]
    assert labels(set_(draft(story("s", *items, *again))).data) == typed * 2


def test_lists_inside_lists_keep_their_count() -> None:
    book = everything()
    assert labels(set_(book).data)[:5] == ["3)", "4)", "•", "7)", "1."]


def test_lists_of_two_texts_do_not_run_on() -> None:
    def one(anchor: str) -> Part:
        return story(anchor, p(Role.LIST_ITEM, "x", f"mb_{anchor}_p01", inside=(numbered(1, 1, "1."),)))

    assert labels(set_(draft(one("a"), one("b"))).data) == ["1.", "1."]


@pytest.mark.parametrize(
    ("inside", "left"),
    [((QUOTE,), 36), ((QUOTE, Container("quote", 2)), 54), ((QUOTE, Container("quote", 2), Container("quote", 3)), 72)],
)
def test_quotes_inside_quotes_step_in(inside: tuple[Container, ...], left: int) -> None:
    data = set_(draft(story("s", p(Role.BLOCK_QUOTE, "said", "mb_s_p01", inside=inside)))).data
    style = values(part(data, "word/document.xml"), "//w:p[.//w:t='said']/w:pPr/w:pStyle/@w:val")[0]
    indent = values(part(data, "word/styles.xml"), f"//w:style[@w:styleId='{style}']/w:pPr/w:ind/@w:left")
    assert indent == [str(left * 20)]


def test_queries_of_a_proof_are_comments_at_their_word() -> None:
    book = draft(
        story("s", p(Role.BODY, (Run("It was cold"), Run("", query=3), Run(" there.")), "mb_s_p01"), p(Role.BODY, (Run("", query=4), Run("End")), "mb_s_p02")),
        queries=(DraftQuery(3, "Q1.01", "Cold & how?", "mb_s_p01"), DraftQuery(4, "Q1.02", "Why?", "mb_s_p02")),
    )  # fmt: skip
    written = set_(book, layout("proof"))
    document, comments = part(written.data, "word/document.xml"), part(written.data, "word/comments.xml")
    assert (
        values(document, "//w:commentRangeStart/@w:id") == values(document, "//w:commentReference/@w:id") == ["0", "1"]
    )
    assert values(document, "//w:commentRangeStart[@w:id='0']/following-sibling::w:r[1]/w:t/text()") == ["cold"]
    assert values(comments, "//w:comment/@w:author") == ["milebook"] * 2
    assert values(comments, "//w:comment/@w:date") == ["2026-03-15T00:00:00Z"] * 2
    assert ["".join(values(c, ".//w:t/text()")) for c in find(comments, "//w:comment")] == [
        "Q1.01 Cold & how?",
        "Q1.02 Why?",
    ]
    assert find(part(written.data, "word/settings.xml"), "//w:trackRevisions")
    assert find(document, "//w:sectPr/w:lnNumType[@w:restart='newPage']")
    assert compare(book, written.transcript, "docx") == []


def test_queries_stay_out_of_what_is_delivered() -> None:
    data = set_(everything()).data
    assert not find(part(data, "word/document.xml"), "//w:commentReference | //w:lnNumType")
    assert not find(part(data, "word/settings.xml"), "//w:trackRevisions | //w:updateFields")


def test_a_table_is_never_against_another_table_or_a_section_break() -> None:
    def table(anchor: str) -> Table:
        return Table(anchor, ("A", "B"), (("1", "2"), ("only",), ("x", "y", "z")), (0.5, 0.5))

    one = Part("text", "one", "One", "back", (p(Role.PART_TITLE, "One", "t1", level=1), table("a"), table("b")))
    two = Part("text", "two", "Two", "back", (table("c"),))
    book = draft(one, two)
    written = set_(book, layout("trade"))
    document = part(written.data, "word/document.xml")
    blocks = [block.tag.removeprefix(W) for block in find(document, "/w:document/w:body/*")]
    assert blocks == ["p", "tbl", "p", "tbl", "p", "tbl", "sectPr"]
    assert all(len(find(row, "w:tc")) == 3 for row in find(document, "//w:tr"))
    assert compare(book, written.transcript, "docx") == []
