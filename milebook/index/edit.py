"""Small changes to the text of stories/index.yaml that keep every other character.

The file is not written again from what was understood, which would lose comments and habits, but spliced: a value gives way
to another, a line is put in where the fields have their place. `index_change` proves that nothing else has changed.
"""

from __future__ import annotations

from collections.abc import Mapping

import yaml

from milebook.index.splices import CannotEdit, Splice, Splices, Value, get, scalar, walk
from milebook.model.findings import Place

__all__ = ["ORDER", "CannotEdit", "IndexEdit", "Value", "scalar"]

# the order in which the fields of an agreement stand; a new one comes after the last of those before it
ORDER = (
    "signer", "status", "requested", "letter", "granted", "edit_approved", "evidence", "formats", "territory", "languages", "expires",
    "print_run_cap", "credit", "credit_placement", "reason", "email", "fee", "copies", "restrictions", "notes",
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
            keys = sorted(fields, key=lambda key: ORDER.index(key) if key in ORDER else len(ORDER))
            written = "{" + ", ".join(f"{key}: {scalar(fields[key], flow=True)}" for key in keys) + "}"
        if alone is not None:  # a person's name becomes a group with that name
            self.replace(alone, f"{{name: {scalar(alone.value, flow=True)}, {field}: {written}}}")
        elif node is not None:
            self.replace(node, written)
        elif group is not None:
            after = (
                "tags",
                "text",
                "source",
                "kind",
                "file",
                "guardian",
                "minor",
                "cover_credit",
                "cover_alt",
                "cover",
            )
            self._insert(group, {field: written}, after=after)

    def story(self, noun: Place, fields: Mapping[str, Value]) -> None:
        """Set fields of the story that has `noun` as its place."""
        self._set(self._mapping(noun), fields, order=("id", "title", "file", "status"))

    def fields(self, group: yaml.MappingNode, fields: Mapping[str, Value], order: tuple[str, ...]) -> None:
        """Set fields of a group; a new one stands behind the last of those that come before it in `order`."""
        self._set(group, fields, order)

    def unlist(self, story: str) -> int:
        """Take a story's id out of every chapter's list; how many lists it stood in."""
        found = 0
        chapters = get(self.root, "chapters")
        for chapter in chapters.value if isinstance(chapters, yaml.SequenceNode) else ():
            listed = get(chapter, "stories")
            if not isinstance(listed, yaml.SequenceNode):
                continue
            places = [
                n for n, node in enumerate(listed.value) if isinstance(node, yaml.ScalarNode) and node.value == story
            ]
            if len(places) > 1:
                raise CannotEdit(f"“{story}” stands twice in one chapter's list: take one out first")
            if places:
                self._remove(listed, places[0])
                found += 1
        return found

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
            first = min(new, key=lambda key: order.index(key) if key in order else len(order))
            anchor = self._before(group, first, order)
            together = {
                key: new.pop(key)
                for key in sorted(new, key=lambda key: order.index(key) if key in order else len(order))
                if self._before(group, key, order) is anchor
            }
            self._insert_after(group, anchor, together)

    def _before(self, group: yaml.MappingNode, key: str, order: tuple[str, ...]) -> int | None:
        """The number of the last of the group's fields that stand before `key` in `order`."""
        rank = order.index(key) if key in order else len(order)
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
        if group.flow_style:
            if anchor is None:
                start = self.offset(group.value[0][0].start_mark)
                self.splices.append(Splice(start, start, ", ".join(lines) + ", "))
            else:
                end = self.end(group.value[anchor][1])
                self.splices.append(Splice(end, end, "".join(f", {line}" for line in lines)))
            return
        column = group.value[0][0].start_mark.column
        indented = [" " * column + line for line in lines]
        if anchor is None:
            # before the first field, whose line may begin with a dash: the new lines take its place
            start = self.offset(group.value[0][0].start_mark)
            text = self.newline.join([lines[0], *indented[1:]]) + self.newline + " " * column
            self.splices.append(Splice(start, start, text))
            return
        end = self.end(group.value[anchor][1])
        if end and self.text[end - 1] == "\n":
            self.splices.append(Splice(end, end, "".join(line + self.newline for line in indented)))
            return
        line_end = self.text.find("\n", end)
        if line_end < 0:
            self.splices.append(
                Splice(len(self.text), len(self.text), "".join(self.newline + line for line in indented))
            )
        else:
            text = "".join(line + self.newline for line in indented)
            self.splices.append(Splice(line_end + 1, line_end + 1, text))

    def _remove(self, listed: yaml.SequenceNode, order: int) -> None:
        node = listed.value[order]
        if listed.flow_style:
            if order + 1 < len(listed.value):
                self.cut(self.offset(node.start_mark), self.offset(listed.value[order + 1].start_mark))
            elif order:
                self.cut(self.end(listed.value[order - 1]), self.end(node))
            else:
                self.cut(self.offset(node.start_mark), self.end(node))
            return
        start = self.text.rfind("\n", 0, self.offset(node.start_mark)) + 1
        if len(listed.value) == 1 or self.text[start : self.offset(node.start_mark)].strip() != "-":
            if len(listed.value) == 1:
                dash = self.text.rfind("-", 0, self.offset(node.start_mark))
                self.splices.append(Splice(dash, self.end(node), "[]"))
                return
            raise CannotEdit(f"line {node.start_mark.line + 1} holds more than one entry: take the story out yourself")
        line_end = self.text.find("\n", self.end(node))
        self.cut(start, line_end + 1 if line_end >= 0 else len(self.text))
