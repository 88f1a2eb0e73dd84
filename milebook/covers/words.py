"""The words of a cover."""

from __future__ import annotations

from typing import NamedTuple


class Lines(NamedTuple):
    """The words of a drawn cover, each in one line."""

    title: str
    subtitle: str
    authors: str  # with " / " between names
    publisher: str
    remark: str  # of a proof

    @property
    def names(self) -> list[str]:
        """The authors one by one."""
        return [name for name in self.authors.split(" / ") if name]


def spoken(lines: Lines) -> str:
    """What a cover says, for those who cannot see it; it serves as alternative text and so needs no other words."""
    parts = (lines.title, lines.subtitle, ", ".join(lines.names), lines.publisher)
    return ". ".join(line.rstrip(".") for line in parts if line) + "."
