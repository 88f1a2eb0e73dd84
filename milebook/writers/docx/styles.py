"""Write word/styles.xml from a layout."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from milebook.layout import Layout, Style
from milebook.model.draft import Draft, Figure, Paragraph, Role
from milebook.writers.docx.formatting import (
    STEP,
    character_look,
    family,
    fonts,
    label_hang,
    paragraph_look,
    style_element,
    text_edge,
)
from milebook.writers.docx.inheritance import inherited
from milebook.writers.docx.languages import default_language
from milebook.writers.docx.markup import HEAD, W, properties, twips
from milebook.writers.docx.other_styles import further_styles
from milebook.writers.docx.style_names import (
    AFTER_TABLE,
    FIGURE,
    NAMES,
    OUTLINE,
    TABLE_HEAD_NUMBER,
    TABLE_NUMBER,
    Named,
    style_names,
)

_BASE_DEPTH = {Role.BLOCK_QUOTE: 1, Role.LIST_ITEM: 1, Role.LIST_TEXT: 1}
_CHANGED = '<w:pBdr><w:left w:val="single" w:sz="12" w:space="6" w:color="000000"/></w:pBdr>'
# The count stands at the right of the first line of the address. A frame in a style is no frame to LibreOffice.
_BESIDE_ADDRESS = '<w:framePr w:wrap="around" w:vAnchor="margin" w:hAnchor="margin" w:xAlign="right" w:yAlign="top"/>'
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
        self.numbered_chapters, self.credited, self.notes_level = False, False, 0
        for part in self.draft.parts:
            for item in part.items:
                if isinstance(item, Figure):
                    self.credited = self.credited or bool(item.caption and item.credit)
                elif isinstance(item, Paragraph) and item.role == Role.CHAPTER_NUMBER:
                    self.numbered_chapters = True
                elif isinstance(item, Paragraph) and item.role == Role.NOTES_HEADING:
                    self.notes_level = self.notes_level or item.level

    @property
    def plain(self) -> bool:
        return self.layout.profile == "plain"

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
            if role == Role.WORD_COUNT:
                known = {**known, "framePr": _BESIDE_ADDRESS}
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
        align = "right" if style in (TABLE_NUMBER, TABLE_HEAD_NUMBER) else "left"
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
                self._variants[deeper.id] = style_element(deeper, paragraph_look(look), "", based=named.id)
            named = deeper
        if changed:
            marked = Named(f"{named.id}Changed", f"{named.name} (changed)")
            self._variants.setdefault(marked.id, style_element(marked, {"pBdr": _CHANGED}, "", based=named.id))
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
        if role in OUTLINE and role != Role.NOTES_HEADING:  # for finding one's way; it has no look
            made["outlineLvl"] = f'<w:outlineLvl w:val="{OUTLINE[role] - 1}"/>'
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
            made += further_styles(self.layout, self.names)
            made += [self._variants[style_id] for style_id in sorted(self._variants)]
        made.append("</w:styles>")
        return inherited("".join(made).encode())

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
        if role in (Role.CAPTION, Role.CREDIT):  # a proof's lines are counted without them in the PDF too
            look["suppressLineNumbers"] = "<w:suppressLineNumbers/>"
        if role == Role.CAPTION and self.credited:
            look["keepNext"] = "<w:keepNext/>"
        if role == Role.NOTES_HEADING:
            level = self.notes_level
        based = "Normal"
        if role == Role.PART_TITLE and named == NAMES[role]:
            based = self.names[Role.CHAPTER_TITLE].id
        if role == Role.BODY_FIRST and self.names[Role.BODY].id != named.id:
            based = self.names[Role.BODY].id
        if level:
            look["outlineLvl"] = f'<w:outlineLvl w:val="{level - 1}"/>'
        following = _FOLLOWED_BY.get(role)
        return style_element(
            named,
            look,
            character_look(style, self.layout),
            based=based,
            next=self.names[following].id if following else "",
        )

    def list_indent(self, outside: int) -> str:
        """The `w:ind` of a list's level with `outside` quotes and lists around the list."""
        style = self.layout.style(Role.LIST_ITEM)
        edge = text_edge(style, outside)
        return f'<w:ind w:left="{twips(edge)}" w:right="{twips(style.right)}" w:hanging="{twips(label_hang(style))}"/>'


def _in_style(style_id: str) -> dict[str, str]:
    return {"pStyle": f'<w:pStyle w:val="{style_id}"/>'}
