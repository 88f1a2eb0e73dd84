"""Draws the pictures of the sample book into stories/photos: in, nothing but numbers; out, fourteen files that look like
small screenprints and behave like photographs that readers sent (one sideways with a GPS position, one grey, one PNG, one WebP).

    python docs/pictures/draw_sample_photos.py [NAME ...]

Needs Pillow and numpy. The same versions give the same bytes: every picture has its own fixed seed.

How a picture is made: shapes are cut as stencils at twice the size and shrunk, their edges roughened a little, and printed
one ink over another; skies and shadows are stippled, as with a worn sponge; at the end the paper's tooth goes over all.
Lengths are pixels of the finished picture; x runs right and y runs down; angles are degrees.
"""

from __future__ import annotations

# Coordinates read better as the shapes they are than one to a line.
# fmt: off
import io
import itertools
import math
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

HERE = Path(__file__).resolve().parent
PHOTOS = HERE.parent.parent / "stories" / "photos"
SS = 2  # stencils are cut this many times larger than they are printed

Array = np.ndarray
Point = tuple[float, float]


def rgb(code: str) -> Array:
    """A colour from its six hex digits, as three numbers from 0 to 1."""
    code = code.lstrip("#")
    return np.array([int(code[i : i + 2], 16) / 255 for i in (0, 2, 4)], dtype=np.float32)


def smooth(edge0: float, edge1: float, x: Array) -> Array:
    """0 below edge0, 1 above edge1, an easy curve between (the edges may stand in either order)."""
    t = np.clip((x - edge0) / (edge1 - edge0), 0, 1)
    return t * t * (3 - 2 * t)


def spline(points: Sequence[Point], steps: int = 16) -> list[Point]:
    """A smooth line through all the points (Catmull-Rom)."""
    p = [points[0], *points, points[-1]]
    out: list[Point] = []
    for i in range(1, len(p) - 2):
        a, b, c, d = p[i - 1], p[i], p[i + 1], p[i + 2]
        for k in range(steps):
            t = k / steps
            out.append(
                tuple(
                    0.5 * (2 * b[j] + (c[j] - a[j]) * t + (2 * a[j] - 5 * b[j] + 4 * c[j] - d[j]) * t * t
                           + (3 * b[j] - a[j] - 3 * c[j] + d[j]) * t**3)
                    for j in (0, 1)
                )
            )
    out.append(tuple(points[-1]))
    return out


