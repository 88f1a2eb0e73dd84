"""Undo lists that were not meant as lists: "1986. A year", a dash before a name, speech with dashes.

Markdown calls every line that begins with a number or a dash a list. In readers' letters a list is one that

- begins with 1, goes on from the list before it, or has two items or more, and counts to 99 or runs on from there;
- is no single dashed line (an attribution, a line of speech), unless it stands in another list or holds more than that;
- does not begin in the middle of a sentence: a single item right under a line of text, without a colon, is that text;
- is no speech: where a language writes speech with dashes, lines like `- No.` are paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from markdown_it.token import Token

HIGHEST = 99


class _Item(NamedTuple):
    opening: Token
    content: list[Token]
    closing: Token

    @property
    def label(self) -> str:
        return f"{self.opening.info}{self.opening.markup}"

    @property
    def number(self) -> int:
        return int(self.opening.info or 0)

    @property
    def is_paragraph(self) -> bool:
        return len(self.content) == 3 and self.content[0].type == "paragraph_open"


class Reader(NamedTuple):
    """What is to be known of a text: the bullets as typed, by line from 0, and the dash of speech in its language."""

    bullets: Mapping[int, str]
    dash: str = ""


def mended(tokens: list[Token], reader: Reader, *, in_list: bool = False) -> list[Token]:
    """The tokens of a text, or of one item of a list."""
    out: list[Token] = []
    last = 0  # the number that the last numbered list ended with
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.type not in ("bullet_list_open", "ordered_list_open"):
            out.append(token)
            index += 1
            continue
        close = _closing(tokens, index)
        numbered = token.type == "ordered_list_open"
        speaks = bool(reader.dash) and token.markup == "-" and not in_list
        for items in _groups(_items(tokens[index + 1 : close]), numbered, speaks):
            if speaks and _is_speech(items):
                for item in items:
                    out += _as_text(item, reader, in_list, reader.dash)
            elif not in_list and _goes_on(out, token, items):
                _join(out, items[0], reader)
            elif _is_list(items, numbered, in_list, last):
                out.append(token)
                for item in items:
                    out += (item.opening, *mended(item.content, reader, in_list=True), item.closing)
                out.append(tokens[close])
                if numbered:
                    last = items[-1].number
            else:
                for item in items:
                    out += _as_text(item, reader, in_list)
        index = close + 1
    return out


def _groups(items: list[_Item], numbered: bool, speaks: bool) -> Iterator[list[_Item]]:
    """The items of a list in groups: a year or another number that counts nothing stands alone, and so does speech."""
    if speaks:
        plain: list[_Item] = []
        for neighbors in _neighbors(items):
            if not _is_speech(neighbors):
                plain += neighbors
                continue
            if plain:
                yield plain
                plain = []
            yield neighbors
        if plain:
            yield plain
        return
    group: list[_Item] = []
    for item in items:
        follows = bool(group) and item.number == group[-1].number + 1
        if group and numbered and not follows and max(item.number, group[-1].number) > HIGHEST:
            yield group
            group = []
        group.append(item)
    yield group


def _neighbors(items: list[_Item]) -> list[list[_Item]]:
    """The items in groups that have no empty line inside."""
    groups: list[list[_Item]] = []
    end = -1
    for item in items:
        first = (item.opening.map or [0])[0]
        if first == end:
            groups[-1].append(item)
        else:
            groups.append([item])
        end = max((each.map[1] for each in item.content if each.map), default=first + 1)
    return groups


_BEGINS_SPEECH = re.compile(r"[\"'«»“”„‘’*_¿¡…(]*[^\W_a-zß-öø-ÿ]")
_ENDS_SPEECH = re.compile(r"[.!?…:,;—–-][\"'»”“’)*_]*$")


def _is_speech(items: list[_Item]) -> bool:
    """Whether items with a hyphen are what people say: each begins with a capital letter and ends as a sentence does."""
    return all(
        item.is_paragraph
        and _BEGINS_SPEECH.match(item.content[1].content)
        and _ENDS_SPEECH.search(item.content[1].content.rstrip())
        for item in items
    )


def _closing(tokens: list[Token], start: int) -> int:
    level = tokens[start].level
    closing = tokens[start].type.replace("open", "close")
    return next(i for i in range(start + 1, len(tokens)) if tokens[i].level == level and tokens[i].type == closing)


def _items(tokens: list[Token]) -> list[_Item]:
    items: list[_Item] = []
    start = 0
    level = tokens[0].level
    for index, token in enumerate(tokens):
        if token.level == level and token.type == "list_item_close":
            items.append(_Item(tokens[start], tokens[start + 1 : index], token))
            start = index + 1
    return items


def _is_list(items: list[_Item], numbered: bool, in_list: bool, last: int) -> bool:
    if not any(item.content for item in items):
        return False
    first = items[0]
    if not numbered:
        return len(items) > 1 or in_list or not first.is_paragraph
    if len(items) == 1 and first.number not in (1, last + 1):
        return False
    before = [0, *(item.number for item in items)]
    return all(
        item.number <= HIGHEST or item.number == previous + 1 for previous, item in zip(before, items, strict=False)
    )


def _goes_on(out: list[Token], token: Token, items: list[_Item]) -> bool:
    """Whether the list is the middle of the sentence above it."""
    if len(items) > 1 or not items[0].is_paragraph or len(out) < 2 or out[-1].type != "paragraph_close":
        return False
    above = out[-2]
    adjacent = above.map is not None and token.map is not None and above.map[1] == token.map[0]
    return adjacent and above.level == token.level + 1 and not above.content.rstrip().endswith(":")


def _join(out: list[Token], item: _Item, reader: Reader) -> None:
    above, inline = out[-2], item.content[1]
    end = (inline.map or [0, 0])[1]
    out[-2] = _changed(above, "inline", f"{above.content}\n{_label(item, reader)} {inline.content}", end)


def _label(item: _Item, reader: Reader) -> str:
    return reader.bullets.get((item.opening.map or [-1])[0], item.label)


def _as_text(item: _Item, reader: Reader, in_list: bool, dash: str = "") -> list[Token]:
    """The item with its number or dash as the first of its words."""
    label = dash or f"{_label(item, reader)} "
    if item.content and item.content[0].type == "paragraph_open":
        opening, inline, *rest = item.content
        written = _changed(inline, "inline", f"{label}{inline.content}")
        return [opening, written, *mended(rest, reader, in_list=in_list)]
    return [_changed(item.opening, "inline", label.rstrip()), *mended(item.content, reader, in_list=in_list)]


def _changed(token: Token, kind: str, content: str, end: int = 0) -> Token:
    span = list(token.map or [0, 1])
    if kind != token.type:
        span[1] = span[0] + 1
    return type(token)(kind, "", 0, map=[span[0], end or span[1]], level=token.level, content=content, children=[])
