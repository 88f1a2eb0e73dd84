"""`milebook preview` as a process: the link it prints, Ctrl-C, and wrong usage."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parents[2]
WORDS = [sys.executable, "-m", "milebook", "preview", "--no-browser", "-C"]


@pytest.fixture
def running(book: Path) -> Iterator[subprocess.Popen[str]]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([*WORDS, str(book)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as process:  # fmt: skip
        yield process
        process.kill()


def ask(link: str, method: str, path: str, body: object = None) -> tuple[int, bytes]:
    """A request as the page would send it."""
    parts = urlsplit(link)
    assert parts.hostname
    connection = http.client.HTTPConnection(parts.hostname, parts.port or 0, timeout=30)
    cookie = {"Cookie": f"milebook-{parts.port}={parts.query.removeprefix('key=')}"}
    connection.request("GET", "/", headers=cookie)
    page = connection.getresponse().read().decode()
    token = page.partition('name="milebook-token" content="')[2].partition('"')[0]
    headers = {**cookie, "X-Milebook-Token": token, "Content-Type": "application/json"}
    connection.request(method, path, json.dumps(body) if body is not None else None, headers)
    answer = connection.getresponse()
    found = answer.status, answer.read()
    connection.close()
    return found


def link_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line.startswith("The preview is at http://127.0.0.1:"), line
    return line.split()[-1]


def ready(link: str) -> dict[str, str]:
    """The board, once the book has been read."""
    for _ in range(300):
        time.sleep(0.1)
        board = json.loads(ask(link, "GET", "/board")[1])
        if board["digest"]:
            return dict(board)
    raise AssertionError("the book was not read")


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent otherwise on Windows")
def test_ctrl_c_ends_it_also_after_a_change(running: subprocess.Popen[str], book: Path) -> None:
    link = link_of(running)
    board = ready(link)
    change = {"action": "status", "story": "first-lap", "status": "cut", "digest": board["digest"]}
    assert ask(link, "POST", "/arrange", change)[0] == 200
    assert "status: cut" in (book / "stories" / "index.yaml").read_text("utf-8")
    running.send_signal(signal.SIGINT)
    assert running.wait(20) == 0
    assert running.stderr is not None
    assert running.stderr.read() == ""


def test_a_port_that_is_taken_is_told(book: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = subprocess.run([*WORDS, str(book), "--port", port], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert done.returncode == 1
    assert f"port {port} cannot be used" in done.stderr


def test_a_layout_that_is_not_there_is_wrong_usage(book: Path) -> None:
    done = subprocess.run(
        [*WORDS, str(book), "--layout", "no-such"], capture_output=True, text=True, cwd=ROOT, timeout=60
    )
    assert done.returncode == 2
    assert "there is no layout “no-such”" in done.stderr
