"""Block tokens in, block tokens out, without the lists that are none: "1986. A year", a dash before a name, a lone "*".

Markdown calls every line that begins with a number or a dash a list. In readers' letters a list is one that

- begins with 1, goes on from the list before it, or has two items or more, and counts to 99 or runs on from there;
- is no single dashed line (an attribution, a line of speech), unless it stands in another list or holds more than that;
- does not begin in the middle of a sentence: a single item right under a line of text, without a colon, is that text.
"""

from __future__ import annotations

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


def mended(tokens: list[Token], *, in_list: bool = False) -> list[Token]:
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
        items = _items(tokens[index + 1 : close])
        numbered = token.type == "ordered_list_open"
        if token.markup == "*" and not any(each.content.strip() for each in tokens[index:close]):
            out.append(_changed(token, "hr", ""))  # a lone asterisk, or two
        elif not in_list and _goes_on(out, token, items):
            _join(out, items[0])
        elif _is_list(items, numbered, in_list, last):
            out.append(token)
            for item in items:
                out += (item.opening, *mended(item.content, in_list=True), item.closing)
            out.append(tokens[close])
            if numbered:
                last = items[-1].number
        else:
            for item in items:
                out += _as_text(item, in_list)
        index = close + 1
    return out


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


def _join(out: list[Token], item: _Item) -> None:
    above, inline = out[-2], item.content[1]
    end = (inline.map or [0, 0])[1]
    out[-2] = _changed(above, "inline", f"{above.content}\n{item.label} {inline.content}", end)


def _as_text(item: _Item, in_list: bool) -> list[Token]:
    """The item with its number or dash as the first of its words."""
    if item.content and item.content[0].type == "paragraph_open":
        opening, inline, *rest = item.content
        written = _changed(inline, "inline", f"{item.label} {inline.content}")
        return [opening, written, *mended(rest, in_list=in_list)]
    return [_changed(item.opening, "inline", item.label), *mended(item.content, in_list=in_list)]


def _changed(token: Token, kind: str, content: str, end: int = 0) -> Token:
    span = list(token.map or [0, 1])
    if kind != token.type:
        span[1] = span[0] + 1
    return type(token)(kind, "", 0, map=[span[0], end or span[1]], level=token.level, content=content, children=[])
