"""Requests made at random out of hostile parts: each is answered or refused, none harms or learns anything."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from milebook.app.preview import serve
from milebook.preview.server import Server

ROOT = Path(__file__).parents[2]
COUNT = int(os.environ.get("MILEBOOK_REQUESTS", "400"))
METHODS = [
    "GET",
    "POST",
    "HEAD",
    "PUT",
    "DELETE",
    "OPTIONS",
    "TRACE",
    "CONNECT",
    "PATCH",
    "get",
    "G E T",
    "",
    "\x00",
    "POST\t",
    "GET" * 400,
]
PATHS = [
    "/", "/stream", "/board", "/texts", "/look", "/open", "/arrange", "/undo", "/repair", "/overview", "/outline/x", "/page/x/1", "/font/Regular",
    "/thumb/x", "/ebook/0", "/ebook/99999999999", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/..\\..\\x", "/page/..%2f..%2f/1",
    "/font/../../x", "/\x00", "/?key=", "/?key=" + "k" * 60000, "/?" + "a=1&" * 3000, "http://evil.example/", "*", "", "/ü", "/%ff%fe", "/%", "/#x",
    "/thumb/" + "a" * 81, "/look.css/../board", "http://[::1", "//[", "/;/", "/outline/%s%n",
]  # fmt: skip
VERSIONS = [
    "HTTP/1.1",
    "HTTP/1.0",
    "HTTP/0.9",
    "HTTP/2.0",
    "HTTP/9.9",
    "HTTP/1.1 x",
    "",
    "http/1.1",
    "HTTP/1." + "9" * 300,
]
HOSTS = ["{own}", "localhost:{port}", "evil.example", "127.0.0.1.evil.example", "[::1]:{port}", "{own}@evil.example", "evil.example@{own}", "", "{own}, evil.example", "127.1:{port}", "0:{port}", "127.0.0.1:99999", "127.0.0.1:x", "[", "\x00", "{own}/x"]  # fmt: skip
HEADERS = [
    "Origin: http://evil.example", "Origin: null", "Origin: http://{own}", "Origin: file://", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-origin",
    "Content-Type: text/plain", "Content-Type: application/json", "Content-Type: multipart/form-data; boundary=x", "Content-Length: -1",
    "Content-Length: 10", "Content-Length: 99999999999999", "Content-Length: 5, 5", "Content-Length: " + "9" * 5000, "Content-Length: ٣",
    "Transfer-Encoding: chunked", "Transfer-Encoding: gzip, chunked", "Expect: 100-continue", "Upgrade: websocket", "Connection: Upgrade",
    "Connection: keep-alive", "Sec-WebSocket-Key: AAAA", "Upgrade: h2c", "Host: evil.example", "Cookie: a=b; =; ;;", "Cookie: " + "x" * 9000,
    "X-Milebook-Token: x", "X" * 70000 + ": y", "Range: bytes=0-", "If-None-Match: *", "Nonsense", " : ", "A: b\r\n folded", "X-Forwarded-Host: evil.example",
]  # fmt: skip
BODIES = [b"", b"{}", b"[]", b'{"story": "the-gate", "action": "status", "status": "cut"}', b"5\r\nhello\r\n0\r\n\r\n", b"\x00" * 100, b"[" * 60000, b'{"a":' * 9000, b"\xff\xfe", b'{"pages":[1e999],"width":9}', b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"]  # fmt: skip
REFUSED = {400, 403, 404, 405, 411, 413, 414, 415, 417, 421, 431, 501, 503, 505}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    book = tmp_path_factory.mktemp("hostile") / "book"
    shutil.copytree(ROOT / "milebook" / "starter", book)
    server, engine = serve(book)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not engine.overview and time.monotonic() < until:
        time.sleep(0.05)
    yield server, book
    server.shutdown()
    engine.stop()
    server.server_close()


def own_request(server: Server, path: str = "/board") -> bytes:
    gate = server.gate
    return (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{gate.port}\r\nCookie: {gate.cookie}={gate.key}\r\nConnection: close\r\n\r\n"
    ).encode()


def sent(server: Server, data: bytes, wait: float = 5.0) -> bytes:
    """What comes back, until nothing more does."""
    got = b""
    with socket.create_connection(("127.0.0.1", server.gate.port), timeout=wait) as connection:
        try:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            while part := connection.recv(65536):
                got += part
        except OSError:
            pass
    return got


def request(chance: random.Random, server: Server, *, knows: bool) -> bytes:
    """A request at random; one that `knows` has the cookie, as a page of another site in the same browser would."""
    gate = server.gate
    own = f"127.0.0.1:{gate.port}"
    lines = [f"{chance.choice(METHODS)} {chance.choice(PATHS)} {chance.choice(VERSIONS)}"]
    lines.append("Host: " + chance.choice(HOSTS[:2] + HOSTS).format(own=own, port=gate.port))
    if knows:
        lines.append(f"Cookie: {gate.cookie}={gate.key}")
    for _ in range(chance.randrange(4)):
        lines.append(chance.choice(HEADERS).replace("{own}", own))
    if chance.random() < 0.1:
        lines.pop(1)
    ending = chance.choice(["\r\n", "\r\n", "\r\n", "\n"])
    return (ending.join(lines) + ending * 2).encode("utf-8", "surrogateescape") + chance.choice(BODIES)


def state(book: Path) -> dict[str, str]:
    files = (path for path in book.rglob("*") if path.is_file() and "build" not in path.parts)
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize("knows", [False, True], ids=["a stranger", "with the cookie"])
def test_requests_at_random(served: tuple[Server, Path], knows: bool, capfd: pytest.CaptureFixture[str]) -> None:
    server, book = served
    chance, before = random.Random(f"requests {knows}"), state(book)
    for number in range(COUNT):
        data = request(chance, server, knows=knows)
        got = sent(server, data, wait=1.0 if b"/stream" in data[:40] else 5.0)
        for answer in got.split(b"HTTP/1.1 ")[1:]:
            status = int(answer[:3])
            assert status in REFUSED or (knows and status in (200, 303)), (number, data[:300], answer[:300])
        secrets = [server.gate.token, *([] if knows else [server.gate.key])]
        assert not got or got.startswith((b"HTTP/1.", b"<")), (number, data[:300], got[:300])
        if not (knows and b" 200 " in got[:16]):
            assert not any(secret.encode() in got for secret in secrets), (number, data[:300])
        if not knows:
            assert b"The Gate" not in got
    assert state(book) == before, "only the page's own requests change anything"
    assert capfd.readouterr().err == ""
    assert sent(server, own_request(server)).startswith(b"HTTP/1.1 200")


def test_slow_and_silent_connections_hold_up_nobody(served: tuple[Server, Path]) -> None:
    server, _ = served
    beginnings = [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: ", b"POST /look HTTP/1.1\r\nContent-Length: 9\r\n\r\n{"]
    held = [socket.create_connection(("127.0.0.1", server.gate.port), timeout=5) for _ in range(120)]
    try:
        for number, connection in enumerate(held):
            connection.sendall(beginnings[number % len(beginnings)])
        for _ in range(5):
            assert sent(server, own_request(server)).startswith(b"HTTP/1.1 200")
    finally:
        for connection in held:
            connection.close()
    assert sent(server, own_request(server)).startswith(b"HTTP/1.1 200")


def test_a_request_for_another_protocol_stays_a_request(served: tuple[Server, Path]) -> None:
    server, _ = served
    upgrade = (
        b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAA\r\n\r\n"
    )
    got = sent(server, own_request(server).replace(b"Connection: close\r\n\r\n", upgrade) + b"\x81\x05hello")
    assert b" 101 " not in got
    assert got.startswith(b"HTTP/1.1 200")
