"""Fit words into a box: balanced lines at the largest size, in faces that have every letter."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from milebook.covers.landscape import WIDTH
from milebook.layout.font_files import FOLDER

if TYPE_CHECKING:
    from PIL import ImageDraw, ImageFont

STACK = ("noto-serif/{cut}.ttf", "noto-serif/Regular.ttf", "dejavu/Sans.ttf", "noto-emoji/Regular.ttf")
SAMPLE = 100  # pixels; widths are measured at this size and scaled
WORTH = 1.14  # how much larger a title must become to be worth another line
HEAVY = 4_000  # a title longer than this is not one


class Set(NamedTuple):
    """Lines ready to be drawn at a size in pixels."""

    lines: list[str]
    size: int

    def height(self, leading: float) -> float:
        return len(self.lines) * self.size * leading


class Lettering:
    """A face of EB Garamond with the faces that help out where it has no glyph."""

    def __init__(self, cut: str) -> None:
        self.paths = [FOLDER / "eb-garamond" / f"{cut}.ttf", *(FOLDER / name.format(cut=cut) for name in STACK)]
        self.paths = [path for path in dict.fromkeys(self.paths) if path.is_file()]
        self.sizes: dict[tuple[int, int], ImageFont.FreeTypeFont] = {}
        self.widths: dict[str, float] = {}

    def face(self, character: str) -> int:
        """The number of the first face that has a character; -1 for none. A face is only looked into when it is its turn."""
        point = ord(character)
        return next((number for number, path in enumerate(self.paths) if point in _covered(path)), -1)

    def font(self, number: int, size: int) -> ImageFont.FreeTypeFont:
        from PIL import ImageFont

        if (number, size) not in self.sizes:
            self.sizes[number, size] = ImageFont.truetype(str(self.paths[number]), size)
        return self.sizes[number, size]

    def missing(self, text: str) -> list[str]:
        """Characters that none of the faces has."""
        return sorted({c for c in text if not c.isspace() and self.face(c) < 0})

    def pieces(self, text: str) -> list[tuple[int, str]]:
        """Stretches of a line that one face can set, with the face's number."""
        found: list[tuple[int, str]] = []
        for c in text:
            number = max(0, self.face(c))
            if found and (found[-1][0] == number or c.isspace()):
                found[-1] = (found[-1][0], found[-1][1] + c)
            else:
                found.append((number, c))
        return found

    def width(self, text: str, size: float = SAMPLE) -> float:
        if text not in self.widths:
            self.widths[text] = sum(self.font(n, SAMPLE).getlength(piece) for n, piece in self.pieces(text))
        return self.widths[text] * size / SAMPLE

    def draw(self, draw: ImageDraw.ImageDraw, text: str, x: float, baseline: float, size: int, color: str) -> None:
        """One line from x on."""
        for number, piece in self.pieces(text):
            font = self.font(number, size)
            draw.text((x, baseline), piece, font=font, fill=color, anchor="ls")
            x += font.getlength(piece)

    def column(
        self,
        draw: ImageDraw.ImageDraw,
        words: Set,
        top: float,
        leading: float,
        color: str,
        *,
        drop: float = 0.8,
        left: float | None = None,
    ) -> float:
        """Lines one below the other, from `left` on or else centered; where the next one would begin. The first stands `drop`
        times their size below `top`.
        """
        for line in words.lines:
            x = (WIDTH - self.width(line, words.size)) / 2 if left is None else left
            self.draw(draw, line, x, top + words.size * drop, words.size, color)
            top += words.size * leading
        return top

    def tracked(
        self, draw: ImageDraw.ImageDraw, text: str, middle: float, baseline: float, size: int, color: str, em: float
    ) -> None:
        """One centered line with space between its letters (a share of the size), kerned all the same."""
        steps = self._steps(text, size, em)
        x = middle - (sum(steps) - em * size) / 2
        for letter, step in zip(text, steps, strict=True):
            self.draw(draw, letter, x, baseline, size, color)
            x += step

    def tracked_width(self, text: str, size: int, em: float) -> float:
        return sum(self._steps(text, size, em)) - em * size

    def _steps(self, text: str, size: int, em: float) -> list[float]:
        pairs = [*pairwise(text)]
        steps = [self.width(a + b, size) - self.width(b, size) + em * size for a, b in pairs]
        return [*steps, self.width(text[-1:], size) + em * size]

    def fit(
        self, text: str, width: float, height: float, largest: int, smallest: int, leading: float, lines: int = 12
    ) -> Set:
        """The text in balanced lines at the largest size at which it fits a box; at the smallest it may be cut short."""
        words = self._words(text[:HEAVY].split(), width / smallest)
        best = Set([" ".join(words)], smallest)
        best_size = 0.0
        for count in range(1, min(lines, len(words)) + 1):
            broken = self.balanced(words, count)
            widest = max(self.width(line) for line in broken) / SAMPLE
            size = min(largest, width / max(widest, 1e-6), height / (len(broken) * leading))
            if size > best_size * (WORTH if best_size else 1):
                best, best_size = Set(broken, int(size)), size
        if best_size < smallest:
            return self._cut(words, width, height, smallest, leading)
        return best

    def _words(self, words: Sequence[str], measure: float) -> list[str]:
        """Words, those that are wider than a line at the smallest size cut in pieces."""
        found: list[str] = []
        for word in words:
            while self.width(word) / SAMPLE > measure and len(word) > 4:
                keep = max(4, int(len(word) * measure / (self.width(word) / SAMPLE)))
                found.append(word[:keep])
                word = word[keep:]
            found.append(word)
        return found

    def balanced(self, words: Sequence[str], count: int) -> list[str]:
        """Words in so many lines that the widest is as narrow as can be."""
        space = self.width("n n") - 2 * self.width("n")
        widths = [self.width(word) for word in words]
        low, high = max(widths), sum(widths) + space * (len(words) - 1)
        for _ in range(18):
            middle = (low + high) / 2
            if len(_filled(words, widths, space, middle)) <= count:
                high = middle
            else:
                low = middle
        return _even(words, widths, space, high * 1.001, count) or _filled(words, widths, space, high)

    def _cut(self, words: Sequence[str], width: float, height: float, size: int, leading: float) -> Set:
        space = self.width("n n") - 2 * self.width("n")
        lines = _filled(words, [self.width(word) for word in words], space, width * SAMPLE / size)
        room = max(1, int(height / (size * leading)))
        if len(lines) > room:
            lines = [*lines[: room - 1], lines[room - 1][: max(1, len(lines[room - 1]) - 2)].rstrip(" ,;:.") + "…"]
        return Set(lines, size)