class Stencil:
    """A sheet to cut shapes out of; `mask` gives it back at the size of the picture, 0 covered to 1 cut."""

    def __init__(self, print_: Print) -> None:
        self.print = print_
        self.sheet = Image.new("L", (print_.w * SS, print_.h * SS), 0)
        self.pen = ImageDraw.Draw(self.sheet)

    def polygon(self, points: Sequence[Point], value: int = 255) -> Stencil:
        self.pen.polygon([(x * SS, y * SS) for x, y in points], fill=value)
        return self

    def ellipse(self, x: float, y: float, rx: float, ry: float | None = None, value: int = 255) -> Stencil:
        ry = rx if ry is None else ry
        self.pen.ellipse([(x - rx) * SS, (y - ry) * SS, (x + rx) * SS, (y + ry) * SS], fill=value)
        return self

    def oval(self, x: float, y: float, rx: float, ry: float, angle: float, value: int = 255) -> Stencil:
        c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        ring = [(rx * math.cos(t), ry * math.sin(t)) for t in np.linspace(0, 2 * math.pi, 48)]
        return self.polygon([(x + a * c - b * s, y + a * s + b * c) for a, b in ring], value)

    def rect(self, x0: float, y0: float, x1: float, y1: float, value: int = 255) -> Stencil:
        return self.polygon([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], value)

    def stroke(
        self,
        points: Sequence[Point],
        width: float | Sequence[float],
        value: int = 255,
        wobble: float = 0.0,
        caps: bool = True,
    ) -> Stencil:
        """A line whose width may change along it (one number, or a few spread evenly)."""
        pts = np.array(points, dtype=float)
        n = len(pts)
        if n < 2:
            return self
        ws = np.interp(np.linspace(0, 1, n), np.linspace(0, 1, 2), [width, width]) if isinstance(width, (int, float)) else (
            np.interp(np.linspace(0, 1, n), np.linspace(0, 1, len(width)), width)
        )
        if wobble:
            ws = ws * (1 + wobble * self.print.rng.normal(size=n).clip(-2, 2))
        tangent = np.gradient(pts, axis=0)
        length = np.hypot(tangent[:, 0], tangent[:, 1])
        length[length == 0] = 1
        normal = np.stack([-tangent[:, 1] / length, tangent[:, 0] / length], axis=1)
        left = pts + normal * ws[:, None] / 2
        right = pts - normal * ws[:, None] / 2
        for i in range(n - 1):  # one quadrilateral a step: a polygon that crosses itself would be left hollow
            self.polygon([tuple(left[i]), tuple(left[i + 1]), tuple(right[i + 1]), tuple(right[i])], value)
        step = range(n) if caps else range(1, n - 1)
        for i in step:
            if ws[i] > 1.2:
                self.ellipse(pts[i][0], pts[i][1], ws[i] / 2, None, value)
        return self

    def mask(self, rough: float = 0.0, grain: float = 9.0, soft: float = 0.0) -> Array:
        """The finished stencil. `rough`: how far the edge wanders, in pixels; `soft`: blur, in pixels."""
        p = self.print
        out = np.zeros((p.h, p.w), dtype=np.float32)
        box = self.sheet.getbbox()
        if box is None:
            return out
        margin = int(4 * (rough + soft)) + 4  # only the part that was cut is worked on
        x0, y0 = max(0, box[0] // SS - margin), max(0, box[1] // SS - margin)
        x1, y1 = min(p.w, box[2] // SS + margin), min(p.h, box[3] // SS + margin)
        sheet = self.sheet.crop((x0 * SS, y0 * SS, x1 * SS, y1 * SS)).reduce(SS)
        if rough:
            sheet = sheet.filter(ImageFilter.GaussianBlur(rough))
        if soft:
            sheet = sheet.filter(ImageFilter.GaussianBlur(soft))
        m = np.asarray(sheet, dtype=np.float32) / 255
        if rough:
            edge = np.clip(p.worn(grain)[y0:y1, x0:x1], -1, 1)
            m = np.clip((m - 0.5 + 0.30 * edge) * (1.6 + rough) + 0.5, 0, 1)
        out[y0:y1, x0:x1] = m
        return out


class Print:
    """A sheet of paper and what has been printed on it."""

    def __init__(self, w: int, h: int, seed: int, paper: str) -> None:
        self.w, self.h = w, h
        self.rng = np.random.default_rng(seed)
        self.img = np.ones((h, w, 3), dtype=np.float32) * rgb(paper)
        self.y, self.x = np.mgrid[0:h, 0:w].astype(np.float32)
        self.kept: dict[tuple[str, float], Array] = {}

    # -- fields

    def noise(self, scale: float, octaves: int = 3, stretch: tuple[float, float] = (1, 1)) -> Array:
        """Clouds with mean 0, mostly within -1 to 1; `scale` is the size of the largest ones in pixels."""
        total = np.zeros((self.h, self.w), dtype=np.float32)
        weight = 1.0
        for octave in range(octaves):
            sx, sy = scale * stretch[0] / 2**octave, scale * stretch[1] / 2**octave
            cells = self.rng.normal(size=(max(2, int(self.h / sy) + 2), max(2, int(self.w / sx) + 2))).astype(np.float32)
            total += weight * np.asarray(Image.fromarray(cells).resize((self.w, self.h), Image.Resampling.BICUBIC))
            weight *= 0.5
        return np.clip(total / (2.2 * total.std() + 1e-6), -1.5, 1.5)

    def shifted(self, kind: str, size: float, make: Callable[[], Array]) -> Array:
        """A texture that is made once and then moved about, as a printer's one worn roller is."""
        if (kind, size) not in self.kept:
            self.kept[kind, size] = make()
        by = (int(self.rng.integers(self.h)), int(self.rng.integers(self.w)))
        return np.roll(self.kept[kind, size], by, axis=(0, 1))

    def worn(self, scale: float) -> Array:
        return self.shifted("worn", scale, lambda: self.noise(scale, 2))

    def stipple(self, size: float = 2.6) -> Array:
        """An even spread of thresholds from 0 to 1 without clumps: what a sponge or an air brush leaves."""
        return self.shifted("stipple", size, lambda: self.even_grain(size))

    def even_grain(self, size: float) -> Array:
        shape = (int(self.h / size) + 3, int(self.w / size) + 3)
        white = self.rng.normal(size=shape).astype(np.float32)
        soft = white.copy()
        for axis in (0, 1):
            soft = (np.roll(soft, 1, axis) + 2 * soft + np.roll(soft, -1, axis)) / 4
        blue = white - soft
        field = np.asarray(Image.fromarray(blue).resize((self.w, self.h), Image.Resampling.BICUBIC))
        z = field / field.std()
        return (0.5 * (1 + np.tanh(0.85 * z))).astype(np.float32)

    def sponged(self, field: Array, size: float = 2.6, hard: float = 4.0) -> Array:
        """Turns a smooth field of 0 to 1 into grains of ink as dense as the field says."""
        return np.clip((field - self.stipple(size)) * hard + 0.5, 0, 1) * smooth(0.0, 0.06, field)

    def cut(self) -> Stencil:
        return Stencil(self)

    # -- inks

    def ink(self, mask: Array, colour: str | Array, a: float = 1.0, mottle: float = 0.05, multiply: bool = False) -> None:
        """Prints one colour through a mask. `multiply`: a transparent ink, that darkens what is under it."""
        c = rgb(colour) if isinstance(colour, str) else colour
        rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
        if not len(rows):
            return
        part = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
        m = mask[part] * a
        if mottle:
            m = m * np.clip(1 - mottle * (0.6 + self.worn(5)[part]) - mottle * self.worn(140)[part], 0, 1)
        m = m[:, :, None]
        under = self.img[part]
        self.img[part] = under * (1 - m * (1 - c)) if multiply else under * (1 - m) + c * m

    def ramp(self, t: Array, colours: Sequence[str], grain: float = 0.05, size: float = 2.6) -> Array:
        """A blend of colours along t (0 to 1), broken up by grain: an image, not yet printed."""
        if grain:
            t = t + grain * (self.stipple(size) - 0.5) * 2
        t = np.clip(t, 0, 1) * (len(colours) - 1)
        cs = np.stack([rgb(c) for c in colours])
        i = np.clip(t.astype(int), 0, len(colours) - 2)
        f = (t - i)[:, :, None]
        return cs[i] * (1 - f) + cs[i + 1] * f

    def lay(self, image: Array, mask: Array | float = 1.0) -> None:
        m = mask if isinstance(mask, float) else mask[:, :, None]
        self.img = self.img * (1 - m) + image * m

    def finish(self, tooth: float = 0.018, vignette: float = 0.05) -> Image.Image:
        """The paper's tooth, a little wear to the edges, and eight bits."""
        fibre = self.noise(3.2, 1) * 0.6 + self.noise(26, 2, (2.4, 1)) * 0.4
        out = self.img * (1 + tooth * fibre[:, :, None])
        if vignette:
            d = ((self.x / self.w - 0.5) ** 2 + (self.y / self.h - 0.5) ** 2) * 2
            out = out * (1 - vignette * d[:, :, None])
        return Image.fromarray((np.clip(out, 0, 1) * 255 + 0.5).astype(np.uint8))


def limb(st: Stencil, *joints: Point, widths: Sequence[float]) -> None:
    """An arm, a leg, a neck: straight between its joints, round at them."""
    pts: list[Point] = []
    for a, b in itertools.pairwise(joints):
        pts += [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for t in np.linspace(0, 1, 8)]
    st.stroke(pts, widths)


def boughs(p: Print, wood: Stencil, x: float, y: float, angle: float, length: float, width: float, depth: int,
           tips: list[Point], spread: float = 30) -> None:
    """A branch and its branches; the ends of the smallest are added to `tips`."""
    a = math.radians(angle)
    bend = p.rng.normal(0, 9)
    mid = (x + math.cos(a) * length * 0.5, y - math.sin(a) * length * 0.5)
    a2 = a + math.radians(bend)
    end = (mid[0] + math.cos(a2) * length * 0.5, mid[1] - math.sin(a2) * length * 0.5)
    wood.stroke(spline([(x, y), mid, end], 6), [width, width * 0.62], wobble=0.04)
    if depth == 0:
        tips.append(end)
        return
    if depth <= 2:
        tips.append(end)
    for k in range(2 if p.rng.random() < 0.6 else 3):
        turn = spread * (k - 0.6) + p.rng.normal(0, spread * 0.45)
        boughs(p, wood, *end, angle + bend + turn, length * p.rng.uniform(0.66, 0.84), width * 0.6, depth - 1, tips, spread)


def draw_oak() -> Print:
    """The lane, its poles, and the two oaks at the corner with the sun behind them."""
    p = Print(2200, 1560, 11, "f4ead6")
    w, h, hy, f, cx, eye = p.w, p.h, 930.0, 1500.0, 960.0, 1.7
    sun = (1440.0, 800.0)

    def ground(gx: float, gz: float, up: float = 0.0) -> Point:
        return cx + f * gx / gz, hy + f * (eye - up) / gz

    # sky: a roll of five inks, warmer toward the sun
    glow = np.exp(-(((p.x - sun[0]) / 980) ** 2 + ((p.y - sun[1]) / 560) ** 2))
    t = np.clip(p.y / hy * 0.62 + 0.50 * glow + 0.02 * p.noise(420, 2, (3, 0.6)), 0, 1)
    p.lay(p.ramp(t, ["24475a", "4f7a80", "a8b79f", "ecc68d", "f4a05a", "fbd27c"], 0.045))
    # long bars of cloud, lit from below
    for yy, th, x0, x1 in [(250, 46, -80, 900), (372, 30, 520, 1180), (470, 36, -60, 640), (560, 22, 1560, 2300),
                                          (330, 40, 1780, 2300), (640, 18, 120, 1000)]:
        xs = np.linspace(x0, x1, 40)
        lumps = np.abs(np.convolve(p.rng.normal(size=46), np.ones(7) / 3, "valid"))
        top = [(x, yy - th * (0.3 + 0.5 * lumps[i]) * math.sin(math.pi * i / 39) ** 0.6) for i, x in enumerate(xs)]
        top = spline(top, 6)
        bottom = [(x, yy + th * 0.22 * math.sin(math.pi * i / 39)) for i, x in enumerate(xs)]
        m = p.cut()
        m.polygon(top + bottom[::-1])
        mask = m.mask(rough=3, grain=40)
        p.ink(mask * p.sponged(np.clip(0.92 - (yy + 10 - p.y) / th * 0.25, 0, 1)), "3c5f6c" if yy < 420 else "b98274", 0.62)
        p.ink(mask * smooth(yy - th * 0.30, yy + th * 0.2, p.y) * p.sponged(np.full_like(p.x, 0.8)), "f3b27a", 0.75)
    disc = p.cut().ellipse(*sun, 128).mask(rough=1.5)
    p.ink(disc, "fff0c0", 1.0, 0.02)
    halo = np.clip(1 - np.hypot(p.x - sun[0], p.y - sun[1]) / 420, 0, 1) ** 2
    p.ink(p.sponged(halo * 0.8) * (1 - disc), "ffe3a0", 0.55)

    # hills, back to front
    for base, amp, seed_x, colour, mist in [(842, 60, 0.0, "8f8f84", "f0c48e"), (878, 40, 2.1, "5f7770", "dcb184"), (908, 24, 4.4, "3d5a55", "b89a76")]:
        ridge = base - amp * (np.sin(p.x[0] / 310 + seed_x) * 0.6 + np.sin(p.x[0] / 120 + seed_x * 3) * 0.22 + np.sin(p.x[0] / 47 + seed_x) * 0.07)
        m = np.clip(p.y - ridge[None, :] + 0.5, 0, 1) * (p.y < hy + 30)
        p.ink(m, colour, 1.0, 0.05)
        low = smooth(base - 30, base + 60, p.y) * 0.7
        p.ink(m * p.sponged(low), mist, 0.8)

    # the fields
    field = smooth(hy - 1, hy + 1, p.y)
    depth = np.clip((p.y - hy) / (h - hy), 0, 1)
    p.lay(p.ramp(depth**0.6, ["9c8f52", "6d7a3f", "41602f", "274627", "17301f"], 0.05), field)
    shine = np.exp(-(((p.x - sun[0]) / (260 + 900 * depth)) ** 2)) * (1 - depth) ** 1.5
    p.ink(p.sponged(np.clip(shine * 0.9, 0, 1)) * field, "e9b65e", 0.8)
    furrow = p.cut()
    for gx in np.linspace(-40, 60, 46):
        if -6 < gx < 5:
            continue
        a, b = ground(gx, 3.2), ground(gx * 1.0, 60)
        furrow.stroke([a, ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2), b], [9, 0.6], caps=False)
    p.ink(furrow.mask(rough=1.2) * field * p.sponged(0.25 + 0.6 * depth), "14291b", 0.55)

    # the lane
    bends = [(3.2, -0.5), (6, -0.62), (10, -1.0), (16, -1.45), (24, -1.0), (33, 1.3), (41, 5.2), (46, 9.6), (50, 16.0), (53, 28)]
    zs = np.linspace(3.2, 53, 220)
    line = np.array(spline([(a, b) for a, b in bends], 24))
    gx = np.interp(zs, line[:, 0], line[:, 1])
    left = [ground(x - 1.25, z) for x, z in zip(gx, zs, strict=True)]
    right = [ground(x + 1.25, z) for x, z in zip(gx, zs, strict=True)]
    lane = p.cut().polygon(left + right[::-1]).mask(rough=2, grain=14)
    p.lay(p.ramp(depth**0.5, ["fbdca0", "e6bd86", "b99a7c", "8d8579", "6f7371"], 0.05), lane)
    crown_ = p.cut().polygon([ground(x - 0.16 - 0.05 * math.sin(z * 3), z) for x, z in zip(gx, zs, strict=True)]
                             + [ground(x + 0.18, z) for x, z in zip(gx, zs, strict=True)][::-1]).mask(rough=3, grain=10)
    p.ink(crown_ * p.sponged(0.75 - 0.1 * depth), "49603a", 0.9)
    for side in (-0.72, 0.72):
        rut = p.cut().polygon([ground(x + side - 0.14, z) for x, z in zip(gx, zs, strict=True)]
                              + [ground(x + side + 0.14, z) for x, z in zip(gx, zs, strict=True)][::-1]).mask(rough=3)
        p.ink(rut * p.sponged(0.55 - 0.2 * depth), "fbe3b4", 0.5)
    # verges and the far hedge
    for side in (-1, 1):
        verge = p.cut()
        for z, x in zip(zs[::1], gx[::1], strict=True):
            for _ in range(7):
                o = side * (1.25 + abs(p.rng.normal(0, 0.22)))
                b = ground(x + o, z)
                tall = p.rng.uniform(0.1, 0.34)
                e = ground(x + o + p.rng.normal(0, 0.07), z, tall)
                verge.stroke([b, ((b[0] + e[0]) / 2 + 2, (b[1] + e[1]) / 2), e], [max(1.2, 26 / z), 0.8], caps=False)
        p.ink(verge.mask(), "1d3823", 0.95)
    hedge = p.cut()
    for x in np.arange(-40, w + 40, 9):
        hedge.ellipse(x, hy + 14 + p.rng.normal(0, 3), p.rng.uniform(10, 22), p.rng.uniform(9, 20))
    m = hedge.mask(rough=2)
    p.ink(m, "22402e", 0.96)
    p.ink(m * p.sponged(np.exp(-(((p.x - sun[0]) / 330) ** 2)) * smooth(hy + 26, hy - 6, p.y) * 0.9), "d9914c", 0.85)
    sheep = p.cut()
    shade = p.cut()
    for x, z in [(-13, 30), (-11.6, 29), (-15, 33), (-9.5, 36), (13, 22), (15.5, 25), (-16, 24)]:
        a = ground(x, z, 0.45)
        r = 0.42 * f / z
        sheep.oval(a[0], a[1], r, r * 0.66, 0)
        sheep.ellipse(a[0] + r * 0.95, a[1] - r * 0.25, r * 0.3)
        shade.oval(a[0] - r * 0.2, a[1] + r * 0.75, r * 1.3, r * 0.25, 0)
    p.ink(shade.mask(), "14291b", 0.7)
    p.ink(sheep.mask(rough=1.5), "e8cfa2", 0.95)

    # the oaks
    wood, leaves, holes = p.cut(), p.cut(), p.cut()
    tips: list[Point] = []
    foot_a, foot_b = ground(13.4, 46), ground(16.3, 46)
    for foot, lean, wide in ((foot_a, 99, 60), (foot_b, 84, 66)):
        wood.polygon([(foot[0] - wide * 0.95, foot[1] + 8), (foot[0] - wide * 0.45, foot[1] - 40), (foot[0] - wide * 0.36, foot[1] - 120),
                      (foot[0] + wide * 0.36, foot[1] - 120), (foot[0] + wide * 0.5, foot[1] - 40), (foot[0] + wide * 1.0, foot[1] + 8)])
        for turn in (-40, -14, 14, 40):
            boughs(p, wood, foot[0] + turn * -0.2, foot[1] - 105, lean - turn, 128, wide * 0.44, 5, tips, 26)
    tips = [(x, y) for x, y in tips if y < foot_a[1] - 120]
    for x, y in tips:
        for _ in range(3):
            r = p.rng.uniform(7, 21)
            leaves.oval(x + p.rng.normal(0, 17), y + p.rng.normal(0, 13), r, r * p.rng.uniform(0.55, 0.9), p.rng.uniform(0, 180))
    for _ in range(130):
        x, y = tips[int(p.rng.integers(len(tips)))]
        holes.oval(x + p.rng.normal(0, 20), y + p.rng.normal(0, 16), p.rng.uniform(3, 9), p.rng.uniform(3, 7), p.rng.uniform(0, 180))
    leaf = leaves.mask(rough=2.2, grain=7) * (1 - holes.mask(rough=1.2))
    bark = wood.mask(rough=1.5, grain=8)
    # shadows on the grass, toward us and to the left
    shadow = np.clip(1 - np.abs((p.x - (sun[0] + (p.y - hy) * 0.05)) / (300 + (p.y - hy) * 0.55)), 0, 1) * smooth(hy + 6, hy + 40, p.y) * smooth(hy + 420, hy + 60, p.y)
    p.ink(p.sponged(np.clip(shadow * 1.1, 0, 0.85)), "16301f", 0.7)
    p.ink(bark, "1c2a26", 1.0, 0.06)
    p.ink(leaf, "1f3a2c", 1.0, 0.07)
    lit = np.clip(1 - np.hypot(p.x - sun[0], p.y - sun[1] - 10) / 330, 0, 1)
    p.ink(leaf * p.sponged(lit * 0.85), "c8752f", 0.9)
    p.ink(leaf * p.sponged(np.clip(lit - 0.35, 0, 1) * 1.3), "f6b75a", 0.9)
    p.ink(leaf * p.sponged(np.clip(0.30 + 0.4 * p.noise(60, 2), 0, 0.5)), "3d6140", 0.8)

    # poles and wires
    poles, wires = p.cut(), p.cut()
    last: list[Point] | None = None
    for i, z in enumerate(np.linspace(8.2, 45, 14)):
        x = float(np.interp(z, zs, gx)) - 2.5
        foot, head = ground(x, z, -0.1), ground(x + 0.05 * math.sin(i * 2.3), z, 6.1)
        k = f / z
        poles.stroke([foot, head], [0.2 * k, 0.14 * k], caps=False)
        arm_l, arm_r = ground(x - 0.75, z, 5.55), ground(x + 0.75, z, 5.62)
        poles.stroke([arm_l, arm_r], 0.1 * k, caps=False)
        pins = []
        for s in (-0.66, -0.32, 0.32, 0.66):
            b = ground(x + s, z, 5.6)
            poles.stroke([b, (b[0], b[1] - 0.22 * k)], max(1.6, 0.06 * k))
            pins.append((b[0], b[1] - 0.22 * k))
        if i == 1:  # the nest box
            b = ground(x, z, 3.0)
            poles.polygon([(b[0] - 0.02 * k, b[1]), (b[0] + 0.36 * k, b[1]), (b[0] + 0.36 * k, b[1] - 0.4 * k), (b[0] + 0.1 * k, b[1] - 0.52 * k), (b[0] - 0.02 * k, b[1] - 0.42 * k)])
        if last:
            for a, b in zip(last, pins, strict=True):
                sag = 0.09 * math.hypot(a[0] - b[0], a[1] - b[1]) * 0.4
                wires.stroke(spline([a, ((a[0] * 0.62 + b[0] * 0.38), (a[1] * 0.62 + b[1] * 0.38) + sag), b], 12), [max(1.4, 30 / z), max(1.1, 26 / z)], caps=False)
        last = pins
    p.ink(wires.mask(), "2a3330", 0.8, 0)
    p.ink(poles.mask(rough=1.2), "1d2724", 1.0, 0.05)
    # near grass, against the light
    near = p.cut()
    for _ in range(900):
        x = p.rng.uniform(-20, w + 20)
        if 480 < x < 1050 and p.rng.random() < 0.93:
            continue
        y = h + 12
        tall = p.rng.gamma(3, 26) * (1.3 if x < 480 or x > 1500 else 0.8)
        near.stroke(spline([(x, y), (x + p.rng.normal(0, 8), y - tall * 0.6), (x + p.rng.normal(8, 26), y - tall)], 5), [6, 0.8], caps=False)
    p.ink(near.mask(), "0f1f17", 1.0)
    return p


def draw_fence() -> Print:
    """A fence going over the hill under the stars; far off, one yard light."""
    p = Print(2200, 1500, 23, "101426")
    w, h = p.w, p.h
    t = np.clip(p.y / 1180, 0, 1) ** 1.4
    p.lay(p.ramp(t + 0.02 * p.noise(500, 2), ["0d1230", "141c45", "1c2f5c", "2b5170", "5f8a86", "b7a877"], 0.05))
    # the Milky Way: a river of grains, with dark islands in it
    ang = math.radians(-52)
    (p.x - 1350) * math.cos(ang) + (p.y - 420) * math.sin(ang)
    v = -(p.x - 1350) * math.sin(ang) + (p.y - 420) * math.cos(ang)
    drift = v + 90 * p.noise(520, 2)
    river = np.exp(-((drift / 230) ** 2))
    rift = np.exp(-(((drift - 26) / 58) ** 2)) * np.clip(0.65 + 0.8 * p.noise(210, 3), 0, 1)
    cloud = np.clip(river * (0.62 + 0.55 * p.noise(240, 4)) - 0.75 * rift, 0, 1) * smooth(1120, 600, p.y)
    p.ink(p.sponged(cloud * 0.55, 3.4), "4a6ca0", 0.75)
    p.ink(p.sponged(np.clip(cloud - 0.22, 0, 1) * 0.62, 2.6), "a7bdd0", 0.8)
    p.ink(p.sponged(np.clip(cloud - 0.48, 0, 1) * 0.75, 2.6), "f3e3c0", 0.85)
    stars = p.cut()
    for _ in range(2300):
        x, y = p.rng.uniform(0, w), p.rng.uniform(0, 1200)
        if p.rng.random() > 0.28 + cloud[int(min(y, h - 1)), int(min(x, w - 1))] * 1.4:
            continue
        if p.rng.random() < (y / 1250) ** 3:
            continue
        r = 1.0 + p.rng.pareto(2.6) * 0.75
        stars.ellipse(x, y, min(r, 5.2))
    p.ink(stars.mask(), "fff6dc", 0.95, 0)
    big = p.cut()
    for x, y, r in [(338, 268, 7), (420, 352, 6), (520, 398, 6), (640, 420, 7), (678, 538, 6), (842, 520, 7), (822, 402, 6),  # the Plough
                    (1710, 214, 8), (1904, 520, 5), (1286, 140, 5), (190, 700, 5), (1100, 640, 5), (2060, 300, 5)]:
        big.ellipse(x, y, r)
        for k in range(4):
            a = math.radians(45 * 2 * k)
            big.stroke([(x, y), (x + math.cos(a) * r * 2.6, y + math.sin(a) * r * 2.6)], [r * 0.6, 0.6], caps=False)
    p.ink(big.mask(), "fff3cf", 1.0, 0)
    meteor = p.cut().stroke([(905, 150), (1120, 268)], [0.8, 4.5], caps=False).mask()
    p.ink(meteor, "fff3cf", 0.8, 0)

    # land: two far benches, then our hill
    def ridge(base: float, parts: Sequence[tuple[float, float, float]]) -> Array:
        xs = p.x[0]
        return base + sum(a * np.sin(xs / s + o) for a, s, o in parts)

    far = ridge(1105, [(26, 420, 0.4), (9, 130, 1.0), (3, 37, 0.2)])
    p.ink(np.clip(p.y - far[None] + 0.5, 0, 1), "24425a", 1.0)
    mid = ridge(1150, [(30, 610, 2.6), (10, 190, 0.3), (3, 41, 2.0)])
    p.ink(np.clip(p.y - mid[None] + 0.5, 0, 1), "172c44", 1.0)
    lamp = p.cut().ellipse(268, 1146, 5.5).mask()
    p.ink(p.sponged(np.clip(1 - np.hypot(p.x - 268, (p.y - 1146) * 1.4) / 80, 0, 1) ** 2), "e59a45", 0.9)
    p.ink(lamp, "ffe6a6", 1.0, 0)
    barn = p.cut().polygon([(282, 1152), (282, 1136), (300, 1124), (318, 1136), (318, 1152)]).rect(324, 1140, 352, 1152).mask()
    p.ink(barn, "0c1828", 1.0)

    crest = [(-40, 1240), (300, 1222), (700, 1176), (1050, 1108), (1380, 1040), (1640, 1010), (1900, 1014), (2240, 1058)]
    top = spline(crest, 20)
    hill = p.cut().polygon([*top, (w + 40, h + 40), (-40, h + 40)]).mask(rough=1.5)
    p.ink(hill, "0e1a28", 1.0)
    hx = np.interp(p.x[0], [q[0] for q in top], [q[1] for q in top])
    below = p.y - hx[None]
    p.ink(hill * p.sponged(np.clip(0.5 * np.exp(-below / 120) + 0.10 * p.noise(200, 3), 0, 0.6)), "2f5566", 0.8)
    # grass combed by the wind, in starlight
    grass, frost = p.cut(), p.cut()
    for _ in range(5200):
        x = p.rng.uniform(-30, w + 30)
        y0 = float(np.interp(x, [q[0] for q in top], [q[1] for q in top]))
        y = y0 + (h - y0 + 40) * p.rng.random() ** 0.8
        s = 0.35 + 1.3 * (y - y0) / 460
        tall = p.rng.gamma(4, 6.5) * s
        bend = tall * p.rng.uniform(0.5, 1.0)
        target = frost if p.rng.random() < 0.42 else grass
        target.stroke(spline([(x, y), (x + bend * 0.35, y - tall * 0.65), (x + bend, y - tall * 0.8)], 4), [3.4 * s, 0.7], caps=False)
    p.ink(grass.mask(), "070f19", 1.0)
    p.ink(frost.mask() * np.clip(1.05 - below / 560, 0.25, 1), "54808a", 0.62)

    # the fence comes up out of the near corner and goes over the top
    n = 11
    post, wire, glint = p.cut(), p.cut(), p.cut()
    tops: list[list[Point]] = []
    for i in range(n):
        z = 1 / (1 + 0.46 * i)
        x = 1648 - (1648 + 70) * z ** 0.93
        base = 1012 + (h + 96 - 1012) * z ** 1.06
        tall = 640 * z + 6
        wd = 40 * z + 2.5
        lean = p.rng.normal(0, 3.5) * z ** 0.5 * 4
        head = (x + lean, base - tall)
        post.polygon([(x - wd / 2, base + 8), (head[0] - wd * 0.42, head[1] + wd * 0.2), (head[0], head[1] - wd * 0.2), (head[0] + wd * 0.4, head[1] + wd * 0.1), (x + wd / 2, base + 8)])
        glint.stroke([(head[0] + wd * 0.32, head[1] + wd * 0.2), (x + wd * 0.38, base)], [max(1.2, wd * 0.16)] * 2, caps=False)
        tops.append([(x + lean * k, base - tall * k) for k in (0.92, 0.68, 0.44, 0.2)])
    for row in range(4):
        for a, b in itertools.pairwise(tops):
            A, B = a[row], b[row]
            wdt = max(1.3, 5.5 * (B[1] - 900) / 600)
            m = ((A[0] + B[0]) / 2, (A[1] + B[1]) / 2 + abs(B[0] - A[0]) * 0.012)
            line = spline([A, m, B], 10)
            wire.stroke(line, [wdt * 1.15, wdt * 0.9], caps=False)
            for t_ in np.arange(0.08, 1, 0.14):
                q = line[int(t_ * (len(line) - 1))]
                r = max(2.2, wdt * 1.9)
                wire.stroke([(q[0] - r, q[1] - r), (q[0] + r, q[1] + r)], max(1.1, wdt * 0.55), caps=False)
                wire.stroke([(q[0] - r, q[1] + r), (q[0] + r, q[1] - r)], max(1.1, wdt * 0.55), caps=False)
    p.ink(wire.mask(), "a9c3c2", 0.8, 0.02)
    p.ink(post.mask(rough=1.4), "05090f", 1.0)
    p.ink(glint.mask(rough=1) * p.sponged(np.full_like(p.x, 0.62)), "7fa3a3", 0.85)
    return p


def draw_dog() -> Print:
    """First light, low water, and a small dog with its front feet in."""
    p = Print(2300, 1420, 37, "f3e8da")
    w, h, hy = p.w, p.h, 560.0
    sun = (1640.0, 520.0)
    glow = np.exp(-(((p.x - sun[0]) / 1150) ** 2 + ((p.y - sun[1]) / 430) ** 2))
    sky = p.ramp(np.clip(0.30 * p.y / hy + 0.66 * glow + 0.03 * p.noise(600, 2, (3, 0.5)), 0, 1), ["6f8fa3", "93aab0", "c4bfb4", "e8c6ab", "f6c08f", "fbd9a2"], 0.04)
    p.lay(sky)
    for yy, x0, x1, th in [(120, -60, 900, 40), (196, 300, 1500, 26), (262, 1300, 2360, 34), (330, -60, 620, 20), (372, 900, 1900, 16), (90, 1600, 2360, 30)]:
        xs = np.linspace(x0, x1, 60)
        wob = np.convolve(p.rng.normal(size=68), np.ones(9) / 4, "valid")
        env = np.sin(np.pi * np.linspace(0, 1, 60)) ** 0.7
        bar = p.cut().polygon([*zip(xs, yy - th * env * (0.6 + 0.4 * wob), strict=True), *zip(xs[::-1], (yy + th * 0.4 * env)[::-1], strict=True)]).mask(rough=4, grain=50)
        p.ink(bar * p.sponged(np.clip(0.85 - 0.5 * glow, 0, 1)), "7d93a0", 0.55)
        p.ink(bar * p.sponged(glow * 0.9) * smooth(yy - th, yy + th * 0.3, p.y), "f7b483", 0.8)
    disc = p.cut().ellipse(*sun, 66).mask(rough=1) * smooth(hy + 1, hy - 1, p.y)
    p.ink(disc, "fff1c9", 1.0, 0)
    # headland and a lighthouse no bigger than a tooth
    land = p.cut().polygon([*spline([(-40, 500), (140, 470), (330, 482), (480, 520), (640, 545), (720, 562)], 14), (-40, 566)]).mask(rough=1.2)
    p.ink(land, "6c8591", 1.0)
    p.ink(p.cut().polygon([(404, 505), (407, 452), (419, 452), (422, 505)]).rect(404, 446, 422, 452).polygon([(406, 446), (413, 434), (420, 446)]).mask(), "e9dfd0", 1.0)
    # sea
    depth = np.clip((p.y - hy) / (1010 - hy), 0, 1)
    sea = smooth(hy - 1, hy + 1, p.y)
    p.lay(p.ramp(np.clip(depth * 0.8 + 0.05 * p.noise(300, 2, (5, 0.3)), 0, 1), ["5f8392", "7299a2", "93b3b3", "b9c9c0", "dcd8c6"], 0.05), sea)
    path = np.exp(-(((p.x - sun[0]) / (70 + 420 * depth)) ** 2)) * (1 - 0.55 * depth)
    p.ink(p.sponged(np.clip(path * (0.72 + 0.55 * p.noise(34, 2, (5, 0.32))), 0, 1), 2.8) * sea, "fcdca4", 0.95)
    ripple_d, ripple_l = p.cut(), p.cut()
    for _ in range(560):
        d = p.rng.random() ** 0.65
        y = hy + 8 + d * 420
        x = p.rng.uniform(-100, w + 100)
        ln = (24 + 300 * d) * p.rng.uniform(0.4, 1.3)
        th = 1.4 + 7 * d * p.rng.uniform(0.4, 1)
        pts = spline([(x, y), (x + ln * 0.35, y - th * 0.8), (x + ln * 0.7, y + th * 0.4), (x + ln, y)], 5)
        (ripple_d if p.rng.random() < 0.55 else ripple_l).stroke(pts, [0.6, th, th, 0.6], caps=False)
    p.ink(ripple_d.mask() * sea, "4c7281", 0.55)
    p.ink(ripple_l.mask() * sea, "e7ded0", 0.6)
    # the last of the wave, and wet sand that holds the sky
    edge_pts = [(-60, 1010), (200, 986), (460, 1018), (760, 1062), (1040, 1040), (1300, 1000), (1600, 1022), (1900, 1070), (2140, 1046), (2380, 1010)]
    edge = spline(edge_pts, 20)
    ex, ey = np.array([q[0] for q in edge]), np.array([q[1] for q in edge])
    line = np.interp(p.x[0], ex, ey)[None]
    sand = smooth(-1.5, 1.5, p.y - line)
    mirror = sky[np.clip((hy - (p.y - hy) * 0.62).astype(int), 0, h - 1), p.x.astype(int)]
    wet = smooth(250, 60, p.y - line + 40 * p.noise(260, 2, (2.5, 1)))
    dry = p.ramp(np.clip((p.y - line) / 460, 0, 1), ["c9ac8c", "b9987a", "a28468"], 0.07)
    p.lay(dry, sand)
    p.ink(sand * p.sponged(np.clip(0.25 + 0.35 * p.noise(40, 3, (3, 0.7)), 0, 1)) * (1 - wet), "8a6d55", 0.5)
    p.lay(mirror * 0.93, sand * p.sponged(wet * 0.98, 3.0) * 0.9)
    for off, th, a in [(0, 15, 1.0), (-34, 9, 0.85), (-82, 7, 0.7), (-140, 5, 0.55)]:
        foam = p.cut()
        xs = np.linspace(-60, w + 60, 260)
        ys = np.interp(xs, ex, ey) * (1 - abs(off) / 900) + abs(off) / 900 * 1020 + off + 9 * np.convolve(p.rng.normal(size=280), np.ones(21) / 8, "valid")
        wd = np.clip(th * (0.65 + 0.5 * np.convolve(p.rng.normal(size=272), np.ones(13) / 5, "valid")), 1, None)
        foam.stroke(list(zip(xs, ys, strict=True)), list(wd))
        p.ink(foam.mask(rough=2.5, grain=14), "fdf6e8", a)
        if off == 0:
            low = p.cut()
            low.stroke(list(zip(xs, ys + th * 0.75, strict=True)), 7)
            p.ink(low.mask(rough=2) * sand, "7d7466", 0.5)
    # the dog, facing the light, and her reflection
    st = p.cut()
    X, Y, k = 980.0, 1052.0, 1.62

    def at(a: float, b: float) -> Point:
        return X + a * 0.84 * k, Y + b * k

    st.polygon(spline([at(*q) for q in [(-78, -92), (-40, -104), (10, -102), (48, -104), (72, -92), (78, -66), (60, -50), (20, -44), (-20, -42), (-56, -46), (-82, -60), (-78, -92)]], 8))
    for a0, foot, ws in [(-66, (-74, 2), (24, 10)), (-52, (-50, 0), (24, 10)), (58, (64, 8), (17, 9)), (46, (44, 9), (17, 9))]:
        knee = ((a0 + foot[0]) / 2 + (-7 if a0 < 0 else 1), -28)
        limb(st, at(a0, -58), at(*knee), at(*foot), widths=[ws[0] * k, ws[1] * 1.25 * k, ws[1] * k])
        st.oval(*at(foot[0] + 5, foot[1] - 1), 9 * k, 4.2 * k, 0)
    limb(st, at(62, -84), at(84, -116), widths=[40 * k, 27 * k])
    st.oval(*at(92, -124), 23 * k, 18 * k, 8)
    st.polygon([at(*q) for q in [(100, -136), (134, -122), (138, -112), (130, -106), (124, -98), (118, -84), (110, -92), (104, -82), (98, -104)]])
    st.polygon([at(*q) for q in [(80, -136), (92, -158), (104, -138)]]).polygon([at(*q) for q in [(72, -134), (78, -154), (92, -140)]])
    st.stroke([at(*q) for q in spline([(-74, -88), (-90, -116), (-88, -138), (-78, -150)], 6)], [13 * k, 6 * k])
    for _ in range(420):  # wire hair
        a = p.rng.uniform(0, 2 * math.pi)
        ox, oy = (p.rng.uniform(-70, 70), p.rng.choice([-98, -50])) if p.rng.random() < 0.6 else (p.rng.uniform(76, 126), p.rng.choice([-136, -104, -92]))
        st.stroke([at(ox, oy), at(ox + 9 * math.cos(a) - 3, oy + 8 * math.sin(a) + 1)], [3.4 * k, 0.6], caps=False)
    dog = st.mask(rough=0.8)
    base = int(Y + 8 * k)
    flip = np.zeros_like(dog)
    rows = np.arange(base, min(h, base + 300))
    shift = (6 * np.sin(rows / 9.0) + 3 * np.sin(rows / 3.7)).astype(int)
    for r, sft in zip(rows, shift, strict=True):
        src = base - int((r - base) * 0.92)
        flip[r] = np.roll(dog[src], sft)
    p.ink(flip * smooth(base + 280, base - 30, p.y) * p.sponged(np.full_like(p.x, 0.78)), "5b5a58", 0.85)
    p.ink(dog, "2b3136", 1.0, 0.06)
    rim = np.clip(dog - np.roll(np.roll(dog, -5, 1), 4, 0), 0, 1)
    p.ink(rim * p.sponged(np.full_like(p.x, 0.8)), "f4b27c", 0.95)
    rings = p.cut()
    for cx_, rx in [(X + 64 * k, 46), (X + 46 * k, 60)]:
        for q in (1, 1.7):
            pts = [(cx_ + rx * q * math.cos(t), base - 2 + rx * q * 0.16 * math.sin(t)) for t in np.linspace(0.2, 5.4, 40)]
            rings.stroke(pts, [1, 4, 1], caps=False)
    p.ink(rings.mask(), "fbf3e4", 0.8)
    prints_ = p.cut()
    for i in range(9):
        t_ = i / 8
        x, y = X - 150 - 640 * t_, Y + 40 + 270 * t_ ** 1.2
        s = 1 + 1.2 * t_
        for dx, dy in ((0, 0), (34 * s, -14 * s)):
            prints_.oval(x + dx, y + dy, 8 * s, 5 * s, -20)
            for a in (-26, 0, 26):
                prints_.ellipse(x + dx + 12 * s * math.cos(math.radians(a - 14)), y + dy + 9 * s * math.sin(math.radians(a - 14)), 3 * s, 2.2 * s)
    p.ink(prints_.mask(rough=1.2) * sand, "6f5c4c", 0.75)
    gulls = p.cut()
    for x, y, s in [(520, 250, 26), (610, 216, 20), (706, 268, 15), (1960, 180, 18)]:
        gulls.stroke(spline([(x - s * 1.6, y - s * 0.3), (x - s * 0.7, y - s * 0.75), (x, y), (x + s * 0.8, y - s * 0.7), (x + s * 1.7, y - s * 0.1)], 6), [1, s * 0.22, s * 0.3, s * 0.22, 1], caps=False)
    p.ink(gulls.mask(), "3f525c", 0.95)
    return p


def walker(st: Stencil, x: float, y: float, tall: float, stride: float = 0.16, face: int = 1, coat: float = 0.0, lean: float = 0.02,
           hat: bool = False) -> dict[str, Point]:
    """A person walking, seen from the side, feet on y. `coat`: how far down a coat or skirt comes (0 none, 1 to the ground).

    Returns where the hands are, so that something can be put in them.
    """
    t = tall

    def at(a: float, b: float) -> Point:
        return x + face * (a + lean * b) * t, y - b * t

    limb(st, at(0, 0.50), at(stride * 0.62, 0.27), at(stride, 0.02), widths=[0.125 * t, 0.09 * t, 0.058 * t])
    limb(st, at(0, 0.50), at(-stride * 0.30, 0.27), at(-stride * 1.05, 0.06), widths=[0.125 * t, 0.09 * t, 0.058 * t])
    st.oval(*at(stride + 0.035, 0.018), 0.068 * t, 0.026 * t, -6 * face)
    st.oval(*at(-stride * 1.05 + 0.035, 0.04), 0.066 * t, 0.026 * t, 32 * face)
    st.polygon(spline([at(-0.085, 0.80), at(0.0, 0.845), at(0.085, 0.80), at(0.098, 0.64), at(0.085, 0.48), at(-0.085, 0.48), at(-0.10, 0.64), at(-0.085, 0.80)], 6))
    if coat:
        low = 0.5 - coat * 0.46
        st.polygon([at(-0.088, 0.6), at(0.09, 0.6), at(0.12 + stride * 0.45, low), at(-0.12 - stride * 0.45, low)])
    st.oval(*at(0.012, 0.915), 0.062 * t, 0.078 * t, 0)
    limb(st, at(0.0, 0.86), at(0.005, 0.80), widths=[0.06 * t, 0.08 * t])
    if hat:
        st.polygon([at(-0.075, 0.93), at(0.09, 0.93), at(0.075, 0.985), at(0.0, 1.01), at(-0.065, 0.985)])
    fore, back = at(stride * 0.55, 0.47), at(-stride * 0.75, 0.47)
    limb(st, at(0.02, 0.79), at(stride * 0.1, 0.63), fore, widths=[0.075 * t, 0.062 * t, 0.048 * t])
    limb(st, at(-0.02, 0.79), at(-stride * 0.6, 0.64), back, widths=[0.075 * t, 0.062 * t, 0.048 * t])
    return {"fore": fore, "back": back, "head": at(0.012, 0.915)}


def draw_bridge() -> Print:
    """The middle of a long bridge in fog, from the river: both ends are missing."""
    p = Print(2200, 1480, 41, "e6e4da")
    w, h, deck, water, mid = p.w, p.h, 640.0, 1074.0, 1100.0
    t = np.clip(p.y / water, 0, 1)
    p.lay(p.ramp(t + 0.04 * p.noise(700, 3, (2.4, 0.7)), ["b9c3bf", "cdd2ca", "dfdfd3", "eae5d6"], 0.05))
    glow = np.clip(1 - np.hypot((p.x - 1240) / 620, (p.y - 330) / 400), 0, 1) ** 1.6
    p.ink(p.sponged(glow * 0.55), "f6e7c2", 0.75)
    p.ink(p.cut().ellipse(1240, 322, 64).mask(soft=2), "fbf1d6", 0.95)
    fog = np.clip(smooth(330, 1060, np.abs(p.x - mid)) + 0.13 * p.noise(380, 3, (2, 1)), 0, 1)
    here = 1 - fog

    st, rail, lamps = p.cut(), p.cut(), p.cut()
    far, inner = p.cut(), p.cut()
    camber = lambda x: deck + ((x - mid) / 1100) ** 2 * 34  # noqa: E731
    xs = np.linspace(-60, w + 60, 180)
    st.polygon([*[(x, camber(x)) for x in xs], *[(x, camber(x) + 46) for x in xs[::-1]]])
    st.polygon([*[(x, camber(x) + 46) for x in xs], (w + 60, water + 6), (-60, water + 6)])
    span, r = 724.0, 318.0
    for c in (mid - span * 1.5, mid - span * 0.5, mid + span * 0.5, mid + span * 1.5):
        inner.polygon([(c + r * math.cos(a), water + 8 - r * 1.06 * math.sin(a)) for a in np.linspace(0, math.pi, 60)])
        for a in np.linspace(0.06, math.pi - 0.06, 25):  # the ring of stones
            far.stroke([(c + (r + 3) * math.cos(a), water - (r * 1.06 + 3) * math.sin(a)), (c + (r + 44) * math.cos(a), water - (r * 1.06 + 44) * math.sin(a))], 3.2, caps=False)
        far.stroke([(c + (r + 46) * math.cos(a), water - (r * 1.06 + 46) * math.sin(a)) for a in np.linspace(0, math.pi, 60)], 3.4, caps=False)
    for yy in np.arange(deck + 84, water, 33):  # courses
        for x in np.arange(-20 + (yy % 66) * 0.7, w, 92):
            far.stroke([(x, yy), (x + 92, yy)], 2.4, caps=False)
            if p.rng.random() < 0.75:
                far.stroke([(x, yy), (x, yy + 33)], 2.2, caps=False)
    stone = st.mask(rough=1.2) * (1 - inner.mask(rough=1.2))
    piers = p.cut()
    for c in (mid - span, mid, mid + span):
        piers.polygon([(c - 34, deck + 190), (c, deck + 150), (c + 34, deck + 190), (c + 50, water + 6), (c - 50, water + 6)])
    stone = np.maximum(stone, piers.mask(rough=1))
    soffit = p.cut()
    for c in (mid - span * 1.5, mid - span * 0.5, mid + span * 0.5, mid + span * 1.5):
        soffit.polygon([*[(c + r * math.cos(a), water + 8 - r * 1.06 * math.sin(a)) for a in np.linspace(0, math.pi, 60)],
                        *[(c - 34 + (r - 12) * math.cos(a), water + 8 - (r - 20) * 1.06 * math.sin(a)) for a in np.linspace(math.pi, 0, 60)]])
    soff = soffit.mask(rough=1) * inner.mask() * (p.y < water + 2)

    for x in np.arange(-14, w, 21.0):
        rail.stroke([(x, camber(x)), (x, camber(x) - 66)], 3.4, caps=False)
    for off, th in ((-66, 8), (-10, 5), (-50, 3)):
        rail.stroke([(x, camber(x) + off) for x in xs], th, caps=False)
    for x in np.arange(mid - span * 1.75, w + 200, span / 2):
        y = camber(x)
        lamps.stroke([(x, y), (x, y - 236)], [13, 7], caps=False)
        lamps.polygon([(x - 14, y), (x - 9, y - 34), (x + 9, y - 34), (x + 14, y)])
        lamps.polygon([(x - 15, y - 236), (x + 15, y - 236), (x + 21, y - 280), (x - 21, y - 280)]).polygon([(x - 25, y - 280), (x + 25, y - 280), (x, y - 304)])

    def print_bridge() -> None:
        p.ink(stone * here, "3b5158", 1.0)
        p.ink(soff * here, "24363f", 1.0)
        p.ink(far.mask(rough=0.8) * stone * here, "223640", 0.75)
        p.ink(stone * here * p.sponged(np.clip(0.34 * smooth(deck + 40, deck + 300, p.y) * (0.8 + 0.6 * p.noise(130, 2)), 0, 1)), "22343d", 0.7)
        p.ink(stone * here * p.sponged(np.clip(0.55 * smooth(deck + 70, deck - 2, p.y), 0, 1)), "a9b3a8", 0.8)

    print_bridge()
    # the people, behind the rail: a woman, a girl in red; their shadows are fog
    dark, red, plait = p.cut(), p.cut(), p.cut()
    hands = walker(dark, mid - 66, camber(mid) - 4, 212, stride=0.13, coat=0.55)
    limb(dark, (hands["fore"][0] - 8, hands["fore"][1] - 40), (mid + 12, camber(mid) - 90), widths=[14, 11])
    dark.polygon([(mid - 112, deck - 104), (mid - 76, deck - 104), (mid - 70, deck - 56), (mid - 118, deck - 56)])  # a bag
    dark.oval(hands["head"][0] - 14, hands["head"][1] - 8, 14, 13, 0)  # a knot of hair
    girl = walker(plait, mid + 50, camber(mid) - 4, 128, stride=0.17)
    plait.stroke(spline([(girl["head"][0] - 6, girl["head"][1] - 2), (girl["head"][0] - 22, girl["head"][1] + 12), (girl["head"][0] - 20, girl["head"][1] + 34)], 6), [7, 3])
    red.polygon(spline([(mid + 38, deck - 110), (mid + 52, deck - 114), (mid + 66, deck - 108), (mid + 76, deck - 52), (mid + 26, deck - 52), (mid + 38, deck - 110)], 6))
    limb(plait, (mid + 42, deck - 102), (mid + 14, deck - 92), widths=[11, 8])
    p.ink(dark.mask(), "24323c", 1.0)
    p.ink(plait.mask(), "24323c", 1.0)
    p.ink(red.mask(rough=1), "b8432f", 1.0)
    p.ink(rail.mask() * here, "25383f", 0.95)
    p.ink(lamps.mask(rough=0.8) * np.clip(here + 0.08, 0, 1), "25383f", 1.0)
    for x in np.arange(mid - span * 1.75, w + 200, span / 2):
        y = camber(x) - 258
        strength = float(np.clip(1.15 - abs(x - mid) / 1250, 0.15, 1))
        p.ink(p.sponged(np.clip(1 - np.hypot(p.x - x, p.y - y) / 150, 0, 1) ** 2 * 0.9 * strength), "f3c67d", 0.9)
        p.ink(p.cut().polygon([(x - 11, y + 18), (x + 11, y + 18), (x + 15, y - 18), (x - 15, y - 18)]).mask(), "ffedbd", strength)
    plaque = p.cut().rect(mid - 26, deck + 14, mid + 26, deck + 38).mask(rough=0.8)
    p.ink(plaque, "d6a24a", 1.0)
    p.ink(p.cut().rect(mid - 1.5, deck + 2, mid + 1.5, deck + 46).mask(), "f1d28d", 1.0)

    # the river gives it back, combed sideways
    flat = p.img.copy()
    rows = np.arange(int(water), h)
    for row in rows:
        d = row - water
        src = int(max(0, water - d * 1.02))
        shift = int((2 + d * 0.035) * (math.sin(row / 5.3) + 0.7 * math.sin(row / 13.1 + 1)))
        line = np.roll(flat[src], shift, axis=0)
        k = int(3 + d / 14)
        kernel = np.ones(2 * k + 1) / (2 * k + 1)
        p.img[row] = np.stack([np.convolve(np.pad(line[:, c], k, mode="edge"), kernel, "valid") for c in range(3)], axis=1)
    wet = (p.y >= water).astype(np.float32)
    d = np.clip((p.y - water) / (h - water), 0, 1)
    p.ink(wet, "9fb0ac", 0.22, 0)
    streak = np.clip(0.5 + 0.8 * p.noise(26, 2, (9, 0.35)), 0, 1)
    p.ink(wet * p.sponged(streak * (0.18 + 0.35 * d)), "e9e6d8", 0.75)
    p.ink(wet * p.sponged(np.clip(1 - streak, 0, 1) * (0.12 + 0.28 * d)), "3d545b", 0.5)
    shore = smooth(30, 0, np.abs(p.y - water)) * 0.55
    p.ink(p.sponged(shore * np.clip(0.8 + 0.6 * p.noise(200, 2, (3, 1)), 0, 1)), "eeeadd", 0.9)
    # banks of fog drift through, nearer at the sides
    drift = np.clip(0.75 * fog + 0.55 * p.noise(420, 3, (3, 0.45)) - 0.2, 0, 1) * smooth(260, 700, p.y) * smooth(1400, 1000, p.y)
    drift = drift * smooth(190, 430, np.hypot((p.x - mid), (p.y - (deck - 90)) * 1.3))
    p.ink(p.sponged(drift * 0.85), "e4e3d9", 0.9)
    birds = p.cut()
    for x, y, s in [(700, 300, 17), (760, 268, 12), (812, 318, 10)]:
        birds.stroke(spline([(x - s * 1.6, y - s * 0.3), (x - s * 0.7, y - s * 0.75), (x, y), (x + s * 0.8, y - s * 0.7), (x + s * 1.7, y - s * 0.1)], 6), [1, s * 0.22, s * 0.3, s * 0.22, 1], caps=False)
    p.ink(birds.mask(), "4a6066", 0.8)
    return p


def draw_bus() -> Print:
    """The last bus along the reservoir, in the rain, with the upstairs lit."""
    p = Print(2200, 1480, 53, "0c1016")
    w, h, road, shore = p.w, p.h, 812.0, 906.0
    t = np.clip(p.y / road, 0, 1)
    p.lay(p.ramp(t + 0.05 * p.noise(520, 3, (2, 0.7)), ["0d1420", "152232", "20344a", "35505f"], 0.05))
    for gx, gw, a in ((330, 420, 0.75), (2050, 330, 0.5)):  # towns behind the hill
        g = np.clip(1 - np.hypot((p.x - gx) / gw, (p.y - 560) / 250), 0, 1) ** 1.5
        p.ink(p.sponged(g * a), "b9824a", 0.75)
    hill = spline([(-40, 520), (180, 560), (420, 590), (700, 470), (1010, 300), (1290, 232), (1560, 300), (1820, 440), (2060, 520), (2240, 540)], 16)
    p.ink(p.cut().polygon([*hill, (w + 40, road + 30), (-40, road + 30)]).mask(rough=1.5), "0c151d", 1.0)
    hx = np.interp(p.x[0], [q[0] for q in hill], [q[1] for q in hill])[None]
    p.ink((p.y > hx) * (p.y < road) * p.sponged(np.clip(0.42 * np.exp(-(p.y - hx) / 46), 0, 1)), "33505c", 0.8)
    walls = p.cut()
    for a, b in [((560, 545), (900, 760)), ((1010, 300), (1120, 800)), ((1560, 300), (1730, 790)), ((1290, 232), (1400, 600)), ((900, 620), (1720, 560))]:
        m_ = ((a[0] + b[0]) / 2 + p.rng.normal(0, 26), (a[1] + b[1]) / 2)
        walls.stroke(spline([a, m_, b], 14), [3, 5], wobble=0.5)
    p.ink(walls.mask(rough=0.8), "2b434d", 0.55)

    # the road, its wall, and the bus
    p.ink(p.cut().rect(-10, road - 8, w + 10, shore + 4).mask(rough=1), "0a0f14", 1.0)
    bx, by, bw, bh = 700.0, road - 444.0, 900.0, 436.0
    body = p.cut()
    body.polygon([(bx, by + bh), (bx - 2, by + 46), *spline([(bx + 2, by + 34), (bx + 12, by + 10), (bx + 36, by)], 8),
                  *spline([(bx + bw - 52, by), (bx + bw - 16, by + 12), (bx + bw + 4, by + 64), (bx + bw + 12, by + 240)], 8), (bx + bw + 8, by + bh)])
    bus = body.mask(rough=1.2)
    light = np.clip(1 - np.hypot((p.x - 1150) / 900, (p.y - 600) / 420), 0, 1) ** 2
    p.ink(p.sponged(light * 0.38) * (1 - bus), "7d6a42", 0.6)
    p.ink(bus, "8e2a26", 1.0)
    p.ink(bus * p.sponged(smooth(by + 300, by + bh, p.y) * 0.8), "4a171b", 0.9)
    p.ink(p.cut().rect(bx, by + 196, bx + bw + 8, by + 214).mask() * bus, "d8c59a", 0.9)
    p.ink(bus * smooth(by + 22, by + 2, p.y), "b94a38", 0.8)
    up, down, folk, frame = p.cut(), p.cut(), p.cut(), p.cut()
    ups = [(bx + 40 + i * 137, by + 58, bx + 40 + i * 137 + 125, by + 178) for i in range(6)]
    ups[-1] = (ups[-1][0], ups[-1][1], bx + bw - 4, ups[-1][3])
    for a in ups:
        up.polygon([(a[0], a[1]), (a[2], a[1]), (a[2], a[3]), (a[0], a[3])])
    downs = [(bx + 40, by + 236, bx + 165, by + 352), (bx + 177, by + 236, bx + 302, by + 352), (bx + 314, by + 236, bx + 439, by + 352), (bx + 451, by + 236, bx + 576, by + 352)]
    for a in downs:
        down.rect(*a)
    door = (bx + 610, by + 232, bx + 728, by + bh - 14)
    down.rect(*door)
    cab = (bx + 760, by + 236, bx + bw + 6, by + 356)
    down.rect(*cab)
    lit_up, lit_down = up.mask(rough=0.9), down.mask(rough=0.9)
    p.lay(p.ramp(np.clip((p.y - by - 58) / 120, 0, 1), ["fff0b8", "fbd77c", "f0b650"], 0.06), lit_up)
    p.lay(p.ramp(np.clip((p.y - by - 236) / 150, 0, 1), ["f6dd98", "e6b75f", "b7803a"], 0.06), lit_down)
    p.ink(p.cut().rect(cab[0] + 6, cab[1] + 4, cab[2], cab[3]).mask() * lit_down, "6f5a3a", 0.75)

    # upstairs: a dozen heads, folded up; one of them stands, with a neck
    fy = by + 178
    for x, dy, tilt in [(bx + 84, 0, 14), (bx + 124, 8, 30), (bx + 214, 4, -20), (bx + 262, 0, 8), (bx + 352, 14, 40), (bx + 392, 2, -26), (bx + 640, 0, -12), (bx + 676, 10, -34), (bx + 764, 3, -18), (bx + 806, 0, 10)]:
        folk.oval(x + tilt * 0.5, fy - 52 + dy, 19, 23, tilt)
        folk.polygon(spline([(x - 34, fy + 8), (x - 24, fy - 26 + dy), (x, fy - 34 + dy), (x + 24, fy - 26 + dy), (x + 34, fy + 8), (x - 34, fy + 8)], 5))
    for x in (bx + 104, bx + 240, bx + 372, bx + 660, bx + 786):  # seat backs
        folk.polygon([(x - 6, fy + 6), (x - 2, fy - 40), (x + 12, fy - 40), (x + 16, fy + 6)])
    ox = bx + 508
    folk.polygon([*spline([(ox - 42, fy + 10), (ox - 46, fy - 20), (ox - 30, fy - 46), (ox + 6, fy - 48), (ox + 24, fy - 24), (ox + 18, fy + 10)], 6), (ox - 42, fy + 10)])
    folk.stroke(spline([(ox - 2, fy - 36), (ox + 22, fy - 58), (ox + 10, fy - 78), (ox + 22, fy - 94)], 10), [24, 14, 12])
    folk.oval(ox + 30, fy - 98, 20, 14, 8)
    folk.polygon([(ox + 44, fy - 106), (ox + 72, fy - 96), (ox + 46, fy - 90)])
    folk.stroke(spline([(ox - 36, fy - 30), (ox - 66, fy - 50), (ox - 56, fy - 84), (ox - 60, fy - 120)], 8), [15, 11])
    folk.stroke(spline([(ox + 10, fy - 32), (ox + 56, fy - 20), (ox + 70, fy - 56), (ox + 66, fy - 120)], 8), [15, 10])
    p.ink(folk.mask() * lit_up, "3b1f1c", 1.0)
    for a in (bx + 446, bx + 576):
        frame.stroke([(a, by + 58), (a, fy)], 5, caps=False)
    p.ink(frame.mask() * lit_up, "8f5a24", 0.9)
    driver = p.cut()
    dx = bx + 822
    driver.oval(dx, by + 282, 21, 25, 8)
    driver.polygon(spline([(dx - 50, by + 360), (dx - 40, by + 318), (dx - 8, by + 304), (dx + 26, by + 318), (dx + 34, by + 360), (dx - 50, by + 360)], 6))
    limb(driver, (dx + 14, by + 326), (dx + 58, by + 340), widths=[17, 12])
    driver.oval(dx + 62, by + 338, 8, 24, -18)
    driver.polygon([(dx - 24, by + 274), (dx + 24, by + 268), (dx + 34, by + 274), (dx + 20, by + 262), (dx - 4, by + 254), (dx - 22, by + 262)])
    p.ink(driver.mask() * lit_down, "2a1719", 1.0)
    seats = p.cut()
    for x in np.arange(bx + 60, bx + 570, 64):
        seats.polygon([(x, by + 356), (x + 5, by + 306), (x + 32, by + 306), (x + 36, by + 356)])
    p.ink(seats.mask() * lit_down, "7a3b2a", 0.95)
    p.ink(p.cut().stroke([((door[0] + door[2]) / 2, door[1]), ((door[0] + door[2]) / 2, door[3])], 7, caps=False).mask(), "5c1e1d", 1.0)
    blind = p.cut().rect(bx + 760, by + 190, bx + bw, by + 226).mask()
    p.ink(blind, "14110e", 1.0)
    num = p.cut()
    X, Y = bx + 800, by + 196
    num.stroke(spline([(X, Y + 2), (X + 13, Y), (X + 14, Y + 10), (X + 5, Y + 12), (X + 15, Y + 15), (X + 13, Y + 24), (X, Y + 23)], 6), 4.5)
    num.stroke([(X + 28, Y + 4), (X + 34, Y), (X + 34, Y + 24)], 4.5)
    p.ink(num.mask(), "ffd36b", 1.0, 0)
    wheels, hubs = p.cut(), p.cut()
    for x in (bx + 190, bx + 766):
        wheels.ellipse(x, road - 16, 62)
        hubs.ellipse(x, road - 16, 25)
    p.ink(wheels.mask(), "07090c", 1.0)
    p.ink(hubs.mask(rough=1), "4a4038", 0.9)
    beam = p.cut().polygon([(bx + bw + 6, road - 86), (w + 20, road - 210), (w + 20, road + 6), (bx + bw + 6, road - 56)]).mask(soft=8)
    p.ink(beam * p.sponged(np.clip(1 - (p.x - bx - bw) / 640, 0, 1) ** 1.3 * 0.8), "f4dfa0", 0.8)
    p.ink(p.cut().oval(bx + bw + 4, road - 70, 11, 19, 0).mask(), "fff4cf", 1.0)
    p.ink(p.cut().rect(bx - 4, road - 120, bx + 7, road - 84).mask(), "ff5b45", 1.0)
    p.ink(p.sponged(np.clip(1 - np.hypot(p.x - bx, p.y - road + 100) / 90, 0, 1) ** 2), "d8412f", 0.8)
    dyke = p.cut()
    for x in np.arange(-20, w + 20, 46):
        for row in range(2):
            o = 23 * row
            dyke.polygon([(x + o + 3, road + 14 + row * 30), (x + o + 42, road + 14 + row * 30 + p.rng.normal(0, 2)), (x + o + 42, road + 40 + row * 30), (x + o + 3, road + 40 + row * 30)])
    wall_ = p.cut().rect(-10, road + 8, w + 10, shore).mask(rough=1)
    p.ink(wall_, "10171d", 1.0)
    near_ = np.clip(1 - np.abs(p.x - 1150) / 820, 0.12, 1)
    p.ink(dyke.mask(rough=2) * wall_ * p.sponged(np.clip(near_ * 0.62 + 0.25 * p.noise(60, 2), 0, 1)), "5d5137", 0.8)

    # everything again, upside down, on the water
    flat = p.img.copy()
    for row in range(int(shore), h):
        d = row - shore
        src = int(max(0, shore - 4 - d * 0.98))
        shift = int((1.5 + d * 0.045) * (math.sin(row / 4.1) + 0.8 * math.sin(row / 11.7 + 2) + 0.5 * p.rng.normal()))
        k = int(2 + d / 22)
        line = np.roll(flat[src], shift, axis=0)
        kernel = np.ones(2 * k + 1) / (2 * k + 1)
        p.img[row] = np.stack([np.convolve(np.pad(line[:, c], k, mode="edge"), kernel, "valid") for c in range(3)], axis=1) * (0.9 - 0.22 * d / (h - shore)) + rgb("0c141c") * 0.1
    water = (p.y > shore).astype(np.float32)
    comb = np.clip(0.45 + 0.9 * p.noise(15, 2, (9, 0.5)), 0, 1)
    p.ink(water * p.sponged(comb * 0.55), "0b131b", 0.72)
    rings = p.cut()
    for _ in range(210):
        y = shore + 12 + (h - shore) * p.rng.random() ** 0.7
        s = 0.3 + (y - shore) / 260
        x, rx = p.rng.uniform(0, w), p.rng.uniform(8, 19) * s
        rings.stroke([(x + rx * math.cos(a), y + rx * 0.27 * math.sin(a)) for a in np.linspace(p.rng.uniform(0, 3), p.rng.uniform(4, 7), 22)], [0.8, 2.0 + s, 0.8], caps=False)
    p.ink(rings.mask(), "8199a0", 0.5)
    rain = p.cut()
    for _ in range(900):
        x, y = p.rng.uniform(-100, w), p.rng.uniform(-100, shore + 60)
        ln = p.rng.uniform(40, 110)
        rain.stroke([(x, y), (x + ln * 0.2, y + ln)], [0.6, p.rng.uniform(1.4, 2.8)], caps=False)
    rn = rain.mask()
    p.ink(rn, "a7bcc2", 0.30, 0)
    p.ink(rn * np.clip(light * 2.2, 0, 1), "fff0c4", 0.55, 0)
    return p


def draw_hospital() -> Print:
    """A wall of dark windows with one lit; down on the ramp, somebody holds a hand out into the rain."""
    p = Print(1600, 2160, 67, "131a2a")
    w, h = p.w, p.h
    p.lay(p.ramp(np.clip(p.y / 1500 + 0.05 * p.noise(500, 3), 0, 1), ["162036", "1c2b44", "243a55", "2c4a63"], 0.05))
    top, left, right, foot = 150.0, 0.0, 1600.0, 1690.0
    lit_col, lit_row = 4, 3
    cols, rows, x0, dx, y0, dy = 7, 7, 78.0, 212.0, 236.0, 206.0
    cx, cy = x0 + lit_col * dx + 72, y0 + lit_row * dy + 66
    # brick: courses hardly there, warmer near the light
    wall = p.cut().rect(left, top, right, foot).mask(rough=1)
    p.ink(wall, "1b2740", 1.0, 0.06)
    brick = p.cut()
    for j, yy in enumerate(np.arange(top + 10, foot, 17.0)):
        for xx in np.arange(-30 + (j % 2) * 21, w, 42.0):
            if p.rng.random() < 0.62:
                brick.rect(xx + 2, yy + 2, xx + 39, yy + 14)
    spill = np.clip(1 - np.hypot((p.x - cx) / 430, (p.y - cy) / 400), 0, 1) ** 1.8
    bm = brick.mask(rough=1.2) * wall
    p.ink(bm * p.sponged(np.clip(0.20 + 0.22 * p.noise(180, 3), 0, 0.5)), "2e4160", 0.8)
    p.ink(bm * p.sponged(np.clip(spill * 1.1, 0, 1)), "9a6a3a", 0.8)
    ledge = p.cut().rect(-10, top - 34, w + 10, top + 4).mask(rough=1)
    p.ink(ledge, "101827", 1.0)
    for j in range(1, rows):
        yy = y0 + j * dy - 33
        p.ink(p.cut().rect(0, yy, w, yy + 7).mask(rough=1), "121b2d", 0.9)

    glass, bars, sills, blinds, lit = p.cut(), p.cut(), p.cut(), p.cut(), p.cut()
    for i in range(cols):
        for j in range(rows):
            x, y = x0 + i * dx, y0 + j * dy
            target = lit if (i, j) == (lit_col, lit_row) else glass
            target.rect(x, y, x + 144, y + 132)
            bars.rect(x + 69, y, x + 76, y + 132).rect(x, y + 40, x + 144, y + 46)
            sills.rect(x - 9, y + 132, x + 153, y + 146)
            if target is glass:
                drop = int(p.rng.integers(0, 9))
                for q in range(drop):
                    blinds.rect(x + 5, y + 5 + q * 13, x + 139, y + 13 + q * 13)
    g = glass.mask(rough=1)
    p.lay(p.ramp(np.clip(0.35 + 0.5 * p.noise(260, 3) + 0.22 * np.sin(p.y / 66.0), 0, 1), ["0c1322", "16263b", "27445a"], 0.07), g)
    p.ink(blinds.mask(rough=0.8) * g, "3b556a", 0.5)
    dim = p.cut()
    for i, j in ((1, 5), (6, 1), (0, 2), (5, 6)):
        dim.rect(x0 + i * dx + 3, y0 + j * dy + 3, x0 + i * dx + 141, y0 + j * dy + 129)
    p.ink(dim.mask(rough=1) * p.sponged(np.full_like(p.x, 0.42)), "6d7a52", 0.75)
    lm = lit.mask(rough=1)
    p.lay(p.ramp(np.clip(np.hypot(p.x - cx + 20, p.y - cy + 46) / 130, 0, 1), ["fff6cf", "ffe08c", "f4b44d"], 0.05), lm)
    who = p.cut()
    who.polygon([*spline([(cx - 6, cy + 68), (cx - 4, cy + 34), (cx + 14, cy + 14), (cx + 40, cy + 20), (cx + 58, cy + 46), (cx + 62, cy + 68)], 8), (cx - 6, cy + 68)])
    who.oval(cx + 22, cy - 10, 19, 23, -10)
    who.oval(cx + 28, cy - 18, 20, 20, 0)
    who.polygon(spline([(cx + 40, cy - 30), (cx + 54, cy - 8), (cx + 50, cy + 26), (cx + 34, cy + 20), (cx + 34, cy - 6), (cx + 40, cy - 30)], 6))
    limb(who, (cx + 2, cy + 36), (cx - 24, cy + 46), (cx - 32, cy + 8), widths=[15, 12, 9])
    who.oval(cx - 33, cy - 2, 7, 11, -8)
    who.stroke([(cx - 66, cy - 66), (cx - 66, cy + 68)], 5).polygon([(cx - 70, cy - 56), (cx - 48, cy - 56), (cx - 49, cy - 26), (cx - 58, cy - 18), (cx - 68, cy - 26)])
    p.ink(who.mask() * lm, "5a2b21", 1.0)
    p.ink(sills.mask(rough=1), "33465f", 1.0)
    p.ink(bars.mask() * np.maximum(g, lm), "101827", 0.96)
    sill_lit = p.cut().rect(cx - 81, cy + 66, cx + 81, cy + 80).mask(rough=1)
    p.ink(sill_lit, "e9a94b", 0.85)
    p.ink(p.sponged(spill * 0.42), "f0b65a", 0.6)
    drain = p.cut().rect(1568, top, 1586, foot + 40).rect(1560, 560, 1594, 584).rect(1560, 1120, 1594, 1144).mask(rough=1)
    p.ink(drain, "0f1727", 1.0)

    # the ramp, its awning, and the nurse
    p.ink(p.cut().polygon([(-10, foot - 30), (w + 10, foot - 30), (w + 10, h + 10), (-10, h + 10)]).mask(), "0f1624", 1.0)
    p.ink((p.y > foot - 30) * p.sponged(np.clip(0.30 + 0.45 * p.noise(70, 2, (6, 0.5)), 0, 1)), "263b52", 0.7)
    bay = p.cut().rect(96, 1500, 690, foot + 60).mask(rough=1)
    p.lay(p.ramp(np.clip((p.y - 1500) / 260, 0, 1), ["f3cf83", "e2a956", "a96f36"], 0.06), bay)
    doors = p.cut()
    for xx in (112, 256, 400, 544):
        doors.rect(xx, 1512, xx + 130, foot + 60)
    p.lay(p.ramp(np.clip((p.y - 1512) / 250, 0, 1), ["fff0bd", "ffdf93", "edb65d"], 0.05), doors.mask(rough=1))
    p.ink(p.cut().rect(96, 1600, 690, 1608).mask(), "7b4f2a", 0.8)
    awn = p.cut().polygon([(40, 1452), (760, 1452), (812, 1502), (-14, 1502)]).rect(-14, 1500, 812, 1520).mask(rough=1)
    p.ink(awn, "0d1422", 1.0)
    cross = p.cut().rect(362, 1462, 384, 1508).rect(350, 1474, 396, 1496).mask(rough=1)
    p.ink(cross, "d04a3a", 1.0)
    for xx in (60, 676):
        p.ink(p.cut().rect(xx, 1510, xx + 14, foot + 120).mask(), "0b111d", 1.0)
    pool = np.clip(1 - np.hypot((p.x - 420) / 560, (p.y - foot - 110) / 270), 0, 1) * (p.y > foot + 40)
    p.ink(p.sponged(np.clip(pool * 1.15 * (0.75 + 0.5 * p.noise(24, 2, (7, 0.5))), 0, 1)), "e5ad5a", 0.85)
    nurse = p.cut()
    N, G, T = 610.0, 1842.0, 316.0
    hands = walker(nurse, N, G, T, stride=0.07, coat=0.5, lean=0.06)
    limb(nurse, (N + 0.05 * T, G - 0.80 * T), (N + 0.25 * T, G - 0.74 * T), (N + 0.50 * T, G - 0.78 * T), widths=[26, 20, 13])
    nurse.oval(N + 0.535 * T, G - 0.788 * T, 17, 7, -6)
    nurse.oval(hands["head"][0] - 19, hands["head"][1] + 3, 13, 15, 0)
    nm = nurse.mask(rough=0.7)
    shadow = p.cut().polygon([(N - 34, G - 4), (N + 44, G - 4), (N + 250, h + 10), (N + 20, h + 10)]).mask(soft=5)
    p.ink(shadow * p.sponged(np.clip(0.95 - (p.y - G) / 420, 0, 1)), "0a0f1a", 0.85)
    p.ink(nm, "141a2b", 1.0, 0.04)
    rim = np.clip(nm - np.roll(nm, 5, 1), 0, 1)
    p.ink(rim * p.sponged(np.full_like(p.x, 0.85)), "f0b860", 0.95)
    arm, sleeve = p.cut(), p.cut()
    limb(arm, (N + 0.27 * T, G - 0.742 * T), (N + 0.50 * T, G - 0.782 * T), widths=[17, 12])
    arm.oval(N + 0.535 * T, G - 0.79 * T, 18, 7, -6)
    limb(sleeve, (N + 0.06 * T, G - 0.795 * T), (N + 0.25 * T, G - 0.745 * T), (N + 0.31 * T, G - 0.75 * T), widths=[27, 24, 24])
    p.ink(arm.mask(rough=0.6), "d99a63", 1.0)
    p.ink(sleeve.mask(rough=0.6), "1c2740", 1.0)
    p.ink(p.cut().rect(N + 0.305 * T, G - 0.79 * T, N + 0.33 * T, G - 0.71 * T).mask(), "6fa4a0", 1.0)
    far_rain, near_rain, splash = p.cut(), p.cut(), p.cut()
    for _ in range(1500):
        x, y = p.rng.uniform(-60, w + 200), p.rng.uniform(-80, h)
        if x < 760 and y > 1440 and y < foot + 170:
            continue
        ln = p.rng.uniform(34, 88)
        far_rain.stroke([(x, y), (x - ln * 0.13, y + ln)], [0.5, p.rng.uniform(1.0, 2.2)], caps=False)
    for _ in range(170):
        x, y = p.rng.uniform(720, w + 100), p.rng.uniform(-80, h - 60)
        ln = p.rng.uniform(90, 170)
        near_rain.stroke([(x, y), (x - ln * 0.13, y + ln)], [0.8, 3.6], caps=False)
    for _ in range(240):
        x, y = p.rng.uniform(0, w), p.rng.uniform(foot + 30, h)
        if x < 700 and y < foot + 170:
            continue
        s = 0.4 + (y - foot) / 420
        for a in (-0.9, -0.2, 0.5):
            splash.stroke([(x, y), (x + 11 * s * a, y - 9 * s)], [2.2 * s, 0.6], caps=False)
        splash.stroke([(x + 13 * s * math.cos(t), y + 3.5 * s * math.sin(t)) for t in np.linspace(0, 6.2, 20)], 1.2 * s, caps=False)
    hand_drops = p.cut()
    for _ in range(16):
        a = p.rng.uniform(-2.6, -0.5)
        r = p.rng.uniform(8, 36)
        q = (N + 0.54 * T + r * math.cos(a), G - 0.80 * T + r * math.sin(a) * 0.7)
        hand_drops.ellipse(*q, p.rng.uniform(1.6, 3.4))
    p.ink(far_rain.mask(), "86a0b4", 0.42, 0)
    p.ink(far_rain.mask() * np.clip(spill * 1.6, 0, 1), "ffe2a0", 0.8, 0)
    p.ink(near_rain.mask(), "a6bac6", 0.36, 0)
    p.ink(splash.mask(), "9fb3c0", 0.55, 0)
    p.ink(hand_drops.mask(), "fff0c4", 1.0, 0)
    return p


def ropes(p: Print, xs: Sequence[float], colours: Sequence[str], bob: Array) -> None:
    """Lane ropes seen from above: floats, their shadows on the bottom, and a glint on each."""
    for x in xs:
        shadow, tops, other, glint = p.cut(), p.cut(), p.cut(), p.cut()
        for i, y in enumerate(np.arange(-10, p.h + 30, 27.0)):
            ox = x + 5 * math.sin(y / 170.0 + x)
            shadow.oval(ox + 58 + 9 * math.sin(y / 38.0), y + 30, 17, 15, 0)
            (tops if (i // 4) % 2 else other).polygon([(ox - 15, y - 11), (ox + 15, y - 11), (ox + 17, y), (ox + 15, y + 11), (ox - 15, y + 11), (ox - 17, y)])
            glint.oval(ox - 6, y - 5, 5, 2.6, -20)
        p.ink(shadow.mask(soft=5) * np.clip(0.75 + 0.4 * bob, 0, 1), "0e4a52", 0.55)
        p.ink(tops.mask(rough=0.8), colours[0], 1.0)
        p.ink(other.mask(rough=0.8), colours[1], 1.0)
        p.ink(glint.mask(), "ffffff", 0.8, 0)


def draw_swim() -> Print:
    """One lane from the gallery: the swimmer, her shadow on the bottom, and a sticking plaster."""
    p = Print(1560, 2240, 71, "1f8f8c")
    w, h = p.w, p.h
    p.lay(p.ramp(np.clip(p.y / h + 0.10 * p.noise(600, 2), 0, 1), ["0f6f78", "178a8a", "2da89c", "4fc0aa"], 0.04))
    bob = p.noise(120, 3)
    # what the water does to straight things: shift x by a field of waves
    dx = 16 * p.noise(150, 2, (1.2, 0.6)) + 7 * p.noise(52, 2, (1.4, 0.5))
    dy = 10 * p.noise(130, 2, (1.2, 0.7))
    tiles, black, plaster = p.cut(), p.cut(), p.cut()
    for x in np.arange(0, w + 60, 60):
        tiles.rect(x - 1.6, 0, x + 1.6, h)
    for y in np.arange(0, h + 60, 60):
        tiles.rect(0, y - 1.6, w, y + 1.6)
    black.rect(742, 150, 822, h).rect(622, 150, 942, 230)
    plaster.oval(1010, 470, 36, 12, 35)
    plaster_pad = p.cut().rect(1000, 460, 1020, 480)
    ys = np.clip(p.y + dy, 0, h - 1).astype(int)
    xs = np.clip(p.x + dx, 0, w - 1).astype(int)

    def under(m: Array) -> Array:
        return m[ys, xs]

    p.ink(under(tiles.mask(soft=0.8)), "0c6068", 0.42)
    p.ink(under(black.mask(rough=1)), "0b2b3a", 0.92, 0.04)
    p.ink(under(plaster.mask(rough=0.8)), "e9b98a", 0.95)
    p.ink(under(plaster_pad.mask()), "f6d9b6", 0.9)
    # the net of light: where two clouds cross zero together
    a, b, c = p.noise(190, 2, (1.15, 0.9)), p.noise(150, 2, (0.9, 1.1)), p.noise(90, 2)
    net = np.maximum(np.exp(-((a + 0.22 * c) / 0.055) ** 2), np.exp(-((b - 0.22 * c) / 0.055) ** 2))
    soft_net = np.maximum(np.exp(-((a + 0.22 * c) / 0.16) ** 2), np.exp(-((b - 0.22 * c) / 0.16) ** 2))
    p.ink(p.sponged(soft_net * 0.34), "8fe0c4", 0.7)
    p.ink(net * np.clip(0.75 + 0.4 * p.noise(300, 2), 0.2, 1), "d8f6dc", 0.72, 0.02)
    deep = np.clip(-a * 0.6 - b * 0.4, 0, 1)
    p.ink(p.sponged(np.clip(deep * 0.6, 0, 0.7)), "0c5f68", 0.6)

    # her shadow, then herself, swimming up the page
    def figure(ox: float, oy: float, s: float) -> tuple[Stencil, Stencil, Stencil]:
        body, suit, cap = p.cut(), p.cut(), p.cut()

        def at(x: float, y: float) -> Point:
            return ox + x * s, oy + y * s

        limb(body, at(-28, 130), at(-40, 250), at(-30, 372), widths=[46 * s, 34 * s, 22 * s])
        limb(body, at(28, 130), at(34, 254), at(48, 360), widths=[46 * s, 34 * s, 22 * s])
        body.oval(*at(-28, 398), 12 * s, 28 * s, 6).oval(*at(53, 388), 12 * s, 28 * s, -10)
        body.polygon([at(*q) for q in spline([(-66, -78), (-30, -96), (30, -96), (66, -82), (58, -20), (44, 50), (54, 110), (44, 150), (0, 158), (-44, 150), (-54, 110), (-44, 50), (-58, -20), (-66, -78)], 8)])
        limb(body, at(54, -76), at(98, -150), at(74, -262), widths=[36 * s, 28 * s, 18 * s])
        body.oval(*at(70, -284), 12 * s, 25 * s, -8)
        limb(body, at(-54, -70), at(-92, 0), at(-78, 92), widths=[36 * s, 27 * s, 18 * s])
        body.oval(*at(-74, 114), 11 * s, 23 * s, 10)
        suit.polygon([at(*q) for q in spline([(-42, -74), (-24, -40), (24, -40), (42, -74), (56, -20), (45, 50), (54, 110), (42, 148), (0, 160), (-42, 148), (-54, 110), (-45, 50), (-56, -20), (-42, -74)], 8)])
        cap.oval(*at(6, -128), 35 * s, 43 * s, 8)
        return body, suit, cap

    B, S_, C = figure(930, 1420, 0.92)
    sh = np.maximum(np.maximum(B.mask(), S_.mask()), C.mask())
    p.ink(under(np.asarray(Image.fromarray((sh * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(6)), dtype=np.float32) / 255), "0a3d47", 0.62)
    bod, suit, cap = figure(772, 1296, 1.0)
    bm, sm, cm = bod.mask(rough=1), suit.mask(rough=1), cap.mask(rough=1)
    drown = np.clip(0.22 + 0.5 * smooth(1350, 1640, p.y) + 0.25 * bob, 0, 0.85)
    p.ink(bm, "b9764c", 1.0)
    p.ink(bm * p.sponged(np.clip((p.x - 772) / 140 + 0.2, 0, 0.8)), "8c4f33", 0.85)
    p.ink(sm, "1f2a5c", 1.0)
    p.ink(sm * p.sponged(np.clip(-(p.x - 772) / 120 + 0.1, 0, 0.7)), "46549a", 0.8)
    p.ink(np.maximum(bm, sm) * p.sponged(np.clip(drown, 0, 1)), "3fb0a2", 0.75)
    p.ink(cm, "f2c230", 1.0)
    p.ink(cm * p.sponged(np.clip((p.x - 772) / 40, 0, 0.8)), "d08a1e", 0.85)
    strap = p.cut().stroke(spline([(746, 1182), (778, 1200), (812, 1180)], 8), 6).mask()
    p.ink(strap * cm, "8b2e1f", 1.0)
    # foam: at the hand that goes in, along the body, and behind the feet
    foam, bubble = p.cut(), p.cut()
    for cx_, cy_, sx, sy, n in [(842, 1016, 40, 28, 190), (700, 1420, 26, 60, 70), (800, 1690, 52, 66, 520), (790, 1800, 80, 100, 300), (850, 1160, 24, 70, 60)]:
        for _ in range(n):
            x, y = p.rng.normal(cx_, sx), p.rng.normal(cy_, sy)
            r = p.rng.gamma(2, 2.1)
            (foam if p.rng.random() < 0.62 else bubble).ellipse(x, y, r, r * p.rng.uniform(0.6, 1))
    for side in (-1, 1):  # the wake
        for k in range(4):
            pts = [(772 + side * (86 + t * (150 + 46 * k)), 1150 + 70 * k + t * 640 + 26 * math.sin(t * 11 + 2 * k + side)) for t in np.linspace(0.0, 1 - 0.12 * k, 40)]
            (foam if k < 2 else bubble).stroke(pts, [0.8, 6 - k, 3, 0.6], wobble=0.7, caps=False)
    p.ink(foam.mask(rough=1.6, grain=8), "f4fbf2", 0.92)
    p.ink(bubble.mask() * 0.7, "bfeede", 0.8)
    ropes(p, (330, 1226), ("c8352c", "f3efe2"), bob)
    ropes(p, (-40, 1596), ("2b4a8c", "f3efe2"), bob)
    # the end wall, its gutter, and the clock of shadows on it
    edge = p.cut().rect(-10, -10, w + 10, 66).mask(rough=1)
    p.ink(edge, "e9e2cf", 1.0)
    kerb = p.cut()
    for x in np.arange(0, w, 44.0):
        kerb.rect(x + 3, 6, x + 40, 42)
    p.ink(kerb.mask(rough=1), "cfc6ad", 0.9)
    p.ink(p.cut().rect(-10, 62, w + 10, 84).mask(rough=1), "0d4f58", 0.85)
    p.ink(p.cut().rect(660, -10, 904, 50).mask(rough=1), "e9e2cf", 1.0)
    num = p.cut()
    num.stroke(spline([(758, 18), (778, 8), (796, 18), (786, 34), (758, 48), (802, 48)], 8), 8)
    p.ink(num.mask(), "1f2a5c", 1.0)
    glare = np.clip(0.55 + 0.9 * p.noise(330, 2, (1.4, 0.5)), 0, 1) * smooth(900, 60, p.y) * smooth(70, 90, p.y)
    p.ink(p.sponged(glare * 0.28, 3.4), "e6fbef", 0.7)
    return p


def draw_tracks() -> Print:
    """Snow on a railway between spruces; a man with a lamp, going away. All in greys."""
    p = Print(1640, 2180, 83, "e9e9e9")
    w, h, vx, vy = p.w, p.h, 800.0, 905.0
    p.lay(p.ramp(np.clip(p.y / vy + 0.05 * p.noise(600, 3, (2, 1)), 0, 1), ["4e4e4e", "7a7a7a", "ababab", "d6d6d6"], 0.06))
    moon = p.cut().ellipse(1180, 300, 62).mask(rough=1)
    p.ink(p.sponged(np.clip(1 - np.hypot(p.x - 1180, p.y - 300) / 330, 0, 1) ** 2 * 0.8), "e2e2e2", 0.7)
    p.ink(moon, "f7f7f7", 1.0, 0.02)
    snow = smooth(vy - 2, vy + 3, p.y)
    d = np.clip((p.y - vy) / (h - vy), 0, 1)
    p.lay(p.ramp(np.clip(0.75 - 0.35 * d + 0.07 * p.noise(240, 3, (2.4, 0.7)), 0, 1), ["b4b4b4", "d0d0d0", "efefef"], 0.05), snow)

    def ground(gx: float, gz: float, up: float = 0.0) -> Point:
        return vx + 1500 * gx / gz, vy + 1500 * (2.1 - up) / gz

    def spruce(x: float, y: float, tall: float, dark: str, light: str, snowy: float) -> None:
        tree, cut_, load = p.cut(), p.cut(), p.cut()
        tiers = int(9 + tall / 70)
        heavy = 0.42 if tall < 900 else 0.24
        tree.stroke([(x, y), (x, y - tall)], [tall * 0.03, 1.5], caps=False)
        for i in range(tiers):
            t = i / (tiers - 1)
            yy = y - tall * (0.06 + 0.9 * t)
            half = tall * 0.225 * (1 - t) ** 0.85 * p.rng.uniform(0.8, 1.12) + tall * 0.012
            drop = tall * 0.085 * (1.15 - t)
            teeth = [(x, yy - drop * 1.25)]
            for side in (1, -1):
                run = [(x + side * half * q, yy + drop * (q**1.4) - drop * 0.35 + (drop * 0.30 if k % 2 else 0)) for k, q in enumerate(np.linspace(0.15, 1, 8))]
                teeth += run if side == 1 else []
                if side == 1:
                    right_side = run
                else:
                    left_side = run
            tree.polygon([(x, yy - drop * 1.3), *right_side, (x, yy + drop * 0.35), *left_side[::-1]])
            for side in (1, -1):
                a_, b_ = (x + side * half * 0.10, yy - drop * 0.9), (x + side * half * 0.96, yy + drop * 0.52)
                if p.rng.random() < snowy:
                    m_ = ((a_[0] + b_[0]) / 2, (a_[1] + b_[1]) / 2 - drop * 0.1)
                    load.stroke(spline([a_, m_, b_], 6), [drop * 0.10, drop * heavy, drop * 0.10], wobble=0.16)
                for q in np.linspace(0.25, 0.9, 4):
                    c = (x + side * half * q, yy + drop * (q**1.4) - drop * 0.1)
                    cut_.stroke([c, (c[0] + side * half * 0.12, c[1] + drop * 0.42)], [max(1.2, tall * 0.006), 0.6], caps=False)
        tm = tree.mask(rough=1.4)
        p.ink(tm, dark, 1.0, 0.05)
        p.ink(cut_.mask() * tm, light, 0.75)
        p.ink(load.mask(rough=1.6, grain=8), "f2f2f2", 0.96)
        p.ink(load.mask(rough=1.6, grain=8) * p.sponged(np.clip((x - p.x) / (tall * 0.2), 0, 0.8)), "bdbdbd", 0.8)

    for base, dark in ((vy + 4, "9b9b9b"), (vy + 8, "7b7b7b")):  # the far wood
        wood = p.cut()
        for x in np.arange(-30, w + 40, 15.0):
            t = p.rng.uniform(46, 130) * (0.45 + 0.75 * min(1, abs(x - vx) / 420)) * (1.0 if dark == "9b9b9b" else 0.72)
            wood.polygon([(x - t * 0.17, base), (x, base - t), (x + t * 0.17, base)])
        p.ink(wood.mask(rough=1.2), dark, 1.0)
    p.ink(p.sponged(np.clip(smooth(120, 0, np.abs(p.y - vy - 4)) * (0.7 + 0.4 * p.noise(200, 2, (3, 1))), 0, 1) * 0.75), "dedede", 0.9)

    # the bed: rails, a hint of sleepers, banks
    bank = p.cut()
    for side in (-1, 1):
        bank.polygon([ground(side * 2.3, 1.62), ground(side * 2.15, 90), ground(side * 2.6, 90), ground(side * 3.3, 1.62)])
    p.ink(bank.mask(soft=3) * p.sponged(0.55 - 0.2 * d), "a9a9a9", 0.8)
    sleepers = p.cut()
    for z in np.arange(2.2, 40, 0.61 * 1.6):
        if p.rng.random() < 0.25:
            continue
        gap = p.rng.uniform(0.1, 0.5)
        for x0_, x1_ in ((-1.25, -1.25 + gap), (1.25 - p.rng.uniform(0.1, 0.45), 1.25)):
            sleepers.polygon([ground(x0_, z - 0.09), ground(x1_, z - 0.09), ground(x1_, z + 0.09), ground(x0_, z + 0.09)])
    p.ink(sleepers.mask(rough=2) * p.sponged(0.55 + 0.3 * d), "777777", 0.85)
    for side in (-0.76, 0.76):
        shade, rail, gleam = p.cut(), p.cut(), p.cut()
        zs = np.geomspace(1.55, 120, 90)
        shade.polygon([*[ground(side - 0.10, z) for z in zs], *[ground(side + 0.10, z) for z in zs[::-1]]])
        rail.polygon([*[ground(side - 0.042, z, 0.07) for z in zs], *[ground(side + 0.042, z, 0.07) for z in zs[::-1]]])
        gleam.polygon([*[ground(side - 0.008, z, 0.085) for z in zs], *[ground(side + 0.022, z, 0.085) for z in zs[::-1]]])
        bury = np.clip(0.62 + 0.9 * p.noise(150, 2, (1, 1.6)), 0, 1)
        p.ink(shade.mask(soft=1.5) * p.sponged(np.clip(0.75 * bury, 0, 1)), "8c8c8c", 0.85)
        p.ink(rail.mask(rough=0.8) * np.clip(bury + 0.2, 0, 1), "2c2c2c", 0.95)
        p.ink(gleam.mask() * np.clip(bury, 0, 1), "f4f4f4", 0.8)
    # footprints: one line of them, between the rails
    pits, lips = p.cut(), p.cut()
    for i, z in enumerate(np.arange(1.75, 16.2, 0.61)):
        x, y = ground((0.13 if i % 2 else -0.13) + p.rng.normal(0, 0.02), z)
        k = 1500 / z
        pits.oval(x, y, 0.075 * k, 0.055 * k, 0)
        lips.oval(x, y + 0.03 * k, 0.088 * k, 0.045 * k, 0)
    p.ink(lips.mask(rough=1), "fafafa", 0.9)
    p.ink(pits.mask(rough=1.2), "8a8a8a", 1.0)
    # telegraph poles on the left, and the signal
    poles = p.cut()
    last: list[Point] | None = None
    for z in (4.6, 6.9, 9.9, 14, 20, 29, 42, 60):
        foot, head = ground(-3.3, z, -0.2), ground(-3.3, z, 6.4)
        k = 1500 / z
        poles.stroke([foot, head], [0.2 * k, 0.13 * k], caps=False)
        ends = []
        for up, half in ((6.0, 0.7), (5.5, 0.55)):
            a, b = ground(-3.3 - half, z, up), ground(-3.3 + half, z, up)
            poles.stroke([a, b], 0.1 * k, caps=False)
            ends += [a, b]
        if last:
            for a, b in zip(last, ends, strict=True):
                poles.stroke(spline([a, (a[0] * 0.6 + b[0] * 0.4, a[1] * 0.6 + b[1] * 0.4 + 0.05 * abs(a[0] - b[0]) + 3), b], 10), [max(1.3, 0.014 * 1500 / z * 1.4), 1.2], caps=False)
        else:
            for a in ends:
                poles.stroke([(-40, a[1] - (a[0] + 40) * 1.05), a], 5, caps=False)
        last = ends
    p.ink(poles.mask(rough=0.8), "2a2a2a", 1.0)

    far_to_near = [(520, 1010, 300), (1130, 1012, 330), (430, 1050, 380), (1210, 1050, 420), (1330, 1100, 520), (300, 1112, 500), (1500, 1190, 760), (120, 1220, 640)]
    for x, y, tall in far_to_near:
        tone = int(70 - 40 * (tall / 760))
        spruce(x, y, tall, f"{tone:02x}" * 3, "7a7a7a", 0.85)
    spruce(1600, 1560, 1420, "141414", "5c5c5c", 0.7)
    spruce(-60, 1640, 1080, "141414", "5c5c5c", 0.7)

    # the man, and the light he carries
    mx, my = ground(0.0, 16.4)
    tall = 1.82 * 1500 / 16.4
    lx, ly = mx + 52, my - tall * 0.30
    man = p.cut()
    limb(man, (mx - 7, my - tall * 0.5), (mx - 10, my - tall * 0.25), (mx - 9, my), widths=[24, 20, 15])
    limb(man, (mx + 8, my - tall * 0.5), (mx + 11, my - tall * 0.26), (mx + 9, my - 12), widths=[24, 20, 15])
    man.polygon(spline([(mx - 29, my - tall * 0.78), (mx, my - tall * 0.86), (mx + 29, my - tall * 0.78), (mx + 33, my - tall * 0.5), (mx + 31, my - tall * 0.30), (mx - 31, my - tall * 0.30), (mx - 33, my - tall * 0.5), (mx - 29, my - tall * 0.78)], 6))
    man.oval(mx, my - tall * 0.93, 15, 18, 0).polygon([(mx - 19, my - tall * 0.95), (mx + 19, my - tall * 0.95), (mx + 15, my - tall * 1.06), (mx - 15, my - tall * 1.06)])
    limb(man, (mx + 26, my - tall * 0.76), (mx + 44, my - tall * 0.60), (lx - 2, ly - 36), widths=[15, 13, 10])
    limb(man, (mx - 26, my - tall * 0.76), (mx - 38, my - tall * 0.58), (mx - 34, my - tall * 0.42), widths=[15, 13, 10])
    man.stroke(spline([(lx - 13, ly - 16), (lx - 8, ly - 34), (lx + 8, ly - 34), (lx + 13, ly - 16)], 5), 3.2)
    p.ink(p.sponged(np.clip(1 - np.hypot((p.x - lx), (p.y - ly) * 1.0) / 210, 0, 1) ** 1.7 * 0.95), "ffffff", 0.9)
    cone = np.clip(1 - np.hypot((p.x - lx) / 250, (p.y - my - 14) / 62), 0, 1)
    p.ink(p.sponged(cone * 0.95), "ffffff", 0.9)
    shadow = p.cut().polygon([(mx - 14, my), (mx + 8, my), (mx - 60, my + 150), (mx - 116, my + 140)]).mask(soft=4)
    p.ink(shadow * p.sponged(np.clip(0.9 - (p.y - my) / 170, 0, 1)), "7c7c7c", 0.85)
    p.ink(man.mask(rough=0.6), "111111", 1.0)
    p.ink(p.cut().rect(lx - 12, ly - 14, lx + 12, ly + 18).mask(), "ffffff", 1.0, 0)
    frame = p.cut().rect(lx - 16, ly - 20, lx + 16, ly - 12).rect(lx - 16, ly + 16, lx + 16, ly + 25).rect(lx - 13, ly - 14, lx - 9, ly + 18).rect(lx + 9, ly - 14, lx + 13, ly + 18).mask()
    p.ink(frame, "111111", 1.0)

    flakes, big = p.cut(), p.cut()
    for _ in range(1500):
        flakes.ellipse(p.rng.uniform(0, w), p.rng.uniform(0, h), p.rng.uniform(1.0, 3.0))
    for _ in range(150):
        big.oval(p.rng.uniform(0, w), p.rng.uniform(0, h), p.rng.uniform(4, 8), p.rng.uniform(3.5, 7), p.rng.uniform(0, 180))
    p.ink(flakes.mask(), "ffffff", 0.85, 0)
    p.ink(big.mask(rough=1.4), "ffffff", 0.9, 0)
    return p


def child(st: Stencil, x: float, y: float, tall: float, sway: float, step: float, nod: float) -> None:
    """A child coming toward us, worn out: seen from the front, feet about y."""
    t = tall

    def at(a: float, b: float) -> Point:
        return x + (a + sway * b) * t, y - b * t

    limb(st, at(-0.06, 0.47), at(-0.075, 0.24), at(-0.08 - step * 0.2, 0.03 + max(0, step)), widths=[0.12 * t, 0.085 * t, 0.055 * t])
    limb(st, at(0.06, 0.47), at(0.08, 0.24), at(0.075 - step * 0.2, 0.03 + max(0, -step)), widths=[0.12 * t, 0.085 * t, 0.055 * t])
    st.oval(*at(-0.085 - step * 0.2, 0.018 + max(0, step)), 0.045 * t, 0.03 * t, 0)
    st.oval(*at(0.082 - step * 0.2, 0.018 + max(0, -step)), 0.045 * t, 0.03 * t, 0)
    st.polygon([at(-0.125, 0.52), at(0.125, 0.52), at(0.15, 0.34), at(0.02, 0.36), at(0, 0.44), at(-0.02, 0.36), at(-0.15, 0.34)])
    st.polygon(spline([at(-0.12, 0.765), at(-0.06, 0.80), at(0.06, 0.80), at(0.12, 0.765), at(0.115, 0.62), at(0.13, 0.5), at(-0.13, 0.5), at(-0.115, 0.62), at(-0.12, 0.765)], 6))
    limb(st, at(nod * 0.6, 0.84), at(0, 0.76), widths=[0.085 * t, 0.11 * t])
    hx, hy = at(nod, 0.905)
    st.oval(hx, hy, 0.098 * t, 0.112 * t, nod * 260)
    for side in (-1, 1):
        st.oval(hx + side * 0.1 * t, hy + 0.008 * t, 0.022 * t, 0.032 * t, nod * 260)


def draw_chalk() -> Print:
    """Two small boys, slowing, and a line of chalk that a dog has walked through."""
    p = Print(2200, 1540, 97, "f3e3c6")
    w, h, hy = p.w, p.h, 560.0
    sun = (1010.0, 430.0)
    glow = np.exp(-(((p.x - sun[0]) / 900) ** 2 + ((p.y - sun[1]) / 420) ** 2))
    p.lay(p.ramp(np.clip(0.25 * p.y / hy + 0.75 * glow, 0, 1), ["2f6f78", "6ba39a", "cfcfa4", "f3cf86", "f7b25a"], 0.045))
    p.ink(p.cut().ellipse(*sun, 118).mask(rough=1.5), "fff1c0", 1.0)
    p.ink(p.sponged(np.clip(1 - np.hypot(p.x - sun[0], p.y - sun[1]) / 330, 0, 1) ** 2 * 0.8), "ffedb8", 0.6)
    trees = p.cut()
    for x in np.arange(-40, w + 60, 13.0):
        r = p.rng.uniform(18, 46) * (1.25 if x < 420 or x > 1750 else 0.7)
        trees.oval(x, hy - r * 0.55, r, r * 0.9, 0)
    trees.rect(-10, hy - 26, w + 10, hy + 6)
    tm = trees.mask(rough=2)
    p.ink(tm, "1f4b4c", 1.0)
    p.ink(tm * p.sponged(glow * smooth(hy - 60, hy + 6, p.y) * 0.8), "c9803a", 0.8)
    tower = p.cut()
    tx, ty = 1560.0, 262.0
    tower.polygon(spline([(tx - 132, ty), (tx - 126, ty - 60), (tx - 70, ty - 104), (tx, ty - 118), (tx + 70, ty - 104), (tx + 126, ty - 60), (tx + 132, ty), (tx + 120, ty + 52), (tx + 60, ty + 84), (tx, ty + 92), (tx - 60, ty + 84), (tx - 120, ty + 52), (tx - 132, ty)], 8))
    tower.stroke([(tx, ty + 80), (tx, hy + 10)], 22, caps=False).ellipse(tx, ty - 122, 12, 10)
    for s in (-1, 1):
        tower.stroke([(tx + s * 100, ty + 56), (tx + s * 138, hy + 10)], 11, caps=False)
        tower.stroke([(tx + s * 45, ty + 80), (tx + s * 58, hy + 10)], 8, caps=False)
    for yy in (ty + 150, ty + 222):
        tower.stroke([(tx - 122, yy), (tx + 122, yy)], 5, caps=False)
    tower.stroke([(tx - 108, ty + 74), (tx + 128, ty + 222)], 3, caps=False).stroke([(tx + 108, ty + 74), (tx - 128, ty + 222)], 3, caps=False)
    tower.rect(tx - 146, ty + 4, tx + 146, ty + 14)
    tw = tower.mask(rough=1.2)
    p.ink(tw, "17393f", 1.0)
    p.ink(tw * p.sponged(np.clip((tx - 40 - p.x) / 90, 0, 1) * (p.y < ty + 100) * 0.85), "e2a255", 0.9)
    stop = p.cut()  # the backstop
    for x in np.linspace(180, 560, 7):
        stop.stroke([(x, hy + 20), (x, hy - 210)], 7, caps=False)
    stop.stroke([(180, hy - 210), (560, hy - 210)], 7).stroke([(560, hy - 210), (640, hy - 262)], 5).stroke([(180, hy - 210), (100, hy - 262)], 5).stroke([(100, hy - 262), (640, hy - 262)], 5)
    net = p.cut()
    for k in range(-14, 30):
        net.stroke([(180 + k * 24, hy - 210), (180 + k * 24 + 210, hy)], 1.6, caps=False).stroke([(180 + k * 24, hy), (180 + k * 24 + 210, hy - 210)], 1.6, caps=False)
    box = p.cut().rect(180, hy - 210, 560, hy).mask()
    p.ink(net.mask() * box, "17393f", 0.7)
    p.ink(stop.mask(rough=0.8), "17393f", 1.0)

    ground = smooth(hy - 1, hy + 1, p.y)
    d = np.clip((p.y - hy) / (h - hy), 0, 1)
    p.lay(p.ramp(np.clip(d**0.7 + 0.05 * p.noise(260, 2, (3, 0.6)), 0, 1), ["e7b45c", "c3a04c", "8e8a45", "5c7040", "3b5638"], 0.06), ground)
    mown = p.cut()
    for k in range(-16, 24, 2):
        a, b = (sun[0] + k * 34, hy), (sun[0] + (k + 1) * 34, hy)
        mown.polygon([a, b, (sun[0] + (k + 1) * 400, h + 10), (sun[0] + k * 400, h + 10)])
    p.ink(mown.mask(soft=1.5) * ground * p.sponged(np.full_like(p.x, 0.30)), "3b5638", 0.55)
    path = p.cut().polygon(spline([(1500, hy + 4), (1420, hy + 60), (1170, hy + 120), (880, hy + 200), (640, hy + 420), (420, h + 20)], 14)
                           + spline([(1650, h + 20), (1390, hy + 420), (1240, hy + 210), (1400, hy + 125), (1590, hy + 62), (1590, hy + 4)], 14)).mask(rough=3, grain=14)
    p.lay(p.ramp(np.clip(d**0.6, 0, 1), ["f6cd86", "e6a866", "cd8250", "a95f41"], 0.06), path)
    stones = p.cut()
    for _ in range(1500):
        y = hy + (h - hy) * p.rng.random() ** 0.55
        s = 0.4 + 2.6 * (y - hy) / (h - hy)
        stones.oval(p.rng.uniform(300, 1750), y, 2.3 * s, 1.3 * s, 0)
    p.ink(stones.mask() * path, "7d4331", 0.55)
    streak = np.clip(1 - np.abs(p.x - sun[0]) / (120 + 700 * d), 0, 1) * (1 - d) ** 1.2
    p.ink(ground * p.sponged(np.clip(streak, 0, 1) * 0.8), "ffe0a0", 0.75)

    # the line
    top = [(-40, 1262), (300, 1240), (760, 1222), (1200, 1218), (1650, 1236), (2240, 1276)]
    line = spline(top, 24)
    chalk = p.cut().stroke(line, [66, 58, 58, 66], wobble=0.05, caps=False)
    dust = p.cut().stroke([(x, y + 4) for x, y in line], 150, caps=False).mask(soft=16)
    p.ink(p.sponged(np.clip(dust * (0.34 + 0.35 * p.noise(90, 2)), 0, 0.8)), "fbf3e2", 0.85)
    cm = chalk.mask(rough=5, grain=12)
    p.ink(cm * p.sponged(np.clip(0.90 + 0.35 * p.noise(46, 3), 0, 1), 3.0), "fffaf0", 1.0, 0.03)
    # the dog's four feet
    paws, dusted = p.cut(), p.cut()
    for i, (x, y) in enumerate([(1472, 1170), (1540, 1212), (1626, 1236), (1700, 1282), (1786, 1318), (1850, 1372)]):
        target = paws if i in (1, 2) else dusted
        for dx, dy in ((0, 0), (46, -34)):
            target.oval(x + dx, y + dy, 21, 14, 18)
            for a in (-52, -18, 18, 50):
                t_ = math.radians(a + 32)
                target.oval(x + dx + 32 * math.sin(t_ + 0.7), y + dy - 4 + 21 * math.sin(math.radians(a)) , 9, 6, 18)
    p.ink(paws.mask(rough=1.6), "9a5a3d", 1.0)
    p.ink(dusted.mask(rough=1.6) * p.sponged(np.full_like(p.x, 0.8)), "fff6e6", 0.9)

    # the boys and their shadows
    boys, _one, _two = p.cut(), p.cut(), p.cut()
    T1, T2, G = 500.0, 532.0, 1086.0
    X1, X2 = 850.0, 1150.0
    child(boys, X1, G, T1, 0.02, 0.05, 0.03)
    child(boys, X2, G - 6, T2, -0.02, -0.05, -0.045)
    limb(boys, (X1 - 0.095 * T1, G - 0.755 * T1), (X1 - 0.19 * T1, G - 0.60 * T1), (X1 - 0.15 * T1, G - 0.43 * T1), widths=[36, 28, 20])
    limb(boys, (X1 + 0.125 * T1, G - 0.755 * T1), (X1 + 0.23 * T1, G - 0.62 * T1), (X1 + 0.21 * T1, G - 0.45 * T1), widths=[36, 28, 20])
    limb(boys, (X2 + 0.095 * T2, G - 0.755 * T2), (X2 + 0.25 * T2, G - 0.62 * T2), (X2 + 0.10 * T2, G - 0.56 * T2), widths=[38, 29, 22])  # a hand to his side
    limb(boys, (X2 - 0.125 * T2, G - 0.755 * T2), (X2 - 0.22 * T2, G - 0.62 * T2), (X2 - 0.20 * T2, G - 0.45 * T2), widths=[38, 29, 21])
    hair = p.cut()
    for k in range(26):
        a = math.radians(196 + k * 6.4)
        c = (X1 + 0.049 * T1, G - 0.915 * T1)
        hair.stroke([(c[0] + 42 * math.cos(a), c[1] + 48 * math.sin(a)), (c[0] + 62 * math.cos(a + 0.12), c[1] + 70 * math.sin(a + 0.12))], [13, 2], caps=False)
    hx, hy2 = X2 - 0.063 * T2, G - 0.915 * T2
    cap_ = p.cut().polygon(spline([(hx - 57, hy2 - 8), (hx - 50, hy2 - 46), (hx - 4, hy2 - 70), (hx + 46, hy2 - 50), (hx + 57, hy2 - 10), (hx, hy2 - 24), (hx - 57, hy2 - 8)], 8))
    cap_.polygon(spline([(hx - 52, hy2 - 16), (hx - 4, hy2 - 30), (hx + 46, hy2 - 20), (hx + 34, hy2 + 8), (hx - 8, hy2 + 14), (hx - 46, hy2 + 8), (hx - 52, hy2 - 16)], 8)).ellipse(hx - 2, hy2 - 72, 7, 5)
    bm = np.maximum(np.maximum(boys.mask(rough=0.8), hair.mask()), cap_.mask())
    # shadows: the same shapes, laid out toward us
    sh = np.zeros_like(bm)
    for row in range(int(G) - 6, h):
        u = (row - G + 6) / 1.12
        src = int(G + 6 - u)
        if src < 0:
            break
        k = 1 + (row - G) / 780
        cols = np.clip((p.x[0] - sun[0]) / k + sun[0] + (row - G) * 0.03, 0, w - 1).astype(int)
        sh[row] = bm[src][cols]
    p.ink(sh * p.sponged(np.clip(1.02 - (p.y - G) / 900, 0.4, 1), 2.8), "2b3d3a", 0.80, multiply=True)
    p.ink(bm, "16313a", 1.0, 0.05)
    rim = np.clip(bm - np.roll(bm, 7, 1), 0, 1) * (p.x < X2 - 200) + np.clip(bm - np.roll(bm, -7, 1), 0, 1) * (p.x < X1 + 180) * (p.x > X1) + np.clip(bm - np.roll(bm, 7, 1), 0, 1) * (p.x > X2 - 180)
    p.ink(np.clip(rim, 0, 1) * p.sponged(np.full_like(p.x, 0.85)), "f7b25a", 0.95)
    bibs, digits = p.cut(), p.cut()
    bibs.polygon([(X1 - 40, G - 0.70 * T1), (X1 + 62, G - 0.715 * T1), (X1 + 64, G - 0.56 * T1), (X1 - 38, G - 0.548 * T1)])
    bibs.polygon([(X2 - 66, G - 0.715 * T2), (X2 + 38, G - 0.70 * T2), (X2 + 36, G - 0.555 * T2), (X2 - 66, G - 0.57 * T2)])
    for ox, oy in ((X1 - 12, G - 0.63 * T1), (X1 + 36, G - 0.637 * T1)):
        for dy in (-15, 15):
            digits.stroke([(ox + 11 * math.cos(a), oy + dy + 13 * math.sin(a)) for a in np.linspace(0, 6.3, 24)], 6.5)
    ox, oy = X2 - 40, G - 0.643 * T2
    digits.stroke(spline([(ox - 12, oy - 28), (ox + 12, oy - 26), (ox - 2, oy - 2), (ox + 14, oy + 14), (ox - 2, oy + 28), (ox - 14, oy + 22)], 6), 6.5)
    digits.stroke([(ox + 28, oy - 20), (ox + 40, oy - 28), (ox + 40, oy + 28)], 6.5)
    p.ink(bibs.mask(rough=1), "f7ead0", 1.0)
    p.ink(digits.mask(), "b5432d", 1.0)
    tuft = p.cut()
    for _ in range(700):
        x = p.rng.uniform(-20, w + 20)
        if 380 < x < 1700:
            continue
        y = h + 10 - 60 * p.rng.random()
        tall = p.rng.gamma(3, 20)
        tuft.stroke(spline([(x, y), (x + p.rng.normal(0, 8), y - tall * 0.6), (x + p.rng.normal(0, 24), y - tall)], 5), [7, 0.8], caps=False)
    p.ink(tuft.mask(), "20382c", 1.0)
    return p


def draw_bicycle() -> Print:
    """A purple bicycle on a yellow wall, and the shadow of somebody who is about to have opinions."""
    p = Print(2100, 1680, 101, "e6b24c")
    w, h, floor_ = p.w, p.h, 1400.0
    p.lay(p.ramp(np.clip(0.5 + 0.35 * p.noise(700, 3) + 0.22 * (p.x / w - p.y / h), 0, 1), ["d99a34", "e6b045", "efc468", "f3d184"], 0.05))
    plaster = p.cut()
    for _ in range(1500):
        x, y = p.rng.uniform(-40, w), p.rng.uniform(-20, floor_)
        a = p.rng.normal(-20, 35)
        ln = p.rng.uniform(16, 60)
        plaster.stroke(spline([(x, y), (x + ln * 0.5 * math.cos(math.radians(a)), y + ln * 0.5 * math.sin(math.radians(a)) + 3), (x + ln * math.cos(math.radians(a)), y + ln * math.sin(math.radians(a)))], 4), [0.6, 3.5, 0.6], caps=False)
    p.ink(plaster.mask(rough=1), "c98a2c", 0.35)
    bare = np.clip((p.noise(300, 4) - 0.62) * 6, 0, 1) * smooth(900, 1250, p.y)
    p.ink(bare, "cf7f54", 0.9)
    bricks = p.cut()
    for j, y in enumerate(np.arange(880, floor_, 40.0)):
        for x in np.arange(-60 + (j % 2) * 50, w, 100.0):
            bricks.stroke([(x, y), (x + 100, y)], 4, caps=False).stroke([(x, y), (x, y + 40)], 4, caps=False)
    p.ink(bricks.mask(rough=1) * bare, "e7c08a", 0.8)
    crack = p.cut().stroke([(1730 + 16 * math.sin(i * 0.9) + i * 4 + p.rng.normal(0, 4), -10 + i * 17) for i in range(24)], [5, 3, 0.8], wobble=0.4, caps=False)
    p.ink(crack.mask(rough=0.8), "8d5a24", 0.7)
    # pavement
    ground = smooth(floor_ - 1, floor_ + 1, p.y + 4 * np.sin(p.x / 90))
    p.lay(p.ramp(np.clip((p.y - floor_) / 280 + 0.08 * p.noise(90, 2, (3, 1)), 0, 1), ["b9714c", "cd8a5f", "dba276"], 0.06), ground)
    joints = p.cut()
    for x in np.arange(-400, w + 600, 300.0):
        joints.stroke([(x, floor_), (x - 150, h + 10)], 6, caps=False)
    joints.stroke([(-10, 1540), (w + 10, 1540)], 6, caps=False)
    p.ink(joints.mask(rough=1.2), "8c4f3a", 0.7)
    p.ink(ground * p.sponged(smooth(floor_ + 50, floor_, p.y) * 0.8), "7d3f3a", 0.8)

    # wheels, frame and the rest, drawn once for the shadow and once for itself
    R, rear, front = 262.0, (560.0, 1146.0), (1292.0, 1146.0)
    bb, seat, head_t, head_b = (858.0, 1160.0), (762.0, 800.0), (1164.0, 742.0), (1192.0, 872.0)
    tyre, rim, spokes, tubes, dark, cream, guard = p.cut(), p.cut(), p.cut(), p.cut(), p.cut(), p.cut(), p.cut()
    ring = lambda c, r: [(c[0] + r * math.cos(a), c[1] + r * math.sin(a)) for a in np.linspace(0, 2 * math.pi, 120)]  # noqa: E731
    for c in (rear, front):
        tyre.stroke(ring(c, R - 12), 27)
        rim.stroke(ring(c, R - 32), 10)
        for k in range(28):
            a = 2 * math.pi * k / 28
            b = a + (0.32 if k % 2 else -0.32)
            spokes.stroke([(c[0] + 16 * math.cos(b), c[1] + 16 * math.sin(b)), (c[0] + (R - 36) * math.cos(a), c[1] + (R - 36) * math.sin(a))], 2.4, caps=False)
        dark.ellipse(*c, 20)
    guard.stroke([(rear[0] + (R + 18) * math.cos(a), rear[1] + (R + 18) * math.sin(a)) for a in np.linspace(math.radians(172), math.radians(312), 60)], 17)
    guard.stroke([(front[0] + (R + 18) * math.cos(a), front[1] + (R + 18) * math.sin(a)) for a in np.linspace(math.radians(206), math.radians(338), 60)], 17)
    tubes.stroke([seat, bb], 26).stroke(spline([(head_b[0] - 4, head_b[1] - 40), (1040, 1010), (940, 1110), bb], 12), 30)
    tubes.stroke(spline([(head_t[0] + 8, head_t[1] + 46), (1010, 900), (900, 985), (808, 1000)], 12), 22)
    tubes.stroke([bb, rear], 20).stroke([(784, 900), rear], 15).stroke([head_t, head_b], 36)
    tubes.stroke(spline([head_b, (1214, 960), (1244, 1060), front], 10), [24, 22, 16])
    dark.polygon(spline([(660, 790), (690, 764), (760, 762), (850, 776), (872, 790), (800, 806), (752, 828), (690, 826), (660, 790)], 8))
    dark.stroke([(762, 806), (766, 840)], 15)
    dark.stroke([(1157, 712), (1160, 748)], 17).stroke(spline([(1157, 706), (1120, 676), (1060, 668), (1000, 690), (960, 716)], 10), 15)
    dark.stroke([(1004, 690), (952, 720)], 30)
    dark.stroke([bb, (920, 1232)], 14).rect(896, 1228, 966, 1246)
    dark.stroke([bb, (796, 1088)], 14).rect(766, 1072, 832, 1090)
    dark.stroke([(640, 1200), (600, 1398)], 11).stroke([(588, 1398), (628, 1400)], 11)
    guard.polygon(spline([(540, 1120), (560, 1098), (700, 1108), (850, 1092), (912, 1120), (922, 1170), (880, 1208), (820, 1196), (700, 1178), (566, 1186), (540, 1150), (540, 1120)], 8))
    basket = p.cut()
    basket.polygon([(1210, 700), (1440, 690), (1412, 858), (1240, 866)])
    weave = p.cut()
    for k in range(9):
        weave.stroke([(1214 + k * 3, 706 + k * 18), (1438 - k * 3.2, 697 + k * 18)], 4, caps=False)
    for k in range(12):
        weave.stroke([(1216 + k * 20, 696), (1242 + k * 15.2, 866)], 4, caps=False)
    cream.stroke([(1206, 702), (1444, 691)], 15)
    bell = p.cut().polygon([(1086, 652), *[(1112 + 27 * math.cos(a), 656 - 27 * math.sin(a)) for a in np.linspace(math.pi, 0, 20)], (1139, 660)]).ellipse(1112, 627, 5)
    ribbons = p.cut()
    for k in range(7):
        ribbons.stroke(spline([(956, 716), (930 - k * 4, 750 + k * 3), (950 - k * 11, 800 + k * 5), (914 - k * 4 + 10 * math.sin(k), 850 + k * 7)], 10), [4, 9, 3])
    everything = np.clip(sum(x.mask() for x in (tyre, rim, spokes, tubes, dark, cream, guard, basket, bell, ribbons)), 0, 1)

    def moved(m: Array, dx: int, dy: int) -> Array:
        return np.roll(np.roll(m, dx, 1), dy, 0)

    bike_shadow = moved(everything, -120, 62) * (1 - ground)
    girl = p.cut()
    gx, foot, T = 1752.0, 1452.0, 1010.0

    def at(a: float, b: float) -> Point:
        return gx + (a - 0.04 * b) * T, foot - b * T

    limb(girl, at(-0.07, 0.48), at(-0.085, 0.25), at(-0.10, 0.0), widths=[0.105 * T, 0.08 * T, 0.055 * T])
    limb(girl, at(0.07, 0.48), at(0.085, 0.25), at(0.095, 0.0), widths=[0.105 * T, 0.08 * T, 0.055 * T])
    girl.polygon([at(-0.12, 0.60), at(0.12, 0.60), at(0.21, 0.36), at(-0.21, 0.36)])
    girl.polygon(spline([at(-0.135, 0.785), at(-0.05, 0.83), at(0.05, 0.83), at(0.135, 0.785), at(0.11, 0.56), at(-0.11, 0.56), at(-0.135, 0.785)], 6))
    for s in (-1, 1):
        limb(girl, at(s * 0.12, 0.775), at(s * 0.275, 0.655), at(s * 0.115, 0.575), widths=[0.07 * T, 0.055 * T, 0.045 * T])
        girl.stroke(spline([at(s * 0.075, 0.955), at(s * 0.16, 0.93), at(s * 0.165, 0.85), at(s * 0.19, 0.79)], 8), [0.05 * T, 0.05 * T, 0.015 * T])
    limb(girl, at(0, 0.87), at(0, 0.8), widths=[0.07 * T, 0.08 * T])
    girl.oval(*at(0, 0.92), 0.083 * T, 0.092 * T, 0)
    line_sh = p.cut().stroke(spline([(-20, 150), (500, 196), (1040, 178), (1500, 120)], 14), 5, caps=False)
    for x, y, ww, hh in [(120, 168, 150, 250), (420, 192, 128, 190)]:
        line_sh.polygon(spline([(x, y), (x + ww, y + 10), (x + ww + 22, y + hh), (x + ww * 0.5, y + hh - 14), (x + 10, y + hh + 6), (x, y)], 6))
    line_sh.polygon([(690, 194), (800, 194), (838, 262), (806, 286), (790, 262), (800, 400), (700, 404), (700, 262), (684, 286), (652, 262)])
    for x in (126, 262, 430, 540, 700, 792):
        line_sh.rect(x, 164, x + 10, 206)
    sh = np.clip(girl.mask(soft=3) + line_sh.mask(soft=4), 0, 1)
    sh = np.maximum(sh * smooth(1470, 1420, p.y), moved(bike_shadow, 0, 0))
    p.ink(sh * p.sponged(np.full_like(p.x, 0.93)), "a0628a", 0.72, 0.04, multiply=True)
    p.ink(sh, "b37a74", 0.30, multiply=True)
    flat_shadow = p.cut().oval(880, 1424, 640, 20, 0).mask(soft=5) * ground
    p.ink(flat_shadow * p.sponged(np.full_like(p.x, 0.85)), "5b2c46", 0.75)

    p.ink(spokes.mask(), "f6e7c6", 0.95, 0)
    p.ink(tyre.mask(rough=0.8), "2b2036", 1.0)
    p.ink(rim.mask(), "efe0c2", 1.0)
    p.ink(basket.mask(rough=1), "c9853d", 1.0)
    p.ink(weave.mask(rough=0.6) * basket.mask(), "7d4a22", 0.9)
    p.ink(guard.mask(rough=0.8), "f1e3c8", 1.0)
    tm = tubes.mask(rough=0.8)
    p.ink(tm, "6b3f94", 1.0)
    hl = np.clip(tm - moved(tm, 4, 6), 0, 1)
    p.ink(hl * p.sponged(np.full_like(p.x, 0.9)), "b48ad0", 0.95)
    lo = np.clip(tm - moved(tm, -5, -6), 0, 1)
    p.ink(lo, "44255f", 0.9)
    gm = guard.mask(rough=0.8)
    p.ink(np.clip(gm - moved(gm, -4, -6), 0, 1), "b59a86", 0.9)
    p.ink(dark.mask(rough=0.8), "2b2036", 1.0)
    p.ink(cream.mask(rough=0.8), "e6a757", 1.0)
    p.ink(ribbons.mask(), "d8435a", 1.0)
    bm = bell.mask()
    p.ink(bm, "e9e2d2", 1.0)
    p.ink(bm * p.sponged(np.clip((p.x - 1106) / 30, 0, 0.9)), "8a8790", 0.9)
    # the cat
    cat = p.cut()
    cx_, cy_ = 742.0, 1146.0
    cat.oval(cx_, cy_, 26, 22, 0).polygon([(cx_ - 25, cy_ - 8), (cx_ - 22, cy_ - 36), (cx_ - 5, cy_ - 18)]).polygon([(cx_ + 25, cy_ - 8), (cx_ + 22, cy_ - 36), (cx_ + 5, cy_ - 18)])
    p.ink(cat.mask(), "e2763c", 1.0)
    face = p.cut()
    face.ellipse(cx_ - 9, cy_ - 3, 3.2).ellipse(cx_ + 9, cy_ - 3, 3.2).polygon([(cx_ - 3, cy_ + 4), (cx_ + 3, cy_ + 4), (cx_, cy_ + 8)])
    for s in (-1, 1):
        for k in (-4, 0, 4):
            face.stroke([(cx_ + s * 12, cy_ + 6 + k * 0.5), (cx_ + s * 33, cy_ + 4 + k)], 1.8, caps=False)
    p.ink(face.mask(), "2b2036", 1.0)
    weeds = p.cut()
    for base in (70, 330, 1010, 1480, 1980):
        for _ in range(26):
            x = base + p.rng.normal(0, 32)
            a = p.rng.normal(0, 26)
            t = p.rng.gamma(4, 14)
            weeds.stroke(spline([(x, floor_ + 6), (x + a * 0.3, floor_ - t * 0.6), (x + a, floor_ - t)], 5), [7, 1], caps=False)
    p.ink(weeds.mask(), "56602f", 1.0)
    return p


def draw_shoes() -> Print:
    """Two running shoes on a doormat, from above. Look at the toes."""
    p = Print(1760, 1760, 113, "d8cdb4")
    w, h = p.w, p.h
    tile = p.cut()
    a = 220.0
    for i in range(-1, 9):
        for j in range(-1, 9):
            if (i + j) % 2:
                tile.rect(i * a - 60, j * a - 90, i * a + a - 60, j * a + a - 90)
    p.ink(tile.mask(rough=1), "b7673f", 1.0, 0.04)
    grout = p.cut()
    for i in range(-1, 9):
        grout.rect(i * a - 63, 0, i * a - 57, h).rect(0, i * a - 93, w, i * a - 87)
    p.ink(grout.mask(rough=0.8), "8d7c64", 1.0)
    # the mat, with its fringe; a little askew
    mat, stripe, fringe, shade = p.cut(), p.cut(), p.cut(), p.cut()
    turn = math.radians(-3)

    def on(x: float, y: float) -> Point:
        x, y = x - 880, y - 900
        return 880 + x * math.cos(turn) - y * math.sin(turn), 900 + x * math.sin(turn) + y * math.cos(turn)

    corners = [(180, 330), (1580, 330), (1580, 1500), (180, 1500)]
    mat.polygon([on(*c) for c in corners])
    shade.polygon([on(x + 22, y + 26) for x, y in corners])
    for x0, x1 in [(180, 262), (316, 340), (1420, 1444), (1498, 1580)]:
        stripe.polygon([on(x0, 330), on(x1, 330), on(x1, 1500), on(x0, 1500)])
    for y in np.arange(336, 1498, 13.0):
        for x, d in ((180, -1), (1580, 1)):
            fringe.stroke([on(x, y), on(x + d * p.rng.uniform(26, 46), y + p.rng.normal(0, 5))], [6, 2.5], caps=False)
    p.ink(shade.mask(), "6b4a35", 0.75, 0)
    p.ink(fringe.mask(), "e9dcbc", 1.0, 0)
    mm = mat.mask(rough=1.2)
    p.ink(mm, "274b57", 1.0, 0.03)
    p.ink(stripe.mask(rough=1.2) * mm, "e6a23c", 1.0, 0.03)
    cord = p.cut()
    for y in np.arange(340, 1500, 15.0):
        cord.stroke([on(186, y), on(1574, y)], 2.6, wobble=0.35, caps=False)
    p.ink(cord.mask() * mm, "16323c", 0.8, 0)

    def shoe(cx: float, cy: float, s: float, angle: float, scuff: bool) -> None:
        t = math.radians(angle)

        def at(x: float, y: float) -> Point:
            x, y = x * s, y * s
            return cx + x * math.cos(t) - y * math.sin(t), cy + x * math.sin(t) + y * math.cos(t)

        def shape(points: Sequence[Point], n: int = 10) -> list[Point]:
            return [at(*q) for q in spline([*points, points[0]], n)]

        outline = [(-60, -512), (20, -508), (98, -462), (152, -372), (168, -262), (150, -130), (128, 0), (128, 150), (138, 300), (118, 428), (56, 500),
                   (-18, 512), (-86, 490), (-126, 410), (-132, 290), (-116, 150), (-104, 20), (-122, -110), (-154, -240), (-170, -360), (-150, -452), (-108, -500)]
        big = [(x * 1.075, y * 1.035) for x, y in outline]
        sh = p.cut().polygon([(x + 26 * s, y + 32 * s) for x, y in shape(big)]).mask(soft=1.5)
        p.ink(sh, "0e1f27", 0.6, 0)
        p.ink(p.cut().polygon(shape(big)).mask(rough=1), "f3ead6", 1.0, 0.02)
        tread = p.cut()
        for i in range(0, 220, 8):
            q = shape(big)[i % len(shape(big))]
            r = shape([(x * 1.03, y * 1.015) for x, y in outline])[i % len(shape(big))]
            tread.stroke([q, r], 4, caps=False)
        p.ink(tread.mask(), "b7a888", 0.9, 0)
        upper = p.cut().polygon(shape(outline)).mask(rough=1)
        p.ink(upper, "d8502d", 1.0, 0.02)
        # mesh in front, rows of holes
        mesh = p.cut()
        for yy in np.arange(-470, -80, 19.0):
            for xx in np.arange(-160, 170, 19.0):
                mesh.ellipse(*at(xx + (9.5 if int(yy / 19) % 2 else 0), yy), 3.6 * s)
        p.ink(mesh.mask() * upper * p.cut().polygon(shape([(-140, -440), (0, -470), (130, -380), (140, -200), (60, -190), (0, -240), (-80, -200), (-140, -260)])).mask(), "8f2f22", 0.9, 0)
        cap_ = p.cut().polygon([*[at(*q) for q in spline([(-168, -372), (-120, -410), (-40, -430), (50, -410), (128, -430)], 8)], at(140, -560), at(-190, -560)]).mask(rough=1)
        p.ink(cap_ * upper, "b53a26", 1.0, 0.02)
        stripes = p.cut()
        for k in range(3):
            stripes.polygon([at(128 + 40, -60 + k * 74), at(128 + 40, -26 + k * 74), at(52, -86 + k * 74), at(52, -112 + k * 74)])
            stripes.polygon([at(-120 - 40, -60 + k * 74), at(-120 - 40, -26 + k * 74), at(-52, -86 + k * 74), at(-52, -112 + k * 74)])
        p.ink(stripes.mask(rough=0.8) * upper, "f6e3bd", 1.0, 0.02)
        heel = p.cut().polygon([at(-150, 352), at(150, 352), at(120, 540), at(-120, 540)]).mask(rough=1)
        p.ink(heel * upper, "274b57", 1.0, 0.02)
        hole = shape([(-4, 96), (54, 128), (82, 220), (84, 330), (58, 410), (0, 440), (-58, 412), (-84, 330), (-80, 220), (-52, 128)])
        lip = shape([(-4, 76), (68, 112), (100, 220), (102, 336), (70, 430), (0, 462), (-70, 432), (-102, 336), (-98, 220), (-66, 112)])
        p.ink(p.cut().polygon(lip).mask(rough=1), "f6e3bd", 1.0, 0.02)
        hm = p.cut().polygon(hole).mask(rough=1)
        p.ink(hm, "1c1a22", 1.0, 0)
        sole = shape([(0, 190), (50, 240), (54, 330), (30, 392), (0, 404), (-34, 392), (-58, 330), (-54, 240)])
        p.ink(p.cut().polygon(sole).mask(rough=1) * hm, "c99b58", 1.0, 0.02)
        p.ink(p.cut().polygon([(x - 16 * s, y - 20 * s) for x, y in sole]).mask(rough=1) * hm, "1c1a22", 0.55, 0)
        tongue = shape([(-46, -250), (46, -250), (56, -60), (60, 120), (30, 168), (-34, 168), (-62, 120), (-56, -60)])
        p.ink(p.cut().polygon(tongue).mask(rough=1), "274b57", 1.0, 0.02)
        label = shape([(-26, 92), (26, 92), (26, 140), (-26, 140)], 2)
        p.ink(p.cut().polygon(label).mask(rough=0.8), "f6e3bd", 1.0, 0)
        eyes, lace, under = p.cut(), p.cut(), p.cut()
        rows = np.linspace(-236, 70, 6)
        for k, yy in enumerate(rows):
            half = 60 + 4 * k
            for sgn in (-1, 1):
                eyes.ellipse(*at(sgn * half, yy), 11 * s)
            if k < 5:
                nxt = rows[k + 1]
                under.stroke([at(-half, yy), at(half + 4, nxt)], 17 * s)
                lace.stroke([at(half, yy), at(-half - 4, nxt)], 17 * s)
        lace.stroke([at(-60, -236), at(60, -236)], 17 * s)
        p.ink(eyes.mask(), "1c1a22", 1.0, 0)
        um, lm = under.mask(rough=0.8), lace.mask(rough=0.8)
        p.ink(np.roll(um, int(5 * s), 0), "1c1a22", 0.55, 0)
        p.ink(um, "e9d9b4", 1.0, 0)
        p.ink(np.roll(lm, int(6 * s), 0), "1c1a22", 0.55, 0)
        p.ink(lm, "fbf2dc", 1.0, 0)
        bow = p.cut()
        loops = ([(0, 74), (90, 30), (150, 64), (120, 112), (40, 96), (0, 80)], [(0, 74), (-84, 40), (-150, 90), (-110, 134), (-40, 104), (0, 80)]) if not scuff else ([(0, 74), (70, 60), (140, 110), (110, 150), (46, 110), (0, 82)], [(0, 74), (-96, 20), (-146, 54), (-130, 100), (-44, 96), (0, 82)])
        for loop in loops:
            bow.stroke([at(*q) for q in spline(loop, 10)], 14 * s)
        for tail in ([(0, 80), (60, 140), (70, 220), (120, 262)], [(0, 80), (-30, 160), (-88, 200), (-104, 270)]):
            bow.stroke([at(*q) for q in spline(tail, 10)], [13 * s, 13 * s, 10 * s])
        bow.oval(*at(0, 78), 19 * s, 15 * s, 0)
        bw_ = bow.mask(rough=0.8)
        p.ink(np.roll(np.roll(bw_, int(7 * s), 0), int(5 * s), 1), "1c1a22", 0.6, 0)
        p.ink(bw_, "fbf2dc", 1.0, 0)
        light = np.clip(upper - np.roll(np.roll(upper, 9, 1), 10, 0), 0, 1)
        p.ink(light * p.sponged(np.full_like(p.x, 0.8), 3.4), "f29a6a", 0.95, 0)
        dark = np.clip(upper - np.roll(np.roll(upper, -12, 1), -12, 0), 0, 1)
        p.ink(dark * p.sponged(np.full_like(p.x, 0.85), 3.4), "7d2a20", 0.9, 0)
        if scuff:
            mud = p.cut()
            for _ in range(60):
                mud.ellipse(*at(p.rng.normal(110, 38), p.rng.normal(-330, 90)), p.rng.gamma(2, 3.2))
            p.ink(mud.mask(rough=1.2) * p.cut().polygon(shape(big)).mask(), "5b4632", 1.0, 0)

    shoe(640, 918, 1.0, -9, True)
    shoe(1120, 898, 0.93, -3, False)
    # morning comes in under the door
    door = p.cut().rect(-10, -10, w + 10, 128).mask(rough=1)
    p.ink(door, "3d5b3c", 1.0, 0.03)
    panel = p.cut()
    for x0, x1 in ((90, 830), (930, 1670)):
        panel.rect(x0, -10, x1, 60)
    p.ink(panel.mask(rough=1), "2d452f", 1.0, 0.02)
    p.ink(p.cut().rect(-10, 128, w + 10, 146).mask(rough=1), "fff1c4", 1.0, 0)
    glow = smooth(330, 140, p.y) * (p.y > 146)
    p.ink(p.sponged(glow * 0.75, 4.0), "ffe9b0", 0.75, 0)
    return p




def capitals() -> dict[str, list[list[Point]]]:
    """The alphabet for the map, as strokes on a grid four wide and six high (y down)."""
    raw = {
        "A": [(0, 6, 2, 0, 4, 6), (0.7, 4, 3.3, 4)], "B": [(0, 6, 0, 0, 2.6, 0, 3.6, 1, 3.6, 2, 2.6, 3, 0, 3), (2.6, 3, 4, 4, 4, 5, 3, 6, 0, 6)],
        "C": [(4, 1, 3, 0, 1, 0, 0, 1, 0, 5, 1, 6, 3, 6, 4, 5)], "D": [(0, 0, 0, 6, 2.4, 6, 4, 4.4, 4, 1.6, 2.4, 0, 0, 0)],
        "E": [(4, 0, 0, 0, 0, 6, 4, 6), (0, 3, 3, 3)], "F": [(4, 0, 0, 0, 0, 6), (0, 3, 3, 3)],
        "G": [(4, 1, 3, 0, 1, 0, 0, 1, 0, 5, 1, 6, 3, 6, 4, 5, 4, 3.4, 2.4, 3.4)], "H": [(0, 0, 0, 6), (4, 0, 4, 6), (0, 3, 4, 3)], "I": [(2, 0, 2, 6)],
        "J": [(3.4, 0, 3.4, 5, 2.4, 6, 1, 6, 0, 5)], "K": [(0, 0, 0, 6), (4, 0, 0, 3.4), (1.3, 2.4, 4, 6)], "L": [(0, 0, 0, 6, 4, 6)],
        "M": [(0, 6, 0, 0, 2, 3.4, 4, 0, 4, 6)], "N": [(0, 6, 0, 0, 4, 6, 4, 0)], "O": [(1, 0, 3, 0, 4, 1, 4, 5, 3, 6, 1, 6, 0, 5, 0, 1, 1, 0)],
        "P": [(0, 6, 0, 0, 3, 0, 4, 1, 4, 2, 3, 3, 0, 3)], "R": [(0, 6, 0, 0, 3, 0, 4, 1, 4, 2, 3, 3, 0, 3), (1.8, 3, 4, 6)],
        "S": [(4, 1, 3, 0, 1, 0, 0, 1, 0, 2, 1, 2.8, 3, 3.2, 4, 4, 4, 5, 3, 6, 1, 6, 0, 5)], "T": [(0, 0, 4, 0), (2, 0, 2, 6)],
        "U": [(0, 0, 0, 5, 1, 6, 3, 6, 4, 5, 4, 0)], "V": [(0, 0, 2, 6, 4, 0)], "W": [(0, 0, 1, 6, 2, 2.6, 3, 6, 4, 0)], "X": [(0, 0, 4, 6), (4, 0, 0, 6)],
        "Y": [(0, 0, 2, 3, 4, 0), (2, 3, 2, 6)], "Z": [(0, 0, 4, 0, 0, 6, 4, 6)], "0": [(1, 0, 3, 0, 4, 1, 4, 5, 3, 6, 1, 6, 0, 5, 0, 1, 1, 0)],
        "1": [(0.8, 1.2, 2.2, 0, 2.2, 6)], "2": [(0, 1, 1, 0, 3, 0, 4, 1, 4, 2, 0, 6, 4, 6)], "4": [(3, 6, 3, 0, 0, 4, 4, 4)],
        "6": [(3.6, 0.4, 2, 0, 0.6, 1.4, 0, 3.4, 0, 5, 1, 6, 3, 6, 4, 5, 4, 4, 3, 3, 1, 3, 0, 4)], "7": [(0, 0, 4, 0, 1.4, 6)],
        "8": [(1, 0, 3, 0, 4, 1, 4, 2, 3, 3, 1, 3, 0, 4, 0, 5, 1, 6, 3, 6, 4, 5, 4, 4, 3, 3, 1, 3, 0, 2, 0, 1, 1, 0)],
        ".": [(0.4, 5.7, 0.7, 6)], ",": [(0.7, 5.4, 0.3, 6.8)], "'": [(0.6, 0, 0.4, 1.2)], "-": [(0.6, 3, 3.4, 3)], "Ç": [(4, 1, 3, 0, 1, 0, 0, 1, 0, 5, 1, 6, 3, 6, 4, 5), (2, 6, 2.4, 6.8, 1.4, 7.4)],
    }
    return {k: [[(s[i], s[i + 1]) for i in range(0, len(s), 2)] for s in v] for k, v in raw.items()}


def draw_map() -> Print:
    """Exhibit C: a surveyor's map in ink on tracing paper, with one mile on it in red pencil."""
    p = Print(1800, 1800, 127, "eeece0")
    w, h = p.w, p.h
    alphabet = capitals()
    p.lay(p.ramp(np.clip(0.5 + 0.3 * p.noise(900, 3), 0, 1), ["e2e2d6", "edebde", "f3f0e2"], 0.03))
    p.ink(p.sponged(np.clip(0.10 + 0.16 * p.noise(220, 3), 0, 0.3)), "d3d6cc", 0.5)
    # the folds
    for c, vertical in ((600, True), (1205, True), (890, False)):
        d = (p.x if vertical else p.y) - c - 3 * np.sin((p.y if vertical else p.x) / 300)
        p.ink(smooth(16, 0, np.abs(d - 8)) * 0.55, "c6c6b8", 0.7)
        p.ink(smooth(7, 0, np.abs(d + 3)), "fbf9ee", 0.8)
    ink, thin, hatch, red, green, blue = (p.cut() for _ in range(6))

    def pen(st: Stencil, pts: Sequence[Point], width: float, shake: float = 0.9) -> None:
        fine: list[Point] = []
        for a, b in itertools.pairwise(pts):
            n = max(2, int(math.hypot(b[0] - a[0], b[1] - a[1]) / 9))
            fine += [(a[0] + (b[0] - a[0]) * i / n, a[1] + (b[1] - a[1]) * i / n) for i in range(n)]
        fine.append(pts[-1])
        j = np.convolve(p.rng.normal(size=len(fine) + 6), np.ones(7) / 3.5, "valid")[: len(fine)]
        fine = [(x + j[i] * shake * 0.5, y + j[i] * shake * 0.6) for i, (x, y) in enumerate(fine)]
        st.stroke(fine, width, wobble=0.13)

    def text(words: str, x: float, y: float, size: float, angle: float = 0, width: float | None = None, st: Stencil | None = None, gap: float = 1.7) -> float:
        c, s, k = math.cos(math.radians(angle)), math.sin(math.radians(angle)), size / 6
        at = 0.0
        for ch in words:
            if ch == " ":
                at += 3.2 * k
                continue
            wide = 4.0 if ch not in "I1.,'" else 2.4
            off = -0.8 if ch in "I" else 0
            for run in alphabet[ch]:
                pts = [(at + (a + off) * k + 0.16 * k * (6 - b), b * k) for a, b in run]
                pen(st or ink, [(x + a * c - b * s, y + a * s + b * c) for a, b in pts], width or max(2.2, size * 0.085), 0.5)
            at += (wide + gap) * k
        return at

    # streets: centre lines, half widths
    streets = [
        ([(120, 1420), (420, 1404), (760, 1372), (1130, 1392), (1700, 1350)], 30),   # Alma Street
        ([(470, 1660), (440, 1404), (420, 1120), (446, 830), (430, 560), (452, 190)], 30),  # Whitworth Road
        ([(140, 860), (446, 830), (800, 800), (1150, 838), (1480, 800), (1690, 786)], 34),  # Yorkshire Street
        ([(1130, 1640), (1130, 1392), (1166, 1110), (1150, 838), (1196, 560), (1180, 330), (1200, 180)], 28),  # Mill Lane
        ([(150, 560), (430, 560), (800, 530), (1196, 560), (1680, 520)], 26),  # Back Sim
        ([(760, 1372), (780, 1090), (800, 800)], 20),
        ([(1480, 800), (1500, 1080), (1470, 1366)], 22),
        ([(800, 530), (786, 190)], 20),
    ]
    road = p.cut()
    lines = [(spline(pts, 20), half) for pts, half in streets]
    for pts, half in lines:
        road.stroke(pts, half * 2)
    rm = road.mask(rough=0.8)
    edge = np.clip(np.asarray(Image.fromarray((rm * 255).astype(np.uint8)).filter(ImageFilter.MaxFilter(7)), dtype=np.float32) / 255 - rm, 0, 1)
    # terraces along the streets, and the ground they must keep off
    taken = np.zeros((h, w), dtype=bool)
    for bx0, by0, bx1, by1 in [(1210, 180, 1640, 480), (836, 850, 1110, 1110), (1120, 1390, 1720, 1750), (60, 90, 330, 420), (1196, 850, 1450, 1040),
                               (120, 1470, 430, 1690), (478, 1120, 700, 1330), (530, 850, 780, 970)]:
        taken[by0:by1, bx0:bx1] = True
    for (pts, half), (depth, _skip) in zip(lines, [(74, 0), (70, 0), (64, 0), (70, 0), (60, 0), (54, 0), (56, 0), (54, 0)], strict=True):
        arr = np.array(pts)
        run = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(arr, axis=0).T))])
        for side in (-1, 1):
            s0 = 34.0
            while s0 < run[-1] - 60:
                count = int(p.rng.integers(4, 9))
                front = 40.0
                ok = True
                corners = []
                for s_ in (s0, s0 + count * front):
                    i = min(len(arr) - 2, int(np.searchsorted(run, min(s_, run[-1] - 1))))
                    tvec = arr[min(i + 1, len(arr) - 1)] - arr[max(i - 1, 0)]
                    tvec = tvec / np.hypot(*tvec)
                    nvec = np.array([-tvec[1], tvec[0]]) * side
                    base = arr[i]
                    corners.append((base + nvec * (half + 12), base + nvec * (half + 12 + depth)))
                (a0, b0), (a1, b1) = corners
                for frac in np.linspace(0, 1, 9):
                    for q in (a0 + (a1 - a0) * frac, b0 + (b1 - b0) * frac):
                        x, y = int(q[0]), int(q[1])
                        if not (70 < x < w - 70 and 110 < y < h - 90) or rm[y, x] > 0.1 or taken[y, x]:
                            ok = False
                if ok:
                    plot = np.array([a0, a1, b1, b0])
                    lo_, hi_ = plot.min(axis=0).astype(int) - 10, plot.max(axis=0).astype(int) + 10
                    taken[lo_[1] : hi_[1], lo_[0] : hi_[0]] = True
                    pen(ink, [tuple(a0), tuple(a1), tuple(b1), tuple(b0), tuple(a0)], 3.4)
                    for k in range(1, count):
                        f0 = k / count
                        pen(thin, [tuple(a0 + (a1 - a0) * f0), tuple(b0 + (b1 - b0) * f0)], 2.2)
                    n = int(np.hypot(*(a1 - a0)) / 9)
                    for k in range(n):
                        f0, f1 = k / n, min(1, k / n + 0.05)
                        pen(hatch, [tuple(b0 + (b1 - b0) * f0), tuple(b0 + (b1 - b0) * f1 + (a0 - b0) * 0.44)], 1.5, 0.3)
                    s0 += count * front + p.rng.uniform(26, 60)
                else:
                    s0 += 22
    p.ink(edge, "23324f", 0.9)
    p.ink(rm * p.sponged(np.full_like(p.x, 0.35)), "fbf7e6", 0.9)

    # home, school, library, butcher, and what lies in the way
    def block(x0: float, y0: float, x1: float, y1: float, step: float = 11) -> None:
        pen(ink, [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)], 4.6)
        for k in np.arange(step, (x1 - x0) + (y1 - y0), step):
            a = (x0 + min(k, x1 - x0), y0 + max(0, k - (x1 - x0)))
            b = (x0 + max(0, k - (y1 - y0)), y0 + min(k, y1 - y0))
            pen(hatch, [a, b], 1.7, 0.3)

    block(330, 1478, 402, 1546, 8)
    text("HOME", 196, 1498, 34)
    block(1286, 290, 1560, 402)
    for x in (1330, 1400, 1470):
        pen(ink, [(x, 402), (x, 428), (x + 34, 428), (x + 34, 402)], 3.4)
    pen(ink, [(1240, 262), (1612, 262), (1612, 462), (1240, 462), (1240, 262)], 2.6)
    text("SCHOOL", 1330, 196, 40)
    block(872, 884, 1062, 1000)
    text("LIBRARY", 866, 1030, 32)
    text("NOTICE", 1072, 876, 15, 90)
    block(1232, 896, 1318, 968, 8)
    text("BUTCHER", 1216, 990, 26)
    for k, (rx, ry) in enumerate([(30, 58), (21, 42), (11, 24)]):  # the puddle, sounded
        pen(blue, [(436 + rx * math.cos(a) * (1 + 0.14 * math.sin(3 * a)), 1216 + ry * math.sin(a) * (1 + 0.1 * math.cos(2 * a + k))) for a in np.linspace(0, 6.28, 44)], 3.0)
    text("PUDDLE", 496, 1184, 30, 0, st=blue)
    text("11 IN.", 496, 1226, 20, 0, st=blue)
    for k in range(6):  # the crossing
        ink.polygon([(700 + k * 17, 772), (709 + k * 17, 772), (711 + k * 17, 838), (702 + k * 17, 838)])
    cx_, cy_ = 752.0, 888.0
    pen(ink, [(cx_, cy_ + 54), (cx_, cy_ + 8)], 3.6)
    pen(ink, [(cx_ + 21 * math.cos(a), cy_ - 12 + 21 * math.sin(a)) for a in np.linspace(0, 6.3, 30)], 3.6)
    text("LOLLIPOP", 556, 876, 24)
    text("LADY", 608, 912, 24)
    dogx, dogy = 1338.0, 938.0
    for run in ([(0, 0), (6, -22), (46, -24), (58, -40), (72, -36), (76, -26), (60, -20), (52, -14), (54, 4)], [(46, 2), (44, -12), (14, -10), (10, 2)], [(6, -22), (-6, -36)], [(58, -40), (57, -51), (65, -40)]):
        pen(ink, [(dogx + a * 0.95, dogy + b * 0.95) for a, b in run], 3.2, 0.5)
    text("DOG", 1350, 952, 22)
    for x, y in [(110, 470), (180, 500), (250, 462), (140, 690), (300, 700), (620, 660), (980, 680), (1020, 640), (620, 1000), (640, 1120), (930, 1230), (980, 1180), (1320, 1200), (1360, 1110), (1620, 640), (1600, 1000), (590, 330), (1000, 300), (640, 1260), (960, 380)]:
        r = p.rng.uniform(13, 24)
        for k in range(7):
            a = k * 0.9 + p.rng.uniform(0, 1)
            pen(green, [(x + r * math.cos(a + t), y + r * math.sin(a + t)) for t in np.linspace(0, 0.75, 6)], 2.6, 0.5)
        pen(green, [(x, y), (x + r * 0.5, y + r * 0.5)], 1.8)
    text("WHITWORTH RD", 428, 520, 25, -88)
    text("YORKSHIRE ST", 1424, 792, 22, -3)
    text("ALMA STREET", 800, 1358, 25, 3)
    text("MILL LANE", 1124, 1335, 25, -84)
    text("BACK SIM", 880, 528, 22, 3)

    # the mile
    route = [(366, 1474), (372, 1430), (414, 1396), (418, 1290), (404, 1268), (398, 1216), (404, 1164), (420, 1140), (440, 1040), (446, 900), (470, 846), (600, 832), (690, 826),
             (742, 838), (744, 776), (800, 778), (960, 790), (1060, 806), (1078, 832), (1062, 846), (1048, 832), (1074, 812), (1150, 820), (1190, 852), (1268, 852), (1360, 846), (1392, 812),
             (1330, 786), (1200, 792), (1168, 740), (1186, 640), (1190, 560), (1190, 490), (1240, 470), (1410, 446), (1412, 406)]
    fine = spline(route, 14)
    arr = np.array(fine)
    run = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(arr, axis=0).T))])
    for off in (0, 1.6):
        j = np.convolve(p.rng.normal(size=len(fine) + 8), np.ones(9) / 5, "valid")
        red.stroke([(x + j[i] * 1.6 + off, y + j[i] * 1.4) for i, (x, y) in enumerate(fine)], 8.5, wobble=0.18)
    for k in range(1, 18):
        s_ = run[-1] * k / 17.61
        i = min(len(arr) - 2, int(np.searchsorted(run, s_)))
        t = arr[min(i + 2, len(arr) - 1)] - arr[max(0, i - 2)]
        t = t / np.hypot(*t)
        ln = 22 if k % 5 == 0 else 13
        red.stroke([(arr[i][0] - t[1] * ln, arr[i][1] + t[0] * ln), (arr[i][0] + t[1] * ln, arr[i][1] - t[0] * ln)], 4.6)
    red.ellipse(366, 1474, 13)
    for a in (2.2, 4.1):
        red.stroke([(1412, 404), (1412 + 30 * math.cos(a - 1.6), 404 + 34 * abs(math.sin(a - 1.6)) + 4)], 6)

    # the draughtsman's furniture
    pen(ink, [(52, 70), (w - 52, 66), (w - 50, h - 62), (54, h - 60), (52, 70)], 5.2)
    pen(thin, [(68, 86), (w - 68, 82), (w - 66, h - 78), (70, h - 76), (68, 86)], 2.4)
    nx, ny = 196.0, 266.0
    pen(ink, [(nx, ny + 120), (nx, ny - 100)], 3.6)
    ink.polygon([(nx, ny - 112), (nx - 26, ny - 20), (nx, ny - 42)])
    pen(ink, [(nx, ny - 112), (nx + 26, ny - 20), (nx, ny - 42)], 3.2)
    pen(thin, [(nx + 72 * math.cos(a), ny + 30 + 72 * math.sin(a)) for a in np.linspace(0, 6.3, 60)], 2.2)
    pen(thin, [(nx - 92, ny + 30), (nx + 92, ny + 30)], 2.2)
    text("N", nx - 16, ny - 164, 40)
    x0, y0 = 1150.0, 1416.0
    pen(ink, [(x0, y0), (1690, y0 - 4), (1692, 1708), (x0 + 2, 1710), (x0, y0)], 3.8)
    text("EXHIBIT C", x0 + 36, y0 + 30, 58, width=6.2)
    text("THE ROUTE OF A", x0 + 38, y0 + 112, 25)
    text("SENSIBLE GIRL", x0 + 38, y0 + 150, 25)
    text("1761 YDS.", x0 + 40, y0 + 194, 38, width=5.6, st=red)
    for k in range(4):
        a, b = x0 + 40 + k * 96, x0 + 136 + k * 96
        (ink.polygon([(a, y0 + 252), (b, y0 + 252), (b, y0 + 263), (a, y0 + 263)]) if k % 2 else pen(ink, [(a, y0 + 252), (b, y0 + 252), (b, y0 + 263), (a, y0 + 263), (a, y0 + 252)], 2.4))
    text("0", x0 + 36, y0 + 271, 15)
    text("440 YDS", x0 + 396, y0 + 271, 15)
    pen(thin, spline([(112, 1722), (150, 1700), (134, 1732), (170, 1712), (190, 1724), (240, 1694), (228, 1730), (262, 1714), (330, 1716), (420, 1700)], 8), 3.0)
    text("O. ÇELIK", 112, 1646, 24)

    p.ink(green.mask() * p.sponged(np.full_like(p.x, 0.9)), "5f7f56", 0.85)
    p.ink(hatch.mask(), "41527a", 0.62)
    p.ink(thin.mask(), "2a3a5c", 0.85)
    p.ink(blue.mask(), "2f6f9c", 0.9)
    p.ink(ink.mask() * np.clip(0.93 + 0.12 * p.noise(40, 2), 0, 1), "1d2a47", 0.96)
    waxy = np.clip(0.72 + 0.55 * p.noise(6, 2), 0, 1)
    p.ink(red.mask(rough=0.8) * p.sponged(waxy, 3.0), "c8322b", 0.95)
    # a cup stood here; and four bits of tape
    d = np.hypot(p.x - 1560, p.y - 1210) + 3 * p.noise(90, 2)
    ring_ = np.exp(-(((d - 128) / 5) ** 2)) * (0.55 + 0.45 * np.sin(np.arctan2(p.y - 1210, p.x - 1560) * 1.5 + 1)) + 0.35 * np.exp(-(((d - 119) / 10) ** 2))
    p.ink(np.clip(ring_, 0, 1), "b78a55", 0.42, multiply=True)
    for x, y, a in [(40, 40, -45), (w - 40, 40, 45), (40, h - 40, 45), (w - 40, h - 40, -45)]:
        t = p.cut().polygon([(x + u * math.cos(math.radians(a)) - v * math.sin(math.radians(a)), y + u * math.sin(math.radians(a)) + v * math.cos(math.radians(a))) for u, v in ((-120, -34), (120, -34), (120, 34), (-120, 34))]).mask()
        p.ink(t, "ecd9a0", 0.62, multiply=False)
    return p


