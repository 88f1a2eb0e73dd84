"""What people type into the cells of a checklist: statuses, days, formats, territories, languages.

Only milebook's own words count, in capitals or not: any other status is no status, and neither is a day that could be two.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from typing import NamedTuple

from milebook.index.edit import Value
from milebook.model.book import AGREEMENT_STATUSES, FORMATS
from milebook.model.near_names import nearest
from milebook.model.status_words import AGREEMENT_STATUS_MEANT, status_meant
from milebook.permissions.answers.checklist_sheet import FIRST_DAY, Cell, month, shown
from milebook.permissions.country_codes import countries, unknown_part

DAYS = ("requested", "granted", "expires")
_LONGEST = 2000  # characters
_JOINERS = "\u200c\u200d\u00ad"  # zero-width non-joiner and joiner, soft hyphen


class Read(NamedTuple):
    """A cell as the index would have it; or, with `value` "", what is wrong with it and what to write."""

    value: Value
    fact: str = ""
    cure: str = ""


def read_cell(column: str, cell: Cell, first_day: date = FIRST_DAY) -> Read:
    """What a cell of a column to be filled in says."""
    word = shown(cell).strip()
    if column == "status":
        return _status(word)
    if column in DAYS:
        day, cure = read_day(cell, first_day)
        return Read(day) if day else Read("", f"“{word}” is no day that can be told", cure)
    if column == "formats":
        formats = _words(word)
        if all(one in FORMATS for one in formats):
            return Read(formats)
        return Read("", f"“{word}” are no formats", f"write some of {', '.join(FORMATS)}, with commas")
    if column == "territory":
        if countries(word) is not None:
            return Read(word)
        return Read(
            "",
            f"“{unknown_part(word)}” is no territory that milebook knows",
            "write world, Europe, or countries: US, Canada",
        )
    if column == "languages":
        tags = _words(word)
        if all(re.fullmatch(r"all|[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", one) for one in tags):
            return Read(tags)
        return Read("", f"“{word}” are no codes of languages", "write en, de or all, with commas")
    if not is_one_line(word) or len(word) > _LONGEST:
        return Read("", f"{column} has a line break in it, or is too long", "write one line")
    return Read(word.replace("\\", "/") if column == "evidence" else word)


def is_one_line(text: str) -> bool:
    """Whether a text has neither line breaks nor control characters. No-break spaces and the joiners inside emoji and names
    are no harm.
    """
    return all(sign.isprintable() or sign in _JOINERS or unicodedata.category(sign) == "Zs" for sign in text)


def _status(word: str) -> Read:
    folded = re.sub(r"[\s_-]+", "_", word.casefold())
    if folded in AGREEMENT_STATUSES:
        return Read(folded)
    near = status_meant(word, AGREEMENT_STATUS_MEANT) or nearest(word, AGREEMENT_STATUSES)
    cure = f"did you mean {near}?" if near else f"write one of {', '.join(AGREEMENT_STATUSES)}"
    return Read("", f"“{word}” is no status", cure)


def _words(text: str) -> tuple[str, ...]:
    return tuple(filter(None, re.split(r"[\s,;]+", text)))


_TIME = r"(?:[T ]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?)?"
_ISO = re.compile(rf"(\d{{4}})[-/](\d{{1,2}})[-/](\d{{1,2}}){_TIME}")
_DOTS = re.compile(rf"(\d{{1,2}})\.\s?(\d{{1,2}})\.\s?(\d{{4}}){_TIME}")
_SLASHES = re.compile(rf"(\d{{1,2}})[/-](\d{{1,2}})[/-](\d{{4}}){_TIME}")
_ANY_ORDER = re.compile(rf"(\d{{1,2}})[/.-](\d{{1,2}})[/.-](\d{{4}}|\d{{2}}){_TIME}")
_DAY_MONTH = re.compile(r"(\d{1,2})[\s-]([A-Za-z]{3,9})\.?,?[\s-](\d{4})")
_MONTH_DAY = re.compile(r"([A-Za-z]{3,9})\.?\s(\d{1,2}),?\s(\d{4})")
_COUNTED = range(36526, 73051)  # the years 2000 to 2100 in days from FIRST_DAY


def read_day(cell: Cell, first_day: date = FIRST_DAY) -> tuple[str, str]:
    """A day as ISO text, and ""; or "" and what to write, for what is no day or could be two.

    A number in a workbook counts days from `first_day`: what a cell holds whose format as a date was lost.
    """
    cure = "write it like 2026-03-09"
    if isinstance(cell, date):
        return cell.isoformat(), ""
    if isinstance(cell, int | float):
        day = first_day + timedelta(days=int(cell)) if 0 < cell < _COUNTED.stop else None
        return (day.isoformat(), "") if day and 2000 <= day.year <= 2100 else ("", cure)
    word = shown(cell).strip()
    if found := _ISO.fullmatch(word):
        return _day(int(found[1]), int(found[2]), int(found[3])), cure
    if found := _DOTS.fullmatch(word):
        return _day(int(found[3]), int(found[2]), int(found[1])), cure
    if found := _SLASHES.fullmatch(word):
        one, two, year = int(found[1]), int(found[2]), int(found[3])
        readings = {_day(year, one, two), _day(year, two, one)} - {""}
        if len(readings) == 1:
            return readings.pop(), ""
        if readings:
            return "", f"it may be {' or '.join(sorted(readings))}: write one of the two"
    if found := _DAY_MONTH.fullmatch(word):
        return _day(int(found[3]), month(found[2]), int(found[1])), cure
    if found := _MONTH_DAY.fullmatch(word):
        return _day(int(found[3]), month(found[1]), int(found[2])), cure
    if re.fullmatch(r"\d{5}", word) and int(word) in _COUNTED:
        return (
            "",
            "this is how spreadsheets count days: show the column as dates and save it again, or write it like 2026-03-09",
        )
    return "", cure


def possible_days(cell: Cell, first_day: date = FIRST_DAY) -> set[str]:
    """Every day, as ISO text, that a cell may mean. Programs write the days of a CSV anew in the order of their country."""
    if (day := read_day(cell, first_day)[0]) or not (found := _ANY_ORDER.fullmatch(shown(cell).strip())):
        return {day} - {""}
    one, two, year = int(found[1]), int(found[2]), int(found[3])
    year += 2000 if year < 100 else 0
    return {_day(year, one, two), _day(year, two, one)} - {""}


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat() if 1900 <= year <= 2200 else ""
    except ValueError:
        return ""
