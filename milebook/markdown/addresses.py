"""Addresses typed into running text: found before marks are read, so that they are printed letter for letter.

In place of each address stands a mark of private characters; the walk over the paragraph puts the address back as a link.
"""

from __future__ import annotations

import re

from milebook.markdown.links import address

_BEGIN, _END = "\ufdd3", "\ufdd4"
MARK = re.compile(f"{_BEGIN}([0-9]+){_END}")
_SIGNS = r"[^\s<>\"“”«»‹›„\ufdd0-\ufdd5]"
_NAME = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_ADDRESS = re.compile(
    rf"(?<![\w@/.:-])(?:(?:https?|ftp)://{_SIGNS}+|www\.{_SIGNS}+"
    rf"|[\w.+%-]{{1,64}}@{_NAME}(?:\.{_NAME})*\.[^\W\d_]{{2,}}"
    rf"|{_NAME}(?:\.{_NAME}){{0,4}}\.[A-Za-z]{{2,6}}/{_SIGNS}*)",
    re.IGNORECASE,
)
_MAY_HOLD = re.compile(r"://|@|www\.|\w\.\w+/", re.IGNORECASE)
_ENDS_LINK = re.compile(r"[\s)]")
_LONGEST = 2_000  # signs of a link's address
_TAIL = ".,;:!?…'’‘\"”)]}*_`"
_CLOSING = {")": "(", "]": "[", "}": "{"}


def may_hold(text: str) -> bool:
    """Whether a text could hold an address: a quick no for nearly every paragraph."""
    return ("@" in text or "/" in text or "www." in text or "WWW." in text) and _MAY_HOLD.search(text) is not None


def take_out(text: str) -> tuple[str, list[str]]:
    """The text with a mark for each bare address, and the addresses. Those that belong to a link stay."""
    found: list[str] = []
    pieces: list[str] = []
    done = 0
    for match in _ADDRESS.finditer(text):
        start = match.start()
        end = _end(text, start, match.end())
        if start < done or end <= start or _in_a_link(text, start) or not _is_whole(text[start:end]):
            continue
        found.append(text[start:end])
        pieces += (text[done:start], f"{_BEGIN}{len(found)}{_END}")
        done = end
    if not found:
        return text, found
    return "".join([*pieces, text[done:]]), found


def is_address(text: str) -> bool:
    """Whether a whole text is one address."""
    return _ADDRESS.fullmatch(text) is not None


def put_back(text: str, found: list[str]) -> str:
    """The text with its addresses as typed."""
    return MARK.sub(lambda mark: found[int(mark[1]) - 1], text) if _BEGIN in text else text


def target(written: str) -> str:
    """The absolute address that a bare one leads to; "" if a book cannot link to it."""
    if "://" in written:
        return address(written)[0]
    at = written.find("@")
    if at > 0 and "/" not in written[:at]:
        return address(f"mailto:{written}")[0]
    return address(f"https://{written}")[0]


def _in_a_link(text: str, start: int) -> bool:
    before = text[max(0, start - _LONGEST) : start]
    if before.endswith(("](", "](<", "<", "]: ", "]:", "<mailto:", "](mailto:")):
        return True
    inside = before.rpartition("](")  # further on in the address of a link, as behind a quotation mark
    return bool(inside[1]) and _ENDS_LINK.search(inside[2]) is None


def _is_whole(written: str) -> bool:
    return not written.lower().endswith(("://", "www."))


def _end(text: str, start: int, end: int) -> int:
    """Where the address ends: punctuation at its end belongs to the sentence, a mark of emphasis to its partner before."""
    before = text[start - 1 : start]
    label = text.find("](", start, end)
    if label >= 0:
        end = label  # the address is the words of a link
    while end > start and text[end - 1] in _TAIL:
        last = text[end - 1]
        if last in "*_`" and last != before:
            break
        if last in _CLOSING and text.count(_CLOSING[last], start, end) >= text.count(last, start, end):
            break
        end -= 1
    return end
