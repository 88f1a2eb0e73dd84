"""Draws the gate of the starter book (`milebook init`): the same bytes every time. Needs Pillow and numpy.

Usage: python docs/pictures/draw_starter_photo.py
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT, SCALE = 1500, 1080, 2
TARGET = Path(__file__).parents[2] / "milebook" / "starter" / "stories" / "photos" / "gate.jpg"


def sky(rng: np.random.Generator) -> Image.Image:
    """A sunrise from indigo to apricot, with the sun low on the right."""
    w, h = WIDTH * SCALE, HEIGHT * SCALE
    y, x = np.mgrid[0:h, 0:w].astype("float32")
    t = (y / (h * 0.62)).clip(0, 1)[..., None]
    top, middle, low = (np.array(c, "float32") for c in ((58, 74, 110), (214, 150, 120), (250, 214, 160)))
    picture = np.where(t < 0.6, top + (middle - top) * (t / 0.6), middle + (low - middle) * ((t - 0.6) / 0.4))
    glow = np.exp(-(((x - w * 0.68) / (w * 0.28)) ** 2 + ((y - h * 0.56) / (h * 0.22)) ** 2))[..., None]
    picture += glow * np.array((40, 38, 20), "float32")
    return Image.fromarray(picture.clip(0, 255).astype("uint8"))


def hill(draw: ImageDraw.ImageDraw, base: float, swell: float, phase: float, colour: tuple[int, int, int]) -> None:
    w, h = WIDTH * SCALE, HEIGHT * SCALE
    xs = np.linspace(0, w, 240)
    ys = h * base - h * swell * (np.sin(xs / w * 5 + phase) + 0.45 * np.sin(xs / w * 11 + phase * 2))
    draw.polygon([(0, h), *zip(xs, ys, strict=True), (w, h)], fill=colour)


def gate(draw: ImageDraw.ImageDraw) -> None:
    """A five-barred gate, open, seen from the side of the road."""
    w, h = WIDTH * SCALE, HEIGHT * SCALE
    white, shade = (244, 236, 220), (150, 132, 118)
    left, right = (w * 0.10, h * 0.47), (w * 0.41, h * 0.545)
    tall, short = h * 0.36, h * 0.25
    for post, height in ((left, tall * 1.12), (right, short * 1.05)):
        draw.rectangle((post[0] - w * 0.011, post[1] - h * 0.02, post[0] + w * 0.011, post[1] + height), fill=white)
        draw.rectangle((post[0] + w * 0.004, post[1] - h * 0.02, post[0] + w * 0.011, post[1] + height), fill=shade)
    for bar in range(5):
        share = bar / 4
        a = (left[0], left[1] + tall * 0.86 * share)
        b = (right[0], right[1] + short * 0.86 * share)
        thick = h * 0.013
        draw.polygon([a, b, (b[0], b[1] + thick * 0.75), (a[0], a[1] + thick)], fill=white)
    draw.line([(left[0], left[1] + tall * 0.86), (right[0], right[1] + h * 0.01)], fill=white, width=int(h * 0.012))


def road(draw: ImageDraw.ImageDraw) -> None:
    w, h = WIDTH * SCALE, HEIGHT * SCALE
    edge = [(w * 0.30, h), (w * 0.44, h * 0.80), (w * 0.60, h * 0.70), (w * 0.63, h * 0.655)]
    back = [(w * 0.645, h * 0.655), (w * 0.64, h * 0.70), (w * 0.60, h * 0.82), (w * 0.74, h)]
    draw.polygon(edge + back, fill=(196, 158, 128))
    for side in (-0.03, 0.03):
        draw.line(
            [
                (w * (0.52 + side * 4), h),
                (w * (0.53 + side * 1.8), h * 0.81),
                (w * (0.615 + side * 0.5), h * 0.70),
                (w * 0.637, h * 0.657),
            ],
            fill=(168, 130, 106),
            width=int(h * 0.012),
            joint="curve",
        )


def main() -> None:
    rng = np.random.default_rng(5)
    picture = sky(rng)
    draw = ImageDraw.Draw(picture)
    w, h = WIDTH * SCALE, HEIGHT * SCALE
    draw.ellipse((w * 0.655, h * 0.50, w * 0.705, h * 0.50 + w * 0.05), fill=(255, 240, 205))
    hill(draw, 0.60, 0.035, 0.4, (150, 116, 122))
    hill(draw, 0.645, 0.028, 2.2, (112, 96, 104))
    hill(draw, 0.70, 0.02, 4.1, (84, 92, 78))
    road(draw)
    gate(draw)
    grass = ImageDraw.Draw(picture)
    for _ in range(5200):
        x, y = rng.uniform(0, w), h - abs(rng.normal(0, h * 0.075))
        if abs(x - w * 0.5) < w * 0.16 * (y / h) ** 3 and y > h * 0.8:
            continue
        tone = rng.uniform(0.7, 1.15)
        grass.line(
            [(x, y), (x + rng.normal(0, w * 0.004), y - rng.uniform(0.01, 0.035) * h)],
            fill=(int(78 * tone), int(86 * tone), int(62 * tone)),
            width=3,
        )
    picture = picture.filter(ImageFilter.GaussianBlur(1.2)).resize((WIDTH, HEIGHT), Image.LANCZOS)
    grain = rng.normal(0, 6, (HEIGHT, WIDTH, 1)) + rng.normal(0, 2, (HEIGHT, WIDTH, 3))
    done = Image.fromarray((np.asarray(picture, "float32") + grain).clip(0, 255).astype("uint8"))
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    done.save(TARGET, "JPEG", quality=80, optimize=True)


if __name__ == "__main__":
    main()
