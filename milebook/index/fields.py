"""Read the fields of an entry by its table, one function for each kind of value."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from milebook.index import formats
from milebook.index.joined_values import joined
from milebook.index.printed_slips import curly_pair, slips
from milebook.index.schema import GENERATED_MATTER, NOUNS, Field
from milebook.index.slips import NOTHING
from milebook.index.unknown_fields import cut_by_a_comma, report_unknown
from milebook.model.findings import Finding, Place, Related
from milebook.model.languages import language_fault
from milebook.model.near_names import nearest
from milebook.yaml_nodes import Fields, Items, Node, Scalar, values
from milebook.yaml_nodes.nodes import is_empty, shown

Fault = Callable[[str], tuple[str, str] | None]

_TABLES: Mapping[str, Mapping[str, Field]] = {
    noun: {field.name: field for field in fields} for noun, fields in NOUNS.items()
}
_REQUIRED: Mapping[str, tuple[Field, ...]] = {
    noun: tuple(field for field in fields if field.required) for noun, fields in NOUNS.items()
}
_NO_SLIP = re.compile('[^"<“”„«@?]*')
_NO_FIELDS = "write its fields below it, indented by two spaces"
# Whom to ask may be written down alone; whatever else an agreement says is nothing without its status.
_WHOM_TO_ASK = frozenset({"signer", "email", "notes"})


def _needed_beside(noun: str, written: Mapping[str, Place]) -> tuple[Field, ...]:
    """The fields that are required because of others in the same group."""
    if noun != "agreement" or (written and _WHOM_TO_ASK.issuperset(written)):
        return ()
    return (_TABLES[noun]["status"],)


class FieldReader:
    """Reads groups of fields by their tables. Findings are added to `findings` in the order they are met."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        self._matter: dict[str, Place] = {}
        self.renamed: dict[str, str] = {}  # faulty ids, and the ids that stand for them until they are mended

    def report(self, node: Node, code: str, message: str, hint: str = "", related: tuple[Related, ...] = (), **facts: str) -> None:  # fmt: skip
        self.findings.append(node.finding(code, message, hint, related, **facts))

    # ---- a group

    def group(self, noun: str, node: Fields, name: str) -> tuple[dict[str, Any], dict[str, Place]]:
        """The values of a group by attribute, and their places. `name` is what messages call it: `story "lost-dog"`.

        Kinds that make nouns of their own (groups, permissions) are left to the caller; their places are set.
        """
        table = _TABLES[noun]
        found: dict[str, Any] = {}
        places: dict[str, Place] = {}
        meant: set[str] = set()  # fields that a misspelled line was surely meant to be
        before: tuple[Scalar, Node] | None = None  # the field before, whose value a comma may have ended
        for key, (typed, value) in node.fields.items():
            field = table.get(key)
            if field is None and before is not None and cut_by_a_comma(before, typed, value, table, self.findings):
                continue
            before = (typed, value)
            if field is None:
                meant.add(report_unknown(typed, name, noun, _TABLES, self.findings))
                continue
            target = field.attribute or field.name  # not the key as typed, a string of its own in every entry
            places[target] = value.place
            read = _READ.get(field.kind)
            if read is not None and (result := read(self, value, field)) is not None:
                found[target] = result
        for field in (*_REQUIRED[noun], *_needed_beside(noun, places)):
            if field.target not in found and field.name not in meant:
                self._missing(noun, field, node, name)
        return found, places

    def _missing(self, noun: str, field: Field, node: Fields, name: str) -> None:
        entry = node.fields.get(field.name)
        if entry is None:
            if not node.broken:
                hint = f"add a line {field.name}: to it ({field.meaning[0].lower()}{field.meaning[1:].rstrip('.')})"
                self.report(
                    node, "MB107", f'{name} has no "{field.name}"', hint, kind=NOTHING if noun == "index" else ""
                )
            return
        key, value = entry
        if field.name == "stories" and is_empty(value):
            return  # an index that is still to be filled, as `stories: []` says it: MB181 tells how
        if is_empty(value) or (
            isinstance(value, Scalar) and not value.mended and not value.cut and not values.is_visible(value.value)
        ):
            self.report(
                key, "MB107", f'"{field.name}" of {name} is empty', f"write it after {field.name}:", kind=NOTHING
            )

    # ---- groups inside groups

    def inner(self, node: Node | None, name: str) -> Fields | None:
        """A group that stands in a field; None where there is none or something else stands there (a finding)."""
        if node is None or is_empty(node):
            return None
        if isinstance(node, Fields):
            return node
        values.wrong_kind(node, name, "a group of fields", self.findings, _NO_FIELDS)
        return None

    def items(self, node: Node | None, name: str) -> list[Node]:
        """What stands in a field that takes a list of groups; a group alone is read as a list of one (with a finding)."""
        if node is None or is_empty(node):
            return []
        if isinstance(node, Items):
            return node.items
        hint = f'begin each entry below {name}: with "- "'
        values.wrong_kind(node, name, "a list", self.findings, hint)
        return [node] if isinstance(node, Fields) and not node.mended else []

    # ---- kinds of values

    def _line(self, node: Node, field: Field) -> str | None:
        return self._without_slip(node, field, values.text(node, field.name, self.findings))

    def _without_slip(self, node: Node, field: Field, text: str | None) -> str | None:
        """The value, and a finding for each slip that would be printed."""
        if not text or not isinstance(node, Scalar) or _NO_SLIP.fullmatch(text):
            return text
        for code, message, hint in slips(node, field.name, field.kind, text):
            self.report(node, code, message, hint)
        return curly_pair(text) or text if field.kind == "path" and node.plain else text

    def _lines(self, node: Node, field: Field) -> tuple[str, ...] | None:
        found = values.texts(node, field.name, self.findings)
        for item in node.items if isinstance(node, Items) else [node]:
            if isinstance(item, Scalar) and "@" in item.value:
                self._without_slip(item, field, item.value)
            elif isinstance(item, Scalar) and (slip := joined(field.name, item.value, item is node)):
                self.report(item, "MB140", *slip)
        return None if found is None else tuple(text for text, _place in found)

    def _words(self, node: Node, field: Field) -> tuple[str, ...] | None:
        return self._each(
            node, field, lambda item: values.word(item, field.name, field.words, self.findings, field.meant)
        )

    def _languages(self, node: Node, field: Field) -> tuple[str, ...] | None:
        def language(item: Node) -> str | None:
            if isinstance(item, Scalar) and item.value in field.words:
                return item.value
            return self._shaped(item, field, language_fault, "MB124")

        return self._each(node, field, language)

    def _each(self, node: Node, field: Field, read: Callable[[Node], str | None]) -> tuple[str, ...] | None:
        """What `read` makes of every item of a list, or of a value that stands alone."""
        if isinstance(node, Fields):
            values.wrong_kind(node, field.name, "a list", self.findings)
            return None
        items = node.items if isinstance(node, Items) else [node]
        return tuple(found for item in items if (found := read(item))) or None

    def _shaped(self, node: Node, field: Field, fault_of: Fault, code: str, keep: bool = False) -> str | None:
        text = values.text(node, field.name, self.findings)
        if text is None:
            return None
        fault = fault_of(text)
        if fault is None:
            return self._without_slip(node, field, text)
        if not node.mended:
            self.report(node, code, f'"{field.name}" cannot be {shown(text)!r}: {fault[0]}', fault[1])
        if keep and (slug := formats.id_from(text)):
            self.renamed[text] = slug
            return slug
        return text if keep else None

    def _listing(self, node: Node, field: Field) -> list[tuple[str, Place]] | None:
        """Ids of stories. `a, b` without brackets is reported once, and read as it was meant."""
        if isinstance(node, Scalar) and not node.mended and "," in node.value:
            names = [name for name in re.split(r"[\s,;]+", node.value) if name]
            message = f'"{field.name}" must be a list, but a text with commas stands here'
            hint = f"put the list in brackets: {field.name}: [{shown(', '.join(names), 200)}]"
            self.report(node, "MB108", message, hint)
            return [(name, node.place) for name in dict.fromkeys(names)]
        hint = "list the ids of the stories, such as the-gate, and not their titles"
        listed = values.texts(node, field.name, self.findings, wanted="a list of ids", hint=hint)
        return listed and [(self.renamed.get(name, name), place) for name, place in listed]

    def _where(self, node: Node, field: Field) -> tuple[str, int] | None:
        """Where a photo stands: ("start", 0), ("end", 0) or ("after", N)."""
        if isinstance(node, Fields) and list(node.fields) == ["after"]:
            number = values.whole_number(node.fields["after"][1], "after", self.findings)
            return None if number is None else ("after", number)
        if isinstance(node, Scalar):
            if node.value in ("start", "end"):
                return node.value, 0
            word, _colon, number_text = node.value.partition(":")
            if word == "after" and number_text.strip().isdecimal() and int(number_text.strip()[:9]) > 0:
                return "after", int(number_text.strip()[:9])
            if is_empty(node):
                return None
        if not node.mended:
            only = next(iter(node.fields)) if isinstance(node, Fields) and len(node.fields) == 1 else ""
            if glued := re.fullmatch(r"after *[:=]? *([0-9]+)", only):
                hint = f"write {field.name}: {{after: {glued[1]}}}"
                self.report(node, "MB127", f"in {shown(only)!r} the space behind the colon is missing", hint)
                return None
            typed = f" {shown(node.value)!r}" if isinstance(node, Scalar) else f" {values.kind_of(node)}"
            hint = f"write {field.name}: start, {field.name}: end or {field.name}: {{after: 3}} for the third paragraph"
            self.report(node, "MB127", f'"{field.name}" cannot be{typed}', hint)
        return None

    def _matter_list(self, node: Node, field: Field) -> tuple[tuple[str, Place], ...] | None:
        """Entries of `front:` or `back:`; each may stand once in the book."""
        entries = values.texts(node, field.name, self.findings)
        if entries is None:
            return None
        kept = []
        nodes = node.items if isinstance(node, Items) else [node]
        by_place = {item.place: item for item in nodes}
        for text, place in entries:
            item = by_place[place]
            if text not in GENERATED_MATTER and not text.endswith(".md"):
                near = nearest(text, GENERATED_MATTER)
                hint = f"did you mean {near}?" if near else f"for a text of your own, write the file's name: {text}.md"
                hint += "" if hint.endswith("?") else "."
                hint += f" The parts made by the program are: {', '.join(GENERATED_MATTER)}"
                self.report(item, "MB130", f'"{shown(text)}" is neither a part of the book nor a text', hint)
            elif text in self._matter:
                related = (Related("first", self._matter[text]),)
                self.report(item, "MB132", f'"{shown(text)}" stands in the book twice', "keep one of the two", related)
            else:
                self._matter[text] = place
                kept.append((text, place))
        return tuple(kept)

    def _select(self, node: Node, field: Field) -> dict[str, tuple[str, ...]] | None:
        group = self.inner(node, field.name)
        if group is None:
            return None
        found, _places = self.group("select", group, "a selection")
        if not found and not group.broken and not group.fields:
            self.report(group, "MB121", "the selection is empty", "say what to look for, as in select: {tags: [race]}")
        return found


