"""The language codes that Word proofreads with, and the stretches of a text that run from right to left."""

from __future__ import annotations

import re
from functools import cache

from milebook.model.languages import base_language, reads_right_to_left

# Word knows languages by region; a bare language gets the region that Word itself would take.
_REGIONS = {
    "af": "ZA", "ar": "SA", "bg": "BG", "ca": "ES", "cs": "CZ", "cy": "GB", "da": "DK", "de": "DE", "el": "GR", "en": "US",
    "es": "ES", "et": "EE", "eu": "ES", "fa": "IR", "fi": "FI", "fr": "FR", "ga": "IE", "gl": "ES", "he": "IL", "hi": "IN",
    "hr": "HR", "hu": "HU", "id": "ID", "is": "IS", "it": "IT", "ja": "JP", "ko": "KR", "lt": "LT", "lv": "LV", "nb": "NO",
    "nl": "NL", "nn": "NO", "no": "NO", "pl": "PL", "pt": "BR", "ro": "RO", "ru": "RU", "sk": "SK", "sl": "SI", "sr": "RS",
    "sv": "SE", "th": "TH", "tr": "TR", "uk": "UA", "ur": "PK", "vi": "VN", "zh": "CN",
}  # fmt: skip
_EAST = {"ja", "ko", "zh"}

_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_LTR = "A-Za-z\u00c0-\u024f\u0370-\u058f\u0900-\u1fff\u3040-\u9fff\uac00-\ud7af"
HAS_RTL = re.compile(f"[{_RTL}]")


def word_tag(tag: str) -> str:
    """The tag as Word wants it: language and region, without script or variants; "" for what is no tag."""
    parts = tag.replace("_", "-").split("-")
    language = parts[0].lower()
    if not re.fullmatch("[a-z]{2,3}", language):
        return ""
    region = next((p.upper() for p in parts[1:] if re.fullmatch("[A-Za-z]{2}|[0-9]{3}", p)), "")
    if not region and language == "zh" and any(p.lower() == "hant" for p in parts):
        region = "TW"
    region = region or _REGIONS.get(language, "")
    return f"{language}-{region}" if region else language


def language_element(tag: str) -> str:
    """The `w:lang` of a run in language `tag`; "" where the tag says nothing to Word."""
    name = word_tag(tag)
    if not name:
        return ""
    if base_language(tag) in _EAST:
        return f'<w:lang w:val="{name}" w:eastAsia="{name}"/>'
    if reads_right_to_left(tag):
        return f'<w:lang w:val="{name}" w:bidi="{name}"/>'
    return f'<w:lang w:val="{name}"/>'


def default_language(tag: str) -> str:
    """The `w:lang` of a whole document."""
    name = word_tag(tag) or "en-US"
    east = name if base_language(tag) in _EAST else "ja-JP"
    bidi = name if reads_right_to_left(tag) else "ar-SA"
    return f'<w:lang w:val="{name}" w:eastAsia="{east}" w:bidi="{bidi}"/>'


@cache
def _stretch() -> re.Pattern[str]:
    return re.compile(f"[{_RTL}](?:[^{_LTR}0-9]*[{_RTL}])?")


def stretches(value: str) -> list[tuple[str, bool]]:
    """`value` cut into stretches of one direction: (text, is right to left). Joined they are `value`."""
    made: list[tuple[str, bool]] = []
    at = 0
    for found in _stretch().finditer(value):
        if found.start() > at:
            made.append((value[at : found.start()], False))
        made.append((found.group(), True))
        at = found.end()
    if at < len(value):
        made.append((value[at:], False))
    return made
