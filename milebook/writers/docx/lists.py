"""List containers of paragraphs in; numbering properties and word/numbering.xml out, with labels as the author typed them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from milebook.prose.blocks import Container
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
    """One numbering instance: the pattern it follows, and the number that it begins with at its level."""

    pattern: int
    level: int
    start: int


@dataclass(slots=True)
class Lists:
    """The lists of one document. A list that jumps in its numbers goes on as a new one from that number."""

    indent: Callable[[int], str]  # the `w:ind` of a list with so many quotes and lists around it
    patterns: dict[Pattern, int] = field(default_factory=dict)
    uses: list[Use] = field(default_factory=list)
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
        index = self.patterns.setdefault(pattern, len(self.patterns))
        key = (text_key, here.key)
        use, expected = self._running.get(key, (0, -1))
        if not use or self.uses[use - 1].pattern != index or (pattern.numbered and number != expected):
            self.uses.append(Use(index, level, number))
            use = len(self.uses)
        self._running[key] = (use, number + 1)
        return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{use}"/></w:numPr>'

    def xml(self) -> bytes:
        made = [HEAD, f'<w:numbering xmlns:w="{W}">']
        for pattern, index in self.patterns.items():
            made.append(f'<w:abstractNum w:abstractNumId="{index}"><w:multiLevelType w:val="multilevel"/>')
            for level in range(LEVELS):
                kind = "decimal" if pattern.numbered else "bullet"
                label = f"{pattern.before}%{level + 1}{pattern.after}" if pattern.numbered else pattern.before
                made.append(
                    f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{attribute(label)}"/>'
                    f'<w:lvlJc w:val="left"/><w:pPr>{self.indent(level + pattern.outside)}</w:pPr></w:lvl>'
                )
            made.append("</w:abstractNum>")
        patterns = list(self.patterns)
        for number, use in enumerate(self.uses, 1):
            made.append(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{use.pattern}"/>')
            if patterns[use.pattern].numbered:
                made.append(
                    f'<w:lvlOverride w:ilvl="{use.level}"><w:startOverride w:val="{use.start}"/></w:lvlOverride>'
                )
            made.append("</w:num>")
        made.append("</w:numbering>")
        return "".join(made).encode()
