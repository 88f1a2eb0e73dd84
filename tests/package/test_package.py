"""`milebook export`, from outside: when it refuses, what the publisher gets, and how a received package is checked."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import random
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bookmaking import make_book, photo, story
from proof_books import BEHIND, HIDDEN, LONG, change, granted, milebook, query, rich_book
from reading import docx_text, epub_text
from validating import absent, epubcheck, ghostscript, open_xml_sdk, qpdf

from milebook.package import manifest

PLACE = b"51.4779N-Telephone-of-Ana"


class Package:
    """What one run of `milebook export` wrote."""

    def __init__(self, root: Path, *arguments: str) -> None:
        done = milebook("export", "-C", str(root), *arguments)
        assert done.returncode == 0, done.stderr
        self.folder, self.zip = (
            root / line.removeprefix("wrote ") for line in done.stdout.splitlines() if line.startswith("wrote ")
        )

    @property
    def names(self) -> list[str]:
        return sorted(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file())

    def read(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    def one(self, pattern: str) -> Path:
        (found,) = self.folder.glob(pattern)
        return found

    def rows(self, name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.read(name).decode("utf-8-sig"))))

    @property
    def metadata(self) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads(self.read("metadata.json"))
        return loaded


def photograph(path: Path, kind: str, **options: Any) -> None:
    """A photo as a telephone sends it: turned on its side, with the place in it."""
    from PIL import Image, TiffImagePlugin

    if kind == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener()
    image = Image.effect_mandelbrot((1200, 900), (-2, -1, 1, 1), 40).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = PLACE.decode()
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (
        TiffImagePlugin.IFDRational(51),
        TiffImagePlugin.IFDRational(28),
        TiffImagePlugin.IFDRational(40),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, kind, exif=exif.tobytes(), **options)


FORM = """%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert)>>>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length 51>>stream
BT /F 12 Tf 20 200 Td (I grant the quagmire) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
"""


def word_file(words: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        body = f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>'
        archive.writestr("word/document.xml", body)
    return buffer.getvalue()


def clear_book(root: Path, **book: Any) -> Path:
    """The book of the proofs with every question answered, more photos, and evidence of every kind."""
    rich_book(
        root,
        queries=False,
        isbn={"print": "978-3-16-148410-0", "ebook": "978-0-306-40615-7"},
        publisher="Example Press",
        **book,
    )
    folder = root / "stories"
    kinds = {
        "heic": ("HEIF", {}),
        "tif": ("TIFF", {}),
        "png": ("PNG", {}),
        "webp": ("WEBP", {"lossless": True}),
        "jpeg": ("JPEG", {}),
    }
    entries = []
    for suffix, (kind, options) in kinds.items():
        photograph(folder / f"photos/sent.{suffix}", kind, **options)
        entries.append(
            photo(
                f"photos/sent.{suffix}",
                caption=f"From a {suffix} file.",
                permission=granted(f"releases/form-{suffix}.{_EVIDENCE[suffix]}"),
            )
        )
    (folder / "releases/form-heic.pdf").write_bytes(FORM.encode())
    (folder / "releases/form-tif.pdf").write_bytes(b"%PDF-1.4\nthis was cut off")
    (folder / "releases/form-png.docx").write_bytes(word_file("The form says marmalade"))
    (folder / "releases/form-webp.jpg").write_bytes((folder / "photos/sent.jpeg").read_bytes())
    (folder / "releases/form-jpeg.html").write_text(
        "<p>A page about <b>turnips</b></p><script>evil()</script>", "utf-8"
    )
    change(root, '"id": "last", "title": "Last"', '"id": "last", "title": "Last", "photos": ' + json.dumps(entries))
    return root


_EVIDENCE = {"heic": "pdf", "tif": "pdf", "png": "docx", "webp": "jpg", "jpeg": "html"}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clear_book(tmp_path_factory.mktemp("clear"))


@pytest.fixture(scope="module")
def package(book: Path) -> Package:
    return Package(book)


@pytest.fixture(scope="module")
def full(book: Path) -> Package:
    return Package(book, "--with-evidence", "--profile", "house")


@pytest.fixture(scope="module")
def open_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = rich_book(tmp_path_factory.mktemp("open"), working_title=True)
    change(root, '"status": "not_needed", "reason": "made for a test"', '"status": "to_request"')
    return root


@pytest.fixture(scope="module")
def draft(open_book: Path) -> Package:
    return Package(open_book, "--draft")


# ---- refusing


def test_refused_until_everything_is_clear(open_book: Path) -> None:
    done = milebook("export", "-C", str(open_book))
    assert done.returncode == 1
    assert "Nothing was written." in done.stdout
    assert "MB191" in done.stderr and "MB192" in done.stderr and "MB300" in done.stderr
    assert not (open_book / "build").exists()


@pytest.mark.parametrize(
    ("reason", "code"),
    [("query", "MB192"), ("title", "MB191"), ("permission", "MB300")],
)
def test_each_reason_alone_is_enough(tmp_path: Path, reason: str, code: str) -> None:
    text = "Words of a story" + (f" {query('whose?')}" if reason == "query" else "") + ".\n"
    about = {"working_title": True} if reason == "title" else {}
    permission = (
        {"status": "requested", "requested": "2026-03-01"}
        if reason == "permission"
        else {"status": "not_needed", "reason": "ours"}
    )
    make_book(tmp_path, [story("a", text, permission=permission)], **about)
    done = milebook("export", "-C", str(tmp_path))
    assert done.returncode == 1 and f"error[{code}]" in done.stderr
    assert done.stderr.count("error[") == 1


def test_a_query_in_front_matter_counts_too(tmp_path: Path) -> None:
    make_book(
        tmp_path,
        [story("a", "Words.\n")],
        files={"preface.md": f"Before {query('is it?')} all.\n"},
        front=["title", "preface.md"],
    )
    assert milebook("export", "-C", str(tmp_path)).returncode == 1
    made = Package(tmp_path, "--draft")
    assert [row["query"] for row in made.rows("03_lists/open_queries.csv")] == ["Q0.01"]


# ---- what is in it


def test_the_tree(package: Package) -> None:
    assert package.folder.name == package.zip.stem
    assert re.fullmatch(r"Example_BookMiles_2026-03-15_[0-9a-f]{8}", package.folder.name)
    tops = sorted({name.split("/")[0] for name in package.names})
    assert tops == [
        "01_text",
        "02_art",
        "03_lists",
        "04_proofs",
        "MANIFEST-sha256.txt",
        "README.txt",
        "metadata.json",
        "onix.xml",
    ]
    assert [name for name in package.names if name.startswith("01_text")] == ["01_text/Example_BookMiles_full.docx"]
    wanted = {
        "art_log.xlsx",
        "art_log.csv",
        "permissions_log.xlsx",
        "contributors.xlsx",
        "word_counts.csv",
        "open_queries.csv",
        "castoff.csv",
    }
    assert wanted <= {name.split("/")[1] for name in package.names if name.startswith("03_lists")}


def test_names_are_ascii_and_sort_in_order(package: Package, full: Package) -> None:
    for name in (*package.names, *full.names):
        assert re.fullmatch(r"[A-Za-z0-9_./-]+", name), name
    figures = [row["file"] for row in package.rows("03_lists/art_log.csv")]
    assert figures == sorted(figures) and len(set(figures)) == len(figures) == 8
    texts = [name for name in full.names if name.startswith("01_text")]
    assert [name.split("_", 2)[2] for name in texts] == [
        "00_front.docx",
        "01_start.docx",
        "02_end.docx",
        "03_back.docx",
    ]


def test_the_zip_holds_the_folder(package: Package) -> None:
    with zipfile.ZipFile(package.zip) as archive:
        assert archive.testzip() is None
        inside = {name: archive.read(name) for name in archive.namelist()}
    assert inside == {f"{package.folder.name}/{name}": package.read(name) for name in package.names}


def test_the_text_of_a_press_has_no_pictures_and_calls_for_them(package: Package) -> None:
    path = package.one("01_text/*.docx")
    text = docx_text(path)
    assert "[figure 1.1 about here]" in text and "What was left of it." not in text
    assert "What was left of it." in docx_text(package.one("03_lists/*captions.docx"))
    assert "Figure 2.2. " in docx_text(package.one("03_lists/*alt_texts.docx"))
    with zipfile.ZipFile(path) as archive:
        assert not [name for name in archive.namelist() if "media" in name or "comments" in name]


def test_the_files_of_a_house_hang_together(full: Package) -> None:
    text = docx_text(full.one("01_text/*02_end.docx"))
    assert "Chapter 2" in text and "Figure 2.1" in re.sub(r"\s+", " ", text)
    with zipfile.ZipFile(full.one("01_text/*01_start.docx")) as archive:
        assert 'w:footnote w:id="1"' in archive.read("word/footnotes.xml").decode()
    for path in sorted(full.folder.glob("01_text/*.docx")):
        with zipfile.ZipFile(path) as archive:
            body = archive.read("word/document.xml").decode()
        bookmarks = set(re.findall(r'bookmarkStart [^>]*w:name="([^"]+)"', body))
        assert set(re.findall(r'w:hyperlink w:anchor="([^"]+)"', body)) <= bookmarks, path.name
        assert "TOC" not in re.findall(r"<w:instrText[^>]*>([^<]*)", body).__str__(), path.name
    assert "A Rather Long Title of a Chapter" in docx_text(full.one("01_text/*00_front.docx"))


def test_photos_are_as_received_but_for_the_place(book: Path, package: Package) -> None:
    from PIL import Image

    wide = package.read("02_art/Example_Figure_01_01.jpg")
    assert wide[:2] == b"\xff\xd8" and wide == package.read("02_art/Example_Figure_02_02.jpg")
    suffixes = {"heic": "png", "tif": "tif", "png": "png", "webp": "webp", "jpeg": "jpg"}
    for number, (sent, suffix) in enumerate(suffixes.items(), 3):
        data = package.read(f"02_art/Example_Figure_02_{number:02d}.{suffix}")
        assert PLACE not in data
        with Image.open(io.BytesIO(data)) as made:
            assert 0x8825 not in made.getexif() and 0x010F not in made.getexif()
            turned = made.getexif().get(0x0112, 1)
            assert (made.size, turned) in [((1200, 900), 6), ((900, 1200), 1)], sent
            if suffix in ("jpg", "png", "webp") and sent != "heic":
                with Image.open(book / f"stories/photos/sent.{sent}") as original:
                    assert original.convert("RGB").tobytes() == made.convert("RGB").tobytes()


def test_art_log(package: Package) -> None:
    rows = package.rows("03_lists/art_log.csv")
    assert [row["figure_no"] for row in rows] == ["1.1", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7"]
    assert rows[0]["colour_in"] == "RGB" and rows[0]["type"] == "JPEG"
    assert int(rows[1]["ppi_at_size"]) > int(rows[1]["px_w"]) / 4.1  # a tall photo is printed narrower than the page


MARGIN = 58  # points at head and foot, where page numbers stand


def printed_photos(package: Package) -> list[tuple[str, float]]:
    """Of every photo in the print proof the number at the foot or head of its page, and its width in inches."""
    import pypdfium2

    found = []
    with pypdfium2.PdfDocument(next(package.folder.glob("04_proofs/*.pdf"))) as document:
        for page in document:
            text, height = page.get_textpage(), page.get_height()
            margins = f"{text.get_text_bounded(bottom=height - MARGIN)} {text.get_text_bounded(top=MARGIN)}"
            folio = next((word for word in margins.split() if word.isdecimal()), "")
            for thing in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]):
                left, _, right, _ = thing.get_bounds()
                found.append((folio, (right - left) / 72))
    return found


def test_the_logs_give_the_page_and_the_size_that_each_photo_is_printed_with(package: Package) -> None:
    printed = printed_photos(package)
    pages = {row["item_id"]: row["ms_page"] for row in package.rows("03_lists/permissions_log.csv")}
    photos = {item: page for item, page in pages.items() if re.fullmatch(r"(?!book/).*/photo/\d+", item)}
    assert list(photos.values()) == [f"print proof {folio}" for folio, _ in printed]
    assert any(page != pages[item.partition("/")[0] + "/text"] for item, page in photos.items())
    art = package.rows("03_lists/art_log.csv")
    assert [int(row["ppi_at_size"]) for row in art] == [
        pytest.approx(int(row["px_w"]) / width, abs=1) for row, (_, width) in zip(art, printed, strict=True)
    ]


def test_a_withheld_name_is_nowhere_outside_the_permissions(package: Package, full: Package) -> None:
    for made in (package, full):
        outside = {name: data for name in made.names if not name.startswith("05") for name, data in _opened(made, name)}
        outside |= {"names": "\n".join(made.names).encode()}
        for name, data in outside.items():
            for secret in (HIDDEN, BEHIND, *HIDDEN.split(), *BEHIND.split()):
                assert secret.lower().encode() not in data.lower(), f"{secret} in {name}"
            assert b"@example.org" not in data.replace(b"ada@example.org", b""), name


def _opened(made: Package, name: str) -> Iterator[tuple[str, bytes]]:
    data = made.read(name)
    yield name, data
    if name.endswith((".docx", ".xlsx", ".epub")):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for inner in archive.namelist():
                yield f"{name}: {inner}", archive.read(inner)
    if name.endswith(".pdf") and shutil.which("pdftotext"):
        yield (
            name + ": text",
            subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True).stdout,
        )


def test_evidence_stays_at_home_unless_asked_for(package: Package, full: Package) -> None:
    assert not [
        name for name in package.names if name.startswith("05") or (name.endswith((".eml", ".txt")) and "/" in name)
    ]
    assert "quagmire" not in str(package.names)
    log = {row["item_id"]: row for row in full.rows("03_lists/permissions_log.csv")}
    pieces = [name.split("/")[1] for name in full.names if name.startswith("05_permissions/P")]
    assert len(pieces) == 8 and pieces == sorted(pieces)
    for row in log.values():
        if row["evidence_file"].startswith("P"):
            assert row["evidence_file"] in pieces
            assert int(row["evidence_file"][1:4]) <= int(row["order"])
    first = log["first-one/text"]
    assert first["evidence_file"] == f"P{int(first['order']):03d}_first-one-text.eml"
    assert log["second-of-anh/text"]["evidence_file"] == first["evidence_file"]


def test_all_evidence_in_one_searchable_pdf(full: Package) -> None:
    path = full.one("05_permissions/combined.pdf")
    if not shutil.which("pdftotext"):
        absent("pdftotext (poppler-utils)")
    text = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True).stdout.decode("utf-8")
    for words in (
        "I grant the quagmire",
        "marmalade",
        "turnips",
        "the kestrel story",
        "Nguyễn Thị Ánh",
        f"I agree. {HIDDEN}",
        "This PDF is damaged",
    ):
        assert words in text, words
    assert "evil" not in text and "WW91IG" not in text
    order = [text.index(name) for name in (n.split("/")[1] for n in full.names if n.startswith("05_permissions/P"))]
    assert order == sorted(order)
    import pikepdf

    with pikepdf.open(path) as pdf:
        assert "/OpenAction" not in pdf.Root and "/Names" not in pdf.Root
    assert qpdf(path) == []


def test_metadata(package: Package) -> None:
    data = package.metadata
    assert data["title"] == "A Book of Miles" and data["isbn"] == {
        "print": "978-3-16-148410-0",
        "ebook": "978-0-306-40615-7",
    }
    assert data["trim"] == {"width_in": 6.0, "height_in": 9.0}
    roles = {person["name"]: person["onix_role"] for person in data["contributors"]}
    assert (
        roles["Ada Example"] == "B01"
        and roles["Nguyễn Thị Ánh"] == "A01"
        and roles["Penny Lane"] == "A01"
        and "Anonymous" in roles
    )
    assert {story["story"] for story in data["stories"]} == {
        "first-one",
        "settled",
        "nameless",
        "penned",
        "second-of-anh",
        "last",
    }
    assert set(data["files"]) == set(package.names) - {"MANIFEST-sha256.txt"}
    import pikepdf

    with pikepdf.open(package.one("04_proofs/*.pdf")) as pdf:
        assert data["extent"]["pages"] == len(pdf.pages) == data["castoff"]["pages"]
    assert data["castoff"]["book"]["low"] <= data["extent"]["pages"] <= data["castoff"]["book"]["high"]


def test_accessibility_is_what_the_e_book_claims(package: Package) -> None:
    claimed = package.metadata["accessibility"]
    with zipfile.ZipFile(package.one("04_proofs/*.epub")) as archive:
        opf = archive.read(next(name for name in archive.namelist() if name.endswith(".opf"))).decode()
    for name, values in claimed.items():
        found = re.findall(rf'property="schema:{name}"[^>]*>([^<]*)<', opf)
        assert found == ([values] if isinstance(values, str) else values), name
    assert {"alternativeText", "pageBreakMarkers"} <= set(claimed["accessibilityFeature"])


def test_castoff_beside_the_real_pages(package: Package) -> None:
    rows = package.rows("03_lists/castoff.csv")
    assert [row["title"] for row in rows[-2:]] == ["front and back matter", "whole book"]
    for row in rows[:2]:
        assert int(row["at_least"]) <= int(row["pages_in_print_proof"]) <= int(row["at_most"])


def test_the_readme_tells_a_stranger(package: Package, full: Package) -> None:
    text = package.read("README.txt").decode()
    assert "Edited by Ada Example, Bea Example" in text and "For Example Press" in text
    for name in set(package.names) - {"README.txt"}:
        assert name.rpartition("/")[2] in text
    assert "milebook export --verify" in text and "sha256sum --check" in text
    assert "05_permissions/" not in text and "05_permissions/" in full.read("README.txt").decode()
    assert "--with-evidence" in text


def test_print_proof_keeps_the_printers_rules(package: Package) -> None:
    import pikepdf

    with pikepdf.open(package.one("04_proofs/*.pdf")) as pdf:
        assert len(pdf.pages) % 2 == 0
        assert not re.search(rb"T[jJ]", pdf.pages[-1].Contents.read_bytes())
        assert "/Outlines" not in pdf.Root and not [page for page in pdf.pages if "/Annots" in page.obj]
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                assert any(f"/FontFile{n}" in item for n in ("", "2", "3"))
        assert not any(b"0.93 g" in page.Contents.read_bytes() for page in pdf.pages)


def test_every_file_is_valid(package: Package, full: Package) -> None:
    for made in (package, full):
        for path in [*made.folder.glob("04_proofs/*.pdf"), *made.folder.glob("05_permissions/combined.pdf")]:
            assert qpdf(path) == [] and ghostscript(path) == [], path.name
        for path in made.folder.rglob("*.epub"):
            assert epubcheck(path) == []
    for path in (*package.folder.rglob("*.docx"), *full.folder.glob("0[13]_*/*.docx")):
        assert open_xml_sdk(path) == [], path.name


# ---- drafts


def test_a_draft_says_so_everywhere(draft: Package) -> None:
    assert draft.folder.name.endswith("_DRAFT") and draft.zip.name.endswith("_DRAFT.zip")
    readme = draft.read("README.txt").decode()
    assert (
        "DRAFT. This package is not for publication." in readme
        and "queries are open" in readme
        and "working title" in readme
    )
    assert draft.metadata["mode"] == "draft" and draft.metadata["working_title"] is True
    for path in (*draft.folder.rglob("*.docx"),):
        assert path.stem.endswith("_DRAFT") and "DRAFT, not for publication" in docx_text(path), path.name
        with zipfile.ZipFile(path) as archive:
            assert any(b'string="Draft"' in archive.read(name) for name in archive.namelist() if "header" in name), (
                path.name
            )
    assert "DRAFT, not for publication" in epub_text(draft.one("04_proofs/*.epub"))
    import pikepdf

    with pikepdf.open(draft.one("04_proofs/*.pdf")) as pdf:
        assert b"q 0.93 g BT" in pdf.pages[0].Contents.read_bytes()
    assert len(draft.rows("03_lists/open_queries.csv")) == 6


def test_a_draft_without_a_title_page_says_so_too(tmp_path: Path) -> None:
    make_book(tmp_path, [story("a", "Words.\n")], front=[], back=[])
    made = Package(tmp_path, "--draft", "--profile", "house")
    for path in made.folder.rglob("*.docx"):
        assert "DRAFT, not for publication" in docx_text(path), path.name
    assert "DRAFT, not for publication" in epub_text(made.one("04_proofs/*.epub"))


def test_a_clean_package_says_draft_nowhere(package: Package) -> None:
    for name in package.names:
        for inner, data in _opened(package, name):
            assert b"DRAFT" not in data and b'string="Draft"' not in data, inner


# ---- houses


def test_a_house_of_the_books_own(tmp_path: Path) -> None:
    make_book(
        tmp_path,
        [story("a", "Words.\n", photos=[photo("photos/x.jpg")])],
        authors=["Łukasz Żółć"],
        title="Đi bộ: a Walk & More",
    )
    layout = tmp_path / "layouts/imprint"
    layout.mkdir(parents=True)
    (layout / "layout.yaml").write_text(
        'base: press\nfiles: chapters\ncallout: "<figure {number}>"\nnaming: "Żółw {surname}/{short}: text"\nart_naming: "{short} art"\n',
        "utf-8",
    )
    made = Package(tmp_path, "--profile", "imprint")
    assert [name for name in made.names if name.startswith("01")] == [
        "01_text/Zolw_Zolc_DiBoWalkMore_text_00_front.docx", "01_text/Zolw_Zolc_DiBoWalkMore_text_01_one.docx",
        "01_text/Zolw_Zolc_DiBoWalkMore_text_02_back.docx",
    ]  # fmt: skip
    assert "02_art/DiBoWalkMore_art_01_01.jpg" in made.names
    assert "<figure 1.1>" in docx_text(made.one("01_text/*01_one.docx"))
    assert milebook("export", "-C", str(tmp_path), "--profile", "none-such").returncode == 2


def test_long_titles_and_no_authors(tmp_path: Path) -> None:
    make_book(
        tmp_path,
        [story("a", "Words.\n", title=LONG)],
        [{"id": "one", "title": LONG, "stories": ["a"]}],
        title=LONG,
        authors=[],
    )
    made = Package(tmp_path)
    assert made.folder.name.startswith("Unnamed_") and len(made.folder.name) < 70
    assert milebook("export", "--verify", str(made.zip)).returncode == 0


def test_a_hundred_photos_in_a_chapter_still_sort(tmp_path: Path) -> None:
    shots = [photo("photos/x.jpg", caption=f"No. {n}.") for n in range(101)]
    make_book(tmp_path, [story("a", "Words.\n", photos=shots)])
    made = Package(tmp_path)
    files = [row["file"] for row in made.rows("03_lists/art_log.csv")]
    assert files == sorted(files) and files[-1].endswith("_001_101.jpg")


def test_same_input_same_bytes(tmp_path: Path) -> None:
    one, two = (Package(rich_book(tmp_path / name, queries=False), "--with-evidence") for name in "ab")
    assert one.names == two.names and one.zip.read_bytes() == two.zip.read_bytes()
    assert [one.read(name) for name in one.names] == [two.read(name) for name in two.names]


def test_a_withdrawal_names_the_packages_that_hold_the_story(book: Path, package: Package) -> None:
    copy = book.parent / "withdrawn"
    shutil.copytree(book, copy)
    done = milebook("permissions", "withdraw", "penned", "-C", str(copy))
    assert package.folder.name in done.stdout + done.stderr


# ---- checking a package


def test_a_bare_name_is_looked_for_among_the_book_s_packages(tmp_path: Path) -> None:
    package = tmp_path / "build" / "export" / "A.zip"
    package.parent.mkdir(parents=True)
    package.write_bytes(b"no zip")
    done = milebook("export", "-C", str(tmp_path), "--verify", "A.zip")
    assert "there is no A.zip" not in done.stdout + done.stderr
    gone = milebook("export", "-C", str(tmp_path), "--verify", "B.zip")
    assert "there is no B.zip" in gone.stdout + gone.stderr


def verify(path: Path) -> tuple[int, str]:
    before = {p: (p.stat().st_mtime_ns, p.stat().st_size) for p in [*path.parent.rglob("*")] if p.is_file()}
    done = milebook("export", "--verify", str(path))
    assert before == {p: (p.stat().st_mtime_ns, p.stat().st_size) for p in [*path.parent.rglob("*")] if p.is_file()}
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return Package(
        make_book(tmp_path_factory.mktemp("small"), [story("a", "Words.\n", photos=[photo("photos/x.jpg")])])
    )


@pytest.fixture
def received(small: Package, tmp_path: Path) -> Package:
    """A copy of a small package, to be spoilt."""
    copy = object.__new__(Package)
    copy.folder, copy.zip = tmp_path / small.folder.name, tmp_path / small.zip.name
    shutil.copytree(small.folder, copy.folder)
    shutil.copy(small.zip, copy.zip)
    return copy


def test_a_sound_package_verifies(received: Package) -> None:
    count = len(received.names) - 1
    for path in (received.folder, received.zip):
        assert verify(path) == (0, f"{count} files are what was sent.\n")
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "--check", "--quiet", "MANIFEST-sha256.txt"], cwd=received.folder, check=True)


def test_a_package_packed_anew_verifies(received: Package, tmp_path: Path) -> None:
    again = shutil.make_archive(str(tmp_path / "again"), "zip", tmp_path, received.folder.name)
    assert verify(Path(again))[0] == 0


def test_one_flipped_bit_in_any_file_is_found(received: Package) -> None:
    for name in received.names:
        path = received.folder / name
        data = path.read_bytes()
        for at in (0, len(data) // 2, len(data) - 1):
            spoilt = bytearray(data)
            spoilt[at] ^= 1
            path.write_bytes(spoilt)
            assert manifest.verify(received.folder)[1], f"{name} at {at}"
        path.write_bytes(data)
    assert manifest.verify(received.folder)[1] == []


def test_one_flipped_bit_anywhere_in_the_list_is_found(received: Package) -> None:
    path = received.folder / manifest.NAME
    data = path.read_bytes()
    for at in range(len(data)):
        for bit in range(8):
            spoilt = bytearray(data)
            spoilt[at] ^= 1 << bit
            listed = manifest.read_list(bytes(spoilt))
            assert listed != manifest.read_list(data), f"byte {at}, bit {bit}"


def test_one_flipped_bit_anywhere_in_the_zip_is_found(received: Package) -> None:
    data = received.zip.read_bytes()
    rng = random.Random(1)
    directory = data.index(b"PK\x01\x02")
    places = [
        *range(40),
        *range(directory, directory + 120),
        *range(len(data) - 110, len(data)),
        *rng.sample(range(len(data)), 60),
    ]
    for at in places:
        spoilt = bytearray(data)
        spoilt[at] ^= 1 << rng.randrange(8)
        received.zip.write_bytes(spoilt)
        assert manifest.verify(received.zip)[1], f"byte {at}"


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        ("extra", "MB723"), ("missing", "MB722"), ("renamed", "MB722"), ("link", "MB723"), ("linked", "MB721"),
        ("no list", "MB720"), ("empty list", "MB720"), ("prose for a list", "MB720"), ("line twice", "MB720"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_folder(received: Package, spoil: str, code: str) -> None:
    folder, listed = received.folder, received.folder / manifest.NAME
    readme = folder / "README.txt"
    if spoil == "extra":
        (folder / "02_art" / "more.jpg").write_bytes(b"x")
    elif spoil == "missing":
        readme.unlink()
    elif spoil == "renamed":
        readme.rename(folder / "README.md")
    elif spoil == "link":
        (folder / "passwords").symlink_to("/etc/hostname")
    elif spoil == "linked":
        readme.rename(folder.parent / "elsewhere.txt")
        readme.symlink_to(folder.parent / "elsewhere.txt")
    elif spoil == "no list":
        listed.unlink()
    else:
        line = listed.read_text("utf-8").splitlines()[0] + "\n"
        listed.write_text(
            {"empty list": "", "prose for a list": "All is well.\n", "line twice": line * 2}[spoil], "utf-8"
        )
    status, said = verify(folder)
    assert status == 1 and code in said


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        ("cut", "MB720"),
        ("text", "MB720"),
        ("dots", "MB723"),
        ("absolute", "MB723"),
        ("twice", "MB721"),
        ("without", "MB722"),
        ("tail", "MB721"),
    ],
)
def test_what_is_wrong_with_a_zip(received: Package, spoil: str, code: str) -> None:
    path, data = received.zip, received.zip.read_bytes()
    if spoil == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif spoil == "text":
        path.write_bytes(b"no zip at all")
    elif spoil == "tail":
        path.write_bytes(data + b"more")
    elif spoil == "without":
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(path, "w") as new:
            for name in old.namelist():
                if not name.endswith("README.txt"):
                    new.writestr(name, old.read(name))
    else:
        import warnings

        with warnings.catch_warnings(), zipfile.ZipFile(path, "a") as archive:
            warnings.simplefilter("ignore")
            archive.comment = b""
            name = {
                "dots": "../../evil.txt",
                "absolute": "/etc/evil.txt",
                "twice": f"{received.folder.name}/README.txt",
            }[spoil]
            archive.writestr(name, b"evil")
    status, said = verify(path)
    assert status == 1 and code in said
    assert not (path.parent.parent / "evil.txt").exists()


def test_nothing_to_verify(tmp_path: Path) -> None:
    status, said = verify(tmp_path / "none.zip")
    assert status == 1 and "there is no" in said
    status, said = verify(Path("x" * 300))
    assert status == 1 and "it cannot be read" in said


def test_the_manifest_lists_every_file_with_its_sum(package: Package) -> None:
    lines = [line.split("  ") for line in package.read(manifest.NAME).decode().splitlines()]
    listed = {name: digest for digest, name in lines}
    assert listed == {
        name: hashlib.sha256(package.read(name)).hexdigest() for name in package.names if name != manifest.NAME
    }
