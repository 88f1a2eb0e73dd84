"""Write headers and footers: running heads, page numbers and proof stamps."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from milebook.layout import Layout
from milebook.model.draft import Draft, Part, Role
from milebook.writers.docx.markup import HEAD, SPACES, attribute, clean, one_line, text
from milebook.writers.docx.markup import field as word_field
from milebook.writers.docx.relationships import FOOTER, HEADER, Relations
from milebook.writers.docx.sections import Section
from milebook.writers.docx.styles import StyleSheet

_VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
_PAGE = word_field("PAGE", "1", '<w:rPr><w:rStyle w:val="PageNumber"/></w:rPr>')
_PLAIN_PAGE = word_field("PAGE", "1")  # for a file that has no styles but Normal
_AT_RIGHT = '<w:spacing w:line="240" w:lineRule="auto"/><w:ind w:firstLine="0"/><w:jc w:val="right"/>'
_TAB = "<w:r><w:tab/></w:r>"


class SectionHeads(NamedTuple):
    """References of a section to its headers and footers, and whether its first page has its own."""

    references: str
    title_page: bool


@dataclass(slots=True)
class Heads:
    """The headers and footers of one document; equal ones are stored once."""

    draft: Draft
    layout: Layout
    sheet: StyleSheet
    relations: Relations
    parts: dict[bytes, tuple[str, str]] = field(default_factory=dict)  # XML -> kind of relationship, part name

    @property
    def even_and_odd(self) -> bool:
        page = self.layout.page
        return page.header == "book" and page.mirrored and not self.sheet.plain

    def of_section(self, section: Section, *, first: bool) -> SectionHeads:
        header = self.layout.page.header
        if header == "book" and not self.sheet.plain:
            return self._book(section)
        if header == "shunn" and any(self.draft.header):
            return self._shunn(first=first)
        if self.sheet.plain and self.layout.page.folios != "none":
            return self._plain_folio(first=first)
        if (self._stamped or self._folio_at_foot) and first:
            footer = self._footer(_PAGE) if self._folio_at_foot else ""
            return SectionHeads(self._reference(HEADER, "default", self._header("")) + footer, False)
        return SectionHeads("", False)

    @property
    def _stamped(self) -> bool:
        return bool((self.layout.proof and self.draft.proof_line) or self.layout.page.watermark)

    @property
    def _folio_at_foot(self) -> bool:
        return not self.sheet.plain and self.layout.page.header == "none" and self.layout.page.folios == "foot"

    def _shunn(self, *, first: bool) -> SectionHeads:
        """Surname / Keyword / page at the right from page 2."""
        if not first:
            return SectionHeads("", False)  # goes on as in the section before
        words = " / ".join(clean(piece) for piece in self.draft.header if piece)
        if self.sheet.plain:
            line = f"<w:p><w:pPr>{_AT_RIGHT}</w:pPr><w:r>{text(f'{words} / ')}</w:r>{_PLAIN_PAGE}</w:p>"
        else:
            line = f'<w:p><w:pPr><w:pStyle w:val="HeaderRight"/></w:pPr><w:r>{text(f"{words} / ")}</w:r>{_PAGE}</w:p>'
        references = self._reference(HEADER, "default", self._header(line))
        if self._stamped:
            references += self._reference(HEADER, "first", self._header(""))
        return SectionHeads(references, True)

    def _plain_folio(self, *, first: bool) -> SectionHeads:
        """Nothing but the page's number, at the right of every page from the first one on, as presses ask."""
        if not first:
            return SectionHeads("", False)  # goes on as in the section before
        line = f"<w:p><w:pPr>{_AT_RIGHT}</w:pPr>{_PLAIN_PAGE}</w:p>"
        return SectionHeads(self._reference(HEADER, "default", self._header(line)), False)

    def _book(self, section: Section) -> SectionHeads:
        """Chapter on the left-hand page, story on the right; an opener has its folio at the foot, a display page nothing."""
        blank = self._header("")
        kinds = ("even", "default") if self.even_and_odd else ("default",)
        if section.display:
            made = [self._reference(HEADER, kind, blank) + self._footer("", kind) for kind in kinds]
            return SectionHeads("".join(made), False)
        page = self.layout.page
        opener = section.parts[0]
        in_head = page.folios == "head"
        left = right = ""
        if page.running_heads:
            title = self._running(opener)
            left = f"<w:r>{text(title)}</w:r>" if title else ""
            right = self._story_title(title) if any(part.kind == "story" for part in section.parts) else left
        even = self._line(_PAGE if in_head else "", left)
        odd = self._line(right, _PAGE if in_head else "")
        foot = _PAGE if page.folios == "foot" else ""
        made = [self._reference(HEADER, "even", self._header(even))] if self.even_and_odd else []
        made += [self._reference(HEADER, "default", self._header(odd)), self._reference(HEADER, "first", blank)]
        made += [self._footer(foot, kind) for kind in kinds]
        made.append(self._footer(_PAGE if page.folios != "none" else "", "first"))
        return SectionHeads("".join(made), True)

    def _running(self, part: Part) -> str:
        return clean(part.running or part.title)

    def _story_title(self, otherwise: str) -> str:
        """The story that is on the page; a reader that cannot tell shows the chapter."""
        named = self.sheet.names[Role.STORY_TITLE]
        code = "STYLEREF 2" if named.id == "Heading2" else f'STYLEREF "{attribute(named.name)}"'
        return word_field(code, otherwise or self.draft.title)

    def _line(self, left: str, right: str) -> str:
        return f'<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{left}{_TAB if right else ""}{right}</w:p>'

    def _header(self, line: str) -> bytes:
        """A header of one running line, with the stamp of a proof above it; every header has at least one paragraph."""
        stamp = ""
        if self.layout.proof and self.draft.proof_line:
            look = "" if self.sheet.plain else '<w:pPr><w:pStyle w:val="ProofStamp"/></w:pPr>'
            stamp = f"<w:p>{look}<w:r>{text(one_line(self.draft.proof_line))}</w:r></w:p>"
        blank = "<w:p/>" if self.sheet.plain else '<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr></w:p>'
        inside = stamp + line or blank
        mark = self.layout.page.watermark
        if mark:
            at = inside.rindex("</w:p>") if "</w:p>" in inside else -1
            inside = f"{inside[:at]}{_watermark(mark)}</w:p>" if at >= 0 else f"<w:p>{_watermark(mark)}</w:p>"
        return f"{HEAD}<w:hdr {SPACES} {_VML}>{inside}</w:hdr>".encode()

    def _footer(self, content: str, kind: str = "default") -> str:
        xml = f'{HEAD}<w:ftr {SPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{content}</w:p></w:ftr>'
        return self._reference(FOOTER, kind, xml.encode())

    def _reference(self, relation: str, kind: str, xml: bytes) -> str:
        name = "header" if relation == HEADER else "footer"
        if xml not in self.parts:
            self.parts[xml] = (relation, f"/word/{name}{len(self.parts) + 1}.xml")
        return f'<w:{name}Reference w:type="{kind}" r:id="{self.relations.add(relation, self.parts[xml][1])}"/>'


def _watermark(words: str) -> str:
    """Gray letters across the page, as Word makes them itself."""
    return (
        '<w:r><w:rPr><w:noProof/></w:rPr><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
        '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
        '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
        '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" '
        'o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
        '<v:shape id="Watermark" o:spid="_x0000_s2049" type="#_x0000_t136" alt="" style="position:absolute;margin-left:0;'
        "margin-top:0;width:420pt;height:84pt;rotation:315;z-index:-251658752;mso-position-horizontal:center;"
        'mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin" '
        'o:allowincell="f" fillcolor="#d9d9d9" stroked="f"><v:fill opacity=".5"/>'
        f'<v:textpath style="font-family:&quot;Arial&quot;;font-size:1pt" string="{attribute(words)}"/></v:shape></w:pict></w:r>'
    )
