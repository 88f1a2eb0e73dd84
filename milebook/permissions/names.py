"""Names as drafts, lists and messages may show them: a legal name that was to be withheld gives way.

Whether a name is withheld is a field of `Who`, never a word in a text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from milebook.model.book import Contributor, Person
from milebook.model.slugs import plain_words
from milebook.permissions.bylines_and_credits import printed_name, withheld


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody to ask or to name. `name` may be shown anywhere; "" where nobody is known.

    `withheld`: the legal name stands in the index and in the private log only, and `name` is what is printed instead.
    `signs_for`: not the one called `name`, but whoever signs for them, such as a guardian.
    `unknown`: nobody we know by name; `name` says whom to look for ("whoever took the photo").
    """

    name: str = ""
    withheld: bool = False
    signs_for: bool = False
    anonymous: bool = False  # so that `name` tells nobody apart
    unknown: bool = False

    def __str__(self) -> str:
        if not self.withheld:
            return self.name
        return f"signer for {self.name} (name withheld)" if self.signs_for else f"{self.name} (name withheld)"


def who_shown(name: str, hidden: Iterable[Contributor]) -> Who:
    """`name` for drafts and lists. It gives way where it is the legal name of one of the `hidden` contributors who asked
    for another, and so does the name of that contributor's guardian and of anybody with the same surname.
    """
    for who in hidden:
        if not withheld(who):
            continue
        if same_name(name, who.name):
            return Who(printed_name(who), withheld=True, anonymous=who.anonymous)
        surname = folded(who.name).split()[-1:]
        if same_name(name, who.guardian) or (surname and surname[0] in folded(name).replace(",", " ").split()):
            return Who(printed_name(who), withheld=True, signs_for=True, anonymous=who.anonymous)
    return Who(name)


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for case, spaces and full stops."""
    return folded(one) == folded(other) != ""


def guardian_of(who: Contributor | Person) -> str:
    """The guardian's name; "" where none is named, or the child itself. A parent with the child's name is “Bo Lee, her father”."""
    return "" if same_name(who.guardian, who.name) else who.guardian


def folded(name: str) -> str:
    """A name for comparing: without case, full stops and double spaces, and with straight apostrophes."""
    return " ".join(name.replace(".", " ").replace("’", "'").casefold().split())


def plain(name: str) -> str:
    """A name without case, accents and what is neither letter nor figure."""
    return plain_words(name)


def shortened(text: str, length: int = 48) -> str:
    """The beginning of a text, cut at a word."""
    words = " ".join(text.split())
    if len(words) <= length:
        return words
    cut = words[: length + 1].rpartition(" ")[0].rstrip(",;:—– ") if " " in words[:length] else words[:length]
    return cut + "…"


def listed(names: Iterable[str]) -> str:
    """Several words as one phrase: "a", "a and b", "a, b and c"."""
    words = list(names)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
