"""A cover of nothing but type: the title large on a field of color, a rule, and the names below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image

from milebook.covers.landscape import HEIGHT, WIDTH, Dice
from milebook.covers.lettering import Lettering, Set

if TYPE_CHECKING:
    from PIL import ImageDraw

    from milebook.covers.words import Lines

FIELDS = (  # the field, and the ink on it
    ("#1f2d40", "#f4ecd8"), ("#26331f", "#f3ecd4"), ("#5b1f1d", "#f9e5cd"), ("#f2ead9", "#2a2320"),
    ("#17423f", "#f1ead6"), ("#e9dcc3", "#53201f"), ("#2b2038", "#f1e7f2"), ("#dfe5e6", "#173544"),
)  # fmt: skip
MARGIN = 150
RULE = 8  # pixels


def colors(title: str) -> tuple[str, str]:
    """The field and the ink of a title, always the same for the same title."""
    return FIELDS[Dice(f"type {title}").choice(len(FIELDS))]


def field(title: str) -> Image.Image:
    """The ground of the cover, 1600 x 2560 pixels."""
    return Image.new("RGB", (WIDTH, HEIGHT), colors(title)[0])


def letter(pen: ImageDraw.ImageDraw, lines: Lines) -> None:
    """Set the words on it."""
    ink = colors(lines.title)[1]
    roman, italic = Lettering("Regular"), Lettering("Italic")
    measure = WIDTH - 2 * MARGIN

    def put(face: Lettering, words: Set, y: float, leading: float) -> float:
        return face.column(pen, words, y, leading, ink, left=MARGIN)

    title = roman.fit(lines.title or "…", measure, 1180, 340, 48, 1.02)
    y = put(roman, title, 300, 1.02) + 70
    pen.rectangle((MARGIN, y, MARGIN + 220, y + RULE), fill=ink)
    y += 90
    if lines.subtitle:
        put(italic, italic.fit(lines.subtitle, measure, 420, 92, 36, 1.2, 6), y, 1.2)
    foot = HEIGHT - 150.0
    if lines.publisher:
        publisher = roman.fit(lines.publisher, measure, 60, 46, 20, 1.0, 1)
        put(roman, publisher, foot - publisher.size * 0.8, 1.0)
        foot -= 150
    names = roman.fit(" · ".join(lines.names), measure, 330, 84, 24, 1.2, 4) if lines.names else None
    if names is not None:
        put(roman, names, foot - names.height(1.2), 1.2)
    if lines.remark:
        put(italic, italic.fit(lines.remark, measure, 110, 44, 24, 1.2, 3), 110, 1.2)
