"""Prepare photos for screens: one file for each picture, small enough for every store and phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from milebook.model.draft import Draft
from milebook.model.findings import Finding

if TYPE_CHECKING:
    from milebook.photos import PhotoPreparer, PreparedPhoto

LONGEST = 1600  # pixels of the longer side: what a tablet held upright shows of a picture as wide as its page
QUALITY = 80  # of a JPEG made for it: shops charge by the megabyte, and no screen shows more
SUFFIX = {"image/jpeg": "jpg", "image/png": "png"}


class Plate(NamedTuple):
    """A picture of the e-book. `name` is its path inside the book."""

    name: str
    picture: PreparedPhoto

    @property
    def width(self) -> int:
        return self.picture.width

    @property
    def height(self) -> int:
        return self.picture.height

    @property
    def shape(self) -> str:
        """landscape, portrait, panorama, column or small: what the style sheet wants to know."""
        if self.width < 480 and self.height < 480:
            return "small"
        ratio = self.width / max(1, self.height)
        if ratio > 2.4:
            return "panorama"
        if ratio < 0.45:
            return "column"
        return "portrait" if ratio < 1 else "landscape"


def prepare(
    draft: Draft, preparer: PhotoPreparer, progress: Callable[[float], None]
) -> tuple[dict[str, Plate], list[Finding]]:
    """Every photo of the Draft by its path; equal pictures share one file. A photo that was lost meanwhile is a finding."""
    from milebook.photos import PhotoLost

    wanted = dict.fromkeys(figure.photo for part in draft.parts for figure in part.figures if figure.photo)
    plates: dict[str, Plate] = {}
    findings: list[Finding] = []
    for done, path in enumerate(wanted, 1):
        try:
            picture = preparer.prepare(path, max_width=LONGEST, max_height=LONGEST, quality=QUALITY)
        except PhotoLost as lost:
            findings += lost.findings
            continue
        name = f"images/photo-{picture.sha256[:16]}.{SUFFIX[picture.media_type]}"
        plates[path] = Plate(name, picture)
        progress(done / len(wanted))
    return plates, findings
