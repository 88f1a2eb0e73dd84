"""Findings about the caption, credit and alt text of a photo."""

from __future__ import annotations

import re

from milebook.model.book import Photo
from milebook.model.findings import Finding
from milebook.yaml_nodes import Fields

MOST_ALT = 140  # characters; readers' programs read the whole text out in one go


def check_photo(photo: Photo, group: Fields) -> list[Finding]:
    """What a photo of a selected story lacks for print and e-book. `group` is where it stands in the index."""
    findings: list[Finding] = []

    def report(code: str, at: str, message: str, hint: str) -> None:
        node = group.get(at) if photo_has(at) else None
        findings.append((node or group.get("file") or group).finding(code, message, hint))

    def photo_has(at: str) -> bool:
        return at in photo.places

    if not photo.decorative:
        if not photo.alt:
            hint = "add alt: with what it shows, in a sentence; if it only decorates, add decorative: true"
            report("MB450", "alt", "the photo has no alt text for readers who cannot see it", hint)
        elif _plain(photo.alt) == _plain(photo.caption):
            hint = "say in alt: what can be seen; readers hear the caption as well"
            report("MB452", "alt", "the alt text is the same as the caption", hint)
        elif len(photo.alt) > MOST_ALT:
            message = f"the alt text is {len(photo.alt)} characters long"
            report("MB453", "alt", message, f"up to {MOST_ALT} characters are heard in one go; shorten it if you can")
        if not photo.caption:
            report("MB451", "caption", "the photo has no caption", "add caption: with the words to print below it")
        if not photo.credit and not photo.permission.credit:
            report("MB454", "credit", "the photo has no credit", "add credit: as in Photo by Ana Example")
    return findings


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()
