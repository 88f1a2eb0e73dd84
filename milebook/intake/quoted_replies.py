"""Find what does not belong to a mail's own text: quoted mails, signatures, "Sent from my phone". In doubt nothing is cut."""

from __future__ import annotations

import re
from typing import NamedTuple

FORWARDED = re.compile(
    r"(?i)[\s>*_-]*(?:begin forwarded message|start of forwarded message|forwarded message|forwarded by|"
    r"weitergeleitete nachricht|anfang der weitergeleiteten nachricht|message transféré|début du message (?:réexpédié|transféré)|"
    r"mensaje reenviado|messaggio inoltrato|inizio messaggio inoltrato|doorgestuurd bericht|begin doorgestuurd bericht|"
    r"mensagem encaminhada|videresendt (?:besked|meddelelse|melding)|vidarebefordrat (?:brev|meddelande)|"
    r"przekazana wiadomość|пересылаемое сообщение|пересланное сообщение|переадресованное сообщение)[\s:*_-]*(?:\S{0,40})?[\s*_-]*"
)
_ORIGINAL = re.compile(
    r"(?i)[\s>*_]*[-_]{2,}\s*(?:original message|original appointment|reply message|ursprüngliche nachricht|originalnachricht|"
    r"original-nachricht|ursprünglicher termin|message d.origine|message original|message initial|mensaje original|"
    r"messaggio originale|oorspronkelijk bericht|mensagem original|oprindelig (?:meddelelse|besked)|original meddelelse|"
    r"ursprungligt meddelande|originalmeddelande|opprinnelig melding|oryginalna wiadomość|wiadomość oryginalna|исходное сообщение|"
    r"оригинальное сообщение)\s*[-_]*[\s*_]*"
)
_FIELDS = re.compile(
    r"(?i)[\s>]*[*_]*\s*(?P<name>from|sent|date|to|cc|subject|reply-to|von|gesendet|datum|an|betreff|de|envoyé|envoyé le|date|à|objet|"
    r"enviado|enviado el|fecha|para|asunto|da|inviato|data|a|oggetto|van|verzonden|aan|onderwerp|enviada em|assunto|fra|sendt|til|emne|"
    r"från|skickat|till|ämne|od|wysłano|do|temat|от|отправлено|дата|кому|тема)\s*:[*_]*\s*(?P<value>.*)"
)
_OPENING = re.compile(
    r"(?i)[\s>*]*(?:on|le|am|el|il|op|em|den|w dniu|dnia|på|på den|il giorno|no dia|a|vào|\d{1,4}[./ -]|"
    r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? |[^\n<>]{1,60}<[^<>\s]+@[^<>\s]+>)(?=.)"
)
_WROTE = re.compile(
    r"(?i)(?:\bwrote|\bwrites|\bschrieb(?:en)?|\bécrit|\bescribió|\bha scritto|\bscritto|\bschreef|\bescreveu|\bskrev|\bnapisała?\(?a?\)?|"
    r"\bnapisał\(a\)|\bнаписала?|\bпишет|\bpisze)(?:\s+(?:via|to|on|in)\b[^:\n]{0,60}|[^:\n]{0,40})?\s*[:;]?\s*[*_]*$"
)
_DIGIT = re.compile(r"\d")
_RULE = re.compile(r"[\s>]*[-_=*]{5,}\s*")
_DEVICE = re.compile(
    r"(?i)[\s>(<\[*_]*(?:sent (?:from|with|via|using|by)\b|send from\b|from my\b|get (?:the )?\[?outlook\b|sent on the\b|"
    r"(?:von|mit) (?:meinem|meiner|mein)\b.*\bgesendet|gesendet (?:von|mit|über)\b|diese nachricht wurde (?:von|mit)\b|"
    r"envoyé (?:de|depuis|à partir)\b|télécharger outlook|enviado (?:desde|do|de|a partir)\b|obtener outlook|obter o outlook|"
    r"inviat[oa] d(?:a|al|allo)\b|scarica outlook|verzonden (?:vanaf|met|via|van)\b|sendt fra\b|hent outlook|skickat från\b|"
    r"wysłane? z\b|отправлено (?:с|из)\b|yahoo mail:|outlook for (?:ios|android)|從我的|iphoneから送信|从我的)"
)
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)|<?https?://\S+>?|<[^<>\s]+>")
LONGEST_DEVICE = 60  # characters; a longer line that begins so is a sentence
_LONGEST_LINE = 1_000  # characters; a longer line is a paragraph, and only its beginning is looked at
MOST_SIGNATURE = 12  # lines to the end


