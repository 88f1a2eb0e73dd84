"""Write list numbering, with labels as the author typed them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from milebook.model.text import Container
from milebook.writers.docx.markup import HEAD, W, attribute

LEVELS = 9  # that Word knows
_LABEL = re.compile(r"(\D*?)(\d{1,9})(\D*)")


class Pattern(NamedTuple):
    """What the lists of one kind have in common; `outside` is how many quotes stand around them."""

    numbered: bool
    before: str
    after: str
    outside: int


class Use(NamedTuple):
    """One list: the pattern it follows, its level from 0, and the number that it begins with."""

    pattern: Pattern
    level: int
    start: int


@dataclass(slots=True)
class Lists:
    """The lists of one document. A list that jumps in its numbers goes on as a new one from that number."""

    indent: Callable[[int], str]  # the `w:ind` of a list with so many quotes and lists around it
    uses: list[Use] = field(default_factory=list)
    _bullets: dict[Use, int] = field(default_factory=dict)
    _running: dict[tuple[str, int], tuple[int, int]] = field(default_factory=dict)  # list -> (use, next number)

    def item(self, text_key: str, inside: tuple[Container, ...]) -> str:
        """The `w:numPr` of the first paragraph of a list item; `text_key` tells texts apart, as keys do lists in one."""
        here = inside[-1]
        level = min(LEVELS, sum(container.kind != "quote" for container in inside)) - 1
        quotes = sum(container.kind == "quote" for container in inside)
        found = _LABEL.fullmatch(here.label)
        if here.kind == "numbers" and found is not None:
            number = int(found.group(2))
            pattern = Pattern(True, found.group(1), found.group(3), quotes)
        else:
            number = 0
            pattern = Pattern(False, here.label or "•", "", quotes)
        key = (text_key, here.key)
        use, expected = self._running.get(key, (0, -1))
        if not use or self.uses[use - 1].pattern != pattern or (pattern.numbered and number != expected):
            use = self._new(Use(pattern, level, number))
        self._running[key] = (use, number + 1)
        return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{use}"/></w:numPr>'

    def _new(self, use: Use) -> int:
        """The number of a new list; lists of bullets at one level are one list, since nothing is counted in them."""
        if not use.pattern.numbered and use in self._bullets:
            return self._bullets[use]
        self.uses.append(use)
        if not use.pattern.numbered:
            self._bullets[use] = len(self.uses)
        return len(self.uses)

    def xml(self) -> bytes:
        """Every list of numbers has a definition of its own, since Word is known to count on through lists that share one."""
        made = [HEAD, f'<w:numbering xmlns:w="{W}">']
        for number, use in enumerate(self.uses, 1):
            made.append(
                f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="{number:08X}"/><w:multiLevelType w:val="multilevel"/>'
            )
            made += [self._level(use, level) for level in range(use.level + 1)]
            made.append("</w:abstractNum>")
        made += [f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(1, len(self.uses) + 1)]
        made.append("</w:numbering>")
        return "".join(made).encode()

    def _level(self, use: Use, level: int) -> str:
        pattern = use.pattern
        kind = "decimal" if pattern.numbered else "bullet"
        label = f"{pattern.before}%{level + 1}{pattern.after}" if pattern.numbered else pattern.before
        return (
            f'<w:lvl w:ilvl="{level}"><w:start w:val="{use.start if level == use.level else 1}"/><w:numFmt w:val="{kind}"/>'
            f'<w:lvlText w:val="{attribute(label)}"/><w:lvlJc w:val="left"/>'
            f"<w:pPr>{self.indent(level + pattern.outside)}</w:pPr></w:lvl>"
        )
