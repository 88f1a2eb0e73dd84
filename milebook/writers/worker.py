"""Work in a process beside this one: a function in, whatever it is sent and sends, in order, and its end.

What `multiprocessing` would do with less to load, which is waited for before the work can begin. Only where there is `fork`.
"""

from __future__ import annotations

import os
import pickle
import select
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from io import BufferedReader, BufferedWriter
from typing import Any, NoReturn

Send = Callable[[object], None]  # of anything that can be pickled; bytes that are sent alone are not copied
Receive = Callable[[], Any]  # the next thing that was sent; raises EOFError where there is no more
Waiting = Callable[[], bool]  # whether something was sent that has not been received
Work = Callable[[Send, Receive, Waiting], None]
_PICKLED, _BYTES = b"p", b"b"
_INTERRUPTED = 130


class Beside:
    """`work(send, receive, waiting)` in a process of its own, which is over when it returns. `close` ends it in any case."""

    def __init__(self, work: Work) -> None:
        here, there = os.pipe(), os.pipe()
        for stream in (sys.stdout, sys.stderr):
            with suppress(AttributeError, OSError, ValueError):
                stream.flush()  # else both processes would
        self._process = os.fork()
        if not self._process:
            _live_beside(work, (there[0], here[1]), (here[0], there[1]))
        os.close(here[1])
        os.close(there[0])
        self._inbox, self._outbox = os.fdopen(here[0], "rb"), os.fdopen(there[1], "wb")

    def send(self, thing: object) -> None:
        """Raises BrokenPipeError where the process is over."""
        _send(self._outbox, thing)

    def receive(self) -> Any:
        """The next thing that was sent. Raises EOFError where there is no more, KeyboardInterrupt where somebody wanted it to end."""
        try:
            return _receive(self._inbox)
        except EOFError:
            self._process, status = 0, os.waitpid(self._process, 0)[1] if self._process else 0
            if os.waitstatus_to_exitcode(status) == _INTERRUPTED:
                raise KeyboardInterrupt from None
            raise

    def close(self) -> None:
        self._inbox.close()
        with suppress(OSError):
            self._outbox.close()
        if self._process:
            with suppress(OSError):
                os.kill(self._process, signal.SIGTERM)
            with suppress(OSError):
                os.waitpid(self._process, 0)
            self._process = 0


def _live_beside(work: Work, mine: tuple[int, int], theirs: tuple[int, int]) -> NoReturn:
    """The life of the process beside; the ends of pipes to read from and to write to."""
    status = 1
    try:
        for end in theirs:
            os.close(end)
        with os.fdopen(mine[0], "rb") as inbox, os.fdopen(mine[1], "wb") as outbox:
            work(partial(_send, outbox), partial(_receive, inbox), partial(_waiting, inbox))
        status = 0
    except KeyboardInterrupt:
        status = _INTERRUPTED
    except (BrokenPipeError, EOFError):
        pass  # nobody waits for this any more
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        os._exit(status)


def _send(pipe: BufferedWriter, thing: object) -> None:
    body = thing if isinstance(thing, bytes) else pickle.dumps(thing)
    pipe.write((_BYTES if isinstance(thing, bytes) else _PICKLED) + len(body).to_bytes(8, "big"))
    pipe.write(body)
    pipe.flush()


def _waiting(pipe: BufferedReader) -> bool:
    return bool(select.select([pipe], [], [], 0)[0])


def _receive(pipe: BufferedReader) -> Any:
    head = pipe.read(9)
    size = int.from_bytes(head[1:], "big")
    body = pipe.read(size) if len(head) == 9 else b""
    if len(head) < 9 or len(body) < size:
        raise EOFError
    return body if head[:1] == _BYTES else pickle.loads(body)
