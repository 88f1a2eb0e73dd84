"""A mailbox: the mails in one file, as Google Takeout, Thunderbird and Apple Mail export them, read one at a time."""

from __future__ import annotations

from collections.abc import Iterator

from milebook.intake.inputs import Input
from milebook.intake.items import Found
from milebook.intake.mail.mbox import MOST_MAIL, messages, unescaped
from milebook.intake.mail.message import How, envelope, found, unread
from milebook.intake.options import Options


def read(one: Input, options: Options) -> Iterator[Found]:
    """The mails in the order of the file. Raises OSError."""
    how = How(options.encoding, options.keep_quotes, options.accept_changes)
    for message in messages(one.path):
        start, end = message.start, message.end
        if not message.data:
            size = (end - start) / 1e6
            why = f"the mail has {size:,.0f} MB; at most {MOST_MAIL / 1e6:,.0f} MB are read: ask for the photos one by one"
            yield unread(one.shown, why, f"part:{one.shown}:{start}")
            continue

        def again(start: int = start, end: int = end) -> bytes:
            with one.path.open("rb") as handle:
                handle.seek(start)
                return unescaped(handle.read(end - start))

        try:
            data = unescaped(message.data)
            if options.kept and (known := envelope(data, one.shown, again, message.line)).original_name in options.kept:
                item = known
            else:
                item = found(data, one.shown, how, again=again, from_line=message.line)
        except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
            item = unread(one.shown, f"the mail is damaged ({type(error).__name__})", f"part:{one.shown}:{start}")
        yield item
