"""Line breaks kept between runs: text, looks and measure in, the breaks found last time out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress

from milebook.cache.installation import installation_digest
from milebook.cache.store import Store
from milebook.writers.pdf.hyphens import Hyphenator
from milebook.writers.pdf.linebreaks import VERSION, Break, Measure
from milebook.writers.pdf.measure import Box


class LineCache:
    """Entries of breaks in a store, one a stretch; a missing or damaged one is as good as an empty one."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.store = Store(f"{folder}/lines") if folder else None
        self._old: dict[str, list[list[int]]] = {}
        self._new: dict[str, list[list[int]]] = {}
        self._name = ""
        self._key = ""

    def open(self, manner: str, anchor: str) -> None:
        """Take the entry of a stretch from the store: `manner` is how it is set, `anchor` that of its first Part."""
        self._old, self._new = {}, {}
        if self.store is None:
            return
        self._name = _name(manner, anchor)
        with suppress(ValueError, RecursionError):  # JSON, for whoever made it cannot be known
            found = json.loads(self.store.get(self._name) or b"")
            if isinstance(found, dict):
                self._old = found

    def spare(self, manner: str, anchor: str) -> None:
        """Keep the entry of a stretch that need not be set in this run."""
        if self.store is not None:
            self.store.use(_name(manner, anchor))

    def get(
        self, boxes: Sequence[Box], space: float, measure: Measure, hyphenator: Hyphenator | None
    ) -> list[Break] | None:
        """The breaks of an equal paragraph, if they are known and fit it."""
        if self.store is None or len(boxes) < 4:
            self._key = ""
            return None
        text = "\x00".join([box.text for box in boxes])
        width = sum([box.width for box in boxes])  # tells other faces and other looks of single words apart
        what = f"{text}\x01{width:.3f}\x01{space}\x01{measure}\x01{hyphenator.language if hyphenator else ''}"
        self._key = hashlib.blake2b(what.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        found = self._old.get(self._key) or self._new.get(self._key)
        if found is None:
            return None
        breaks = _checked(found, boxes)
        if breaks is not None:
            self._new[self._key] = found
        return breaks

    def put(self, breaks: Sequence[Break]) -> None:
        """Remember the breaks of the paragraph last asked for."""
        if self._key:
            self._new[self._key] = [[b.box, b.cut, b.kind] for b in breaks]

    def close(self) -> None:
        """Put back what this run has used of the stretch, whole or not at all; a full disk is no reason to fail."""
        if self.store is None or self._new.keys() == self._old.keys():
            return
        self.store.put(self._name, json.dumps(self._new, separators=(",", ":")).encode())


def _name(manner: str, anchor: str) -> str:
    return Store.key("lines", VERSION, installation_digest(), manner, anchor)


def _checked(found: object, boxes: Sequence[Box]) -> list[Break] | None:
    """Breaks from the file, if they are such as a paragraph of these boxes can have."""
    if not isinstance(found, list) or not found:
        return None
    out: list[Break] = []
    last = (-1, 0)
    for entry in found:
        if not (isinstance(entry, list) and len(entry) == 3 and all(type(n) is int for n in entry)):
            return None
        box, cut, kind = entry
        if not 0 <= box < len(boxes) or not 0 <= cut < len(boxes[box].text) or not -1 <= kind <= 6:
            return None
        here = (box, cut or len(boxes[box].text))
        if here <= last:
            return None
        last = here
        out.append(Break(box, cut, kind))
    return out if out[-1] == (len(boxes) - 1, 0, -1) else None
