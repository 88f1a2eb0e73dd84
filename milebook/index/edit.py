"""Small changes to the text of stories/index.yaml that keep every other character.

The file is not written again from what was understood, which would lose comments and habits, but spliced: a value gives way
to another, a line is put in where the fields have their place. `edit_check` proves that nothing else has changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import yaml

from milebook.index.schema import AGREEMENT
from milebook.index.splices import CannotEdit, Splices, Value, get, scalar, walk
from milebook.model.findings import Place

__all__ = ["ORDER", "CannotEdit", "IndexEdit", "Value", "scalar"]

# the order in which the fields of an agreement stand; a new one comes after the last of those before it
ORDER = tuple(field.name for field in AGREEMENT)
# of these fields of its owner, a new permission stands behind the first that is there
_BEFORE_PERMISSION = (
    "tags", "text", "source", "kind", "file", "guardian", "minor", "cover_credit", "cover_alt", "cover",
)  # fmt: skip


class IndexEdit(Splices):
    """One text of an index, and the changes gathered for it. Offsets are in characters of the text."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._at: dict[tuple[int, int], yaml.MappingNode | yaml.ScalarNode] = {}

    # ---- what can be changed

    def agreement(self, name: str, fields: Mapping[str, Value]) -> None:
        """Set fields of the agreement `name`."""
        group = get(get(self.root, "agreements"), name)
        if not isinstance(group, yaml.MappingNode):
            raise CannotEdit(f"there is no agreement “{name}” in the index")
        self._set(group, fields)

    def permission(self, noun: Place, fields: Mapping[str, Value] | str, field: str = "permission") -> None:
        """Set fields of the permission of the story, photo, person, quote or source that has `noun` as its place, or of
        the book's `cover_permission`; or let it name an agreement, if `fields` is an id.

        Where there is none, or it names an agreement, one is written there in braces.
        """
        alone = self._alone(noun)
        group = None if alone else self._mapping(noun)
        node = get(group, field)
        if isinstance(fields, str):
            written = fields
        elif isinstance(node, yaml.MappingNode):
            self._set(node, fields)
            return
        else:
            written = "{" + ", ".join(f"{key}: {scalar(fields[key], flow=True)}" for key in in_order(fields)) + "}"
        if alone is not None:  # a person's name becomes a group with that name
            self.replace(alone, f"{{name: {scalar(alone.value, flow=True)}, {field}: {written}}}")
        elif node is not None:
            self.replace(node, written)
        elif group is not None:
            self._insert(group, {field: written}, after=_BEFORE_PERMISSION)

    def story(self, noun: Place, fields: Mapping[str, Value]) -> None:
        """Set fields of the story that has `noun` as its place."""
        self._set(self._mapping(noun), fields, order=("id", "title", "file", "status"))

    def fields(self, group: yaml.MappingNode, fields: Mapping[str, Value], order: tuple[str, ...]) -> None:
        """Set fields of a group; a new one stands behind the last of those that come before it in `order`."""
        self._set(group, fields, order)

    # ---- how

    def _found(self, place: Place) -> yaml.MappingNode | yaml.ScalarNode | None:
        """The group that stands at a place or has a value there, or the entry of a list there."""
        if not self._at:
            for node in walk(self.root):
                if isinstance(node, yaml.MappingNode):
                    for spot in (node, *(value for _, value in node.value if isinstance(value, yaml.ScalarNode))):
                        self._at.setdefault((spot.start_mark.line + 1, spot.start_mark.column + 1), node)
                elif isinstance(node, yaml.SequenceNode):
                    for spot in (value for value in node.value if isinstance(value, yaml.ScalarNode)):
                        self._at.setdefault((spot.start_mark.line + 1, spot.start_mark.column + 1), spot)
        return self._at.get((place.line, place.column))

    def _alone(self, place: Place) -> yaml.ScalarNode | None:
        found = self._found(place)
        return found if isinstance(found, yaml.ScalarNode) else None

    def _mapping(self, place: Place) -> yaml.MappingNode:
        found = self._found(place)
        if not isinstance(found, yaml.MappingNode):
            raise CannotEdit(f"what stands at {place} is no group of fields: write it as {{name: …}} first")
        return found

    def _set(self, group: yaml.MappingNode, fields: Mapping[str, Value], order: tuple[str, ...] = ORDER) -> None:
        new: dict[str, str] = {}
        for key, value in fields.items():
            node = get(group, key)
            if node is None:
                new[key] = scalar(value, flow=bool(group.flow_style))
            else:
                self.replace(node, scalar(value, flow=bool(group.flow_style)))
        while new:  # fields that go to one place go together, in their order
            keys = in_order(new, order)
            anchor = self._before(group, keys[0], order)
            together = {key: new.pop(key) for key in keys if self._before(group, key, order) == anchor}
            self._insert_after(group, anchor, together)

    def _before(self, group: yaml.MappingNode, key: str, order: tuple[str, ...]) -> int | None:
        """The number of the last of the group's fields that stand before `key` in `order`."""
        rank = _rank(key, order)
        found = None
        for number, (name, _) in enumerate(group.value):
            if name.value in order and order.index(name.value) < rank:
                found = number
        return found

    def _insert(self, group: yaml.MappingNode, fields: Mapping[str, str], after: tuple[str, ...]) -> None:
        names = [name.value for name, _ in group.value]
        last = len(names) - 1 if names else None
        anchor = last if group.flow_style else next((names.index(name) for name in after if name in names), last)
        self._insert_after(group, anchor, fields)

    def _insert_after(self, group: yaml.MappingNode, anchor: int | None, fields: Mapping[str, str]) -> None:
        lines = [f"{key}: {value}" for key, value in fields.items()]
        if not group.value:
            raise CannotEdit("an empty group cannot be filled: write its first line yourself")
        first, column = self.offset(group.value[0][0].start_mark), group.value[0][0].start_mark.column
        indented = [" " * column + line for line in lines]
        end = first if anchor is None else self.end(group.value[anchor][1])
        if group.flow_style:
            at, written = end, ", ".join(lines) + ", " if anchor is None else "".join(f", {line}" for line in lines)
        elif anchor is None:
            # before the first field, whose line may begin with a dash: the new lines take its place
            at, written = first, self.newline.join([lines[0], *indented[1:]]) + self.newline + " " * column
        elif (line_end := end - 1 if self.text[end - 1] == "\n" else self.text.find("\n", end)) >= 0:
            at, written = line_end + 1, "".join(line + self.newline for line in indented)
        else:
            at, written = len(self.text), "".join(self.newline + line for line in indented)
        self.splice(at, at, written)


def in_order(fields: Iterable[str], order: tuple[str, ...] = ORDER) -> list[str]:
    """Names of fields as they stand in an entry; unknown ones come last."""
    return sorted(fields, key=lambda key: _rank(key, order))


def _rank(key: str, order: tuple[str, ...]) -> int:
    return order.index(key) if key in order else len(order)
