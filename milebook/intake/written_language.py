"""Tell a text that is clearly in another language than the book: by its script, and by the small words that every sentence needs."""

from __future__ import annotations

import re

from milebook.model.languages import base_language

_WORD = re.compile(r"[^\W\d_]+")
LEAST = 25  # words of a text; a shorter one tells nothing
LONG = 60  # words from which on more of them are asked for
CLEAR = 0.25  # share of the text that must be small words of its language
KINDS, FEW_KINDS = 10, 6  # different small words of a long text and of a short one: one that is repeated tells nothing
RIVAL = 0.25  # as many of the words that only one of two languages has may be of the other
_SMALL_WORDS = {
    "de": "der die das und ist ich nicht ein eine zu den von mit es sich auf dem wir war wie auch so an hatte er sie im aber als noch nach bei aus um wenn nur "
          "mich mir uns durch vor wurde haben dass oder einer einem jeder hat auf für über des sind sein",
    "en": "the and of to a in is was that it i he she we they you with for on as at his her had have not but this are be from by my were there when what our "
          "or has their an all so one would no if out up",
    "es": "el la los las de que y en un una es se no por con para su al lo como más pero le me mi era había cuando todo esta este muy sin del nos yo ya hasta "
          "fue ha porque o son sus toda",
    "fr": "le la les de des et à un une est que qui en dans il elle je ne pas pour sur ce avec au nous vous mais par plus se son sa était comme on du si leur où "
          "sont ses ou tout toute aux a",
    "it": "il lo la i gli le di che e in un una è non per con si del della al mi ma come più era quando anche sono io da nel ci questo dei alla ogni ha suo sua od "
          "o delle dal nella",
    "nl": "de het een en van is dat ik niet te in op we met voor was er aan maar zijn hij ze die ook als bij naar nog uit om had door toen mijn over zo heeft ieder "
          "of worden recht geen",
    "pl": "i w na z się nie to że do jest o jak ale po co tak za był była ja przez od dla już tylko gdy mi może przy ma oraz jego lub każdy każda prawo bez",
    "pt": "o a os as de que e em um uma é se não por com para do da no na eu mas como mais foi ao dos das nos me meu minha era quando já muito seu sua ou tem toda "
          "todo pelo pela",
    "sv": "och att det i en som på är av för med jag inte den var till om ett han hon vi men när så hade min från sig har de där då skulle ut eller varje rätt sin "
          "skall vid",
    "vi": "và của là có không tôi một những được cho các trong đã với người này thì ở khi đến như cũng nhưng lại về ra đi chúng mà bị vào nó rất còn lên phải từ "
          "anh em bà ông mẹ con",
}  # fmt: skip
# Letters -> the language that is written with them, the surest first. A script that several languages use names the most common one.
_SCRIPTS = (
    ("[\u3040-\u30ff]", "ja"), ("[\uac00-\ud7a3]", "ko"), ("[іїєґ]", "uk"), ("[ў]", "be"), ("[ђћџљњј]", "sr"), ("[\u0400-\u04ff]", "ru"),
    ("[\u0370-\u03ff\u1f00-\u1fff]", "el"), ("[\u0590-\u05ff]", "he"), ("[پچژگ]", "fa"), ("[\u0600-\u06ff]", "ar"),
    ("[\u0900-\u097f]", "hi"), ("[\u0e00-\u0e7f]", "th"), ("[\u0530-\u058f]", "hy"), ("[\u10a0-\u10ff]", "ka"), ("[\u3400-\u9fff]", "zh"),
)  # fmt: skip
_FOREIGN = re.compile("[\u0370-\u1cff\u1f00-\u1fff\u3040-\ud7a3]")
_MOST_FOREIGN = 0.6  # share of the letters of a text that are of another script
_LEAST_LETTERS = 60
# Languages that nothing is said of, so that they are not taken for those beside them.
_NEIGHBORS = {
    "af": "die en van het is nie ek dit dat hy sy ons in te om met vir was op aan as wat ook by maar sal elke reg of mag word sonder enige alle alles een toe",
    "ca": "el la els les de i que en un una és no per amb al com més però seva seu aquest tota tot quan era ha té dret o als del sense son ni altres dels",
    "gl": "o a os as de que e en un unha é non por con para do da no na dos das ao como máis pero seu súa toda todo ten dereito ou nin sen á pola cando era",
    "nb": "og i er det på av en et som til å for med ikke den de jeg var har om han hun vi men når fra seg hadde skal enhver rett eller sin ved ut etter",
    "da": "og i er det på af en et som til at for med ikke den de jeg var har om han hun vi men når fra sig havde skal enhver ret eller sin ved ud efter",
}
_SETS = {language: frozenset(words.split()) for language, words in (_SMALL_WORDS | _NEIGHBORS).items()}


def other_language(text: str, language: str) -> str:
    """The tag of the language that a text is clearly written in, "" if it is that of the book, or not clear.

    Nothing is said in books of a language whose small words are not known here: a neighbor of it could be taken for another.
    """
    own = base_language(language)
    words = _WORD.findall(text[:20_000].casefold())
    if own not in _SMALL_WORDS:
        return ""
    if by_script := _by_script("".join(words)):
        return by_script
    if len(words) < LEAST:
        return ""
    found = {tag: sum(word in small for word in words) for tag, small in _SETS.items()}
    best = max(found, key=lambda tag: found[tag])
    if (
        best == own
        or best in _NEIGHBORS
        or found[best] < CLEAR * len(words)
        or len(_SETS[best].intersection(words)) < (KINDS if len(words) >= LONG else FEW_KINDS)
    ):
        return ""
    return best if all(_clearly(words, _SETS[best], small) for tag, small in _SETS.items() if tag != best) else ""


def _by_script(letters: str) -> str:
    """The language of a text in another script than the Latin one; "" for one in Latin letters, mostly or wholly."""
    foreign = len(_FOREIGN.findall(letters))
    if foreign < _LEAST_LETTERS or foreign < _MOST_FOREIGN * len(letters):
        return ""
    return next((language for pattern, language in _SCRIPTS if len(re.findall(pattern, letters)) * 50 > foreign), "")


def _clearly(words: list[str], one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the words that only one of two languages has are far more of the first one's."""
    ours, others = one - other, other - one
    return sum(word in others for word in words) <= RIVAL * sum(word in ours for word in words)
