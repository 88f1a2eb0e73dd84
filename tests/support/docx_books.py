"""Drafts and a preparer for the tests of the Word writer: one book with one of everything, and its pieces."""

from __future__ import annotations

import copy
import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from lxml import etree
from PIL import Image

from milebook.layout import Layout, Style, read_layout
from milebook.model.draft import Draft, DraftQuery, Figure, Item, Note, Paragraph, Part, Role, Stamp, Table
from milebook.model.text import Container, Run
from milebook.photos import PhotoLost, PreparedPhoto
from milebook.photos.prepared import InMemory
from milebook.source import BookFolder
from milebook.writers import Options, Written
from milebook.writers.docx import write

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NS = {
    "w": W[1:-1],
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
}
STAMP = Stamp("0.1.0", "0123456789ab", "2026-03-15", 1773532800)


class PhotoPreparer:
    """Makes a picture for every name, its size in the name: "road-1200x800.jpg"; "lost.jpg" is lost."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def prepare(
        self, path: str, *, max_width: int = 0, max_height: int = 0, max_area: int = 0, gray: bool = False
    ) -> PreparedPhoto:
        self.asked.append(path)
        if path == "lost.jpg":
            raise PhotoLost([])
        found = re.search(r"(\d+)x(\d+)", path)
        across, down = (int(found[1]), int(found[2])) if found else (600, 400)
        kind = "PNG" if path.endswith(".png") else "JPEG"
        made = io.BytesIO()
        Image.new("RGB", (across, down), (90, 120, len(path))).save(made, kind)
        data = made.getvalue()
        facts = (len(data), zlib.crc32(data), hashlib.sha256(data).hexdigest())
        return PreparedPhoto(across, down, f"image/{kind.lower()}", False, *facts, InMemory(data))


def layout(name: str = "manuscript", **changes: Any) -> Layout:
    """A built-in layout, with changes; `page` and `styles` are changes within theirs."""
    made, findings = read_layout(name, BookFolder(Path(__file__).parent))
    assert made is not None, findings
    page = changes.pop("page", {})
    styles = changes.pop("styles", {})
    new = {role: replace(style, **styles.get(role, {})) for role, style in made.styles.items()}
    return replace(made, page=replace(made.page, **page), styles=new, **changes)


def bare_layout(**changes: Any) -> Layout:
    """A layout whose every style is the default one."""
    return replace(Layout(styles={role: Style() for role in Role}), **changes)


def p(role: Role, text: str | tuple[Run, ...], anchor: str = "", **more: Any) -> Paragraph:
    return Paragraph(role, (Run(text),) if isinstance(text, str) else text, anchor, **more)


def draft(*parts: Part, **more: Any) -> Draft:
    given: dict[str, Any] = {
        "title": "One Mile", "subtitle": "Readers’ stories", "authors": ("Ada Example", "Bea Nguyễn"), "language": "en-US",
        "publisher": "Example Press", "description": "", "rights": "© 2026", "isbn": {}, "identifier": "urn:uuid:1",
        "mode": "draft", "parts": parts, "stamp": STAMP, "header": ("Example & Nguyễn", "Mile"),
    }  # fmt: skip
    return Draft(**given | more)


def story(anchor: str, *items: Item, notes: tuple[Note, ...] = (), title: str = "A Story") -> Part:
    return Part(
        "story", f"story-{anchor}", title, "body",
        (p(Role.STORY_TITLE, title, f"mb_{anchor}_title", level=2), *items), notes, 2,
    )  # fmt: skip


def chapter(number: int = 1, *items: Item, notes: tuple[Note, ...] = ()) -> Part:
    return Part(
        "chapter", f"chapter-c{number}", f"Miles {number}", "body",
        (
            p(Role.CHAPTER_NUMBER, f"Chapter {number}", f"mbc_c{number}_number"),
            p(Role.CHAPTER_TITLE, f"Miles {number}", f"mbc_c{number}_title", level=1),
            *items,
        ),
        notes, 1, number,
    )  # fmt: skip


def figure(number: str, photo: str, anchor: str, **more: Any) -> Figure:
    given: dict[str, Any] = {
        "label": f"Figure {number}" if number else "", "alt": f"A road, {photo}", "decorative": False,
        "caption": p(Role.CAPTION, f"The road at {number}.", f"{anchor}_caption"),
        "credit": p(Role.CREDIT, "Photo by Łukasz Wójcik", f"{anchor}_credit"),
    }  # fmt: skip
    return Figure(photo, (1200, 800), number, anchor=anchor, **given | more)


def note(number: int, anchor: str, *texts: str) -> Note:
    return Note(number, anchor, tuple(p(Role.NOTE, text, f"{anchor}_p{i}") for i, text in enumerate(texts, 1)))


def mark(number: int) -> Run:
    return Run(str(number), note=number)


QUOTE = Container("quote", 1)


def bullet(key: int, item: int) -> Container:
    return Container("bullets", key, item, "•")


def numbered(key: int, item: int, label: str) -> Container:
    return Container("numbers", key, item, label)


def everything(**more: Any) -> Draft:
    """A book with one of everything a Draft can hold."""
    contents = Part(
        "contents", "contents", "Contents", "front",
        (
            p(Role.PART_TITLE, "Contents", "mbm_contents_title", level=1),
            p(Role.CONTENTS_PART, "Introduction", "mbm_toc_text-introduction", target="mbm_introduction_title"),
            p(Role.CONTENTS_CHAPTER, "Miles 1", "mbm_toc_chapter-c1", target="mbc_c1_title"),
            p(Role.CONTENTS_STORY, "The Tree at the Corner", "mbm_toc_story-tree", target="mb_tree_title"),
            p(Role.CONTENTS_CHAPTER, "Miles 2", "mbm_toc_chapter-c2", target="chapter-c2"),
        ),
    )  # fmt: skip
    illustrations = Part(
        "illustrations", "illustrations", "Illustrations", "front",
        (
            p(Role.PART_TITLE, "Illustrations", "mbm_illustrations_title", level=1),
            p(Role.CONTENTS_PART, "Figure 1.1. The road", "mbm_loi_1", target="mb_tree_f1_caption"),
        ),
    )  # fmt: skip
    tree = story(
        "tree",
        p(Role.BYLINE, "Siobhán Ní Dhomhnaill, 38, Gaoth Dobhair", "mb_tree_byline"),
        p(Role.BODY_FIRST, (
            Run("It was "), Run("so", italic=True), Run(" and "), Run("very", bold=True), Run(" "),
            Run("both", bold=True, italic=True), Run(" cold"), mark(1), Run(" on the "), Run("bbc", small_caps=True),
            Run(" & <wire>", code=True), Run(". See "), Run("my page", link="https://example.org/a?b=c&d=é"), Run(", "),
            Run("mail", link="mailto:ada@example.org", italic=True), Run(" or "), Run("there", link="#mb_tree_p09"),
            Run(". "), Run("Ça va bien", lang="fr"), Run(" 🏃 naïve co\u00adoperate 10\u00a0km non\u2011stop."),
        ), "mb_tree_p01"),
        figure("1.1", "road-1200x800.jpg", "mb_tree_f1"),
        p(Role.BODY, "Then home.", "mb_tree_p02", changed=True),
        p(Role.SCENE_BREAK, "#", "mb_tree_p03"),
        p(Role.BLOCK_QUOTE, "Somebody said so.", "mb_tree_p04", inside=(QUOTE,)),
        p(Role.BLOCK_QUOTE, "And somebody else.", "mb_tree_p05", inside=(QUOTE, Container("quote", 2))),
        p(Role.VERSE, "One line\nand another\nand the last", "mb_tree_p06"),
        p(Role.VERSE, "Quoted line\nand the next", "mb_tree_p07", inside=(QUOTE,)),
        p(Role.SUBHEADING, "What then", "mb_tree_p08", level=3),
        p(Role.SUBHEADING, "And then", "mb_tree_p09", level=4),
        p(Role.LIST_ITEM, "Third", "mb_tree_p10", inside=(numbered(1, 1, "3)"),)),
        p(Role.LIST_TEXT, "More of the third", "mb_tree_p11", inside=(numbered(1, 1, "3)"),)),
        p(Role.LIST_ITEM, "Fourth", "mb_tree_p12", inside=(numbered(1, 2, "4)"),)),
        p(Role.LIST_ITEM, "Inner", "mb_tree_p13", inside=(numbered(1, 2, "4)"), bullet(2, 1))),
        p(Role.LIST_TEXT, "More inner", "mb_tree_p14", inside=(numbered(1, 2, "4)"), bullet(2, 1))),
        p(Role.LIST_ITEM, "Seventh", "mb_tree_p15", inside=(numbered(1, 3, "7)"),)),
        p(Role.LIST_ITEM, "One in a quote", "mb_tree_p16", inside=(QUOTE, numbered(3, 1, "1."))),
        p(Role.CODE, "def run():\n    return  42", "mb_tree_p17"),
        p(Role.BODY, "שלום עולם says the sign", "mb_tree_p18"),
        p(Role.BODY, "Un paragraphe entier.", "mb_tree_p19", lang="fr-CA"),
        p(Role.BODY, (Run("Asked"), Run("", query=7), Run(" here.")), "mb_tree_p20"),
        figure("1.2", "tall-300x3000.png", "mb_tree_f2", credit=None),
        figure("", "wide-4000x40.jpg", "mb_tree_f3", caption=None, credit=None, decorative=True, alt=""),
        p(Role.END_MARK, "⁂", "mb_tree_end"),
        notes=(note(1, "mb_tree_n1", "A note & more.", "Its second paragraph."),),
        title="The Tree at the Corner",
    )  # fmt: skip
    lamp = story(
        "lamp",
        p(Role.BODY_FIRST, (Run("Second story"), mark(2), Run(" and again"), mark(3), Run(".")), "mb_lamp_p01"),
        figure("1.3", "road-1200x800.jpg", "mb_lamp_f1"),
        notes=(note(2, "mb_lamp_n1", "Two."), note(3, "mb_lamp_n2", "Three.")),
    )
    sign = story(
        "sign",
        p(Role.BODY_FIRST, (Run("New chapter"), mark(1), Run(".")), "mb_sign_p01"),
        figure("2.1", "other-900x1200.jpg", "mb_sign_f1"),
        notes=(note(1, "mb_sign_n1", "One again."),),
    )
    tables = Part(
        "draft-notes", "draft-notes", "Draft notes", "back",
        (
            p(Role.PART_TITLE, "Draft notes", "mbn_title", level=1),
            p(Role.NOTES_HEADING, "Word counts", "mbn_words", level=2),
            p(Role.NOTES_TEXT, "The stories have 3 words.", "mbn_words_p1"),
            Table("mbn_table", ("Story", "Words", ""), (("The Tree", "288", ""), ("All", "288", "over & out")),
                  (0.6, 0.2, 0.2), (1,), "Words of every story", (1,)),
        ),
    )  # fmt: skip
    title = Part(
        "manuscript-title", "title", "One Mile", "front",
        (
            p(Role.CONTACT, "Ada Example", "mbm_contact1"),
            p(Role.CONTACT, "1 Road, Town", "mbm_contact2"),
            p(Role.WORD_COUNT, "about 7,200 words", "mbm_words"),
            p(Role.BOOK_TITLE, "One Mile", "mbm_title"),
            p(Role.BOOK_AUTHORS, "Edited by Ada Example", "mbm_authors"),
            p(Role.DRAFT_LINE, "Working title", "mbm_draft"),
        ),
        level=0,
    )  # fmt: skip
    rest = [
        p(role, f"Words for {role}.", f"mbx_{role}")
        for role in Role
        if role
        not in {
            item.role for part in (title, contents, tree, tables) for item in part.items if isinstance(item, Paragraph)
        }
    ]
    given: dict[str, Any] = {"queries": (DraftQuery(7, "Q1.01", "Is this so?", "mb_tree_p20"),)}
    return draft(
        title,
        contents,
        illustrations,
        Part("text", "text-introduction", "Introduction", "front",
             (p(Role.PART_TITLE, "Introduction", "mbm_introduction_title", level=1),
              p(Role.BODY_FIRST, (Run("Hello"), mark(1), Run(".")), "mbm_introduction_p01")),
             (note(1, "mbm_introduction_n1", "Of the introduction."),)),
        chapter(1, p(Role.BODY_FIRST, "An opening.", "mbc_c1_p01")),
        tree,
        lamp,
        chapter(2),
        sign,
        Part("text", "rest", "Rest", "back", (p(Role.PART_TITLE, "Rest", "mbx_title", level=1), *rest)),
        tables,
        **given | more,
    )  # fmt: skip


def set_(book: Draft, look: Layout | None = None, **options: Any) -> Written:
    return write(book, look or layout(), PhotoPreparer(), Options(**options))  # type: ignore[arg-type]


def part(data: bytes, name: str) -> Any:
    """A part of the file as an lxml element."""
    with zipfile.ZipFile(io.BytesIO(data)) as folder:
        return etree.fromstring(folder.read(name))


def names(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as folder:
        return folder.namelist()


def find(element: Any, path: str) -> Any:
    return element.xpath(path, namespaces=NS)


def values(element: Any, path: str) -> list[str]:
    return [str(value) for value in find(element, path)]


def whole_style(sheet: Any, style_id: str) -> Any:
    """A copy of a style with all that it has from the styles it is based on, attribute by attribute."""
    (style,) = find(sheet, f"//w:style[@w:styleId='{style_id}']")
    base = values(style, "w:basedOn/@w:val")
    made = copy.deepcopy(whole_style(sheet, base[0]) if base else style)
    for kind in ("w:pPr", "w:rPr") if base else ():
        for own in find(style, f"{kind}/*"):
            group = find(made, kind)
            group = group[0] if group else made.makeelement(own.getparent().tag)
            if group.getparent() is None:
                made.append(group)
            there = group.find(own.tag)
            if there is None or len(own):
                group.append(copy.deepcopy(own))
            else:
                there.attrib.update(own.attrib)
    return made


def paragraphs(document: Any) -> Iterator[tuple[str, str]]:
    """(style id, text) of every paragraph of the body that is not in a table."""
    for paragraph in find(document, "/w:document/w:body/w:p"):
        yield "".join(values(paragraph, "w:pPr/w:pStyle/@w:val")), "".join(values(paragraph, ".//w:t/text()"))
