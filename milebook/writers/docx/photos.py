"""Place photos as inline drawings, each picture stored once."""

from __future__ import annotations

from dataclasses import dataclass, field

from milebook.layout import Layout
from milebook.model.draft import Figure
from milebook.model.findings import Finding
from milebook.photos import PhotoLost, PhotoPreparer, PreparedPhoto
from milebook.writers.docx.markup import DECORATIVE, PIC, attribute, emu
from milebook.writers.docx.relationships import IMAGE, Relations
from milebook.writers.picture_size import picture_size

MOST_AREA = 3_200_000
SUFFIXES = {"image/jpeg": "jpg", "image/png": "png"}


@dataclass(slots=True)
class Photos:
    """The pictures of one document. A photo that is used twice is stored once."""

    layout: Layout
    preparer: PhotoPreparer
    relations: Relations
    findings: list[Finding] = field(default_factory=list)
    parts: dict[str, tuple[str, PreparedPhoto]] = field(default_factory=dict)  # sha256 -> part name, picture
    drawn: int = 0
    _sizes: dict[str, tuple[str, int, int] | None] = field(default_factory=dict)  # path -> relation, width, height

    def drawing(self, figure: Figure) -> str:
        """A run with the picture, or "" where it cannot be prepared (a finding says so)."""
        picture = self._picture(figure)
        if picture is None:
            return ""
        relation, across, down = picture
        width, height = self._placed(figure.pixels, across, down)
        self.drawn += 1
        name = attribute(figure.label or f"Picture {self.drawn}")
        alt = f' descr="{attribute(figure.alt)}"' if figure.alt else ""
        decorative = ""
        if figure.decorative:
            alt = alt or ' descr=""'
            decorative = (
                '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
                f'<adec:decorative xmlns:adec="{DECORATIVE}" val="1"/></a:ext></a:extLst>'
            )
        size = f'cx="{emu(width)}" cy="{emu(height)}"'
        properties = f'<wp:docPr id="{self.drawn}" name="{name}"{alt}'
        return (
            f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
            f'<wp:effectExtent l="0" t="0" r="0" b="0"/>{properties}{f">{decorative}</wp:docPr>" if decorative else "/>"}'
            '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
            f'<a:graphic><a:graphicData uri="{PIC}"><pic:pic><pic:nvPicPr>'
            f'<pic:cNvPr id="{self.drawn}" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr>'
            f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing></w:r>"
        )

    def _picture(self, figure: Figure) -> tuple[str, int, int] | None:
        """(relation id, pixels across, pixels down) of a figure's photo, prepared once."""
        if figure.photo in self._sizes:
            return self._sizes[figure.photo]
        try:
            prepared = self.preparer.prepare(figure.photo, max_area=MOST_AREA)
        except PhotoLost as lost:
            self.findings += lost.findings
            self._sizes[figure.photo] = None
            return None
        if prepared.sha256 not in self.parts:
            suffix = SUFFIXES[prepared.media_type]
            name = f"/word/media/image{len(self.parts) + 1}.{suffix}"
            self.parts[prepared.sha256] = (name, prepared)
        relation = self.relations.add(IMAGE, self.parts[prepared.sha256][0])
        made = (relation, prepared.width, prepared.height)
        self._sizes[figure.photo] = made
        return made

    def _placed(self, pixels: tuple[int, int], across: int, down: int) -> tuple[float, float]:
        """Width and height in points, as in the PDF: of a photo of so many pixels, prepared in another size perhaps."""
        page = self.layout.page
        measure = page.width - page.inside - page.outside
        tallest = (page.height - page.top - page.bottom) * self.layout.max_photo_height
        across, down = max(1, across), max(1, down)
        if pixels[0] > across and abs(pixels[0] * down - pixels[1] * across) <= pixels[0] + pixels[1]:
            across, down = pixels
        width, height = picture_size((across, down), measure, tallest)
        return max(1.0, width), max(1.0, height)
