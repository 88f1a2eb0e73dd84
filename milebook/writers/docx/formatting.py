"""Translate styles of a layout to paragraph and character properties of WordprocessingML."""

from __future__ import annotations

from milebook.layout import Layout, Style
from milebook.writers.docx.markup import attribute, properties, twips
from milebook.writers.docx.style_names import Named

HANG = 18.0  # points that a list's label hangs out to the left, where its style does not say
STEP = 18.0  # further indent of every quote or list inside another

ALIGNMENT = {"justify": "both", "center": "center", "right": "right", "left": "left"}


def family(layout: Layout, font: str) -> str:
    """The family named in the file for one of the layout's fonts."""
    return layout.word_fonts.get(font) or layout.fonts.get(font) or layout.word_fonts.get("text") or "Times New Roman"


def line_spacing(style: Style) -> str:
    """The attributes of `w:spacing` for the leading: exact, but in lines where it is one of a typewriter's spacings."""
    for lines in (1.5, 2.0, 3.0):
        if abs(style.leading - lines * style.size) < 0.01:
            return f'w:line="{round(lines * 240)}" w:lineRule="auto"'
    return f'w:line="{max(1, twips(style.leading))}" w:lineRule="exact"'


def paragraph_look(style: Style, *, page_break: bool | None = None) -> dict[str, str]:
    """Properties of a paragraph style, every one of them stated, so that nothing is inherited by chance."""
    first = twips(style.indent)
    indent = f'w:firstLine="{first}"' if style.indent >= 0 else f'w:hanging="{-first}"'
    made = {
        "widowControl": "<w:widowControl/>",
        "spacing": f'<w:spacing w:before="{twips(style.before)}" w:after="{twips(style.after)}" {line_spacing(style)}/>',
        "ind": f'<w:ind w:left="{twips(style.left)}" w:right="{twips(style.right)}" {indent}/>',
        "jc": f'<w:jc w:val="{ALIGNMENT.get(style.align, "left")}"/>',
    }
    if style.keep_next:
        made["keepNext"] = "<w:keepNext/>"
    if style.keep_together:
        made["keepLines"] = "<w:keepLines/>"
    if style.page_break if page_break is None else page_break:
        made["pageBreakBefore"] = "<w:pageBreakBefore/>"
    off = ' w:val="0"' if style.hyphenate else ""  # stated, in case the style it is based on has no hyphens
    made["suppressAutoHyphens"] = f"<w:suppressAutoHyphens{off}/>"
    return made


def fonts(name: str) -> str:
    value = attribute(name)
    return f'<w:rFonts w:ascii="{value}" w:hAnsi="{value}" w:eastAsia="{value}" w:cs="{value}"/>'


def half_points(size: float) -> int:
    return max(2, round(size * 2))


def character_look(style: Style, layout: Layout) -> str:
    """The inside of a paragraph style's `w:rPr`."""
    made = [fonts(family(layout, style.font))]
    if style.bold:
        made.append("<w:b/><w:bCs/>")
    if style.italic:
        made.append("<w:i/><w:iCs/>")
    if style.caps:
        made.append("<w:caps/>")
    if style.small_caps:
        made.append("<w:smallCaps/>")
    if style.color:
        made.append(f'<w:color w:val="{attribute(style.color.lstrip("#").upper())}"/>')
    if style.tracking:
        made.append(f'<w:spacing w:val="{twips(style.tracking * style.size / 1000)}"/>')
    size = half_points(style.size)
    made.append(f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>')
    return "".join(made)


def label_hang(style: Style) -> float:
    """How far a list's label hangs out, in points."""
    return -style.indent if style.indent < 0 else HANG


def text_edge(style: Style, outside: int) -> float:
    """Where the text of a list item begins that has `outside` quotes and lists around its own list, in points."""
    return max(style.left, label_hang(style)) + outside * STEP


def style_element(named: Named, look: dict[str, str], characters: str, *, based: str = "Normal", next: str = "") -> str:
    """A paragraph style."""
    own = "" if named.builtin else ' w:customStyle="1"'
    alias = f'<w:aliases w:val="{attribute(named.alias)}"/>' if named.alias else ""
    following = f'<w:next w:val="{next}"/>' if next else ""
    return (
        f'<w:style w:type="paragraph"{own} w:styleId="{named.id}"><w:name w:val="{attribute(named.name)}"/>{alias}'
        f'<w:basedOn w:val="{based}"/>{following}<w:qFormat/>{properties(look)}'
        f"{f'<w:rPr>{characters}</w:rPr>' if characters else ''}</w:style>"
    )