class Trimmed(NamedTuple):
    """Which lines are the sender's own (by number, in order), what was cut as text, and what is worth knowing."""

    kept: list[int]
    cuts: list[str]
    note: str = ""
    forwarded: int = -1  # the line "Forwarded message", -1 for none
    quoted: bool = False  # another mail was cut, not only a signature


def trimmed(lines: list[str]) -> Trimmed:
    """Decide line by line. Nothing left after cutting: nothing is cut."""
    whole = lines
    lines = [line if len(line) <= _LONGEST_LINE else f"{line[:60].strip()} …" for line in whole]
    forwarded = next((n for n, line in enumerate(lines) if len(line) < 120 and _is_forward(line)), -1)
    end = len(lines) if forwarded < 0 else forwarded
    kept = list(range(end))
    cuts: list[str] = []
    note = ""
    quoted = False
    for step in (_quote, _signature, _device, _rule_above):
        if step is _quote and forwarded >= 0:
            continue
        if step in (_signature, _device) and forwarded >= 0:
            continue
        left, found = step(lines, kept)
        if found == "between":
            note = "answers between quotes: nothing was cut"
            continue
        if left == kept or not any(lines[n].strip(" \t>-_*") for n in left):
            continue
        gone = sorted(set(kept) - set(left))
        if step is not _rule_above:
            cuts.append("\n".join(whole[n] for n in gone).strip("\n"))
        quoted = quoted or step is _quote
        kept = left
    return Trimmed(kept + list(range(end, len(lines))), [cut for cut in cuts if cut.strip()], note, forwarded, quoted)


def _is_forward(line: str) -> bool:
    stripped = line.strip(" >*_-")
    return bool(FORWARDED.fullmatch(line)) and ("-" in line or ":" in line or len(stripped.split()) <= 4)


def _quote(lines: list[str], kept: list[int]) -> tuple[list[int], str]:
    """The sender's own lines without a quoted mail below (or above, where the answer stands below it alone)."""
    for n in kept:
        if (_ORIGINAL.fullmatch(lines[n]) or _field_block(lines, n)) and any(lines[m].strip() for m in kept if m < n):
            return [m for m in kept if m < n], ""
    quoted = [n for n in kept if lines[n].lstrip().startswith(">")]
    marked = set(quoted)
    attribution = next((found for n in kept if (found := _attribution(lines, n))), None)
    if attribution:
        start, after = attribution
        below = [n for n in kept if n > after and lines[n].strip()]
        own = [n for n in below if n not in marked]
        above = any(lines[n].strip() for n in kept if n < start)
        if not any(n > after for n in quoted):  # a quotation without ">", as Yahoo and Apple make it
            return ([n for n in kept if n < start], "") if above else (kept, "")
        if not own:
            return [n for n in kept if n < start], ""
        last = max(n for n in quoted if n > after)
        if not above and all(n > last for n in own) and _one_stretch(lines, [n for n in quoted if n > after]):
            return own_lines(kept, last), ""
        if _only_closing(lines, own, last):
            return [n for n in kept if n < start], ""
        return kept, "between"
    if not quoted:
        return kept, ""
    after_quotes = [n for n in kept if n > quoted[0] and lines[n].strip() and n not in marked]
    if after_quotes:
        return (kept, "between") if any(n > quoted[0] for n in after_quotes) and len(quoted) > 1 else (kept, "")
    if all(n in marked for n in kept if lines[n].strip()):
        return kept, ""
    return [n for n in kept if n < quoted[0]], ""


def own_lines(kept: list[int], last: int) -> list[int]:
    """The lines below a quotation that stands at the top."""
    return [n for n in kept if n > last]


def _one_stretch(lines: list[str], quoted: list[int]) -> bool:
    marked = set(quoted)
    return all(not lines[n].strip() or n in marked for n in range(quoted[0], quoted[-1] + 1))


def _only_closing(lines: list[str], own: list[int], last: int) -> bool:
    """Whether nothing of the sender's but a signature stands below the quotation."""
    rest = [n for n in own if n > last]
    return (
        len(rest) == len(own)
        and bool(rest)
        and (lines[rest[0]].rstrip() == "--" or bool(_DEVICE.match(lines[rest[0]])))
    )


