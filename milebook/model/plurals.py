"""Numbers of things in messages: “1 story”, “3 stories”."""

from __future__ import annotations


def counted(number: int, one: str, many: str = "") -> str:
    """A number with what it counts: `one` of it, or `many`, which is `one` with an s where it is not given."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"
