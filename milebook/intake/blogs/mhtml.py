"""A web page saved as a single file (`.mhtml`): the page and its pictures in the form of a mail."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from urllib.parse import urljoin

from milebook.intake.blogs.pages import Page, items_of
from milebook.intake.inputs import Input
from milebook.intake.items import Found, Original, Picture
from milebook.intake.mail import mime
from milebook.intake.mail.parts import text_of
from milebook.intake.mail.picture_places import embedded
from milebook.intake.options import Options
from milebook.intake.pictures import HEAD, picture


def read(one: Input, options: Options) -> Iterator[Found]:
    """The post, then the comments in the order of the page. Raises TooLarge and OSError."""
    data = one.read()
    headers, parts = mime.message(data)
    page = next((part for part in parts if part.kind == "text/html"), None)
    if page is None:
        return
    address = headers.raw("snapshot-content-location").strip() or page.headers.raw("content-location").strip()
    by_address = {part.headers.raw("content-location").strip(): part for part in parts}
    by_id = {part.content_id: part for part in parts if part.content_id}

    def page_again() -> bytes:
        return mime.message(one.path.read_bytes())[1][page.number].data()

    def find(written: str) -> Picture | None:
        if written.lower().startswith("data:"):
            return embedded(written, page_again)
        part = by_id.get(written[4:]) if written.startswith("cid:") else by_address.get(_joined(address, written))
        if part is None:
            return None
        number = part.number

        def again() -> bytes:
            return mime.message(one.path.read_bytes())[1][number].data()

        return picture(written.partition("#")[0].rpartition("/")[2].partition("?")[0], part.data(HEAD), again)[0]

    original = Original(".mhtml", hashlib.sha256(data).hexdigest(), one.path.read_bytes)
    name = address if address.startswith("http") else one.name
    yield from items_of(
        Page(text_of(page, options.encoding), name.partition("#")[0], one.shown, one.name, original, find)
    )


def _joined(page: str, written: str) -> str:
    """The whole address of what a page at the address `page` names; as written where one of the two is no address."""
    try:
        return urljoin(page, written)
    except ValueError:  # brackets around what is no number of a machine
        return written
