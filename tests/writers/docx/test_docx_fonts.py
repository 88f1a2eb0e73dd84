"""Typefaces that come with milebook travel inside Word files, as the standard says, and only where they are used."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from docx_books import W, everything, find, layout, part, set_

from milebook.writers.docx.markup import R

FONTS = Path(__file__).parents[3] / "milebook" / "fonts" / "eb-garamond"


def decoded(data: bytes, key: str) -> bytes:
    """What a program makes of an embedded font: the key's digits, two by two and last first, over the first 32 bytes."""
    mask = bytes.fromhex(key.strip("{}").replace("-", ""))[::-1] * 2
    return bytes(a ^ b for a, b in zip(data[:32], mask, strict=True)) + data[32:]


@pytest.mark.parametrize("name", ["proof", "trade", "a5"])
def test_the_face_is_in_the_file(name: str) -> None:
    data = set_(everything(), layout(name)).data
    table = part(data, "word/fontTable.xml")
    targets = {rel.get("Id"): rel.get("Target") for rel in part(data, "word/_rels/fontTable.xml.rels")}
    (family,) = find(table, "//w:font[@w:name='EB Garamond']")
    for element, cut in (("embedRegular", "Regular"), ("embedBold", "Bold"), ("embedItalic", "Italic")):
        (one,) = find(family, f"w:{element}")
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            held = package.read(f"word/{targets[one.get(f'{{{R}}}id')]}")
        assert held[:4] != b"\0\1\0\0"
        assert decoded(held, one.get(f"{W}fontKey")) == (FONTS / f"{cut}.ttf").read_bytes()
    assert find(part(data, "word/settings.xml"), "//w:embedTrueTypeFonts")


@pytest.mark.parametrize("name", ["manuscript", "press", "house"])
def test_a_manuscript_in_times_brings_no_font(name: str) -> None:
    data = set_(everything(), layout(name)).data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert not [entry for entry in package.namelist() if "font" in entry and entry != "word/fontTable.xml"]
    assert not find(part(data, "word/settings.xml"), "//w:embedTrueTypeFonts")


def test_libreoffice_sets_the_text_in_it(tmp_path: Path) -> None:
    if not (shutil.which("soffice") and shutil.which("pdffonts")):
        pytest.skip("soffice and pdffonts are missing")
    (tmp_path / "b.docx").write_bytes(set_(everything(), layout("proof")).data)
    profile = f"-env:UserInstallation=file://{tmp_path}/office"
    subprocess.run(
        ["soffice", profile, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "b.docx")],
        check=True, capture_output=True,
    )  # fmt: skip
    fonts = subprocess.run(["pdffonts", str(tmp_path / "b.pdf")], capture_output=True, text=True, check=True).stdout
    assert "EBGaramond-Regular" in fonts and "EBGaramond-Italic" in fonts
