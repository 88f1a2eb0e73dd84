"""The command line: click commands, and what they print. Nothing here decides anything about a book.

0 done, 1 refused or errors found, 2 wrong usage, 130 interrupted. An internal error is one line, not a traceback
(set MILEBOOK_TRACEBACK=1 to see it).
"""

from __future__ import annotations

import errno
import os
import sys

from milebook import __version__

TYPE_CHECKING = False  # as `typing` has it, which takes longer to load than the whole of --help
if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_PATH = 200  # characters of a path that are shown
AT_ONCE = ("--help", "-h", "--version")  # answered from `help.txt`, which a test compares with what click says


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit status. May be called many times, and from threads."""
    asked = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if len(asked) == 1 and asked[0] in AT_ONCE and _printed_at_once(asked[0]):
            return 0
    except OSError as error:
        return _failed(error)
    from milebook.commands.lazy_group import COMPLETING, cli
    from milebook.system.stopping import new_command

    new_command()

    if COMPLETING in os.environ:
        from milebook.commands.shell_scripts import register

        register()
    try:
        status = cli.main(asked, prog_name="milebook", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except (Exception, KeyboardInterrupt) as error:
        return _failed(error)


def _failed(error: BaseException) -> int:
    """Say why a command has ended early; its exit status."""
    import click

    from milebook.commands import terminal
    from milebook.system.stopping import is_too_late

    match error:
        case click.exceptions.NoArgsIsHelpError():
            terminal.complain(error.format_message())
            return 2
        case click.UsageError():
            terminal.show_usage_error(error)
            return 2
        case click.ClickException():
            terminal.complain(f"milebook: {terminal.printable(error.format_message())}")
            return 1
        case click.Abort() | KeyboardInterrupt():
            return stopped()
        case BrokenPipeError():
            return 1  # whoever read our output has gone
        case OSError(errno=errno.ENOSPC | errno.EIO | errno.EPIPE | errno.EBADF, filename=None):
            stays = "; what was written stays" if is_too_late() else ""
            terminal.complain(f"milebook: what was to be shown could not be written: {error.strerror}{stays}")
            return 1
        case OSError(errno=int(), strerror=str()):
            return _disk_error(error)
        case MemoryError():
            terminal.complain("milebook: this book is too large for this computer's memory")
            return 1
        case ImportError():
            return _not_loaded(error)
        case RecursionError():
            return _internal_error("too deeply nested")
    return stopped() if _is_of_ctrl_c(error) else _internal_error(f"{type(error).__name__}: {error}")


def stopped() -> int:
    """Say that a command was stopped; its exit status."""
    from milebook.commands import terminal
    from milebook.system.stopping import is_too_late

    terminal.complain(f"milebook: stopped; {'what was written stays' if is_too_late() else 'nothing was changed'}")
    return 130


def _is_of_ctrl_c(error: BaseException | None) -> bool:
    """Whether an error is what somebody made of a Ctrl-C: Python itself wraps one that comes while a class is being made."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def _printed_at_once(asked: str) -> bool:
    """Prints what is asked for most, without loading what reads options; False where lines have to be broken otherwise."""
    if asked == "--version":
        text = f"milebook {__version__}\n"
    else:
        try:
            columns = int(os.environ.get("COLUMNS") or os.get_terminal_size(1).columns)
        except (OSError, ValueError):
            columns = 80
        if columns < 80:
            return False
        with open(os.path.join(os.path.dirname(__file__), "help.txt"), encoding="utf-8") as page:  # noqa: PTH118, PTH120, PTH123
            text = page.read()
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        pass  # whoever read our output has gone
    return True


def _disk_error(error: OSError) -> int:
    """The system has refused something where no one expects it: a disk that is pulled out, a network drive that is gone."""
    from milebook.commands import terminal

    _trace()
    named = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else ""
    if len(named) > LONGEST_PATH:
        named = "…" + named[-LONGEST_PATH:]
    what = f"“{terminal.printable(named)}” could not be used" if named else "the system refused a request"
    terminal.complain(f"milebook: {what}: {error.strerror}")
    cures = {
        errno.EMFILE: "too many files are open: close other programs",
        errno.ENFILE: "too many files are open: close other programs",
        errno.ENAMETOOLONG: "give its folders shorter names, or move the book folder to where the way to it is shorter",
        errno.ENOMEM: "the memory is full: close other programs",
        errno.ENOLCK: "this disk cannot lock files just now: wait a while",
    }
    cure = cures.get(error.errno or 0, "see that the disk is there and that you may read and write the book folder")
    terminal.complain(f"  hint: {_safe('nothing was changed')}; {cure}, then run the command again")
    return 1


def _not_loaded(error: ImportError) -> int:
    """milebook's own files, or its libraries', are missing or cannot be read."""
    from milebook.commands import terminal

    _trace()
    terminal.complain(f"milebook: a part of milebook could not be loaded: {terminal.printable(str(error))}")
    cure = "see that the disk is there and has room; if that is so, install milebook again"
    terminal.complain(f"  hint: {_safe('nothing was changed')}; {cure}")
    return 1


def _internal_error(text: str) -> int:
    from milebook.commands import terminal

    _trace()
    terminal.complain(f"milebook: internal error: {terminal.printable(text)}")
    safe = _safe("your own files are untouched")
    terminal.complain(f"  hint: {safe}. Please report it, with what MILEBOOK_TRACEBACK=1 shows.")
    return 1


def _safe(untouched: str) -> str:
    """What has become of the author's files: as they were, if it is not too late for that."""
    from milebook.system.stopping import is_too_late

    return "what was changed before it is whole, and “milebook undo” takes it back" if is_too_late() else untouched


def _trace() -> None:
    if os.environ.get("MILEBOOK_TRACEBACK"):
        import traceback

        traceback.print_exc()
