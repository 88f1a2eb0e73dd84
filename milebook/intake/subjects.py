"""Subjects of mails: what stands behind "Re:" and "Fwd:" in the languages of mail programs."""

from __future__ import annotations

import re

from milebook.intake.items import Found

_PREFIX = re.compile(
    r"(?i)^\s*(?:(?:re|fwd?|aw|wg|antw|antwort|tr|rv|res|enc|sv|vs|vl|odp|pd|ynt|ilt|r|i|rif|doorst|vb|videres)\s?(?:\[\d+\]|\(\d+\))?\s?[:：]\s*"
    r"|\[[^\]]{1,30}\]\s+(?=\S))+"
)
_RE = re.compile(r"(?i)\b(?:re|aw|antw|antwort|sv|vs|odp|res|ynt|rif)\s?(?:\[\d+\]|\(\d+\))?\s?[:：]")


def take_subject(item: Found, subject: str) -> bool:
    """The title from a subject without "Re:" and "Fwd:". True if the subject begins with "Re:"."""
    marks = _PREFIX.match(subject)
    item.title = _PREFIX.sub("", subject).strip()
    item.answering = bool(marks and _RE.search(marks[0]))
    return bool(_RE.match(subject.lstrip()))
