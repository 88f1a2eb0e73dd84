"""What servers, mailing lists and offices add below a mail: list footers, virus scanners, business cards, notices of confidentiality."""

from __future__ import annotations

import re

from milebook.intake.people import is_name

_LIST = re.compile(
    r"(?i)mailing list|unsubscribe|you received this message because|subscribed to (?:the|this)|google groups|yahoo! groups links|listinfo|"
    r"to post to this (?:list|group)|list archive|abbestellen|se désabonner|darse de baja"
)
_RULED = re.compile(r"\s*(?:[-_=*~]{10,}|--|-- |---)\s*")
_SCANNED = re.compile(
    r"(?i)(?:this|diese|ce|este|questo|cette) (?:e-?mail|message|nachricht|mensaje|messaggio|courriel|correo)\b.{0,60}\b(?:checked|scanned|überprüft|geprüft|vérifié|analizado)\b.*|"
    r"virus-?\s?free\b.*|virenfrei\b.*|scanned by \S+.*|no virus found.*|checked by avg.*|.*avast\.com.*"
)
_PAPER = re.compile(
    r"(?i)\W*(?:please )?(?:consider|think of|save|be kind to) (?:the )?(?:environment|trees?|paper)\b.{0,80}print.{0,60}|"
    r".{0,20}(?:denken sie an die umwelt|pensez à l.environnement|piense en el medio ambiente|pensa all.ambiente).{0,80}"
)
_PROVIDER = re.compile(
    r"(?i)do you yahoo!\?|get your free .{3,40}|find out more at .{3,40}|join the .{3,20} revolution.*"
)
_MAIL = re.compile(
    r"(?i)\b(?:e-?mails?|messages?|communication|transmission|nachricht|mail|courriel|mensaje|correo|messaggio|bericht|mensagem)\b"
)
# A notice of confidentiality has at least three of these words.
_SECRET = re.compile(
    r"(?i)\b(confidential\w*|intended (?:solely|only|recipients?)|addressees?|privileged|unauthori[sz]ed|notify the sender|"
    r"delete|disclos\w+|vertraulich\w*|adressat\w*|empfänger|absender|vernichten|löschen|unbefugt\w*|confidentiel\w*|destinataires?|expéditeur|"
    r"détruire|supprimer|confidencial\w*|destinatari[oa]s?|remitente|eliminar\w*|riservat\w*|mittente|cancellar\w*|vertrouwelijk\w*|geadresseerde|"
    r"afzender|verwijder\w*|destinatário|remetente|apagar)\b"
)
_SENTENCE = re.compile(
    r"(?<!\bInc)(?<!\bLtd)(?<!\bCo)(?<!\bSt)(?<!\bAve)(?<!\bRd)(?<!\bJr)(?<!\bSr)(?<!\bEsq)(?<!D)[.!?…,;:][\"”’»)]*$"
)
_NAME = re.compile(r"([^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){1,4})(?:, [A-Z][\w. ]{1,8}| \([\w/ ]+\))?")
_TELEPHONE = re.compile(
    r"(?i)(?:.{0,60}[|•·,] *)?(?:(?:t|p|m|o|c|d|f|tel|telephone|ph|phone|mobile|mob|cell|office|direct|fax|telefon|tél|téléphone|teléfono)\b[.:]* *)?"
    r"[+(]?\d[\d ().\-–/]{5,20}\d(?: *(?:x|ext\.?) *\d{1,6})?(?: *[|•·,].{0,60})?"
)
MOST_CARD = 8  # lines of an office's signature block
MOST_LINES = 40
MOST_FOOTER = 14  # lines of a list's footer


def without_notices(lines: list[str], kept: list[int]) -> list[int]:
    """The numbers of `kept` without those of the notices at the end of the lines."""
    left, confidential = list(kept), False
    while (shorter := _without_last(lines, left)) is not None:
        confidential = confidential or any(_SECRET.search(lines[n]) for n in left[len(shorter) :])
        left = shorter
    return _without_card(lines, left) if confidential else left


def _without_last(lines: list[str], kept: list[int]) -> list[int] | None:
    """`kept` without its last notice, None where no notice stands at the end."""
    end = len(kept)
    while end and not lines[kept[end - 1]].strip():
        end -= 1
    start = _paragraph(lines, kept, end)
    words = " ".join(lines[n].strip() for n in kept[start:end])
    if not words:
        return None
    if _is_notice(words) and end - start <= MOST_LINES:
        while start and (not lines[kept[start - 1]].strip() or _RULED.fullmatch(lines[kept[start - 1]])):
            start -= 1
        return kept[:start]
    ruled = next(
        (at for at in range(end - 1, max(-1, end - MOST_FOOTER - 1), -1) if _RULED.fullmatch(lines[kept[at]])), -1
    )
    if ruled >= 0 and any(_LIST.search(lines[n]) for n in kept[ruled + 1 : end]):
        return kept[:ruled]
    return None


def _without_card(lines: list[str], kept: list[int]) -> list[int]:
    """`kept` without the signature block of an office at its end: a name, then title, firm, street and telephone, perhaps with
    empty lines between. A notice of confidentiality stood below it.
    """
    name, telephone, seen = -1, False, 0
    for at in range(len(kept) - 1, -1, -1):
        line = lines[kept[at]].strip(" \t\xa0*_>")
        if not line:
            continue
        seen += 1
        number = bool(_TELEPHONE.fullmatch(line))
        if seen > MOST_CARD or len(line) > 100 or (_SENTENCE.search(line) and not number):
            break
        if telephone and (match := _NAME.fullmatch(line)) and is_name(match[1]):
            name = at
        telephone = telephone or number
    return kept[:name] if name >= 0 else kept


def _paragraph(lines: list[str], kept: list[int], end: int) -> int:
    """Where the paragraph begins that ends before `end`; a ruled line is not part of it."""
    start = end
    while start and lines[kept[start - 1]].strip() and not _RULED.fullmatch(lines[kept[start - 1]]):
        start -= 1
    return start


def _is_notice(words: str) -> bool:
    if _SCANNED.fullmatch(words) or _PAPER.fullmatch(words) or _PROVIDER.match(words):
        return len(words) < 400
    return bool(_MAIL.search(words)) and len({match[0].lower() for match in _SECRET.finditer(words)}) >= 3
