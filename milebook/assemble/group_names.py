"""Whether a name is that of a group, or only describes someone: Oak Street Writers Group, Team Oak, A Friend in Ohio."""

from __future__ import annotations

import re

from milebook.assemble.name_words import FIRST_OF_GROUP, NO_NAMES, PERHAPS_GROUP, SOMEBODY

_GROUP = re.compile(
    r"\b(?:groups?|clubs?|society|teams?|runners|writers|walkers|harriers|striders|joggers|association|family|class|school|band|choir|committee|"
    r"collective|friends|church|company|co|inc|llc|ltd|gmbh|e\.?v|crew|staff|editors|department|dept|university|college|library|press|relay|"
    r"guild|league|squad|circle|workshop|network|foundation|institute|museum|council|board|community|project|volunteers|parents|students|"
    r"members|residents|neighbors|neighbours|academy|grade|sons|brothers|sisters|bros|hospital|center|centre|union|trust|fund|office|studios?|"
    r"shop|store|cafe|café|theater|theatre|orchestra|quartet|trio|alliance|federation|agency|magazine|journal|"
    r"verein|gruppe|klasse|equipo|grupo|groupe|équipe|famille|familia|famiglia|"
    r"associazione|asociación|stowarzyszenie|klubb|klub|förening)\b\.?",
    re.IGNORECASE,
)
_DUTCH = frozenset(("'t", "’t", "den", "de", "der", "het"))


def is_group(words: list[str]) -> bool:
    """Whether the words of a name, without its suffix, are to be left in their order."""
    if len(words) < 2:
        return False
    first = words[0].lower()
    if first == "the" or words[1].lower() in ("of", "der", "vom", "des"):
        return True
    if _describes(words) or first in FIRST_OF_GROUP or any(any(map(str.isdigit, word)) for word in words):
        return True
    if any(word.endswith(("'s", "’s")) for word in words[:-1]):
        return True
    if len(words) == 3 and words[1].lower() in ("&", "and", "+"):
        return words[0].lower().rstrip(".") not in ("mr", "mrs", "ms", "dr")
    found = _GROUP.search(" ".join(words[1:]))
    return found is not None and (
        len(words) > 2 or words[-1].lower() == "family" or found[0].lower().rstrip(".") not in PERHAPS_GROUP
    )


def _describes(words: list[str]) -> bool:
    """Whether the words tell about someone without a name: A Friend, A Reader in Ohio, Anna from Canby."""
    if words[0].lower() in ("a", "an", "one", "your") and any(word.lower() in SOMEBODY for word in words[1:]):
        return True
    return any(
        word in NO_NAMES and not (word in ("in", "on") and following.lower() in _DUTCH)
        for word, following in zip(words[1:], [*words[2:], ""], strict=True)
    )
