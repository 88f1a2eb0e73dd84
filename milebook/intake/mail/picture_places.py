"""Where in a mail's text its pictures stand: by the HTML that shows them, or by a line such as "[image: gate.jpg]"."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from milebook.intake.html_text import Shown
from milebook.intake.items import Passage, Picture
from milebook.intake.mail.mime import from_base64
from milebook.intake.pictures import HEAD, own_alt, picture
from milebook.intake.titles import only_letters

_DATA = re.compile(rb"data:image/[\w.+-]{1,30}(?:;[\w=-]{1,40}){0,3},([A-Za-z0-9+/=\s%_-]+)", re.IGNORECASE)
_MARK = re.compile(
    r"\[(?:image|inline image ?\d*|cid|bild|photo|imagen|imagem|immagine|afbeelding|obraz|рисунок)[:;]? ?([^\]]*)\]|<([^<>/\s]+\.\w{3,4})>",
    re.IGNORECASE,
)
_CID = re.compile(r" ?\[cid:[^\]\s]{1,200}\]")
_ANCHOR = 40  # letters by which the passage beside a picture is found again
_LOGO = 120_000  # pixels; what stands in a signature and has fewer is a logo or a portrait, and no photo of a story


class Seen(NamedTuple):
    """A picture as a mail's HTML shows it. `after` is its place among the passages of the mail's text, if that is the HTML;
    else the words on both sides of it say where it stands.
    """

    image: Shown
    part: int  # the number of the HTML part
    after: int | None
    before: str = ""
    behind: str = ""
    by_signature: bool = False  # the words beside it were cut


def seen_elsewhere(images: Sequence[Shown], passages: Sequence[Passage], part: int) -> Iterator[Seen]:
    """The pictures of HTML whose words are not taken, because the same mail has them as plain text."""
    for image in images:
        before = next((one.text for one in reversed(passages[: image.after]) if only_letters(one.text)), "")
        behind = next((one.text for one in passages[image.after :] if only_letters(one.text)), "")
        yield Seen(image, part, None, before, behind)


def place(
    passages: list[Passage],
    pictures: list[Picture],
    seen: Sequence[Seen],
    by_id: dict[str, Picture],
    read: Callable[[int], bytes],
    cuts: Sequence[str] = (),
) -> tuple[list[Passage], list[str]]:
    """Give the pictures their place, alt text and caption; those in the HTML itself are added to `pictures`.

    The passages without lines that only stand for a picture, and what is worth knowing.
    """
    notes: list[str] = []
    cut = only_letters(" ".join(cuts))
    web = 0
    for one in seen:
        address = one.image.address
        scheme = address.partition(":")[0].lower()
        if scheme in ("http", "https") or address.startswith("//"):
            web += 1
            continue
        found = _picture(one, pictures, by_id, read)
        if found is None:
            if scheme == "cid":
                notes.append("the mail shows a picture that did not come with it")
            continue
        if all(held is not found for held in pictures):
            continue  # left out already, where it was shown before
        if _is_logo(found, one, passages, cut):
            pictures[:] = [held for held in pictures if held is not found]
            size = f"{found.pixels[0]} × {found.pixels[1]} pixels"
            notes.append(f"left out: {found.name or 'an image'} of {size}, which stands in the signature")
            continue
        alt = own_alt(one.image.alt)
        found.alt = "" if alt.lower() in (found.name.lower(), "image", "photo", "picture") else alt
        found.caption = found.caption or one.image.caption
        found.after = one.after if one.after is not None else beside(passages, one.before, one.behind)
    passages = _without_marks(passages, pictures, by_id)
    for held in pictures:
        if held.after is not None and held.after >= len(passages):
            held.after = None
    if web:
        notes.append(f"{'a picture' if web == 1 else f'{web} pictures'} on the web, shown in the mail and not fetched")
    return passages, notes


def _is_logo(found: Picture, seen: Seen, passages: Sequence[Passage], cut: str) -> bool:
    """Whether a picture is small, and the words beside it were cut with the signature. `cut` are the letters of all that was."""
    width, height = found.pixels
    if not 0 < width * height < _LOGO or not passages:
        return False
    if seen.after is not None:
        return seen.by_signature
    beside_it = only_letters(seen.behind)[:_ANCHOR] or only_letters(seen.before)[-_ANCHOR:]
    return bool(beside_it) and beside_it in cut


def _picture(
    one: Seen, pictures: list[Picture], by_id: dict[str, Picture], read: Callable[[int], bytes]
) -> Picture | None:
    address = one.image.address
    if address.lower().startswith("cid:"):
        ident = address[4:].strip("<>")
        named = (held for held in pictures if held.name and held.name == ident)
        return by_id.get(ident) or next(named, None)
    if address.lower().startswith("data:"):
        part = one.part
        found = embedded(address, lambda: read(part))
        if found is not None:
            pictures.append(found)
        return found
    return None


def embedded(address: str, read: Callable[[], bytes]) -> Picture | None:
    """The picture that an address holds itself (“data:image/png;base64,…”). `read` gives the page again, later."""
    match = _DATA.fullmatch(address.encode("ascii", "replace"))
    data = from_base64(unquote_to_bytes(match[1])) if match else b""
    digest = hashlib.sha256(data).digest()

    def again() -> bytes:
        every = (from_base64(unquote_to_bytes(one[1])) for one in _DATA.finditer(read()))
        return next((one for one in every if hashlib.sha256(one).digest() == digest), b"")

    return picture("", data[:HEAD], again)[0]


def beside(passages: Sequence[Passage], before: str, behind: str = "") -> int | None:
    """The place among passages after the words `before` or before the words `behind`; None where neither is there."""
    texts = [only_letters(passage.text) for passage in passages]
    before, behind = only_letters(before)[-_ANCHOR:], only_letters(behind)[:_ANCHOR]
    if before:
        at = next((n for n, text in enumerate(texts) if text.endswith(before)), None)
        if at is not None:
            return at + 1
    if behind:
        at = next((n for n, text in enumerate(texts) if text.startswith(behind)), None)
        if at is not None:
            return at
    return None


def _without_marks(passages: list[Passage], pictures: list[Picture], by_id: dict[str, Picture]) -> list[Passage]:
    """The passages without those that are a program's mark for a picture; the picture it means stands there."""
    kept: list[Passage] = []
    at = 0
    while at < len(passages):
        one, length = passages[at], _bracketed(passages, at)
        text = " ".join(" ".join(part.text.split()) for part in passages[at : at + length])
        at += length
        match = _MARK.fullmatch(text)
        name = ((match[1] or match[2] or "") if match else text[1:-1] if text[:1] + text[-1:] == "[]" else "").strip()
        found = by_id.get(name) or next((held for held in pictures if name and _is_named(held, name)), None)
        if found is None:
            at -= length - 1
            marked = "[cid:" in one.text and any(_CID.search(span.text) for span in one.spans)
            if marked:
                one = one._replace(spans=tuple(span._replace(text=_CID.sub("", span.text)) for span in one.spans))
            if not marked or one.text.strip():
                kept.append(one)
                continue
        else:
            found.after = len(kept)
        for held in pictures:
            if held is not found and held.after is not None and held.after > len(kept):
                held.after -= 1
    return kept


def _bracketed(passages: list[Passage], at: int) -> int:
    """Over how many passages a text in brackets goes that begins at `at`: Outlook parts a long alt text by an empty line."""
    if passages[at].text.lstrip().startswith("["):
        for length in range(1, 4):
            if at + length <= len(passages) and passages[at + length - 1].text.rstrip().endswith("]"):
                return length
    return 1


def _is_named(held: Picture, name: str) -> bool:
    name = name.lower()
    return held.name.lower() in (name, name.partition("@")[0]) or (bool(held.alt) and own_alt(name) == held.alt.lower())
