"""Keep the day on which wider or renewed terms were asked for, beside what is granted.

What is granted stays granted while wider or renewed terms are asked for, so that the day stands in the notes.
"""

from __future__ import annotations

import re

from milebook.model.book import Agreement

_NOTE = re.compile(r"asked again on (\d{4}-\d{2}-\d{2})")


def asked_again(terms: Agreement) -> str:
    """The day on which other terms were asked for and have not been answered since, "" if they were not."""
    days = _NOTE.findall(terms.notes)
    return max(days) if days and max(days) >= terms.granted else ""


def noted(notes: str, day: str) -> str:
    """The notes with that day in them."""
    words = f"asked again on {day}"
    before = notes.rstrip()
    if words in notes or not before:
        return notes if words in notes else words
    return f"{before}{' ' if before.endswith(('.', '!', '?')) else '; '}{words}"


def other_notes(notes: str) -> str:
    """The notes without those days: what the author wrote."""
    return _NOTE.sub("", notes).strip("; ")
