"""Find the closing of a letter in the last lines of a story: the greeting, the name, and the address below it."""

from __future__ import annotations

import re

_GREETING = re.compile(
    r"(?:(?:with |my |our )*(?:best|kind|kindest|warm|warmest|many|all good|good) (?:wishes|regards|thanks)(?: to you all)?"
    r"|(?:best|warm|kind)? ?regards|sincerely(?: yours)?|yours(?: (?:truly|sincerely|faithfully|in running))?|(?:with )?love"
    r"|all the best|thank(?:s| you)(?: (?:so much|very much|again))?|respectfully(?: yours)?|take care|cheers|xoxo|best"
    r"|mit (?:freundlichen|besten|herzlichen) grüßen|(?:viele|liebe|herzliche|beste|schöne) grüße"
    r"|cordialement|bien à vous|amicalement|(?:un )?saludos?(?: cordial(?:es)?)?|atentamente|un abrazo)[,!.–—-]*",
    re.IGNORECASE,
)
_MOST = 6  # lines below the greeting: name, street, town, telephone, mail
_WIDE = 50  # characters of such a line
_SENTENCE = re.compile(r"[a-zß-ÿ]{3}[.!?…][\"”’)]*$")
_BEGINS = re.compile(r"[^\W\d_a-zß-öø-ÿ]|[(+\d]|[*_~–—-]{1,2}\s?[A-Z]|[\w.+-]+@")


def closing(lines: list[str]) -> int:
    """The index of the line with the greeting; -1 where a text has no such end."""
    below = 0
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number].strip().rstrip("\\").strip("*_ ")
        if not line:
            continue
        if _GREETING.fullmatch(line):
            return number if below and any(map(str.strip, lines[:number])) else -1
        below += 1
        if below > _MOST or len(line) > _WIDE or _SENTENCE.search(line) or not _BEGINS.match(line):
            return -1
    return -1
