"""The local web server: Python's own, on the loopback address, with a thread for every connection.

It knows a fixed list of addresses (`routes`). Every request first passes `safety.Gate`.
"""

from __future__ import annotations

import json
import queue
import sys
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from milebook.preview.safety import BOOK_POLICY, HEADERS, LOOPBACK, MOST_BODY, PAGE_POLICY, Gate, Refusal
from milebook.preview.subscribers import Subscriber

HEARTBEAT = 15.0  # seconds between signs of life on a stream that has nothing to say
TIMEOUT = 30.0  # seconds in which a request must have come
MOST_STREAMS = 24


class Answer(NamedTuple):
    """What is sent. `kind` is a media type; `keep` tells whether the address will always give the same."""

    status: int
    kind: str
    body: bytes
    keep: bool = False
    framed: bool = False  # to be shown in the preview's own frame: a page of the e-book
    cookie: str = ""
    to: str = ""  # another address to go to


class App:
    """What the server asks for answers; see `routes.Routes`."""

    def get(self, path: str, query: dict[str, list[str]]) -> Answer:
        raise NotImplementedError

    def post(self, path: str, body: dict[str, Any]) -> Answer:
        raise NotImplementedError

    def open_stream(self, client: str) -> Subscriber:
        raise NotImplementedError

    def close(self) -> None:
        """Finish what is being written; nothing more is."""

    def close_stream(self, one: Subscriber) -> None:
        raise NotImplementedError


class Server(ThreadingHTTPServer):
    """Listens on the loopback address alone. Port 0 is any that is free."""

    daemon_threads = True
    allow_reuse_address = sys.platform != "win32"  # there it would let two servers share a port
    request_queue_size = 64

    def __init__(self, port: int, make_app: Callable[[Gate], App], more_names: tuple[str, ...] = ()) -> None:
        self.app = App()
        super().__init__((LOOPBACK, port), Handler)
        self.gate = Gate(self.server_address[1], more_names)
        self.app = make_app(self.gate)
        self.streams = 0

    def server_close(self) -> None:
        """Stop listening."""
        super().server_close()
        self.app.close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that went away is no error; anything else is the handler's to answer."""


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "milebook"
    sys_version = ""
    timeout = TIMEOUT
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the terminal belongs to the author."""

    def handle_expect_100(self) -> bool:
        """Nobody is told to go on before `_answered` has seen who asks; a browser does not wait for that."""
        return True

    def do_GET(self) -> None:
        self._answered("GET")

    def do_POST(self) -> None:
        self._answered("POST")

    def _answered(self, method: str) -> None:
        if self.request_version == "HTTP/0.9":  # its answers have no headers, so no policy either
            self.close_connection = True
            return
        try:
            parts = urlsplit(self.path)
            headers = {name: self.headers.get(name, "") for name in self.headers.keys()}  # noqa: SIM118
            refusal = self.server.gate.refusal(method, _Folded(headers), parts.query)
            if len(self.headers.get_all("Host") or ()) != 1:
                refusal = Refusal(400, "a request names one host")
            if refusal is not None:
                self._refuse(refusal)
            elif method == "GET" and parts.path == "/stream":
                self._stream(parse_qs(parts.query, max_num_fields=8))
            elif method == "GET":
                self._send(self.server.app.get(parts.path, parse_qs(parts.query, max_num_fields=8)))
            else:
                self._post(parts.path)
        except (BrokenPipeError, ConnectionError, TimeoutError):
            self.close_connection = True
        except ValueError:
            self._refuse(Refusal(400, "this is not a request that the preview knows"))
        except Exception as error:
            self._refuse(Refusal(500, f"milebook: an internal error: {type(error).__name__}"))

    def _post(self, path: str) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or self.headers.get("Transfer-Encoding"):
            self._refuse(Refusal(411, "the length of the request is missing"))
            return
        if int(length) > MOST_BODY:
            self._refuse(Refusal(413, "the request is too long"))
            return
        try:
            body = json.loads(self.rfile.read(int(length)))
        except RecursionError:
            body = None
        if not isinstance(body, dict):
            self._refuse(Refusal(400, "the request is not what the preview's page sends"))
            return
        self._send(self.server.app.post(path, body))

    def _refuse(self, refusal: Refusal) -> None:
        self.close_connection = True  # whatever else was sent is not read
        self._send(Answer(refusal.status, "text/plain; charset=utf-8", (refusal.why + "\n").encode()))

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self._head(answer.kind, BOOK_POLICY if answer.framed else PAGE_POLICY)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Cache-Control", "private, max-age=31536000, immutable" if answer.keep else "no-store")
        if not answer.framed:
            self.send_header("X-Frame-Options", "DENY")
        if answer.cookie:
            self.send_header("Set-Cookie", answer.cookie)
        if answer.to:
            self.send_header("Location", answer.to)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(answer.body)

    def _head(self, kind: str, policy: str) -> None:
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", policy)
        for name, value in HEADERS.items():
            self.send_header(name, value)

    def _stream(self, query: dict[str, list[str]]) -> None:
        """Messages as they come, each the whole state, until the browser goes away."""
        if self.server.streams >= MOST_STREAMS:
            self._refuse(Refusal(503, "too many windows look at this preview; close some"))
            return
        self.close_connection = True
        one = self.server.app.open_stream(query.get("client", [""])[0][:64])
        self.server.streams += 1
        try:
            self.send_response(200)
            self._head("text/event-stream; charset=utf-8", PAGE_POLICY)
            self.send_header("Cache-Control", "no-store")
            self.send_header("X-Accel-Buffering", "no")
            self.end_headers()
            self.wfile.write(b"retry: 500\n\n")
            while True:
                try:
                    message = one.next(HEARTBEAT)
                except queue.Empty:
                    self.wfile.write(b": here\n\n")
                    continue
                if message is None:
                    self.wfile.write(b"event: end\ndata: {}\n\n")
                    return
                data = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
                self.wfile.write(f"data: {data}\n\n".encode("utf-8", "replace"))
        finally:
            self.server.streams -= 1
            self.server.app.close_stream(one)


class _Folded(dict[str, str]):
    """Headers by their names, in any case."""

    def __init__(self, headers: dict[str, str]) -> None:
        super().__init__({name.lower(): value for name, value in headers.items()})

    def get(self, name: str, default: Any = None) -> Any:
        return super().get(name.lower(), default)
