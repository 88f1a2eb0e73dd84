"""A layout in; the style sheet of the document out (word/styles.xml), and the properties every paragraph is set with."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from milebook.draft import Draft, Figure, Paragraph, Role
from milebook.layout import Layout, Style
from milebook.writers.docx.languages import default_language
from milebook.writers.docx.looks import STEP, character_look, family, fonts, label_hang, paragraph_look, text_edge
from milebook.writers.docx.markup import HEAD, W, attribute, properties, twips
from milebook.writers.docx.naming import NAMES, OUTLINE, Named, style_names

_BASE_DEPTH = {Role.BLOCK_QUOTE: 1, Role.LIST_ITEM: 1, Role.LIST_TEXT: 1}
_CHANGED = '<w:pBdr><w:left w:val="single" w:sz="12" w:space="6" w:color="000000"/></w:pBdr>'
_FOLLOWED_BY = {
    Role.CHAPTER_TITLE: Role.BODY_FIRST,
    Role.PART_TITLE: Role.BODY_FIRST,
    Role.STORY_TITLE: Role.BYLINE,
    Role.BYLINE: Role.BODY_FIRST,
    Role.BODY_FIRST: Role.BODY,
    Role.SUBHEADING: Role.BODY_FIRST,
    Role.SCENE_BREAK: Role.BODY_FIRST,
    Role.CAPTION: Role.BODY,
    Role.CREDIT: Role.BODY,
}
FIGURE, TABLE_HEAD, TABLE_TEXT, TABLE_NUMBER, TABLE_STRONG, AFTER_TABLE = (
    Named("Figure", "Figure"),
    Named("TableHead", "Table Head"),
    Named("TableText", "Table Text"),
    Named("TableNumber", "Table Number"),
    Named("TableStrong", "Table Strong"),
    Named("AfterTable", "After Table"),
)
_CHARACTERS = (  # id, name, custom, inside of rPr
    ("Emphasis", "Emphasis", False, "<w:i/><w:iCs/>"),
    ("Strong", "Strong", False, "<w:b/><w:bCs/>"),
    ("StrongEmphasis", "Strong Emphasis", True, "<w:b/><w:bCs/><w:i/><w:iCs/>"),
    ("SmallCaps", "Small Caps", True, "<w:smallCaps/>"),
    ("CodeText", "Code Text", True, "{code}<w:noProof/>"),
    ("CaptionLabel", "Caption Label", True, "<w:b/><w:bCs/>"),
    ("Hyperlink", "Hyperlink", False, '<w:u w:val="single"/>'),
    ("FootnoteReference", "footnote reference", False, '<w:vertAlign w:val="superscript"/>'),
    ("PageNumber", "page number", False, ""),
    ("CommentReference", "annotation reference", False, '<w:sz w:val="16"/><w:szCs w:val="16"/>'),
)


@dataclass(slots=True)
class StyleSheet:
    """The styles of one document. Asking for a variant (deeper, changed) adds it to the sheet."""

    layout: Layout
    draft: Draft
    names: dict[Role, Named] = field(init=False)
    numbered_chapters: bool = field(init=False)
    credited: bool = field(init=False)
    notes_level: int = field(init=False)
    _variants: dict[str, str] = field(default_factory=dict)  # style id -> XML
    _cache: dict[tuple[object, ...], dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = style_names(self.layout)
        items = [item for part in self.draft.parts for item in part.items]
        self.numbered_chapters = any(isinstance(item, Paragraph) and item.role == Role.CHAPTER_NUMBER for item in items)
        self.credited = any(isinstance(item, Figure) and item.caption and item.credit for item in items)
        self.notes_level = next(
            (item.level for item in items if isinstance(item, Paragraph) and item.role == Role.NOTES_HEADING), 0
        )

    @property
    def plain(self) -> bool:
        return self.layout.profile == "plain"

    @property
    def builtin_chapters(self) -> bool:
        """Whether chapters begin with Word's own "heading 1", which its fields can count by."""
        return not self.plain and self.names[Role.CHAPTER_TITLE].id == "Heading1"

    @property
    def house_headings(self) -> bool:
        """Whether a heading has a style of another name than Word's."""
        wanted = (Role.CHAPTER_TITLE, Role.PART_TITLE, Role.STORY_TITLE)
        return any(not self.names[role].id.startswith("Heading") for role in wanted)

    # ------------------------------------------------------------------ what a paragraph is set with

    def paragraph(self, role: Role, depth: int = 0, level: int = 0, changed: bool = False) -> dict[str, str]:
        """Properties of a paragraph of `role` with `depth` quotes and lists around it. The caller must not alter them."""
        key = (role, depth, level if role == Role.SUBHEADING else 0, changed)
        known = self._cache.get(key)
        if known is None:
            known = self._plain(role, depth, changed) if self.plain else self._styled(role, depth, level, changed)
            self._cache[key] = known
        return known

    def named(self, style: Named) -> dict[str, str]:
        """Properties of a paragraph in one of the styles that belong to no role."""
        if not self.plain:
            return _in_style(style.id)
        if style == FIGURE:
            made = dict(self._plain(Role.CALLOUT, 0, False), keepNext="<w:keepNext/>")
            made["spacing"] = '<w:spacing w:line="240" w:lineRule="auto"/>'
            return made
        if style == AFTER_TABLE:
            return {}
        align = "right" if style == TABLE_NUMBER else "left"
        return {"spacing": '<w:spacing w:line="240" w:lineRule="auto"/>', "ind": '<w:ind w:firstLine="0"/>', "jc": f'<w:jc w:val="{align}"/>'}  # fmt: skip

    def run_look(self, role: Role) -> str:
        """In the plain profile, the inside of the `w:rPr` that a role needs beside Normal."""
        if not self.plain:
            return ""
        style = self.layout.style(role)
        return ("<w:b/><w:bCs/>" if style.bold else "") + ("<w:i/><w:iCs/>" if style.italic else "")

    def _styled(self, role: Role, depth: int, level: int, changed: bool) -> dict[str, str]:
        named = self.names[role]
        if role == Role.SUBHEADING and level > 3 and named == NAMES[role]:
            named = Named(f"Heading{min(level, 9)}", f"heading {min(level, 9)}", True)
            if named.id not in self._variants:
                self._variants[named.id] = self._role_style(role, named, level=min(level, 9))
        extra = max(0, depth - _BASE_DEPTH.get(role, 0))
        if extra and role != Role.LIST_ITEM:  # an item's indent comes with its numbering
            deeper = Named(f"{named.id}{extra + 1}L", f"{named.name} (level {extra + 1})")
            if deeper.id not in self._variants:
                look = self._style(role)
                look = replace(look, left=look.left + extra * STEP, page_break=False)
                self._variants[deeper.id] = _style(deeper, paragraph_look(look), "", based=named.id)
            named = deeper
        if changed:
            marked = Named(f"{named.id}Changed", f"{named.name} (changed)")
            self._variants.setdefault(marked.id, _style(marked, {"pBdr": _CHANGED}, "", based=named.id))
            named = marked
        return _in_style(named.id)

    def _plain(self, role: Role, depth: int, changed: bool) -> dict[str, str]:
        """What a paragraph of `role` needs beside Normal, which looks like body text."""
        normal = paragraph_look(self.layout.style(Role.BODY))
        style = self._style(role)
        extra = max(0, depth - _BASE_DEPTH.get(role, 0))
        wanted = paragraph_look(replace(style, left=style.left + extra * STEP), page_break=False)
        made = {name: value for name, value in wanted.items() if normal.get(name) != value}
        made.pop("suppressAutoHyphens", None)
        if role == Role.LIST_ITEM:
            made.pop("ind", None)
        if changed:
            made["pBdr"] = _CHANGED
        return made

    def _style(self, role: Role) -> Style:
        style = self.layout.style(role)
        if role == Role.LIST_TEXT:
            return replace(style, left=max(style.left, text_edge(self.layout.style(Role.LIST_ITEM), 0)), indent=0.0)
        return style

    # ------------------------------------------------------------------ word/styles.xml

    def xml(self) -> bytes:
        body = self.layout.style(Role.BODY)
        normal = paragraph_look(
            body
            if self.plain or self.names[Role.BODY].id == "Normal"
            else replace(body, indent=0.0, left=0.0, right=0.0)
        )
        made = [
            HEAD,
            f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>{fonts(family(self.layout, body.font))}',
            f'<w:kern w:val="16"/><w:sz w:val="{round(body.size * 2)}"/><w:szCs w:val="{round(body.size * 2)}"/>',
            f"{default_language(self.draft.language)}</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>",
            '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1" '
            'w:defQFormat="0" w:count="376"/>',
            '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>',
            f"<w:qFormat/>{properties(normal)}<w:rPr>{character_look(body, self.layout)}</w:rPr></w:style>",
            '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">',
            '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>',
            '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>',
            '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>',
            '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>',
            '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
            '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>',
            '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>',
        ]
        if not self.plain:
            made += self._role_styles()
            made += self._other_styles()
            made += [self._variants[style_id] for style_id in sorted(self._variants)]
        made.append("</w:styles>")
        return "".join(made).encode()

    def _role_styles(self) -> list[str]:
        made: list[str] = []
        done = {"Normal"}
        # Where a house gives two roles one style, the role that the style is milebook's own for decides the look.
        for role in sorted(Role, key=lambda role: self.names[role] != NAMES[role]):
            named = self.names[role]
            if named.id not in done:
                done.add(named.id)
                made.append(self._role_style(role, named, level=OUTLINE.get(role, 0)))
        return made

    def _role_style(self, role: Role, named: Named, level: int) -> str:
        style = self._style(role)
        page_break = style.page_break and not (role == Role.CHAPTER_TITLE and self.numbered_chapters)
        look = paragraph_look(style, page_break=page_break)
        if role == Role.CAPTION and self.credited:
            look["keepNext"] = "<w:keepNext/>"
        if role == Role.WORD_COUNT:
            # The count stands at the right of the first line, beside the first line of the address.
            look["framePr"] = (
                '<w:framePr w:wrap="around" w:vAnchor="margin" w:hAnchor="margin" w:xAlign="right" w:yAlign="top"/>'
            )
        if role == Role.NOTES_HEADING:
            level = self.notes_level
        based = "Normal"
        if role == Role.PART_TITLE and named == NAMES[role]:
            based = self.names[Role.CHAPTER_TITLE].id
        if level:
            look["outlineLvl"] = f'<w:outlineLvl w:val="{level - 1}"/>'
        following = _FOLLOWED_BY.get(role)
        return _style(
            named,
            look,
            character_look(style, self.layout),
            based=based,
            next=self.names[following].id if following else "",
        )

    def _other_styles(self) -> list[str]:
        layout = self.layout
        body, text, caption = layout.style(Role.BODY), layout.style(Role.NOTES_TEXT), layout.style(Role.CAPTION)
        small = replace(text, leading=round(text.size * 1.2, 1), before=2.0, after=2.0, indent=0.0, left=0.0, right=0.0, align="left", hyphenate=False, keep_next=False)  # fmt: skip
        title = replace(layout.style(Role.PART_TITLE), page_break=False)
        contents = _bare_entry(layout.style(Role.CONTENTS_PART))
        figure = paragraph_look(
            replace(caption, align="center" if caption.align == "center" else "left", indent=0.0, left=0.0, right=0.0,
                    before=max(6.0, round(body.leading / 2, 1)), after=min(6.0, caption.before), keep_next=True, keep_together=True)
        )  # fmt: skip
        spacing = twips(max(6.0, round(body.leading / 2, 1)))
        figure["spacing"] = f'<w:spacing w:before="{spacing}" w:after="{twips(4)}" w:line="240" w:lineRule="auto"/>'
        measure = layout.page.width - layout.page.inside - layout.page.outside
        running = replace(body, indent=0.0, left=0.0, right=0.0, align="left", before=0.0, after=0.0, hyphenate=False, leading=round(body.size * 1.2, 1))  # fmt: skip
        tabs = f'<w:tabs><w:tab w:val="right" w:pos="{twips(measure)}"/></w:tabs>'
        heads = paragraph_look(running)
        looks = character_look
        made = [
            _style(Named("TOCHeading", "TOC Heading", True), paragraph_look(title), looks(title, layout)),
            _style(Named("TableOfFigures", "table of figures", True), paragraph_look(contents), looks(contents, layout)),
            _style(FIGURE, figure, looks(caption, layout), next=self.names[Role.CAPTION].id),
            _style(Named("Header", "header", True), dict(heads, tabs=tabs), looks(running, layout)),
            _style(Named("HeaderRight", "Header Right"), dict(heads, jc='<w:jc w:val="right"/>'), looks(running, layout), based="Header"),
            _style(Named("Footer", "footer", True), dict(heads, jc='<w:jc w:val="center"/>'), looks(running, layout)),
            _style(Named("ProofStamp", "Proof Stamp"), heads, looks(replace(running, size=8.0, leading=10.0), layout)),
            _style(TABLE_TEXT, paragraph_look(small), looks(small, layout)),
            _style(TABLE_NUMBER, paragraph_look(replace(small, align="right")), looks(small, layout), based=TABLE_TEXT.id),
            _style(TABLE_HEAD, paragraph_look(replace(small, keep_next=True)), looks(replace(small, bold=True), layout), based=TABLE_TEXT.id),
            _style(AFTER_TABLE, {"spacing": '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'}, '<w:sz w:val="2"/><w:szCs w:val="2"/>'),
            _style(Named("CommentText", "annotation text", True), {"spacing": '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>', "ind": '<w:ind w:firstLine="0"/>', "jc": '<w:jc w:val="left"/>'}, '<w:sz w:val="20"/><w:szCs w:val="20"/>'),
        ]  # fmt: skip
        code = fonts(family(layout, layout.style(Role.CODE).font))
        for style_id, name, custom, look in _CHARACTERS:
            own = ' w:customStyle="1"' if custom else ""
            inside = look.replace("{code}", code)
            made.append(
                f'<w:style w:type="character"{own} w:styleId="{style_id}"><w:name w:val="{name}"/>'
                f'<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/>{f"<w:rPr>{inside}</w:rPr>" if inside else ""}</w:style>'
            )
        made.append(_TABLE_STYLE)
        return made

    def list_indent(self, outside: int) -> str:
        """The `w:ind` of a list's level with `outside` quotes and lists around the list."""
        style = self.layout.style(Role.LIST_ITEM)
        edge = text_edge(style, outside)
        return f'<w:ind w:left="{twips(edge)}" w:right="{twips(style.right)}" w:hanging="{twips(label_hang(style))}"/>'


