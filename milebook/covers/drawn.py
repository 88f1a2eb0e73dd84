"""Draw the front of a book as a picture, in the design that the index names."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import NamedTuple

from PIL import Image, ImageDraw

from milebook.covers import type_design
from milebook.covers.landscape import HEIGHT, WIDTH, landscape, palette
from milebook.covers.lettering import Lettering, Set
from milebook.covers.words import Lines

QUALITY = 88
MARGIN = 140
ORNAMENT = 96  # pixels: width of the rule between title and subtitle


class Design(NamedTuple):
    """A drawn cover, in a space of 1600 x 2560: its ground, its words, and the colors that go with them elsewhere.

    `ground` and `colors` (the field and the ink of back and spine) follow from the title; `letter` sets the words.
    """

    ground: Callable[[str], Image.Image]
    letter: Callable[[ImageDraw.ImageDraw, Lines], None]
    colors: Callable[[str], tuple[str, str]]


def draw(lines: Lines, design: str = "road") -> bytes:
    """A JPEG of 1600 x 2560 pixels in a design of `DESIGNS`."""
    chosen = DESIGNS[design]
    image = chosen.ground(lines.title)
    chosen.letter(ImageDraw.Draw(image), lines)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, subsampling=0)
    return out.getvalue()


def _road_ground(title: str) -> Image.Image:
    return landscape(title)[0]


def _road_colors(title: str) -> tuple[str, str]:
    colors = palette(title)
    return colors.near, colors.light


def _road_words(pen: ImageDraw.ImageDraw, lines: Lines) -> None:
    """The title on the sky, the names on the foremost hill."""
    colors = palette(lines.title)
    _title(pen, lines, colors.ink)
    _names(pen, lines, colors.light)
    if lines.remark:
        small = Lettering("Italic")
        remark = small.fit(lines.remark, WIDTH - 2 * MARGIN, 120, 44, 24, 1.25, 3)
        small.column(pen, remark, 96, 1.25, colors.ink, drop=0.0)


def _title(pen: ImageDraw.ImageDraw, lines: Lines, color: str) -> None:
    roman, italic = Lettering("Regular"), Lettering("Italic")
    room = 1010.0
    subtitle = italic.fit(lines.subtitle, WIDTH - 2.4 * MARGIN, 300, 82, 36, 1.22, 6) if lines.subtitle else None
    gap = 150.0
    under = subtitle.height(1.22) + gap if subtitle else 0.0
    title = roman.fit(lines.title or "…", WIDTH - 2 * MARGIN, room - under, 330, 44, 1.04)
    total = title.height(1.04) + under
    y = roman.column(pen, title, 250 + max(0.0, (room - total) * 0.42), 1.04, color)
    if subtitle is None:
        return
    rule = y + gap * 0.36
    pen.line(((WIDTH - ORNAMENT) / 2, rule, (WIDTH + ORNAMENT) / 2, rule), fill=color, width=4)
    italic.column(pen, subtitle, y + gap * 0.72, 1.22, color)


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
    names = lines.names
    if not names:
        return
    leading = 1.22
    if len(names) <= 2:
        size = min(92, *(int(92 * (WIDTH - 2 * MARGIN) / max(1.0, roman.width(name, 92))) for name in names))
        words = Set(names, max(24, size - 10 * (len(names) - 1)))
    else:
        words = roman.fit(" · ".join(names), WIDTH - 2 * MARGIN, 190, 76, 22, leading, 6)
    words = words._replace(lines=[line.strip(" ·") for line in words.lines])
    roman.column(pen, words, foot - (len(words.lines) - 1) * words.size * leading, leading, color, drop=0.0)


DESIGNS: Mapping[str, Design] = {
    "road": Design(_road_ground, _road_words, _road_colors),
    "type": Design(type_design.field, type_design.letter, type_design.colors),
}