def _field_block(lines: list[str], n: int) -> bool:
    """Whether line `n` begins a block such as From: Sent: To: Subject: of a quoted mail."""
    first = _FIELDS.match(lines[n])
    if not first or len(lines[n]) > 300:
        return False
    names = {first["name"].lower()}
    gaps = 0
    for line in lines[n + 1 : n + 9]:
        found = _FIELDS.match(line)
        if found:
            names.add(found["name"].lower())
        elif not line.strip(" >"):
            gaps += 1
            if gaps > 3:
                break
    return len(names) >= 3


def _attribution(lines: list[str], n: int) -> tuple[int, int] | None:
    """First and last line of "On Monday … wrote:" if it begins on line `n`; it has three lines at most."""
    if not lines[n].strip() or not _OPENING.match(lines[n]):
        return None
    text = ""
    for last in range(n, min(n + 4, len(lines))):
        line = lines[last].strip(" \t>*_")
        if not line and last > n:
            return None
        text = f"{text} {line}".strip()
        if len(text) > 400:
            return None
        if _WROTE.search(text) and _DIGIT.search(text):
            if len(text.split()) > 40 or not _ends_there(lines, last, text):
                return None
            return n, last
    return None


def _ends_there(lines: list[str], last: int, text: str) -> bool:
    """A sentence of a story may hold "wrote" as well: an attribution ends in a colon, or is followed by a quotation, or
    names an address.
    """
    following = next((line for line in lines[last + 1 : last + 4] if line.strip()), "")
    return text.rstrip("*_ ").endswith((":", ";")) or following.lstrip().startswith(">") or "@" in text


def _signature(lines: list[str], kept: list[int]) -> tuple[list[int], str]:
    """What stands below "-- ", if it is short enough for a signature."""
    for n in reversed(kept):
        if lines[n].rstrip("\r\n") in ("-- ", "--", "--\u00a0"):
            below = [m for m in kept if m > n and lines[m].strip()]
            strict = lines[n] == "--"
            longest = max((len(lines[m]) for m in below), default=0)
            if len(below) <= (8 if strict else MOST_SIGNATURE) and longest <= (60 if strict else 100):
                return [m for m in kept if m < n], ""
            return kept, ""
    return kept, ""


def _device(lines: list[str], kept: list[int]) -> tuple[list[int], str]:
    """ "Sent from my phone" as the last line, or as the last lines."""
    left = list(kept)
    while left:
        line = lines[left[-1]]
        short = _LINK.sub(lambda match: match[1] or "", line).strip()
        if not line.strip() and len(left) > 1:
            left.pop()
            continue
        if short and len(short) <= LONGEST_DEVICE and _DEVICE.match(short):
            left.pop()
            continue
        break
    while len(left) < len(kept) and not lines[kept[len(left)]].strip():
        left.append(kept[len(left)])
    stay = set(left)
    return (left, "") if any(lines[n].strip() for n in kept if n not in stay) else (kept, "")


def _rule_above(lines: list[str], kept: list[int]) -> tuple[list[int], str]:
    """A ruled line or stray signs of quotation that stood above a quoted mail and now stand at the end."""
    if len(kept) == len(lines):
        return kept, ""
    left = list(kept)
    while left and (not lines[left[-1]].strip(" \t>") or _RULE.fullmatch(lines[left[-1]])):
        left.pop()
    return left, ""


class ForwardedHead(NamedTuple):
    """The block below "Forwarded message": who wrote, the subject, and the line where the text begins."""

    sender: str
    subject: str
    end: int


_SENDERS = frozenset(("from", "von", "de", "da", "van", "fra", "från", "od", "от"))
_SUBJECTS = frozenset(
    ("subject", "betreff", "objet", "asunto", "oggetto", "onderwerp", "assunto", "emne", "ämne", "temat", "тема")
)


def forwarded_head(lines: list[str], at: int) -> ForwardedHead:
    """Reads the fields below line `at`, which says that a mail was forwarded."""
    who = subject = ""
    end = at + 1
    blank = 0
    for n in range(at + 1, min(at + 16, len(lines))):
        found = _FIELDS.match(lines[n])
        if found:
            value = found["value"].strip(" *_")
            name = found["name"].lower()
            if name in _SENDERS and not who:
                who = value
            elif name in _SUBJECTS and not subject:
                subject = value
            end, blank = n + 1, 0
        elif lines[n].strip(" >\t"):
            if (
                end > at + 1
                and not blank
                and (lines[n].startswith((" ", "\t")) or lines[n].strip(" >").startswith("<"))
            ):
                end = n + 1
                continue
            break
        else:
            blank += 1
            if blank > 2:
                break
    return ForwardedHead(who, subject, end)
