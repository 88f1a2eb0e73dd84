"""Work in a process beside this one: a function in, whatever it sends out, in order, and its end.

What `multiprocessing` would do with less to load, which is waited for before the work can begin. Only where there is `fork`.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from io import BufferedWriter
from typing import Any, NoReturn

Send = Callable[[object], None]  # of anything that can be pickled; bytes that are sent alone are not copied
_PICKLED, _BYTES = b"p", b"b"
_INTERRUPTED = 130


class Beside:
    """`work(send)` in a process of its own, which is over when it returns. `close` ends it in any case."""

    def __init__(self, work: Callable[[Send], None]) -> None:
        inbox, outbox = os.pipe()
        for stream in (sys.stdout, sys.stderr):
            with suppress(AttributeError, OSError, ValueError):
                stream.flush()  # else both processes would
        self._process = os.fork()
        if not self._process:
            _live_beside(work, inbox, outbox)
        os.close(outbox)
        self._inbox = os.fdopen(inbox, "rb")

    def receive(self) -> Any:
        """The next thing that was sent. Raises EOFError where there is no more, KeyboardInterrupt where somebody wanted it to end."""
        head = self._inbox.read(9)
        size = int.from_bytes(head[1:], "big")
        body = self._inbox.read(size) if len(head) == 9 else b""
        if len(head) < 9 or len(body) < size:
            self._process, status = 0, os.waitpid(self._process, 0)[1] if self._process else 0
            if os.waitstatus_to_exitcode(status) == _INTERRUPTED:
                raise KeyboardInterrupt
            raise EOFError
        return body if head[:1] == _BYTES else pickle.loads(body)

    def close(self) -> None:
        self._inbox.close()
        if self._process:
            with suppress(OSError):
                os.kill(self._process, signal.SIGTERM)
            with suppress(OSError):
                os.waitpid(self._process, 0)
            self._process = 0


def _live_beside(work: Callable[[Send], None], inbox: int, outbox: int) -> NoReturn:
    """The life of the process beside."""
    status = 1
    try:
        os.close(inbox)
        with os.fdopen(outbox, "wb") as pipe:
            work(partial(_send, pipe))
        status = 0
    except KeyboardInterrupt:
        status = _INTERRUPTED
    except BrokenPipeError:
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
