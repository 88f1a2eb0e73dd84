"""The words of a typographic cover in, its picture out."""

from __future__ import annotations

import io

from PIL import ImageDraw

from milebook.writers.epub.cover import Lines
from milebook.writers.epub.lettering import Lettering
from milebook.writers.epub.motif import HEIGHT, WIDTH, landscape

QUALITY = 88
MARGIN = 140
ORNAMENT = 96  # pixels: width of the rule between title and subtitle


def draw(lines: Lines) -> bytes:
    """A JPEG of 1600 x 2560 pixels: the title on the sky, the names on the foremost hill."""
    image, palette = landscape(lines.title)
    pen = ImageDraw.Draw(image)
    _title(pen, lines, palette.ink)
    _names(pen, lines, palette.light)
    if lines.remark:
        small = Lettering("Italic")
        remark = small.fit(lines.remark, WIDTH - 2 * MARGIN, 120, 44, 24, 1.25, 3)
        for number, line in enumerate(remark.lines):
            x = (WIDTH - small.width(line, remark.size)) / 2
            small.draw(pen, line, x, 96 + number * remark.size * 1.25, remark.size, palette.ink)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, subsampling=0)
    return out.getvalue()


def _title(pen: ImageDraw.ImageDraw, lines: Lines, color: str) -> None:
    roman, italic = Lettering("Regular"), Lettering("Italic")
    room = 1010.0
    subtitle = italic.fit(lines.subtitle, WIDTH - 2.4 * MARGIN, 300, 82, 36, 1.22, 6) if lines.subtitle else None
    gap = 150.0
    under = subtitle.height(1.22) + gap if subtitle else 0.0
    title = roman.fit(lines.title or "…", WIDTH - 2 * MARGIN, room - under, 330, 44, 1.04)
    total = title.height(1.04) + under
    y = 250 + max(0.0, (room - total) * 0.42)
    for line in title.lines:
        x = (WIDTH - roman.width(line, title.size)) / 2
        roman.draw(pen, line, x, y + title.size * 0.8, title.size, color)
        y += title.size * 1.04
    if subtitle is None:
        return
    rule = y + gap * 0.36
    pen.line(((WIDTH - ORNAMENT) / 2, rule, (WIDTH + ORNAMENT) / 2, rule), fill=color, width=4)
    y += gap * 0.72
    for line in subtitle.lines:
        x = (WIDTH - italic.width(line, subtitle.size)) / 2
        italic.draw(pen, line, x, y + subtitle.size * 0.8, subtitle.size, color)
        y += subtitle.size * 1.22


def _names(pen: ImageDraw.ImageDraw, lines: Lines, color: str) -> None:
    roman = Lettering("Regular")
    foot = HEIGHT - 96
    if lines.publisher:
        text = lines.publisher.upper()
        size = 38
        while size > 16 and roman.tracked_width(text, size, 0.18) > WIDTH - 2 * MARGIN:
            size -= 1
        roman.tracked(pen, text, WIDTH / 2, foot, size, color, 0.18)
        foot -= 104
    names = [name for name in lines.authors.split(" / ") if name]
    if not names:
        return
    leading = 1.22
    if len(names) <= 2:
        chosen = names
        size = min(92, *(int(92 * (WIDTH - 2 * MARGIN) / max(1.0, roman.width(name, 92))) for name in names))
        size = max(24, size - 10 * (len(names) - 1))
    else:
        fitted = roman.fit(" · ".join(names), WIDTH - 2 * MARGIN, 190, 76, 22, leading, 6)
        size, chosen = fitted.size, fitted.lines
    y = foot - (len(chosen) - 1) * size * leading
    for name in chosen:
        line = name.strip(" ·")
        roman.draw(pen, line, (WIDTH - roman.width(line, size)) / 2, y, size, color)
        y += size * leading
