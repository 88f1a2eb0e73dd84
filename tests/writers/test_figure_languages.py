"""What is printed with a photo has the language and direction of its own words, and the label those of the book, in every format."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from bookmaking import make_book, photo, story
from docx import Document
from docx.oxml.ns import qn
from proof_books import milebook

LABEL = '<span class="label"'


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("book")
    english = photo("photos/a.jpg", caption="Seven, or so", credit="Photo by יעל כהן", alt="A street at night")
    hebrew = photo("photos/b.jpg", caption="הרחוב בלילה", credit="צילום: יעל כהן", alt="רחוב")
    spanish = photo("photos/c.jpg", caption='La "puerta" de mi casa', credit="Foto de Ana", alt="Una puerta")
    make_book(
        root,
        [
            story(
                "he",
                "הלכתי מייל אחד בלילה.",
                language="he",
                title="המייל שלי",
                contributor={"name": "יעל כהן"},
                photos=[english, hebrew],
            ),
            story(
                "es",
                "Caminé una milla por la noche.",
                language="es",
                title="Mi milla",
                contributor={"name": "Ana Ruiz"},
                photos=[spanish],
            ),
        ],
    )
    assert milebook("build", "-C", str(root)).returncode == 0
    return root / "build"


def test_in_an_e_book(made: Path) -> None:
    (path,) = made.glob("*.epub")
    with ZipFile(path) as zipped:
        pages = "".join(zipped.read(name).decode() for name in zipped.namelist() if name.endswith(".xhtml"))
    english, hebrew, spanish = re.findall(r"<figure.*?</figure>", pages, re.DOTALL)
    assert re.search(r'<img[^>]* lang="en', english)
    assert len(re.findall(r'<p [^>]*class="(?:caption|credit)"[^>]* lang="en[^>]*dir="ltr"', english)) == 2
    assert LABEL + ">" in english
    for figure in (hebrew, spanish):
        assert not re.search(r"<(?:figure|img)[^>]* lang", figure)
        assert re.findall(r"<p [^>]*lang", figure) == []
        assert LABEL + ' lang="en' in figure
    assert "La «puerta» de mi casa" in spanish


def test_in_word(made: Path) -> None:
    (path,) = made.glob("*.docx")
    leftward = {
        one.text: one._p.pPr is not None and one._p.pPr.find(qn("w:bidi")) is not None
        for one in Document(str(path)).paragraphs
        if one.text and not one.text.startswith("“")
    }
    assert leftward["Figure 1.1 Seven, or so"] is False
    assert leftward["Photo by יעל כהן"] is False
    assert leftward["Figure 1.2 הרחוב בלילה"] is True
    assert leftward["צילום: יעל כהן"] is True


def test_entries_of_a_list_begin_at_one_side(made: Path) -> None:
    (path,) = made.glob("*.docx")
    names = [one for one in Document(str(path)).paragraphs if one.text.startswith(("יעל כהן (", "Ana Ruiz ("))]
    assert [one._p.pPr.find(qn("w:bidi")) is None for one in names] == [True, True]
    (path,) = made.glob("*.epub")
    with ZipFile(path) as zipped:
        pages = "".join(zipped.read(name).decode() for name in zipped.namelist() if name.endswith(".xhtml"))
    entries = re.findall(r'<p [^>]*class="contributor"[^>]*>', pages)
    assert len(entries) == 2 and not any("dir=" in one for one in entries)


def test_in_a_pdf(made: Path) -> None:
    (path,) = made.glob("*.pdf")
    with pikepdf.open(path) as pdf:
        marks = [
            (str(one["/Alt"]), str(one.get("/Lang", "")))
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure" and "/Alt" in one
        ]
    assert ("A street at night", "en-US") in [(alt, lang or "en-US") for alt, lang in marks]
    assert dict(marks)["רחוב"] == ""
