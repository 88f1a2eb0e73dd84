"""Read one value of a layout file: a length, a truth value or a word."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

TRIMS: Mapping[str, tuple[float, float]] = {
    "a4": (595.28, 841.89), "a5": (419.53, 595.28), "letter": (612, 792), "trade": (432, 648), "digest": (396, 612),
}  # fmt: skip
UNITS: Mapping[str, float] = {"": 1, "pt": 1, "in": 72, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12}
LENGTH = re.compile(r"(-?\d+(?:\.\d+)?|-?\.\d+)\s*(pt|in|cm|mm|pc)?")
WORDS: Mapping[str, tuple[str, ...]] = {
    "align": ("justify", "left", "center", "right"),
    "chapters": ("recto", "page"),
    "stories": ("run-on", "page", "recto"),
    "front": ("recto", "page"),
    "folios": ("head", "foot", "none"),
    "header": ("book", "shunn", "none"),
    "profile": ("styled", "plain"),
    "photos": ("placed", "callouts"),
    "captions": ("placed", "list"),
    "title_page": ("book", "manuscript"),
    "files": ("one", "chapters"),
}
TEMPLATES: Mapping[str, tuple[str, ...]] = {
    "callout": ("number",),
    "byline_form": ("byline",),
    "naming": ("surname", "short", "kind"),
    "art_naming": ("surname", "short", "number"),
}


class Wrong(ValueError):
    """A value that does not fit its key; the text is the hint."""


def read_length(_key: str, written: str) -> float:
    """Points of "12", "12pt", "0.5in", "3mm"."""
    match = LENGTH.fullmatch(written.strip().lower())
    if not match:
        raise Wrong("write a length such as 12pt, 0.5in or 3mm")
    points = float(match.group(1)) * UNITS[match.group(2) or ""]
    if abs(points) > 2880:
        raise Wrong("no length can be more than 40 inches")
    return points


def _read_number(key: str, written: str) -> float:
    if key == "max_photo_height":
        try:
            share = float(written.removesuffix("%")) / (100 if written.endswith("%") else 1)
        except ValueError:
            raise Wrong("write a share of the page such as 60%") from None
        if not 0.1 <= share <= 1:
            raise Wrong("write a share between 10% and 100%")
        return share
    if key == "tracking":
        try:
            return max(-100.0, min(500.0, float(written)))
        except ValueError:
            raise Wrong("write a number of thousandths of an em, such as 40") from None
    points = read_length(key, written)
    if key in ("size", "leading") and not 3 <= points <= 144:
        raise Wrong("write a size between 3pt and 144pt")
    if key in ("inside", "outside", "top", "bottom", "before", "after", "right", "grid") and points < 0:
        raise Wrong("this length cannot be less than 0")
    return points


def _read_truth(_key: str, written: str) -> bool:
    if written not in ("true", "false"):
        raise Wrong("write true or false")
    return written == "true"


def _read_words(key: str, written: str) -> str:
    allowed = WORDS.get(key)
    if allowed and written not in allowed:
        raise Wrong(f"write one of {', '.join(allowed)}")
    if key == "color" and written and not re.fullmatch("#[0-9a-fA-F]{6}", written):
        raise Wrong("write a color such as #444444, in quotes")
    if key in TEMPLATES:
        unknown = set(re.findall(r"\{(.*?)\}", written)) - set(TEMPLATES[key])
        if unknown or written.count("{") != written.count("}"):
            raise Wrong(f"only {', '.join('{' + name + '}' for name in TEMPLATES[key])} can stand in braces")
    return written


READERS: Mapping[str, Callable[[str, str], object]] = {"float": _read_number, "bool": _read_truth, "str": _read_words}
