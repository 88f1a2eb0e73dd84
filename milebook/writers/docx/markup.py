"""Write text and properties as WordprocessingML, and convert points to Word's units."""

from __future__ import annotations

from collections.abc import Mapping

from milebook.writers.xml_text import FORBIDDEN, escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SPACES = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:wp="{WP}" xmlns:a="{A}" xmlns:pic="{PIC}"'

# The order in which the schema wants the properties of a paragraph, as far as they are used here.
PARAGRAPH_ORDER = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers",
    "pBdr", "tabs", "suppressAutoHyphens", "bidi", "spacing", "ind", "contextualSpacing", "jc", "outlineLvl", "sectPr",
)  # fmt: skip


def clean(text: str) -> str:
    """`text` without characters that may not stand in XML; line separators become line breaks."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return FORBIDDEN.sub("", text.replace("\x85", "\n"))


def one_line(text: str) -> str:
    """`text` clean and on one line."""
    return " ".join(clean(text).split())


def attribute(text: str) -> str:
    """`text` as the value of an attribute in double quotes, on one line."""
    return escape(one_line(text)).replace('"', "&quot;")


def twips(points: float) -> int:
    """Twentieths of a point."""
    return round(points * 20)


def emu(points: float) -> int:
    """English metric units, 12,700 to the point."""
    return round(points * 12700)


def properties(given: Mapping[str, str]) -> str:
    """A `w:pPr` of XML snippets by element name, in the order of the schema; "" for none."""
    if len(given) < 2:
        return f"<w:pPr>{next(iter(given.values()))}</w:pPr>" if given else ""
    return f"<w:pPr>{''.join(given[name] for name in PARAGRAPH_ORDER if name in given)}</w:pPr>"


def text(value: str) -> str:
    """A `w:t`; `value` has no line breaks or tabs."""
    keep = ' xml:space="preserve"' if value[:1] == " " or value[-1:] == " " or "  " in value else ""
    return f"<w:t{keep}>{escape(value)}</w:t>"


NOTE_BOOKMARK = "_RefNote"  # begins the names of the bookmarks around references to notes, which no anchor has


def field(code: str, result: str, look: str = "") -> str:
    """A complex field: its instruction and the result shown until Word calculates it again. `look` is a `w:rPr` or ""."""
    return (
        f'<w:r>{look}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{look}<w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
        f'<w:r>{look}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"<w:r>{look}{text(result)}</w:r>"
        f'<w:r>{look}<w:fldChar w:fldCharType="end"/></w:r>'
    )
