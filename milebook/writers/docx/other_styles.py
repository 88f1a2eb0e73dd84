"""Styles that belong to no role: characters, tables, figures, running heads, comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from milebook.layout import Layout
from milebook.model.draft import Role
from milebook.writers.docx.formatting import character_look, family, fonts, paragraph_look, style_element
from milebook.writers.docx.markup import twips
from milebook.writers.docx.style_names import (
    AFTER_TABLE,
    FIGURE,
    FIGURES_ENTRY,
    TABLE_HEAD,
    TABLE_HEAD_NUMBER,
    TABLE_NUMBER,
    TABLE_TEXT,
    TOC_HEADING,
    Named,
)

_CHARACTERS = (  # id, name, custom, inside of rPr
    ("Emphasis", "Emphasis", False, "<w:i/><w:iCs/>"),
    ("Strong", "Strong", False, "<w:b/><w:bCs/>"),
    ("BoldItalic", "Bold Italic", True, "<w:b/><w:bCs/><w:i/><w:iCs/>"),
    ("SmallCaps", "Small Caps", True, "<w:smallCaps/>"),
    ("CodeText", "Code Text", True, "{code}<w:noProof/>"),
    ("CaptionLabel", "Caption Label", True, "<w:b/><w:bCs/>"),
    ("Hyperlink", "Hyperlink", False, '<w:u w:val="single"/>'),
    ("FootnoteReference", "footnote reference", False, '<w:vertAlign w:val="superscript"/>'),
    ("PageNumber", "page number", False, ""),
    ("CommentReference", "annotation reference", False, '<w:sz w:val="16"/><w:szCs w:val="16"/>'),
)


_TABLE_STYLE = (
    '<w:style w:type="table" w:customStyle="1" w:styleId="DraftTable"><w:name w:val="Draft Table"/>'
    '<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblStyleRowBandSize w:val="1"/><w:tblBorders>'
    '<w:top w:val="single" w:sz="8" w:space="0" w:color="auto"/><w:bottom w:val="single" w:sz="8" w:space="0" w:color="auto"/>'
    '<w:insideH w:val="single" w:sz="2" w:space="0" w:color="A6A6A6"/></w:tblBorders><w:tblCellMar>'
    '<w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders>'
    '<w:bottom w:val="single" w:sz="6" w:space="0" w:color="auto"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>'
)


def further_styles(layout: Layout, names: Mapping[Role, Named]) -> list[str]:
    """The `w:style` elements."""
    body, text, caption = layout.style(Role.BODY), layout.style(Role.NOTES_TEXT), layout.style(Role.CAPTION)
    small = replace(text, leading=round(text.size * 1.2, 1), before=2.0, after=2.0, indent=0.0, left=0.0, right=0.0, align="left", hyphenate=False, keep_next=False)  # fmt: skip
    title = replace(layout.style(Role.PART_TITLE), page_break=False)
    contents = replace(layout.style(Role.CONTENTS_PART), page_break=False)
    above = twips(max(6.0, round(body.leading / 2, 1)))
    figure = {  # a picture would be cut off by an exact leading
        "keepNext": "<w:keepNext/>",
        "keepLines": "<w:keepLines/>",
        "suppressLineNumbers": "<w:suppressLineNumbers/>",
        "spacing": f'<w:spacing w:before="{above}" w:after="80" w:line="240" w:lineRule="auto"/>',
        "ind": '<w:ind w:left="0" w:right="0" w:firstLine="0"/>',
        "jc": f'<w:jc w:val="{"center" if caption.align == "center" else "left"}"/>',
    }
    measure = layout.page.width - layout.page.inside - layout.page.outside
    running = replace(body, indent=0.0, left=0.0, right=0.0, align="left", before=0.0, after=0.0, hyphenate=False, leading=round(body.size * 1.2, 1))  # fmt: skip
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{twips(measure)}"/></w:tabs>'
    heads = dict(paragraph_look(running), suppressLineNumbers="<w:suppressLineNumbers/>")
    looks = character_look
    made = [
        style_element(TOC_HEADING, paragraph_look(title), looks(title, layout)),
        style_element(FIGURES_ENTRY, paragraph_look(contents), looks(contents, layout)),
        style_element(FIGURE, figure, looks(caption, layout), next=names[Role.CAPTION].id),
        style_element(Named("Header", "header", True), dict(heads, tabs=tabs), looks(running, layout)),
        style_element(Named("HeaderRight", "Header Right"), dict(heads, jc='<w:jc w:val="right"/>'), looks(running, layout), based="Header"),
        style_element(Named("Footer", "footer", True), dict(heads, jc='<w:jc w:val="center"/>'), looks(running, layout)),
        style_element(Named("ProofStamp", "Proof Stamp"), heads, looks(replace(running, size=8.0, leading=10.0), layout)),
        style_element(TABLE_TEXT, paragraph_look(small), looks(small, layout)),
        style_element(TABLE_NUMBER, paragraph_look(replace(small, align="right")), looks(small, layout), based=TABLE_TEXT.id),
        style_element(TABLE_HEAD, paragraph_look(replace(small, keep_next=True)), looks(replace(small, bold=True), layout), based=TABLE_TEXT.id),
        style_element(TABLE_HEAD_NUMBER, paragraph_look(replace(small, keep_next=True, align="right")), looks(replace(small, bold=True), layout), based=TABLE_HEAD.id),
        style_element(AFTER_TABLE, {"spacing": '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'}, '<w:sz w:val="2"/><w:szCs w:val="2"/>'),
        style_element(Named("CommentText", "annotation text", True), {"spacing": '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>', "ind": '<w:ind w:firstLine="0"/>', "jc": '<w:jc w:val="left"/>'}, '<w:sz w:val="20"/><w:szCs w:val="20"/>'),
    ]  # fmt: skip
    return [*made, *_character_styles(layout), _TABLE_STYLE]


def _character_styles(layout: Layout) -> Iterator[str]:
    code = fonts(family(layout, layout.style(Role.CODE).font))
    for style_id, name, custom, look in _CHARACTERS:
        own = ' w:customStyle="1"' if custom else ""
        inside = look.replace("{code}", code)
        yield (
            f'<w:style w:type="character"{own} w:styleId="{style_id}"><w:name w:val="{name}"/>'
            f'<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/>{f"<w:rPr>{inside}</w:rPr>" if inside else ""}</w:style>'
        )
