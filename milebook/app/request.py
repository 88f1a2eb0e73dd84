"""The options of `milebook build` as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass

from milebook.writers import FORMATS


@dataclass(frozen=True, slots=True)
class Request:
    """The options of a build. `jobs` and `cache` change how long it takes, never what comes of it."""

    formats: tuple[str, ...] = tuple(FORMATS)
    layout: str = ""
    chapters: tuple[str, ...] = ()
    final: bool = False
    edition: str = "reading"
    without_uncleared: bool = False
    out: str = "build"
    cache: bool = True
    strict: bool = False
    tidy: bool = False  # delete files whose names have an old title or chapter
    jobs: int = 0  # 0: as many as there is work and cores for

    @property
    def mode(self) -> str:
        return "final" if self.final else "draft"
