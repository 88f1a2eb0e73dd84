"""Looks live in styles: named by function, stated in full, with nothing set by hand in the text."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from docx_books import (
    W,
    bare_layout,
    chapter,
    draft,
    everything,
    figure,
    find,
    layout,
    p,
    paragraphs,
    part,
    set_,
    story,
    values,
    whole_style,
)

from milebook.model.draft import Note, Paragraph, Part, Role
from milebook.model.text import Run

STYLED = ("manuscript", "trade", "a5", "proof")


@pytest.mark.parametrize("name", STYLED)
def test_nothing_is_formatted_by_hand(name: str) -> None:
    data = set_(everything(), layout(name)).data
    document = part(data, "word/document.xml")
    allowed = {"pStyle", "numPr", "bidi", "pageBreakBefore", "sectPr", "framePr"}
    for look in find(document, "//w:pPr"):
        assert {child.tag.removeprefix(W) for child in look} <= allowed
    for look in [*find(document, "//w:r/w:rPr"), *find(part(data, "word/footnotes.xml"), "//w:r/w:rPr")]:
        inside = {child.tag.removeprefix(W) for child in look}
        assert inside <= {
            "rStyle",
            "lang",
            "rtl",
            "i",
            "iCs",
        }  # a link that is italic has the one style and plain italics
        assert "i" not in inside or "rStyle" in inside


@pytest.mark.parametrize("name", [*STYLED, "press"])
def test_no_empty_paragraph_no_tab_and_no_row_of_spaces(name: str) -> None:
    document = part(set_(everything(), layout(name)).data, "word/document.xml")
    for paragraph in find(document, "/w:document/w:body/w:p"):
        assert find(paragraph, ".//w:t | .//w:drawing")
    assert not find(document, "//w:r/w:tab | //w:br[@w:type]")
    code = find(document, "//w:p[.//w:t[contains(., 'def run')]]")[0]
    assert [
        t for p_ in find(document, "//w:p") if p_ is not code for t in values(p_, ".//w:t/text()") if "   " in t
    ] == []


@pytest.mark.parametrize("name", [*STYLED, "press"])
def test_no_leading_is_without_its_rule(name: str) -> None:
    """LibreOffice takes it for an exact one, and cuts pictures off."""
    data = set_(everything(), layout(name)).data
    for where in ("word/styles.xml", "word/document.xml"):
        for spacing in find(part(data, where), "//w:spacing[@w:line]"):
            assert spacing.get(f"{W}lineRule") in ("auto", "exact", "atLeast")


@pytest.mark.parametrize("name", STYLED)
def test_every_style_used_is_there_once(name: str) -> None:
    data = set_(everything(proof_line="Proof"), layout(name)).data
    styles = part(data, "word/styles.xml")
    ids = values(styles, "//w:style/@w:styleId")
    titles = [value.lower() for value in values(styles, "//w:style/w:name/@w:val")]
    assert len(ids) == len(set(ids)) and len(titles) == len(set(titles))
    used = set()
    for member in ("word/document.xml", "word/footnotes.xml"):
        used |= set(values(part(data, member), "//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val"))
    assert used <= set(ids)
    assert set(values(styles, "//w:basedOn/@w:val | //w:next/@w:val")) <= set(ids)


def test_headings_are_words_own() -> None:
    styles = {text: style for style, text in paragraphs(part(set_(everything()).data, "word/document.xml"))}
    assert styles["Miles 1"] == "Heading1"
    assert styles["The Tree at the Corner"] == "Heading2"
    assert styles["What then"] == "Heading3" and styles["And then"] == "Heading4"
    assert styles["Contents"] == "TOCHeading"  # as Word has it: a table of contents does not list itself


def test_a_part_title_is_heading_1_when_it_looks_like_a_chapter_title() -> None:
    book = everything()
    same = {role: {"before": 12.0, "after": 24.0} for role in (Role.PART_TITLE, Role.CHAPTER_TITLE)}
    for look, wanted in (
        (layout(styles=same), "Heading1"),
        (layout(styles={Role.PART_TITLE: {"before": 30.0}}), "PartTitle"),
    ):
        data = set_(book, look).data
        styles = {text: style for style, text in paragraphs(part(data, "word/document.xml"))}
        assert styles["Introduction"] == wanted
        sheet = part(data, "word/styles.xml")
        assert values(whole_style(sheet, wanted), "w:pPr/w:outlineLvl/@w:val") == ["0"]
        if wanted == "PartTitle":
            assert values(sheet, "//w:style[@w:styleId='PartTitle']/w:basedOn/@w:val") == ["Heading1"]


def test_a_houses_names_are_used_and_keep_their_level() -> None:
    look = layout(docx_names={Role.CHAPTER_TITLE: "Title (Ttl)", Role.BODY: "Text, Std (Tx)", Role.BODY_FIRST: "Text, Std (Tx)", Role.CAPTION: "Body Text"})  # fmt: skip
    data = set_(everything(), look).data
    styles, document = part(data, "word/styles.xml"), part(data, "word/document.xml")
    named = {values(s, "w:name/@w:val")[0]: s for s in find(styles, "//w:style")}
    assert values(named["Title (Ttl)"], "w:pPr/w:outlineLvl/@w:val") == ["0"]
    assert {style for style, text in paragraphs(document) if text in ("Then home.", "An opening.")} >= {values(named["Text Std (Tx)"], "@w:styleId")[0]}  # fmt: skip
    assert "customStyle" not in "".join(named["Body Text"].attrib) and values(named["Body Text"], "@w:styleId") == [
        "BodyText"
    ]
    assert "\\u" in "".join(values(document, "//w:instrText[contains(., 'TOC \\o')]/text()"))


def test_a_change_of_normal_changes_the_document() -> None:
    """No style repeats what it has from the style it is based on; the first paragraph of a text is based on body text."""
    sheet = part(set_(everything(), layout("manuscript")).data, "word/styles.xml")
    body = find(sheet, "//w:style[@w:styleId='Body']")[0]
    assert values(body, "w:basedOn/@w:val") == ["Normal"]
    assert not find(body, "w:rPr/w:rFonts | w:rPr/w:sz | w:pPr/w:spacing | w:pPr/w:jc")
    assert values(sheet, "//w:style[@w:styleId='BodyFirst']/w:basedOn/@w:val") == ["Body"]
    own_face = values(sheet, "//w:style[@w:type='paragraph'][w:rPr/w:rFonts]/@w:styleId")
    assert set(own_face) <= {"Normal", "Code"}


@pytest.mark.parametrize("name", ["manuscript", "press", "house", "trade"])
def test_every_profile_has_page_numbers(name: str) -> None:
    data = set_(everything(), layout(name)).data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        heads = [archive.read(one).decode() for one in archive.namelist() if "/header" in one or "/footer" in one]
    assert any(" PAGE " in head for head in heads)


@pytest.mark.parametrize("wish", ["Normal", "heading 2", "Body", "Strong", "Emphasis", "Strong?", "Ünï 名"])
def test_any_house_name_makes_a_sound_style_sheet(wish: str) -> None:
    data = set_(everything(), layout(docx_names={Role.BODY: wish, Role.BYLINE: wish})).data
    ids = values(part(data, "word/styles.xml"), "//w:style/@w:styleId")
    titles = [title.lower() for title in values(part(data, "word/styles.xml"), "//w:style/w:name/@w:val")]
    assert len(ids) == len(set(ids)) and len(titles) == len(set(titles))
    assert set(values(part(data, "word/document.xml"), "//w:pStyle/@w:val")) <= set(ids)


@pytest.mark.parametrize(
    ("change", "path", "wanted"),
    [
        ({"size": 10.5, "leading": 14.0}, "w:pPr/w:spacing/@w:line | w:pPr/w:spacing/@w:lineRule | w:rPr/w:sz/@w:val", ["280", "exact", "21"]),
        ({"size": 12.0, "leading": 24.0}, "w:pPr/w:spacing/@w:line | w:pPr/w:spacing/@w:lineRule", ["480", "auto"]),
        ({"align": "justify"}, "w:pPr/w:jc/@w:val", ["both"]),
        ({"indent": 18.0, "left": 9.0, "right": 3.5}, "w:pPr/w:ind/@*", ["180", "70", "360"]),
        ({"indent": -18.0, "left": 18.0}, "w:pPr/w:ind/@w:hanging", ["360"]),
        ({"before": 6.0, "after": 7.0}, "w:pPr/w:spacing/@w:before | w:pPr/w:spacing/@w:after", ["120", "140"]),
        ({"hyphenate": False}, "count(w:pPr/w:suppressAutoHyphens[not(@w:val)])", 1.0),
        ({"hyphenate": True}, "w:pPr/w:suppressAutoHyphens/@w:val", ["0"]),
        ({"keep_next": True}, "name(w:pPr/w:keepNext)", "w:keepNext"),
        ({"small_caps": True}, "name(w:rPr/w:smallCaps)", "w:smallCaps"),
        ({"caps": True}, "name(w:rPr/w:caps)", "w:caps"),
        ({"bold": True, "italic": True}, "count(w:rPr/w:b | w:rPr/w:i | w:rPr/w:bCs | w:rPr/w:iCs)", 4.0),
        ({"tracking": 50.0, "size": 10.0}, "w:rPr/w:spacing/@w:val", ["10"]),
        ({"color": "#1f4e79"}, "w:rPr/w:color/@w:val", ["1F4E79"]),
        ({"font": "mono"}, "w:rPr/w:rFonts/@w:ascii", ["Courier New"]),
    ],
)  # fmt: skip
def test_a_style_of_the_layout_becomes_a_style_of_the_file(change: dict[str, Any], path: str, wanted: object) -> None:
    data = set_(everything(), layout(styles={Role.BLOCK_QUOTE: change})).data
    found = find(whole_style(part(data, "word/styles.xml"), "BlockQuote"), path)
    assert ([str(value) for value in found] if isinstance(found, list) else found) == wanted


def test_the_plain_profile_has_normal_only_and_no_field() -> None:
    data = set_(everything(), layout("press")).data
    document = part(data, "word/document.xml")
    assert not find(
        document, "//w:pStyle | //w:rStyle | //w:tblStyle | //w:fldChar | //w:fldSimple | //w:hyperlink | //w:instrText"
    )
    assert values(part(data, "word/styles.xml"), "//w:style[@w:type='paragraph']/w:name/@w:val") == ["Normal"]
    printed = {text for _, text in paragraphs(document)}
    assert "Figure 1.1 The road at 1.1." in printed
    assert find(document, "//w:r[w:t='so']/w:rPr/w:i")
    plain = find(document, "//w:p[.//w:t='Then home.']")[0]
    body = [child.tag.removeprefix(W) for child in find(plain, "w:pPr/*")]
    assert body == ["pBdr"]  # marked as changed; ordinary text needs nothing


def test_passages_name_their_language() -> None:
    document = part(set_(everything()).data, "word/document.xml")
    assert values(document, "//w:r[w:t='Ça va bien']/w:rPr/w:lang/@w:val") == ["fr-FR"]
    assert values(document, "//w:r[w:t='Un paragraphe entier.']/w:rPr/w:lang/@w:val") == ["fr-CA"]
    assert values(document, "//w:r[w:t='Then home.']/w:rPr/w:lang/@w:val") == []
    hebrew = find(document, "//w:p[.//w:t='שלום עולם']")[0]
    assert not find(hebrew, "w:pPr/w:bidi")  # an English paragraph, whatever it begins with
    assert values(hebrew, "w:r[w:rPr/w:rtl]/w:t/text()") == ["שלום עולם"]


def test_a_paragraph_runs_as_its_language_does() -> None:
    made = draft(
        story(
            "s",
            p(Role.BODY, "שלום עולם.", "a", lang="he"),
            p(Role.BODY, "An English line.", "b"),
            p(Role.SUBHEADING, "Marathon שלום", "c", lang="he", level=3),
            p(Role.BODY, "שלום עולם.", "d"),
            p(Role.BODY, "שלום said the sign.", "e"),
            p(Role.CONTRIBUTOR, "יעל כהן", "f"),
        )
    )
    document = part(set_(made).data, "word/document.xml")
    assert values(document, "//w:p[w:pPr/w:bidi]/w:bookmarkStart/@w:name") == ["a", "c", "d"]
    assert not find(document, "//w:sectPr/w:bidi")


def test_a_book_in_hebrew_is_bound_at_the_right_and_its_notes_begin_there() -> None:
    note = Note(1, "n1", (p(Role.NOTE, "הערה על 5 דברים.", "n1p"),))
    words = (Run("שלום"), Run("1", note=1))
    made = draft(story("s", Paragraph(Role.BODY, words, "a"), notes=(note,)))._replace(language="he")
    data = set_(made).data
    assert find(part(data, "word/document.xml"), "//w:sectPr[w:bidi and w:rtlGutter]")
    assert find(part(data, "word/footnotes.xml"), "//w:footnote[@w:id='1']/w:p/w:pPr/w:bidi")


@pytest.mark.parametrize(
    ("tag", "word"),
    [("en", "en-US"), ("vi", "vi-VN"), ("zh-Hant", "zh-TW"), ("sr-Latn-RS", "sr-RS"), ("tlh", "tlh"), ("x", "en-US")],
)
def test_the_book_has_its_language(tag: str, word: str) -> None:
    styles = part(set_(draft(story("s"), language=tag)).data, "word/styles.xml")
    assert values(styles, "//w:docDefaults//w:lang/@w:val") == [word]


def test_links_lead_out_by_relationship_and_in_by_bookmark() -> None:
    data = set_(everything()).data
    document, relations = part(data, "word/document.xml"), part(data, "word/_rels/document.xml.rels")
    targets = {r.get("Id"): r.get("Target") for r in relations if r.get("TargetMode") == "External"}
    assert sorted(targets.values()) == ["https://example.org/a?b=c&d=%C3%A9", "mailto:ada@example.org"]
    assert set(values(document, "//w:hyperlink/@r:id")) == set(targets)
    inside = values(document, "//w:hyperlink/@w:anchor")
    assert "mb_tree_p09" in inside and set(inside) <= set(values(document, "//w:bookmarkStart/@w:name"))


def test_no_address_is_longer_than_word_can_open() -> None:
    runs = tuple(Run(f"{size} ", link=f"https://ex.org/{'x' * size}") for size in (1900, 2000))
    data = set_(draft(story("s", p(Role.BODY, runs, "mb_s_p01")))).data
    targets = values(part(data, "word/_rels/document.xml.rels"), "//@Target")
    assert [target for target in targets if "xxx" in target] == [f"https://ex.org/{'x' * 1900}"]


def test_contents_are_a_field_with_its_entries_in_it() -> None:
    document = part(set_(everything()).data, "word/document.xml")
    entry = find(document, "//w:p[w:pPr/w:pStyle/@w:val='TOC2']")[0]
    assert values(entry, ".//w:hyperlink/@w:anchor") == ["mb_tree_title"]
    codes = [code.strip() for code in values(document, "//w:instrText/text()") if "TOC" in code]
    assert codes == ['TOC \\o "1-2" \\n \\h \\z', 'TOC \\n \\h \\z \\c "Figure"']
    marks = values(document, "//w:fldChar/@w:fldCharType")
    assert marks.count("begin") == marks.count("separate") == marks.count("end")
    targets = values(document, "//w:hyperlink/@w:anchor")
    assert "chapter_c2" in targets  # a part's own anchor is a bookmark where something leads to it


def test_figure_numbers_are_a_sequence_that_counts_to_the_drafts_numbers() -> None:
    extra = story(
        "x",
        figure("1.4", "a-900x600.jpg", "mb_x_f1"),
        figure("1.7", "b-900x600.jpg", "mb_x_f2"),
        figure("12", "c-900x600.jpg", "mb_x_f3"),
    )
    for book in (everything(), draft(extra), draft(chapter(3), extra)):
        document = part(set_(book).data, "word/document.xml")
        counted, count = [], 0
        for caption in find(document, "//w:p[w:pPr/w:pStyle/@w:val='Caption'][.//w:instrText]"):
            code = values(caption, ".//w:instrText/text()")[0].split()
            assert code[:2] == ["SEQ", "Figure"]
            count = int(code[code.index("\\r") + 1]) if "\\r" in code else count + 1
            lead = values(caption, "w:r[1]/w:t/text() | w:r[preceding-sibling::w:bookmarkStart][1]/w:t/text()")[0]
            counted.append(f"{lead}{count}")
        figures = [
            item.label for part_ in book.parts for item in part_.items if hasattr(item, "label") and item.caption
        ]
        assert counted == figures


def test_running_heads_of_a_manuscript() -> None:
    data = set_(everything()).data
    document = part(data, "word/document.xml")
    first = find(document, "//w:sectPr")[0]
    assert find(first, "w:titlePg") and values(first, "w:headerReference/@w:type") == ["default"]
    assert all(not find(s, "w:headerReference | w:titlePg") for s in find(document, "//w:sectPr")[1:])
    header = part(data, "word/header1.xml")
    assert "".join(values(header, "//w:t/text()")) == "Example & Nguyễn / Mile / 1"
    assert values(header, "//w:instrText/text()") == [" PAGE "]
    assert values(part(data, "word/styles.xml"), "//w:style[@w:styleId='HeaderRight']/w:pPr/w:jc/@w:val") == ["right"]


def test_running_heads_of_a_book() -> None:
    book = everything()
    half = Part("half-title", "half", "One Mile", "front", (p(Role.HALF_TITLE, "One Mile", "mbm_half"),), level=0)
    data = set_(book._replace(parts=(half, *book.parts[1:]), first_page=7), layout("trade")).data
    document = part(data, "word/document.xml")
    sections = find(document, "//w:sectPr")
    assert [values(s, "w:pgNumType/@w:fmt") for s in sections[:4]] == [["lowerRoman"]] * 4
    assert values(sections[0], "w:pgNumType/@w:start") == ["1"] and values(sections[4], "w:pgNumType/@w:start") == ["7"]
    assert [values(s, "w:pgNumType/@w:fmt") for s in sections[4:]] == [[]] * (len(sections) - 4)
    assert find(part(data, "word/settings.xml"), "//w:evenAndOddHeaders") and find(
        part(data, "word/settings.xml"), "//w:mirrorMargins"
    )
    relations = {r.get("Id"): r.get("Target") for r in part(data, "word/_rels/document.xml.rels")}

    def head(section: Any, kind: str) -> Any:
        return part(
            data,
            "word/"
            + relations[values(section, f"w:headerReference[@w:type='{kind}']/@r:id")[0]].removeprefix("/word/"),
        )

    assert not find(sections[0], "w:titlePg") and not find(
        head(sections[0], "default"), "//w:t"
    )  # a display page bears nothing
    body = sections[4]
    assert find(body, "w:titlePg") and not find(head(body, "first"), "//w:t")
    assert "Miles 1" in values(head(body, "even"), "//w:t/text()")
    assert " STYLEREF 2 " in values(head(body, "default"), "//w:instrText/text()")
    assert values(body, "w:type/@w:val") == ["oddPage"]


@pytest.mark.parametrize(
    ("page", "breaks"),
    [({"stories": "page"}, [False, True, True, True]), ({"stories": "run-on"}, [False, False, False, True])],
)
def test_stories_begin_a_page_where_the_layout_says_so(page: dict[str, str], breaks: list[bool]) -> None:
    stories = [story(n, p(Role.BODY, "x", f"mb_{n}_p01"), title=n) for n in "ab"]
    document = part(set_(draft(chapter(1), *stories, chapter(2)), layout(page=page)).data, "word/document.xml")
    found = [
        bool(find(paragraph, "w:pPr/w:pageBreakBefore"))
        for paragraph in find(document, "//w:body/w:p")
        if values(paragraph, "w:pPr/w:pStyle/@w:val")[0] in ("ChapterNumber", "Heading2")
    ]
    assert found == breaks


def test_a_page_break_in_the_style_of_chapter_titles_does_not_part_them_from_their_number() -> None:
    look = layout(styles={Role.CHAPTER_TITLE: {"page_break": True}, Role.CHAPTER_NUMBER: {"page_break": True}})
    styles = part(set_(draft(chapter(1)), look).data, "word/styles.xml")
    assert find(styles, "//w:style[@w:styleId='ChapterNumber']/w:pPr/w:pageBreakBefore")
    assert not find(styles, "//w:style[@w:styleId='Heading1']/w:pPr/w:pageBreakBefore")


def test_a_layout_of_defaults_will_do() -> None:
    assert set_(everything(), bare_layout()).findings == []
    bold = draft(
        story("s", p(Role.BODY, (Run("b", bold=True, code=True, small_caps=True, link="https://a.org"),), "mb_s_p01"))
    )
    assert ("mb_s_p01", "b") in set_(bold, bare_layout(profile="plain")).transcript


def test_a_photo_stands_at_the_side_of_its_caption() -> None:
    def below(language: str) -> Paragraph:
        return p(Role.CAPTION, "שער" if language == "he" else "A gate", f"c-{language}", lang=language)

    shown = [figure(f"1.{n}", "a.jpg", f"f-{tag}", caption=below(tag)) for n, tag in enumerate(("he", "en"), 1)]
    document = part(set_(draft(story("s", *shown)), layout("trade")).data, "word/document.xml")
    at_the_right = values(document, "//w:p[w:pPr/w:bidi]/w:bookmarkStart/@w:name")
    assert at_the_right == ["f_he", "c_he"]
