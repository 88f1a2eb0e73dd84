"""Run commands in copies of one process that has loaded everything: a fraction of the time that a new process takes.

    with Warm() as warm:
        running = warm.start(root, ["set", "oak", "--tag", "race"])
        done = running.wait()

The process is apart from the tests, so that nothing of theirs (threads, open files, patches) is copied with it. A command can
be held up before its first step until strace watches it.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, NoReturn

ROOT = Path(__file__).parents[2]
PREVIEW = "preview-post"  # not a command: what the page of the preview sends, an address and a body in JSON
HANGS = 120  # seconds, many times what the longest command takes on a busy machine
SHARED = ("click", "docx", "lxml.etree", "PIL.Image", "pikepdf", "reportlab.pdfgen.canvas", "ebooklib.epub", "rich.table", "ctypes", "fcntl")  # fmt: skip


class Done(NamedTuple):
    """How a command ended: its exit status (negative for the number of a signal), and what it printed."""

    status: int
    out: str
    err: str


class Running:
    """One command under way."""

    def __init__(self, warm: Warm, pid: int, printed: Path) -> None:
        self._warm, self.pid, self._printed = warm, pid, printed

    def watched(self, *options: str, all_threads: bool = True) -> None:
        """Have strace attached to it, with such options, and let it begin."""
        words = ["strace", "-qq", *(["-f"] if all_threads else []), *options, "-p", str(self.pid)]
        self._strace = subprocess.Popen(words, stderr=subprocess.DEVNULL)
        status = Path(f"/proc/{self.pid}/status")
        for _ in range(5000):
            if "TracerPid:\t0\n" not in status.read_text():
                break
            if self._strace.poll() is not None:
                raise OSError("strace may not look at other processes here")
            time.sleep(0.001)
        os.kill(self.pid, signal.SIGCONT)

    def is_over(self) -> bool:
        try:
            return Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
        except OSError:
            return True

    def wait(self) -> Done:
        """Raises TimeoutError where the command hangs; it is killed then."""
        late = time.monotonic() + HANGS
        while not self.is_over() and time.monotonic() < late:
            time.sleep(0.002)
        hangs = not self.is_over()
        if hangs:
            os.kill(self.pid, signal.SIGKILL)
        status = self._warm.ask(wait=self.pid)
        if hasattr(self, "_strace"):
            try:
                self._strace.wait(10)
            except subprocess.TimeoutExpired:  # it waits for a process that is nobody's any more
                self._strace.kill()
                self._strace.wait()
        texts = [self._printed.with_suffix(end).read_text("utf-8", "replace") for end in (".out", ".err")]
        for end in (".out", ".err"):
            self._printed.with_suffix(end).unlink()
        if hangs:
            raise TimeoutError(f"it did not end within {HANGS} seconds: {texts}")
        return Done(os.waitstatus_to_exitcode(status), *texts)


class Warm:
    """The process that commands are copies of, with these variables in its environment."""

    def __init__(self, **environment: str) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._count = 0
        self._process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", **environment},
        )  # fmt: skip

    def __enter__(self) -> Warm:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate(timeout=30)
        self._folder.cleanup()

    def ask(self, **what: Any) -> int:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def start(self, root: Path, words: Sequence[str], *, held: bool = False, typed: str = "") -> Running:
        """Begin a command in the folder `root`; `held` until it is `watched`. `typed` is a file that is piped into it."""
        self._count += 1
        printed = Path(self._folder.name, str(self._count))
        pid = self.ask(root=str(root), words=list(words), held=held, printed=str(printed), typed=typed)
        return Running(self, pid, printed)

    def run(self, root: Path, *words: str) -> Done:
        return self.start(root, words).wait()


def serve() -> None:
    """Start and await commands, as asked line by line."""
    load_everything()
    for line in sys.stdin:
        asked = json.loads(line)
        if "wait" in asked:
            answer = os.waitpid(asked["wait"], 0)[1]
        else:
            answer = os.fork()
            if not answer:
                begin(asked)
            if asked["held"]:
                os.waitpid(answer, os.WUNTRACED)
        print(answer, flush=True)


def load_everything() -> None:
    import importlib
    import pkgutil

    import milebook

    for module in pkgutil.walk_packages(milebook.__path__, "milebook."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in SHARED:
        importlib.import_module(name)


def begin(asked: dict[str, Any]) -> NoReturn:
    """Be the command. Never returns."""
    try:
        os.chdir(asked["root"])
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        for number, end in ((1, ".out"), (2, ".err")):
            os.dup2(os.open(asked["printed"] + end, flags, 0o600), number)
        os.dup2(os.open(asked["typed"] or os.devnull, os.O_RDONLY), 0)
        if asked["words"][0] == PREVIEW:
            preview_post(Path(asked["root"]), asked["words"][1], json.loads(asked["words"][2]), hold if asked["held"] else int)  # fmt: skip
        from milebook.__main__ import main

        # Calls are counted, so all must be made by one process, and what travels between processes cannot fail as a disk does.
        setattr(os, "cpu_count", lambda: 1)  # noqa: B010
        if asked["held"]:
            hold()
        main(asked["words"])
    except BaseException as error:
        os.write(2, f"Traceback of the tests: {error!r}\n".encode())
    os._exit(70)


def hold() -> None:
    """Stop until somebody says to go on; anybody may watch."""
    import ctypes

    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(0x59616D61, ctypes.c_ulong(-1), 0, 0, 0)  # PR_SET_PTRACER, PR_SET_PTRACER_ANY
    os.kill(os.getpid(), signal.SIGSTOP)


def preview_post(root: Path, address: str, body: dict[str, Any], ready: Callable[[], object]) -> NoReturn:
    """Do what the preview does when its page asks for a change. Ends with 0, or 1 if the preview refused."""
    from milebook.app.preview import serve as serve_preview

    server, engine = serve_preview(root)
    while not (digest := json.loads(server.app.get("/board", {}).body)["digest"]):
        time.sleep(0.005)
    engine.stop()
    if address == "/repair":
        digest = json.loads(server.app.get("/repairs", {}).body)["digest"]
    ready()
    answer = server.app.post(address, {**body, "digest": digest})
    with suppress(OSError):  # that what was said could not be written down is no matter of the preview's
        os.write(1, answer.body)
    os._exit(0 if answer.status == 200 else 1)


if __name__ == "__main__":
    serve()
