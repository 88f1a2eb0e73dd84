"""Who has to sign, and whether the right person did: a Need in; a name, a yes or no, or a finding out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from milebook.model.book import Book, Story
from milebook.model.findings import Finding
from milebook.permissions.cover import name_shown
from milebook.permissions.kinds import Need, plain, same_name
from milebook.permissions.wording import printed_name

GRANTED = ("granted", "granted_restricted")
_GUARDIAN = re.compile(r"\b(guardian|parent|mother|father|mom|mum|dad)s?\b", re.IGNORECASE)
_AGENT = re.compile(
    r"\b(agent|agency|attorney|behalf|daughter|estate|executor|executrix|heirs?|husband|son|trust|widow|widower|wife)\b|withheld",
    re.IGNORECASE,
)


def guardian_signed(need: Need) -> bool:
    """Whether a guardian signed for a minor: the one named beside the child, or a signer who is marked as one
    ("Bob Brown, her father"). An agreement without a signer is taken to be the named guardian's."""
    signer = need.terms.signer
    if need.guardian and (not signer or same_name(signer, need.guardian)):
        return True
    return bool(_GUARDIAN.search(signer))


def who_signs(need: Need) -> str:
    """The name of whom to ask: the guardian where a child has signed alone, "" if nobody knows."""
    signer = need.terms.signer or need.asks
    alone = need.guardian or same_name(signer, need.name or need.minor) or need.terms.status in GRANTED
    if need.minor and not guardian_signed(need) and alone:
        return need.guardian
    return signer


def strangers(need: Need, story: Story, book: Book) -> Iterator[Finding]:
    """An agreement on a grown-up's text that comes from neither the contributor nor anybody who may sign for them."""
    signer, who = need.terms.signer, story.contributor
    if need.minor or need.terms.status not in GRANTED or not signer or not who.name:
        return
    if any(_may_be(signer, name) for name in (who.name, who.byline, who.guardian)) or _AGENT.search(signer):
        return
    name = printed_name(who)
    yield Finding(
        "MB309",
        f"{need.label}: the agreement is signed by {name_shown(signer, story, book)}, but the contributor is {name}",
        need.terms.at("signer"),
        f"get {name}'s own signature; if it is the same person, write the name alike; if somebody signs for "
        f"{name}, say as what: “Bob Brown, agent”",
    )


def _may_be(signer: str, name: str) -> bool:
    """Whether a name stands among those who signed: every word of the shorter one, or its initial, is in the other."""
    one, other = _name_words(signer), _name_words(name)
    if not one or not other:
        return False
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    return all(any(a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]) for b in long) for a in short)


def _name_words(name: str) -> list[str]:
    return plain(name).split()


def share_a_word(one: str, other: str) -> bool:
    return bool({word.casefold() for word in one.split()} & {word.casefold() for word in other.split()})
