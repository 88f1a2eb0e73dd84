"""Makes docs/pictures/editing.png: a proof of the sample book with an editor's marks, and the page that milebook makes of it.

Usage: python docs/pictures/make_editing.py     (needs LibreOffice, pdftoppm and Chromium)
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from make_pages import DESK, GAP, MARGIN, ROOT, lay, milebook, page, page_with, save  # type: ignore[import-not-found]
from PIL import Image

sys.path.insert(0, str(ROOT / "tests" / "support"))
from marking_up import Marked

HERE = Path(__file__).parent
HEIGHT = 860
CHROMIUM = os.environ.get("CHROMIUM", "chromium")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder)
        shutil.copytree(ROOT / "stories", book / "stories")
        milebook("proof", "first-miles", "--format", "docx", "-C", folder)
        proof = next((book / "build" / "proofs").glob("*.docx"))
        returned = book / "returned.docx"
        returned.write_bytes(marked(proof.read_bytes()))
        milebook("review", str(returned), "-C", folder, "--html", str(book / "review.html"))
        save(side_by_side(word_page(returned, book), report(book)), HERE / "editing.png", 128)


def marked(data: bytes) -> bytes:
    proof = Marked(data, "Edna Editor")
    proof.replace("I was in the one mile", "the pin was bent", "the pin had bent")
    proof.insert("Oskar from my class", "he was fine now.", " He was not.")
    proof.comment("Oskar from my class", "threw up", "Is he all right with our printing this?")
    proof.delete("The way it goes", "Not made it, he drew the line with it. ")
    proof.look("The way it goes", "in the morning")
    return proof.saved()


def word_page(path: Path, book: Path) -> Image.Image:
    """The page with the first marks, as LibreOffice prints it."""
    profile = (book / "profile").as_uri()
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={profile}", "--convert-to", "pdf", "--outdir", str(book), str(path)],
        check=True, capture_output=True,
    )  # fmt: skip
    pdf = book / "returned.pdf"
    made: Image.Image = page(pdf, page_with(pdf, "He was not"), HEIGHT)
    return made


def report(book: Path) -> Image.Image:
    shot = book / "report.png"
    subprocess.run(
        [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--window-size=760,{HEIGHT}", "--hide-scrollbars",
         f"--screenshot={shot}", (book / "review.html").as_uri()],
        check=True, capture_output=True,
    )  # fmt: skip
    return Image.open(shot).convert("RGB")


def side_by_side(left: Image.Image, right: Image.Image) -> Image.Image:
    desk = Image.new("RGB", (left.width + right.width + GAP + 2 * MARGIN, HEIGHT + 2 * MARGIN), DESK)
    lay(desk, left, MARGIN, MARGIN)
    lay(desk, right, MARGIN + left.width + GAP, MARGIN)
    return desk


if __name__ == "__main__":
    main()
