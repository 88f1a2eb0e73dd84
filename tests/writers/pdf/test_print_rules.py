"""The rules of PDF/X-1a (ISO 15930-1 and -4) and of printers on demand, one by one, over a print edition of awkward pictures.

No program that checks PDF/X can be had, so that each rule is read off the file here. `BROKEN` breaks each of them.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from bookmaking import make_book, photo, prose, story
from PIL import Image

from milebook.commands import run

NOTES = "The bridge[^1] is closed.\n\n[^1]: Built in 1931, and never finished.\n\n"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A print edition with a transparent picture, one in CMYK, one in color, one with a profile, a footnote and links."""
    root = tmp_path_factory.mktemp("printed")
    folder = root / "stories" / "photos"
    folder.mkdir(parents=True)
    Image.new("RGBA", (1500, 900), (200, 30, 30, 90)).save(folder / "clear.png")
    Image.new("CMYK", (1500, 900), (20, 90, 90, 0)).save(folder / "inks.jpg")
    Image.new("P", (1500, 900), 3).save(folder / "few.png", transparency=3)
    Image.radial_gradient("L").resize((1500, 900)).convert("RGB").save(folder / "color.jpg", icc_profile=_profile())
    photos = [photo(f"photos/{name}") for name in ("clear.png", "inks.jpg", "few.png", "color.jpg")]
    stories = [story("one", NOTES + prose(1, 300), photos=photos), story("two", prose(2, 4000))]
    make_book(root, stories, isbn={"print": "978-0-306-40615-7"})
    assert run(["build", "-C", str(root), "--final", "--edition", "print", "--format", "pdf"]) == 0
    (made,) = (root / "build").glob("*.pdf")
    return made.read_bytes()


