"""Write the theme part, which Word expects in every file."""

from __future__ import annotations

from milebook.writers.docx.markup import HEAD, A, attribute

_COLORS = {
    "dk1": "000000", "lt1": "FFFFFF", "dk2": "333333", "lt2": "F2F2F2", "accent1": "1F4E79", "accent2": "7F3F00",
    "accent3": "595959", "accent4": "806000", "accent5": "2E6B34", "accent6": "5B2C6F", "hlink": "0563C1", "folHlink": "954F72",
}  # fmt: skip
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'


def theme_xml(name: str) -> bytes:
    """The smallest theme that the schema allows, with `name` as its face for text and headings."""
    colors = "".join(f'<a:{slot}><a:srgbClr val="{value}"/></a:{slot}>' for slot, value in _COLORS.items())
    face = f'<a:latin typeface="{attribute(name)}"/><a:ea typeface=""/><a:cs typeface=""/>'
    line = f'<a:ln w="6350" cap="flat" cmpd="sng" algn="ctr">{_FILL}<a:prstDash val="solid"/></a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{HEAD}<a:theme xmlns:a="{A}" name="milebook"><a:themeElements><a:clrScheme name="milebook">{colors}</a:clrScheme>'
        f'<a:fontScheme name="milebook"><a:majorFont>{face}</a:majorFont><a:minorFont>{face}</a:minorFont></a:fontScheme>'
        f'<a:fmtScheme name="milebook"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>'
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    ).encode()
