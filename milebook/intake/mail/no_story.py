"""Mails that hold no story: automatic answers, reports of mail servers, invitations, and mails that are encrypted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from milebook.intake.mail.headers import Headers, sender
from milebook.intake.mail.mime import Part

_AWAY = re.compile(
    r"(?i)\s*(?:automatic reply|auto(?:matic)?[ -]?(?:reply|response|svar)|out of (?:the )?office|abwesenheits(?:notiz|meldung)|automatische antwort|"
    r"réponse automatique|absence du bureau|respuesta automática|fuera de (?:la )?oficina|risposta automatica|automatisch antwoord|afwezigheidsbericht|"
    r"resposta automática|automatiskt svar|automatisk svar|automaattinen vastaus|odpowiedź automatyczna|automatická odpověď|автоматический ответ|автоответ|"
    r"otomatik yanıt|αυτόματη απάντηση|自动答复|自動回覆|自動応答|자동 회신)\s*[:：]"
)
_READ = re.compile(
    r"(?i)(?:read|gelesen|lu|leído|letto|gelezen|lida|läst|læst|lest|luettu|przeczytano|прочтено|not read|ungelesen gelöscht)\s*:\s"
)
_INVITED = re.compile(
    r"(?i)\s*(?:accepted|declined|tentative|invitation|updated invitation|canceled event|zugesagt|abgelehnt|einladung|accepté|refusé|aceptado|rechazado)\s*:"
)
AUTOMATIC = "an automatic answer"
ENCRYPTED = "it is encrypted: open it in your mail program, copy its text into a .txt file, and import that"
_PGP = re.compile(r"\s*-----BEGIN PGP MESSAGE-----")


def automatic(headers: Headers, parts: Sequence[Part], subject: str) -> str:
    """Why a mail was written by no one, "" if somebody wrote it."""
    kind = headers.content_type
    if kind == "multipart/report":
        what = headers.parameter("content-type", "report-type").lower()
        return "a read receipt" if "disposition" in what else "a report that a mail could not be delivered"
    calendar = any(part.kind == "text/calendar" and not part.attached for part in parts)
    if kind == "text/calendar" or (calendar and (len(parts) <= 2 or _INVITED.match(subject))):
        return "an invitation to an appointment, or an answer to one"
    waiting = headers.raw("precedence").strip().lower() in ("auto_reply", "auto-reply")
    marked = any(headers.raw(name) for name in ("x-autoreply", "x-autorespond", "x-auto-reply-from", "x-vacation"))
    auto_submitted = headers.raw("auto-submitted").lower().strip()
    if auto_submitted not in ("", "no") or waiting or marked or _AWAY.match(subject):
        return AUTOMATIC
    if _READ.match(subject) and kind == "application/ms-tnef":
        return "a read receipt"
    if re.match(r"(?i)<?(?:mailer-daemon|postmaster)@", sender(headers.raw("from")).address):
        return "a report that a mail could not be delivered"
    return ""


def encrypted(headers: Headers, parts: Sequence[Part], text: str) -> str:
    """Why a mail cannot be read, if it is encrypted by PGP or S/MIME; "" if it is not."""
    kind = headers.content_type
    sealed = any(
        part.kind in ("application/pkcs7-mime", "application/x-pkcs7-mime")
        and "signed-data" not in part.headers.raw("content-type").lower()
        for part in parts
    )
    return ENCRYPTED if kind == "multipart/encrypted" or (sealed and not text.strip()) or _PGP.match(text) else ""
