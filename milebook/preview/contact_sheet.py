"""The contact sheet: every photo of the book on A4 or Letter pages, with figure number, size, credit and permission."""

from __future__ import annotations

import io
from typing import Any
from xml.sax.saxutils import escape

from milebook.layout.font_files import FOLDER
from milebook.model.figure_names import figure_name
from milebook.photos import PhotoLost, PhotoPreparer
from milebook.preview.overview_html import plural, size
from milebook.preview.survey import Shot, Survey

COLUMNS = 3
MARGIN, GAP = 48.0, 16.0  # points
PICTURE = 116.0  # height of a cell's picture
PPI = 200
LETTER_REGIONS = ("US", "CA", "MX", "PH")  # where paper is 8.5 by 11 inches


def contact_sheet(survey: Survey, photos: PhotoPreparer) -> bytes:
    """The finished PDF; the same book gives the same bytes. A book without photos gives one page that says so."""
    from reportlab.lib.pagesizes import A4, letter
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    width, height = letter if survey.language.rpartition("-")[2] in LETTER_REGIONS else A4
    styles = _styles()
    story: list[Any] = [*_head(survey, styles), *_table(survey, photos, styles, width)]
    made = io.BytesIO()
    document = BaseDocTemplate(
        made,
        pagesize=(width, height),
        title=f"{survey.title}: photos",
        author=", ".join(survey.authors),
        creator="milebook",
        invariant=1,
        lang=survey.language,
    )
    frame = Frame(MARGIN, MARGIN, width - 2 * MARGIN, height - 2 * MARGIN, 0, 0, 0, 0)

    def foot(canvas: Any, _document: Any) -> None:
        canvas.setFont("milebook-text", 9)
        canvas.drawCentredString(width / 2, MARGIN / 2, str(canvas.getPageNumber()))

    document.addPageTemplates(PageTemplate("photos", [frame], onPage=foot))
    document.build(story)
    return made.getvalue()


def _styles() -> dict[str, Any]:
    from reportlab.lib.colors import HexColor
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name, cut in (("milebook-text", "Regular"), ("milebook-italic", "Italic")):
        pdfmetrics.registerFont(TTFont(name, str(FOLDER / "eb-garamond" / f"{cut}.ttf")))
    plain = ParagraphStyle("plain", fontName="milebook-text", fontSize=9, leading=11)
    return {
        "title": ParagraphStyle("title", plain, fontSize=22, leading=26),
        "about": ParagraphStyle("about", plain, fontSize=11, leading=14, spaceAfter=14),
        "figure": ParagraphStyle("figure", plain, fontSize=10, leading=12, spaceBefore=4),
        "plain": plain,
        "italic": ParagraphStyle("italic", plain, fontName="milebook-italic"),
        "open": ParagraphStyle("open", plain, textColor=HexColor("#97402a")),
    }


def _head(survey: Survey, styles: dict[str, Any]) -> list[Any]:
    from reportlab.platypus import Paragraph

    opened = sum(bool(shot.open) for shot in survey.shots)
    about = f"{plural(len(survey.shots), 'photo')}, {opened or 'none'} with an open permission" if survey.shots else "There are no photos in the book yet."  # fmt: skip
    if survey.date and survey.shots:
        about += f". State of {survey.date}."
    return [Paragraph(escape(survey.title), styles["title"]), Paragraph(escape(about), styles["about"])]


def _table(survey: Survey, photos: PhotoPreparer, styles: dict[str, Any], width: float) -> list[Any]:
    from reportlab.platypus import Table

    if not survey.shots:
        return []
    cell = (width - 2 * MARGIN - (COLUMNS - 1) * GAP) / COLUMNS
    cells = [_cell(shot, photos, styles, cell) for shot in survey.shots]
    rows = [cells[i : i + COLUMNS] for i in range(0, len(cells), COLUMNS)]
    rows[-1] += [[]] * (COLUMNS - len(rows[-1]))
    widths = [cell + GAP] * (COLUMNS - 1) + [cell]
    look = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-2, -1), GAP),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), GAP),
    ]
    return [Table(rows, colWidths=widths, style=look, hAlign="LEFT")]


def _cell(shot: Shot, photos: PhotoPreparer, styles: dict[str, Any], width: float) -> list[Any]:
    from reportlab.platypus import Image, Paragraph, Spacer

    out: list[Any] = []
    try:
        if not shot.path:
            raise ValueError
        side = int(max(width, PICTURE) / 72 * PPI)
        picture = photos.prepare(shot.path, max_width=side, max_height=side)
        scale = min(width / picture.width, PICTURE / picture.height)
        image = Image(io.BytesIO(picture.fetch()), picture.width * scale, picture.height * scale, hAlign="LEFT")
        out += [image, Spacer(1, PICTURE - picture.height * scale)]
    except (PhotoLost, OSError, ValueError):
        out.append(Spacer(1, PICTURE))
    out.append(Paragraph(escape(figure_name(shot.figure)), styles["figure"]))
    out.append(Paragraph(escape(shot.title), styles["italic"]))
    out += [Paragraph(escape(text), styles["plain"]) for text in (shot.caption, shot.credit, size(shot)) if text]
    reasons = list(dict.fromkeys(one.why for one in shot.open))
    out += [Paragraph(escape(why), styles["open"]) for why in reasons] or [
        Paragraph("permission clear", styles["plain"])
    ]
    return out
