"""Draw pages as pictures with PDFium, which is not made for several threads: all drawing happens in one."""

from __future__ import annotations

import io
from concurrent.futures import Future, ThreadPoolExecutor

LEAST, MOST = 80, 3000  # pixels of a page's width that may be asked for


class Renderer:
    """Draws pages. PDFium is loaded with the first."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "pages")

    def draw(self, pdf: bytes, width: int, *, gray: bool) -> Future[bytes]:
        """The picture of a one-page PDF, so many pixels wide: a PNG if it is `gray`, else a JPEG."""
        return self._thread.submit(_draw, pdf, min(MOST, max(LEAST, width)), gray)

    def close(self) -> None:
        """Ends the thread; what is being drawn is finished."""
        self._thread.shutdown(wait=True, cancel_futures=True)


def _draw(pdf: bytes, width: int, gray: bool) -> bytes:
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(pdf)
    try:
        page = document[0]
        picture = page.render(scale=width / page.get_width(), grayscale=gray, rev_byteorder=True).to_pil()
        out = io.BytesIO()
        if gray:
            picture.save(out, "PNG", compress_level=1)
        else:  # photos: as a PNG they take four times as long
            picture.convert("RGB").save(out, "JPEG", quality=92, subsampling=0)
        return out.getvalue()
    finally:
        document.close()
