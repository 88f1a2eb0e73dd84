"""Independent validators accept the files. Each is skipped, with a reason, where it is not installed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import validating
from docx_books import everything, layout, set_

LAYOUTS = ("manuscript", "trade", "press", "proof")
pytestmark = pytest.mark.validator


@pytest.fixture(scope="module", params=LAYOUTS)
def path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    name: str = request.param
    made = tmp_path_factory.mktemp("docx") / f"{name}.docx"
    made.write_bytes(set_(everything(proof_line="Uncorrected proof"), layout(name)).data)
    return made


def test_open_xml_sdk(path: Path) -> None:
    assert validating.open_xml_sdk(path) == []


def test_openxml_audit(path: Path) -> None:
    assert validating.openxml_audit(path) == []


def test_ooxml_integrity(path: Path) -> None:
    assert validating.ooxml_integrity(path) == []


@pytest.mark.slow
def test_libreoffice_says_the_same(path: Path) -> None:
    words = " ".join(validating.libreoffice_text(path).split())
    # Note numbers are worked out by LibreOffice itself; the line numbers of a proof stand between the words.
    for wanted in (
        r"Then home\.", r"Figure 1\.3 The road at 1\.3\.", r"Figure 2\.1 The road at 2\.1\.", r"3\) Third", r"7\) Seventh",
        r"Hello1\.", r"cold1 on", r"again(?:3| )\.", r"New chapter ?\.? ?1", r"Of the introduction\.", r"over & out",
    ):  # fmt: skip
        assert re.search(wanted.replace(" ", r"\s+(?:\d+\s+)?") if "chapter" not in wanted else wanted, words), wanted
