"""Name, town and age, taken only where they are said: a last line such as “Kate, 32, St. Louis”."""

from __future__ import annotations

import re
from typing import NamedTuple

from milebook.intake.items import Found

_NAME = r"(?P<name>[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){0,4})"
_AGE = r"(?:age[d]? |aged: )?(?P<age>[1-9]\d)(?: years old| yrs?\.?| y\.?o\.?)?"
_PLACE = r"(?P<place>[^\W\d_][\w'’. -]{1,40}(?:, [^\W\d_][\w'’. -]{1,30}){0,2})"
_SIGNED = (
    re.compile(rf"[-–—~ ]*{_NAME}, {_AGE}, {_PLACE}\.?"),
    re.compile(rf"[-–—~ ]*{_NAME}, {_AGE}\.?"),
    re.compile(rf"[-–—~ ]*{_NAME} \({_AGE}\),? (?:from |of )?{_PLACE}\.?"),
    re.compile(rf"[-–—~ ]*{_NAME}, {_PLACE}, (?:age )?(?P<age2>[1-9]\d)\.?"),
    re.compile(rf"[–—~-]+ ?{_NAME}, {_PLACE}"),
)
_FROM = re.compile(r"(?P<name>[^\W\d_][\w'’.-]*) (?:from|in|of|aus|de) (?P<place>[A-ZÀ-Þ][\w'’. -]{1,40})")
CONSENT = re.compile(
    r"(?i)\b(?:permission|you (?:may|can) (?:use|print|publish|share)|feel free to (?:use|print|publish|share|edit)|free to use|"
    r"okay to (?:use|print|publish)|ok to (?:use|print|publish)|i (?:give|grant|consent)|please (?:don.t|do not) (?:use|print|publish)|"
    r"don.t use my name|do not use my name|anonym\w+)\b"
)


class Signed(NamedTuple):
    """What a signature says; "" and None for what it does not."""

    name: str = ""
    age: int | None = None
    location: str = ""
    line: str = ""


def signed(text: str) -> Signed:
    """The person that the last line of a text names with an age or a place, else nothing."""
    lines = [line.strip(" \t*_") for line in text.strip().split("\n") if line.strip()]
    for line in reversed(lines[-2:]):
        if len(line) > 90:
            continue
        for pattern in _SIGNED:
            match = pattern.fullmatch(line)
            if match and _is_name(match["name"]):
                groups = match.groupdict()
                age = groups.get("age") or groups.get("age2")
                return Signed(
                    match["name"].strip(), int(age) if age else None, (groups.get("place") or "").strip(), line
                )
    return Signed()


_BYLINE = re.compile(rf"(?i:by|von|par|por|di|door|av|af)\s*:?\s+{_NAME}")


def take_signature(item: Found) -> None:
    """Name, age and town of a document's writer, from a line “by Kate Lind” above its text or a signature below it.

    The line above leaves the text, because the book prints a byline of its own.
    """
    for number, one in enumerate(item.passages[:2]):
        match = _BYLINE.fullmatch(one.text.strip())
        if match and _is_name(match["name"]) and len(item.passages) > number + 1:
            item.name = match["name"].strip()
            item.cuts.append(one.text)
            del item.passages[number]
            for held in item.pictures:
                held.after = held.after - 1 if held.after is not None and held.after > number else held.after
            break
    person = signed(item.text)
    if person.line:
        item.name, item.age, item.location = person.name or item.name, person.age, person.location
        item.notes.append(f"signed “{person.line}”")


def _is_name(name: str) -> bool:
    words = name.split()
    return all(word[:1].isupper() or word in ("de", "van", "von", "der", "la", "del", "da") for word in words)


def place_in_name(name: str) -> str:
    """ "Duluth" of a commenter who calls herself “Dora from Duluth”; her name stays as it is."""
    match = _FROM.fullmatch(name.strip())
    return match["place"].strip() if match else ""


def consent_like(text: str) -> list[str]:
    """Sentences that speak of permission, for the report: nothing follows from them."""
    found: dict[str, None] = {}
    for match in CONSENT.finditer(text):
        start = max(text.rfind(sign, 0, match.start()) for sign in ".!?\n") + 1
        ends = [at for sign in ".!?\n" if (at := text.find(sign, match.end())) >= 0]
        found[" ".join(text[start : min(ends, default=len(text)) + 1].split())[:160]] = None
        if len(found) == 3:
            break
    return list(found)
