"""How large a picture is printed, by the same rule in every format with pages: as wide as the text, never coarser than sharp."""

from __future__ import annotations

from collections.abc import Sequence

SHARP = 300.0  # pixels to the inch: no picture is printed larger than that
SMALL_WIDTH, SMALL_PPI = 108.0, 150.0  # points that a photo of few pixels may be wide, if it has so many to the inch
NEARLY = 0.93  # share of the measure from which a picture takes all of it: between them looks like a slip


def sharp_width(pixels: int) -> float:
    """The width, in points, up to which so many pixels are sharp."""
    return max(pixels * 72.0 / SHARP, min(SMALL_WIDTH, pixels * 72.0 / SMALL_PPI))


def row_heights(
    pixels: Sequence[tuple[int, int]], measure: float, tallest: float, gap: float = 0.0
) -> tuple[float, float]:
    """The height in points of a picture, or of several side by side with gaps between them; and the height that they would
    have if they might be taller than `tallest`. A picture of (0, 0) pixels is taken for one of 4 to 3, as sharp as it need be.
    """
    shares = [_share(one) for one in pixels]
    widest = (measure - gap * (len(pixels) - 1)) / sum(shares)
    sharpest = [sharp_width(wide) / share for (wide, _), share in zip(pixels, shares, strict=True) if wide > 0]
    most = min([widest, *sharpest])
    height = min(most, tallest)
    if len(pixels) == 1 and height * shares[0] > NEARLY * measure:
        height = most
    return height, most


def _share(pixels: tuple[int, int]) -> float:
    """Width by height; 4 to 3 where they are not known."""
    wide, high = pixels
    return wide / high if wide > 0 and high > 0 else 4 / 3


def picture_size(pixels: tuple[int, int], measure: float, tallest: float) -> tuple[float, float]:
    """Width and height in points of a picture by itself, in a measure and of at most so many points of height."""
    height, _ = row_heights([pixels], measure, tallest)
    return height * _share(pixels), height
