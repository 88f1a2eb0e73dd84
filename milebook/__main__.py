"""The program `milebook`: run one command and exit with its status.

Whatever concerns the whole process happens here and nowhere else: the environment, the streams, Ctrl-C, the garbage collector
and the way the process ends. `milebook.commands.run` can be called any number of times in a process.
"""

from __future__ import annotations

import gc
import os
import sys
import time

from milebook.commands import AT_ONCE, run, stopped
from milebook.system.stopping import is_too_late

TYPE_CHECKING = False  # as `typing` has it, which takes longer to load than the whole of --help
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn


# What was made since the last look is looked at once, and never again: what a command keeps, it keeps to its end. A book of
# ordinary size never comes to that number; of a large one, what libraries leave in circles would be half of the memory.
COLLECTED = (600_000, 1_000_000, 1_000_000)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command that `arguments` (or the command line) ask for, and end the process."""
    asked = list(sys.argv[1:] if arguments is None else arguments)
    gc.set_threshold(*COLLECTED)
    try:
        _prepare(asked)
        status = run(asked)
    except KeyboardInterrupt:  # before anything was begun
        status = stopped()
    _leave(status)


# 2 January 1980 and 30 December 2107: the first and the last day that are in a year which a zip can hold, everywhere
EARLIEST, LATEST = 315_619_200, 4_354_646_400


def _mend_clock() -> None:
    """A clock that was never set says 1970, which no zip can hold: ebooklib's, whose dates nobody sees, is told 1980."""
    if not EARLIEST <= time.time() < LATEST:
        import zipfile
        from types import SimpleNamespace

        zipfile.time = SimpleNamespace(time=time.time, localtime=lambda _: time.gmtime(EARLIEST))  # type: ignore[attr-defined]


def _open_streams() -> None:
    """Have input and output lead nowhere where whoever started us has closed them (`>&-`, a service, a program without a
    console). Else the first file that is opened would take their number, and get what another process prints.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free: this one
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: SIM115, PTH123


def _prepare(asked: list[str]) -> None:
    _open_streams()
    _mend_clock()
    for stream in (sys.stdout, sys.stderr):  # UTF-8 whatever the locale says, and no character can stop it
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    written = os.environ.get("SOURCE_DATE_EPOCH", "")
    if written and not (written.isascii() and written.isdigit() and len(written) <= 11):
        del os.environ["SOURCE_DATE_EPOCH"]  # no date for `stamp`, and the libraries would stumble over it
    if asked[:1] not in ([word] for word in AT_ONCE):
        import signal

        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else somebody wants it to be passed over
            signal.signal(signal.SIGINT, interrupted)


def interrupted(number: int, frame: object) -> None:
    """Ctrl-C stops a command until its files have taken the place of the old ones. Then there is nothing to stop any more."""
    if not is_too_late():
        raise KeyboardInterrupt


def _leave(status: int) -> NoReturn:
    """End the process without taking a whole book apart object by object, unless somebody is watching it (a debugger, a
    measurement of coverage), who has something to say at the end.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, OSError, ValueError):  # whoever read our output has gone
            status = status or 1
            _silence(stream)
    if sys.gettrace() is None and sys.getprofile() is None:
        os._exit(status)
    sys.exit(status)


def _silence(stream: object) -> None:
    """Send what a stream still holds nowhere, or Python would complain of it at the end."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # type: ignore[attr-defined]
    except (AttributeError, OSError, ValueError):
        return


if __name__ == "__main__":
    main()
