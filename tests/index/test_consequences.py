"""Which findings are left out beside others, decided by values: these findings have no words at all."""

from __future__ import annotations

import pytest

from milebook.index.consequences import without_consequences
from milebook.index.slips import NO_ID, NOTHING
from milebook.model.findings import Finding, Place
from milebook.yaml_nodes.line_shapes import INDENTED

PATH = "stories/index.yaml"
INDEX = """\
book: {title: A}
chapters:
  - id: one
    stories: [oak, elm]
agreements:
  ana:
    status: granted
stories:
  - id: oka
    title: Oak
  - id: elm
    title: Elm
"""


def found(code: str, line: int, **facts: str) -> Finding:
    return Finding(code, "", Place(PATH, line, 1), **facts)


@pytest.mark.parametrize(
    ("findings", "left"),
    [
        ([found("MB101", 9, kind=INDENTED), found("MB101", 10, kind=INDENTED)], ["MB101"]),
        ([found("MB101", 9, kind=INDENTED), found("MB101", 10, kind="tab")], ["MB101", "MB101"]),
        ([found("MB118", 4, name="oak", meant="oka"), found("MB004", 9)], ["MB118", "MB004"]),
        ([found("MB118", 4, name="oka"), found("MB101", 9)], ["MB101"]),
        ([found("MB118", 4, name="old-oak", meant="old-oka"), found("MB108", 9, name="stories")], ["MB118", "MB108"]),
        ([found("MB108", 8, name="stories"), found("MB118", 4, name="oak")], ["MB108"]),
        ([found("MB108", 9, name="title"), found("MB118", 4, name="oak")], ["MB108"]),
        ([found("MB107", 1, kind=NOTHING), found("MB101", 9)], ["MB101"]),
        ([found("MB107", 1, kind=NOTHING)], ["MB107"]),
        ([found("MB107", 6, kind=NO_ID), found("MB117", 12, name="ana")], ["MB107"]),
        ([found("MB117", 10, name="ann"), found("MB117", 12, name="ann")], ["MB117"]),
        ([found("MB117", 10, name="ann"), found("MB117", 12, name="bea")], ["MB117", "MB117"]),
        ([found("MB101", 10), found("MB300", 9), found("MB300", 11)], ["MB101", "MB300"]),
        ([found("MB113", 7), found("MB300", 9, name="ana"), found("MB300", 11, name="bea")], ["MB113", "MB300"]),
        ([found("MB108", 5, name="agreements"), found("MB300", 11)], ["MB108"]),
        ([found("MB104", 4), found("MB300", 11)], ["MB104", "MB300"]),
        ([found("MB101", 10), found("MB301", 9)], ["MB101", "MB301"]),
        ([found("MB004", 1, meant="intro.md"), Finding("MB136", "", Place("stories/intro.md"))], ["MB004"]),
        ([found("MB004", 1, meant="intro.md"), Finding("MB136", "", Place("stories/epilog.md"))], ["MB004", "MB136"]),
    ],
)
def test_what_only_follows_is_left_out(findings: list[Finding], left: list[str]) -> None:
    assert [finding.code for finding in without_consequences(findings, PATH, INDEX.split("\n"))] == left