def _bare_entry(style: Style) -> Style:
    return replace(style, page_break=False)


def _in_style(style_id: str) -> dict[str, str]:
    return {"pStyle": f'<w:pStyle w:val="{style_id}"/>'}


def _style(named: Named, look: dict[str, str], characters: str, *, based: str = "Normal", next: str = "") -> str:
    own = "" if named.builtin else ' w:customStyle="1"'
    alias = f'<w:aliases w:val="{attribute(named.alias)}"/>' if named.alias else ""
    following = f'<w:next w:val="{next}"/>' if next else ""
    return (
        f'<w:style w:type="paragraph"{own} w:styleId="{named.id}"><w:name w:val="{attribute(named.name)}"/>{alias}'
        f'<w:basedOn w:val="{based}"/>{following}<w:qFormat/>{properties(look)}'
        f"{f'<w:rPr>{characters}</w:rPr>' if characters else ''}</w:style>"
    )


_TABLE_STYLE = (
    '<w:style w:type="table" w:customStyle="1" w:styleId="DraftTable"><w:name w:val="Draft Table"/>'
    '<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblStyleRowBandSize w:val="1"/><w:tblBorders>'
    '<w:top w:val="single" w:sz="8" w:space="0" w:color="auto"/><w:bottom w:val="single" w:sz="8" w:space="0" w:color="auto"/>'
    '<w:insideH w:val="single" w:sz="2" w:space="0" w:color="A6A6A6"/></w:tblBorders><w:tblCellMar>'
    '<w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders>'
    '<w:bottom w:val="single" w:sz="6" w:space="0" w:color="auto"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>'
)
