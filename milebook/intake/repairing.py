"""Repair received text that was damaged on its way: wrong encodings, remains of mail and web pages; a note says what was repaired."""

from __future__ import annotations

from collections.abc import Iterable

from milebook.intake.items import Found, Passage
from milebook.intake.person_names import plain_name
from milebook.markdown.repairs import BLANK, CODED, CONTROL, ENCODING, ENTITY, LOST, Repair, repaired, repairs

# What is beyond doubt in any text. Odd spaces, bullets and tags are dealt with where a text is read into passages.
_KINDS = (ENCODING, ENTITY, BLANK, CODED, CONTROL, LOST)
_AROUND = 12  # characters shown on either side of the first repair
_ROUNDS = 4  # text may have been damaged twice, or more often


def repair(found: Iterable[Found]) -> list[Found]:
    """The same items, with their words, titles, names, places and captions repaired, and a note of what was done."""
    listed = list(found)
    for item in listed:
        shown: list[str] = []
        item.passages = [_passage(one, shown) for one in item.passages]
        item.title = _text(item.title, shown)
        person = plain_name(_text(item.name, shown))
        item.name, item.email = person.name, item.email or person.address
        item.location = _text(item.location, shown)
        for picture in item.pictures:
            picture.caption = _text(picture.caption, shown)
            picture.alt = _text(picture.alt, shown)
        if shown:
            more = f", and {len(shown) - 1} more" if len(shown) > 1 else ""
            item.notes.append(f"damaged text was repaired: {shown[0]}{more}")
    return listed


def _passage(one: Passage, shown: list[str]) -> Passage:
    spans = tuple(span._replace(text=_text(span.text, shown), note=_text(span.note, shown)) for span in one.spans)
    return one if spans == one.spans else one._replace(spans=spans)


def _text(text: str, shown: list[str]) -> str:
    for _ in range(_ROUNDS):
        made = [_literal(one) for one in repairs(text, _KINDS)] if text else []
        if not made:
            break
        shown += [_shown(text, one) for one in made]
        text = repaired(text, made)
    return text


def _literal(one: Repair) -> Repair:
    """A repair for words without markup: no backslash before a sign, and a line break as such."""
    new = one.new
    if one.kind == ENTITY and len(new) == 2:
        new = new[1:]
    return one._replace(new=new.replace("\\\n", "\n"))


def _shown(text: str, one: Repair) -> str:
    lead = text[max(0, one.start - _AROUND) : one.start].rpartition(" ")[2]
    tail = text[one.end : one.end + _AROUND].partition(" ")[0]
    return " ".join(f"“{lead}{text[one.start : one.end]}{tail}” is now “{lead}{one.new}{tail}”".split())
