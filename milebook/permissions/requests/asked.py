"""One thing that a letter asks for, and from whom to whom the letter goes, as values."""

from __future__ import annotations

from typing import NamedTuple

from milebook.model.book import BookInfo


class Letterhead(NamedTuple):
    """From whom a letter comes and to whom it goes."""

    info: BookInfo
    signer: str  # legal name, "" if nobody is known

    @property
    def we(self) -> str:
        return "I" if len(self.info.authors) == 1 else "we"

    @property
    def us(self) -> str:
        return "me" if len(self.info.authors) == 1 else "us"


class Asked(NamedTuple):
    """One thing asked for: "to print your story …", the details under it as (name, value), and the photo it is about."""

    sentence: str  # begins with "to", without a full stop
    details: tuple[tuple[str, str], ...] = ()
    photo: str = ""  # path under the book folder, of the picture to be shown
