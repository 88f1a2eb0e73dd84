"""Photos in the size they are placed at, as image objects of a ReportLab document, each picture only once."""

from __future__ import annotations

import io
import zlib
from math import ceil
from typing import Any

from milebook.draft import Figure
from milebook.findings import Finding
from milebook.pictures import Darkroom, Developed, PhotoLost

READING_PPI, PRINT_PPI, LEAST_PPI = 300.0, 300.0, 300.0
AS_IT_IS = 2_600_000  # pixels: the reading edition takes a photo of no more as it is

MARK = "/MilebookPhoto"


class Plates:
    """The pictures of one document. `edition` decides their resolution and whether they are grey."""

    def __init__(self, darkroom: Darkroom, edition: str, document: Any) -> None:
        self.darkroom, self.document = darkroom, document
        self.print = edition == "print"
        self.findings: list[Finding] = []
        self._names: dict[str, str] = {}
        self._prints: list[Developed | None] = []

    def place(self, figure: Figure, width: float, height: float) -> str:
        """The name of the image object for a picture placed at so many points, or "" where there is none."""
        ppi = PRINT_PPI if self.print else READING_PPI
        most = {"max_width": ceil(width / 72 * ppi), "max_height": ceil(height / 72 * ppi)}
        if not self.print and figure.pixels[0] * figure.pixels[1] <= AS_IT_IS:
            most = {}
        try:
            made = self.darkroom.develop(figure.photo, **most, gray=self.print)
        except PhotoLost as error:
            self.findings += error.findings
            return ""
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
            self._reserve(name, made)
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

    def _reserve(self, name: str, made: Developed) -> None:
        """An image object without its bytes, which come in at the end: they would be copied from hand to hand."""
        from reportlab.pdfbase import pdfdoc

        entries = {MARK[1:]: len(self._prints), "Filter": pdfdoc.PDFName("DCTDecode")}
        self._prints.append(made)
        stream = pdfdoc.PDFStream(pdfdoc.PDFDictionary(entries), "\n")
        self.document.Reference(stream, self.document.getXObjectName(name))

    def develop(self, pdf: Any) -> None:
        """Give a pikepdf document's image objects their bytes, and let go of them here."""
        from pikepdf import Dictionary, Name, Stream

        for item in pdf.objects:
            if not isinstance(item, Stream) or MARK not in item:
                continue
            number = int(item[MARK])
            made = self._prints[number]
            assert made is not None
            self._prints[number] = None
            item.stream_dict = Dictionary(
                Type=Name.XObject, Subtype=Name.Image, Width=made.width, Height=made.height, BitsPerComponent=8,
                ColorSpace=Name.DeviceGray if made.gray else Name.DeviceRGB,
            )  # fmt: skip
            if made.media_type == "image/jpeg":
                item.write(made.data, filter=Name.DCTDecode)
            else:
                item.write(_flat(made), filter=Name.FlateDecode)


def _flat(made: Developed) -> bytes:
    """A PNG's pixels on white, deflated as a PDF has them."""
    from PIL import Image

    with Image.open(io.BytesIO(made.data)) as picture:
        if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
            flat = Image.new("RGBA", picture.size, (255, 255, 255, 255))
            flat.alpha_composite(picture.convert("RGBA"))
        else:
            flat = picture.copy()
    return zlib.compress(flat.convert("L" if made.gray else "RGB").tobytes(), 6)
