"""A letter as an e-mail file, to be opened in a mail program, looked at and sent."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import NamedTuple

from milebook.model.book import Book
from milebook.model.draft import Stamp
from milebook.permissions.names import folded, listed
from milebook.permissions.requests.letters import Letter


class Attachment(NamedTuple):
    """A file that goes with a letter. `type` is its media type."""

    name: str
    type: str
    data: bytes


def can_be_mailed(letter: Letter) -> bool:
    """Whether there is an address that an e-mail can be sent to."""
    return bool(letter.email) and _address(letter.signer, letter.email) is not None


def message_id(signer: str, email: str, day: str) -> str:
    """The Message-ID of the letter that was sent to somebody on a day, by which an answer to it is known."""
    digest = hashlib.sha256(f"{folded(signer)}\0{email.strip().casefold()}\0{day}".encode()).hexdigest()[:32]
    return f"<{digest}@milebook.invalid>"


def to_eml(letter: Letter, book: Book, stamp: Stamp, attachments: Sequence[Attachment] = ()) -> tuple[bytes, str]:
    """The letter as an e-mail to be opened, looked at and sent, and what is wrong with its address ("" if nothing).

    One recipient at most. Same letter and stamp, same bytes.
    """
    message = EmailMessage(policy=SMTP)
    problem = ""
    message["Subject"] = _one_line(letter.subject)
    contact = book.info.contact
    sender = _address(contact.get("name") or listed(book.info.authors), contact.get("email", ""))
    if sender is not None:
        message["From"] = sender
    if letter.email:
        to = _address(letter.signer, letter.email)
        if to is None:
            problem = f"“{letter.email}” is not an address that an e-mail can be sent to"
        else:
            message["To"] = to
    message["Date"] = format_datetime(datetime.fromtimestamp(stamp.epoch, UTC))
    message["Message-ID"] = message_id(letter.signer, letter.email, stamp.date)
    message["X-Unsent"] = "1"
    message.set_content(letter.body, subtype="plain", charset="utf-8", cte="quoted-printable")
    for attached in attachments:
        main, _, sub = attached.type.partition("/")
        message.add_attachment(attached.data, maintype=main, subtype=sub, filename=attached.name)
    if attachments:  # one of its own choice would be another every time
        message.set_boundary(f"=_{message_id(letter.signer, letter.subject, stamp.date)[1:33]}")
    return message.as_bytes(), problem


def _address(name: str, email: str) -> Address | None:
    email = email.strip()
    if not email or not email.isascii() or re.search(r"[\s,;<>\x00-\x1f\x7f]", email):
        return None
    try:
        return Address(_one_line(name), addr_spec=email)
    except (ValueError, MessageError, IndexError):
        return None


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
