"""Take a name apart that holds more than a name: an e-mail address, or pronouns in brackets."""

from __future__ import annotations

import re
from typing import NamedTuple

_BOX = r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*"
_ADDRESS = re.compile(
    rf"[\"'<(\[\s]{{0,20}}(?:(?:mailto|e-?mail)\s*:\s*)?(?<![\w.@])(?P<address>{_BOX}@[\w-]+(?:\.[\w-]+)+)\.?[\"'>)\]\s]*",
    re.IGNORECASE,
)
_ONLY_ADDRESS = re.compile(r"[<(\[]?(?:mailto:)?[^\s<>@]+@[^\s<>@]+[>)\]]?", re.IGNORECASE)
_PRONOUN = r"(?:he|she|they|ze|xe|it|any|er|sie|elle|il|iel|ella|él|hij|zij|ona|on)"
_SECOND = r"(?:him|his|her|hers|them|theirs|he|she|they|zir|xem|its|all|ihm|ihn|ihr|lui|hem|haar|jej|jego|ona|on|ella|él|elle|il)"
_PRONOUNS = re.compile(
    rf"(?i)\s*[(\[]\s*(?:pronouns:? )?(?:{_PRONOUN}(?:\s*[/,|]\s*\w{{2,7}}){{1,3}}|any pronouns)\s*[)\]]"
    rf"|(?<![\s,–—-])[\s,–—-]+{_PRONOUN}(?:/{_SECOND}){{1,3}}$"  # without brackets only where all of it is pronouns
)


class PersonName(NamedTuple):
    """A name as it may be printed, and the address that stood in it; each "" where there is none."""

    name: str
    address: str = ""


def plain_name(text: str) -> PersonName:
    """The name without pronouns and without an e-mail address; a text that is only an address is no name."""
    name = " ".join(text.split())
    if "@" in name and _ONLY_ADDRESS.fullmatch(name):
        return PersonName("", name.strip("<>()[]").removeprefix("mailto:"))
    found = _ADDRESS.search(name) if "@" in name else None
    if found:
        name = re.sub(r"(?:\s*[,;])+", ",", _ADDRESS.sub(" ", name)).strip(" ,;:<>|/–—-")
    name = _PRONOUNS.sub("", name)
    return PersonName(" ".join(name.split()), found["address"] if found else "")
