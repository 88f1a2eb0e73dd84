"""Signs of symbol fonts (Wingdings, Symbol), stored as other letters than they show, and raised figures, as the characters that are seen."""

from __future__ import annotations

_PRIVATE = 0xF000  # where Word keeps the signs of a symbol font: the font's own numbers, added to this

# What Word and Outlook put in by themselves (for :) and ->), ticks, bullets, and what people pick. The numbers are the fonts' own.
_WINGDINGS = {
    0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x36: "⌛", 0x3F: "✎", 0x43: "👍", 0x44: "👎", 0x45: "☜", 0x46: "☞", 0x47: "☝", 0x48: "☟", 0x4A: "☺",
    0x4B: "😐", 0x4C: "☹", 0x4D: "💣", 0x4E: "☠", 0x51: "✈", 0x52: "☼", 0x54: "❄", 0x58: "✠", 0x59: "✡", 0x5A: "☪", 0x5B: "☯", 0x6C: "●",
    0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x7B: "❀", 0x7C: "✿",
    0x9E: "·", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "◻", 0xAB: "★", 0xAC: "✶", 0xB5: "✪", 0xB6: "✰", 0xC3: "↩", 0xD8: "➢", 0xDF: "←",
    0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE7: "⬅", 0xE8: "➔", 0xF0: "⇨", 0xF3: "⇔", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_SYMBOL = {
    **dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)),
    **dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
    0xA3: "≤", 0xA5: "∞", 0xA7: "♣", 0xA8: "♦", 0xA9: "♥", 0xAA: "♠", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°",
    0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xBC: "…", 0xD3: "©", 0xD4: "™", 0xD6: "√",
}  # fmt: skip
_FONTS = {"wingdings": _WINGDINGS, "symbol": _SYMBOL}
_RAISED = dict(zip("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾", strict=True))
_LOWERED = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))


def symbol_font(names: str) -> str:
    """The first of some fonts, as a style names them, if it is one whose signs are known; else ""."""
    first = names.split(",")[0].strip("\"' ").casefold()
    return first if first in _FONTS else ""


def as_seen(text: str, font: str) -> str:
    """Text in a symbol font as the characters that it shows; signs that are not known stay as they are stored."""
    known = _FONTS.get(font)
    if not known:
        return text
    return "".join(known.get(ord(sign) - _PRIVATE if ord(sign) >= _PRIVATE else ord(sign), sign) for sign in text)


def shifted(text: str, up: bool) -> str:
    """Raised or lowered figures as characters of their own, for “5²” is not 52; letters, as in 1st, as they are."""
    table = _RAISED if up else _LOWERED
    figures = any(sign.isdigit() for sign in text) and all(sign in table for sign in text.strip())
    return "".join(table.get(sign, sign) for sign in text) if figures else text
