"""The parts of a layout: the page, and one Style per Role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Style:
    """How one Role looks in print and in Word; the e-book has its style sheet. Lengths are points (1/72 inch); `color` is "#rrggbb" or "" for black."""

    font: str = "text"  # a name of Layout.fonts
    size: float = 11.0
    leading: float = 14.0
    bold: bool = False
    italic: bool = False
    small_caps: bool = False
    caps: bool = False  # set in capitals; the text itself stays as typed
    old_figures: bool = False  # old-style figures; a number with a 1 stays lining, or it would read as I
    table_figures: bool = False  # figures of one width, for columns of numbers
    tracking: float = 0.0  # thousandths of an em between letters
    align: str = "justify"  # justify | left | center | right
    indent: float = 0.0  # of the first line
    left: float = 0.0
    right: float = 0.0
    before: float = 0.0
    after: float = 0.0
    hyphenate: bool = True
    keep_next: bool = False
    keep_together: bool = False
    page_break: bool = False  # begins a new page
    color: str = ""
    docx_name: str = ""  # the name of Word's style; "" for a name made from the Role


@dataclass(frozen=True, slots=True)
class Page:
    """A page and its type area, in points. `inside` is the binding side of a mirrored page."""

    width: float = 432.0
    height: float = 648.0
    inside: float = 54.0
    outside: float = 45.0
    top: float = 50.4
    bottom: float = 54.0
    mirrored: bool = True
    chapters: str = "recto"  # recto | page: where a chapter begins
    stories: str = "run-on"  # run-on | page | recto
    front: str = "recto"  # where a front- or back-matter text begins: recto | page
    running_heads: bool = True
    folios: str = "head"  # head | foot | none
    header: str = "book"  # book (chapter left, story right) | shunn (Surname / Keyword / page) | none
    line_numbers: bool = False
    watermark: str = ""
    grid: float = 0.0  # baseline grid; 0: none
    gutters: tuple[tuple[int, float], ...] = ()  # print edition: (up to so many pages, inside margin)


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything a writer needs to know about looks."""

    name: str = "trade"
    base: str = ""
    page: Page = Page()
    # name -> face shipped with milebook
    fonts: Mapping[str, str] = field(default_factory=lambda: {"text": "EB Garamond"})
    word_fonts: Mapping[str, str] = field(default_factory=lambda: {"text": "EB Garamond"})  # name -> face named in DOCX
    styles: Mapping[str, Style] = field(default_factory=dict)  # Role -> Style; every Role is there after reading
    css: str = ""  # the EPUB style sheet
    profile: str = "styled"  # DOCX: styled | plain
    photos: str = "placed"  # placed | callouts (photos left out, "[figure 1.1 about here]" in their place)
    callout: str = "[figure {number} about here]"
    captions: str = "placed"  # placed | list (all at the end, under a heading)
    scene_break: str = "* * *"
    figure_label: str = "Figure"
    end_mark: str = ""
    title_page: str = "book"  # book | manuscript (contact block, rounded count, title a third down)
    byline_form: str = "{byline}"
    hyphens: bool = True
    max_photo_height: float = 0.62  # share of the type area
    proof: bool = False  # wide outer margin, queries, stamps
    files: str = "one"  # export: one | chapters
    naming: str = "{surname}_{short}_{kind}"  # export: stem of a text file
    art_naming: str = "{surname}_Figure_{number}"  # export: stem of a figure's file
    docx_names: Mapping[str, str] = field(default_factory=dict)  # Role -> a house's own style name

    def style(self, role: str) -> Style:
        return self.styles[role]
