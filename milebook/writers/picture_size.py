"""How large a picture is printed, by the same rule in every format with pages: as wide as the text, never coarser than sharp."""

from __future__ import annotations

SHARP = 300.0  # pixels to the inch: no picture is printed larger than that
SMALL_WIDTH, SMALL_PPI = 108.0, 150.0  # points that a photo of few pixels may be wide, if it has so many to the inch
NEARLY = 0.93  # share of the measure from which a picture takes all of it: between them looks like a slip


def sharp_width(pixels: int) -> float:
    """The width, in points, up to which so many pixels are sharp."""
    return max(pixels * 72.0 / SHARP, min(SMALL_WIDTH, pixels * 72.0 / SMALL_PPI))


def picture_size(pixels: tuple[int, int], measure: float, tallest: float) -> tuple[float, float]:
    """Width and height in points of a picture by itself, in a measure and of at most so many points of height."""
    wide, high = max(1, pixels[0]), max(1, pixels[1])
    width = min(measure, sharp_width(wide), tallest * wide / high)
    if width > NEARLY * measure:
        width = min(measure, sharp_width(wide))
    return width, width * high / wide
