"""Choose and arrange stories in the text of an index: status, tags, chapter and place, and ids.

Every function takes the text of an index and gives the new text, in which every other character is as it was. They raise
`CannotEdit`, whose message says in the author's words why a text cannot be changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import yaml

from milebook.index.edit import IndexEdit
from milebook.index.formats import id_from
from milebook.index.list_edit import Entry, change_list, entries, takes_comments
from milebook.index.schema import CHAPTER, STORY
from milebook.index.splices import CannotEdit, Splices, get, scalar, walk

__all__ = [
    "CannotEdit",
    "Spot",
    "move",
    "rename_agreement",
    "rename_chapter",
    "rename_story",
    "set_status",
    "tag",
    "unlist",
]

# the order in which the fields of a story stand; a new one comes after the last of those before it
STORY_ORDER = tuple(field.name for field in STORY)
CHAPTER_ORDER = tuple(field.name for field in CHAPTER)


class Spot(NamedTuple):
    """A place in a chapter: at its start, or before or behind a story; else at its end."""

    chapter: str
    first: bool = False
    before: str = ""
    after: str = ""


def set_status(text: str, ids: Iterable[str], status: str) -> str:
    """Give stories a status."""
    edit = IndexEdit(text)
    for story in _stories(edit, ids):
        edit.fields(story, {"status": status}, STORY_ORDER)
    return edit.result()


def tag(text: str, ids: Iterable[str], add: Sequence[str] = (), remove: Sequence[str] = ()) -> str:
    """Give stories tags, and take tags from them."""
    edit = IndexEdit(text)
    for story in _stories(edit, ids):
        node = get(story, "tags")
        has = [value.value for value in _listed(node)]
        gone = {number for number, name in enumerate(has) if name in remove and name not in add}
        new = [name for name in dict.fromkeys(add) if name not in has]
        if not gone and not new:
            continue
        if isinstance(node, yaml.SequenceNode):
            last = max((number for number in range(len(has)) if number not in gone), default=None)
            change_list(edit, node, gone, [Entry(scalar(name, flow=True)) for name in new], last)
        elif node is None or _is_empty(node):
            edit.fields(story, {"tags": tuple(new)}, STORY_ORDER)
        else:
            raise CannotEdit(f"line {node.start_mark.line + 1}: tags are no list there: write them as [one, two]")
    return edit.result()


def move(text: str, ids: Sequence[str], spot: Spot) -> str:
    """Put stories into a chapter's list, in this order, and take them out of every other list."""
    edit = IndexEdit(text)
    _stories(edit, ids)
    anchor = spot.before or spot.after
    if anchor in ids:
        raise CannotEdit(f"“{anchor}” cannot be moved next to itself")
    chapter = next((one for one in _entries(edit.root, "chapters") if _value(one, "id") == spot.chapter), None)
    if chapter is None:
        raise CannotEdit(f"there is no chapter “{spot.chapter}”")
    if get(chapter, "select") is not None:
        raise CannotEdit(
            f"the chapter “{spot.chapter}” has no list: it takes the stories that its select: describes; give the stories the tags "
            "or the status that it asks for, or write a list of stories there instead"
        )
    target = get(chapter, "stories")
    if target is not None and not isinstance(target, yaml.SequenceNode) and not _is_empty(target):
        raise CannotEdit(f"line {target.start_mark.line + 1}: stories are no list there: write them as [one, two]")
    names = [value.value for value in _listed(target)]
    if anchor and anchor not in names:
        raise CannotEdit(f"“{anchor}” does not stand in the list of the chapter “{spot.chapter}”")
    if (
        _after_moving(names, ids, spot) == names
        and len(set(names)) == len(names)
        and not _elsewhere(edit, ids, chapter)
    ):
        return text
    carrying = isinstance(target, yaml.SequenceNode) and takes_comments(edit, target)
    carried = take_out(edit, ids, chapter, carrying=carrying)
    if isinstance(target, yaml.SequenceNode):
        carried |= {
            entry_id: entry for entry_id, entry in zip(names, entries(edit, target), strict=True) if entry_id in ids
        }
        new = [carried.get(story, Entry(scalar(story, flow=True))) for story in ids]
        gone = {number for number, name in enumerate(names) if name in ids}
        change_list(edit, target, gone, new, _behind(names, ids, spot))
    else:
        edit.fields(chapter, {"stories": tuple(ids)}, CHAPTER_ORDER)
    return edit.result()


def unlist(text: str, ids: Iterable[str]) -> str:
    """Take stories out of every chapter's list."""
    edit = IndexEdit(text)
    wanted = list(ids)
    _stories(edit, wanted)
    take_out(edit, wanted)
    return edit.result()


def spelled(text: str, kind: str, name: str) -> str:
    """How the index writes the id of a story, chapter or agreement: `Oak` is wrong there, and read as `oak`."""
    edit = Splices(text)
    if kind == "agreement":
        agreements = get(edit.root, "agreements")
        ids = [key.value for key, _ in agreements.value] if isinstance(agreements, yaml.MappingNode) else []
    else:
        ids = [_value(entry, "id") for entry in _entries(edit.root, "stories" if kind == "story" else "chapters")]
    return name if name in ids else next((one for one in ids if one and id_from(one) == name), name)