@cache
def _covered(path: Path) -> frozenset[int]:
    """The characters that a face has, by their numbers."""
    import uharfbuzz as hb

    return frozenset(hb.Face(path.read_bytes()).unicodes)


def _filled(words: Sequence[str], widths: Sequence[float], space: float, measure: float) -> list[str]:
    lines: list[list[str]] = []
    filled = 0.0
    for word, width in zip(words, widths, strict=True):
        if lines and filled + space + width <= measure + 1e-6:
            lines[-1].append(word)
            filled += space + width
        else:
            lines.append([word])
            filled = width
    return [" ".join(line) for line in lines]


def _even(words: Sequence[str], widths: Sequence[float], space: float, measure: float, count: int) -> list[str]:
    """Exactly `count` lines within a measure whose lengths differ least; nothing where that cannot be."""
    if len(words) > 60 or count < 2:
        return []
    # by lines set: words set -> cost, words set a line earlier
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for _ in range(count):
        after: dict[int, tuple[float, int]] = {}
        for start, (cost, _before) in best[-1].items():
            width = -space
            for end in range(start + 1, len(words) + 1):
                width += space + widths[end - 1]
                if width > measure:
                    break
                total = cost + (measure - width) ** 2
                if end not in after or total < after[end][0]:
                    after[end] = (total, start)
        best.append(after)
    if len(words) not in best[-1]:
        return []
    lines: list[str] = []
    end = len(words)
    for step in range(count, 0, -1):
        start = best[step][end][1]
        lines.append(" ".join(words[start:end]))
        end = start
    return lines[::-1]
