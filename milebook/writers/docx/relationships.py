"""Relationship ids: what one part of the package refers to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from milebook.writers.docx.markup import R

HYPERLINK, IMAGE, HEADER, FOOTER, FONT = (f"{R}/{kind}" for kind in ("hyperlink", "image", "header", "footer", "font"))


class Relation(NamedTuple):
    kind: str
    target: str  # a part's name, "/word/media/image1.jpg", or an address
    external: bool = False


@dataclass(slots=True)
class Relations:
    """The relationships of one part. The same target gets the same id."""

    ids: dict[Relation, str] = field(default_factory=dict)

    def add(self, kind: str, target: str, *, external: bool = False) -> str:
        return self.ids.setdefault(Relation(kind, target, external), f"rId{len(self.ids) + 1}")
