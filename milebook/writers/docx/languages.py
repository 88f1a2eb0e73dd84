"""BCP 47 tags in; the language codes that Word proofreads with out, and which scripts run from right to left."""

from __future__ import annotations

import re
from functools import cache

# Word knows languages by region; a bare language gets the region that Word itself would take.
_REGIONS = {
    "af": "ZA", "ar": "SA", "bg": "BG", "ca": "ES", "cs": "CZ", "cy": "GB", "da": "DK", "de": "DE", "el": "GR", "en": "US",
    "es": "ES", "et": "EE", "eu": "ES", "fa": "IR", "fi": "FI", "fr": "FR", "ga": "IE", "gl": "ES", "he": "IL", "hi": "IN",
    "hr": "HR", "hu": "HU", "id": "ID", "is": "IS", "it": "IT", "ja": "JP", "ko": "KR", "lt": "LT", "lv": "LV", "nb": "NO",
    "nl": "NL", "nn": "NO", "no": "NO", "pl": "PL", "pt": "BR", "ro": "RO", "ru": "RU", "sk": "SK", "sl": "SI", "sr": "RS",
    "sv": "SE", "th": "TH", "tr": "TR", "uk": "UA", "ur": "PK", "vi": "VN", "zh": "CN",
}  # fmt: skip
_EAST = {"ja", "ko", "zh"}
_RIGHT_TO_LEFT = {"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"}

_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_LTR = "A-Za-z\u00c0-\u024f\u0370-\u058f\u0900-\u1fff\u3040-\u9fff\uac00-\ud7af"
HAS_RTL = re.compile(f"[{_RTL}]")
# How most paragraphs begin, where they do not begin with a letter of another script: it is quicker to look for.
_LATIN = re.compile("[ -@\\[-`{-~\u00a0-\u00bf\u2010-\u201f\u2026]*[A-Za-z\u00c0-\u024f]")


def primary(tag: str) -> str:
    return tag.partition("-")[0].lower()


def word_tag(tag: str) -> str:
    """The tag as Word wants it: language and region, without script or variants; "" for a tag that is none."""
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
    if primary(tag) in _EAST:
        return f'<w:lang w:val="{name}" w:eastAsia="{name}"/>'
    if primary(tag) in _RIGHT_TO_LEFT:
        return f'<w:lang w:val="{name}" w:bidi="{name}"/>'
    return f'<w:lang w:val="{name}"/>'


def default_language(tag: str) -> str:
    """The `w:lang` of a whole document."""
    name = word_tag(tag) or "en-US"
    east = name if primary(tag) in _EAST else "ja-JP"
    bidi = name if primary(tag) in _RIGHT_TO_LEFT else "ar-SA"
    return f'<w:lang w:val="{name}" w:eastAsia="{east}" w:bidi="{bidi}"/>'


@cache
def may_run_leftward(tag: str) -> bool:
    return primary(tag) in _RIGHT_TO_LEFT


@cache  # these two take longer to compile than most books to be looked through
def _strong() -> re.Pattern[str]:
    return re.compile(f"[{_RTL}{_LTR}]")


@cache
def _stretch() -> re.Pattern[str]:
    return re.compile(f"[{_RTL}](?:[^{_LTR}0-9]*[{_RTL}])?")


def runs_leftward(value: str, lang: str) -> bool:
    """Whether a paragraph begins at the right: by its first letter, else by its language."""
    if _LATIN.match(value):
        return False
    strong = _strong().search(value)
    if strong is not None:
        return HAS_RTL.match(strong.group()) is not None
    return may_run_leftward(lang)


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
