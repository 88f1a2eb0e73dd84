"""Subjects of mails, without "Re:" and "Fwd:" in the languages of mail programs, and what a forwarded mail says of its writer."""

from __future__ import annotations

import re

from milebook.intake.forwards import Own
from milebook.intake.items import Found
from milebook.intake.mail_headers import sender

_ANSWERS = "re|ré|rép|aw|wg aw|antw|antwort|sv|vs|odp|res|resp|ynt|yan|rif|r|απ|σχετ|на|ответ|відп|回复|答复|回覆|返信|답장|회신|תשובה"
_FORWARDS = "fwd?|wg|tr|rv|enc|vl|pd|ilt|i|doorst|vb|videres|továbbítás|redirecționat|reenv|πρθ|пересл|переслано|转发|轉寄|転送|전달|הועבר"
_COUNT = r"\s?(?:\[\d+\]|\(\d+\))?\s?[:：]"
_PREFIX = re.compile(rf"(?i)^\s*(?:(?:{_ANSWERS}|{_FORWARDS}){_COUNT}\s*|\[[^\]]{{1,30}}\]\s+(?=\S))+")
_RE = re.compile(rf"(?i)(?<!\w)(?:{_ANSWERS}){_COUNT}")
_FWD = re.compile(rf"(?i)(?<!\w)(?:{_FORWARDS}){_COUNT}")


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
