"""Draw a landscape derived from a title: hills, a sun, a road between them, a milestone; different for every title.

Everything is drawn at its final size; only edges are drawn larger and reduced, which keeps a whole cover under a fifth of a second.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PIL import Image

WIDTH, HEIGHT = 1600, 2560
FINE = 2  # times larger that edges are drawn
LAYERS = 6
FRONT = 0.78 * HEIGHT  # where the road comes over the foremost hill: the ground below is for the names
RGB = tuple[int, int, int]


class Palette(NamedTuple):
    """Colors of one hour of the day: `ink` is for words on the sky, `light` for words on the nearest hill."""

    top: str
    low: str  # the sky at the horizon
    sun: str
    far: str
    near: str
    road: str
    ink: str
    light: str


PALETTES = (
    Palette("#f7efe2", "#f2cfa9", "#e2714a", "#e0ab8c", "#35263c", "#f5e3c8", "#35263c", "#f6e8d3"),  # dawn
    Palette("#eef2f0", "#c9dde0", "#f0bd4f", "#a3c0c6", "#173544", "#f3ecd8", "#173544", "#eef2ea"),  # clear morning
    Palette("#f5efdc", "#e7d7a6", "#d9683a", "#bdb887", "#26331f", "#f3e9c6", "#26331f", "#f3ecd4"),  # late summer
    Palette("#0f1a33", "#4a5f86", "#f3e7c6", "#4c6088", "#070c1b", "#c9cfd9", "#f4ecd8", "#e9e4d6"),  # moonlight
    Palette("#f8ead8", "#f0b488", "#c33f2c", "#cf8a68", "#411a1b", "#f6dcb9", "#411a1b", "#f9e5cd"),  # desert evening
    Palette("#f3eef5", "#d9c4dd", "#f0a873", "#ab97bf", "#271b3a", "#f2e4ea", "#271b3a", "#f1e7f2"),  # after rain
    Palette("#0d3640", "#e3a56c", "#fbe3b4", "#8c7a6c", "#08191f", "#f0d3a4", "#f9ecd3", "#efe3cb"),  # last light
    Palette("#e6ecf2", "#f6f1e8", "#df4f2c", "#bfcad6", "#1f2d40", "#ffffff", "#1f2d40", "#f2f4f6"),  # first snow
)


class Dice:
    """Numbers that follow from a text alone."""

    def __init__(self, text: str) -> None:
        self.seed = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
        self.thrown = 0

    def number(self, low: float = 0.0, high: float = 1.0) -> float:
        block = hashlib.sha256(self.seed + self.thrown.to_bytes(4, "big")).digest()
        self.thrown += 1
        return low + (high - low) * int.from_bytes(block[:6], "big") / (1 << 48)

    def choice(self, count: int) -> int:
        return min(count - 1, int(self.number(0, count)))


def palette(seed: str) -> Palette:
    """The colors of the landscape that follows from a seed."""
    return PALETTES[Dice(seed).choice(len(PALETTES))]


def landscape(seed: str) -> tuple[Image.Image, Palette]:
    """A picture of WIDTH x HEIGHT whose upper half is calm sky, for the title, and whose foot is dark, for the names."""
    from PIL import Image

    dice = Dice(seed)
    colors = PALETTES[dice.choice(len(PALETTES))]  # the first throw, as in `palette`
    image = Image.new("RGB", (WIDTH, HEIGHT))
    horizon = int(HEIGHT * dice.number(0.585, 0.615))
    _fade(image, 0, horizon + 220, rgb(colors.top), rgb(colors.low), None, power=1.6)
    side = 1 if dice.number() < 0.5 else -1
    sun_x = WIDTH * (0.5 + side * dice.number(0.12, 0.27))
    radius = dice.number(150, 205)
    _disc(image, sun_x, horizon - radius * dice.number(0.05, 0.55), radius, rgb(colors.sun))
    road_x = WIDTH / 2 - side * dice.number(0.02, 0.1) * WIDTH
    for layer in range(LAYERS):
        depth = layer / (LAYERS - 1)  # 0 far, 1 near
        base = horizon + (FRONT - horizon) * depth**1.2
        crest = _crest(dice, base, depth)
        if layer == LAYERS - 1:
            crest = _lowered(crest, FRONT - crest(road_x))
            _milestone(image, road_x - side * 190, crest, colors)  # before its hill, which covers its foot
        color = mix(rgb(colors.far), rgb(colors.near), depth**0.85)
        mist = mix(color, rgb(colors.low), 0.34 * (1 - depth))
        end = HEIGHT if layer == LAYERS - 1 else min(HEIGHT, int(base + 420))
        _hill(image, crest, end, color, mist)
        if 0 < layer < LAYERS - 1:
            trees = _trees(dice, depth, color, colors)
            for x, size, shade in trees:
                _tree(image, x, crest(x), size, shade)
        road_x = _road(image, dice, crest, depth, road_x, mix(rgb(colors.road), color, 0.30 * (1 - depth)), side)
        side = -side
    return image, colors


def rgb(color: str) -> RGB:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def mix(one: RGB, other: RGB, share: float) -> RGB:
    """`one` with a `share` (0 to 1) of `other`."""
    (a, b, c), (x, y, z) = one, other
    return round(a + (x - a) * share), round(b + (y - b) * share), round(c + (z - c) * share)


def _fade(
    image: Image.Image, top: int, bottom: int, start: RGB, end: RGB, mask: Image.Image | None, power: float = 1.0
) -> None:
    """Color that changes from `top` to `bottom`; `mask` shapes its upper edge, beneath which all is covered."""
    from PIL import Image

    height = bottom - top
    last = max(1, height - 1)
    column = b"".join([bytes(mix(start, end, (y / last) ** power)) for y in range(height)])
    strip = Image.frombytes("RGB", (1, height), column)
    edge = mask.height if mask is not None else 0
    for first, beyond, shape in ((0, edge, mask), (edge, height, None)):
        if first < beyond:
            part = strip.crop((0, first, 1, beyond)).resize((WIDTH, beyond - first), Image.Resampling.NEAREST)
            image.paste(part, (0, top + first), shape)


def _crest(dice: Dice, base: float, depth: float) -> Callable[[float], float]:
    """The line of a ridge: rugged far away, gentle near by."""
    swell = 48 + 62 * depth
    waves = [
        (swell * dice.number(0.7, 1.0), dice.number(0.5, 0.95) + 0.5 * (1 - depth), dice.number(0, math.tau)),
        (swell * 0.42 * dice.number(0.6, 1.0), dice.number(1.3, 2.2) + 1.4 * (1 - depth), dice.number(0, math.tau)),
    ]
    rugged = (1 - depth) ** 2 * 46
    peaks = [(rugged / (k + 1), (k + 1) * dice.number(2.2, 3.4), dice.number(0, math.tau)) for k in range(3)]

    def crest(x: float) -> float:
        u = math.tau * x / WIDTH
        smooth = sharp = 0.0
        for a, f, p in waves:
            smooth += a * math.sin(f * u + p)
        for a, f, p in peaks:
            sharp += a * (1 - 2 * abs(math.sin(f * u / 2 + p)))
        return base - smooth - sharp

    return crest


def _lowered(crest: Callable[[float], float], by: float) -> Callable[[float], float]:
    return lambda x: crest(x) + by


def _hill(image: Image.Image, crest: Callable[[float], float], end: int, color: RGB, mist: RGB) -> None:
    from PIL import Image, ImageDraw

    step = 8
    line = [(x, crest(x)) for x in range(0, WIDTH + step, step)]
    top, low = int(min(y for _, y in line)) - 2, int(max(y for _, y in line)) + 3
    top, low, end = max(0, top), min(HEIGHT, low), min(HEIGHT, end)
    band = Image.new("L", (WIDTH * FINE, (low - top) * FINE), 0)
    points = [(x * FINE, (y - top) * FINE) for x, y in line]
    ImageDraw.Draw(band).polygon([*points, (WIDTH * FINE, band.height), (0, band.height)], fill=255)
    _fade(image, top, end, color, mist, band.reduce(FINE).crop((0, 0, WIDTH, min(low, end) - top)))


def _paint(image: Image.Image, points: Sequence[tuple[float, float]], color: RGB) -> None:
    """A filled outline with smooth edges."""
    from PIL import Image, ImageDraw

    left, top = math.floor(min(x for x, _ in points)) - 1, math.floor(min(y for _, y in points)) - 1
    right, low = math.ceil(max(x for x, _ in points)) + 1, math.ceil(max(y for _, y in points)) + 1
    mask = Image.new("L", ((right - left) * FINE, (low - top) * FINE), 0)
    ImageDraw.Draw(mask).polygon([((x - left) * FINE, (y - top) * FINE) for x, y in points], fill=255)
    image.paste(color, (left, top), mask.reduce(FINE))


def _disc(image: Image.Image, x: float, y: float, radius: float, color: RGB) -> None:
    _paint(
        image,
        [(x + radius * math.cos(a / 90 * math.pi), y + radius * math.sin(a / 90 * math.pi)) for a in range(180)],
        color,
    )


def _road(
    image: Image.Image, dice: Dice, crest: Callable[[float], float], depth: float, x: float, color: RGB, side: int
) -> float:
    """A stretch of road from the crest of a hill down to where the next one hides it; tells where it leaves the hill."""
    if depth < 0.15:
        return x
    start, width = x, 5 + 130 * depth**2.1
    sway = side * dice.number(90, 170) * (0.55 + depth)
    if depth == 1:
        return _way_out(image, crest, x, width, color, side)
    left: list[tuple[float, float]] = []
    right: list[tuple[float, float]] = []
    for step in range(41):
        t = step / 40
        middle = start + sway * math.sin(t * math.pi * 0.9) * t**0.6
        half = width * (0.30 + 0.9 * t**1.3) / 2
        y = crest(middle) + 1 + (330 - (crest(middle) - crest(start))) * t**1.25 if t else crest(start) + 1
        left.append((middle - half, y))
        right.append((middle + half, y))
    _paint(image, [*left, *reversed(right)], color)
    return start + sway * 0.62


def _way_out(
    image: Image.Image, crest: Callable[[float], float], x: float, width: float, color: RGB, side: int
) -> float:
    """The last stretch leaves the picture at one side, so that the names below have the dark ground to themselves."""
    edge = WIDTH + 260 if side > 0 else -260
    upper: list[tuple[float, float]] = []
    lower: list[tuple[float, float]] = []
    for step in range(61):
        t = step / 60
        ease = t * t * (3 - 2 * t)
        middle = x + (edge - x) * (0.25 * t**2 + 0.75 * t * ease)
        y = crest(x) + 1 + 175 * (1 - (1 - t) ** 2.2)
        tilt = min(1.0, t * 2.2)  # seen across where it comes over the crest, along where it runs out
        half = width * (0.2 + 0.62 * t)
        upper.append((middle - side * half * (1 - tilt) * -1, y - half * 0.55 * tilt))
        lower.append((middle - side * half * (1 - tilt), y + half * 0.55 * tilt))
    _paint(image, [*upper, *reversed(lower)], color)
    return x


def _trees(dice: Dice, depth: float, color: RGB, palette: Palette) -> list[tuple[float, float, RGB]]:
    if depth < 0.3:
        return []
    shade = mix(color, rgb(palette.near), 0.55)
    found: list[tuple[float, float, RGB]] = []
    middle = dice.number(0.08, 0.92) * WIDTH
    for _ in range(1 + dice.choice(4)):
        found.append((middle, dice.number(0.75, 1.15) * (26 + 74 * depth), shade))
        middle += dice.number(26, 74) * (0.6 + depth)
    return [tree for tree in found if 40 < tree[0] < WIDTH - 40]


def _tree(image: Image.Image, x: float, y: float, size: float, color: RGB) -> None:
    """A slim poplar."""
    half = size * 0.2
    outline = []
    for a in range(60):
        angle = a / 30 * math.pi
        lean = 1 - 0.32 * math.sin(angle) if math.sin(angle) > 0 else 1.0
        outline.append((x + half * math.cos(angle) * lean, y - size * 0.62 - size * 0.5 * math.sin(angle)))
    _paint(image, outline, color)
    _paint(
        image,
        [
            (x - size * 0.025, y - size * 0.3),
            (x + size * 0.025, y - size * 0.3),
            (x + size * 0.03, y + 4),
            (x - size * 0.03, y + 4),
        ],
        color,
    )


def _milestone(image: Image.Image, x: float, crest: Callable[[float], float], palette: Palette) -> None:
    """A round-headed stone by the roadside."""
    x = min(max(x, 150.0), WIDTH - 150.0)
    foot = max(crest(x - 30), crest(x + 30)) + 6
    half, tall = 27.0, 74.0
    arc = [(x - half * math.cos(a / 20 * math.pi), foot - tall - half * math.sin(a / 20 * math.pi)) for a in range(21)]
    _paint(image, [(x - half, foot), *arc, (x + half, foot)], mix(rgb(palette.road), rgb(palette.near), 0.12))
    shade = [(x + half * 0.42, foot), *[(px, py) for px, py in arc if px > x + half * 0.42], (x + half, foot)]
    _paint(image, shade, mix(rgb(palette.road), rgb(palette.near), 0.38))
