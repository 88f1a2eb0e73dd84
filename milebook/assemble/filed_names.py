"""How a person's name is filed: under which word, with particles, titles, suffixes and groups understood.

Customs differ by language. In an English book a name is filed with its particle (de la Cruz, Ana); German, Dutch, French,
Spanish and Portuguese file a small one behind it (Goethe, Johann Wolfgang von). `sort:` in the index overrides all of it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from milebook.assemble.group_names import is_group
from milebook.assemble.name_words import NEVER_FIRST, NUMERALS, PARTICLES, RELIGIOUS, SUFFIXES, TITLES
from milebook.assemble.romanized_names import family_name_first, is_initials, is_spanish
from milebook.model.languages import base_language

_MOVED = {  # small particles that the language files behind the name
    language: frozenset(particles.split())
    for language, particles in {
        "de": "von vom zu zum zur der den van de",
        "nl": "van von de der den het 't ter ten te tot op in",
        "fr": "de d'",
        "es": "de del la las los",
        "pt": "de do da dos das e",
        "sv": "af av von de",
        "da": "af av von de",
        "nb": "af av von de",
    }.items()
}
_FAMILY_FIRST = frozenset(("hu", "zh", "ja", "ko"))
_DOUBTFUL_SUFFIXES = frozenset("ma ms ba bs op pe sen dr ing med ret usa".split())  # also surnames, or parts of names
_AND = ("and", "&", "+", "und", "et", "och", "og", "ja", "en")
# letters without their strokes, and signs that do not count: O'Brien and O’Brien are filed as one, and so are all hyphens
_ALIKE = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        **dict.fromkeys("'‘’‚‛ʻʼʽ`´′", ""),
        **dict.fromkeys("‐‑‒–—−", "-"),
    }
)
_HAN = "[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"


def filing(text: str) -> str:
    """Text as a reader alphabetizes it: without case, accents and apostrophes, and without an article in front."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = plain.translate(_ALIKE).lstrip('"“«„¿¡ ')
    for article in ("the ", "a ", "an "):
        if plain.startswith(article):
            return plain[len(article) :]
    return plain


class FiledName(NamedTuple):
    """A name as it is filed: under `surname`, then by what stands behind the comma ("" for a group, or for one name)."""

    surname: str
    rest: str = ""

    @property
    def whole(self) -> str:
        return f"{self.surname}, {self.rest}" if self.rest else self.surname

    @property
    def key(self) -> tuple[str, str]:
        """What names are sorted by: without case, accents and articles."""
        return filing(self.surname), filing(self.rest)


def filed(name: str, sort: str = "", language: str = "en") -> FiledName:
    """How a name is filed in a book of this language; `sort` is the author's own word for it."""
    if sort.strip():
        surname, _, rest = sort.partition(",")
        return FiledName(surname.strip(), rest.strip())
    base = base_language(language)
    plain = re.sub(r"\s*[(\[][^)\]]*[)\]]", "", name).strip() or name.strip()
    words, suffix = _without_suffix(plain)
    if "," in " ".join(words):
        first, _, rest = " ".join(words).partition(",")
        if is_group(first.split()):
            return FiledName(plain)
        if " " not in first.strip() or _is_particle(first.split()[0]):
            return FiledName(first.strip(), _joined(rest.strip(), suffix))  # is filed already
        words = first.split()  # a byline: what follows is an age or a town
    if is_group(words):
        return FiledName(plain)
    if at := _between_people(words):
        one = filed(" ".join(words[:at]), "", base)
        return FiledName(one.surname, f"{one.rest}, {words[at]} {' '.join(words[at + 1 :])}")
    titles: list[str] = []
    while len(words) > 1 and (_bare(words[0]) in TITLES or (words[0] in ("St.", "St") and "of" in words)):
        titles.append(words.pop(0))
    if len(words) < 2 or (not plain.isascii() and re.search(_HAN, plain)) or base == "is":
        return FiledName(" ".join(words) or name, _joined(" ".join(titles), suffix) if titles else suffix)
    religious = _bare(titles[-1]) if titles and _bare(titles[-1]) in RELIGIOUS else ""
    if religious and ("of" in words or (len(words) == 2 and religious in ("sister", "brother", "mother"))):
        return FiledName(" ".join(words), " ".join(titles))
    if _stays_whole(words):
        return FiledName(" ".join(words), _joined(" ".join(titles), suffix))
    at = _surname_at(words, base)
    if at == 0:
        return FiledName(words[0], _joined(" ".join(words[1:]), suffix))
    family, given = words[at:], words[:at]
    moved: list[str] = []
    while len(family) > 1 and family[0] in _MOVED.get(base, ()):
        moved.append(family.pop(0))
    return FiledName(" ".join(family), _joined(" ".join([*titles, *given, *moved]), suffix))


