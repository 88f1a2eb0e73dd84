"""Makes docs/pictures/pages.png and proof.png from the sample book, which is built for it in a folder of its own.

Usage: python docs/pictures/make_pages.py     (needs pdftotext and pdftoppm)
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
PAPER, DESK, EDGE = (255, 255, 255), (234, 230, 222), (205, 200, 190)
HEIGHT, GAP, MARGIN = 660, 44, 52  # of a page and around it, in pixels


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder)
        shutil.copytree(ROOT / "stories", book / "stories")
        milebook("build", "-C", folder)
        milebook("proof", "on-the-clock", "--format", "pdf", "-C", folder)
        pdf = next((book / "build").glob("*.pdf"))
        epub = next((book / "build").glob("*.epub"))
        proof = next((book / "build" / "proofs").glob("*.pdf"))
        save(composition(pdf, epub), HERE / "pages.png", 192)
        save(proof_page(proof), HERE / "proof.png", 32)


def milebook(*arguments: str) -> None:
    """Run a command, on a day that is always the same."""
    command = [sys.executable, "-m", "milebook", *arguments]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1773576000"}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)


def composition(pdf: Path, epub: Path) -> Image.Image:
    """Cover, contents and a chapter's beginning above; two facing pages with photos and the checklist below."""
    figure = page_with(pdf, r"Figure 4\.1\b")
    left = figure - figure % 2
    above = [cover(epub), page(pdf, page_with(pdf, r"Contents\s")), page(pdf, page_with(pdf, r"chapter 1\s"))]
    below = [
        spread(page(pdf, left), page(pdf, left + 1)),
        page(pdf, page_with(pdf, r"notes: permissions checklist\s", last=True) + 1),
    ]
    width = MARGIN * 2 + GAP * 2 + sum(sheet.width for sheet in above)
    desk = Image.new("RGB", (width, MARGIN * 2 + GAP + HEIGHT * 2), DESK)
    for row, sheets in enumerate((above, below)):
        x = MARGIN
        gap = (width - 2 * MARGIN - sum(sheet.width for sheet in sheets)) // (len(sheets) - 1)
        for sheet in sheets:
            lay(desk, sheet, x, MARGIN + row * (HEIGHT + GAP))
            x += sheet.width + gap
    return desk


def proof_page(pdf: Path) -> Image.Image:
    number = page_with(pdf, r"explained, or is it")
    sheet = page(pdf, number, 1000)
    desk = Image.new("RGB", (sheet.width + 2 * MARGIN, sheet.height + 2 * MARGIN), DESK)
    lay(desk, sheet, MARGIN, MARGIN)
    return desk


def cover(epub: Path) -> Image.Image:
    with zipfile.ZipFile(epub) as archive:
        name = next(name for name in archive.namelist() if re.search(r"cover\.(jpe?g|png)$", name))
        picture = Image.open(BytesIO(archive.read(name))).convert("RGB")
    return picture.resize((HEIGHT * 2 // 3, HEIGHT), Image.Resampling.LANCZOS)


def page(pdf: Path, number: int, height: int = HEIGHT) -> Image.Image:
    command = ["pdftoppm", "-png", "-r", "200", "-f", str(number), "-l", str(number), str(pdf)]
    picture = Image.open(BytesIO(subprocess.run(command, capture_output=True, check=True).stdout)).convert("RGB")
    return picture.resize((round(picture.width * height / picture.height), height), Image.Resampling.LANCZOS)


def page_with(pdf: Path, words: str, *, last: bool = False) -> int:
    """The number, from 1, of the first (or last) page that says `words`."""
    text = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", str(pdf), "-"], capture_output=True, check=True
    ).stdout.decode()
    pages = [number for number, said in enumerate(text.split("\f"), 1) if re.search(words, said, re.IGNORECASE)]
    return pages[-1 if last else 0]


def spread(left: Image.Image, right: Image.Image) -> Image.Image:
    """Two facing pages, with the fold between them."""
    both = Image.new("RGB", (left.width + right.width, left.height), PAPER)
    both.paste(left, (0, 0))
    both.paste(right, (left.width, 0))
    shade = Image.new("L", both.size, 0)
    pen = ImageDraw.Draw(shade)
    for away in range(26):
        grey = round(46 * (1 - away / 26) ** 2)
        pen.line((left.width - 1 - away, 0, left.width - 1 - away, both.height), fill=grey)
        pen.line((left.width + away, 0, left.width + away, both.height), fill=grey)
    both.paste((70, 60, 45), (0, 0), shade)
    return both


def lay(desk: Image.Image, sheet: Image.Image, x: int, y: int) -> None:
    """A sheet on the desk, with its shadow."""
    shadow = Image.new("L", desk.size, 0)
    ImageDraw.Draw(shadow).rectangle((x + 3, y + 7, x + sheet.width + 3, y + sheet.height + 7), fill=90)
    desk.paste((90, 80, 62), (0, 0), shadow.filter(ImageFilter.GaussianBlur(9)))
    desk.paste(sheet, (x, y))
    ImageDraw.Draw(desk).rectangle((x, y, x + sheet.width - 1, y + sheet.height - 1), outline=EDGE)


def save(picture: Image.Image, path: Path, colours: int) -> None:
    picture.quantize(colours, dither=Image.Dither.FLOYDSTEINBERG).save(path, optimize=True)
    print(f"{path.name}: {picture.width} x {picture.height}, {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
