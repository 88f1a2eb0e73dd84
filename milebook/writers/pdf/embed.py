"""Shaped glyphs in, PDF font objects out: one Type 0 font a face, holding only the glyphs that were used.

A code stands for a pair of glyph and text, so that a small capital, a ligature or an old-style figure each says the
letters that the author typed, however they are drawn.
"""

from __future__ import annotations

from typing import Any

from milebook.writers.pdf import fonts

_UNSAYABLE = {0: None, 0xFEFF: None, 0xFFFE: None}  # what PDF/A and PDF/UA forbid a glyph to stand for


class Fontcase:
    """The faces of one document and the codes given out for their glyphs."""

    def __init__(self, families: dict[str, str]) -> None:
        self.families = families
        self.faces: list[fonts.Face] = []
        self._numbers: dict[int, int] = {}
        self._codes: list[dict[tuple[int, str], str]] = []
        self.unknown: list[str] = []  # families that layouts ask for and milebook does not have

    def face(self, name: str, bold: bool, italic: bool) -> fonts.Face:
        """The face for one of a layout's font names ("text", "mono" …), or of the default family."""
        family = self.families.get(name) or (fonts.MONO_FAMILY if name == "mono" else self.families.get("text", ""))
        if family not in fonts.FAMILIES:
            if family and family not in self.unknown:
                self.unknown.append(family)
            family = fonts.DEFAULT_FAMILY
        return fonts.face(family, bold, italic)

    def number(self, face: fonts.Face) -> int:
        """The face's number in this document."""
        number = self._numbers.get(id(face))
        if number is None:
            number = self._numbers[id(face)] = len(self.faces)
            self.faces.append(face)
            self._codes.append({})
        return number

    def codes(self, number: int) -> dict[tuple[int, str], str]:
        """The codes that a face has been given so far, as `cid` gives them out."""
        return self._codes[number]

    def cid(self, number: int, gid: int, text: str) -> str:
        """Four hexadecimal digits that draw a glyph and say a text."""
        codes = self._codes[number]
        code = codes.get((gid, text))
        if code is None:
            code = codes[gid, text] = f"{len(codes) + 1:04X}"
        return code

    def install(self, document: Any) -> None:
        """Add the fonts to a ReportLab document, whose pages all share them."""
        for number, face in enumerate(self.faces):
            if self._codes[number]:
                _install(document, f"F{number}", face, self._codes[number])


def _install(document: Any, name: str, face: fonts.Face, codes: dict[tuple[int, str], str]) -> None:
    from reportlab.pdfbase import pdfdoc

    gids = sorted({gid for gid, _ in codes})
    data, mapping = _subset(face, gids)
    tag = _tag(face.name, gids)
    base = f"{tag}+{face.name}"

    def stream(content: bytes, **entries: Any) -> Any:
        made = pdfdoc.PDFStream(pdfdoc.PDFDictionary(dict(entries)), content, [pdfdoc.PDFZCompress])
        return document.Reference(made)

    upem = face.upem
    widths, to_gid, lines = ["0"], bytearray(2), []
    for (gid, text), code in sorted(codes.items(), key=lambda item: item[1]):
        widths.append(f"{face.natural(gid):.4g}" if upem != 1000 else f"{face.natural(gid):.0f}")
        to_gid += mapping[gid].to_bytes(2, "big")
        text = text.translate(_UNSAYABLE) or ("\u200b" if text else "")
        if text:
            lines.append(f"<{code}> <{text.encode('utf-16-be').hex().upper()}>")
    cmap = ["/CIDInit /ProcSet findresource begin 12 dict begin begincmap", "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def", "1 begincodespacerange <0000> <FFFF> endcodespacerange"]  # fmt: skip
    for i in range(0, len(lines), 100):
        chunk = lines[i : i + 100]
        cmap += [f"{len(chunk)} beginbfchar", *chunk, "endbfchar"]
    cmap.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    italic = "Italic" in face.path.stem
    descriptor = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("FontDescriptor"),
            "FontName": pdfdoc.PDFName(base),
            "Flags": 4 | (64 if italic else 0) | (1 if "Mono" in face.path.stem else 0),
            "FontBBox": pdfdoc.PDFArray([-1000, round(face.descent), 3000, round(face.ascent)]),
            "ItalicAngle": -12 if italic else 0,
            "Ascent": round(face.ascent),
            "Descent": round(face.descent),
            "CapHeight": round(face.cap_height),
            "StemV": 120 if "Bold" in face.path.stem else 80,
            "FontFile2": stream(data, Length1=len(data)),
        }
    )
    cid_font = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("Font"),
            "Subtype": pdfdoc.PDFName("CIDFontType2"),
            "BaseFont": pdfdoc.PDFName(base),
            "CIDSystemInfo": pdfdoc.PDFDictionary({"Registry": pdfdoc.PDFString("Adobe"), "Ordering": pdfdoc.PDFString("Identity"), "Supplement": 0}),
            "FontDescriptor": document.Reference(descriptor),
            "W": pdfdoc.PDFArray([0, pdfdoc.PDFArray([_Number(w) for w in widths])]),
            "DW": 0,
            "CIDToGIDMap": stream(bytes(to_gid)),
        }
    )  # fmt: skip
    font = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("Font"),
            "Subtype": pdfdoc.PDFName("Type0"),
            "BaseFont": pdfdoc.PDFName(base),
            "Encoding": pdfdoc.PDFName("Identity-H"),
            "DescendantFonts": pdfdoc.PDFArray([document.Reference(cid_font)]),
            "ToUnicode": stream("\n".join(cmap).encode("ascii")),
        }
    )
    document.idToObject["BasicFonts"].dict[name] = document.Reference(font)


class _Number(float):
    """A number that ReportLab prints as it was written."""

    def __new__(cls, text: str) -> _Number:
        made = super().__new__(cls, text)
        made.text = text
        return made

    text: str

    def __str__(self) -> str:
        return self.text


def _subset(face: fonts.Face, gids: list[int]) -> tuple[bytes, dict[int, int]]:
    """A TrueType file of the wanted glyphs, and where each of them went."""
    import uharfbuzz as hb

    wanted = hb.SubsetInput()
    sets = wanted.sets(hb.SubsetInputSets.GLYPH_INDEX)
    sets.update(gids)
    for tag in ("GSUB", "GPOS", "GDEF", "kern", "name", "post", "STAT", "DSIG", "gasp", "MATH", "FFTM"):
        wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG).add(int.from_bytes(tag.encode("ascii"), "big"))
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    plan = hb.SubsetPlan(face.hb_face, wanted)
    made = plan.execute()
    mapping = plan.old_to_new_glyph_mapping
    return bytes(made.blob.data), {gid: mapping[gid] for gid in gids}


def _tag(name: str, gids: list[int]) -> str:
    """Six capitals that differ between subsets, made from what is in them."""
    import hashlib

    digest = hashlib.sha256(f"{name}{gids}".encode()).digest()
    return "".join(chr(65 + byte % 26) for byte in digest[:6])
