"""The commands of the programs that milebook is measured against, all installable from PyPI: pandoc and Typst."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

FONTS = Path(__file__).resolve().parents[1] / "milebook" / "fonts" / "eb-garamond"  # the same typeface as milebook's
PAGE = """#set page(width: 6in, height: 9in, margin: 1in, numbering: "1")
#set par(justify: true, first-line-indent: 1.2em, spacing: 0.65em)
"""
SHEET = "body { font-family: serif; line-height: 1.4; } p { margin: 0; text-indent: 1.2em; text-align: justify; hyphens: auto; }\n"
COMPILE = (
    "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], root=sys.argv[3], font_paths=[sys.argv[4]])"
)


def pandoc() -> str:
    """Where pandoc is. Raises ImportError without `pypandoc_binary`."""
    import pypandoc  # type: ignore[import-not-found]

    return str(pypandoc.get_pandoc_path())


def typst_text(book: Path) -> Path:
    """The book as Typst's source, beside the photos that it names by relative paths. Raises ImportError without pandoc."""
    (book / ".page.typ").write_text(PAGE)
    subprocess.run(_to_typst(book, book / ".page.typ"), cwd=book, check=True, capture_output=True)
    return book / ".book.typ"


def _to_typst(book: Path, sheet: Path) -> list[str]:
    return [
        pandoc(), "-f", "markdown+smart", "-s", "--toc", "book.md", "-V", "mainfont=EB Garamond", "-V", "fontsize=10.5pt",
        "-V", "lang=en", "-V", "region=GB", "-B", str(sheet), "-t", "typst", "-o", str(book / ".book.typ"),
    ]  # fmt: skip


def trio(book: Path, out: Path, *, photos_in_docx: bool = True) -> list[list[str]]:
    """Commands that make DOCX, EPUB and PDF of `book.md`, to be run in turn in the folder `book`.

    pandoc takes long over JPEGs in DOCX, for a reason of its own; without `photos_in_docx` its DOCX is made of the text alone.
    """
    out.mkdir(parents=True, exist_ok=True)
    (out / "page.typ").write_text(PAGE)
    (out / "sheet.css").write_text(SHEET)
    source = book / "book.md"
    if not photos_in_docx:
        source = out / "text.md"
        source.write_text(re.sub(r"(?m)^!\[.*\]\(.*\)$", "X", (book / "book.md").read_text("utf-8")), "utf-8")
    common = [pandoc(), "-f", "markdown+smart", "-s", "--toc"]
    return [
        [*common, str(source), "-o", str(out / "book.docx")],
        [*common, "book.md", "--toc-depth=2", "--css", str(out / "sheet.css"), "--split-level=2", "-t", "epub3", "-o", str(out / "book.epub")],
        _to_typst(book, out / "page.typ"),
        [sys.executable, "-c", COMPILE, str(book / ".book.typ"), str(out / "book.pdf"), str(book), str(FONTS)],
    ]  # fmt: skip
