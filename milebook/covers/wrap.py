"""Where everything goes on the cover wrap of a paperback: back, spine and front with bleed and safe zones, in points."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

INCH = 72.0
DATA = Path(__file__).with_name("printers.toml")


class Printer(NamedTuple):
    """What a printer asks for; lengths are points, `paper` is points a page. See `printers.toml` for the sources."""

    key: str
    name: str
    source: str
    checked: str  # ISO date
    bleed: float
    safe: float
    spine_safe: float
    spine_text_from: int  # pages
    least_pages: int
    most_pages: int
    multiple: int
    cmyk: bool
    barcode: tuple[float, float]
    barcode_edge: float
    paper: dict[str, float]


class Box(NamedTuple):
    """A rectangle from its lower left corner."""

    x: float
    y: float
    width: float
    height: float

    def inset(self, by: float) -> Box:
        return Box(self.x + by, self.y + by, self.width - 2 * by, self.height - 2 * by)


class Wrap(NamedTuple):
    """The wrap of a book: the sheet with its bleed, and the panels as they are trimmed and folded."""

    printer: Printer
    pages: int
    sheet: tuple[float, float]
    back: Box
    spine: Box
    front: Box
    barcode: Box

    @property
    def spine_text(self) -> Box | None:
        """Where words on the spine may stand; None on a thin one."""
        safe = self.printer.spine_safe
        if self.pages < self.printer.spine_text_from or self.spine.width <= 2 * safe + 4.0:
            return None
        edge = self.printer.safe
        return Box(self.spine.x + safe, self.spine.y + edge, self.spine.width - 2 * safe, self.spine.height - 2 * edge)


@cache
def printers() -> dict[str, Printer]:
    """The printers known, by the word for `--printer`."""
    return {key: _printer(key, row) for key, row in tomllib.loads(DATA.read_text("utf-8")).items()}


def _printer(key: str, row: dict[str, Any]) -> Printer:
    lengths = ("bleed", "safe", "spine_safe", "barcode_edge")
    plain = ("name", "source", "checked", "spine_text_from", "least_pages", "most_pages", "multiple")
    return Printer(
        key=key,
        cmyk=row["color"] == "CMYK",
        barcode=(row["barcode"][0] * INCH, row["barcode"][1] * INCH),
        paper={name: size * INCH for name, size in row["paper"].items()},
        **{name: row[name] for name in plain},
        **{name: row[name] * INCH for name in lengths},
    )


def wrap(printer: Printer, trim: tuple[float, float], pages: int, paper: str, spine: float = 0.0) -> Wrap:
    """The wrap of a book of so many pages. `spine` is its width where the printer's own template gives one, in points.

    Pages are rounded up to what the printer binds. Raises KeyError for a paper the printer does not have.
    """
    pages += -pages % printer.multiple
    width, height = trim
    thick = spine or pages * printer.paper[paper]
    bleed = printer.bleed
    back = Box(bleed, bleed, width, height)
    folded = Box(back.x + width, bleed, thick, height)
    front = Box(folded.x + thick, bleed, width, height)
    wide, high = printer.barcode
    edge = printer.barcode_edge
    barcode = Box(back.x + width - edge - wide, bleed + edge, wide, high)
    return Wrap(printer, pages, (2 * (bleed + width) + thick, 2 * bleed + height), back, folded, front, barcode)
