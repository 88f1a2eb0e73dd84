"""The marks before the subject of a mail, such as "Re:" and "Fwd:", in the languages of mail programs."""

from __future__ import annotations

import re

REPLY = "re|ré|rép|aw|wg aw|antw|antwort|sv|vs|odp|res|resp|ynt|yan|rif|r|απ|σχετ|на|ответ|відп|回复|答复|回覆|返信|답장|회신|תשובה"
FORWARD = "fwd?|wg|tr|rv|enc|vl|pd|ilt|i|doorst|vb|videres|továbbítás|redirecționat|reenv|πρθ|пересл|переслано|转发|轉寄|転送|전달|הועבר"
COUNT = r"\s?(?:\[\d+\]|\(\d+\))?\s?[:：]"  # what may stand between a mark and its colon
# "VS:" is a reply in Finnish, and a forwarded mail in Danish.
_FORWARDED = re.compile(rf"(?i)\s*(?:{FORWARD}|vs){COUNT}")


def may_be_forwarded(subject: str) -> bool:
    """Whether a mail is forwarded by its subject, in any language."""
    return bool(_FORWARDED.match(subject))
