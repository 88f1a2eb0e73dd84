"""Report text that was damaged by pasting, with the repaired words beside it."""

from __future__ import annotations

from collections.abc import Sequence

from milebook.markdown.repairs import BULLET, ENCODING, ENTITY, LOST, QUOTED, WHY, repairs
from milebook.model.findings import NOTE, Finding, Place

# The other kinds of damage have findings of their own.
REPORTED = (ENCODING, LOST, BULLET, QUOTED, ENTITY)
_AROUND = 24  # characters shown on either side
_HINT = "to see and make all repairs, type: milebook check --fix"


def damage(text: str, file: str, kinds: Sequence[str] = REPORTED) -> list[Finding]:
    """One finding for each kind of damage in a text, at the first place, with the words as they were meant."""
    findings: list[Finding] = []
    seen: dict[str, int] = {}
    first: dict[str, Finding] = {}
    for one in repairs(text, kinds):
        seen[one.kind] = seen.get(one.kind, 0) + 1
        if one.kind in first:
            continue
        start, end = text.rfind("\n", 0, one.start) + 1, text.find("\n", one.end)
        line = text[start : end if end >= 0 else len(text)].rstrip("\r")
        lead = text[max(start, one.start - _AROUND) : one.start]
        tail = text[one.end : min(end if end >= 0 else len(text), one.end + _AROUND)].rstrip("\r")
        place = Place(
            file, text.count("\n", 0, one.start) + 1, one.start - start + 1, max(1, min(one.end - one.start, 60))
        )
        shown = f"“{lead}{text[one.start : one.end]}{tail}” should read “{lead}{one.new}{tail}”"
        severity = NOTE if one.kind == ENTITY else ""
        first[one.kind] = Finding(
            "MB222", f"{WHY[one.kind]}: {shown}", place, _HINT, severity=severity, quote=line[:300]
        )
    for kind, finding in first.items():
        more = seen[kind] - 1
        again = "" if not more else f"; {more:,} more in this file"
        findings.append(finding._replace(message=finding.message + again))
    return findings
