"""Requests that a hostile page, a rebound name or a stray program could send."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from milebook.app.preview import serve
from milebook.preview.safety import Gate
from milebook.preview.server import Server

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    book = tmp_path_factory.mktemp("book")
    shutil.copytree(ROOT / "milebook" / "starter", book, dirs_exist_ok=True)
    made, engine = serve(book)
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    engine.stop()
    made.server_close()


class Client:
    """A browser that may be told to lie."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.port = server.gate.port
        self.own: dict[str, str] = {
            "Host": f"127.0.0.1:{self.port}",
            "Cookie": f"{server.gate.cookie}={server.gate.key}",
        }
        self.posting: dict[str, str] = {
            "Origin": f"http://127.0.0.1:{self.port}",
            "X-Milebook-Token": server.gate.token,
            "Content-Type": "application/json",
        }

    def ask(self, method: str, path: str, headers: dict[str, str] | None = None, body: bytes | None = None, *, bare: bool = False) -> http.client.HTTPResponse:  # fmt: skip
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        sent = {} if bare else {**self.own, **(self.posting if method == "POST" else {})}
        sent.update(headers or {})
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in sent.items():
            if value:
                connection.putheader(name, value)
        if body is not None and "Content-Length" not in sent:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        self.body = answer.read()
        connection.close()
        return answer


@pytest.fixture
def client(server: Server) -> Client:
    return Client(server)


LOOK = json.dumps({"client": "x", "anchor": "", "pages": [0], "width": 400}).encode()


def test_our_own_requests_are_answered(client: Client) -> None:
    assert client.ask("GET", "/").status == 200
    assert client.ask("POST", "/look", body=LOOK).status == 200


def test_the_link_sets_the_cookie_and_leaves_no_key_in_the_address(client: Client, server: Server) -> None:
    host = {"Host": f"127.0.0.1:{client.port}"}
    answer = client.ask("GET", f"/?key={server.gate.key}", host, bare=True)
    assert (answer.status, answer.getheader("Location")) == (303, "/")
    cookie = answer.getheader("Set-Cookie") or ""
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert server.gate.key in server.gate.link
    assert server.gate.key.encode() not in client.body


@pytest.mark.parametrize("path", ["/", "/stream", "/overview", "/page/abc/400", "/app.js", "/no-such", "/?key=wrong", "/?key="])  # fmt: skip
def test_without_the_cookie_nothing_is_told(client: Client, path: str) -> None:
    for cookie in ("", "milebook-1=x", f"{client.server.gate.cookie}=", f"{client.server.gate.cookie}=wrong", "x" * 4000, "a=\"b; c"):  # fmt: skip
        answer = client.ask("GET", path, {"Cookie": cookie})
        assert answer.status == 403, (path, cookie)
        assert client.server.gate.token.encode() not in client.body


def test_a_cookie_of_another_program_beside_ours_does_no_harm(client: Client) -> None:
    assert client.ask("GET", "/", {"Cookie": f'other="x; [y]={{; {client.own["Cookie"]}; z'}).status == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{port}", "127.0.0.1.evil.example:{port}", "127.0.0.2:{port}", "192.168.0.2", "0.0.0.0:{port}",
     "localhost.evil.example", "user@127.0.0.1:{port}", "127.0.0.1:{port}/x", "127.0.0.1:99999999", "[::2]:{port}", "localhost:x"],
)  # fmt: skip
def test_a_foreign_host_is_misdirected(client: Client, host: str) -> None:
    host = host.format(port=client.port)
    assert client.ask("GET", "/", {"Host": host}).status == 421
    assert client.ask("POST", "/look", {"Host": host, "Origin": f"http://{host}"}, LOOK).status == 421


def test_without_a_host_or_with_two_nothing_is_answered(client: Client) -> None:
    assert client.ask("GET", "/", {"Host": ""}).status in (400, 421)
    with socket.create_connection(("127.0.0.1", client.port), 5) as raw:
        raw.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{client.port}\r\nHost: evil.example\r\nCookie: {client.own['Cookie']}\r\n\r\n".encode())  # fmt: skip
        assert raw.recv(100).split()[1] == b"400"


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "LOCALHOST:{port}", "[::1]:{port}", "localhost:9000", "localhost"])  # fmt: skip
def test_every_name_of_this_machine_will_do(client: Client, host: str) -> None:
    """A forwarded port has another number."""
    assert client.ask("GET", "/", {"Host": host.format(port=client.port)}).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "http://127.0.0.1"},
        {"X-Milebook-Token": ""},
        {"X-Milebook-Token": "wrong"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Cookie": ""},
    ],
)
def test_another_site_cannot_post(client: Client, headers: dict[str, str]) -> None:
    for path in ("/look", "/open", "/arrange", "/undo", "/no-such"):
        assert client.ask("POST", path, headers, LOOK).status == 403