def draw_balcony() -> Print:
    """A marathon from the third floor, over the rail: one banana, and one red hat."""
    p = Print(1640, 2240, 131, "e9dfc8")
    w, h, vx, hy, k = p.w, p.h, 1010.0, 150.0, 1650.0

    def ground(gx: float, gz: float, up: float = 0.0) -> Point:
        return vx + gx * 100 / gz, hy + (k - up * 112) / gz

    # sky and the far end of the street
    p.lay(p.ramp(np.clip(p.y / 420 + 0.06 * p.noise(300, 2), 0, 1), ["9ec3c4", "c9d6bd", "f3dfae"], 0.05))
    p.ink(p.sponged(np.clip(1 - np.hypot(p.x - 1120, (p.y - 150) * 1.2) / 420, 0, 1) ** 1.5 * 0.8), "ffe7a8", 0.8)
    road = p.cut().polygon([ground(-6.2, 60), ground(5.0, 60), ground(5.0, 0.7), ground(-6.2, 0.7)]).mask()
    smooth(hy + 20, hy + 30, p.y)
    walk = p.cut().polygon([ground(-9.4, 60), ground(8.2, 60), ground(8.2, 0.7), ground(-9.4, 0.7)]).mask()
    d = np.clip((p.y - hy) / (h - hy), 0, 1)
    p.lay(p.ramp(np.clip(d**0.6, 0, 1), ["f2dca8", "ddc7a0", "bfae99", "9f978f"], 0.05), walk)
    p.lay(p.ramp(np.clip(d**0.6 + 0.03 * p.noise(200, 2), 0, 1), ["f0cf94", "cdb38f", "9c9490", "7c7f88"], 0.05), road)
    paint = p.cut()
    for gx in (-0.75, -0.45):
        paint.polygon([ground(gx, 50), ground(gx + 0.12, 50), ground(gx + 0.12, 0.7), ground(gx, 0.7)])
    for z in np.arange(1.0, 16, 0.55):
        paint.polygon([ground(-3.5, z), ground(-3.36, z), ground(-3.36, z + 0.22), ground(-3.5, z + 0.22)])
    p.ink(paint.mask(rough=1.2) * road, "f0cf78", 0.75)
    blue = p.cut().polygon([ground(1.9, 50), ground(2.06, 50), ground(2.06, 0.7), ground(1.9, 0.7)]).mask(rough=1.2)
    p.ink(blue * road * p.sponged(np.full_like(p.x, 0.75)), "3f7fa8", 0.8)
    kerb = p.cut()
    for gx in (-6.3, 5.0):
        kerb.polygon([ground(gx, 60), ground(gx + 0.16, 60), ground(gx + 0.16, 0.7), ground(gx, 0.7)])
    p.ink(kerb.mask(), "e9dcc0", 0.9)

    # houses: fronts in steep perspective, each its own colour, the left side in shade
    def front(side: int, z0: float, z1: float, colour: str, floors: int, shade: float) -> None:
        gx = -9.4 if side < 0 else 8.2
        top = 5.2 + floors * 4.1
        quad = [ground(gx, z0), ground(gx, z1), ground(gx, z1, top), ground(gx, z0, top)]
        m = p.cut().polygon(quad).mask(rough=1)
        p.ink(m, colour, 1.0, 0.06)
        win, sill, door = p.cut(), p.cut(), p.cut()
        bays = max(2, round((z1 - z0) / (0.26 * (0.75 + z0 * 0.25))))
        for i in range(bays):
            f0, f1 = (i + 0.24) / bays, (i + 0.76) / bays
            # equal bays in the street, so unequal ones on the page
            za, zb = z0 + (z1 - z0) * f0, z0 + (z1 - z0) * f1
            for fl in range(floors):
                u0 = 6.0 + fl * 4.1
                win.polygon([ground(gx, za, u0), ground(gx, zb, u0), ground(gx, zb, u0 + 2.5), ground(gx, za, u0 + 2.5)])
                sill.polygon([ground(gx, za - 0.01, u0 - 0.3), ground(gx, zb + 0.01, u0 - 0.3), ground(gx, zb + 0.01, u0), ground(gx, za - 0.01, u0)])
            if i % 2 == 0:
                door.polygon([ground(gx, za, 0), ground(gx, zb, 0), ground(gx, zb, 3.6), ground(gx, za, 3.6)])
            else:
                win.polygon([ground(gx, za, 1.2), ground(gx, zb, 1.2), ground(gx, zb, 3.8), ground(gx, za, 3.8)])
        cornice = p.cut().polygon([ground(gx, z0, top), ground(gx, z1, top), ground(gx + side * -0.35, z1, top + 0.7), ground(gx + side * -0.35, z0, top + 0.7)]).mask(rough=0.8)
        p.ink(win.mask(rough=0.8) * m, "2e4655" if side < 0 else "6f93a0", 0.95)
        p.ink(sill.mask() * m, "e9dcc0", 0.8)
        p.ink(door.mask(rough=0.8) * m, "5a3a33" if side < 0 else "8c4a38", 0.95)
        p.ink(cornice, "51403a" if side < 0 else "b78a63", 1.0)
        if shade:
            p.ink(m * p.sponged(np.clip(shade + 0.15 * p.noise(160, 2), 0, 0.85)), "37415a", 0.7)
        else:
            p.ink(m * p.sponged(np.clip(0.22 + 0.2 * p.noise(160, 2), 0, 0.6)), "ffe2a4", 0.6)

    rows = np.geomspace(0.86, 46, 15)
    colours_l = ["9a5746", "b27a58", "7e5f5a", "a3674c", "8d7462", "a65f4a", "87695c", "9b7357", "8a6b62", "a07a62", "93786a", "a58a72", "b09a80", "baa88c"]
    colours_r = ["d98e5f", "e6bb84", "c9755a", "dfa878", "e8cb9a", "cf8463", "e3b487", "d99a6e", "e8c595", "ddb284", "e6c89c", "e9cfa5", "ecd6ae", "eedcb6"]
    for i in range(len(rows) - 2, -1, -1):
        front(-1, rows[i], rows[i + 1], colours_l[i], [3, 4, 3, 3, 4, 3][i % 6], 0.5)
        front(1, rows[i], rows[i + 1], colours_r[i], [3, 3, 4, 3, 3, 4][i % 6], 0.0)
    p.ink(p.sponged(np.clip(1 - np.hypot((p.x - vx) / 330, (p.y - hy - 30) / 190), 0, 1) ** 1.3 * 0.9), "f8e3b0", 0.75)
    # trees, in rows, in yellow leaf
    for z in (13.0, 8.6, 6.0, 4.3, 3.1, 2.3):
        for gx in (-7.3, 6.2):
            b, t = ground(gx, z), ground(gx, z, 4.8)
            s = 100 / z
            trunk = p.cut().stroke([b, t], [0.28 * s, 0.18 * s], caps=False).mask(rough=0.6)
            crown_ = p.cut()
            for _ in range(70):
                a = p.rng.uniform(0, 6.28)
                r = p.rng.random() ** 0.5
                crown_.oval(t[0] + math.cos(a) * r * 1.25 * s, t[1] + math.sin(a) * r * 1.15 * s, p.rng.uniform(0.16, 0.36) * s, p.rng.uniform(0.12, 0.28) * s, p.rng.uniform(0, 180))
            shadow = p.cut().oval(b[0] - 1.6 * s, b[1] + 0.22 * s, 1.7 * s, 0.42 * s, 4).mask(soft=1)
            p.ink(shadow * p.sponged(np.full_like(p.x, 0.8)), "4c5169", 0.6, multiply=True)
            p.ink(trunk, "3d3430", 1.0)
            cm = crown_.mask(rough=1.2)
            p.ink(cm, "c98b2d", 1.0)
            p.ink(cm * p.sponged(np.clip((p.x - t[0]) / (2.2 * s) + (t[1] - p.y) / (2.5 * s) + 0.25, 0, 0.85)), "f2c552", 0.95)
            p.ink(cm * p.sponged(np.clip((t[0] - p.x) / (2.4 * s) + (p.y - t[1]) / (2.6 * s), 0, 0.8)), "85551f", 0.8)

    # people: the crowd on the pavements, and the runners
    inks = ["c8402f", "2f5f86", "f1ead8", "2f7a68", "e08a2e", "7b4a86", "20303c", "e7c24a"]
    tops = [p.cut() for _ in inks]
    legs, _heads, shades, hair = p.cut(), p.cut(), p.cut(), p.cut()
    skins = [p.cut(), p.cut(), p.cut()]

    def runner(gx: float, gz: float, ink_: int, running: bool, tone: int) -> None:
        x, y = ground(gx, gz)
        s = 196 / gz * p.rng.uniform(0.92, 1.06)
        ph = p.rng.choice([-1, 1]) * p.rng.uniform(0.5, 1) if running else 0.12
        shades.stroke([(x, y), (x - 0.52 * s, y + 0.10 * s)], [0.12 * s, 0.16 * s])
        shades.oval(x - 0.80 * s, y + 0.155 * s, 0.22 * s, 0.075 * s, 10)
        legs.stroke([(x - 0.02 * s, y - 0.44 * s), (x - 0.09 * s * ph, y - 0.2 * s), (x - 0.05 * s * ph, y)], [0.10 * s, 0.05 * s])
        legs.stroke([(x + 0.02 * s, y - 0.44 * s), (x + 0.11 * s * ph, y - 0.24 * s), (x + 0.07 * s * ph, y - (0.14 * s if running else 0))], [0.10 * s, 0.05 * s])
        tops[ink_].stroke([(x, y - 0.76 * s), (x, y - 0.46 * s)], [0.22 * s, 0.17 * s])
        for sd in (-1, 1):
            skins[tone].stroke([(x + sd * 0.12 * s, y - 0.74 * s), (x + sd * 0.19 * s, y - 0.58 * s), (x + sd * (0.12 if running else 0.16) * s + 0.06 * s * ph * sd, y - (0.56 if running else 0.42) * s)], [0.065 * s, 0.05 * s])
        skins[tone].oval(x, y - 0.92 * s, 0.085 * s, 0.10 * s, 0)
        hair.oval(x, y - 0.96 * s, 0.088 * s, 0.07 * s, 0)

    people: list[tuple[float, float, int, bool, int]] = []
    for _ in range(620):
        z = 1 / p.rng.uniform(1 / 16, 1 / 1.32)
        if p.rng.random() < 0.18:
            z = p.rng.uniform(5, 18)
        gx = float(np.clip(p.rng.normal(0.6, 2.1), -5.4, 4.4))
        if abs(gx + 4.3) < 1.9 and 1.5 < z < 2.4:
            continue
        if abs(gx - 1.6) < 1.0 and 1.75 < z < 2.25:
            continue
        if all((gx - q[0]) ** 2 + ((z - q[1]) * 8 / max(1, z)) ** 2 > 0.22 for q in people[-120:]):
            people.append((gx, z, int(p.rng.integers(0, 7)), True, int(p.rng.integers(0, 3))))
    for _ in range(420):
        z = 1 / p.rng.uniform(1 / 16, 1 / 1.3)
        gx = p.rng.uniform(-8.6, -6.5) if p.rng.random() < 0.6 else p.rng.uniform(5.3, 6.9)
        people.append((gx, z, int(p.rng.integers(0, 7)), False, int(p.rng.integers(0, 3))))
    for q in sorted(people, key=lambda q: -q[1]):
        runner(*q)
    p.ink(shades.mask(), "3f4664", 0.62, multiply=True)
    p.ink(legs.mask(), "2c2f3a", 1.0, 0)
    for st, tone in zip(skins, ("e3a778", "b5774d", "7a4a33"), strict=True):
        p.ink(st.mask(), tone, 1.0, 0)
    for st, c in zip(tops, inks, strict=True):
        p.ink(st.mask(), c, 1.0, 0.03)
    p.ink(hair.mask(), "33241f", 1.0, 0)
    # the red hat, both arms up
    x, y = ground(1.6, 2.0)
    s = 205 / 2.0
    hat, body, arms, sh = p.cut(), p.cut(), p.cut(), p.cut()
    sh.stroke([(x, y), (x - 0.9 * s, y + 0.16 * s)], [0.14 * s, 0.2 * s])
    body.stroke([(x, y - 0.76 * s), (x, y - 0.46 * s)], [0.24 * s, 0.19 * s])
    limb(arms, (x - 0.1 * s, y - 0.74 * s), (x - 0.27 * s, y - 0.98 * s), (x - 0.22 * s, y - 1.22 * s), widths=[0.08 * s, 0.06 * s, 0.055 * s])
    limb(arms, (x + 0.1 * s, y - 0.74 * s), (x + 0.27 * s, y - 0.98 * s), (x + 0.30 * s, y - 1.22 * s), widths=[0.08 * s, 0.06 * s, 0.055 * s])
    arms.oval(x, y - 0.92 * s, 0.095 * s, 0.11 * s, 0)
    legs2 = p.cut().stroke([(x, y - 0.44 * s), (x - 0.08 * s, y)], [0.1 * s, 0.05 * s]).stroke([(x, y - 0.44 * s), (x + 0.12 * s, y - 0.2 * s), (x + 0.08 * s, y - 0.12 * s)], [0.1 * s, 0.05 * s])
    hat.polygon(spline([(x - 0.12 * s, y - 0.95 * s), (x - 0.09 * s, y - 1.05 * s), (x, y - 1.09 * s), (x + 0.09 * s, y - 1.05 * s), (x + 0.12 * s, y - 0.95 * s)], 6)).rect(x - 0.14 * s, y - 0.975 * s, x + 0.14 * s, y - 0.94 * s)
    p.ink(sh.mask(), "3f4664", 0.62, multiply=True)
    p.ink(legs2.mask(), "2c2f3a", 1.0, 0)
    p.ink(body.mask(), "f1ead8", 1.0, 0)
    p.ink(arms.mask(), "c98a5c", 1.0, 0)
    p.ink(hat.mask(), "d92f22", 1.0, 0)
    # the banana, on the kerb
    bx, by = ground(-5.35, 1.86)
    s = 165.0
    flesh, skin_, legs3, sh2 = p.cut(), p.cut(), p.cut(), p.cut()
    sh2.oval(bx - 0.45 * s, by + 0.03 * s, 0.75 * s, 0.15 * s, 6)
    legs3.stroke([(bx + 0.02 * s, by - 0.20 * s), (bx + 0.34 * s, by - 0.14 * s), (bx + 0.40 * s, by + 0.14 * s)], [0.11 * s, 0.07 * s])
    legs3.stroke([(bx + 0.02 * s, by - 0.12 * s), (bx + 0.26 * s, by - 0.02 * s), (bx + 0.24 * s, by + 0.22 * s)], [0.11 * s, 0.07 * s])
    flesh.polygon(spline([(bx - 0.14 * s, by - 0.5 * s), (bx - 0.10 * s, by - 0.95 * s), (bx + 0.06 * s, by - 1.26 * s), (bx + 0.20 * s, by - 1.22 * s), (bx + 0.17 * s, by - 0.9 * s), (bx + 0.17 * s, by - 0.5 * s), (bx - 0.14 * s, by - 0.5 * s)], 8))
    skin_.polygon(spline([(bx - 0.22 * s, by - 0.02 * s), (bx - 0.25 * s, by - 0.35 * s), (bx - 0.18 * s, by - 0.66 * s), (bx, by - 0.58 * s), (bx + 0.2 * s, by - 0.66 * s), (bx + 0.25 * s, by - 0.32 * s), (bx + 0.18 * s, by - 0.02 * s), (bx, by + 0.06 * s), (bx - 0.22 * s, by - 0.02 * s)], 8))
    for tip, mid_ in (((-0.52, -0.30), (-0.40, -0.62)), ((0.50, -0.34), (0.42, -0.66)), ((0.04, -0.28), (0.03, -0.5))):
        skin_.stroke(spline([(bx + tip[0] * 0.25 * s, by - 0.62 * s), (bx + mid_[0] * s, by + mid_[1] * s), (bx + tip[0] * s, by + tip[1] * s)], 10), [0.20 * s, 0.19 * s, 0.05 * s])
    p.ink(sh2.mask(), "3f4664", 0.62, multiply=True)
    p.ink(legs3.mask(), "2c2f3a", 1.0, 0)
    fm, sm = flesh.mask(rough=0.8), skin_.mask(rough=0.8)
    p.ink(fm, "fff1c0", 1.0, 0)
    p.ink(fm * p.sponged(np.clip((bx - p.x) / (0.3 * s) + 0.3, 0, 0.8)), "d9b673", 0.8)
    p.ink(sm, "f4c51e", 1.0, 0)
    p.ink(sm * p.sponged(np.clip((bx - 0.05 * s - p.x) / (0.35 * s) + 0.2, 0, 0.85)), "b8860f", 0.85)
    face = p.cut()
    face.oval(bx + 0.05 * s, by - 0.84 * s, 0.105 * s, 0.125 * s, 8)
    p.ink(face.mask(), "c98a5c", 1.0, 0)
    marks = p.cut().stroke([(bx + 0.0 * s, by - 0.87 * s), (bx + 0.045 * s, by - 0.86 * s)], 3).stroke([(bx + 0.075 * s, by - 0.86 * s), (bx + 0.12 * s, by - 0.87 * s)], 3).ellipse(bx + 0.06 * s, by - 0.785 * s, 6, 5)
    p.ink(marks.mask(), "40241c", 1.0, 0)

    # our own balcony: the rail, a sheet over it, the wok and the ladle
    slab = p.cut().polygon([(-10, 2020), (w + 10, 1976), (w + 10, h + 10), (-10, h + 10)]).mask(rough=1)
    p.ink(slab, "51404a", 1.0)
    p.ink(slab * p.sponged(np.clip(0.3 + 0.3 * p.noise(60, 2, (3, 0.6)), 0, 1)), "6d5560", 0.7)
    rail = p.cut()
    slope = -44 / w
    y_at = lambda xx, base: base + slope * xx  # noqa: E731
    for xx in np.arange(30, w, 74.0):
        rail.stroke([(xx, y_at(xx, 1706)), (xx, y_at(xx, 2070))], 15, caps=False)
        rail.stroke([(xx + 22 * math.cos(a), y_at(xx, 1880) + 22 * math.sin(a)) for a in np.linspace(0, 6.3, 24)], 6)
    rail.stroke([(-10, y_at(0, 2076)), (w + 10, y_at(w, 2076))], 20, caps=False)
    rail.stroke([(-10, y_at(0, 1690)), (w + 10, y_at(w, 1690))], 40, caps=False)
    rm = rail.mask(rough=0.8)
    p.ink(np.roll(np.roll(rm, -18, 1), 22, 0) * slab, "2b2230", 0.7)
    p.ink(rm, "1f4a44", 1.0)
    top_light = p.cut().stroke([(-10, y_at(0, 1676)), (w + 10, y_at(w, 1676))], 9, caps=False).mask()
    p.ink(top_light * p.sponged(np.full_like(p.x, 0.85)), "7fb39a", 0.95)
    sheet = p.cut().polygon([(60, y_at(60, 1672)), (690, y_at(690, 1672)), *spline([(704, 1900), (672, 2060), (700, 2150)], 8), *spline([(540, 2128), (380, 2160), (220, 2130), (46, 2168)], 8), *spline([(70, 2020), (42, 1860), (60, 1690)], 8)]).mask(rough=1)
    p.ink(sheet, "f3ead8", 1.0)
    folds = p.cut()
    for xx in (150, 268, 420, 560, 640):
        folds.stroke(spline([(xx, y_at(xx, 1690)), (xx + 16, 1880), (xx - 12, 2130)], 10), [4, 26, 10])
    p.ink(folds.mask(soft=5) * sheet * p.sponged(np.full_like(p.x, 0.6)), "b9a8a0", 0.8)
    alphabet = capitals()
    letters_ = p.cut()
    pen_x = 106.0
    for ch in "THANG":
        for run in alphabet[ch]:
            for (a0, b0), (a1, b1) in itertools.pairwise(run):
                letters_.stroke([(pen_x + a0 * 23, 1822 + b0 * 31), (pen_x + a1 * 23, 1822 + b1 * 31)], 21)
        if ch == "A":  # a breve, and an acute on that
            letters_.stroke(spline([(pen_x + 12, 1764), (pen_x + 46, 1794), (pen_x + 82, 1762)], 8), 13)
            letters_.stroke([(pen_x + 44, 1752), (pen_x + 80, 1712)], 13)
        pen_x += 118
    p.ink(letters_.mask(rough=1.2) * sheet, "c33b2b", 0.95)
    hem = p.cut().stroke([(60, y_at(60, 1674)), (690, y_at(690, 1674))], 26).mask(rough=1)
    p.ink(hem, "fbf4e4", 1.0)

    wx, wy, R = 1180.0, 1800.0, 232.0
    wok = p.cut().oval(wx, wy, R, R * 0.93, -8).mask(rough=0.8)
    drop = p.cut().oval(wx - 40, wy + 60, R, R * 0.93, -8).mask(soft=6)
    p.ink(drop * (1 - wok) * (p.y > 1660), "241c28", 0.6)
    ears = p.cut()
    for sx in (-1, 1):
        ears.stroke(spline([(wx + sx * (R - 14), wy - 46), (wx + sx * (R + 52), wy - 40), (wx + sx * (R + 52), wy + 26), (wx + sx * (R - 14), wy + 34)], 10), 20)
    p.ink(ears.mask(rough=0.8), "2c2a2e", 1.0)
    p.ink(wok, "3a3a40", 1.0)
    dist = np.hypot((p.x - wx), (p.y - wy) / 0.93) / R
    p.ink(wok * smooth(0.93, 0.97, dist), "8e9197", 0.9)
    p.ink(wok * p.sponged(np.clip(((p.x - wx) * -0.7 + (p.y - wy) * -0.7) / R * 0.8 + 0.05, 0, 0.8) * (dist < 0.94)), "1d1d22", 0.9)
    p.ink(wok * p.sponged(np.clip(((p.x - wx) * 0.7 + (p.y - wy) * 0.6) / R * 0.9 - 0.12, 0, 0.8) * (dist < 0.93)), "7e858e", 0.9)
    dent = p.cut().oval(wx + 60, wy - 40, 44, 34, 20).mask(soft=3)
    p.ink(dent * p.sponged(np.full_like(p.x, 0.75)), "17171b", 0.85)
    dent2 = p.cut().oval(wx + 72, wy - 28, 36, 26, 20).mask(soft=3)
    p.ink(dent2 * dent * p.sponged(np.full_like(p.x, 0.7)), "a8adb3", 0.9)
    ladle = p.cut()
    ladle.stroke([(1560, 2250), (1440, 2010), (1330, 1812)], [46, 30, 24])
    ladle.oval(1292, 1744, 82, 66, 58)
    lm = ladle.mask(rough=0.8)
    p.ink(np.clip(np.roll(np.roll(lm, -22, 1), 26, 0) - lm, 0, 1), "1d1d22", 0.55)
    p.ink(lm, "b08b4f", 1.0)
    p.ink(lm * p.sponged(np.clip(1 - np.hypot(p.x - 1276, p.y - 1728) / 90, 0, 1)), "f0d79c", 0.9)
    p.ink(np.clip(lm - np.roll(np.roll(lm, -6, 1), -5, 0), 0, 1), "6e4f28", 0.9)
    fist = p.cut()
    fist.polygon(spline([(1424, 2040), (1470, 1998), (1560, 2010), (1610, 2080), (1650, 2190), (1650, 2260), (1480, 2260), (1440, 2140), (1424, 2040)], 8))
    p.ink(fist.mask(rough=1), "c98a5c", 1.0)
    knuckles = p.cut()
    for i in range(4):
        knuckles.stroke(spline([(1434 + i * 6, 2052 + i * 40), (1480 + i * 6, 2038 + i * 38), (1530 + i * 8, 2056 + i * 36)], 8), [3, 7, 3])
    p.ink(knuckles.mask(), "8b5535", 0.9)
    cuff = p.cut().polygon([(1470, 2206), (1660, 2130), (1660, 2260), (1490, 2260)]).mask(rough=1)
    p.ink(cuff, "7b2f4a", 1.0)
    ting = p.cut()
    for a in (-150, -118, -88, -58, -30):
        c, s_ = math.cos(math.radians(a)), math.sin(math.radians(a))
        ting.stroke([(1262 + c * 120, 1716 + s_ * 120), (1262 + c * 178, 1716 + s_ * 178)], [11, 4], caps=False)
    p.ink(ting.mask(rough=0.8), "fff1c0", 1.0)
    return p


