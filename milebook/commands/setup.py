"""`milebook setup`: help in editors and in the shell."""

from __future__ import annotations

import click

from milebook.commands import shell_scripts, terminal
from milebook.commands.option_values import Choice
from milebook.commands.shared import book_folder, finish, folder_option
from milebook.commands.usage_hints import Command


@click.command(cls=Command)
@folder_option
@click.option(
    "--completion",
    "shell",
    type=Choice(("bash", "zsh", "fish", "powershell")),
    help="Print the script that completes commands in this shell; nothing else is done.",
)
@click.pass_context
def command(context: click.Context, chosen: str | None, shell: str | None) -> None:
    """Put the index's JSON Schema beside it, so that editors complete fields, values and ids, and show each field's help.

    Two comment lines at the top of the index name it. Run it again after many changes: the ids that editors offer are
    those of that day. At the end it says the one line that makes your shell complete commands, options and ids.
    """
    if shell:
        terminal.say(shell_scripts.script(shell).strip("\n"))
        return
    from milebook.app.setup import setup

    folder = book_folder(context, chosen)
    written, findings = setup(folder)
    ended = finish(findings, None)
    if ended:
        context.exit(ended)
    terminal.say_lines(f"wrote {path}" for path in written)
    if not written:
        terminal.say("your editor's help is up to date")
    terminal.say()
    terminal.say("To complete commands and ids with the Tab key, add the line for your shell to its start-up file:")
    for name in shell_scripts.SHELLS:
        line, where = shell_scripts.line_to_paste(name)
        shown = "PowerShell" if name == "powershell" else name
        terminal.say(f"  {shown:<10}  {terminal.printable(line)}")
        terminal.say(f"  {'':<10}  in {where}")
