"""Embed a typeface as a Type 0 font with only the glyphs that were used.

What a code draws and says is in `coding`. ReportLab writes the dictionaries, HarfBuzz cuts the face down.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from milebook.cache.store import Store
from milebook.writers.pdf.file.objects import Objects
from milebook.writers.pdf.file.syntax import deflated, padded
from milebook.writers.pdf.typefaces import fonts

_UNSAYABLE = {0: None, 0xFEFF: None, 0xFFFE: None}  # what PDF/A and PDF/UA forbid a glyph to stand for


class Fontcase:
    """The faces that a layout's font names stand for."""

    def __init__(self, families: dict[str, str]) -> None:
        self.families = families
        self.unknown: list[str] = []  # families that layouts ask for and milebook does not have

    def face(self, name: str, bold: bool, italic: bool) -> fonts.Face:
        """The face for one of a layout's font names ("text", "mono" …), or of the default family."""
        family = self.families.get(name) or (fonts.MONO_FAMILY if name == "mono" else self.families.get("text", ""))
        if family not in fonts.FAMILIES:
            if family and family not in self.unknown:
                self.unknown.append(family)
            family = fonts.DEFAULT_FAMILY
        return fonts.face(family, bold, italic)


def font(objects: Objects, number: int, codes: Iterable[int], store: Store) -> int:
    """Put the font of a face's codes into a file; the number of its object."""
    wanted = sorted(set(codes))
    key = Store.key("font", number, wanted)
    parts = _unpacked(store.get(key))
    if parts is None:
        parts = _made(fonts.numbered(number), wanted)
        store.put(key, _packed(parts))
    (font_text, cid_text, descriptor), streams = parts
    file2, to_gid, unicode_map = [objects.stream(entries, data) for entries, data in streams]
    described = objects.add(descriptor % file2)
    cid = objects.add(cid_text % (to_gid, described))
    return objects.add(font_text % (cid, unicode_map))


_Parts = tuple[tuple[str, str, str], list[tuple[str, bytes]]]
_NUMBERS = (2, 2, 1)  # of objects that the three dictionaries name
_LATER = "%d 0 R"  # an object whose number is not known yet; ReportLab sorts a dictionary's keys


def _packed(parts: _Parts) -> bytes:
    texts, streams = parts
    head = json.dumps([texts, [(entries, len(data)) for entries, data in streams]]).encode("ascii")
    return b"".join([head, b"\n", *(data for _, data in streams)])


def _unpacked(entry: bytes | None) -> _Parts | None:
    """What `_packed` wrote, or None where it is something else."""
    if entry is None:
        return None
    head, _, rest = entry.partition(b"\n")
    try:
        texts, rows = json.loads(head)
        streams, at = [], 0
        for entries, length in rows:
            streams.append((str(entries), rest[at : at + length]))
            at += length
        font_text, cid_text, descriptor = texts
        for text, count in zip((font_text, cid_text, descriptor), _NUMBERS, strict=True):
            if text.count("%") != count or text.count("%d 0 R") != count:
                return None
        return ((font_text, cid_text, descriptor), streams) if len(streams) == 3 and at == len(rest) else None
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None


def _made(face: fonts.Face, codes: list[int]) -> _Parts:
    """The dictionaries and streams of a face cut down to what some codes draw."""
    meanings = {code: face.coding.meaning(code) for code in codes}
    gids = sorted({gid for gid, _ in meanings.values()})
    data, mapping = _subset(face, gids)
    base = f"{_tag(face.name, gids)}+{face.name}"
    to_gid = bytearray(2 * (codes[-1] + 1))
    for code in codes:
        to_gid[2 * code : 2 * code + 2] = mapping[meanings[code][0]].to_bytes(2, "big")
    data = padded(data, b"\x01")
    streams = [
        (f"/Filter/FlateDecode/Length1 {len(data)}", deflated(data)),
        ("/Filter/FlateDecode", deflated(bytes(to_gid), b"\0\1")),
        ("/Filter/FlateDecode", deflated(_to_unicode({code: text for code, (_, text) in meanings.items()}))),
    ]
    widths = _widths(face, {code: gid for code, (gid, _) in meanings.items()})
    return _dictionaries(face, base, widths), streams


def _widths(face: fonts.Face, gids: Mapping[int, int]) -> list[Any]:
    """The entry W of a font: a code, and the widths of it and those that follow it without a gap."""
    widths: list[Any] = []
    run: list[Any] = []
    before = -2
    for code, gid in gids.items():
        if code != before + 1:
            run = []
            widths += [code, run]
        width = face.natural(gid)
        run.append(_Number(f"{width:.4g}" if face.upem != 1000 else f"{width:.0f}"))
        before = code
    return widths


def _to_unicode(texts: Mapping[int, str]) -> bytes:
    """The CMap that says which characters each code stands for."""
    lines = []
    for code, text in texts.items():
        unicode = text.translate(_UNSAYABLE) or "\u200b"
        lines.append(f"<{code:04X}> <{unicode.encode('utf-16-be').hex().upper()}>")
    cmap = ["/CIDInit /ProcSet findresource begin 12 dict begin begincmap", "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def", "1 begincodespacerange <0000> <FFFF> endcodespacerange"]  # fmt: skip
    for i in range(0, len(lines), 100):
        chunk = lines[i : i + 100]
        cmap += [f"{len(chunk)} beginbfchar", *chunk, "endbfchar"]
    cmap.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(cmap).encode("ascii")


def _dictionaries(face: fonts.Face, base: str, widths: list[Any]) -> tuple[str, str, str]:
    """The font, its one descendant and that one's descriptor. `base` is the name of the subset."""
    from reportlab.pdfbase import pdfdoc

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
            "FontFile2": _LATER,
        }
    )
    cid_font = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("Font"),
            "Subtype": pdfdoc.PDFName("CIDFontType2"),
            "BaseFont": pdfdoc.PDFName(base),
            "CIDSystemInfo": pdfdoc.PDFDictionary({"Registry": pdfdoc.PDFString("Adobe"), "Ordering": pdfdoc.PDFString("Identity"), "Supplement": 0}),
            "CIDToGIDMap": _LATER,
            "DW": 0,
            "FontDescriptor": _LATER,
            "W": pdfdoc.PDFArray([pdfdoc.PDFArray(w) if isinstance(w, list) else w for w in widths]),
        }
    )  # fmt: skip
    type0 = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("Font"),
            "Subtype": pdfdoc.PDFName("Type0"),
            "BaseFont": pdfdoc.PDFName(base),
            "Encoding": pdfdoc.PDFName("Identity-H"),
            "DescendantFonts": pdfdoc.PDFArray([_LATER]),
            "ToUnicode": _LATER,
        }
    )
    return _text(type0), _text(cid_font), _text(descriptor)


def _text(value: Any) -> str:
    """A ReportLab object in PDF syntax, on one line."""
    from reportlab.pdfbase import pdfdoc

    return " ".join(pdfdoc.format(value, pdfdoc.PDFDocument(invariant=1)).decode("latin-1").split())


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
