"""`milebook help [COMMAND]`: what --help shows."""

from __future__ import annotations

import click

from milebook.commands import terminal
from milebook.commands.usage_hints import Command


@click.command(cls=Command)
@click.argument("words", metavar="[COMMAND]", nargs=-1)
@click.pass_context
def command(context: click.Context, words: tuple[str, ...]) -> None:
    """Show what a command does and takes, or all commands."""
    above = context.parent
    assert above is not None
    group: click.Command = above.command
    shown: click.Context = above
    for word in words:
        if not isinstance(group, click.Group):
            break
        name, found, _ = group.resolve_command(shown, [word])
        if found is None:
            break
        group, shown = found, click.Context(found, info_name=name, parent=shown)
    terminal.say(group.get_help(shown).rstrip("\n"))
