"""`milebook cover`: measures, boxes, barcode, and what is said of a cover that lacks something."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from bookmaking import draw, make_book, prose, story

from milebook.app.cover import CoverRequest, cover
from milebook.app.load import load
from milebook.covers.wrap import INCH, printers, wrap

ISBN = "978-1-4028-9462-6"


def book(root: Path, **about: object) -> Path:
    return make_book(
        root,
        [story(f"s{n:02d}", prose(n, 280)) for n in range(24)],
        isbn={"print": ISBN},
        description="A book.",
        **about,
    )


@pytest.mark.parametrize("printer", ["kdp", "ingramspark"])
@pytest.mark.parametrize("design", ["road", "type"])
def test_the_wrap_has_its_measures_and_boxes(tmp_path: Path, printer: str, design: str) -> None:
    book(tmp_path, cover_design=design)
    result = cover(tmp_path, CoverRequest(printer, "cream", pages=215))
    report = result.report
    spine = 216 * printers()[printer].paper["cream"] / INCH
    assert report["pages"] == 216
    assert report["spine"] == pytest.approx(spine, abs=1e-3)
    assert report["sheet"] == [pytest.approx(12.25 + spine, abs=1e-3), 9.25]
    with pikepdf.open(tmp_path / result.written[0]) as pdf:
        (page,) = pdf.pages
        assert [float(v) / 72 for v in page.mediabox][2:] == [
            pytest.approx(12.25 + spine, abs=1e-3),
            pytest.approx(9.25),
        ]
        assert [round(float(v)) for v in page.trimbox][:2] == [9, 9]
        fonts = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"]
        assert fonts
        assert all(font.get("/BaseFont") == "/Helvetica" or "+" in str(font.BaseFont) for font in fonts)
        spaces = {
            str(one.ColorSpace)
            for one in pdf.objects
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"
        }
        assert spaces == {"/DeviceCMYK" if printer == "ingramspark" else "/DeviceRGB"}


def test_the_same_bytes_every_time(tmp_path: Path) -> None:
    book(tmp_path)
    made = [cover(tmp_path, CoverRequest(pages=200, price="51695")).written[0] for _ in range(2)]
    first = (tmp_path / made[0]).read_bytes()
    cover(tmp_path, CoverRequest(pages=200, price="51695"))
    assert (tmp_path / made[0]).read_bytes() == first


def test_the_barcode_can_be_read(tmp_path: Path) -> None:
    """The bars of EAN-13, read back from the drawn page column by column."""
    pymupdf = pytest.importorskip("pymupdf", reason="pymupdf is not installed")
    book(tmp_path)
    written = cover(tmp_path, CoverRequest(pages=200)).written[0]
    made = wrap(printers()["kdp"], (432, 648), 200, "cream")
    with pymupdf.open(tmp_path / written) as pdf:
        field = made.barcode
        middle = made.sheet[1] - field.y - field.height / 2
        clip = pymupdf.Rect(field.x, middle - 2, field.x + field.width, middle + 2)
        image = pdf[0].get_pixmap(dpi=1200, clip=clip, colorspace="gray")
    row = image.samples[image.stride * 20 : image.stride * 20 + image.width]
    dark = [value < 128 for value in row]
    start, end = dark.index(True), len(dark) - dark[::-1].index(True)
    unit = (end - start) / 95
    bits = "".join("1" if dark[int(start + (n + 0.5) * unit)] else "0" for n in range(95))
    assert bits[:3] == bits[-3:] == "101"
    assert bits[45:50] == "01010"
    odd = ("0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011")
    right = ["".join("10"[int(b)] for b in code) for code in odd]
    assert "".join(str(right.index(bits[50 + 7 * n : 57 + 7 * n])) for n in range(6)) == "894626"


def test_a_printer_that_cannot_bind_so_few_pages(tmp_path: Path) -> None:
    book(tmp_path)
    result = cover(tmp_path, CoverRequest(pages=12))
    assert result.refused
    assert "MB651" in {finding.code for finding in result.findings}
    assert not list(tmp_path.glob("build/*.pdf"))


def test_a_short_book_is_told_what_to_do_and_nothing_that_is_not_about_the_cover(tmp_path: Path) -> None:
    make_book(tmp_path, [story("one", prose(1, 200))], isbn={"print": ISBN}, description="A book.", story_limit=10)
    assert {finding.code for finding in load(tmp_path).findings} - {"MB651", "MB652"}
    result = cover(tmp_path, CoverRequest())
    assert {finding.code for finding in result.findings} == {"MB651", "MB652"}
    (hint,) = (finding.hint for finding in result.findings if finding.code == "MB651")
    assert hint.startswith("more stories")
    assert hint.endswith("to see a cover now, add --pages 100")


def test_a_picture_that_cannot_be_read_is_still_named(tmp_path: Path) -> None:
    path = tmp_path / "stories" / "photos" / "cover.jpg"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"no picture")
    book(tmp_path, cover="photos/cover.jpg", cover_permission={"status": "not_needed", "reason": "drawn for a test"})
    result = cover(tmp_path, CoverRequest(pages=120))
    assert result.refused
    assert any(
        finding.place.file == "stories/photos/cover.jpg" or "cover" in finding.message for finding in result.findings
    )


def test_what_a_cover_lacks_is_said(tmp_path: Path) -> None:
    make_book(tmp_path, [story("one", prose(1, 200))])
    result = cover(tmp_path, CoverRequest(pages=40))
    assert {"MB652", "MB653", "MB654"} <= {finding.code for finding in result.findings}
    assert result.report["spine_text"] is False


def test_an_odd_number_of_pages_is_filled_up_and_said(tmp_path: Path) -> None:
    make_book(tmp_path, [story("one", prose(1, 200))])
    reports = [cover(tmp_path, CoverRequest(pages=pages)).report for pages in (61, 62)]
    assert [(report["pages"], report["blank_pages"]) for report in reports] == [(62, 1), (62, 0)]


def test_a_price_code_without_an_isbn_is_not_ignored_silently(tmp_path: Path) -> None:
    make_book(tmp_path, [story("one", prose(1, 200))])
    (said,) = [f for f in cover(tmp_path, CoverRequest(pages=40, price="51695")).findings if f.code == "MB653"]
    assert "51695" in said.message
    (said,) = [f for f in cover(tmp_path, CoverRequest(pages=40)).findings if f.code == "MB653"]
    assert "price" not in said.message


def test_a_picture_that_does_not_suit_the_front(tmp_path: Path) -> None:
    draw(tmp_path / "stories" / "photos" / "cover.jpg", (900, 900))
    book(tmp_path, cover="photos/cover.jpg", cover_permission={"status": "not_needed", "reason": "drawn for a test"})
    result = cover(tmp_path, CoverRequest(pages=120))
    assert {"MB655", "MB656"} <= {finding.code for finding in result.findings}
    with pikepdf.open(io.BytesIO((tmp_path / result.written[0]).read_bytes())) as pdf:
        assert len(pdf.pages) == 1


def test_pages_are_counted_from_the_print_edition(tmp_path: Path) -> None:
    book(tmp_path)
    result = cover(tmp_path, CoverRequest())
    pages = result.report["pages"]
    assert isinstance(pages, int)
    assert pages % 2 == 0
    assert 24 <= pages <= 60