def surname(name: str, language: str = "en") -> str:
    """The name that a running head gives: the surname with its particles, both of two people, or a whole group."""
    if not name.strip():
        return name
    words = name.split()
    if not is_group(words) and (at := _between_people(words)):
        return f"{surname(' '.join(words[:at]), language)} {words[at]} {surname(' '.join(words[at + 1 :]), language)}"
    return filed(name, "", language).surname


def _surname_at(words: list[str], base: str) -> int:
    """The index of the word that the surname begins with."""
    first = words[0]
    if base in _FAMILY_FIRST or (base == "vi" and len(words) > 2) or family_name_first(words):
        return 0
    if (
        len(first) > 1
        and first.isupper()
        and any(word.isalpha() and not word.isupper() for word in words[1:])
        and "." not in first
        and not is_initials(first)
    ):
        return 0  # NGUYEN Thi Anh, as forms ask for it
    at = len(words) - 1
    spanish = base in ("es", "ca", "gl", "eu") or is_spanish(words[-2:])
    if spanish and len(words) > 2 and _begins_a_surname(words, at - 1):
        at -= 1
    while at > 1 and _belongs_to_the_next(words, at - 1):
        at -= 1
        if words[at].lower() in NEVER_FIRST and at > 1:
            at -= 1
    return at


def _belongs_to_the_next(words: list[str], at: int) -> bool:
    """Whether a word is part of the family name that goes on behind it: a particle, or the “y” of Oteiza y Ramos.

    The E of Rose E Lee is an initial.
    """
    word = words[at]
    if word.lower() not in NEVER_FIRST:
        return _is_particle(word)
    if at < 2:
        return False
    return len(word) > 1 or (words[at - 1][:1].isupper() and (word.islower() or " ".join(words).isupper()))


def _stays_whole(words: list[str]) -> bool:
    """Whether no word of a name is a family name: Ibn Katib, Njeri wa Mwang'o, Björk Örnsdóttir."""
    if len(words) == 2 and words[0].lower() in ("ibn", "abu", "abd", "abdul", "umm", "bint"):
        return True
    return "wa" in words[1:-1] or words[-1].endswith("dóttir") or words[-1].lower() in NUMERALS


def _between_people(words: list[str]) -> int:
    """The index of the “and” between two people with a family name each; 0 for any other name."""
    at = next((n for n, word in enumerate(words) if word.lower() in _AND), 0)
    sides = (words[:at], words[at + 1 :])
    if any(all(_bare(word) in TITLES for word in one[:-1]) for one in sides) or _is_particle(words[at - 1]):
        return 0  # Ann and Bob Example, Mr. and Mrs. Example, Karl von und zu Marsh
    return at


def _begins_a_surname(words: list[str], at: int) -> bool:
    return at > 0 and words[at][:1].isupper() and not words[at].endswith(".") and not _is_particle(words[at])


def _is_particle(word: str) -> bool:
    return word != "Ben" and word.lower().replace("’", "'") in PARTICLES


def _without_suffix(name: str) -> tuple[list[str], str]:
    """The words of a name, and what stands behind it: Jr., Ph.D."""
    words = name.split()
    suffix: list[str] = []
    while len(words) > 1 and (_is_suffix(words[-1], words[-2]) or not any(map(str.isalnum, words[-1]))):
        if _bare(words[-1]) in NUMERALS and (len(words) == 2 or (len(words) == 3 and _bare(words[0]) in RELIGIOUS)):
            break  # Maud II, Pope Otto XII
        suffix.insert(0, words.pop().strip(","))
        words[-1] = words[-1].rstrip(",")
    return words, " ".join(filter(None, suffix))


def _is_suffix(word: str, before: str) -> bool:
    bare = _bare(word)
    if bare not in SUFFIXES:
        return False
    if bare in NUMERALS and len(bare) > 1 and not word.isupper():
        return False
    if bare in _DOUBTFUL_SUFFIXES:
        return "." in word or before.endswith(",") or (word.isupper() and len(word) > 1)
    return True


def _bare(word: str) -> str:
    return word.lower().replace(".", "").strip(",()")


def _joined(rest: str, suffix: str) -> str:
    return ", ".join(part for part in (rest, suffix) if part)
