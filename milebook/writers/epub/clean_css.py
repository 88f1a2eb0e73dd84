"""Take out of a layout's style sheet what an e-book must not hold: other files, fonts, and the direction of writing.

The sheet is parsed as a reading system parses it (CSS Syntax, by tinycss2), so that no spelling of a thing hides it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

IMPORTS = "it takes in another style sheet"
FONTS = "it brings a font of its own"
DIRECTION = "it sets the direction of writing"
FILES = "it names another file"
UNREADABLE = "it cannot be read"

_IMPORTING = ("import", "charset", "namespace")
_TURNING = ("direction", "unicode-bidi")
_FETCHING = ("url", "src", "image", "image-set", "cross-fade", "element", "paint", "url-prefix", "domain", "document")
_VENDOR = re.compile(r"-(?:webkit|moz|ms|o|epub|apple)-")
_SUSPECT = re.compile(
    r"@(?!media\b)|\\|url|src|image|cross-fade|element|paint|direction|bidi|behavior|binding", re.IGNORECASE
)
_DEEPEST = 20  # rules within rules


def clean(css: str) -> tuple[str, list[str]]:
    """The style sheet without what it must not hold, and the reasons, each once. A sheet that holds nothing of it stays as it is."""
    if not _SUSPECT.search(css):
        return css, []
    import tinycss2

    reasons: list[str] = []
    rules = tinycss2.parse_stylesheet(css, skip_comments=True)
    kept = "".join(_rule(rule, reasons, 0) for rule in rules)
    return (kept, list(dict.fromkeys(reasons))) if reasons else (css, [])


def _rule(node: Any, reasons: list[str], depth: int) -> str:
    """The text of one rule or declaration as far as it may stay, with the blanks between rules."""
    if node.type in ("whitespace", "comment"):
        return str(node.serialize()) if node.type == "whitespace" else ""
    if node.type == "error" or depth > _DEEPEST:
        reasons.append(UNREADABLE)
        return ""
    if node.type == "declaration":
        return _declaration(node, reasons)
    name = _plain(node.lower_at_keyword) if node.type == "at-rule" else ""
    if name in _IMPORTING or name == "font-face":
        reasons.append(FONTS if name == "font-face" else IMPORTS)
        return ""
    if _fetches(node.prelude):
        reasons.append(FILES)
        return ""
    if node.content is None:
        return str(node.serialize())
    import tinycss2

    found: list[str] = []
    inner = tinycss2.parse_blocks_contents(node.content, skip_comments=True)
    texts = [_rule(one, found, depth + 1) for one in inner]
    if not found:
        return str(node.serialize())
    reasons += found
    head = (f"@{node.at_keyword}" if node.type == "at-rule" else "") + tinycss2.serialize(node.prelude)
    return f"{head}{{{''.join(texts)}}}"


def _declaration(node: Any, reasons: list[str]) -> str:
    if _plain(node.lower_name) in _TURNING:
        reasons.append(DIRECTION)
        return ""
    if _plain(node.lower_name) in ("behavior", "binding") or _fetches(node.value):
        reasons.append(FILES)
        return ""
    return f"{node.serialize()};"


def _fetches(tokens: Iterable[Any]) -> bool:
    """Whether a value names a file or an address, however it is written."""
    for token in tokens:
        if token.type == "url" or (token.type == "error" and "url" in token.kind):
            return True
        if token.type == "function" and _plain(token.lower_name) in _FETCHING:
            return True
        inner = getattr(token, "arguments", None) or getattr(token, "content", None)
        if inner and not isinstance(inner, str) and _fetches(inner):
            return True
    return False


def _plain(name: str) -> str:
    """A name without the prefix of a maker of browsers."""
    return _VENDOR.sub("", name, count=1) if _VENDOR.match(name) else name
