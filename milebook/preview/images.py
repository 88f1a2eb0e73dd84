"""Draw pages as pictures with PDFium, which is not made for several threads: all drawing happens in one."""

from __future__ import annotations

import io
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

LEAST, MOST = 80, 3000  # pixels of a page's width that may be asked for
_GRAYS = bytes(level for gray in range(256) for level in (gray, gray, gray))


class Renderer:
    """Draws pages. PDFium is loaded with the first."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "pages")

    def draw(self, pdf: bytes, width: int, gray: Sequence[bool]) -> Future[list[bytes]]:
        """The pictures of a PDF's pages, so many pixels wide: a PNG of a page that is `gray`, a JPEG of any other."""
        return self._thread.submit(_draw, pdf, min(MOST, max(LEAST, width)), gray)

    def close(self) -> None:
        """Ends the thread; what is being drawn is finished."""
        self._thread.shutdown(wait=True, cancel_futures=True)


def _draw(pdf: bytes, width: int, gray: Sequence[bool]) -> list[bytes]:
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(pdf)
    try:
        return [_picture(document[number], width, is_gray) for number, is_gray in enumerate(gray)]
    finally:
        document.close()


def _picture(page: Any, width: int, gray: bool) -> bytes:
    picture = page.render(scale=width / page.get_width(), grayscale=gray, rev_byteorder=True).to_pil()
    out = io.BytesIO()
    if gray:
        picture.putpalette(_GRAYS)  # of a picture with a palette the lines are not filtered first: four times as fast
        picture.save(out, "PNG", compress_level=1)
    else:  # photos: as a PNG they take ten times as long
        picture.convert("RGB").save(out, "JPEG", quality=92, subsampling=0)
    return out.getvalue()
