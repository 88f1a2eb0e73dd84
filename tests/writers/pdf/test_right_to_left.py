"""Hebrew and Arabic on the page: where each word stands, as an independent reader of the PDF sees it."""

from __future__ import annotations

import io
import re
import shutil
import unicodedata
from ctypes import c_double
from pathlib import Path
from typing import Any

import pdf_kit as kit
import pypdfium2
import pytest
from pikepdf import ContentStreamInstruction, Pdf, parse_content_stream
from pypdfium2.raw import FPDFText_GetCharOrigin

from milebook.model.draft import Draft, Paragraph, Role
from milebook.model.text import Container, Run
from milebook.writers import Options
from milebook.writers.pdf import write

needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler's pdftotext is not installed")

HEBREW = "כל בני אדם נולדו בני חורין ושווים בערכם ובזכויותיהם כולם חוננו בתבונה ובמצפון לפיכך חובה עליהם לנהוג איש ברעהו ברוח של אחווה"
ARABIC = (
    "يولد جميع الناس متساوين في الكرامة والحقوق وقد وهبوا العقل والضمير وعليهم أن يعامل بعضهم البعض بروح الإخاء لا فرق"
)
PERSIAN = "تمام افراد بشر آزاد به دنیا می‌آیند و از لحاظ حیثیت و حقوق با هم برابرند همه دارای عقل و وجدان هستند"
URDU = "تمام انسان آزاد اور حقوق و عزت کے اعتبار سے برابر پیدا ہوئے ہیں انہیں ضمیر اور عقل ودیعت ہوئی ہے"
RIGHT = 432 - 75  # the edge of the type area of a recto, in points
LEFT = 60


def made(*items: Paragraph, **changes: Any) -> bytes:
    draft: Draft = kit.draft(kit.story(1, items))._replace(**changes)
    written = write(draft, kit.layout(), kit.FakePreparer(), Options())
    assert written.findings == []
    return written.data


def chars(data: bytes) -> list[tuple[str, float, float, float]]:
    """Every sign of a PDF with its left and right edge and its baseline, in the order of the page."""
    out = []
    for page in pypdfium2.PdfDocument(data):
        text = page.get_textpage()
        for i in range(text.count_chars()):
            sign = text.get_text_range(i, 1)
            left, _, right, _ = text.get_charbox(i)
            x, y = c_double(), c_double()
            assert FPDFText_GetCharOrigin(text, i, x, y)
            if sign.strip():
                out.append((sign, left, right, y.value))
    return out


def words_at(data: bytes, letters: str) -> dict[str, tuple[float, float]]:
    return {sign: (left, bottom) for sign, left, _, bottom in chars(data) if sign in letters}


def plain(text: str) -> str:
    marks = "[\u200b-\u200f\u202a-\u202e\u2066-\u2069]"
    return " ".join(unicodedata.normalize("NFKC", re.sub(marks, "", text)).split())


@needs_poppler
@pytest.mark.parametrize(
    ("language", "text"), [("he", HEBREW), ("ar", ARABIC), ("fa", PERSIAN), ("ur", URDU)], ids=["he", "ar", "fa", "ur"]
)
def test_whole_paragraphs_are_read_again_in_their_order(language: str, text: str, tmp_path: Path) -> None:
    data = made(Paragraph(Role.BODY, (Run(text),), "one", lang=language))
    wanted = plain(text)
    assert wanted in plain(kit.text_of(data, tmp_path))
    assert wanted in plain("".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)))


def test_a_line_begins_at_the_right_and_the_last_one_stands_there() -> None:
    data = made(Paragraph(Role.BODY_FIRST, (Run(HEBREW + " אבגד הוזח"),), "one", lang="he"))
    lines: dict[int, list[tuple[float, float]]] = {}
    for sign, left, right, base in chars(data):
        if "\u0590" < sign < "\u05ff":
            lines.setdefault(round(base), []).append((left, right))
    edges = [(min(a for a, _ in line), max(b for _, b in line)) for _, line in sorted(lines.items(), reverse=True) if len(line) > 4]  # fmt: skip
    assert len(edges) >= 2
    assert all(right == pytest.approx(RIGHT, abs=3) for _, right in edges)
    assert all(left == pytest.approx(LEFT, abs=3) for left, _ in edges[:-1])
    assert edges[-1][0] > LEFT + 20


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.CREDIT_ENTRY])
def test_every_entry_of_a_list_begins_where_the_books_lines_begin(role: Role) -> None:
    entry = Paragraph(role, (Run("יעל (“שלי”)."),), "one")
    assert words_at(made(entry), "לי")["ל"][0] < LEFT + 60
    assert words_at(made(entry, language="he"), "לי")["ל"][0] > RIGHT - 60
    assert words_at(made(entry._replace(role=Role.BODY)), "לי")["ל"][0] > RIGHT - 60


