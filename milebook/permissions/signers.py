"""Who has to sign for a need, and whether the right person did."""

from __future__ import annotations

import re
from collections.abc import Iterator

from milebook.model.book import GRANTED
from milebook.model.findings import Finding
from milebook.permissions.bylines_and_credits import printed_name
from milebook.permissions.names import plain, same_name, who_shown
from milebook.permissions.need import Need
from milebook.permissions.subjects import Subject

BARRED = ("refused", "withdrawn")
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


def nobody_named(need: Need) -> bool:
    """Whether a text or the picture of a person is to be allowed by somebody whose name stands nowhere.

    A photo, a reprint or a quotation may be granted by a firm whose license alone is filed.
    """
    return (need.suffix == "text" or need.person is not None) and not who_signs(need)


def strangers(need: Need, subject: Subject) -> Iterator[Finding]:
    """An agreement on a grown-up's text that comes from neither the contributor nor anybody who may sign for them."""
    signer, who = need.terms.signer, subject.contributor
    if need.minor or need.terms.status not in GRANTED or not signer or not who.name:
        return
    if any(_may_be(signer, name) for name in (who.name, who.byline, who.guardian)) or _AGENT.search(signer):
        return
    name = printed_name(who)
    yield Finding(
        "MB309",
        f"{need.label}: the agreement is signed by {who_shown(signer, subject.hidden)}, but the contributor is {name}",
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


def under_shorter_name(need: Need) -> bool:
    """Whether a signer is evidently the guardian under a shorter name: “Kate” or “Kate Harden” for Katherine Harden."""
    signer, guardian = _name_words(need.terms.signer), _name_words(need.guardian)
    if not need.minor or not signer or not guardian or guardian_signed(need):
        return False
    if same_name(need.terms.signer, need.name or need.minor) or len(signer) > len(guardian):
        return False
    first = _same_first_name(signer[0], guardian[0])
    rest = all(word in guardian for word in signer[1:])
    return first and rest if len(signer) > 1 or first else signer[0] in guardian[-1:]


def _same_first_name(short: str, full: str) -> bool:
    """A short form of a first name: Kate of Katherine, Liz of Elizabeth, Bob of Robert, K of Katherine."""
    if short == full or (len(short) == 1 and full[:1] == short) or (len(short) > 1 and full.startswith(short)):
        return True
    stem = short.rstrip("aeiy")
    return (len(stem) > 1 and full.startswith(stem)) or short in _SHORT.get(full, ())


# what cannot be told from the letters
_SHORT = {
    "catherine": ("kate", "kathy", "katie", "cathy"), "elizabeth": ("betty", "beth", "bess", "libby", "liz", "lisa"),
    "margaret": ("peggy", "meg", "maggie", "greta"), "mary": ("molly", "polly"), "richard": ("dick", "rick"),
    "robert": ("bob", "bobby", "rob"), "william": ("bill", "billy", "liam"), "john": ("jack", "johnny"), "james": ("jim", "jimmy"),
    "edward": ("ted", "ned", "eddie"), "henry": ("harry", "hank"), "charles": ("chuck", "charlie"), "anthony": ("tony",),
    "theodore": ("ted",), "susan": ("sue",), "deborah": ("debbie",), "dorothy": ("dot", "dottie"), "helen": ("nell", "nellie"),
    "katherine": ("kate", "kathy", "katie", "kay"), "kathleen": ("kate", "kathy", "katie"), "alexander": ("sandy", "sasha"),
    "alexandra": ("sandra", "sasha"), "sarah": ("sally",), "patricia": ("trish", "patty", "pat"), "eleanor": ("nell", "nora"),
}  # fmt: skip


def share_a_word(one: str, other: str) -> bool:
    return bool({word.casefold() for word in one.split()} & {word.casefold() for word in other.split()})
