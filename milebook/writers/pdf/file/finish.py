"""What the PDF says about itself: title, authors, language, color, as PDF/UA and PDF/A ask."""

from __future__ import annotations

import html

from milebook.model.draft import Draft
from milebook.model.languages import reads_right_to_left
from milebook.writers.pdf.file.objects import Objects
from milebook.writers.pdf.file.syntax import deflated, string

_EXTENSION = """<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>PDF/UA part</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


def srgb() -> bytes:
    """An sRGB profile that is the same on every day."""
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile[:24] + bytes([7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]) + profile[36:]


def escape(text: str) -> str:
    """Text fit for XML. Not by `xml.sax.saxutils`, which brings half of the web with it."""
    return html.escape(text, quote=False)


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


def info(draft: Draft, title: str, *, reading: bool) -> str:
    """The document's own words about itself. The print edition also says, as PDF/X asks, that nothing is trapped."""
    day = (draft.stamp.date or "2000-01-01").replace("-", "")
    maker = string(f"milebook {draft.stamp.version}")
    author = string("; ".join(draft.authors) or "Anonymous")
    dates = f"/CreationDate(D:{day}000000Z)/ModDate(D:{day}000000Z)"
    trapped = "" if reading else "/Trapped/False"
    return f"<</Title{string(title)}/Author{author}{dates}/Creator{maker}/Producer{maker}{trapped}>>"


# The pages are black alone; the condition, by its name in the ICC's registry, that American printers on demand assume.
# What identifies a file as PDF/X is left out: no one could check the claim.
PRINT_INTENT = (
    "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFX/OutputConditionIdentifier(CGATS TR 001)"
    "/OutputCondition(SWOP, coated)/RegistryName(http://www.color.org)/Info(SWOP coated, black only)>>]"
)


def archive(objects: Objects, draft: Draft, title: str) -> str:
    """Metadata, color, language and how the window shows it, as PDF/A-2a and PDF/UA-1 ask for: entries of the catalog."""
    profile = objects.stream("/N 3/Filter/FlateDecode", deflated(srgb(), b"\x01"))
    metadata = objects.stream("/Type/Metadata/Subtype/XML", xmp(draft, title))
    direction = "/Direction/R2L" if reads_right_to_left(draft.language) else ""
    return (
        f"/Lang{string(draft.language or 'en')}/ViewerPreferences<</DisplayDocTitle true{direction}>>/Metadata {metadata} 0 R"
        "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB)"
        f"/DestOutputProfile {profile} 0 R>>]"
    )
