"""The known name that a wrong one was most likely meant to be, for the “did you mean” of messages."""

from __future__ import annotations

from collections.abc import Collection

from milebook.model.slugs import plain_name

_LONGEST = 60  # letters; what is longer is no name


def nearest(wrong: str, names: Collection[str]) -> str:
    """The one of `names` that differs from `wrong` by a slip of typing; "" where none does.

    Capitals, accents, spaces, hyphens and underscores do not count. A slip is a letter too many, too few, another, or two that changed
    places: one in a short name, two or three in longer ones if the first letter is right, for “rejected” is not “selected”. A
    name that was begun and not ended counts too.
    """
    if len(wrong) > _LONGEST:
        return ""
    from rapidfuzz.distance import OSA

    typed = plain_name(wrong)
    best, least = "", _LONGEST
    for name in names:
        known = plain_name(name)
        if known == typed:
            return name
        slips = OSA.distance(typed, known, score_cutoff=_most_slips(typed, known))
        if slips < least and slips <= _most_slips(typed, known):
            best, least = name, slips
    return best or _begun(typed, names)


def did_you_mean(wrong: str, names: Collection[str]) -> str:
    """ "did you mean Ben Example?", "" where nothing is near."""
    near = nearest(wrong, names)
    return f"did you mean {near}?" if near else ""


def _most_slips(typed: str, known: str) -> int:
    shorter = min(len(typed), len(known))
    if shorter < 3:
        return 0
    if typed[0] != known[0] or shorter < 6:
        return 1
    return 2 if shorter < 12 else 3


def _begun(typed: str, names: Collection[str]) -> str:
    """The only name that begins with what was typed, or with which it begins."""
    plain = {name: plain_name(name) for name in names}
    found = [
        name
        for name, known in plain.items()
        if (len(typed) > 2 and known.startswith(typed)) or (len(known) > 4 and typed.startswith(known))
    ]
    return found[0] if len(found) == 1 else ""
