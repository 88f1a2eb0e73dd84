"""Find dates that are much later than all others: a mistyped year, which would move the date of the draft."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from milebook.model.agreements import every_agreement
from milebook.model.findings import Finding, Place
from milebook.model.index import Index

FAR = 366  # days between a story's arrival and the date of the book, or every other day
LATE = 5 * 366  # the same for an agreement: some holders answer years later
_DAYS = ("requested", "granted", "edit_approved")


def days_of_index(index: Index) -> Iterator[tuple[str, Place]]:
    """Every day on which something happened, as YYYY-MM-DD, with its place; one that stands nowhere has an empty place."""
    for story in index.stories:
        if story.received:
            yield story.received, story.at("received")
    for agreement in every_agreement(index):
        for name in _DAYS:
            day = getattr(agreement, name)
            if day:
                yield day, agreement.places.get(name, agreement.place)


def far_dates(index: Index) -> list[Finding]:
    """Days long after the date of the book, or, where it has none, after every other day in the index."""
    days = list(dict.fromkeys(days_of_index(index)))
    written = sorted({day for day, _ in days})
    if index.info.date:
        limit, against = index.info.date, f"the date of the book, {index.info.date}"
    elif len(written) > 1:
        limit, against = written[-2], "every other date in the index"
    else:
        return []
    arrivals = {(story.received, story.at("received")) for story in index.stories}
    moved = "" if index.info.date else ", and the draft is dated by it"
    return [
        Finding(
            "MB134",
            f"{day} is more than {'five years' if far == LATE else 'a year'} after {against}{moved}",
            place,
            "check the year",
        )
        for day, place in days
        for far in (FAR if (day, place) in arrivals else LATE,)
        if (date.fromisoformat(day) - date.fromisoformat(limit)).days > far
    ]
