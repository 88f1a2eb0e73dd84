"""The date, the build id and the version of a run; and the clock, which only proofs and notes about permissions ask."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from milebook import __version__
from milebook.model.draft import Stamp

EARLIEST = date(1980, 1, 1)  # zip archives know nothing before


def make_stamp(book_date: str, inputs: Mapping[str, str], settings: str, *, proof: bool = False) -> Stamp:
    """The Stamp of one run.

    `book_date` is an ISO day ("" if the book has none), `inputs` maps every file that was read to its SHA-256, and `settings`
    is text that names whatever else shapes the result (layout, mode, chapters). SOURCE_DATE_EPOCH overrides the date, as in
    https://reproducible-builds.org/specs/source-date-epoch/. The clock is asked for a proof alone, and only when that is not set.
    """
    moment = _from_environment() or _from_book(book_date)
    digest = hashlib.sha256(settings.encode("utf-8", "surrogateescape"))
    for path in sorted(inputs):
        digest.update(f"{path}\0{inputs[path]}\0".encode("utf-8", "surrogateescape"))
    made = _now().strftime("%Y-%m-%d %H:%M UTC") if proof else ""
    return Stamp(__version__, digest.hexdigest()[:12], moment.date().isoformat(), int(moment.timestamp()), made)


def today() -> str:
    """The day of a letter or a note about it, by the world's clock."""
    return _now().date().isoformat()


def latest_day(book_date: str) -> str:
    """The last day that can be written down: today, by this computer's calendar or by the world's clock (a letter is dated by
    that), or the book's own date. SOURCE_DATE_EPOCH stands for a moment whose day is another somewhere on earth.
    """
    here = _now().date() + timedelta(days=1) if os.environ.get("SOURCE_DATE_EPOCH") else date.today()
    return max(here.isoformat(), today(), book_date)


def _now() -> datetime:
    return _from_environment() or datetime.now(UTC)


def _from_environment() -> datetime | None:
    written = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not written.isdigit() or len(written) > 11:
        return None
    try:
        moment = datetime.fromtimestamp(int(written), UTC)
    except (OverflowError, OSError, ValueError):
        return None
    return max(moment, _midnight(EARLIEST))


def _from_book(written: str) -> datetime:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        day = EARLIEST
    return _midnight(max(day, EARLIEST))


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
