"""Name, town and age, taken only where they are said: a last line such as “Kate, 32, St. Louis”."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from milebook.assemble.name_words import SURNAME_PARTICLES
from milebook.intake.items import HEADING, Found, Passage
from milebook.intake.line_breaks import lines_of

_IN_NAME = r"[\w\u0300-\u036f'’.-]"  # some letters of Yoruba and others have an accent that is a character of its own
_NAME = rf"(?P<name>[^\W\d_]{_IN_NAME}*(?: [^\W\d_]{_IN_NAME}*){{0,4}})"
_AGE = r"(?:age[d]? |aged: )?(?P<age>[1-9]\d)(?: years old| yrs?\.?| y\.?o\.?)?"
_PLACE = r"(?P<place>[^\W\d_][\w'’. /-]{1,40}(?:, [^\W\d_][\w'’. /-]{1,30}){0,2})"
_SIGNED = (
    re.compile(rf"[-–—~ ]*{_NAME}, {_AGE}, {_PLACE}\.?"),
    re.compile(rf"[-–—~ ]*{_NAME}, {_AGE}\.?"),
    re.compile(rf"[-–—~ ]*{_NAME} \({_AGE}\),? (?:from |of )?{_PLACE}\.?"),
    re.compile(rf"[-–—~ ]*{_NAME}, {_PLACE}, (?:age )?(?P<age2>[1-9]\d)\.?"),
    re.compile(rf"[–—~-]+ ?{_NAME}, {_PLACE}"),
)
_FROM = re.compile(r"(?P<name>[^\W\d_][\w'’.-]*) (?:from|in|of|aus|de) (?P<place>[^\W\d_][\w'’. -]{1,40})")
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
    lines = [line.strip(" \t*_") for line in _composed(text.strip()).split("\n") if line.strip()]
    for line in reversed(lines[-2:]):
        if len(line) > 90:
            continue
        for pattern in _SIGNED:
            match = pattern.fullmatch(line)
            if match and is_name(match["name"]):
                groups = match.groupdict()
                age = groups.get("age") or groups.get("age2")
                return Signed(
                    match["name"].strip(), int(age) if age else None, (groups.get("place") or "").strip(), line
                )
    return Signed()


_BYLINE = re.compile(
    rf"(?i:by|von|par|por|di|door|av|af)\s*:?\s+{_NAME}(?:, ?{_PLACE}| ?\({_PLACE.replace('<place>', '<held>')}\))?\.?"
)
_WIDEST_TITLE = 80  # characters
_NOBODY = re.compile(
    r"(?i)python-docx|(?:microsoft|ms)(?: office)?(?: user| word)?|office(?: user)?|(?:windows |default |guest )?user\w*|admin\w*|owner|"
    r"author|autor|auteur|benutzer|unknown|un-?named|apache poi|libreoffice.*|google docs|pandoc|me|hp|dell|pc|[\W\d_]*"
)


def take_signature(item: Found, author: str = "") -> None:
    """Name, age and town of a document's writer, from a line “by Kate Lind, St. Louis” above or below its text or a signature.

    That line leaves the text, because the book prints a byline of its own. `author` is whom the file's properties name; it is
    only noted, for it may be whoever typed the story.
    """
    take_byline(item)
    if not item.name:
        _take_top_signature(item)
    person = signed(item.text)
    if person.line:
        item.name, item.age = person.name or item.name, person.age
        item.location = person.location or item.location
        item.notes.append(f"signed “{person.line}”")
    if not item.name and item.passages:
        of_file = f"its file is called “{PurePosixPath(item.source).name[:80]}”"
        author = " ".join(author.split())[:80]
        known = (
            f"its properties name “{author}” as its author, and {of_file}" if not _NOBODY.fullmatch(author) else of_file
        )
        item.notes.append(f"nobody signed it; {known}: write the contributor's name into the index")


def take_byline(item: Found) -> None:
    """Name and town from a line “by Kate Lind, St. Louis” that opens or ends the text; the line leaves it.

    Where a mail says who wrote, a byline of somebody else stays, and is only noted.
    """
    _part_title_from_byline(item)
    last = len(item.passages) - 1
    for number in dict.fromkeys(at for at in (0, 1, last) if 0 <= at <= last and last):
        byline = _byline(item.passages[number].text)
        if byline is None or not (number < last or last > 1):
            continue
        if item.name and item.name.split()[0].casefold() != byline.name.split()[0].casefold():
            item.notes.append(f"the text says “{byline.line}”, and was sent by {item.name}: whose story is it?")
        else:
            _take_byline(item, number, byline)
        return


def _take_top_signature(item: Found) -> None:
    """Name, age and town from a line “Kate Lind, St. Louis, 32” above the text or below its title; the line leaves it."""
    for number in range(min(2, len(item.passages) - 1)):
        person = signed(item.passages[number].text) if "\n" not in item.passages[number].text.strip() else Signed()
        if person.age and person.location:
            item.age = person.age
            _take_byline(item, number, person)
            return


def _part_title_from_byline(item: Found) -> None:
    """Make two passages of a first one that is a title and, in the next line, “by Kate Lind”."""
    if len(item.passages) < 2:
        return
    lines = lines_of(item.passages[0].spans)
    title, last = "".join(span.text for span in lines[0]), "".join(span.text for span in lines[-1])
    if len(lines) != 2 or len(title) > _WIDEST_TITLE or title.rstrip()[-1:] in ".,;" or _byline(last) is None:
        return
    item.passages[:1] = [item.passages[0]._replace(spans=spans) for spans in lines]
    for picture in item.pictures:
        if picture.after:
            picture.after += 1


def _byline(text: str) -> Signed | None:
    """Name and town of a line “by Kate Lind, St. Louis, Missouri”, None for another line."""
    match = _BYLINE.fullmatch(_composed(text).strip(" \t*_")) if len(text) < 120 else None
    if match is None or not is_name(match["name"]):
        return None
    place = (match["place"] or match["held"] or "").strip()
    if not all(part[:1].isupper() for part in place.split(", ") if part):
        return None
    if place and len(match["name"].split()) < 2:
        return None  # “By Night, Savannah” is a title
    return Signed(match["name"].strip(), None, place.rstrip("."), text)


_SHORTEST = 25  # words above a second story; with fewer, a byline is the first story's own


def stories_inside(passages: Sequence[Passage]) -> list[str]:
    """What looks like the titles of further stories in a text: short lines with “by Kate Lind” below them."""
    titles = []
    words = 0
    for before, one in itertools.pairwise(passages):
        words += len(before.text.split())
        above, _, last = one.text.rpartition("\n")
        title = " ".join((above or before.text).split())
        is_title = before.kind == HEADING or (title and len(title) <= 80 and title[-1] not in ".!?…:,;")
        if words >= _SHORTEST and is_title and above.count("\n") < 2 and _byline(last) is not None:
            titles.append(title)
    return titles


def several_stories(passages: Sequence[Passage]) -> list[str]:
    """A note of the stories that may stand in one text; none where nothing looks like a second one."""
    inside = stories_inside(passages)
    if not inside:
        return []
    also = "”, “".join(inside[:3])
    cure = "save each as a file of its own and import those, or part the text by hand and give each its entry, with its own contributor"
    return [f"{len(inside) + 1} stories may stand in it, also “{also}”: if so, {cure}"]


def _composed(text: str) -> str:
    """The text with each accent as part of its letter: standing alone, as Macs write it, it is no letter to a pattern."""
    return unicodedata.normalize("NFC", text)


def _take_byline(item: Found, number: int, byline: Signed) -> None:
    item.name, item.location = item.name or byline.name, byline.location or item.location
    item.cuts.append(byline.line)
    item.take_out(number)


def is_name(name: str) -> bool:
    """Whether every word begins with a capital or is one such as “de” and “van”."""
    words = name.split()
    return all(word[:1].isupper() or word in SURNAME_PARTICLES for word in words)


def place_in_name(name: str) -> str:
    """ "Duluth" of a commenter who calls herself “Dora from Duluth”; her name stays as it is."""
    match = _FROM.fullmatch(_composed(name).strip())
    return match["place"].strip() if match and match["place"][:1].isupper() else ""


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
