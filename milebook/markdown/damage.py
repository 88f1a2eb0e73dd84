"""Report text that was damaged by pasting, with the repaired words beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from milebook.markdown.repairs import BULLET, ENCODING, ENTITY, LOST, QUOTED, WHY, repair_fully, repairs
from milebook.model.findings import NOTE, Finding, Place

# The other kinds of damage have findings of their own.
REPORTED = (ENCODING, LOST, BULLET, QUOTED, ENTITY)
_AROUND = 24  # characters shown on either side
# A question mark inside a word, as it stands for a letter that the character set of a program did not have.
# The sign comes first, for nothing else has to be looked at.
_FOR_A_LETTER = re.compile(r"\?(?<=[^\W\d_]\?)(?=[^\W\d_])")
_WORD = re.compile(r"\S*\Z"), re.compile(r"\S*")
_HINT = "to see and make all repairs, type: milebook check --fix"


def damage(text: str, file: str, kinds: Sequence[str] = REPORTED) -> list[Finding]:
    """One finding for each kind of damage in a text, at the first place, with the words as they were meant."""
    findings: list[Finding] = []
    seen: dict[str, int] = {}
    first: dict[str, Finding] = {}
    for one in repairs(text, kinds):
        seen[one.kind] = seen.get(one.kind, 0) + 1
        if one.kind in first:
            continue
        start, end = text.rfind("\n", 0, one.start) + 1, text.find("\n", one.end)
        line = text[start : end if end >= 0 else len(text)].rstrip("\r")
        lead = text[max(start, one.start - _AROUND) : one.start]
        tail = text[one.end : min(end if end >= 0 else len(text), one.end + _AROUND)].rstrip("\r")
        place = Place(
            file, text.count("\n", 0, one.start) + 1, one.start - start + 1, max(1, min(one.end - one.start, 60))
        )
        meant = repair_fully(f"{one.new}{tail}").replace("\\<", "<")
        shown = f"“{lead}{text[one.start : one.end]}{tail}” should read “{lead}{meant}”"
        severity = NOTE if one.kind == ENTITY else ""
        first[one.kind] = Finding(
            "MB222", f"{WHY[one.kind]}: {shown}", place, _HINT, severity=severity, quote=line[:300]
        )
    for kind, finding in first.items():
        more = seen[kind] - 1
        again = "" if not more else f"; {more:,} more in this file"
        findings.append(finding._replace(message=finding.message + again))
    return findings


def lost_letters(text: str, file: str) -> list[Finding]:
    """One finding for the words of a text in which a question mark stands for a letter, at the first of them."""
    if "?" not in text:
        return []
    apostrophes = {one.start for one in repairs(text, (LOST,))}
    places = (one.start() for one in _FOR_A_LETTER.finditer(text) if one.start() not in apostrophes)
    found = [(at, word) for at in places if (word := _word_around(text, at))]
    if not found:
        return []
    at, word = found[0]
    start = text.rfind("\n", 0, at) + 1
    more = f"; {len(found) - 1:,} more in this file" if len(found) > 1 else ""
    fact = f"“{word}” has a question mark inside: a letter was lost, or a space is missing{more}"
    hint = "put the letter back as the contributor writes it, or a space behind a real question mark"
    return [Finding("MB224", fact, Place(file, text.count("\n", 0, at) + 1, at - start + 1), hint)]


def _word_around(text: str, at: int) -> str:
    """The word in which a question mark stands for a letter, without the marks around it; "" where it is one, as in web addresses."""
    before, after = text[at - 1], text[at + 1]
    if not (after.islower() or (before.isupper() and after.isupper())):
        return ""  # “Why?Because”, and scripts that put no spaces between sentences
    line_start = max(0, at - 80)
    lead, tail = _WORD[0].search(text, line_start, at), _WORD[1].match(text, at, at + 80)
    word = f"{lead[0] if lead else ''}{tail[0] if tail else ''}"
    return "" if re.search(r"[/=@&\\]|www\.|\w\.\w+\?", word) else word.strip("\"'“”‘’.,;:!()[]{}*_")
