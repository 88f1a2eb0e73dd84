"""Ids as an author types them: whole, or any part that only one of them has."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from milebook.app.load import UnknownName

_MOST = 6  # candidates that a message lists


def find_id(written: str, known: Iterable[str], what: str) -> str:
    """The one of `known` that is meant: that id itself, else the only one that begins with it, else that holds it.

    Raises UnknownName, with the candidates or the nearest id. `what` is "story", "chapter" …
    """
    ids = list(dict.fromkeys(known))
    if written in ids:
        return written
    part = written.casefold().removesuffix(".md")
    begins = [one for one in ids if part and one.startswith(part)]
    found = begins if len(begins) == 1 else [one for one in ids if part and part in one]
    if len(found) == 1:
        return found[0]
    if found:
        more = f" and {len(found) - _MOST} more" if len(found) > _MOST else ""
        raise UnknownName(f"“{written}” could be more than one {what}: {', '.join(found[:_MOST])}{more}")
    near = get_close_matches(part, ids, n=1)
    raise UnknownName(f"there is no {what} “{written}”{f'; did you mean {near[0]}?' if near else ''}")
