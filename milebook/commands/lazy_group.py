"""The commands by name: a click group that loads a command's module when the command is asked for."""

from __future__ import annotations

import os
from importlib import import_module

import click

from milebook import __version__

COMPLETING = "_MILEBOOK_COMPLETE"  # the environment variable by which a shell asks what could come next

COMMANDS: dict[str, tuple[str, str]] = {  # name -> (module, what it does)
    "init": ("milebook.commands.init", "Start a small book that builds at once."),
    "import": ("milebook.commands.import_", "Bring in stories from mails, blogs, Word files and forms."),
    "add": ("milebook.commands.add", "Add one story, asked for field by field or by options."),
    "build": ("milebook.commands.build", "Make the DOCX, PDF and EPUB drafts."),
    "proof": ("milebook.commands.proof", "Make proofs of chapters, or for contributors."),
    "review": ("milebook.commands.review", "Show what editors changed in Word, and merge it."),
    "compare": ("milebook.commands.compare", "Make a Word file of what changed between two states."),
    "check": ("milebook.commands.check", "Show everything that is wrong; write nothing."),
    "status": ("milebook.commands.status", "Show chapters, words, photos and permissions at a glance."),
    "set": ("milebook.commands.set", "Change the status, tags and place of stories."),
    "rename": ("milebook.commands.rename", "Give a story, chapter or agreement another id."),
    "undo": ("milebook.commands.undo", "Take back the last change of the stories."),
    "permissions": ("milebook.commands.permissions", "Show who has agreed to what; ask, record, withdraw."),
    "cover": ("milebook.commands.cover", "Make the wrap of the printed book: back, spine, front, barcode."),
    "export": ("milebook.commands.export", "Make the publisher's package, or check one."),
    "preview": ("milebook.commands.preview", "Show the book in the browser, redrawn when a file is saved."),
    "overview": ("milebook.commands.overview", "Make the picture of the book: one HTML file that can be mailed."),
    "schema": ("milebook.commands.schema", "Print the index's JSON Schema, for editors."),
    "setup": ("milebook.commands.setup", "Help your editor and your shell complete what you type."),
    "help": ("milebook.commands.help_", "Show what a command does and takes."),
}

GROUPS = {  # the tasks under which help lists the commands
    "Begin a book, bring in stories": ("init", "import", "add"),
    "Look at it": ("status", "check", "preview", "overview"),
    "Choose and arrange": ("set", "rename", "undo"),
    "Ask for permission": ("permissions",),
    "Make files": ("build", "proof", "cover", "export"),
    "Work with editors": ("review", "compare"),
    "Help": ("help", "setup", "schema"),
}
SYNONYMS = {  # what people type -> the command that they mean
    "list": "status", "ls": "status", "show": "status", "stats": "status", "words": "status", "count": "status", "inbox": "status",
    "make": "build", "pdf": "build", "epub": "build", "docx": "build", "word": "build", "render": "build", "compile": "build",
    "generate": "build", "run": "build", "new": "init", "start": "init", "create": "init", "validate": "check", "lint": "check",
    "test": "check", "fix": "check", "verify": "check", "repair": "check", "proofs": "proof", "print": "cover", "view": "preview",
    "open": "preview", "serve": "preview", "watch": "preview", "web": "preview", "publish": "export", "package": "export",
    "deliver": "export", "zip": "export", "diff": "compare", "changes": "review", "merge": "review", "edit": "set", "move": "set",
    "tag": "set", "select": "set", "mv": "rename", "revert": "undo", "back": "undo", "restore": "undo", "permission": "permissions",
    "release": "permissions", "releases": "permissions", "consent": "permissions", "letters": "permissions", "mail": "import",
    "fetch": "import", "load": "import", "insert": "add", "install": "setup", "completion": "setup", "map": "overview",
}  # fmt: skip


class LazyGroup(click.Group):
    """A group that loads a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name][0]).command
        if COMPLETING in os.environ:
            from milebook.commands.completion import offer

            offer(command, cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in COMMANDS:
            from milebook.model.near_names import nearest

            meant = SYNONYMS.get(name.lower(), "")
            near = meant if meant in COMMANDS else nearest(name, COMMANDS)
            hint = f"did you mean “milebook {near}”?" if near else f"the commands are {', '.join(COMMANDS)}"
            ctx.fail(f"there is no command “{name}”; {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        width = max(map(len, COMMANDS))
        for title, names in GROUPS.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(width), COMMANDS[name][1]) for name in names if name in COMMANDS])
        listed = {name for names in GROUPS.values() for name in names}
        rest = [(name.ljust(width), about) for name, (_, about) in COMMANDS.items() if name not in listed]
        if rest:
            with formatter.section("Other commands"):
                formatter.write_dl(rest)


@click.command(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    invoke_without_command=False,
)
@click.version_option(__version__, prog_name="milebook", message="%(prog)s %(version)s")
@click.option("-C", "folder", metavar="FOLDER", help="The book folder (default: this one).", default=None)
@click.pass_context
def cli(context: click.Context, folder: str | None) -> None:
    """Turn a folder of readers' stories into a book: DOCX, PDF and EPUB."""
    context.obj = folder
