"""Read YAML strictly into nodes that know their places, with every finding in one run."""

from __future__ import annotations

import re

from milebook.model.findings import ERROR, Finding, Place
from milebook.source import is_plain, text_findings
from milebook.yaml_nodes.events import Events, SyntaxFault, TooDeep
from milebook.yaml_nodes.nodes import Node, TypedPage
from milebook.yaml_nodes.recovery import read_by_blocks

# What YAML forbids, and the three line breaks that YAML 1.1 knows and no editor counts: each is replaced by one space, so
# that lines and columns stay as the author sees them. `text_findings` has named them by then.
# seldom needed, so made then
_FORBIDDEN = "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\ufeff"
_ODD_LEAD = re.compile(r"^(?=[ -]*[\xa0\u2007\u202f\u3000])[ \xa0\u2007\u202f\u3000-]+(?=\S)", re.MULTILINE)
_ODD_SPACE = re.compile("[\xa0\u2007\u202f\u3000]")


def read(text: str, file: str) -> tuple[Node | None, list[Finding]]:
    """Read `text` (of `file`, relative to the book folder) strictly.

    Returns the outermost node, or None where the text holds none or nothing could be made of it. Every finding is in the
    list, sorted by place; what could not be read is left out, and the group or list around it is marked `broken`.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    page = TypedPage(file, text)
    characters = [_refused_separator(finding) for finding in text_findings(text, file)]
    findings: list[Finding] = []
    clean = text if is_plain(text) else re.sub(_FORBIDDEN, " ", text)
    if _ODD_LEAD.search(clean):
        characters.append(_copied_spaces(clean, page))
        clean = _ODD_LEAD.sub(lambda lead: _ODD_SPACE.sub(" ", lead[0]), clean)
    try:
        root = Events(page, findings).read(clean)
    except SyntaxFault as fault:
        root, findings = read_by_blocks(clean, page, fault.error)
    except TooDeep as deep:
        root = None
        findings.append(deep.args[0])
    findings += characters
    findings.sort(key=lambda finding: finding.place[1:3])
    return root, findings


def _refused_separator(finding: Finding) -> Finding:
    """U+2028 and U+2029 are only worth a note in a story, but a line of YAML must end as lines do."""
    return finding._replace(severity=ERROR) if finding.code == "MB017" else finding


def _copied_spaces(text: str, page: TypedPage) -> Finding:
    """Indentation that looks like spaces but is not: one finding, however many lines were copied."""
    found = list(_ODD_LEAD.finditer(text))
    line = text.count("\n", 0, found[0].start()) + 1
    others = len(found) - 1
    lines = f"this line and {others} more begin" if others else "this line begins"
    return page.finding(
        "MB101",
        f"{lines} with no-break spaces, which are not indentation",
        Place(page.file, line, 1, len(found[0][0])),
        "these are no-break spaces (they come with copied text): type ordinary spaces",
    )