def rename_story(text: str, old: str, new: str, file: str = "", former: str = "") -> str:
    """Give a story another id, everywhere it stands, and note the `former` one under `formerly:`. `file` is its new file's
    name, if the index names the file.
    """
    edit = IndexEdit(text)
    (story,) = _stories(edit, [old])
    _rewrite(edit, get(story, "id"), new)
    node = get(story, "file")
    if file and node is not None:
        _rewrite(edit, node, file)
    for chapter in _entries(edit.root, "chapters"):
        for value in _listed(get(chapter, "stories")):
            if value.value in (old, former):
                _rewrite(edit, value, new)
    formerly = get(story, "formerly")
    if not former:
        return edit.result()
    if isinstance(formerly, yaml.SequenceNode):
        names = [value.value for value in _listed(formerly)]
        gone = {number for number, name in enumerate(names) if name in (former, new)}
        last = max((number for number in range(len(names)) if number not in gone), default=None)
        change_list(edit, formerly, gone, [Entry(scalar(former, flow=True))], last)
    else:
        edit.fields(story, {"formerly": (former,)}, STORY_ORDER)
    return edit.result()


def rename_chapter(text: str, old: str, new: str, opening: str = "") -> str:
    """Give a chapter another id. `opening` is the new name of its opening text's file, "" if that stays."""
    edit = Splices(text)
    for chapter in _entries(edit.root, "chapters"):
        if _value(chapter, "id") == old:
            _rewrite(edit, get(chapter, "id"), new)
            if opening:
                _rewrite(edit, get(chapter, "opening"), opening)
            return edit.result()
    raise CannotEdit(f"there is no chapter “{old}”")


def rename_agreement(text: str, old: str, new: str) -> str:
    """Give an agreement another id, wherever a permission names it."""
    edit = Splices(text)
    agreements = get(edit.root, "agreements")
    keys = [key for key, _ in agreements.value] if isinstance(agreements, yaml.MappingNode) else []
    key = next((one for one in keys if one.value == old), None)
    if key is None:
        raise CannotEdit(f"there is no agreement “{old}”")
    _rewrite(edit, key, new)
    for node in walk(edit.root):
        for name, value in node.value if isinstance(node, yaml.MappingNode) else ():
            if (
                name.value in ("permission", "cover_permission")
                and isinstance(value, yaml.ScalarNode)
                and value.value == old
            ):
                _rewrite(edit, value, new)
    return edit.result()


def _after_moving(names: Sequence[str], ids: Sequence[str], spot: Spot) -> list[str]:
    """The list of a chapter after stories have been moved there."""
    rest = [name for name in names if name not in ids]
    behind = _behind(names, ids, spot)
    at = 0 if behind is None else rest.index(names[behind]) + 1
    return [*rest[:at], *ids, *rest[at:]]


def _behind(names: Sequence[str], ids: Sequence[str], spot: Spot) -> int | None:
    """The number of the entry that the moved ones come behind, None for the start."""
    stay = [number for number, name in enumerate(names) if name not in ids]
    if spot.after:
        return names.index(spot.after)
    if spot.before:
        stay = [number for number in stay if number < names.index(spot.before)]
    return stay[-1] if stay and not spot.first else None


def _elsewhere(edit: Splices, ids: Sequence[str], chapter: yaml.Node) -> bool:
    """Whether one of the stories stands in the list of another chapter."""
    others = (one for one in _entries(edit.root, "chapters") if one is not chapter)
    return any(value.value in ids for one in others for value in _listed(get(one, "stories")))


def take_out(
    edit: Splices, ids: Sequence[str], keep: yaml.Node | None = None, *, carrying: bool = False
) -> dict[str, Entry]:
    """Take stories out of the lists of all chapters but `keep`; how they stood there, with their comments. The comments stay
    behind unless they are `carrying` to where the stories go.
    """
    found: dict[str, Entry] = {}
    for chapter in _entries(edit.root, "chapters"):
        node = get(chapter, "stories")
        gone = {number for number, value in enumerate(_listed(node)) if value.value in ids}
        if gone and chapter is not keep and isinstance(node, yaml.SequenceNode):
            written = entries(edit, node)
            found |= {node.value[number].value: written[number] for number in gone}
            change_list(edit, node, gone, (), None, leave_comments=not carrying)
    return found


def _stories(edit: Splices, ids: Iterable[str]) -> list[yaml.MappingNode]:
    """The groups of stories, in the order of `ids`. Raises CannotEdit for one that is not there, or there twice."""
    by_id: dict[str, list[yaml.MappingNode]] = {}
    for story in _entries(edit.root, "stories"):
        by_id.setdefault(_value(story, "id"), []).append(story)
    for story_id in (wanted := list(dict.fromkeys(ids))):
        if len(by_id.get(story_id, ())) != 1:
            raise CannotEdit(f"there is {'no story' if story_id not in by_id else 'more than one story'} “{story_id}”")
    return [by_id[story_id][0] for story_id in wanted]


def _entries(root: yaml.Node | None, name: str) -> list[yaml.MappingNode]:
    node = get(root, name)
    return (
        [one for one in node.value if isinstance(one, yaml.MappingNode)] if isinstance(node, yaml.SequenceNode) else []
    )


def _listed(node: yaml.Node | None) -> list[yaml.ScalarNode]:
    if not isinstance(node, yaml.SequenceNode):
        return []
    for value in node.value:
        if not isinstance(value, yaml.ScalarNode):
            raise CannotEdit(f"line {value.start_mark.line + 1} is no plain entry of a list: change it yourself")
    return list(node.value)


def _value(group: yaml.Node, key: str) -> str:
    node = get(group, key)
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""


def _is_empty(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.value and not node.style


def _rewrite(edit: Splices, node: yaml.Node | None, new: str) -> None:
    """Another word in the place of a scalar, in the quotes that it had."""
    if not isinstance(node, yaml.ScalarNode):
        raise CannotEdit("an id is missing")
    written = f"{node.style}{new}{node.style}" if node.style in ("'", '"') else scalar(new, flow=True)
    edit.splice(edit.offset(node.start_mark), edit.offset(node.end_mark), written)
