"""Photos in the size they are placed at, as image objects of a ReportLab document, each picture only once."""

from __future__ import annotations

import io
import zlib
from typing import Any

from milebook.draft import Figure
from milebook.findings import Finding
from milebook.pictures import Darkroom

READING_PPI, PRINT_PPI, LEAST_PPI = 220.0, 300.0, 300.0


class Plates:
    """The pictures of one document. `edition` decides their resolution and whether they are grey."""

    def __init__(self, darkroom: Darkroom, edition: str, document: Any) -> None:
        self.darkroom, self.document = darkroom, document
        self.print = edition == "print"
        self.findings: list[Finding] = []
        self._names: dict[str, str] = {}

    def place(self, figure: Figure, width: float, height: float) -> str:
        """The name of the image object for a picture placed at so many points, or "" where there is none."""
        ppi = PRINT_PPI if self.print else READING_PPI
        try:
            made = self.darkroom.develop(
                figure.photo, max_width=max(1, round(width / 72 * ppi)), max_height=max(1, round(height / 72 * ppi)), gray=self.print
            )  # fmt: skip
        except (OSError, ValueError) as error:
            self.findings.append(
                Finding(
                    "MB604",
                    f"the photo {figure.photo} cannot be printed: {error}",
                    figure.place,
                    "send it again as a JPEG",
                )
            )
            return ""
        if self.print:
            self._measure(figure, width)
        key = f"{made.sha256}{made.width}x{made.height}"
        name = self._names.get(key)
        if name is None:
            name = self._names[key] = f"P{len(self._names) + 1}"
            self._embed(name, made)
        return name

    def _measure(self, figure: Figure, width: float) -> None:
        pixels = figure.pixels[0]
        ppi = pixels / (width / 72) if width else 0.0
        if ppi < LEAST_PPI - 0.5:
            best = pixels / LEAST_PPI
            self.findings.append(
                Finding(
                    "MB601",
                    f"the photo {figure.photo} has {ppi:.0f} pixels an inch at its printed width of {width / 72:.1f} in; "
                    f"a printer wants {LEAST_PPI:.0f}",
                    figure.place,
                    f"its largest good print width is {best:.1f} in: ask for the camera's original, or print it smaller",
                )
            )

    def _embed(self, name: str, made: Any) -> None:
        from reportlab.pdfbase import pdfdoc

        entries: dict[str, Any] = {
            "Type": pdfdoc.PDFName("XObject"), "Subtype": pdfdoc.PDFName("Image"), "Width": made.width, "Height": made.height,
            "BitsPerComponent": 8, "ColorSpace": pdfdoc.PDFName("DeviceGray" if made.gray else "DeviceRGB"),
        }  # fmt: skip
        data = made.data
        if made.media_type == "image/jpeg":
            entries["Filter"] = pdfdoc.PDFName("DCTDecode")
        else:
            from PIL import Image

            with Image.open(io.BytesIO(data)) as picture:
                if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
                    alpha = picture.convert("RGBA")
                    flat = Image.new("RGBA", alpha.size, (255, 255, 255, 255))
                    flat.alpha_composite(alpha)
                    data = zlib.compress(flat.convert("L" if made.gray else "RGB").tobytes(), 6)
                else:
                    data = zlib.compress(picture.convert("L" if made.gray else "RGB").tobytes(), 6)
            entries["Filter"] = pdfdoc.PDFName("FlateDecode")
        stream = pdfdoc.PDFStream(pdfdoc.PDFDictionary(entries), data)
        self.document.Reference(stream, self.document.getXObjectName(name))
