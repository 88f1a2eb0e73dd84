"""Names and ids of Word styles for the roles of a Draft."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from milebook.layout import Layout
from milebook.model.draft import Role


class Named(NamedTuple):
    """A paragraph style: its id in the file, its name in Word, and whether Word knows it of itself."""

    id: str
    name: str
    builtin: bool = False
    alias: str = ""


def _builtin(name: str, alias: str = "") -> Named:
    return Named("".join(word[0].upper() + word[1:] for word in name.split()), name, True, alias)


def _own(name: str) -> Named:
    return Named(name.replace(" ", ""), name)


_SPECIAL: Mapping[Role, Named] = {
    Role.BOOK_TITLE: _builtin("Title"),
    Role.BOOK_SUBTITLE: _builtin("Subtitle"),
    Role.CONTENTS_CHAPTER: Named("TOC1", "toc 1", True),
    Role.CONTENTS_STORY: Named("TOC2", "toc 2", True),
    Role.CHAPTER_TITLE: _builtin("heading 1", "Chapter Title"),
    Role.STORY_TITLE: _builtin("heading 2", "Story Title"),
    Role.BYLINE: _own("Story Byline"),
    Role.SUBHEADING: _builtin("heading 3", "Subheading"),
    Role.CAPTION: _builtin("caption"),
    Role.NOTE: _builtin("footnote text"),
}
# By function, not by look; where Word has a style for the function, that one, so that its tools find it.
NAMES: Mapping[Role, Named] = {role: _SPECIAL.get(role, _own(role.value.replace("-", " ").title())) for role in Role}

# Styles that belong to no role.
FIGURE, TABLE_HEAD, TABLE_HEAD_NUMBER, TABLE_TEXT, TABLE_NUMBER, AFTER_TABLE = map(
    _own, ("Figure", "Table Head", "Table Head Number", "Table Text", "Table Number", "After Table")
)
TOC_HEADING, FIGURES_ENTRY = Named("TOCHeading", "TOC Heading", True), Named("TableOfFigures", "table of figures", True)

# Names that are taken, by Word or here; a house that asks for one gets that style.
_KNOWN: Mapping[str, Named] = {
    named.name.lower(): named
    for named in (
        *NAMES.values(),
        Named("Normal", "Normal", True),
        *(_builtin(f"heading {n}") for n in range(4, 10)),
        *(Named(f"TOC{n}", f"toc {n}", True) for n in range(3, 10)),
        *(
            _builtin(name)
            for name in (
                "Body Text", "Body Text Indent", "Quote", "Intense Quote", "Block Text", "List Paragraph", "List",
                "List Bullet", "List Number", "List Continue", "Signature", "Date", "No Spacing", "Plain Text", "Closing",
            )
        ),
    )
}  # fmt: skip

_OTHERS = {  # names of styles that are for characters, tables or margins
    "emphasis", "strong", "strong emphasis", "small caps", "code text", "caption label", "hyperlink", "footnote reference",
    "page number", "annotation reference", "annotation text", "draft table", "header", "header right", "footer",
    "proof stamp", "figure", "table head", "table head number", "table text", "table number", "after table", "toc heading",
    "table of figures", "normal table", "no list", "default paragraph font",
}  # fmt: skip

OUTLINE: Mapping[Role, int] = {  # level of a heading, from 1
    Role.CHAPTER_TITLE: 1,
    Role.PART_TITLE: 1,
    Role.STORY_TITLE: 2,
    Role.SUBHEADING: 3,
    Role.NOTES_HEADING: 2,
}


def style_names(layout: Layout) -> dict[Role, Named]:
    """The style of every role: the house's own name, else milebook's.

    The title of a front- or back-matter text is a "heading 1" like a chapter's when a layout gives both one look; so with
    entries of the contents. Otherwise it has a style of its own, which inherits from "heading 1".
    """
    names = dict(NAMES)
    for role, other in ((Role.PART_TITLE, Role.CHAPTER_TITLE), (Role.CONTENTS_PART, Role.CONTENTS_CHAPTER)):
        if _bare(layout, role) == _bare(layout, other):
            names[role] = names[other]
    taken: set[str] = set()
    house: dict[str, Named] = {}
    for role in Role:
        wished = " ".join((layout.docx_names.get(role) or layout.style(role).docx_name).split())
        if not wished:
            continue
        key = wished.lower()
        if key not in house:
            house[key] = _KNOWN.get(key) or _house_style(wished, taken)
        names[role] = house[key]
    return names


def _bare(layout: Layout, role: Role) -> object:
    return replace(
        layout.style(role), page_break=False, docx_name=layout.docx_names.get(role, layout.style(role).docx_name)
    )


def _house_style(name: str, taken: set[str]) -> Named:
    """A style of a name that neither Word nor milebook has. Word takes a comma for the beginning of an alias."""
    written = " ".join(name.replace(",", " ").split())
    if written.lower() in _OTHERS:
        written += " Text"
    stem = f"House{re.sub('[^A-Za-z0-9]', '', name)}"
    style_id, number = stem, 1
    while style_id.lower() in taken:
        number += 1
        style_id = f"{stem}{number}"
    taken.add(style_id.lower())
    return Named(style_id, written)
