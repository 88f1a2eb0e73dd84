"""The front desk's door: finds the command that was asked for, loads only that, and turns whatever happens into an exit status.

0 done, 1 refused or errors found, 2 wrong usage, 130 interrupted. A fault of milebook's own is one line, not a traceback
(set MILEBOOK_TRACEBACK=1 to see it).
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

import click

from milebook import __version__

COMMANDS: dict[str, tuple[str, str]] = {  # name -> (module, what it does)
    "init": ("milebook.commands.init", "Start a small book that builds at once."),
    "build": ("milebook.commands.build", "Make the DOCX, PDF and EPUB drafts."),
    "proof": ("milebook.commands.proof", "Make proofs of chapters, or for contributors."),
    "check": ("milebook.commands.check", "Show everything that is wrong; write nothing."),
    "status": ("milebook.commands.status", "Show chapters, words, photos and permissions at a glance."),
    "permissions": ("milebook.commands.permissions", "Show who has agreed to what; ask, record, withdraw."),
    "export": ("milebook.commands.export", "Make the publisher's package, or check one."),
}


class Desk(click.Group):
    """A group that loads a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in COMMANDS.items()])


@click.command(
    cls=Desk,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    invoke_without_command=False,
)
@click.version_option(__version__, prog_name="milebook", message="%(prog)s %(version)s")
@click.option("-C", "folder", metavar="FOLDER", help="The book folder (default: this one).", default=None)
@click.pass_context
def cli(context: click.Context, folder: str | None) -> None:
    """Turn a folder of readers' stories into a book manuscript: DOCX, PDF and EPUB."""
    context.obj = folder


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one command and exit with its status."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """The exit status of one command."""
    from milebook import terminal

    gc.disable()  # one command is soon over, and leaves next to nothing that only the collector finds
    terminal.prepare_streams()
    try:
        status = cli.main(arguments, prog_name="milebook", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except click.exceptions.NoArgsIsHelpError as error:
        terminal.complain(error.format_message())
        return 2
    except click.UsageError as error:
        error.show(sys.stderr)
        return 2
    except click.ClickException as error:
        terminal.complain(f"milebook: {terminal.printable(error.format_message())}")
        return 1
    except (click.Abort, KeyboardInterrupt):
        terminal.complain("milebook: stopped; nothing was changed")
        return 130
    except BrokenPipeError:
        # whoever read our output has gone; say nothing, not even at the interpreter's last flush
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except MemoryError:
        terminal.complain("milebook: this book is too large for this computer's memory")
        return 1
    except RecursionError:
        return _own_fault("too deeply nested")
    except Exception as error:
        return _own_fault(f"{type(error).__name__}: {error}")


def _own_fault(text: str) -> int:
    from milebook import terminal

    if os.environ.get("MILEBOOK_TRACEBACK"):
        import traceback

        traceback.print_exc()
    terminal.complain(f"milebook: a fault of its own: {terminal.printable(text)}")
    terminal.complain("  hint: nothing was written. Please report it, with what MILEBOOK_TRACEBACK=1 shows.")
    return 1
