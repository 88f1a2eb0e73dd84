"""The nodes of a YAML file: Scalar, Items and Fields, which know their places."""

from __future__ import annotations

import re

from milebook.model.findings import Finding, Place, Related
from milebook.source import shown as safely_shown

# YAML's own line breaks; U+0085, U+2028 and U+2029 never reach the parser (see `reading`).
_LINE_BREAK = re.compile(r"\r\n|\r|\n")


class TypedPage:
    """One file as it was typed: its path relative to the book folder, and its lines."""

    __slots__ = ("file", "lines")

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.lines = _LINE_BREAK.split(text)

    def line(self, number: int) -> str:
        """The line with this number, counted from 1; "" beyond either end."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def finding(
        self, code: str, message: str, place: Place, hint: str = "", related: tuple[Related, ...] = (), **facts: str
    ) -> Finding:
        """A finding with its source line. `facts` are its `kind`, `name` and `meant`."""
        return Finding(code, message, place, hint, related, quote=self.line(place.line), **facts)


class Node:
    """A value in the file. `line` and `column` count from 1; `width` is what a caret line underlines.

    `mended` says that the value has been reported already and is only a stand-in: no second finding about it.
    """

    __slots__ = ("column", "line", "mended", "page", "width")

    def __init__(self, page: TypedPage, line: int, column: int, width: int = 1) -> None:
        self.page = page
        self.line = line
        self.column = column
        self.width = width
        self.mended = False

    @property
    def place(self) -> Place:
        return Place(self.page.file, self.line, self.column, self.width)

    def finding(self, code: str, message: str, hint: str = "", related: tuple[Related, ...] = (), **facts: str) -> Finding:  # fmt: skip
        """A finding about this value, with its source line."""
        return self.page.finding(code, message, self.place, hint, related, **facts)


class Scalar(Node):
    """A single value, unconverted. `plain`: typed without quotes; `cut`: what a `#` behind a plain value turned into a
    comment, where there is no space between `#` and the next character ("#1 dad"); `bare`: nothing was typed at all.
    """

    __slots__ = ("cut", "plain", "value")

    def __init__(self, value: str, plain: bool, page: TypedPage, line: int, column: int, width: int) -> None:
        self.value = value
        self.plain = plain
        self.page = page
        self.line = line
        self.column = column
        self.width = width
        self.mended = False
        self.cut = ""

    @property
    def bare(self) -> bool:
        return self.plain and not self.value


class Items(Node):
    """A list. `broken`: some of its items could not be read (and were reported)."""

    __slots__ = ("broken", "items")

    def __init__(self, page: TypedPage, line: int, column: int, width: int = 1) -> None:
        super().__init__(page, line, column, width)
        self.items: list[Node] = []
        self.broken = False


class Fields(Node):
    """A group of `key: value` lines, in the order typed: key -> (the key itself, its value).

    `broken`: some of its lines could not be read (and were reported), so that nothing can be said about what is missing.
    """

    __slots__ = ("broken", "fields")

    def __init__(self, page: TypedPage, line: int, column: int, width: int = 1) -> None:
        super().__init__(page, line, column, width)
        self.fields: dict[str, tuple[Scalar, Node]] = {}
        self.broken = False

    def get(self, key: str) -> Node | None:
        entry = self.fields.get(key)
        return entry[1] if entry else None


def is_empty(node: Node) -> bool:
    """Whether nothing was written as the value (a bare "~" counts as nothing)."""
    return isinstance(node, Scalar) and not node.mended and node.plain and node.value in ("", "~") and not node.cut


def shown(text: str, most: int = 60) -> str:
    """The author's text for use inside a message: short, on one line, with nothing invisible in it."""
    return safely_shown(text, most)


def typed_value(rest: str) -> str:
    """What an author typed as a value, given the rest of its line: without a comment, and up to the brace around it."""
    rest = re.split(r"\s#", rest, maxsplit=1)[0].strip()
    depth = comma = 0
    for at, char in enumerate(rest):
        depth += char in "[{"
        depth -= char in "]}"
        if depth < 0:
            return rest[: comma or at].strip()
        if char == "," and not depth and not comma:
            comma = at
    return rest


def quoted(text: str) -> str:
    """`text` between the quotes that need the least care: what to type into the file."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"