def _profile() -> bytes:
    from PIL import ImageCms

    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary of a file, also those inside others, and those of streams."""
    waiting: list[Any] = [*pdf.objects, pdf.Root, pdf.docinfo]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            waiting += [kid for kid in one if isinstance(kid, pikepdf.Object) and not kid.is_indirect]
        elif isinstance(one, (pikepdf.Dictionary, pikepdf.Stream)):
            yield one
            waiting += [kid for _, kid in one.items() if isinstance(kid, pikepdf.Object) and not kid.is_indirect]


def _operators(pdf: pikepdf.Pdf) -> Iterator[tuple[list[Any], str]]:
    for page in pdf.pages:
        yield from _page_operators(page)


def _page_operators(page: pikepdf.Page) -> Iterator[tuple[list[Any], str]]:
    for one in pikepdf.parse_content_stream(page):
        yield list(one.operands), str(one.operator)


def _streams(pdf: pikepdf.Pdf, subtype: str) -> list[pikepdf.Stream]:
    return [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == subtype]


def _keyless(pdf: pikepdf.Pdf, *keys: str) -> bool:
    return not any(key in one for one in _dictionaries(pdf) for key in keys)


def _gray_pictures(pdf: pikepdf.Pdf) -> bool:
    pictures = _streams(pdf, "/Image")
    return len(pictures) >= 4 and all(one.get("/ColorSpace") == "/DeviceGray" for one in pictures)


def _black_text(pdf: pikepdf.Pdf) -> bool:
    inks = [
        (operator, float(operands[-1]))
        for operands, operator in _operators(pdf)
        if operator in ("g", "G", "rg", "RG", "k", "K", "cs", "CS", "sc", "SC", "scn", "SCN", "sh")
    ]
    return bool(inks) and all(operator in ("g", "G") and ink == 0 for operator, ink in inks)


def _boxes(pdf: pikepdf.Pdf) -> bool:
    """A trim box within the bleed box within the media box, on every page, and no art box beside it."""

    def inside(inner: Any, outer: Any) -> bool:
        a, b = [float(v) for v in inner], [float(v) for v in outer]
        return a[0] >= b[0] and a[1] >= b[1] and a[2] <= b[2] and a[3] <= b[3]

    return all(
        {"/TrimBox", "/BleedBox", "/MediaBox"} <= set(page.obj.keys())
        and "/ArtBox" not in page.obj
        and inside(page.obj.TrimBox, page.obj.BleedBox)
        and inside(page.obj.BleedBox, page.obj.MediaBox)
        for page in pdf.pages
    )


def _intent(pdf: pikepdf.Pdf) -> bool:
    intents = [one for one in pdf.Root.get("/OutputIntents", []) if one.get("/S") == "/GTS_PDFX"]
    return len(intents) == 1 and all(
        str(intents[0].get(key, "")) for key in ("/OutputConditionIdentifier", "/RegistryName", "/Info")
    )


def _embedded(pdf: pikepdf.Pdf) -> bool:
    fonts = [
        one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
    ]
    return bool(fonts) and all(any(f"/FontFile{n}" in one for n in ("", "2", "3")) for one in fonts)


def _info(pdf: pikepdf.Pdf) -> bool:
    info = pdf.docinfo
    stated = all(
        str(info.get(key, "")).strip() for key in ("/Title", "/Creator", "/Producer", "/CreationDate", "/ModDate")
    )
    return stated and info.get("/Trapped") in ("/True", "/False")


def _legible(pdf: pikepdf.Pdf) -> bool:
    return all(float(operands[1]) >= 7 for operands, operator in _operators(pdf) if operator == "Tf")


def _lines(pdf: pikepdf.Pdf) -> bool:
    weights = [float(operands[0]) for operands, operator in _operators(pdf) if operator == "w"]
    return bool(weights) and min(weights) >= 0.75


def _even(pdf: pikepdf.Pdf) -> bool:
    return len(pdf.pages) % 2 == 0 and b"TJ" not in pdf.pages[-1].Contents.read_bytes()


def _margins(pdf: pikepdf.Pdf) -> bool:
    """Nothing nearer than half an inch to an edge of the page: text by where it begins, pictures by their corners."""
    for page in pdf.pages:
        width, height = float(page.mediabox[2]), float(page.mediabox[3])
        for operands, operator in _page_operators(page):
            if operator in ("Tm", "cm"):
                numbers = [float(value) for value in operands]
                x, y = numbers[4], numbers[5]
                right = x + (numbers[0] if operator == "cm" else 0)
                if (x or y) and (min(x, y) < 36 or right > width - 36 or y > height - 36):
                    return False
    return True


RULES: dict[str, Callable[[pikepdf.Pdf], bool]] = {
    "PDF 1.3 or 1.4": lambda pdf: pdf.pdf_version in ("1.3", "1.4"),
    "no object streams": lambda pdf: not any(one.get("/Type") in ("/ObjStm", "/XRef") for one in _dictionaries(pdf)),
    "an identity": lambda pdf: len(pdf.trailer.get("/ID", [])) == 2,
    "not encrypted": lambda pdf: not pdf.is_encrypted,
    "title, maker, dates, trapped": _info,
    "an output intent": _intent,
    "boxes": _boxes,
    "fonts embedded": _embedded,
    "no annotations, forms and actions": lambda pdf: _keyless(pdf, "/Annots", "/AcroForm", "/AA", "/OpenAction", "/JavaScript", "/JS", "/A"),
    "no embedded files": lambda pdf: _keyless(pdf, "/EmbeddedFiles", "/EF", "/AF"),
    "no layers": lambda pdf: _keyless(pdf, "/OCProperties", "/OC"),
    "no transparency": lambda pdf: _keyless(pdf, "/SMask", "/Mask", "/CA", "/ca", "/BM", "/Group"),
    "no curves or halftones of the file's own": lambda pdf: _keyless(pdf, "/TR", "/TR2", "/HT", "/HTP", "/BG", "/UCR"),
    "no color, no profile": lambda pdf: _gray_pictures(pdf) and _keyless(pdf, "/DestOutputProfile", "/Alternate"),
    "one black for text and lines": _black_text,
    "no LZW, no JBIG2, no JPEG 2000": lambda pdf: not any(
        name in repr(one.get("/Filter")) for one in _dictionaries(pdf) for name in ("LZW", "JBIG2", "JPX", "Crypt")
    ),
    "no PostScript, no files elsewhere": lambda pdf: _keyless(pdf, "/OPI", "/Ref", "/F", "/PS") and not _streams(pdf, "/PS"),
    "no alternate pictures": lambda pdf: _keyless(pdf, "/Alternates"),
    "no bookmarks": lambda pdf: _keyless(pdf, "/Outlines"),
    "type of 7 points or more": _legible,
    "lines of 0.75 points or more": _lines,
    "an even number of pages, the last one blank": _even,
    "half an inch on every side": _margins,
}  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
def test_the_print_edition_keeps_every_rule(data: bytes, rule: str) -> None:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert RULES[rule](pdf)


def _content(pdf: pikepdf.Pdf, more: bytes) -> None:
    page = pdf.pages[8]
    page.Contents.write(page.Contents.read_bytes() + more)


def _picture(pdf: pikepdf.Pdf) -> pikepdf.Stream:
    return _streams(pdf, "/Image")[0]


def _note(pdf: pikepdf.Pdf) -> None:
    pdf.pages[8].obj.Annots = pikepdf.Array([pikepdf.Dictionary(Type=pikepdf.Name.Annot)])


BROKEN: dict[str, Callable[[pikepdf.Pdf], object]] = {
    "title, maker, dates, trapped": lambda pdf: pdf.docinfo.__delitem__("/Trapped"),
    "an output intent": lambda pdf: pdf.Root.OutputIntents[0].__delitem__("/RegistryName"),
    "boxes": lambda pdf: pdf.pages[3].obj.__setitem__("/TrimBox", pikepdf.Array([0, 0, 600, 800])),
    "fonts embedded": lambda pdf: next(one.__delitem__("/FontFile2") for one in _dictionaries(pdf) if "/FontFile2" in one),
    "no annotations, forms and actions": _note,
    "no embedded files": lambda pdf: pdf.Root.__setitem__("/AF", pikepdf.Array([])),
    "no layers": lambda pdf: pdf.Root.__setitem__("/OCProperties", pikepdf.Dictionary()),
    "no transparency": lambda pdf: _picture(pdf).__setitem__("/SMask", _streams(pdf, "/Image")[1]),
    "no curves or halftones of the file's own": lambda pdf: pdf.pages[2].obj.Resources.__setitem__("/TR", pikepdf.Name.Identity),
    "no color, no profile": lambda pdf: _picture(pdf).__setitem__("/ColorSpace", pikepdf.Name.DeviceRGB),
    "one black for text and lines": lambda pdf: _content(pdf, b" 0.4 g"),
    "no LZW, no JBIG2, no JPEG 2000": lambda pdf: _picture(pdf).__setitem__("/DecodeParms", pikepdf.Dictionary(Filter=pikepdf.Name.LZWDecode)),
    "no PostScript, no files elsewhere": lambda pdf: _picture(pdf).__setitem__("/OPI", pikepdf.Dictionary()),
    "no alternate pictures": lambda pdf: _picture(pdf).__setitem__("/Alternates", pikepdf.Array([])),
    "no bookmarks": lambda pdf: pdf.Root.__setitem__("/Outlines", pikepdf.Dictionary()),
    "type of 7 points or more": lambda pdf: _content(pdf, b" BT /F1 6 Tf ET"),
    "lines of 0.75 points or more": lambda pdf: _content(pdf, b" 0.5 w"),
    "an even number of pages, the last one blank": lambda pdf: pdf.pages.__delitem__(-1),
    "half an inch on every side": lambda pdf: _content(pdf, b" BT 1 0 0 1 20 300 Tm ET"),
}  # fmt: skip


@pytest.mark.parametrize("rule", BROKEN)
def test_a_file_that_breaks_a_rule_is_seen(data: bytes, rule: str) -> None:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        BROKEN[rule](pdf)
        assert not RULES[rule](pdf)


def test_the_reading_edition_keeps_few_of_them(tmp_path: Path) -> None:
    make_book(tmp_path, [story("one", NOTES + prose(1, 300), photos=[photo("photos/a.jpg")])])
    assert run(["build", "-C", str(tmp_path), "--format", "pdf"]) == 0
    (made,) = (tmp_path / "build").glob("*.pdf")
    with pikepdf.open(made) as pdf:
        broken = {rule for rule, holds in RULES.items() if not holds(pdf)}
    assert {
        "PDF 1.3 or 1.4", "no object streams", "an output intent", "boxes", "no color, no profile", "no bookmarks",
        "no annotations, forms and actions", "lines of 0.75 points or more",
    } <= broken  # fmt: skip
