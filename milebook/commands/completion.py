"""Completion of commands, options and ids in bash, zsh, fish and PowerShell.

Click asks and answers; added here are the ids of the book at hand, PowerShell, and quotes around names with spaces.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
    split_arg_string,
)

from milebook.commands.environment import COMPLETING

SHELLS = ("bash", "zsh", "fish", "powershell")
LINES = {  # what an author pastes into the shell's start-up file, and where that is
    "bash": ('eval "$(milebook setup --completion bash)"', "~/.bashrc"),
    "zsh": ('eval "$(milebook setup --completion zsh)"', "~/.zshrc"),
    "fish": ("milebook setup --completion fish | source", "~/.config/fish/config.fish"),
    "powershell": ("milebook setup --completion powershell | Out-String | Invoke-Expression", "the file that $PROFILE names"),
}  # fmt: skip

_POWERSHELL = r"""
Register-ArgumentCompleter -Native -CommandName milebook -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $env:%(complete_var)s = 'powershell_complete'
    $env:_MILEBOOK_WORDS = ($commandAst.CommandElements | ForEach-Object { $_.ToString() }) -join "`n"
    $env:_MILEBOOK_WORD = "$wordToComplete"
    try {
        milebook | ForEach-Object {
            $value, $help = $_ -split "`t", 2
            [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $(if ($help) { $help } else { $value }))
        }
    } finally {
        Remove-Item Env:%(complete_var)s, Env:_MILEBOOK_WORDS, Env:_MILEBOOK_WORD -ErrorAction SilentlyContinue
    }
}
"""


class Bash(BashComplete):
    """Bash takes a completion as it is typed: a space needs a backslash, which click's script reads from two."""

    def format_completion(self, item: CompletionItem) -> str:
        value = item.value if item.type != "plain" else re.sub(r"([^\w@%+=:,./-])", r"\\\\\1", item.value)
        return f"{item.type},{value}"


class PowerShell(ShellComplete):
    """PowerShell 5 and 7."""

    name = "powershell"
    source_template = _POWERSHELL

    def get_completion_args(self) -> tuple[list[str], str]:
        words = split_arg_string(os.environ.get("_MILEBOOK_WORDS", "").replace("\\", "\\\\"))[1:]
        begun = split_arg_string(os.environ.get("_MILEBOOK_WORD", ""))
        return (words[:-1], begun[0]) if begun else (words, "")

    def format_completion(self, item: CompletionItem) -> str:
        plain = re.fullmatch(r"[\w@%+=:,./-]+", item.value)
        value = item.value if plain else "'" + item.value.replace("'", "''") + "'"
        return f"{value}\t{item.help or ''}"


CLASSES: dict[str, type[ShellComplete]] = {
    "bash": Bash, "zsh": ZshComplete, "fish": FishComplete, "powershell": PowerShell,
}  # fmt: skip


def register() -> None:
    """Let click know of our shells."""
    for name, kind in CLASSES.items():
        add_completion_class(kind, name)


def script(shell: str, cli: click.Command) -> str:
    """What a shell has to run to complete `milebook`."""
    return CLASSES[shell](cli, {}, "milebook", COMPLETING).source()


class Id(click.types.StringParamType):
    """A text that is one of the book's ids or names; any other text is taken too, and judged by the command."""

    def __init__(self, find: Callable[[Any], Iterable[tuple[str, str]]]) -> None:
        self.find = find

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        index = _index(ctx)
        found = dict(self.find(index)) if index is not None else {}
        start = incomplete.casefold()
        return [
            CompletionItem(value, help=about) for value, about in found.items() if value.casefold().startswith(start)
        ]


def _stories(index: Any) -> list[tuple[str, str]]:
    return [(story.id, story.title) for story in index.stories]


def _chapters(index: Any) -> list[tuple[str, str]]:
    return [(chapter.id, chapter.title) for chapter in index.chapters]


def _agreements(index: Any) -> list[tuple[str, str]]:
    return [(name, agreement.signer) for name, agreement in index.agreements.items()]


def _people(index: Any) -> list[tuple[str, str]]:
    names = [story.contributor.name for story in index.stories]
    names += [agreement.signer for agreement in index.agreements.values()]
    for story in index.stories:
        for photo in story.photos:
            names += [photo.photographer, *(person.name for person in photo.people)]
    return [(name, "") for name in sorted(set(filter(None, names)))]


def _everything(index: Any) -> list[tuple[str, str]]:
    return [*_agreements(index), *_stories(index), *_people(index)]


def _tags(index: Any) -> list[tuple[str, str]]:
    return [(tag, "") for tag in sorted({tag for story in index.stories for tag in story.tags})]


# a parameter's name -> what it takes; every command that has such a parameter completes it
PARAMETERS: dict[str, Callable[[Any], Iterable[tuple[str, str]]]] = {
    "chapter": _chapters,
    "chapters": _chapters,
    "story": _stories,
    "stories": _stories,
    "ids": _stories,
    "before": _stories,
    "after": _stories,
    "agreement": _everything,
    "agreements": _agreements,
    "target": _everything,
    "name": _people,
    "people": _people,
    "person": _people,
    "old": lambda index: [*_stories(index), *_chapters(index), *_agreements(index)],
    "tags": _tags,
    "untags": _tags,
}


def offer_ids(command: click.Command) -> None:
    """Let the parameters of a command, and of the commands below it, complete ids of the book."""
    for parameter in command.params:
        if type(parameter.type) is click.types.StringParamType and parameter.name in PARAMETERS:
            parameter.type = Id(PARAMETERS[parameter.name])
    for inner in getattr(command, "commands", {}).values():
        offer_ids(inner)


def _index(context: click.Context) -> Any:
    from milebook.index import read_index
    from milebook.source import BookFolder

    root = context.find_root()
    named = context.params.get("chosen") or context.params.get("given") or root.params.get("folder") or "."
    try:
        return read_index(BookFolder(Path(named)))[0]
    except (OSError, ValueError):
        return None
