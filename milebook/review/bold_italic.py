"""Italics and bold of the runs of a Word file: direct, or by a character style."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milebook.review.xml_names import W

if TYPE_CHECKING:
    from lxml.etree import _Element

BOLD, ITALIC = 1, 2
PLAIN = 0
_OFF = ("0", "false", "off", "none")
_PROPERTIES = ((f"{W}b", BOLD), (f"{W}i", ITALIC))
_DEPTH = 20  # of styles based on styles


class Looks:
    """The looks of the styles of one file."""

    def __init__(self, styles: _Element | None) -> None:
        self._styles: dict[str, _Element] = {}
        self._known: dict[str, int] = {}
        self.names: dict[str, str] = {}  # id of a paragraph style -> its name in lower case
        for style in styles.iter(f"{W}style") if styles is not None else ():
            name = style.find(f"{W}name")
            key = style.get(f"{W}styleId") or ""
            if style.get(f"{W}type") == "character":
                self._styles[key] = style
            elif style.get(f"{W}type") == "paragraph":
                self.names[key] = ((name.get(f"{W}val") if name is not None else "") or key).lower()

    def of_run(self, properties: _Element | None) -> int:
        """BOLD and ITALIC of a run, by its `w:rPr`; what its paragraph's style adds is not asked."""
        if properties is None or not len(properties):
            return PLAIN
        look = PLAIN
        style = properties.find(f"{W}rStyle")
        if style is not None:
            look = self._of_style(style.get(f"{W}val") or "")
        return _applied(look, properties)

    def _of_style(self, name: str, depth: int = 0) -> int:
        if name in self._known:
            return self._known[name]
        style = self._styles.get(name)
        look = PLAIN
        if style is not None and depth < _DEPTH:
            based = style.find(f"{W}basedOn")
            if based is not None:
                look = self._of_style(based.get(f"{W}val") or "", depth + 1)
            properties = style.find(f"{W}rPr")
            if properties is not None:
                look = _applied(look, properties)
        self._known[name] = look
        return look


def _applied(look: int, properties: _Element) -> int:
    for tag, bit in _PROPERTIES:
        found = properties.find(tag)
        if found is not None:
            on = (found.get(f"{W}val") or "true").lower() not in _OFF
            look = look | bit if on else look & ~bit
    return look
