"""The dates of a form's column: one way of writing for the whole column, the one that reads every cell, never a guess."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from milebook.intake.written_dates import SLASHED, moment_in, slashed

_SERIAL = re.compile(r"\s*(\d{5})(?:\.(\d+))?\s*")


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
    if not all(SLASHED.match(cell) for cell in filled):
        return Dates([moment_in(cell) for cell in written])
    readings = {order: [slashed(cell, order) if cell else "" for cell in written] for order in ("dmy", "mdy")}
    whole = [
        order
        for order, moments in readings.items()
        if all(moment or not cell for cell, moment in zip(written, moments, strict=True))
    ]
    if wanted in readings:
        return Dates(readings[wanted])
    if len(whole) == 1:
        return Dates(readings[whole[0]])
    signs = {match[2] for cell in filled if (match := SLASHED.match(cell))}
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
    day = SLASHED.match(first)
    shown = first[: day.start(5)].strip() if day else first
    return Dates(
        [""] * len(written),
        f"is {shown} a day of month {day[3] if day else '?'} or of month {day[1] if day else '?'}? Say --dates dmy or --dates mdy",
    )


def _serial(cell: str) -> str:
    """A day as Excel counts them, from the end of 1899."""
    moment = datetime(1899, 12, 30) + timedelta(days=float(cell))
    return (moment + timedelta(microseconds=500_000)).replace(microsecond=0).isoformat()
