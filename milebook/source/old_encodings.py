"""Read text that was saved before UTF-8: by the letters of its language, and only where they make words.

A byte of such a file means another letter in every encoding (B9 is “¹” in Western Europe, “ą” in Poland and “№” in Russia), so the
language decides, and what looks wrong in it is not believed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

WESTERN = "cp1252"
# by language: encodings in the order in which they are tried, and the letters that the language has beside those of English
_LATIN = {
    ("cp1250", "iso8859_2", "mac_latin2"): {
        "pl": "ąćęłńóśźż", "cs": "áčďéěíňóřšťúůýž", "sk": "áäčďéíĺľňóôŕšťúýž", "hu": "áéíóöőúüű", "sl": "čšž", "hr": "čćđšž",
        "bs": "čćđšž", "ro": "ăâîşţșț", "sq": "çë", "hsb": "čćěłńóřšž", "dsb": "čćěłńóŕśšźž", "csb": "ąãéëłńòóôù",
    },
    ("cp1254", "iso8859_9"): {"tr": "âçğıîöşûü", "az": "çəğıöşü"},
    ("cp1257", "iso8859_13"): {"lt": "ąčęėįšųūž", "lv": "āčēģīķļņōŗšūž", "et": "äõöšüž"},
    ("cp1258",): {"vi": ""},
}  # fmt: skip
# by language: encodings, and how Unicode's names of its letters begin
_SCRIPTS = {
    ("cp1251", "koi8_u", "iso8859_5", "cp866"): ("CYRILLIC", "ru uk be bg sr mk"),
    ("cp1253", "iso8859_7"): ("GREEK", "el"),
    ("cp1255", "iso8859_8"): ("HEBREW", "he yi"),
    ("cp1256", "iso8859_6"): ("ARABIC", "ar fa ur"),
    ("cp874",): ("THAI", "th"),
    ("cp932", "euc_jp"): ("CJK HIRAGANA KATAKANA HALFWIDTH FULLWIDTH", "ja"),
    ("gb18030", "big5"): ("CJK FULLWIDTH", "zh yue"),
    ("cp949",): ("HANGUL CJK", "ko"),
}
_WESTERN_LETTERS = frozenset("àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿœšžßªºµƒ")
_MANY = {"en": 0.04}  # share of a text's letters that may have accents; in other languages of Western Europe _MOST
_MOST = 0.2
_FOREIGN = 0.1  # share of the accented letters that may be none of the language's: names
_MARKS = "'’‘`´-‐‑–—/.,:;!?()[]{}\"“”„«»‹›*_~#=<>&@+|\\…·•"
_IN_A_WORD = re.compile(r"(?<=[^\W\d_])[^\w\s](?=[^\W\d_])|(?<!\w)[£¥¤¦¬±¶¼½¾¹²³](?=[^\W\d_])")
_UTF8 = re.compile(rb"((?:[\xc2-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|\xf0[\x90-\xbf][\x80-\xbf]{2})+)")
_CURLY = re.compile("[“”‘’…–—]")
_ODD_CASE = re.compile(r"(?<=[^\W\d_])[^\W\d_]")


def read_as(data: bytes, languages: Iterable[str]) -> tuple[str, str] | None:
    """The text and its encoding, if the letters of these languages (two or three letters each) say so; None where two readings
    are possible or none is.
    """
    found: dict[str, str] = {}
    for language in dict.fromkeys(languages):
        readings = ((one, text) for one in _encodings(language) for text in _readings(data, one))
        fitting = next(((text, one) for one, text in readings if _fits(text, one, language)), None)
        if fitting is not None:
            found.setdefault(*fitting)
    return next(iter(found.items())) if len(found) == 1 else None


def _encodings(language: str) -> tuple[str, ...]:
    for encodings, alphabets in _LATIN.items():
        if language in alphabets:
            return ("cp1251", *encodings) if language == "sr" else encodings
    for encodings, (_, languages) in _SCRIPTS.items():
        if language in languages.split():
            return encodings
    return (WESTERN, "mac_roman")


def _readings(data: bytes, encoding: str) -> Iterator[str]:
    """The text, and with what is UTF-8 in it read as such: pieces of two files, pasted together by a program that did not look."""
    text = in_encoding(data, encoding)
    if text is not None:
        yield text
    if len(encoding) < 9 and _UTF8.search(data):
        pieces = [
            piece.decode("utf-8") if number % 2 else in_encoding(piece, encoding)
            for number, piece in enumerate(_UTF8.split(data))
        ]
        if None not in pieces:
            yield "".join(filter(None, pieces))


def in_encoding(data: bytes, encoding: str) -> str | None:
    """The text in one encoding; None if some of its bytes mean nothing in it, or Python does not know it."""
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    return unicodedata.normalize("NFC", text) if encoding == "cp1258" else text


def _fits(text: str, encoding: str, language: str) -> bool:
    """Whether a reading is to be believed. Every byte is a sign in Mac Roman, so a Mac's curly marks must be there as well."""
    return _makes_words(text, language) and (encoding != "mac_roman" or _CURLY.search(text) is not None)


def _makes_words(text: str, language: str) -> bool:
    """Whether a text looks like one in this language: its letters, no signs inside words, no capitals after small letters."""
    if any(unicodedata.category(sign) in ("Cc", "Co", "Cn") and sign not in "\t\n\r\f\v" for sign in set(text)):
        return False
    letters = [sign for sign in text if sign.isalpha()]
    accented = [sign for sign in letters if not sign.isascii()]
    if sum(unicodedata.category(sign) in ("So", "Sc", "Sm", "No", "Cf") for sign in text if not sign.isascii()) > max(
        2, len(accented)
    ):
        return False
    within = (sign for sign in _IN_A_WORD.findall(text) if sign not in _MARKS)
    if any(not unicodedata.category(sign).startswith("M") for sign in within) or _changes_case(text):
        return False
    strange = sum(not _of(language, sign) for sign in accented)
    if strange > max(1, _FOREIGN * len(accented)) and not (strange <= 2 and len(accented) > 4):
        return False
    return _encodings(language)[0] != WESTERN or len(accented) <= max(4, _MANY.get(language, _MOST) * len(letters))


def _changes_case(text: str) -> bool:
    """Whether a capital that English does not have stands behind a small letter, as in words read in a wrong encoding."""
    for found in _ODD_CASE.finditer(text):
        before = text[found.start() - 1]
        if before.islower() and found[0].isupper() and not (before.isascii() and found[0].isascii()):
            return True
        if found[0] == "œ" and before.casefold() in "aeiouy":
            return True
    return False


def _of(language: str, sign: str) -> bool:
    small = sign.lower()[0]
    for alphabets in _LATIN.values():
        if language in alphabets:
            if language == "vi":
                return unicodedata.name(sign, "").startswith("LATIN")
            return small.isascii() or small in alphabets[language]
    for names, languages in _SCRIPTS.values():
        if language in languages.split():
            return unicodedata.name(sign, "").startswith(tuple(names.split()))
    return small in _WESTERN_LETTERS
