"""Findings about references: stories in chapters, files, agreements."""

from __future__ import annotations

import posixpath

from milebook.index.entries import Reader
from milebook.model.findings import Finding, Place, Related
from milebook.model.index import Index
from milebook.yaml_nodes import Fields, Items, Node, Scalar
from milebook.yaml_nodes.nodes import shown

# After one of these, the line that points to an agreement may be among what could not be read.
_MAY_HIDE_USE = {"MB101", "MB103", "MB105", "MB106", "MB108", "MB116", "MB117"}


def check_references(index: Index, reader: Reader) -> None:
    """Adds to the reader's findings; drops nothing from the Index."""
    _check_listed(index, reader)
    _check_files(index, reader)
    _check_unused(index, reader)


def _check_listed(index: Index, reader: Reader) -> None:
    """Each id in a chapter's list is a selected story's, and stands in one list once."""
    stories = {story.id: story for story in index.stories}
    first: dict[str, tuple[str, Place]] = {}
    nodes = _listed_nodes(reader.root)
    for chapter in index.chapters:
        for name, place in chapter.stories or ():
            node = nodes[place]
            if name in first:
                where, earlier = first[name]
                again = (
                    "twice" if where == chapter.id else f'in two chapters, "{shown(where)}" and "{shown(chapter.id)}"'
                )
                hint = "remove one of the two" if where == chapter.id else "take it out of one of the two chapters"
                message = f'story "{shown(name)}" is listed {again}'
                reader.report(node, "MB104", message, hint, (Related("first listed", earlier),))
                continue
            first[name] = (chapter.id, place)
            story = stories.get(name)
            related: tuple[Related, ...]
            if story is None:
                if reader.all_stories:
                    near = reader.near(name, stories)
                    hint = f"did you mean {near}?" if near else "add it below stories:, or take it out of the list"
                    related = (Related(f"{near} stands at", stories[near].place),) if near else ()
                    reader.report(
                        node, "MB118", f'there is no story "{shown(name)}"', hint, related, name=name, meant=near
                    )
            elif story.status != "selected" and name not in reader.unsure:
                related = (Related("its status stands at", story.at("status")),) if "status" in story.places else ()
                status = f'has the status "{story.status}"' if related else "has no status yet"
                message = f'story "{shown(name)}" {status}, so that it is left out of the chapter'
                hint = "give it the status selected, or take it out of the list"
                reader.report(node, "MB119", message, hint, related, name="" if related else shown(name))


def _listed_nodes(root: Fields) -> dict[Place, Node]:
    """Every entry of every chapter's list, by its place."""
    found: dict[Place, Node] = {}
    chapters = root.get("chapters")
    for chapter in chapters.items if isinstance(chapters, Items) else [chapters]:
        listed = chapter.get("stories") if isinstance(chapter, Fields) else None
        for node in listed.items if isinstance(listed, Items) else [listed]:
            if isinstance(node, Scalar):
                found[node.place] = node
    return found


def _check_files(index: Index, reader: Reader) -> None:
    first: dict[str, tuple[str, Place]] = {}
    for story in index.stories:
        path = posixpath.normpath(story.file)
        if path in first:
            name, place = first[path]
            message = f'stories "{shown(name)}" and "{shown(story.id)}" have the same file, {shown(story.file)}'
            related = (Related(f'"{shown(name)}" stands at', place),)
            where = story.at("file")
            line = reader.root.page.line(where.line)
            hint = "give each story a file of its own"
            reader.findings.append(Finding("MB129", message, where, hint, related, quote=line))
        else:
            first[path] = (story.id, story.at("file"))


def _check_unused(index: Index, reader: Reader) -> None:
    """Agreements that nothing points to: kept forms, or a permission: line that was forgotten."""
    if any(finding.code in _MAY_HIDE_USE for finding in reader.findings):
        return
    for name, agreement in index.agreements.items():
        if name not in reader.used:
            message = f'nothing in the book points to agreement "{shown(name)}"'
            hint = f"add permission: {shown(name)} where it belongs, or leave it as it is"
            line = reader.root.page.line(agreement.place.line)
            reader.findings.append(Finding("MB131", message, agreement.place, hint, quote=line))
