"""Clean a layout's style sheet (`layouts/NAME/*.css`), which says how the e-book looks; what cannot work is left out and reported."""

from __future__ import annotations

import re

from milebook.layout import Layout
from milebook.model.findings import Finding, Place
from milebook.writers.epub.clean_css import clean

FOUNDATION = """\
/* What no look may do without: pictures that fit, numbers and breaks as the author typed them. */
img { max-width: 100%; height: auto; }
li.numbered { list-style-type: none; position: relative; }
li.numbered::before { content: attr(data-label); position: absolute; right: 100%; margin-right: 0.5em; white-space: nowrap; }
li.goes-on { list-style-type: none; }
hr.scene-break { border: 0; height: auto; overflow: visible; text-align: center; color: inherit; }
hr.scene-break::before { content: attr(data-text); }
pre { white-space: pre-wrap; overflow-wrap: break-word; }
.query::after { content: "[" attr(data-label) "]"; font-size: 0.75em; vertical-align: super; }
"""
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def finish(layout: Layout) -> tuple[str, list[Finding]]:
    """The text of style.css without its fonts, and what had to be left out."""
    place = Place(f"layouts/{layout.name}/epub.css")
    css = COMMENT.sub("", layout.css)
    findings: list[Finding] = []
    if trouble := _broken(css):
        findings.append(
            Finding(
                "MB630",
                f"the e-book's style sheet is left out: {trouble}",
                place,
                "mend the style sheet, or delete it and take milebook's own",
            )
        )
        css = ""
    css, reasons = clean(css)
    for what in reasons:
        findings.append(
            Finding(
                "MB631",
                f"a part of the e-book's style sheet is left out: {what}",
                place,
                "an e-book can only hold what milebook puts into it; take this part out of the style sheet",
            )
        )
    return FOUNDATION + re.sub(r"\n{3,}", "\n\n", css).strip() + "\n", findings


def _broken(css: str) -> str:
    """Why a style sheet cannot be read, "" if it can."""
    bare = re.sub(r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", "", css)
    if "/*" in bare or '"' in bare or "'" in bare:
        return "a comment or a quotation in it is never closed"
    depth = 0
    for brace in re.findall("[{}]", bare):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return "it closes a brace that was never opened"
    return "it opens a brace that is never closed" if depth else ""
