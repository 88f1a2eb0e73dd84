"""One Draft through every writer, compared as text with the files beside this one.

`pytest tests/golden --accept` writes what the writers make now; read the difference as you would a proof. The fonts' and
photos' bytes are left out: other tests look at those.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from bookmaking import draw, make_book, story
from lxml import etree

from milebook.commands import run

HERE = Path(__file__).parent
NOON = "1773576000"  # of 15 March 2026
TEXT = """\
The bridge at *Łódź* was “closed,” they said, and I ran on.[^bridge]

- a bottle of water
- two coins

> Ran it again in '86, in 5:22.

* * *

Tell the editor {>> is this the right year? <<} that nothing is lost: b*st*rd stays.

[^bridge]: It opened again in **May**.
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the three files of a small book that has one of everything."""
    root = tmp_path_factory.mktemp("golden")
    draw(root / "stories" / "photos" / "gate.jpg", (900, 600))
    photo = {"file": "photos/gate.jpg", "caption": "The gate, *before*.", "credit": "Photo by Zoë Österberg", "alt": "A gate",
             "permission": {"status": "not_needed", "reason": "made for a test"}}  # fmt: skip
    make_book(
        root,
        [
            story("bridge", TEXT, photos=[photo]),
            story("second", "A short one.\n", contributor={"name": "Nguyễn Thị Ánh", "age": 40}),
        ],
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", NOON)
        assert run(["build", str(root), "--layout", "trade"]) == 0
    return root / "build"


def _xml(data: bytes) -> str:
    tree = etree.fromstring(data)
    etree.indent(tree)
    return re.sub(r'(?<=[" >])[0-9a-f]{12}(?=[" <])', "BUILD-ID", etree.tostring(tree, encoding="unicode"))


def _zipped(wanted: Callable[[str], bool]) -> Callable[[Path], str]:
    def text(path: Path) -> str:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if wanted(name)]
            return "".join(f"==== {name}\n{_xml(archive.read(name))}\n" for name in names)

    return text


def _pdf(path: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is missing (poppler-utils)")
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, encoding="utf-8", check=True)
    lines = [line.rstrip() for line in done.stdout.replace("\f", "==== page\n").splitlines()]
    return re.sub(r"\b[0-9a-f]{12}\b", "BUILD-ID", "\n".join(line for line in lines if line) + "\n")


FORMATS: dict[str, Callable[[Path], str]] = {
    "docx": _zipped(lambda name: name in ("word/document.xml", "word/footnotes.xml", "word/styles.xml")),
    "epub": _zipped(lambda name: name.endswith((".xhtml", ".opf"))),
    "pdf": _pdf,
}


@pytest.mark.parametrize("name", FORMATS)
def test_a_writer_makes_what_it_made(name: str, built: Path, request: pytest.FixtureRequest) -> None:
    (made,) = [path for path in built.iterdir() if path.suffix == f".{name}"]
    now, golden = FORMATS[name](made), HERE / f"{name}.txt"
    if request.config.getoption("--accept"):
        golden.write_text(now, "utf-8")
    assert now == golden.read_text("utf-8"), (
        "the output changed: if that is meant, run pytest tests/golden --accept and read the difference"
    )