def test_words_of_two_directions_in_one_line() -> None:
    data = made(Paragraph(Role.BODY_FIRST, (Run("A אב B"),), "one"))
    at = words_at(data, "AאבB")
    assert at["A"] < at["ב"] < at["א"] < at["B"]
    data = made(Paragraph(Role.BODY_FIRST, (Run("א AB 9 ב"),), "one", lang="he"))
    at = words_at(data, "אAB9ב")
    assert at["ב"] < at["A"] < at["B"] < at["9"] < at["א"]


def test_brackets_are_mirrored() -> None:
    (tmp,) = pypdfium2.PdfDocument(made(Paragraph(Role.BODY_FIRST, (Run("(א)"),), "one", lang="he")))
    text = tmp.get_textpage()
    signs = {text.get_text_range(i, 1): text.get_charbox(i) for i in range(text.count_chars())}
    assert signs["א"][0] > min(signs["("][0], signs[")"][0])
    assert signs["א"][0] < max(signs["("][0], signs[")"][0])


def test_labels_insets_and_verse_stand_at_the_right() -> None:
    item = Paragraph(Role.LIST_ITEM, (Run("אבגד"),), "one", inside=(Container("numbers", 1, 1, "7."),), lang="he")
    at = words_at(made(item), "א7")
    assert RIGHT - 20 < at["7"][0] < RIGHT and at["א"] < at["7"]
    verse = Paragraph(Role.VERSE, (Run("א\nב"),), "two", lang="he")
    at = words_at(made(verse), "אב")
    assert at["א"][0] == pytest.approx(RIGHT - 28, abs=10) and at["א"][1] > at["ב"][1]


def test_a_heading_and_its_running_head() -> None:
    heads = Paragraph(Role.STORY_TITLE, (Run("אב 46 ג"),), "title", level=2)
    at = words_at(made(heads), "אב46ג")
    assert at["ג"] < at["4"] < at["6"] < at["ב"] < at["א"]


def test_a_book_in_hebrew_is_bound_at_the_right() -> None:
    data = made(Paragraph(Role.BODY_FIRST, (Run(HEBREW),), "one"), language="he")
    assert Pdf.open(io.BytesIO(data)).Root.ViewerPreferences.Direction == "/R2L"
    right = max(right for sign, _, right, _ in chars(data) if "\u0590" < sign < "\u05ff")
    assert right == pytest.approx(432 - 60, abs=3)  # the inner margin of its first page is at the right


def test_letters_are_joined_and_every_sign_can_be_searched() -> None:
    data = made(Paragraph(Role.BODY_FIRST, (Run("محمد"),), "one", lang="ar"))
    boxes = [(left, right) for sign, left, right, _ in chars(data) if sign in "محمد"]
    assert len(boxes) == 4
    width = max(right for _, right in boxes) - min(left for left, _ in boxes)
    assert width < 11 * 2.4  # four letters that stand alone are wider


def test_a_link_has_one_box() -> None:
    runs = (Run("אבג "), Run("דהו זחט יכל", link="https://example.org/a"), Run(" מנס"))
    data = made(Paragraph(Role.BODY_FIRST, runs, "one", lang="he"))
    assert [len(page.get("/Annots", [])) for page in Pdf.open(io.BytesIO(data)).pages] == [1]


def test_what_is_read_in_tagged_order_is_the_order_of_speech() -> None:
    """The content of a paragraph goes from the first word to the last, wherever they are seen."""
    data = made(Paragraph(Role.BODY_FIRST, (Run("אב גד הו"),), "one", lang="he"))
    places: list[float] = []
    begun = False
    for page in Pdf.open(io.BytesIO(data)).pages:
        for one in parse_content_stream(page):
            assert isinstance(one, ContentStreamInstruction)
            if str(one.operator) == "BMC" and str(one.operands[0]) == "/ReversedChars":
                begun = True
            elif str(one.operator) == "Tm" and begun:
                places.append(float(one.operands[4]))
                begun = False
    assert len(places) == 3 and places == sorted(places, reverse=True)
