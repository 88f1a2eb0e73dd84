"""Subjects of mails, without "Re:" and "Fwd:" in the languages of mail programs, and what a forwarded mail says of its writer."""

from __future__ import annotations

import re

from milebook.intake.items import Found
from milebook.intake.mail.forwards import Own
from milebook.intake.mail.headers import sender
from milebook.model.mail_marks import COUNT, FORWARD, REPLY

_PREFIX = re.compile(rf"(?i)^\s*(?:(?:{REPLY}|{FORWARD}){COUNT}\s*|\[[^\]]{{1,30}}\]\s+(?=\S))+")
_RE = re.compile(rf"(?i)(?<!\w)(?:{REPLY}){COUNT}")
_FWD = re.compile(rf"(?i)(?<!\w)(?:{FORWARD}){COUNT}")


def take_subject(item: Found, subject: str) -> bool:
    """The title from a subject without "Re:" and "Fwd:". True if the subject begins with "Re:"."""
    marks = _PREFIX.match(subject)
    item.title = _PREFIX.sub("", subject).strip()
    item.answering = bool(marks and _RE.search(marks[0]))
    item.forwarding = bool(marks and _FWD.match(marks[0].strip()))
    return bool(_RE.match(subject.lstrip()))


def take_forwarded(item: Found, own: Own) -> None:
    """A mail that was forwarded as text: who wrote it first, and its subject."""
    who = sender(own.sender)
    if who.name or who.address:
        if (who.name, who.address) != (item.name, item.email) and (item.name or item.email):
            item.notes.append(f"forwarded by {item.name or item.email}")
        item.name, item.email = who.name, who.address
    if own.sent:
        item.notes.append(f"first sent {own.sent[:60]}")
    if own.subject:
        forwarding = item.forwarding
        take_subject(item, own.subject)
        item.forwarding = item.forwarding or forwarding
