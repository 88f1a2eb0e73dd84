"""What can be proposed for a word of the command line: ids, names and tags of the book at hand, its layouts, files, folders.

`shell_scripts` has the scripts of the shells that ask.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from milebook.model.index import Index
    from milebook.source import BookFolder

Proposals = Iterable[tuple[str, str]]  # what can be typed, and what that is
Find = Callable[["BookFolder"], Proposals]


class Known(click.types.StringParamType):
    """A text that is one of what a book has; any other text is taken too, and judged by the command."""

    def __init__(self, find: Find) -> None:
        self.find = find

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from milebook.source import BookFolder

        try:
            found = dict(self.find(BookFolder(_book_folder(ctx))))
        except (OSError, ValueError):
            found = {}
        start = incomplete.casefold()
        return [
            CompletionItem(value, help=about) for value, about in found.items() if value.casefold().startswith(start)
        ]


class OnDisk(click.types.StringParamType):
    """A text that names a file or a folder ("file", "dir"), which the shell itself knows best."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        return [CompletionItem(incomplete, type=self.kind)]


class CommandName(click.types.StringParamType):
    """A text that is the name of a command."""

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        group = ctx.find_root().command
        names = group.list_commands(ctx) if isinstance(group, click.Group) else []
        return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def _book_folder(context: click.Context) -> Path:
    """The book folder that was typed, as it was typed: the shell has not put anything for ~ and $HOME yet."""
    root = context.find_root()
    named = context.params.get("chosen") or context.params.get("given") or root.params.get("folder") or "."
    from milebook.source import book_root

    return book_root(Path(os.path.expandvars(named)).expanduser())


def _of_index(find: Callable[[Index], Proposals]) -> Find:
    def found(folder: BookFolder) -> Proposals:
        from milebook.index import read_index

        index = read_index(folder)[0]
        return find(index) if index is not None else ()

    return found


def _stories(index: Index) -> list[tuple[str, str]]:
    return [(story.id, story.title) for story in index.stories]


def _chapters(index: Index) -> list[tuple[str, str]]:
    return [(chapter.id, chapter.title) for chapter in index.chapters]


def _agreements(index: Index) -> list[tuple[str, str]]:
    return [(name, agreement.signer) for name, agreement in index.agreements.items()]


def _people(index: Index) -> list[tuple[str, str]]:
    names = [story.contributor.name for story in index.stories]
    names += [agreement.signer for agreement in index.agreements.values()]
    for story in index.stories:
        for photo in story.photos:
            names += [photo.photographer, *(person.name for person in photo.people)]
    return [(name, "") for name in sorted(set(filter(None, names)))]


def _everything(index: Index) -> list[tuple[str, str]]:
    return [*_agreements(index), *_stories(index), *_people(index)]


def _tags(index: Index) -> list[tuple[str, str]]:
    return [(tag, "") for tag in sorted({tag for story in index.stories for tag in story.tags})]


def _layouts(folder: BookFolder) -> list[tuple[str, str]]:
    from milebook.layout import layout_names

    return [(name, "") for name in layout_names(folder)]


def _proofs(folder: BookFolder) -> list[tuple[str, str]]:
    from milebook.app.proof_records import FOLDER as RECORDS
    from milebook.app.proof_records import builds

    return [(build, "") for build in builds(folder.root / RECORDS)]


STORIES, CHAPTERS, PEOPLE, TAGS = map(_of_index, (_stories, _chapters, _people, _tags))
EVERYTHING = _of_index(_everything)
FILE, FOLDER = OnDisk("file"), OnDisk("dir")

# a parameter's name -> what it takes; every command that has such a parameter completes it
PARAMETERS: dict[str, click.types.StringParamType] = {
    "chapter": Known(CHAPTERS),
    "chapters": Known(CHAPTERS),
    "story": Known(STORIES),
    "stories": Known(STORIES),
    "ids": Known(STORIES),
    "before": Known(STORIES),
    "after": Known(STORIES),
    "target": Known(EVERYTHING),
    "old": Known(_of_index(lambda index: [*_stories(index), *_chapters(index), *_agreements(index)])),
    "name": Known(PEOPLE),
    "people": Known(PEOPLE),
    "where": Known(EVERYTHING),
    "tags": Known(TAGS),
    "untags": Known(TAGS),
    "layout": Known(_layouts),
    "profile": Known(_layouts),
    "since": Known(_proofs),
    "against": Known(_proofs),
    "words": CommandName(),
    "chosen": FOLDER,
    "given": FOLDER,
    "folder": FOLDER,
    "out": FOLDER,
    "package": FILE,
    "paths": FILE,
    "files": FILE,
    "checklist": FILE,
    "evidence": FILE,
    "html": FILE,
}
# parameters whose name means something else in one command
ELSEWHERE: dict[tuple[str, str], click.types.StringParamType] = {
    ("compare", "old"): Known(_proofs),
    ("compare", "new"): FOLDER,
    ("import", "since"): click.STRING,
}


def offer(command: click.Command, name: str) -> None:
    """Let the parameters of a command, and of the commands below it, complete what the book has, and files."""
    for parameter in command.params:
        if type(parameter.type) is click.types.StringParamType:
            known = PARAMETERS.get(parameter.name or "", parameter.type)
            parameter.type = ELSEWHERE.get((name, parameter.name or ""), known)
    for inner_name, inner in getattr(command, "commands", {}).items():
        offer(inner, inner_name)