# How a value of each kind is read. A table of its own methods in every reader would be a circle that holds the whole index.
_READ: Mapping[str, Callable[[FieldReader, Node, Field], Any]] = {
    "line": FieldReader._line,
    "paragraph": lambda reader, node, field: reader._without_slip(
        node, field, values.text(node, field.name, reader.findings, values.JOIN)
    ),
    "text": lambda reader, node, field: reader._without_slip(
        node, field, values.text(node, field.name, reader.findings, values.KEEP)
    ),
    "truth": lambda reader, node, field: values.truth(node, field.name, reader.findings),
    "number": lambda reader, node, field: values.whole_number(
        node, field.name, reader.findings, field.lowest, field.highest
    ),
    "date": lambda reader, node, field: values.date(node, field.name, reader.findings),
    "word": lambda reader, node, field: values.word(node, field.name, field.words, reader.findings, field.meant),
    "words": FieldReader._words,
    "lines": FieldReader._lines,
    "path": FieldReader._line,
    "id": lambda reader, node, field: reader._shaped(node, field, formats.id_fault, "MB115", keep=True),
    "email": lambda reader, node, field: reader._shaped(node, field, formats.email_fault, "MB123"),
    "language": lambda reader, node, field: reader._shaped(node, field, language_fault, "MB124"),
    "languages": FieldReader._languages,
    "isbn": lambda reader, node, field: reader._shaped(node, field, formats.isbn_fault, "MB125"),
    "byline": lambda reader, node, field: reader._shaped(node, field, formats.byline_fault, "MB126"),
    "year": lambda reader, node, field: reader._shaped(node, field, formats.year_fault, "MB111"),
    "where": FieldReader._where,
    "matter": FieldReader._matter_list,
    "listing": FieldReader._listing,
    "select": FieldReader._select,
}
