"""ReportLab's bytes in, the finished file out: structure, metadata, colour and page labels as PDF/UA and PDF/A ask for."""

from __future__ import annotations

import io
import re
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from milebook.draft import Draft

_EXTENSION = """<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>PDF/UA part</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


@cache
def srgb() -> bytes:
    """An sRGB profile that is the same on every day."""
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile[:24] + bytes([7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]) + profile[36:]


def xmp(draft: Draft, title: str) -> bytes:
    """The metadata packet of the reading edition."""
    day = draft.stamp.date or "2000-01-01"
    when = f"{day}T00:00:00Z"
    authors = "".join(f"<rdf:li>{escape(name)}</rdf:li>" for name in draft.authors) or "<rdf:li>Anonymous</rdf:li>"
    about = (
        f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{escape(draft.description)}</rdf:li></rdf:Alt></dc:description>'
        if draft.description
        else ""
    )
    rights = (
        f'<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{escape(draft.rights)}</rdf:li></rdf:Alt></dc:rights>'
        if draft.rights
        else ""
    )
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
        'xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" '
        'xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>'
        f"<dc:creator><rdf:Seq>{authors}</rdf:Seq></dc:creator>{about}{rights}"
        f"<dc:language><rdf:Bag><rdf:li>{escape(draft.language)}</rdf:li></rdf:Bag></dc:language>"
        f"<xmp:CreateDate>{when}</xmp:CreateDate><xmp:ModifyDate>{when}</xmp:ModifyDate>"
        f"<xmp:CreatorTool>milebook {escape(draft.stamp.version)}</xmp:CreatorTool>"
        f"<pdf:Producer>milebook {escape(draft.stamp.version)}</pdf:Producer>"
        "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>"
        f'</rdf:Description>{_EXTENSION}</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def info(pdf: Any, draft: Draft, title: str, *, reading: bool) -> None:
    """The document's own words about itself; the print edition says title and author only."""
    from pikepdf import Dictionary, String

    day = (draft.stamp.date or "2000-01-01").replace("-", "")
    entries = Dictionary(Title=String(title))
    entries.Author = String(", ".join(draft.authors) or "Anonymous") if reading else String(", ".join(draft.authors))
    if reading:
        entries.CreationDate = entries.ModDate = String(f"D:{day}000000Z")
        entries.Creator = entries.Producer = String(f"milebook {draft.stamp.version}")
        if len(draft.authors) > 1:
            entries.Author = String("; ".join(draft.authors))
    pdf.trailer.Info = pdf.make_indirect(entries)


def save(pdf: Any, *, reading: bool) -> bytes:
    """The file's bytes, the same for the same book.

    A stream whose last byte happens to be a line end runs into the word after it, which PDF/A forbids: such a stream is
    compressed anew, and if it is one of those that pikepdf makes itself, the file is saved without them.
    """
    import pikepdf

    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and "/DCTDecode" not in str(item.get("/Filter")) and item.read_raw_bytes()[-1:] in (b"\n", b"\r"):  # fmt: skip
            _compress_anew(item)
    modes = [pikepdf.ObjectStreamMode.generate] if reading else []
    data = b""
    for mode in (*modes, pikepdf.ObjectStreamMode.disable):
        out = io.BytesIO()
        pdf.save(
            out,
            deterministic_id=True,
            object_stream_mode=mode,
            fix_metadata_version=False,
            min_version="1.7" if reading else "1.4",
        )
        data = out.getvalue()
        if _streams_end_well(data):
            break
    return data


def _compress_anew(stream: Any) -> None:
    import zlib

    from pikepdf import Name

    content = stream.read_bytes()
    for level in (9, 6, 5, 4, 3, 2, 1, 0):
        packed = zlib.compress(content, level)
        if packed[-1:] not in (b"\n", b"\r"):
            break
    else:
        packed = zlib.compress(content + b"\n", 9)
    stream.write(packed, filter=Name.FlateDecode)


def _streams_end_well(data: bytes) -> bool:
    """Whether every stream is followed by a line end of its own."""
    at = 0
    while True:
        at = data.find(b">>\nstream\n", at)
        if at < 0:
            return True
        start = at + 10
        length = re.search(rb"/Length (\d+)", data[max(0, data.rfind(b" obj", 0, at)) : at])
        if length:
            end = start + int(length.group(1))
            if data[end : end + 10] != b"\nendstream" or (
                data[end - 1 : end] == b"\r" and re.search(rb"/(ObjStm|XRef)", data[max(0, at - 200) : at])
            ):
                return False
            start = end
        at = start


def archive(pdf: Any, draft: Draft, title: str) -> None:
    """Metadata, language, colour and how the window shows it, as PDF/A-2a and PDF/UA-1 ask for."""
    from pikepdf import Array, Dictionary, Name, String

    root = pdf.Root
    root.Lang = String(draft.language or "en")
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    profile = pdf.make_stream(srgb())
    profile.N = 3
    root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent, S=Name.GTS_PDFA1, OutputConditionIdentifier=String("sRGB"),
                Info=String("sRGB"), DestOutputProfile=profile,
            )
        ]
    )  # fmt: skip
    stream = pdf.make_stream(xmp(draft, title))
    stream.Type, stream.Subtype = Name.Metadata, Name.XML
    root.Metadata = stream
