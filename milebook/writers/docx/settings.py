"""Write settings, the font table and the document properties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from milebook.layout import Layout
from milebook.model.draft import Draft, Role
from milebook.writers.docx.embedded_fonts import EmbeddedFont
from milebook.writers.docx.formatting import family
from milebook.writers.docx.languages import word_tag
from milebook.writers.docx.markup import HEAD, R, W, attribute, clean
from milebook.writers.docx.relationships import FONT, Relations
from milebook.writers.xml_text import escape

_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006"
_LIKE = {"EB Garamond": "Garamond", "Noto Serif": "Cambria", "DejaVu Sans Mono": "Consolas", "DejaVu Sans": "Verdana"}
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of custom properties, the same in every file


def settings_xml(draft: Draft, layout: Layout, *, even_and_odd: bool, footnotes: bool, fonts: bool) -> bytes:
    """word/settings.xml. There is no `updateFields`: opening the file asks nothing."""
    hyphens = layout.hyphens and layout.profile != "plain" and layout.style(Role.BODY).hyphenate
    made = [
        HEAD,
        f'<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/>',
        "<w:embedTrueTypeFonts/>" if fonts else "",
        "<w:mirrorMargins/>" if layout.page.mirrored else "",
        "<w:trackRevisions/>" if layout.proof else "",
        '<w:defaultTabStop w:val="720"/>',
        '<w:autoHyphenation/><w:consecutiveHyphenLimit w:val="3"/><w:doNotHyphenateCaps/>' if hyphens else "",
        "<w:evenAndOddHeaders/>" if even_and_odd else "",
        '<w:characterSpacingControl w:val="doNotCompress"/>',
    ]
    if footnotes:
        made.append('<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>')
    made.append("<w:compat>")
    for name, value in (
        ("compatibilityMode", 15),
        ("overrideTableStyleFontSizeAndJustification", 1),
        ("enableOpenTypeFeatures", 1),
        ("doNotFlipMirrorIndents", 1),
        ("differentiateMultirowTableHeaders", 1),
    ):
        made.append(
            f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        )
    made.append(f'</w:compat><w:themeFontLang w:val="{word_tag(draft.language) or "en-US"}"/>')
    made.append('<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>')
    return "".join(made).encode()


def font_table_xml(layout: Layout, embedded: Mapping[str, Sequence[EmbeddedFont]], relations: Relations) -> bytes:
    """word/fontTable.xml: the families named in the styles, so that a reader without them can choose a like one.

    `embedded` are the fonts that the file brings along, by family; `relations` are those of this part.
    """
    names = sorted({family(layout, layout.style(role).font) for role in Role})
    made = [HEAD, f'<w:fonts xmlns:w="{W}" xmlns:r="{R}">']
    for name in names:
        kind, pitch = (
            ("modern", "fixed") if any(w in name for w in ("Mono", "Courier", "Consolas")) else ("roman", "variable")
        )
        if any(word in name for word in ("Sans", "Arial", "Helvetica", "Calibri")) and kind == "roman":
            kind = "swiss"
        made.append(
            f'<w:font w:name="{attribute(name)}">{_alternative(name)}<w:charset w:val="00"/><w:family w:val="{kind}"/><w:pitch w:val="{pitch}"/>'
        )
        for font in embedded.get(name, ()):
            relation = relations.add(FONT, font.part)
            made.append(f'<w:{font.element} r:id="{relation}" w:fontKey="{font.key}"/>')
        made.append("</w:font>")
    made.append("</w:fonts>")
    return "".join(made).encode()


def _alternative(name: str) -> str:
    """The face that stands in where the reader's machine does not have the one wanted."""
    other = next((other for start, other in _LIKE.items() if name.startswith(start)), "")
    return f'<w:altName w:val="{other}"/>' if other else ""


def app_xml() -> bytes:
    return (
        f'{HEAD}<Properties xmlns="{_PROPERTIES}/extended-properties"><Application>milebook</Application></Properties>'
    ).encode()


def custom_xml(draft: Draft) -> bytes:
    """docProps/custom.xml: which build this is, so that a returned file finds its proof."""
    given = (
        ("MilebookBuild", draft.stamp.build_id),
        ("MilebookBook", draft.identifier),
        ("MilebookVersion", draft.stamp.version),
        ("MilebookMode", draft.mode),
    )
    made = [HEAD, f'<Properties xmlns="{_PROPERTIES}/custom-properties" xmlns:vt="{_PROPERTIES}/docPropsVTypes">']
    for number, (name, value) in enumerate(given, 2):
        made.append(
            f'<property fmtid="{_FORMAT_ID}" pid="{number}" name="{name}"><vt:lpwstr>{escape(clean(value))}</vt:lpwstr></property>'
        )
    made.append("</Properties>")
    return "".join(made).encode()