def test_another_site_cannot_read(client: Client) -> None:
    answer = client.ask("GET", "/overview", {"Origin": "http://evil.example"})
    assert answer.status == 403
    assert answer.getheader("Access-Control-Allow-Origin") is None


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""])  # fmt: skip
def test_forms_are_not_taken(client: Client, kind: str) -> None:
    assert client.ask("POST", "/look", {"Content-Type": kind}, LOOK).status == 415


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "HEAD"])
def test_other_methods_are_unknown(client: Client, method: str) -> None:
    assert client.ask(method, "/").status == 501


@pytest.mark.parametrize(
    "path",
    ["/../stories/index.yaml", "/stories/index.yaml", "/%2e%2e/stories/index.yaml", "/page/../../stories/index.yaml/100", "/font/../OFL.txt",
     "/font/..%2fOFL.txt", "/ebook/..%2f..%2fstories%2findex.yaml", "/thumb/..", "/ebook-photo/gate.jpg", "/outline/x", "/boxes/x", "/page.html",
     "/web/app.js", "/app.js/", "//etc/passwd", "/page/x/999999", "/ebook/99999", "/ebook/-1", "/font/Regular/1/2", "/%00", "/ebook/%D9%A3"],
)  # fmt: skip
def test_no_path_reaches_the_disk(client: Client, path: str) -> None:
    answer = client.ask("GET", path)
    assert answer.status in (400, 404), path
    assert b"milebook" not in client.body.replace(b"milebook printed", b"")


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"null", b"1", b"{", b'{"pages": "x"}', b'{"pages": [{}], "width": 1}', b'{"pages": [], "width": "1"}', b"[" * 30_000,
     b'{"pages": [0], "width": 1e400}', b"\xff\xfe"],
)  # fmt: skip
def test_a_body_that_is_no_request_is_refused(client: Client, body: bytes) -> None:
    assert client.ask("POST", "/look", body=body).status == 400


def test_a_body_without_an_end_or_too_long_is_refused(client: Client) -> None:
    assert client.ask("POST", "/look", {"Content-Length": ""}).status == 411
    assert client.ask("POST", "/look", {"Content-Length": "-1"}, b"").status == 411
    assert client.ask("POST", "/look", {"Content-Length": "99999999"}, b"").status == 413
    assert client.ask("POST", "/look", {"Transfer-Encoding": "chunked", "Content-Length": "2"}, b"{}").status == 411


@pytest.mark.parametrize(
    "body",
    [{"anchor": "../../etc/passwd"}, {"anchor": "stories/index.yaml:1"}, {"anchor": 1}, {"story": "../x"}, {"finding": 10**9}, {"finding": -1},
     {"path": "/etc/passwd"}, {"file": "stories/index.yaml", "line": 1}, {}],
)  # fmt: skip
def test_only_what_the_book_holds_is_opened(client: Client, body: dict[str, Any]) -> None:
    assert client.ask("POST", "/open", body=json.dumps(body).encode()).status == 404


def test_every_answer_carries_the_policy(client: Client) -> None:
    for path, status in (("/", 200), ("/app.js", 200), ("/no-such", 404), ("/overview", 200)):
        answer = client.ask("GET", path)
        assert answer.status == status
        policy = answer.getheader("Content-Security-Policy") or ""
        assert policy.startswith("default-src 'none'")
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "*" not in policy
        assert answer.getheader("X-Content-Type-Options") == "nosniff"
        assert answer.getheader("Referrer-Policy") == "no-referrer"
    client.ask("GET", "/", {"Cookie": ""})


def test_the_page_takes_nothing_from_elsewhere(client: Client) -> None:
    for path in ("/", "/app.js", "/pages.js", "/ebook.js", "/board.js", "/look.css", "/app.css", "/board.css"):
        client.ask("GET", path)
        text = client.body.decode().replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|//[a-z0-9-]+\.[a-z]", text), path
        assert not re.search(r"\son\w+=|javascript:|\seval\(|<style|\sstyle=", text), path


def test_two_previews_have_nothing_in_common() -> None:
    one, other = Gate(1), Gate(2)
    assert len({one.key, other.key, one.token, other.token}) == 4
    assert one.cookie != other.cookie
    assert all(len(secret) >= 40 for secret in (one.key, one.token))


def test_it_listens_on_the_loopback_address_alone(server: Server) -> None:
    assert server.server_address[0] == "127.0.0.1"


def test_a_named_host_may_be_allowed() -> None:
    gate = Gate(1234, ("desk.example",))
    headers = {"Host": "desk.example", "Cookie": f"{gate.cookie}={gate.key}"}
    assert gate.refusal("GET", headers, "") is None
    assert Gate(1234).refusal("GET", headers, "") is not None