def draw_washing() -> Print:
    """Shirts in a gale, pegged by the tail; one is not there."""
    p = Print(2200, 1500, 139, "eef0e6")
    w, h, hy = p.w, p.h, 800.0
    p.lay(p.ramp(np.clip(p.y / hy + 0.07 * p.noise(520, 3, (2.4, 0.7)), 0, 1), ["7fb0c4", "a9cbd0", "d7e2da", "f3ecd6"], 0.045))
    for yy, x0, x1, th in [(150, 300, 1250, 90), (270, 1350, 2300, 74), (90, 1500, 2300, 44), (380, -100, 620, 60), (470, 900, 1700, 36), (560, -60, 800, 24), (600, 1500, 2300, 26)]:
        xs = np.linspace(x0, x1, 60)
        lumps = np.abs(np.convolve(p.rng.normal(size=68), np.hanning(11)[1:-1] / 2.0, "valid")) ** 0.7
        env = np.sin(np.pi * np.linspace(0, 1, 60)) ** 0.6
        top = [(x, yy - th * (0.35 + 0.75 * v) * e) for x, v, e in zip(xs, lumps, env, strict=True)]
        m = p.cut().polygon(spline(top, 5) + [(x, yy + th * 0.16 * e) for x, e in zip(xs[::-1], env, strict=True)]).mask(rough=3, grain=30)
        p.ink(m, "fbf7ea", 0.92)
        p.ink(m * p.sponged(smooth(yy - th * 0.5, yy + th * 0.2, p.y) * 0.75), "b3c6c6", 0.8)
    # sea, with white horses; an island
    isle = p.cut().polygon([*spline([(1240, hy + 4), (1330, hy - 34), (1430, hy - 50), (1540, hy - 96), (1640, hy - 62), (1760, hy - 40), (1900, hy - 12), (1990, hy + 4)], 12)]).mask(rough=1)
    p.ink(isle, "7f9cac", 1.0)
    sea = smooth(hy - 1, hy + 1, p.y)
    p.lay(p.ramp(np.clip((p.y - hy) / 260 + 0.07 * p.noise(120, 2, (5, 0.4)), 0, 1), ["5d8ea3", "467b93", "376a80"], 0.06), sea)
    horses, troughs = p.cut(), p.cut()
    for _ in range(420):
        d = p.rng.random() ** 0.8
        x, y = p.rng.uniform(-20, w), hy + 6 + d * 260
        ln = 10 + 60 * d * p.rng.uniform(0.5, 1.2)
        (horses if p.rng.random() < 0.6 else troughs).stroke(spline([(x, y), (x + ln * 0.4, y - 2 - 4 * d), (x + ln, y + 2)], 5), [0.6, 2 + 5 * d, 0.6], caps=False)
    p.ink(troughs.mask() * sea, "28566b", 0.6)
    p.ink(horses.mask() * sea, "f6f5ea", 0.9)
    sail = p.cut().polygon([(486, 800), (492, 742), (530, 798)]).polygon([(484, 800), (482, 758), (462, 800)]).stroke([(458, 806), (536, 806)], 7).mask()
    p.ink(sail, "8c3b2c", 1.0)

    # the land: a far brae with the kirk, and ours
    far = [(-40, 960), (260, 916), (520, 872), (760, 880), (980, 930), (1240, 1000), (1500, 1058), (2240, 1120)]
    fl = spline(far, 18)
    fm = p.cut().polygon([*fl, (w + 40, h + 20), (-40, h + 20)]).mask(rough=1.5)
    p.ink(fm, "7d9455", 1.0)
    fy = np.interp(p.x[0], [q[0] for q in fl], [q[1] for q in fl])[None]
    p.ink(fm * p.sponged(np.clip(0.15 + (p.y - fy) / 300 + 0.25 * p.noise(90, 3), 0, 0.8)), "536f3d", 0.8)
    dykes = p.cut()
    for a, b in [((180, 926), (330, 1120)), ((420, 890), (640, 1130)), ((700, 876), (930, 1120)), ((60, 1010), (960, 1010))]:
        dykes.stroke(spline([a, ((a[0] + b[0]) / 2 + 14, (a[1] + b[1]) / 2 - 8), b], 12), [3, 6], wobble=0.4)
    p.ink(dykes.mask(rough=0.8) * fm, "465239", 0.8)
    kirk, roof, win = p.cut(), p.cut(), p.cut()
    kx, ky = 1108.0, 992.0
    kirk.rect(kx, ky - 92, kx + 150, ky + 4).rect(kx - 44, ky - 128, kx + 4, ky + 4)
    roof.polygon([(kx - 4, ky - 90), (kx + 18, ky - 142), (kx + 142, ky - 142), (kx + 158, ky - 90)]).polygon([(kx - 50, ky - 126), (kx - 20, ky - 184), (kx + 10, ky - 126)])
    roof.rect(kx - 22, ky - 206, kx - 18, ky - 180).rect(kx - 30, ky - 198, kx - 10, ky - 194)
    for x in (kx + 28, kx + 68, kx + 108):
        win.polygon([(x, ky - 24), (x, ky - 62), (x + 9, ky - 74), (x + 18, ky - 62), (x + 18, ky - 24)])
    win.rect(kx - 28, ky - 98, kx - 12, ky - 70)
    p.ink(kirk.mask(rough=1), "e6e1d0", 1.0)
    p.ink(kirk.mask() * p.sponged(np.clip((kx + 10 - p.x) / 50 + 0.4, 0, 0.7) * (p.x < kx + 4)), "a9ab9f", 0.8)
    p.ink(roof.mask(rough=1), "46505a", 1.0)
    p.ink(win.mask(), "46505a", 1.0)
    stones = p.cut()
    for x in np.arange(kx - 152, kx - 60, 24.0):
        stones.polygon([(x, ky + 4 + (x - kx) * 0.2), (x, ky - 22 + (x - kx) * 0.2), (x + 6, ky - 28 + (x - kx) * 0.2), (x + 12, ky - 22 + (x - kx) * 0.2), (x + 12, ky + 4 + (x - kx) * 0.2)])
    p.ink(stones.mask(), "c9c7b8", 1.0)
    houses, thatch, doors = p.cut(), p.cut(), p.cut()
    for x, y, s in [(150, 968, 1.0), (370, 1008, 1.15), (842, 958, 1.1), (590, 942, 1.05)]:
        houses.rect(x, y - 36 * s, x + 96 * s, y + 6)
        thatch.polygon(spline([(x - 8 * s, y - 34 * s), (x + 6 * s, y - 66 * s), (x + 48 * s, y - 74 * s), (x + 90 * s, y - 66 * s), (x + 104 * s, y - 34 * s)], 6))
        doors.rect(x + 42 * s, y - 24 * s, x + 54 * s, y + 6).rect(x + 16 * s, y - 22 * s, x + 28 * s, y - 10 * s)
        thatch.rect(x + 74 * s, y - 88 * s, x + 86 * s, y - 62 * s)
    p.ink(houses.mask(rough=1), "efe9d8", 1.0)
    p.ink(thatch.mask(rough=1.4), "8d7650", 1.0)
    p.ink(doors.mask(), "43404a", 1.0)
    tiny = p.cut()  # the neighbours' lines
    for x, y, n in [(262, 962, 5), (500, 1000, 4)]:
        tiny.stroke([(x, y - 30), (x + 110, y - 26)], 2, caps=False).stroke([(x, y - 34), (x, y)], 4, caps=False).stroke([(x + 110, y - 30), (x + 110, y + 4)], 4, caps=False)
        for i in range(n):
            tiny.polygon([(x + 8 + i * 22, y - 29), (x + 22 + i * 22, y - 28), (x + 38 + i * 22, y - 16), (x + 24 + i * 22, y - 10)])
    p.ink(tiny.mask(rough=0.6), "fbf7ea", 1.0)

    near = [(-40, 1180), (300, 1150), (700, 1160), (1100, 1200), (1500, 1176), (1900, 1130), (2240, 1112)]
    nl = spline(near, 18)
    nm = p.cut().polygon([*nl, (w + 40, h + 20), (-40, h + 20)]).mask(rough=1.5)
    ny_ = np.interp(p.x[0], [q[0] for q in nl], [q[1] for q in nl])[None]
    p.lay(p.ramp(np.clip((p.y - ny_) / 330 + 0.1 * p.noise(160, 2), 0, 1), ["93a94c", "6c8a3d", "46692f"], 0.06), nm)
    lane = p.cut().polygon(spline([(990, 1046), (900, 1096), (760, 1150), (560, 1230), (420, 1350), (360, h + 20)], 14) + spline([(860, h + 20), (780, 1350), (800, 1240), (890, 1160), (980, 1100), (1040, 1050)], 14)).mask(rough=2.5, grain=16)
    p.lay(p.ramp(np.clip((p.y - 1040) / 420, 0, 1), ["ead9ae", "d9be8c", "b9986a"], 0.06), lane)
    blades, pale = p.cut(), p.cut()
    for _ in range(4200):
        x = p.rng.uniform(-60, w + 20)
        y0 = float(np.interp(x, [q[0] for q in nl], [q[1] for q in nl]))
        y = y0 + 6 + (h + 30 - y0) * p.rng.random() ** 0.8
        iy, ix = int(min(max(y, 0), h - 1)), int(min(max(x, 0), w - 1))
        if lane[iy, ix] > 0.3:
            continue
        s = 0.4 + 1.3 * (y - y0) / 330
        t = p.rng.gamma(4, 6) * s
        (blades if p.rng.random() < 0.55 else pale).stroke(spline([(x, y), (x + t * 0.45, y - t * 0.55), (x + t * 1.15, y - t * 0.62)], 4), [3.6 * s, 0.7], caps=False)
    p.ink(blades.mask(), "2f5128", 0.95)
    p.ink(pale.mask(), "b9c766", 0.85)

    # her, running, on the lane
    girl, frock = p.cut(), p.cut()
    gx, gy, T = 742.0, 1262.0, 150.0
    limb(girl, (gx, gy - 0.5 * T), (gx + 0.20 * T, gy - 0.32 * T), (gx + 0.14 * T, gy - 0.02 * T), widths=[14, 11, 8])
    limb(girl, (gx, gy - 0.5 * T), (gx - 0.12 * T, gy - 0.26 * T), (gx - 0.34 * T, gy - 0.20 * T), widths=[14, 11, 8])
    limb(girl, (gx + 0.04 * T, gy - 0.78 * T), (gx + 0.20 * T, gy - 0.68 * T), (gx + 0.26 * T, gy - 0.82 * T), widths=[10, 9, 7])
    limb(girl, (gx + 0.02 * T, gy - 0.78 * T), (gx - 0.16 * T, gy - 0.70 * T), (gx - 0.24 * T, gy - 0.56 * T), widths=[10, 9, 7])
    girl.oval(gx + 0.07 * T, gy - 0.94 * T, 13, 15, 0)
    girl.stroke(spline([(gx + 0.03 * T, gy - 0.99 * T), (gx - 0.12 * T, gy - 1.0 * T), (gx - 0.26 * T, gy - 0.93 * T)], 8), [16, 12, 2])
    frock.polygon(spline([(gx - 0.07 * T, gy - 0.82 * T), (gx + 0.10 * T, gy - 0.84 * T), (gx + 0.15 * T, gy - 0.42 * T), (gx - 0.04 * T, gy - 0.38 * T), (gx - 0.22 * T, gy - 0.46 * T), (gx - 0.07 * T, gy - 0.82 * T)], 8))
    cast = p.cut().oval(gx - 26, gy + 2, 46, 8, 0).mask()
    p.ink(cast, "6a5a3a", 0.7)
    p.ink(girl.mask(), "6b3f2c", 1.0)
    p.ink(frock.mask(rough=0.8), "b8432f", 1.0)

    # the line
    post_l, post_r = (96.0, 470.0), (2120.0, 430.0)
    posts = p.cut()
    posts.stroke([(post_l[0] - 26, 1330), (post_l[0], post_l[1] - 14)], [40, 30], caps=False)
    posts.stroke([(post_r[0] + 20, 1300), (post_r[0], post_r[1] - 14)], [42, 30], caps=False)
    posts.stroke([(post_l[0] - 40, 520), (post_l[0] + 44, 514)], 18).stroke([(post_r[0] - 44, 480), (post_r[0] + 44, 474)], 18)
    rope_pts = spline([post_l, (620, 566), (1110, 590), (1600, 560), post_r], 40)
    rx, ry = np.array([q[0] for q in rope_pts]), np.array([q[1] for q in rope_pts])
    p.ink(posts.mask(rough=1.2), "4a4038", 1.0)
    p.ink(np.clip(posts.mask() - np.roll(posts.mask(), 9, 1), 0, 1) * p.sponged(np.full_like(p.x, 0.7)), "a08d74", 0.9)
    rope = p.cut().stroke(rope_pts, 7).mask()

    def shirt(x0: float, wide: float, long: float, colour: str, dark: str, light: str, pattern: str, flap: float) -> None:
        """Hung by its tail at (x0) on the line and blown out to the right; (u, v): across the tail, and down to the collar."""

        def at(u: float, v: float) -> Point:
            px = x0 + u * wide
            py = float(np.interp(px, rx, ry))
            wave = math.sin(v * 4.6 + flap + u * 1.4) * 22 * v
            along = long * (0.26 * v + 0.36 * v * v)
            down = long * (0.86 * v - 0.27 * v * v)
            return px + along - 10 * u * v, py + down - u * v * 62 + wave + (1 - (2 * u - 1) ** 2) * 12 * (1 - v)

        def path(pts: Sequence[Point]) -> list[Point]:
            out: list[Point] = []
            for (u0, v0), (u1, v1) in itertools.pairwise(pts):
                out += [at(u0 + (u1 - u0) * t, v0 + (v1 - v0) * t) for t in np.linspace(0, 1, 14, endpoint=False)]
            return out

        back_sleeve = p.cut().polygon(path([(0.02, 0.74), (-0.22, 0.86), (-0.34, 1.22), (-0.12, 1.27), (0.02, 1.02), (0.02, 0.74)])).mask(rough=1.2)
        p.ink(back_sleeve, dark, 1.0)
        body = p.cut().polygon(path([(0, 0), (1, 0), (1.0, 0.70), (1.04, 0.96), (0.66, 1.02), (0.5, 0.965), (0.34, 1.02), (-0.02, 0.96), (0.0, 0.70), (0, 0)])).mask(rough=1.2)
        p.ink(body, colour, 1.0)
        stripes = p.cut()
        if pattern in ("stripe", "check"):
            for u in np.arange(0.06, 1.0, 0.085):
                stripes.stroke(path([(u, 0.0), (u, 1.0)]), 6 if pattern == "stripe" else 8, caps=False)
        if pattern == "check":
            for v in np.arange(0.06, 1.0, 0.085):
                stripes.stroke(path([(0, v), (1, v)]), 8, caps=False)
        p.ink(stripes.mask() * body, dark, 0.75)
        folds, lights = p.cut(), p.cut()
        for u, a, b in [(0.14, 0.0, 0.8), (0.34, 0.02, 0.55), (0.62, 0.0, 0.9), (0.84, 0.05, 0.6)]:
            folds.stroke(path([(u, a), (u + 0.05, b)]), [3, 34, 8])
            lights.stroke(path([(u + 0.10, a), (u + 0.13, b)]), [3, 22, 4])
        p.ink(folds.mask(soft=6) * body * p.sponged(np.full_like(p.x, 0.72)), dark, 0.75)
        p.ink(lights.mask(soft=5) * body * p.sponged(np.full_like(p.x, 0.66)), light, 0.9)
        placket = p.cut().stroke(path([(0.5, 0.10), (0.5, 0.96)]), 5, caps=False)
        for v in np.arange(0.16, 0.95, 0.13):
            placket.ellipse(*at(0.53, v), 5)
        p.ink(placket.mask() * body, dark, 0.9)
        collar = p.cut().polygon(path([(0.34, 1.02), (0.5, 0.965), (0.66, 1.02), (0.70, 1.09), (0.5, 1.05), (0.30, 1.09), (0.34, 1.02)])).mask(rough=0.8)
        p.ink(collar, light, 1.0)
        sleeve = p.cut().polygon(path([(0.98, 0.72), (1.22, 0.92), (1.30, 1.30), (1.08, 1.34), (1.04, 1.06), (1.0, 0.97), (0.98, 0.72)])).mask(rough=1.2)
        p.ink(sleeve, colour, 1.0)
        p.ink(sleeve * p.sponged(np.full_like(p.x, 0.35)), dark, 0.7)
        p.ink(np.clip(sleeve - np.roll(np.roll(sleeve, 5, 1), 5, 0), 0, 1), light, 0.9)
        cuff = p.cut().polygon(path([(1.288, 1.24), (1.30, 1.30), (1.08, 1.34), (1.072, 1.28), (1.288, 1.24)])).mask()
        p.ink(cuff, dark, 0.9)

    shirt(1772, 186, 330, "f6f1e2", "b8b9b4", "ffffff", "plain", 0.2)
    shirt(1402, 190, 330, "d9cfae", "94835e", "f3ead0", "check", 1.0)
    # here is the gap
    shirt(772, 192, 338, "c9d3cf", "7f9390", "eef3ee", "stripe", 2.1)
    shirt(452, 190, 334, "c98e5e", "8a5735", "ecbd8c", "plain", 2.9)
    shirt(162, 182, 326, "a7a79a", "6a6c66", "d0d0c2", "check", 3.8)
    p.ink(rope, "e9dfc6", 1.0)
    p.ink(np.clip(rope - np.roll(rope, -3, 0), 0, 1), "6b5f4c", 0.8)
    pegs = p.cut()
    for x in (162, 344, 452, 642, 772, 964, 1098, 1272, 1402, 1592, 1772, 1958):
        y = float(np.interp(x, rx, ry))
        pegs.polygon([(x - 8, y - 26), (x + 6, y - 27), (x + 9, y + 24), (x + 2, y + 25), (x - 1, y + 4), (x - 4, y + 25), (x - 11, y + 24)])
    p.ink(pegs.mask(rough=0.8), "b98446", 1.0)
    p.ink(np.clip(pegs.mask() - np.roll(pegs.mask(), -3, 1), 0, 1), "6e4a22", 0.9)
    birds = p.cut()
    for x, y, s in [(1180, 300, 30), (1290, 250, 20), (1090, 230, 16)]:
        birds.stroke(spline([(x - s * 1.6, y + s * 0.3), (x - s * 0.7, y - s * 0.55), (x, y), (x + s * 0.8, y - s * 0.9), (x + s * 1.7, y - s * 0.9)], 6), [1, s * 0.22, s * 0.32, s * 0.22, 1], caps=False)
    p.ink(birds.mask(), "fbf7ea", 1.0)
    p.ink(np.roll(birds.mask(), 3, 0) * (1 - birds.mask()), "5f7f8c", 0.6)
    return p


