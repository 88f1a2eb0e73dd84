"""Languages by their BCP 47 tags: whether a tag is registered, what an author meant by a wrong one, which way it is written."""

from __future__ import annotations

import re
from functools import cache
from unicodedata import name

from milebook.model.small_words import SMALL_WORDS

_SHAPE = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{3}){0,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    r"(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?|x(?:-[a-z0-9]{1,8})+",
    re.IGNORECASE,
)
# Tags that need no look into the registry, which takes a moment to load.
_KNOWN = frozenset(
    """
en en-US en-GB en-CA en-AU en-IE en-NZ de de-DE de-AT de-CH fr fr-FR fr-CA fr-CH fr-BE es es-ES es-MX es-US es-419 it
pt pt-PT pt-BR nl nl-NL nl-BE pl sv da nb nn no fi cs sk vi is ga cy gd el ru uk tr hu ro he ar fa ur zh ja ko und
""".split()
)
# What authors write instead, with the tag they mean. Three-letter codes are right only where there is none of two letters.
_NAMES = {
    "english": "en", "american": "en-US", "british": "en-GB", "spanish": "es", "español": "es", "french": "fr",
    "français": "fr", "german": "de", "deutsch": "de", "italian": "it", "italiano": "it", "portuguese": "pt", "português": "pt",
    "polish": "pl", "polski": "pl", "dutch": "nl", "nederlands": "nl", "vietnamese": "vi", "irish": "ga", "gaelic": "ga",
    "welsh": "cy", "swedish": "sv", "svenska": "sv", "norwegian": "nb", "norsk": "nb", "danish": "da", "dansk": "da",
    "finnish": "fi", "suomi": "fi", "russian": "ru", "ukrainian": "uk", "greek": "el", "turkish": "tr", "czech": "cs",
    "čeština": "cs", "česky": "cs", "slovak": "sk", "hungarian": "hu", "chinese": "zh", "japanese": "ja", "korean": "ko",
    "arabic": "ar", "hebrew": "he", "hindi": "hi", "latin": "la", "yoruba": "yo", "yiddish": "yi", "persian": "fa", "farsi": "fa",
    "eng": "en", "spa": "es", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de", "ita": "it", "por": "pt", "pol": "pl",
    "nld": "nl", "dut": "nl", "vie": "vi", "gle": "ga", "swe": "sv", "rus": "ru", "zho": "zh", "jpn": "ja", "kor": "ko",
    "fin": "fi", "dan": "da", "nor": "nb", "nob": "nb", "ces": "cs", "cze": "cs", "heb": "he", "ara": "ar",
    # countries, most of all
    "us": "en-US", "usa": "en-US", "u.s.": "en-US", "gb": "en-GB", "en-uk": "en-GB", "england": "en-GB", "au": "en-AU",
    "nz": "en-NZ", "jp": "ja", "cz": "cs", "dk": "da", "gr": "el", "vn": "vi", "cn": "zh-CN", "at": "de-AT", "mx": "es-MX",
    "ua": "uk", "sp": "es", "germany": "de", "france": "fr", "spain": "es", "mexico": "es-MX", "canada": "en-CA",
    "australia": "en-AU", "ireland": "en-IE", "iw": "he", "in": "id", "ji": "yi", "jw": "jv", "mo": "ro", "sh": "sr-Latn",
}  # fmt: skip
_RIGHT_TO_LEFT = frozenset(
    """
ar arc arq ary arz aeb acm apc ajp ckb dv fa prs pes glk he hbo jpr jrb ks ku-arab lrc mzn nqo pnb ps pbt pbu sd skr
syr ug ur yi ydd lad-hebr azb bal bqi haz khw rhg sam tmr ff-adlm
""".split()
)
_NEVER_LATIN = (_RIGHT_TO_LEFT - {"ks", "ku-arab", "sd", "bal"}) | frozenset(
    "ru uk be bg mk el grc hy ka zh ja ko th lo km my hi mr ne bn as pa gu or ta te kn ml si am ti bo dz yue".split()
)
_SCRIPTS = frozenset(
    """
adlm arab aran armi avst hebr mand mend nkoo orkh phnx rohg samr syrc syre syrj syrn thaa yezi
""".split()
)

