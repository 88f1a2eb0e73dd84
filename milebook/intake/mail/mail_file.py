"""A file with one mail: `.eml` as every program saves it, `.emlx` of Apple Mail."""

from __future__ import annotations

from collections.abc import Iterator

from milebook.intake.inputs import Input, TooLarge
from milebook.intake.items import Found
from milebook.intake.mail.mbox import MOST_MAIL
from milebook.intake.mail.message import How, found
from milebook.intake.options import Options


def read(one: Input, options: Options) -> Iterator[Found]:
    """The mail. Raises TooLarge and OSError."""
    if one.size > MOST_MAIL + 1_000_000:
        raise TooLarge(
            f"the mail has {one.size / 1e6:,.0f} MB; at most {MOST_MAIL / 1e6:,.0f} MB are read: ask for the photos one by one"
        )

    def again() -> bytes:
        return mail_in(one.path.read_bytes())

    yield found(again(), one.shown, How(options.encoding, options.keep_quotes, options.accept_changes), again=again)


def mail_in(data: bytes) -> bytes:
    """The bytes of the mail in a file: Apple Mail puts its length before it, and settings of its own after it."""
    first, newline, _ = data[:40].partition(b"\n")
    if newline and first.strip().isdigit():
        start = len(first) + 1
        return data[start : start + int(first)]
    return data
