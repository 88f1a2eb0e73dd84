"""Decide which addresses of a story become links."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

# What may stand in an address beside letters and digits; "%" because an author's %20 is already written out.
_SAFE = "!#$%&'()*+,/:;=?@[]~-._"
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_TARGET = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/|#|\?|\\|\w\.[A-Za-z]{2,5}$")
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.?", re.IGNORECASE)
_MAIL = re.compile(
    r"mailto:[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:\?\S*)?", re.IGNORECASE
)


def is_target(written: str) -> bool:
    """Whether the words in `[text](words)` are an address at all: if not, the whole is the author's text."""
    return not written or _TARGET.search(written) is not None


def address(written: str) -> tuple[str, str]:
    """The absolute address that `written` stands for and "", or "" and the reason why the link is dropped."""
    url = written.strip()
    scheme = url.partition(":")[0].lower() if ":" in url else ""
    if scheme == "mailto":
        url = _escaped(url)
        return (url, "") if _MAIL.fullmatch(url) else ("", "it is not a complete e-mail address")
    if scheme in ("http", "https"):
        return _web(url)
    if re.fullmatch(r"[a-z][a-z0-9+.-]+", scheme):
        return "", f'a book can only link to http, https and mailto addresses, and this one begins with "{scheme}:"'
    if not url:
        return "", "it has no address"
    return "", "it does not lead to an address on the web"


def _web(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = parts.port
        host = host.encode("idna").decode("ascii") if not host.isascii() else host
    except (ValueError, UnicodeError):
        return "", "its address is not a valid one"
    if not _HOST.fullmatch(host) or len(host) > 253 or "@" in parts.netloc:
        return "", "its address is not a valid one"
    place = f"{host}:{port}" if port else host
    rest = url[len(parts.scheme) + 3 + len(parts.netloc) :]
    rest = _escaped(rest).replace("[", "%5B").replace("]", "%5D")
    before, mark, fragment = rest.partition("#")
    return f"{parts.scheme.lower()}://{place}{before}{mark}{fragment.replace('#', '%23')}", ""


def _escaped(url: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", url), safe=_SAFE, errors="replace")
