"""Check the form of a value: e-mail addresses, language tags, ISBNs, bylines, years, ids."""

from __future__ import annotations

import re

from milebook.index.schema import BYLINE_PARTS
from milebook.model.near_names import nearest
from milebook.model.slugs import ascii_letters

EMAIL = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\.]+(?:\.[^\s@<>,;:\"()\[\]\\.]+)+")
_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")
_YEAR = re.compile(r"[12][0-9]{3}(?:[-–][12][0-9]{3})?")
MAX_ID = 80  # file names, bookmarks and anchors are made of it


def email_fault(address: str) -> tuple[str, str] | None:
    """Fact and cure where `address` cannot be one single e-mail address; None where it can."""
    if len(address) > 254:
        return "it is longer than any e-mail address", "write one address"
    if EMAIL.fullmatch(address) and ".." not in address:
        return None
    if found := EMAIL.search(address):
        if "@" in address[found.end() :]:
            return "more than one address stands here", "write one address"
        return "something stands beside the address", f"write only {found.group()}"
    return "it is not an e-mail address", "write it as in ana@example.org, or leave the line out"


def isbn_fault(number: str) -> tuple[str, str] | None:
    """Fact and cure where `number` is no ISBN-13 with the right check digit."""
    digits = re.sub(r"[\s-]", "", number)
    if re.fullmatch(r"[0-9]{9}[0-9Xx]", digits):
        if sum((10 - place) * _digit(c) for place, c in enumerate(digits)) % 11 == 0:
            body = "978" + digits[:9]
            return (
                "it is an ISBN of ten digits, which have not been given out since 2007",
                f"write {body}{_check(body)}",
            )
        return "it is not an ISBN of thirteen digits", "copy it again from where you were given it"
    if not re.fullmatch(r"[0-9]{13}", digits):
        count = sum(c.isdigit() for c in digits)
        return f"an ISBN has thirteen digits, and this has {count}", "copy it again from where you were given it"
    if digits[:3] not in ("978", "979"):
        return "an ISBN begins with 978 or 979", "copy it again from where you were given it"
    if _check(digits[:12]) != digits[12]:
        return "its last digit does not fit the others", "two digits are exchanged or one is wrong; copy it again"
    return None


def _digit(character: str) -> int:
    return 10 if character in "Xx" else int(character)


def _check(twelve: str) -> str:
    return str(-sum(int(c) * (3 if place % 2 else 1) for place, c in enumerate(twelve)) % 10)


def byline_fault(template: str) -> tuple[str, str] | None:
    """Fact and cure where a byline names a part that does not exist, or a brace stands alone."""
    for part in re.findall(r"\{([^{}]*)\}", template):
        if part not in BYLINE_PARTS:
            near = nearest(part, BYLINE_PARTS)
            choice = ", ".join(f"{{{name}}}" for name in BYLINE_PARTS)
            return f"it has no part {{{part}}}", f"did you mean {{{near}}}?" if near else f"its parts are {choice}"
    if re.search(r"[{}]", re.sub(r"\{[^{}]*\}", "", template)):
        return "a brace stands in it without its partner", 'write it as in "{name}, {age}, {location}"'
    if "{name}" not in template:
        return "it has no {name}, so nobody would be named", 'write it as in "{name}, {age}, {location}"'
    return None


def year_fault(year: str) -> tuple[str, str] | None:
    if _YEAR.fullmatch(year):
        return None
    return "it is not a year", "write it in four figures, as in 2026, or as a span, as in 2024-2026"


def id_fault(text: str) -> tuple[str, str] | None:
    """Fact and cure where `text` cannot be an id."""
    rule = "an id is made of small letters a to z, digits, hyphens and underscores, and begins with a letter or digit"
    if len(text) > MAX_ID:
        return f"it is longer than {MAX_ID} characters", "make it shorter"
    if _ID.fullmatch(text):
        return None
    if _ID.fullmatch(text.lower()):
        return f"ids are written in small letters: {text.lower()}", f"write {text.lower()}"
    slug = id_from(text)
    return rule, f"write {slug}" if slug else "write it as in lost-dog"


def id_from(text: str) -> str:
    """An id made of a title or of a faulty id; "" where nothing is left."""
    plain = ascii_letters(text).lower().replace("'", "")
    return re.sub(r"[^a-z0-9_]+", "-", plain).strip("-_")[:MAX_ID]
