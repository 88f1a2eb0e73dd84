"""Pictures of the book's pages, drawn when somebody looks at them and kept as long as the page is the same."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from concurrent.futures import Future

from milebook.photos import PhotoLost
from milebook.preview.images import Renderer
from milebook.writers.pdf.live import LiveBook

KEPT_BYTES = 16_000_000


class PagePictures:
    """Draws pages of a LiveBook by their names. `lock` guards the LiveBook; a picture may be asked for from any thread."""

    def __init__(self, live: LiveBook, renderer: Renderer, lock: threading.RLock) -> None:
        self.live, self.renderer, self.lock = live, renderer, lock
        self._kept: OrderedDict[tuple[str, int], bytes] = OrderedDict()
        self._names: dict[str, int] = {}

    def renamed(self) -> None:
        """The pages were set anew: forget those that are no longer there."""
        self._names = {sheet.name: number for number, sheet in enumerate(self.live.sheets)}
        for key in [key for key in self._kept if key[0] not in self._names]:
            del self._kept[key]

    def number(self, name: str) -> int:
        """The number of the page with this name, -1 for a name that no page has now."""
        return self._names.get(name, -1)

    def draw(self, wanted: Iterable[tuple[int, int]]) -> None:
        """Draw pages by number and width, and wait for them."""
        by_width: dict[int, list[int]] = {}
        for number, width in sorted(wanted):
            if (self.live.sheets[number].name, width) not in self._kept:
                by_width.setdefault(width, []).append(number)
        begun = [(numbers, width, self._begin(numbers, width)) for width, numbers in by_width.items()]
        for numbers, width, future in begun:
            for number, picture in zip(numbers, future.result() if future is not None else (), strict=False):
                self._keep((self.live.sheets[number].name, width), picture)

    def picture(self, name: str, width: int) -> bytes | None:
        """The picture of a page, so many pixels wide; None for a name that no page has now."""
        key = (name, width)
        with self.lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
            number = self.number(name)
            future = self._begin([number], width) if number >= 0 else None
        if future is None:
            return None
        made = future.result()[0]
        with self.lock:
            self._keep(key, made)
        return made

    def _begin(self, numbers: list[int], width: int) -> Future[list[bytes]] | None:
        """Begin to draw pages; None where a photo of theirs has gone."""
        try:
            pdf = self.live.pdf(*numbers)  # pages of one file share what is made of its fonts
        except (PhotoLost, OSError):
            return None  # the next reading says so
        return self.renderer.draw(pdf, width, [self.live.is_gray(number) for number in numbers])

    def _keep(self, key: tuple[str, int], image: bytes) -> None:
        self._kept[key] = image
        total = sum(map(len, self._kept.values()))
        while total > KEPT_BYTES and len(self._kept) > 1:
            total -= len(self._kept.popitem(last=False)[1])
