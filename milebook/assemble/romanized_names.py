"""Names of other languages in a book: where the family name stands in Chinese, Korean, Vietnamese and Spanish names."""

from __future__ import annotations

import re

from milebook.assemble.name_words import CHINESE, CHINESE_PERHAPS, KOREAN, SHORT_FAMILY_NAMES, SPANISH, VIETNAMESE

_SYLLABLE = (
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|"
    r"un|uo|üe|a|e|i|o|u|ü))"
)
_TWO_SYLLABLES = re.compile(rf"{_SYLLABLE}['’]?{_SYLLABLE}")
_ONE_SYLLABLE = re.compile(_SYLLABLE)
_JOINED = re.compile(r"[A-Z][a-z]+-[a-z]+")  # Jae-min


def family_name_first(words: list[str]) -> bool:
    """Whether the first of the words is the family name, as in Nguyễn Thị Ánh, Kim Jae-min and Wang Xiaoming.

    A name that could as well be turned round already (Lin Chen, Kim Smith) is not taken for one of these.
    """
    first, last = words[0].lower(), words[-1].lower()
    if first in VIETNAMESE and len(words) > 2:
        return True
    if len(words) != 2:
        return False
    if first in KOREAN and _JOINED.fullmatch(words[1]):
        return True
    if last in CHINESE or last in CHINESE_PERHAPS:
        return False
    long = len(last) > 4 and _TWO_SYLLABLES.fullmatch(last) is not None
    if first in CHINESE:
        return long or _ONE_SYLLABLE.fullmatch(last) is not None or bool(_JOINED.fullmatch(words[1]))
    return first in CHINESE_PERHAPS and long


def is_spanish(words: list[str]) -> bool:
    """Whether two words are a Spanish family name of two parts: García Ramos."""
    return len(words) == 2 and all(word.lower() in SPANISH for word in words)


def is_initials(word: str) -> bool:
    """Whether a word in capitals is initials (JRR, DJ, HRH) and no family name written in capitals."""
    return len(word) <= 3 and word.lower() not in SHORT_FAMILY_NAMES