RIGHT_TO_LEFT_LETTER = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_LEFT_TO_RIGHT = (
    "[A-Za-z\u00aa\u00ba\u00c0-\u02b8\u0370-\u0373\u0376-\u03ff\u0400-\u058f\u0900-\u1fff\u3040-\u9fff\uac00-\ud7af\U00010000-\U000107ff"
    "\U00020000-\U0003ffff]"
)

_UNSPACED = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"


def language_fault(tag: str) -> tuple[str, str] | None:
    """Fact and cure where `tag` is no registered BCP 47 language tag."""
    if tag in _KNOWN:
        return None
    if len(tag) > 60:
        return "it is too long for the code of a language", "write a code such as en, en-US, es or vi"
    written = tag.replace("_", "-").strip()
    meant = _NAMES.get(written.lower(), "")
    if not meant and _SHAPE.fullmatch(tag) and _is_registered(tag):
        return None
    if not meant and _SHAPE.fullmatch(written) and _is_registered(written):
        meant = written
    if not meant and re.fullmatch(r"[A-Za-z]{2}-[A-Za-z]{2}", written):
        country, language = written.split("-")  # us-en
        turned = f"{language.lower()}-{country.upper()}"
        meant = turned if turned in _KNOWN else ""
    words = re.split(r"[\s(),/-]+", written.lower())
    meant = meant or next((_NAMES[word] for word in words if word in _NAMES), "")
    fact = "no language has this code" if _SHAPE.fullmatch(tag) else "a language is written as a short code"
    return fact, f"write {meant}" if meant else "write a code such as en, en-US, es or vi"


@cache
def base_language(tag: str) -> str:
    """The language of a tag, without region and script: "en" of "en-US"."""
    return tag.lower().replace("_", "-").partition("-")[0]


@cache
def _is_registered(tag: str) -> bool:
    import langcodes

    return langcodes.tag_is_valid(tag)


@cache
def reads_right_to_left(tag: str) -> bool:
    """Whether a language is written from right to left."""
    parts = tag.lower().replace("_", "-").split("-")
    script = next((part for part in parts[1:] if len(part) == 4 and part.isalpha()), "")
    if script:
        return script in _SCRIPTS
    return parts[0] in _RIGHT_TO_LEFT


def is_unspaced(sign: str) -> bool:
    """Whether a character belongs to a script without spaces between words, such as Thai or Japanese."""
    return sign > "\u0dff" and re.match(_UNSPACED, sign) is not None


@cache  # it takes long to make, and few books need it
def _left_to_right_letter() -> re.Pattern[str]:
    return re.compile(_LEFT_TO_RIGHT)


def runs_right_to_left(text: str, language: str) -> bool:
    """Whether a paragraph begins at the right: if its language does, or if it has letters and all of them do.

    The first letter of a paragraph decides nothing.
    """
    if reads_right_to_left(language):
        return True
    if text.isascii() or not RIGHT_TO_LEFT_LETTER.search(text):
        return False
    return _left_to_right_letter().search(text) is None


@cache
def _is_latin(tag: str) -> bool:
    """Whether a language is written in Latin letters, or may be."""
    parts = tag.lower().replace("_", "-").split("-")
    return "latn" in parts[1:] or parts[0] not in _NEVER_LATIN


def language_beside(text: str, language: str, book_language: str, *, opening: bool = False) -> str:
    """The language of words that belong to a story in `language`, such as a photo's caption: the story's, or the book's where
    the words are evidently in that, by their letters or, where both languages have the same, by their small words.

    Most letters or small words decide, or, with `opening`, the first one: a credit is “Photo by” and a name.
    """
    latin = _is_latin(language)
    if not language:
        return language
    if latin == _is_latin(book_language):
        signs = _small_words_of(text, base_language(language), base_language(book_language))[: 1 if opening else None]
        return book_language if 2 * sum(signs) < len(signs) else language
    letters = [name(sign, "").startswith("LATIN") for sign in text if sign.isalpha()]
    if not letters:
        return language
    written = letters[0] if opening else 2 * sum(letters) >= len(letters)
    return language if written == latin else book_language


def _small_words_of(text: str, language: str, other: str) -> list[bool]:
    """For each small word of a text that only one of two languages has whether it is of the first one; none where one is not known."""
    if language == other or language not in SMALL_WORDS or other not in SMALL_WORDS:
        return []
    own, others = SMALL_WORDS[language], SMALL_WORDS[other]
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return [word in own for word in words if (word in own) != (word in others)]
