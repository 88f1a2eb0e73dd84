"""Text as an XML file may hold it, for all formats that are made of XML."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

# What XML 1.0 forbids, and the C1 controls that no typeface has; `source` refuses them, so nothing is lost by leaving them out.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_SAFE = "!$%&'()*+,/:;=?@-._~"  # signs of an address that stay as they are


def escape(text: str) -> str:
    """Text as it may stand between tags."""
    if "&" in text or "<" in text or ">" in text:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text


def safe_address(link: str) -> str:
    """`link` as an address that a book may lead to, or "" where it can be none: web and mail only."""
    try:
        parts = urlsplit(link.strip())
        if parts.scheme == "mailto" and "@" in parts.path:
            start, fragment = "mailto:", ""
        elif parts.scheme in ("http", "https") and parts.hostname:
            host = parts.hostname.encode("idna").decode("ascii")
            if not re.fullmatch(r"[a-z0-9._:-]+", host) or ".." in host:
                return ""
            port = "" if parts.port is None else f":{parts.port}"
            start, fragment = f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{port}", parts.fragment
        else:
            return ""
    except (ValueError, UnicodeError):
        return ""
    made = start + quote(parts.path, _SAFE)
    made += f"?{quote(parts.query, _SAFE)}" if parts.query else ""
    made += f"#{quote(fragment, _SAFE)}" if fragment else ""
    return re.sub("%(?![0-9A-Fa-f]{2})", "%25", made)
