"""Which script a character belongs to, in the words of a message."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

# A character's Unicode name begins with its script: "TIBETAN LETTER KA", "NEW TAI LUE VOWEL SIGN AA".
_WORDS = {
    "CJK": "Chinese characters", "HANGUL": "Korean letters", "HIRAGANA": "Japanese letters", "KATAKANA": "Japanese letters",
    "BOPOMOFO": "Bopomofo letters", "CANADIAN": "Canadian syllabics", "CUNEIFORM": "cuneiform signs",
    "EGYPTIAN": "Egyptian hieroglyphs", "NKO": "N’Ko letters", "MYANMAR": "Burmese letters", "ORIYA": "Odia letters",
}  # fmt: skip
_NAMES = """
ADLAM ARMENIAN AVESTAN BALINESE BAMUM BATAK BENGALI BRAHMI BUGINESE BUHID CHAKMA CHAM CHEROKEE COPTIC DESERET DEVANAGARI
ETHIOPIC GEORGIAN GLAGOLITIC GOTHIC GRANTHA GUJARATI GURMUKHI HANUNOO JAVANESE KAITHI KANNADA KHMER LAO LEPCHA LIMBU LISU
MALAYALAM MANDAIC MIAO MODI MONGOLIAN MRO NEWA OGHAM OSAGE OSMANYA PHOENICIAN REJANG RUNIC SAMARITAN SAURASHTRA SHARADA
SHAVIAN SINHALA SUNDANESE SYRIAC TAGALOG TAGBANWA TAKRI TAMIL TANGUT TELUGU THAANA THAI TIBETAN TIFINAGH TIRHUTA TOTO UGARITIC
VAI WANCHO YEZIDI YI ARABIC HEBREW
"""
_PAIRS = """
BASSA VAH, HANIFI ROHINGYA, KAYAH LI, LINEAR B, MASARAM GONDI, MEETEI MAYEK, NEW TAI LUE, NYIAKENG PUACHUE HMONG, OL CHIKI,
OLD HUNGARIAN, OLD ITALIC, OLD PERSIAN, OLD TURKIC, PAHAWH HMONG, SORA SOMPENG, SYLOTI NAGRI, TAI LE, TAI THAM, TAI VIET,
WARANG CITI
"""
_SCRIPTS = (
    _WORDS
    | {name: f"{name.title()} letters" for name in _NAMES.split()}
    | {
        name: f"{name.title()} letters"
        for name in map(str.strip, " ".join(_PAIRS.split()).split(","))  # of two words and more
    }
)
_EAST_ASIAN = ("Chinese characters", "Japanese letters", "Korean letters")


def script_of(char: str) -> str:
    """What the letters of a character's script are called, such as "Tibetan letters"; "" for signs that belong to no script,
    and for the scripts that the text faces have: Latin, Greek and Cyrillic."""
    words = unicodedata.name(char, "").split()
    return next((_SCRIPTS[name] for n in (3, 2, 1) if (name := " ".join(words[:n])) in _SCRIPTS), "")


def whole_scripts(chars: Iterable[str]) -> dict[str, str]:
    """The script of each character that is not the only one of its script; punctuation of East Asia goes with the letters."""
    scripts = {char: script_of(char) for char in dict.fromkeys(chars)}
    letters = next((script for script in scripts.values() if script in _EAST_ASIAN), "")
    for char, script in scripts.items():
        if letters and not script and ("\u3000" <= char <= "\u303f" or "\uff00" <= char <= "\uffef"):
            scripts[char] = letters
    known = list(scripts.values())
    return {char: script for char, script in scripts.items() if script and known.count(script) > 1}
