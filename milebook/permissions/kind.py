"""One kind of permission: how what needs it is found, asked for, listed and left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from milebook.permissions.lists.log_entry import Entry
from milebook.permissions.need import Need
from milebook.permissions.requests.asked import Asked, Letterhead
from milebook.permissions.subjects import Subject


def _no_columns(entry: Entry) -> Mapping[str, object]:
    return {}


class Kind(NamedTuple):
    """A row of KINDS: how needs of this kind are found, asked for, listed and left out.

    `leaves_out` says what cannot be printed while such an item is open: the subject as a whole ("story") or the photo.
    `columns` gives the kind's own cells of the publisher's log (see publisher_log.LOG_COLUMNS); other cells say "n/a" or "none".
    """

    name: str
    printed: str
    find: Callable[[Subject], Iterator[Need]]
    leaves_out: str = "story"
    art: bool = False  # goes into the art part of the log
    request: Callable[[Need, Subject, Letterhead], Asked] | None = None  # what a letter says; None: to print it
    columns: Callable[[Entry], Mapping[str, object]] = _no_columns
    printed_as: Callable[[Need], str] | None = None  # a closer word than `printed` for the lists: lyric, poem
