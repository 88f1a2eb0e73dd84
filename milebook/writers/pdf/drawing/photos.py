"""Photos in the size they are placed at, as image objects of a PDF, each picture only once."""

from __future__ import annotations

import io
from collections.abc import Iterable
from math import ceil
from typing import NamedTuple

from milebook.cache.store import Store
from milebook.model.draft import Figure
from milebook.model.findings import Finding
from milebook.output.file_pieces import Fetched
from milebook.photos import PhotoLost, PhotoPreparer, PreparedPhoto
from milebook.writers.pdf.file.syntax import deflated
from milebook.writers.pdf.set_chapter import Placement

READING_PPI, PRINT_PPI, LEAST_PPI = 300.0, 300.0, 300.0
DARK = 70  # of 255, on average: a photo below it prints as a dark patch
SMALLER = 0.9  # share of the width wanted below which a photo is reported as too small
AS_IT_IS = 2_600_000  # pixels: the reading edition takes a photo of no more as it is


class Picture(NamedTuple):
    """An image object: the entries of its stream in PDF syntax, and its bytes."""

    entries: str
    size: int
    data: bytes | Fetched


class Plates:
    """The pictures of one document. `edition` decides their resolution and whether they are gray."""

    def __init__(self, preparer: PhotoPreparer, edition: str, cache: str = "") -> None:
        self.preparer = preparer
        self.print = edition == "print"
        self.findings: list[Finding] = []
        self.placements: list[Placement] = []
        self.widths: dict[str, float] = {}  # print edition: anchor of a figure -> points that it is wide
        self.prepared: dict[str, PreparedPhoto] = {}  # by the name of the image object
        self._store = Store(cache)

    def place(self, figure: Figure, width: float, height: float, wanted: float = 0.0) -> str:
        """The name of the image object for a picture placed at so many points, or "" where there is none. `wanted` is the
        width that it would have if it had more pixels.
        """
        try:
            name = self.prepare(figure.photo, figure.pixels, width, height)
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
            self.widths[figure.anchor] = width
            self._measure(figure, width, wanted)
            self._report_if_dark(figure, name)
        self.placements.append(Placement(figure.photo, figure.pixels, width, height, name))
        return name

    def prepare(self, photo: str, pixels: tuple[int, int], width: float, height: float) -> str:
        """Have a photo prepared for a picture of so many points; the name of its image object. Raises PhotoLost."""
        made = self.preparer.prepare(photo, **self._limits(pixels, width, height), gray=self.print)
        name = f"P{made.sha256[:20]}"
        self.prepared.setdefault(name, made)
        return name

    def prepare_ahead(self, pictures: Iterable[tuple[Figure, float, float]]) -> None:
        """Have photos prepared several at a time: of each picture the width and height in points."""
        self.preparer.prefetch(
            [(one.photo, {**self._limits(one.pixels, *size), "gray": self.print}) for one, *size in pictures]
        )

    def _limits(self, pixels: tuple[int, int], width: float, height: float) -> dict[str, int]:
        """What `PhotoPreparer.prepare` is asked for a picture of so many points."""
        if not self.print and pixels[0] * pixels[1] <= AS_IT_IS:
            return {}
        ppi = PRINT_PPI if self.print else READING_PPI
        return {"max_width": ceil(width / 72 * ppi), "max_height": ceil(height / 72 * ppi)}

    def source(self, photo: str) -> str:
        """The SHA-256 of a photo as it came, if it has been read in this run; else ""."""
        return self.preparer.folder.read.get(photo, "")

    def picture(self, name: str) -> Picture:
        """An image object by its name. Raises PhotoLost."""
        made = self.prepared[name]
        entries = (
            f"/Type/XObject/Subtype/Image/Width {made.width}/Height {made.height}/BitsPerComponent 8"
            f"/ColorSpace/{'DeviceGray' if made.gray else 'DeviceRGB'}"
        )
        if made.media_type == "image/jpeg":
            return Picture(f"{entries}/Filter/DCTDecode", made.size, made)
        key = Store.key("flat", made.sha256, made.gray)
        data = self._store.get(key)
        if data is None:
            data = _flat(made)
            self._store.put(key, data)
        return Picture(f"{entries}/Filter/FlateDecode", len(data), data)

    def _report_if_dark(self, figure: Figure, name: str) -> None:
        """Tell of a photo that will print as a dark patch."""
        from PIL import Image, ImageStat

        with Image.open(io.BytesIO(self.prepared[name].fetch())) as picture:
            picture.draft("L", (256, 256))
            small = picture.convert("L")
        mean = ImageStat.Stat(small).mean[0]
        if mean < DARK:
            fact = f"the photo {figure.photo} is dark: its gray is {mean:.0f} of 255 on average, and paper takes it darker still"
            self.findings.append(
                Finding("MB657", fact, figure.place, f"a lighter copy, of {DARK} or more on average, prints better")
            )

    def _measure(self, figure: Figure, width: float, wanted: float) -> None:
        pixels = figure.pixels[0]
        sharp = pixels * 72.0 / LEAST_PPI
        if sharp < width - 1.0 or width < SMALLER * wanted:
            self.findings.append(
                Finding(
                    "MB601",
                    f"the photo {figure.photo} is {pixels} pixels wide: printed at {width / 72:.1f} in, with room for "
                    f"{wanted / 72:.1f}; a printer wants {LEAST_PPI:.0f} pixels an inch",
                    figure.place,
                    f"its largest good print width is {sharp / 72:.1f} in: ask for the camera's original",
                )
            )


def _flat(made: PreparedPhoto) -> bytes:
    """A PNG's pixels on white, deflated as a PDF has them."""
    from PIL import Image

    with Image.open(io.BytesIO(made.data)) as picture:
        if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
            flat = Image.new("RGBA", picture.size, (255, 255, 255, 255))
            flat.alpha_composite(picture.convert("RGBA"))
        else:
            flat = picture.copy()
    return deflated(flat.convert("L" if made.gray else "RGB").tobytes(), b"\x01")
