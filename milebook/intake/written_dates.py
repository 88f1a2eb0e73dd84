"""Dates as pages, exports and forms write them: "September 12, 2013 at 8:00 am", "12. September 2013", "9/7/26 8:00"."""

from __future__ import annotations

import re
from datetime import date

_NAMES = (
    ("january", "jan", "januar", "jänner", "janvier", "janv", "enero", "ene", "gennaio", "gen", "januari", "janeiro", "styczeń", "stycznia", "января"),
    ("february", "feb", "februar", "février", "févr", "febrero", "febbraio", "februari", "fevereiro", "fev", "luty", "lutego", "февраля"),
    ("march", "mar", "märz", "mär", "mars", "marzo", "maart", "mrt", "março", "marzec", "marca", "марта"),
    ("april", "apr", "avril", "avr", "abril", "abr", "aprile", "kwiecień", "kwietnia", "апреля"),
    ("may", "mai", "mayo", "maggio", "mag", "mei", "maio", "maj", "maja", "мая"),
    ("june", "jun", "juni", "juin", "junio", "giugno", "giu", "junho", "czerwiec", "czerwca", "июня"),
    ("july", "jul", "juli", "juillet", "juil", "julio", "luglio", "lug", "julho", "lipiec", "lipca", "июля"),
    ("august", "aug", "août", "agosto", "ago", "augustus", "augusti", "sierpień", "sierpnia", "августа"),
    ("september", "sep", "sept", "septembre", "septiembre", "settembre", "set", "setembro", "wrzesień", "września", "сентября"),
    ("october", "oct", "oktober", "okt", "octobre", "octubre", "ottobre", "ott", "outubro", "out", "październik", "października", "октября"),
    ("november", "nov", "novembre", "noviembre", "novembro", "listopad", "listopada", "ноября"),
    ("december", "dec", "dezember", "dez", "décembre", "déc", "diciembre", "dic", "dicembre", "desember", "des", "dezembro", "grudzień", "grudnia", "декабря"),
)  # fmt: skip
MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names}
_WORD = r"(?P<month>[^\W\d_]{3,12})\.?"
_PATTERNS = (
    re.compile(r"(?P<year>\d{4})-(?P<number>\d{1,2})-(?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?P<year>\d{4})/(?P<number>\d{1,2})/(?P<day>\d{1,2})(?!\d)"),
    re.compile(rf"{_WORD}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,|\s)\s*(?P<year>\d{{4}})", re.IGNORECASE),
    re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?(?:\s+de|\s+of)?[\s-]+{_WORD}(?:\s+de|\s+del)?[\s,-]+(?P<year>\d{{4}})", re.IGNORECASE),
    re.compile(r"(?<!\d)(?P<day>\d{1,2})\.\s?(?P<number>\d{1,2})\.\s?(?P<year>\d{4})(?!\d)"),
)  # fmt: skip
SLASHED = re.compile(r"\s*(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})\b(.*)", re.DOTALL)
_CLOCK = re.compile(r"(?<![\d:])(\d{1,2})[:.h](\d{2})(?::(\d{2}))?\s*([ap])?\.?m?\b", re.IGNORECASE)


def moment_in(text: str) -> str:
    """The first date in a text as ISO date and time, "2013-09-12T08:00:00"; "" for none. The time is midnight where none is said."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(text[:2_000]):
            groups = match.groupdict()
            word = (groups.get("month") or "").lower()
            month = int(groups["number"]) if groups.get("number") else MONTHS.get(word, 0)
            year, day = int(groups["year"]), int(groups["day"])
            if 1 <= month <= 12 and 1 <= day <= 31 and 1980 <= year < 2100 and _is_day(year, month, day):
                return f"{year:04}-{month:02}-{day:02}T{_clock(text[match.end() : match.end() + 40])}"
    return ""


def slashed(text: str, order: str) -> str:
    """A text that begins with a date such as "9/7/26 5:03 PM", read as "dmy" or "mdy"; "" for what is no date."""
    match = SLASHED.match(text)
    if not match:
        return ""
    day, month = (int(match[1]), int(match[3])) if order == "dmy" else (int(match[3]), int(match[1]))
    year = int(match[4]) + (2000 if len(match[4]) == 2 else 0)
    return f"{year:04}-{month:02}-{day:02}T{_clock(match[5])}" if _is_day(year, month, day) else ""


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _clock(rest: str) -> str:
    match = _CLOCK.search(rest)
    if not match:
        return "00:00:00"
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    half = (match[4] or "").lower()
    if half == "p" and hour < 12:
        hour += 12
    if half == "a" and hour == 12:
        hour = 0
    return f"{min(hour, 23):02}:{min(minute, 59):02}:{min(second, 59):02}"
