"""Drafts, a layout and a preparer of the tests' own, so that the press is tried without the rest of the house."""

from __future__ import annotations

import hashlib
import io
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

from milebook.layout import Layout, Page, Style
from milebook.model.draft import Draft, Figure, Item, Note, Paragraph, Part, Role, Stamp
from milebook.model.findings import Place
from milebook.model.text import Run

GRID = 14.0
TRADE = Page(width=432, height=648, inside=60, outside=75, top=68, bottom=76, grid=GRID)
STYLES = {
    **{role: Style(size=11, leading=14, old_figures=True) for role in Role},
    Role.BODY: Style(size=11, leading=14, indent=14, old_figures=True),
    Role.PART_TITLE: Style(size=20, leading=28, align="center", before=56, after=42, keep_next=True, hyphenate=False),
    Role.CHAPTER_NUMBER: Style(size=11, leading=14, small_caps=True, tracking=120, align="center", before=70, after=14, keep_next=True),
    Role.CHAPTER_TITLE: Style(size=26, leading=30, align="center", after=40, keep_next=True, hyphenate=False),
    Role.STORY_TITLE: Style(size=17, leading=21, italic=True, align="center", before=42, after=3.5, keep_next=True, hyphenate=False),
    Role.BYLINE: Style(size=9.5, leading=14, small_caps=True, tracking=50, align="center", after=14, keep_next=True),
    Role.BLOCK_QUOTE: Style(size=10.5, leading=14, left=18, right=18, before=7, after=7),
    Role.VERSE: Style(size=10.5, leading=14, align="left", left=28, before=7, after=7, hyphenate=False),
    Role.LIST_ITEM: Style(size=11, leading=14, left=20),
    Role.LIST_TEXT: Style(size=11, leading=14, left=20),
    Role.CODE: Style(font="mono", size=8.5, leading=12, align="left", left=14, before=7, after=7),
    Role.SCENE_BREAK: Style(size=11, leading=14, align="center", before=14, after=14, keep_next=True, tracking=200),
    Role.CAPTION: Style(size=9.5, leading=12, italic=True, align="left", before=6),
    Role.CREDIT: Style(size=8, leading=11, align="left", color="#444444"),
    Role.NOTE: Style(size=9, leading=11.5),
    Role.CONTENTS_CHAPTER: Style(size=11, leading=14, small_caps=True, tracking=40, align="left", before=14, keep_next=True, right=24),
    Role.CONTENTS_STORY: Style(size=10.5, leading=14, align="left", left=14, right=24),
    Role.BOOK_TITLE: Style(size=30, leading=35, align="center", before=112, hyphenate=False),
    Role.NOTES_TEXT: Style(size=9.5, leading=13, align="left", after=4),
}  # fmt: skip


def layout(**changes: Any) -> Layout:
    """A trade layout with every Role; `page` takes a Page."""
    return Layout(**{"page": TRADE, "styles": STYLES, **changes})


class Print(NamedTuple):
    data: bytes
    width: int
    height: int
    media_type: str
    gray: bool
    sha256: str

    @property
    def size(self) -> int:
        return len(self.data)

    def fetch(self) -> bytes:
        return self.data


class FakePreparer:
    """Plain grey or coloured JPEGs in the size that is asked for."""

    def __init__(self, pixels: tuple[int, int] = (1600, 1200)) -> None:
        self.pixels = pixels
        self.asked: list[tuple[str, int, int, bool]] = []

    def prefetch(self, requests: list[tuple[str, dict[str, int | bool]]]) -> None:
        """Nothing is prepared ahead."""

    def prepare(
        self, path: str, *, max_width: int = 0, max_height: int = 0, max_area: int = 0, gray: bool = False
    ) -> Print:
        from PIL import Image

        self.asked.append((path, max_width, max_height, gray))
        width, height = self.pixels
        share = min([1.0, *(limit / side for limit, side in ((max_width, width), (max_height, height)) if limit)])
        size = (max(1, round(width * share)), max(1, round(height * share)))
        out = io.BytesIO()
        Image.new("L" if gray else "RGB", size, 120 if gray else (120, 150, 90)).save(out, "JPEG", quality=80)
        return Print(out.getvalue(), *size, "image/jpeg", gray, hashlib.sha256(out.getvalue()).hexdigest())


def para(text: str, role: str = Role.BODY, anchor: str = "", **more: Any) -> Paragraph:
    return Paragraph(Role(role), (Run(text),), anchor or f"a{abs(hash_of(text))}", Place("stories/x.md", 1), **more)


def hash_of(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big")


def picture(name: str = "p", pixels: tuple[int, int] = (1600, 1200), **more: Any) -> Figure:
    caption = para(f"A caption of {name}.", Role.CAPTION, f"{name}-caption")
    return Figure(f"photos/{name}.jpg", pixels, "1.1", "Figure 1.1", f"What {name} shows", False, f"fig-{name}", caption, **more)  # fmt: skip


def story(number: int, items: tuple[Item, ...], notes: tuple[Note, ...] = (), title: str = "") -> Part:
    title = title or f"Story number {number}"
    heads = (
        para(title, Role.STORY_TITLE, f"s{number}_title", level=2),
        para(f"Teller {number}, 40, Ghent", Role.BYLINE, f"s{number}_by"),
    )
    return Part("story", f"story-{number}", title, "body", (*heads, *items), notes, level=2)


def chapter(number: int = 1, title: str = "First Miles") -> Part:
    items = (
        para(f"Chapter {number}", Role.CHAPTER_NUMBER, f"c{number}_n"),
        para(title, Role.CHAPTER_TITLE, f"c{number}_t", level=1),
    )
    return Part("chapter", f"chapter-{number}", title, "body", items, level=1, number=number)


def draft(*parts: Part, **more: Any) -> Draft:
    """A Draft of these parts."""
    given: dict[str, Any] = {
        "title": "The Long Way Home", "subtitle": "", "authors": ("Ada Example", "Bea Example"), "language": "en-US",
        "publisher": "Example Press", "description": "", "rights": "", "isbn": {}, "identifier": "urn:uuid:1",
        "mode": "draft", "parts": tuple(parts), "stamp": Stamp("0.1", "abc", "2026-03-15", 1773532800),
    }  # fmt: skip
    return Draft(**{**given, **more})


def text_of(data: bytes, tmp_path: Path, *options: str) -> str:
    """What pdftotext reads."""
    file = tmp_path / "x.pdf"
    file.write_bytes(data)
    return subprocess.run(["pdftotext", *options, str(file), "-"], capture_output=True, check=True, text=True).stdout
