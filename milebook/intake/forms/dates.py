"""The dates of a form's column: one way of writing for the whole column, the one that reads every cell, never a guess."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from milebook.intake.written_dates import moment_in

_SLASHED = re.compile(r"\s*(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})\b(.*)", re.DOTALL)
_SERIAL = re.compile(r"\s*(\d{5})(?:\.(\d+))?\s*")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp])?\.?[Mm]?")


class Dates(NamedTuple):
    """ISO dates and times for the cells, "" where a cell says nothing; `question` asks the user, "" if all is clear."""

    moments: list[str]
    question: str = ""
    note: str = ""


def read_dates(cells: Sequence[str], wanted: str = "") -> Dates:
    """Read a column. `wanted` is "dmy" or "mdy" where the user said so."""
    written = [cell.strip() for cell in cells]
    filled = [cell for cell in written if cell]
    if not filled:
        return Dates([""] * len(written))
    if all(_SERIAL.fullmatch(cell) for cell in filled):
        return Dates([_serial(cell) if cell else "" for cell in written])
    if not all(_SLASHED.match(cell) for cell in filled):
        return Dates([moment_in(cell) for cell in written])
    readings = {order: [_slashed(cell, order) if cell else "" for cell in written] for order in ("dmy", "mdy")}
    whole = [
        order
        for order, moments in readings.items()
        if all(moment or not cell for cell, moment in zip(written, moments, strict=True))
    ]
    if wanted in readings:
        return Dates(readings[wanted])
    if len(whole) == 1:
        return Dates(readings[whole[0]])
    signs = {match[2] for cell in filled if (match := _SLASHED.match(cell))}
    if signs == {"."}:
        return Dates(readings["dmy"])
    if whole and readings["dmy"] == readings["mdy"]:
        return Dates(readings["dmy"])
    if whole and all(re.match(r"[1-9]\d?/[1-9]\d?/\d{2}\b(?!\d)", cell) for cell in filled):
        return Dates(
            readings["mdy"],
            note="dates such as 7/9/26 were read as month, day, year, as Excel writes them in the United States",
        )
    first = next(
        (cell for cell, a, b in zip(written, readings["dmy"], readings["mdy"], strict=True) if cell and a != b),
        filled[0],
    )
    day = _SLASHED.match(first)
    shown = first[: day.start(5)].strip() if day else first
    return Dates(
        [""] * len(written),
        f"is {shown} a day of month {day[3] if day else '?'} or of month {day[1] if day else '?'}? Say --dates dmy or --dates mdy",
    )


def _slashed(cell: str, order: str) -> str:
    match = _SLASHED.match(cell)
    if not match:
        return ""
    day, month = (int(match[1]), int(match[3])) if order == "dmy" else (int(match[3]), int(match[1]))
    year = int(match[4]) + (2000 if len(match[4]) == 2 else 0)
    clock = _CLOCK.search(match[5])
    hour, minute, second = (int(clock[1]), int(clock[2]), int(clock[3] or 0)) if clock else (0, 0, 0)
    half = (clock[4] or "").lower() if clock else ""
    hour = hour + 12 if half == "p" and hour < 12 else 0 if half == "a" and hour == 12 else hour
    try:
        return datetime(year, month, day, hour, minute, second).isoformat()
    except ValueError:
        return ""


def _serial(cell: str) -> str:
    """A day as Excel counts them, from the end of 1899."""
    moment = datetime(1899, 12, 30) + timedelta(days=float(cell))
    return (moment + timedelta(microseconds=500_000)).replace(microsecond=0).isoformat()
