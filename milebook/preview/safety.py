"""Who may ask the preview for anything: only a browser on this machine that was opened with the link.

The server listens on the loopback address, but every page of the web can send requests there. So the host that was asked for
must be a name of this machine (against DNS rebinding), the origin must be the preview's own (against other sites), a cookie
that only the link sets must be there, and whatever changes something has to carry a token that only the preview's own page
knows. No part of a request is ever a path on the disk.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

LOOPBACK = "127.0.0.1"
OUR_NAMES = ("127.0.0.1", "localhost", "[::1]")
TOKEN_HEADER = "X-Milebook-Token"
MOST_BODY = 64_000  # bytes of a POST

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# the e-book's pages come from stories: no scripts, no forms, nothing from elsewhere
BOOK_POLICY = (
    "sandbox allow-same-origin; default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Refusal(NamedTuple):
    """Why a request is not answered: the status, and a sentence for the person at the browser."""

    status: int
    why: str


class Gate:
    """The secrets of one preview, and the checks of every request."""

    def __init__(self, port: int, more_names: Iterable[str] = ()) -> None:
        self.port = port
        self.key = secrets.token_urlsafe(32)  # in the link, then in the cookie
        self.token = secrets.token_urlsafe(32)  # in the page, then in the header of every POST
        self.cookie = f"milebook-{port}"
        self._names = {name.lower() for name in (*OUR_NAMES, *more_names)}

    @property
    def link(self) -> str:
        """What opens the preview."""
        return f"http://{LOOPBACK}:{self.port}/?key={self.key}"

    def set_cookie(self) -> str:
        return f"{self.cookie}={self.key}; HttpOnly; SameSite=Strict; Path=/"

    def knows_key(self, query: str) -> bool:
        """Whether the query of an address holds the key of the link."""
        given = parse_qs(query, max_num_fields=8).get("key", [""])[0]
        return _same(given, self.key)

    def refusal(self, method: str, headers: Mapping[str, str], query: str) -> Refusal | None:
        """Why a request must not be answered, None if it may."""
        host = (headers.get("Host") or "").lower()
        if not self._is_ours(host):
            return Refusal(421, "this server is only for the computer it runs on")
        origin = headers.get("Origin")
        if origin is not None and origin.lower() != f"http://{host}" and origin.lower() != f"https://{host}":
            return Refusal(403, "another site asked for this")
        site = headers.get("Sec-Fetch-Site")
        if method != "GET" and site is not None and site != "same-origin":
            return Refusal(403, "another site asked for this")
        if method == "GET" and self.knows_key(query):
            return None
        if not _same(self._from_cookie(headers.get("Cookie") or ""), self.key):
            return Refusal(403, "open the preview with the link that milebook printed")
        if method == "POST":
            if not _same(headers.get(TOKEN_HEADER) or "", self.token):
                return Refusal(403, "the page that asked is not the preview's own; load it again")
            kind = (headers.get("Content-Type") or "").partition(";")[0].strip().lower()
            if kind != "application/json":
                return Refusal(415, "only JSON is taken")
        return None

    def _is_ours(self, host: str) -> bool:
        try:
            parts = urlsplit(f"//{host}")
            port_ok = parts.port is None or 0 < parts.port < 65536
        except ValueError:
            return False
        name = f"[{parts.hostname}]" if parts.hostname and ":" in parts.hostname else parts.hostname
        plain = parts.netloc == host and not parts.username and not parts.path
        return plain and port_ok and name in self._names

    def _from_cookie(self, written: str) -> str:
        """Our cookie among those of every other program that this machine's address serves, well-formed or not."""
        for pair in written.split(";"):
            name, _, value = pair.strip().partition("=")
            if name == self.cookie:
                return value
        return ""


def _same(given: str, secret: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode())