def at_most(image: Image.Image, longest: int = 2040) -> Image.Image:
    scale = longest / max(image.size)
    return image if scale >= 1 else image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.LANCZOS)


def jpeg(image: Image.Image, most: int = 440_000, **extra: object) -> bytes:
    """The best JPEG under `most` bytes."""
    image = at_most(image)
    for quality in (90, 87, 84, 81, 78, 75, 72, 68, 64, 60, 55):
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, subsampling=0 if quality > 84 else 2, optimize=True, progressive=False, dpi=(300, 300), **extra)
        if out.tell() <= most:
            break
    return out.getvalue()


def as_jpeg(image: Image.Image) -> bytes:
    return jpeg(image)


def as_grey(image: Image.Image) -> bytes:
    return jpeg(image.convert("L"))


def as_png(image: Image.Image) -> bytes:
    """Few colours, as from a drawing program: 40, without dither."""
    out = io.BytesIO()
    flat = image.filter(ImageFilter.MedianFilter(3)).quantize(40, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    flat.save(out, "PNG", optimize=True, dpi=(300, 300))
    return out.getvalue()


def as_webp(image: Image.Image) -> bytes:
    for quality in (90, 86, 82, 78, 74, 68, 60):
        out = io.BytesIO()
        image.save(out, "WEBP", quality=quality, method=6)
        if out.tell() <= 400_000:
            break
    return out.getvalue()


def as_telephone(image: Image.Image) -> bytes:
    """As a telephone stores it: sideways, with a note which way is up, when, and exactly where (all invented)."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter to the right to see it upright
    exif[0x010F], exif[0x0110], exif[0x0131] = "Example", "Example Telephone 3", "sample"
    exif[0x0132] = "2025:11:23 11:10:42"
    details = exif.get_ifd(0x8769)
    details[0x9003], details[0xA430] = "2025:11:23 11:10:42", "Ha Dang"
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (12.0, 34.0, 56.0), "W", (65.0, 43.0, 21.0)
    place[5], place[6] = b"\x00", 17.0
    return jpeg(image.transpose(Image.Transpose.ROTATE_90), exif=exif)


PICTURES: dict[str, tuple[Callable[[], Print], Callable[[Image.Image], bytes]]] = {
    "chalk-line.jpg": (draw_chalk, as_jpeg),
    "purple-bicycle.jpg": (draw_bicycle, as_jpeg),
    "two-right-shoes.png": (draw_shoes, as_png),
    "hospital-window.jpg": (draw_hospital, as_jpeg),
    "fence-stars.jpg": (draw_fence, as_jpeg),
    "night-bus.jpg": (draw_bus, as_jpeg),
    "snow-tracks.jpg": (draw_tracks, as_grey),
    "dog-on-the-shore.jpg": (draw_dog, as_jpeg),
    "exhibit-c.webp": (draw_map, as_webp),
    "bridge-in-fog.jpg": (draw_bridge, as_jpeg),
    "swimming-lane.jpg": (draw_swim, as_jpeg),
    "from-the-balcony.jpg": (draw_balcony, as_telephone),
    "washing-line.jpg": (draw_washing, as_jpeg),
    "oak-at-the-corner.jpg": (draw_oak, as_jpeg),
}


def main(names: Sequence[str]) -> int:
    unknown = [n for n in names if n not in PICTURES]
    if unknown:
        print(f"no such picture: {', '.join(unknown)}; there are {', '.join(PICTURES)}", file=sys.stderr)
        return 2
    PHOTOS.mkdir(parents=True, exist_ok=True)
    for name in names or PICTURES:
        draw, store = PICTURES[name]
        data = store(draw().finish())
        (PHOTOS / name).write_bytes(data)
        print(f"{name}  {len(data) // 1024} kB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
