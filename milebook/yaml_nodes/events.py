"""Build nodes from the events of PyYAML's parser, in one loop over the whole file."""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from milebook.model.findings import Finding, Place, Related
from milebook.yaml_nodes.nodes import Fields, Items, Node, Scalar, TypedPage, quoted, shown, typed_value

MAX_DEPTH = 50  # lists and groups inside one another; an index needs seven
# libyaml reads ten times as fast; without it (a Python built without the C library) the same events come from Python.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TOO_DEEP_FOR_C = "exceeded maximum nesting depth"  # libyaml 0.2.6 and later, at a thousand
_DASH_OF_AN_ITEM = re.compile(r" *(-(?=[^ -])|[–—‒−•·]) *(\S.*)")  # which begins no item
_GLUED_COMMENT = re.compile(r"[ \t]#(?=[^\s#])")


class TooDeep(Exception):
    """Nesting beyond MAX_DEPTH; holds the finding. Never leaves this package."""


class SyntaxFault(Exception):
    """The YAML parser's refusal; holds its error. Never leaves this package."""

    def __init__(self, error: yaml.MarkedYAMLError) -> None:
        super().__init__()
        self.error = error


class Events:
    """Reads one stretch of YAML into nodes. `first` is the number of its first line on the page."""

    def __init__(self, page: TypedPage, findings: list[Finding], first: int = 1) -> None:
        self.page = page
        self.findings = findings
        self.first = first
        self.anchors: dict[str, Place] = {}

    def read(self, text: str) -> Node | None:
        """The outermost node; raises SyntaxFault and TooDeep."""
        before = len(self.findings)
        try:
            return self._read(LOADER, text)
        except SyntaxFault as fault:
            if fault.error.problem != _TOO_DEEP_FOR_C:
                raise
        # libyaml looks far ahead and gives up before it says where it went too deep; PyYAML's own reader says that
        del self.findings[before:]
        self.anchors.clear()
        return self._read(yaml.SafeLoader, text)

    def _read(self, reader: Any, text: str) -> Node | None:
        loader = reader(text)
        try:
            return self._tree(loader.get_event, self._lines_with_glued_comments(text))
        except yaml.MarkedYAMLError as error:
            raise SyntaxFault(error) from None
        except yaml.YAMLError as error:  # a reader's error, which has no place; _FORBIDDEN leaves none that we know of
            raise SyntaxFault(yaml.MarkedYAMLError(problem=str(error))) from None
        finally:
            loader.dispose()

    def _lines_with_glued_comments(self, text: str) -> frozenset[int]:
        if not _GLUED_COMMENT.search(text):
            return frozenset()
        last = self.first + text.count("\n") + text.count("\r")
        lines = enumerate(self.page.lines[self.first - 1 : last], self.first)
        return frozenset(number for number, line in lines if "#" in line and _GLUED_COMMENT.search(line))

    def _tree(self, get_event: Any, glued: frozenset[int]) -> Node | None:
        # One loop and no recursion, so that nesting costs no stack; names are local because this is the hot spot of
        # reading an index: 130,000 events for 3,000 stories.
        page, first, lines = self.page, self.first, self.page.lines
        root: Node | None = None
        box: Items | Fields | None = None
        key: Scalar | None = None
        outer: list[tuple[Items | Fields | None, Scalar | None]] = []
        documents = 0
        while True:
            event = get_event()
            kind = type(event)
            node: Node
            if kind is ScalarEvent:
                start, end = event.start_mark, event.end_mark
                row, column = start.line, start.column
                value = event.value
                if row == end.line:
                    node = Scalar(value, not event.style, page, row + first, column + 1, end.column - column or 1)
                else:
                    width = len(lines[row + first - 1]) - column
                    node = Scalar(value, not event.style, page, row + first, column + 1, width if width > 0 else 1)
                    if not event.style:
                        self._check_folded(node, row + first, end.line + first)
                if glued and end.line + first in glued and not event.style:
                    rest = lines[end.line + first - 1][end.column :]
                    if (found := _GLUED_COMMENT.search(rest)) and not rest[: found.start()].strip():
                        node.cut = rest[found.start() :].strip()
                if event.anchor is not None or event.tag is not None:
                    self._refuse_mark(event, node)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                start = event.start_mark
                node = (Fields if kind is MappingStartEvent else Items)(page, start.line + first, start.column + 1)
                if len(outer) >= MAX_DEPTH:
                    raise TooDeep(
                        node.finding(
                            "MB103",
                            f"lists or groups stand inside one another more than {MAX_DEPTH} deep here",
                            "take the extra brackets or the extra indentation out",
                        )
                    )
                if event.anchor is not None or event.tag is not None:
                    self._refuse_mark(event, node)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                box, key = outer.pop()
                continue
            elif kind is AliasEvent:
                node = self._alias(event)
            elif kind is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self._refuse_document(event)
                    return root
                continue
            elif kind is StreamEndEvent or event is None:
                return root
            else:
                continue

            if box is None:
                root = node
            elif isinstance(box, Items):
                box.items.append(node)
            elif key is None:
                key = self._key(node)
            else:
                if key.value == "id" in box.fields and outer and isinstance(outer[-1][0], Items):
                    box = self._next_item(key, node, box, outer[-1][0])
                elif key.value in box.fields:
                    self._refuse_twice(key, box.fields[key.value][0])
                elif key.mended:
                    box.broken = True
                else:
                    box.fields[key.value] = (key, node)
                key = None
            if kind is not ScalarEvent and isinstance(node, (Fields, Items)):
                outer.append((box, key))
                box, key = node, None

    def _key(self, node: Node) -> Scalar:
        """The key that `node` is; where it is none, a stand-in that keeps its value out of the tree."""
        if isinstance(node, Scalar):
            if node.value == "<<" and node.plain:
                self._add(
                    node, "MB103", '"<<" (merge) is not used in this file', "write the lines out where they belong"
                )
                node.mended = True
            elif not node.value and not node.mended:
                self._add(
                    node,
                    "MB101",
                    "there is no name before this colon",
                    "write the field's name, or take the colon out",
                    kind="no name",
                )
                node.mended = True
            return node
        message = "a list or a group of fields stands where the name of a field is expected"
        self._add(node, "MB103", message, "brackets, braces and ? need quotes when they are text")
        key = Scalar("", False, node.page, node.line, node.column, node.width)
        key.mended = True
        return key

    def _add(self, node: Node, code: str, message: str, hint: str, related: tuple[Related, ...] = (), kind: str = "") -> None:  # fmt: skip
        self.findings.append(node.finding(code, message, hint, related, kind=kind))

    def _check_folded(self, node: Scalar, line: int, last: int) -> None:
        """A plain value that goes on over the next line, where that line looks like an item of a list of its own."""
        for number in range(line + 1, last + 1):
            text = self.page.line(number)
            if text.lstrip(" ").startswith("- "):
                if dash := _DASH_OF_AN_ITEM.match(self.page.line(line)):
                    fact = (
                        "there is no space after the dash"
                        if dash[1] == "-"
                        else f'an item of a list begins with a hyphen, and "{dash[1]}" is none'
                    )
                    self._add(node, "MB101", fact, f"write {shown(f'- {dash[2]}')}", kind="folded")
                    node.mended = True
                    return
                place = Place(self.page.file, number, len(text) - len(text.lstrip(" ")) + 1)
                self.findings.append(
                    self.page.finding(
                        "MB101",
                        f'this "- " is read as part of the text in line {line}, since it is indented further than that line\'s beginning',
                        place,
                        "give it the same indentation as the other items of its list",
                        (Related("the text begins", node.place),),
                        kind="folded",
                    )
                )
                node.mended = True
                return

    def _refuse_mark(self, event: Any, node: Node) -> None:
        """An anchor (&name) or a tag (!name) before a value."""
        text = self.page.line(node.line)[node.column - 1 :]
        if event.anchor is not None:
            self.anchors.setdefault(event.anchor, node.place)
            fact = 'a value that begins with "&" would be a label for use elsewhere in the file, which is not supported'
        else:
            fact = 'a value that begins with "!" would be an instruction to the program that reads the file, which is not supported'
        self._add(node, "MB103", fact, f"if it is text, put it in quotes: {quoted(shown(typed_value(text)))}")
        node.mended = True

    def _alias(self, event: Any) -> Scalar:
        start = event.start_mark
        text = "*" + event.anchor
        node = Scalar(text, True, self.page, start.line + self.first, start.column + 1, len(text))
        related = (Related("the label stands at", self.anchors[event.anchor]),) if event.anchor in self.anchors else ()
        self._add(
            node,
            "MB103",
            'a value that begins with "*" would be a copy of another place in the file, which is not supported',
            f"if it is text, put it in quotes: {quoted(shown(text))}; else write the value out",
            related,
        )
        node.mended = True
        return node

    def _refuse_document(self, event: Any) -> None:
        place = Place(self.page.file, event.start_mark.line + self.first, event.start_mark.column + 1, 3)
        self.findings.append(
            self.page.finding(
                "MB103",
                'a line "---" begins a second document here; nothing below it is read',
                place,
                'take the line "---" out; one file holds the whole index',
            )
        )

    def _next_item(self, key: Scalar, value: Node, before: Fields, around: Items) -> Fields:
        """The item that begins with a second `id:`, whose dash was forgotten."""
        related = (Related("the one before begins", before.fields["id"][0].place),)
        message = 'a second "id" stands in this entry; does a new one begin here?'
        self._add(
            key, "MB105", message, 'put "- " before id, in line with the dashes of the other entries', related, "entry"
        )
        item = Fields(self.page, key.line, key.column)
        item.fields["id"] = (key, value)
        around.items.append(item)
        return item

    def _refuse_twice(self, key: Scalar, earlier: Scalar) -> None:
        hint = "keep one of the two lines"
        for number in range(earlier.line + 1, key.line):
            if re.match(r"\s*#\s*-\s", self.page.line(number)):
                hint = f'line {number} begins with "#", so that the entry below it goes on with the one above: take the "#" out, or put one before each of its lines'
        self._add(
            key,
            "MB105",
            f'"{shown(key.value)}" stands twice in the same group',
            hint,
            (Related("first", earlier.place),),
        )
