"""Put other words in the place of stretches of a text."""

from __future__ import annotations

from collections.abc import Iterable

Splice = tuple[int, int, str]  # where a stretch begins and ends, and what stands there instead


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """A text with stretches replaced; those at one place in the order given."""
    made: list[str] = []
    at = 0
    for start, end, new in sorted(splices, key=lambda splice: splice[:2]):
        made += [text[at:start], new]
        at = max(at, end)
    made.append(text[at:])
    return "".join(made)
