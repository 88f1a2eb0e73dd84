"""What agreements make milebook print: bylines in the form agreed, credits in the wording and place the holder demands."""

from __future__ import annotations

import re

from milebook.model.book import Book, Contributor, Photo
from milebook.model.languages import base_language
from milebook.model.unknown_names import ANONYMOUS

PLACEMENTS = ("caption", "copyright", "credits")


def anonymous(language: str) -> str:
    """What stands in the place of a withheld name, in the language of a BCP 47 tag; English where we do not know it."""
    tag = language.lower()
    return ANONYMOUS.get(tag) or ANONYMOUS.get(base_language(language), ANONYMOUS["en"])


def printed_name(contributor: Contributor, language: str = "en") -> str:
    """The name as agreed: "Anonymous", the byline given, else the legal name; "" where nobody is named."""
    if contributor.anonymous:
        return anonymous(language)
    return contributor.byline or contributor.name


def withheld(contributor: Contributor) -> bool:
    """Whether the legal name must be found in nothing but the private log: anonymous, or under another name.

    A byline that shares no word with the legal name (a pseudonym, initials) withholds it, said so or not.
    """
    if contributor.anonymous:
        return True
    if not contributor.byline or not contributor.name:
        return False
    return contributor.pseudonym or not (_words(contributor.byline) & _words(contributor.name))


def _words(name: str) -> set[str]:
    return {word.strip(".,").casefold() for word in name.split()}


def attribution_form(contributor: Contributor) -> str:
    """The form agreed, in the words of the permissions log."""
    if contributor.anonymous:
        return "anonymous"
    if contributor.pseudonym:
        return "pseudonym"
    legal, shown = contributor.name.split(), contributor.byline.split()
    if not shown or shown == legal:
        return "full name"
    if all(len(word.strip(".")) == 1 or re.fullmatch(r"(?:\w\.)+", word) for word in shown):
        return "initials"
    if legal and shown == legal[:1]:
        return "first name and town" if contributor.location else "first name"
    return "as given"


_FIELD = re.compile(r"\{(\w*)\}")
_SEPARATOR = re.compile(r"\s*[,;:()\[\]–—|·/]|\s-\s|$")
_LEADING = re.compile(r"^\s*(?:[,;:–—|·/]|-\s)?\s*")
_BRACKETS = {"(": ")", "[": "]"}


def byline(contributor: Contributor, template: str, language: str = "en") -> str:
    """The line under a story's title. Parts that are unknown are left out with their comma or brackets.

    An anonymous contributor's age and town are left out as well: together they can name somebody.
    """
    if contributor.anonymous:
        return anonymous(language)
    values = {
        "name": printed_name(contributor, language),
        "age": str(contributor.age) if contributor.age else "",
        "location": contributor.location,
    }
    if not values["name"]:
        return ""
    parts = _FIELD.split(template)
    line, before = "", parts[0]
    for name, after in zip(parts[1::2], parts[2::2], strict=True):
        if values.get(name):
            line += before + values[name]
            before = after
        else:
            before = _without_part(before, after, parts[0], first=not line)
    return " ".join((line + before).split()) if line else ""


def _without_part(before: str, after: str, opening: str, *, first: bool) -> str:
    """What is left of the words around an unknown part: its unit, its comma, and brackets that hold nothing else go."""
    found = _SEPARATOR.search(after)
    rest = after[found.start() :] if found else ""
    bracket = before.rstrip()[-1:]
    if bracket in _BRACKETS:
        closed = after.find(_BRACKETS[bracket])
        if closed < 0:
            return before + _LEADING.sub("", rest)
        rest = after[closed + 1 :]
    return opening + _LEADING.sub("", rest) if first else rest


def credit_line(photo: Photo) -> str:
    """The credit that is printed: the wording the holder demands, to the letter, else the author's own."""
    return photo.permission.credit or photo.credit


def credit_placement(photo: Photo) -> str:
    """Where that credit must stand: one of PLACEMENTS; under the photo where nothing else is demanded."""
    return photo.permission.credit_placement if photo.permission.credit_placement in PLACEMENTS else "caption"


def cover_placement(book: Book) -> str:
    """Where the cover's credit stands: on the copyright page, unless it is wanted on the Credits page."""
    return "credits" if book.info.cover_permission.credit_placement == "credits" else "copyright"


def agreed_credits(book: Book, placement: str) -> list[tuple[str, str]]:
    """(story's title, credit) for every credit that a holder wants to see in this place, one of PLACEMENTS; no credit twice.

    The title is "" for the cover's credit. The words of quotations and reprints have no caption to stand under, so "caption" means the Credits page for them.
    Photos without a path are not printed: nothing is owed for them. Those of the Credits page are left out, where every photo's credit stands by its figure's number.
    """
    found: dict[str, str] = {}
    cover = book.info.cover_permission.credit or book.info.cover_credit
    if book.cover_path and cover and placement == cover_placement(book):
        found[cover] = ""
    for story in book.stories:
        for photo in story.photos if placement != "credits" else ():
            if photo.path and photo.permission.credit and photo.permission.credit_placement == placement:
                found.setdefault(photo.permission.credit, story.title)
        for terms in (story.source.permission, *(quote.permission for quote in story.quotes)):
            where = terms.credit_placement if terms.credit_placement == "copyright" else "credits"
            if terms.credit and where == placement:
                found.setdefault(terms.credit, story.title)
    return [(title, credit) for credit, title in found.items()]
