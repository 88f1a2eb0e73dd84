"""`milebook proof`, from outside: what an editor and a contributor get to mark up, and what is kept of it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from bookmaking import NAMES, make_book, photo, prose, story
from proof_books import BEHIND, HIDDEN, LONG, change, milebook, query, rich_book
from reading import assert_words_in_order, docx_text, letters, source_paragraphs
from validating import absent

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Proofs:
    """What one run of `milebook proof` wrote."""

    def __init__(self, root: Path, *arguments: str) -> None:
        done = milebook("proof", "-C", str(root), *arguments)
        assert done.returncode == 0, done.stderr
        self.said = done.stdout
        self.paths = [
            root / line.removeprefix("wrote ") for line in done.stdout.splitlines() if line.startswith("wrote ")
        ]
        self.names = [path.name for path in self.paths]

    def path(self, start: str, suffix: str) -> Path:
        (found,) = [path for path in self.paths if path.name.startswith(start) and path.suffix == suffix]
        return found

    @property
    def record(self) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads(self.path("", ".json").read_text("utf-8"))
        return loaded


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rich_book(tmp_path_factory.mktemp("rich"))


@pytest.fixture(scope="module")
def proofs(book: Path) -> Proofs:
    return Proofs(book)


@pytest.fixture(scope="module")
def slips(book: Path) -> Proofs:
    return Proofs(book, "--contributor")


def pdf_pages(path: Path, *area: int) -> list[str]:
    if not shutil.which("pdftotext"):
        absent("pdftotext (poppler-utils)")
    place = (
        [word for pair in zip(("-x", "-y", "-W", "-H"), map(str, area), strict=True) for word in pair] if area else []
    )
    text = subprocess.run(
        ["pdftotext", "-layout", "-enc", "UTF-8", *place, str(path), "-"], capture_output=True, check=True
    )
    return text.stdout.decode("utf-8").split("\f")[:-1]


def words(path: Path) -> list[tuple[int, float, float, str]]:
    """Page (from 1), x and y of the left upper corner, and text of every word of a PDF."""
    if not shutil.which("pdftotext"):
        absent("pdftotext (poppler-utils)")
    made = subprocess.run(["pdftotext", "-bbox", str(path), "-"], capture_output=True, check=True).stdout.decode(
        "utf-8"
    )
    out, page = [], 0
    for line in made.splitlines():
        page += "<page " in line
        found = re.search(r'<word xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>(.*)</word>', line)
        if found:
            out.append((page, float(found[1]), float(found[2]), found[3]))
    return out


def part(path: Path, name: str) -> ElementTree.Element:
    with zipfile.ZipFile(path) as archive:
        return ElementTree.fromstring(archive.read(name))


# ---- what is made


def test_one_proof_a_chapter_in_word_and_pdf(proofs: Proofs) -> None:
    build = proofs.record["build_id"]
    assert proofs.names == [
        f"ch01-start-{build}.docx", f"ch01-start-{build}.pdf", f"ch02-end-{build}.docx", f"ch02-end-{build}.pdf", f"{build}.json",
    ]  # fmt: skip


def test_some_chapters_and_one_format(book: Path) -> None:
    assert [re.sub("-[0-9a-f]{12}", "", name) for name in Proofs(book, "end", "--format", "docx").names[:-1]] == [
        "ch02-end.docx"
    ]


def test_a_proof_is_the_same_however_its_chapter_is_named(book: Path) -> None:
    builds = {Proofs(book, name, "--format", "docx").record["build_id"] for name in ("end", "2", "END")}
    assert len(builds) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["statr"], "did you mean start"),
        (["--contributor", "Nobody"], "there is no contributor or story “Nobody”"),
        (["--since", "0123456789ab"], "there is no proof of build"),
        (["--since", "../../x"], "is not a build"),
        (["--format", "epub"], "one of docx, pdf"),
        (["--layout", "prof"], "did you mean proof?"),
    ],
)
def test_wrong_usage_says_what_there_is(book: Path, arguments: list[str], said: str) -> None:
    done = milebook("proof", "-C", str(book), *arguments)
    assert done.returncode == 2
    assert said in done.stderr


def test_words_are_the_books_own(book: Path, proofs: Proofs) -> None:
    text = re.sub(r"\{>>.*?<<\}", "", (book / "stories/second-of-anh.md").read_text("utf-8"))
    assert_words_in_order(source_paragraphs(text), docx_text(proofs.path("ch02", ".docx")), "DOCX")
    pages = list(pdf_pages(proofs.path("ch02", ".pdf")))
    assert "Second Of Anh" in "".join(pages)


def test_same_input_same_bytes(tmp_path: Path) -> None:
    one, two = (Proofs(rich_book(tmp_path / name), "--jobs", jobs) for name, jobs in (("a", "1"), ("b", "2")))
    assert one.names == two.names
    assert [path.read_bytes() for path in one.paths] == [path.read_bytes() for path in two.paths]


def test_the_clock_is_asked_only_without_a_date_given(book: Path, proofs: Proofs) -> None:
    assert proofs.record["made"] == "2026-03-15 00:00 UTC"
    done = milebook("proof", "-C", str(book), "start", "--format", "docx", SOURCE_DATE_EPOCH="")
    made = json.loads((book / done.stdout.split("wrote ")[-1].strip()).read_text("utf-8"))["made"]
    assert made > "2026-03-16"


# ---- the PDF


def test_page_numbers_are_the_books(book: Path, proofs: Proofs, tmp_path: Path) -> None:
    """Every story begins on the same page as in the trade PDF, also behind photos, and lines break in the same places."""
    assert milebook("build", str(book), "--format", "pdf").returncode == 0
    trade = pdf_pages(book / "build" / "a-book-of-miles.pdf", 0, 58, 432, 524)
    in_book = [re.sub(r"\s+", "", page) for page in trade]
    first = next(i for i, page in enumerate(in_book) if page.startswith(("chapter1", "Chapter1")) or "CHAPTER1" in page)
    for name in ("ch01", "ch02"):
        path = proofs.path(name, ".pdf")
        for number, page in enumerate(pdf_pages(path), 1):
            if "Queries" in page:
                break
            left = 96 if _label(path, number) % 2 else 219
            (words_here,) = [_body(path, number, left)]
            folio = _label(path, number)
            assert words_here == in_book[first + folio - 1], f"{name}, page {folio}"


def _label(path: Path, number: int) -> int:
    import pikepdf

    with pikepdf.open(path) as pdf:
        return int(pdf.pages[number - 1].label)


def _body(path: Path, number: int, left: int) -> str:
    """The type area of a proof's page, without the grey letters across it (which are larger than any others)."""
    area = (left - 2, 118 - 10, 301, 524)
    made = subprocess.run(
        ["pdftotext", "-layout", "-enc", "UTF-8", "-f", str(number), "-l", str(number), "-x", str(area[0]), "-y", str(area[1]),
         "-W", str(area[2]), "-H", str(area[3]), str(_without_watermark(path)), "-"], capture_output=True, check=True,
    )  # fmt: skip
    return re.sub(r"\s+", "", made.stdout.decode("utf-8"))


def _without_watermark(path: Path) -> Path:
    """A copy without the words across: they are the only text that is set at a slant."""
    import pikepdf

    copy = path.with_suffix(".plain")
    if not copy.exists():
        with pikepdf.open(path) as pdf:
            for page in pdf.pages:
                content = page.Contents.read_bytes()
                plain = re.sub(rb"q 0\.93 g BT .*? ET Q", b"", content, count=1, flags=re.DOTALL)
                page.Contents = pdf.make_stream(plain)
            pdf.save(copy)
    return copy


def test_line_numbers_restart_on_each_page(proofs: Proofs) -> None:
    path = _without_watermark(proofs.path("ch02", ".pdf"))
    for number in (1, 2, 3):
        recto = _label(path, number) % 2 == 1
        found = [
            int(text) for page, x, y, text in words(path)
            if page == number and text.isdecimal() and (x < 92 if recto else 516 <= x < 540) and 100 < y < 640
        ]  # fmt: skip
        assert found == list(range(1, len(found) + 1)), f"page {number}"
        assert len(found) >= 5


def test_wide_outer_margin(proofs: Proofs) -> None:
    import pikepdf

    with pikepdf.open(proofs.path("ch01", ".pdf")) as pdf:
        assert [float(v) for v in pdf.pages[0].MediaBox] == [0, 0, 612, 792]
    body = [
        x for page, x, _, text in words(_without_watermark(proofs.path("ch02", ".pdf"))) if page == 1 and len(text) > 3
    ]
    assert max(body) < 612 - 200


def test_every_page_is_stamped_and_marked(proofs: Proofs) -> None:
    build = proofs.record["build_id"]
    for name, title in (("ch01", "Chapter 1, Beginnings"), ("ch02", "Chapter 2, A Rather Long Title of a Chapter")):
        for page in pdf_pages(proofs.path(name, ".pdf")):
            assert f"Uncorrected proof · A Book of Miles · {title}" in page
            assert f"Draft of 2026-03-15 · proof made 2026-03-15 00:00 UTC · milebook 0.1.0 · build {build}" in page
        import pikepdf

        with pikepdf.open(proofs.path(name, ".pdf")) as pdf:
            assert all(b"q 0.93 g BT" in page.Contents.read_bytes() for page in pdf.pages)


def test_queries_stand_in_the_margin_beside_their_lines(proofs: Proofs) -> None:
    path = _without_watermark(proofs.path("ch01", ".pdf"))
    found = words(path)
    asks = next((page, y) for page, _, y, text in found if text == "asks" and page == 1)
    boxes = {text: (page, x, y) for page, x, y, text in reversed(found) if re.fullmatch(r"Q\d\.\d\d", text)}
    assert sorted(boxes) == [f"Q1.{n:02d}" for n in range(1, 8)]
    page, x, y = boxes["Q1.01"]
    assert page == asks[0] and x > 409 and abs(y - asks[1]) < 12


def test_queries_are_listed_with_room_for_an_answer(proofs: Proofs) -> None:
    text = "\n".join(pdf_pages(_without_watermark(proofs.path("ch01", ".pdf"))))
    listed = text[text.rindex("Queries\n") if "Queries\n" in text else text.index("Queries") :]
    assert re.search(r"Q1\.02 First One: is this the race’s name\?|Q1\.02 First One: is this the race's name\?", text)
    assert text.count("Answer: ____") == 6
    assert "Answer: 1986" in text
    assert listed
    assert "Queries" not in "\n".join(pdf_pages(proofs.path("ch02", ".pdf")))


def test_more_queries_than_fit_stay_on_the_page(tmp_path: Path) -> None:
    asks = " ".join(f"Word{i}{query(f'question {i} ' + 'that goes on and on for many words ' * 4)}" for i in range(40))
    many = " ".join(f"w{i}{query(f'why {i}?')}" for i in range(90))
    make_book(tmp_path, [story("much", f"{asks}\n\n{prose(1, 60)}"), story("more", f"{many}\n")], story_limit=400)
    made = Proofs(tmp_path, "--format", "pdf")
    path = _without_watermark(made.path("ch01", ".pdf"))
    found = words(path)
    book_pages = min(page for page, _, _, text in found if text == "Queries") - 1
    for page in range(1, book_pages + 1):
        boxed = [(x, y) for number, x, y, text in found if number == page and re.match(r"Q1\.\d+", text)]
        heights = sorted(y for _, y in boxed)
        assert all(20 < y < 740 for y in heights)
        assert all(b - a > 6 for a, b in pairwise(heights)), "boxes lie on each other"
    everything = " ".join(text for _, _, _, text in found)
    assert "see the list of queries" in everything
    for number in range(1, 131):
        assert f"Q1.{number:02d}" in everything


def test_proof_pages_are_sound_for_everybody(proofs: Proofs, slips: Proofs) -> None:
    from validating import pdf_profile, qpdf

    for path in [path for path in (*proofs.paths, *slips.paths) if path.suffix == ".pdf"]:
        assert qpdf(path) == []
        assert pdf_profile(path, "PDF_UA_1") == []
        assert pdf_profile(path, "PDF_A_2A") == []


# ---- the Word file


def test_words_own_line_numbers_and_tracked_changes(proofs: Proofs, slips: Proofs) -> None:
    for path in [path for path in (*proofs.paths, *slips.paths) if path.suffix == ".docx"]:
        body = part(path, "word/document.xml")
        numbers = list(body.iter(f"{W}lnNumType"))
        assert numbers and all(n.get(f"{W}restart") == "newPage" and n.get(f"{W}countBy") == "1" for n in numbers)
        assert len(numbers) == len(list(body.iter(f"{W}sectPr")))
        assert part(path, "word/settings.xml").find(f"{W}trackRevisions") is not None
        assert not list(body.iter(f"{W}ins")) and not list(body.iter(f"{W}del"))


def test_a_bookmark_round_every_paragraph(proofs: Proofs) -> None:
    body = part(proofs.path("ch01", ".docx"), "word/document.xml")
    bare = []
    for paragraph in body.iter(f"{W}p"):
        text = "".join(node.text or "" for node in paragraph.iter(f"{W}t"))
        if text and not list(paragraph.iter(f"{W}bookmarkStart")):
            bare.append(text)
    assert not bare
    names = [mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")]
    assert len(set(names)) == len(names)
    assert {"mb_first_one_title", "mb_first_one_byline", "mb_first_one_p01", "mb_first_one_f1_caption"} <= set(names)


def test_build_id_in_the_properties(proofs: Proofs) -> None:
    custom = part(proofs.path("ch01", ".docx"), "docProps/custom.xml")
    values = {child.get("name"): "".join(child.itertext()) for child in custom}
    assert values["MilebookBuild"] == proofs.record["build_id"]
    core = zipfile.ZipFile(proofs.path("ch01", ".docx")).read("docProps/core.xml").decode()
    assert f"milebook:{proofs.record['build_id']}" in core


def test_queries_are_comments_that_hang_on_words(proofs: Proofs) -> None:
    path = proofs.path("ch01", ".docx")
    comments = {
        c.get(f"{W}id"): "".join(t.text or "" for t in c.iter(f"{W}t")) for c in part(path, "word/comments.xml")
    }
    assert list(comments.values())[:2] == ["Q1.01 do we need this?", "Q1.02 is this the race's name?"]
    body = part(path, "word/document.xml")
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert [node.get(f"{W}id") for node in body.iter(f"{W}{tag}")] == list(comments), tag


def test_word_files_are_valid(proofs: Proofs, slips: Proofs) -> None:
    import validating

    for path in [path for path in (*proofs.paths, *slips.paths) if path.suffix == ".docx"]:
        assert validating.open_xml_sdk(path) == []


def test_only_what_concerns_the_chapter_or_the_story_is_reported(tmp_path: Path) -> None:
    stories = [
        story("one", "We ran <b>home</b>.\n", permission={"status": "granted", "granted": "2026-03-01"}),
        story(
            "two",
            "We sat <i>down</i>.\n",
            permission={"status": "granted", "granted": "2026-03-01"},
            contributor={"name": "Tom Sample"},
        ),
    ]
    chapters: list[dict[str, object]] = [
        {"id": "first", "title": "First", "stories": ["one"]},
        {"id": "last", "title": "Last", "stories": ["two"]},
    ]
    make_book(tmp_path, stories, chapters)
    for words in (["proof", "last", "--format", "docx"], ["proof", "--contributor", "two", "--format", "docx"]):
        told = milebook(*words, "-C", str(tmp_path)).stderr
        assert "stories/two.md:1" in told
        assert "stories/one.md" not in told
        assert "about the rest of the book: “milebook check” shows them all" in told
        assert "two/text" in told and "one/text" not in told
    told = milebook("proof", "-C", str(tmp_path), "--format", "docx").stderr
    assert "stories/one.md:1" in told and "stories/two.md:1" in told and "rest of the book" not in told
    told = milebook("permissions", "--story", "two", "-C", str(tmp_path)).stderr
    assert "text of “Two”" in told and "“One”" not in told


# ---- contributors


def test_one_proof_a_contributor(slips: Proofs) -> None:
    stems = [re.sub(r"-[0-9a-f]{12}$", "", path.stem) for path in slips.paths if path.suffix == ".pdf"]
    assert stems == [
        "contributor-nguyen-thi-anh-first-one", "contributor-lukasz-zolkiewski-settled", "contributor-anonymous-nameless",
        "contributor-penny-lane-penned", "contributor-zoe-osterberg-last",
    ]  # fmt: skip
    assert all(name.isascii() for name in slips.names)


def test_a_name_without_latin_letters_is_left_out_of_a_file_s_name(tmp_path: Path) -> None:
    names = {"walk": "Дарья Новикова", "mile": "דנה לוי", "xu-gate": "Xu Wei 許", "gate": "Xu", "xu": "Ἑλένη Παππᾶ"}
    stories = [story(one, prose(1, 40), contributor={"name": name}) for one, name in names.items()]
    make_book(tmp_path, [*stories, story("hidden", prose(1, 40), contributor={"name": "יעל כהן", "anonymous": True})])
    assert milebook("proof", "-C", str(tmp_path), "--contributor", "--format", "docx").returncode == 0
    made = sorted(path.stem[:-13] for path in (tmp_path / "build" / "proofs").glob("*.docx"))
    assert made == [
        "contributor-anonymous-hidden", "contributor-mile", "contributor-walk", "contributor-xu", "contributor-xu-gate", "contributor-xu-wei-xu-gate",
    ]  # fmt: skip


def test_a_guardian_has_a_line_to_sign_on_that_does_not_wrap(tmp_path: Path) -> None:
    young = {"name": "Molly Minor", "age": 9, "guardian": "Gwen Guardian"}
    make_book(tmp_path, [story("one", prose(1, 60), contributor=young)])
    assert milebook("proof", "-C", str(tmp_path), "--contributor", "--format", "docx").returncode == 0
    (path,) = (tmp_path / "build" / "proofs").glob("*.docx")
    lines = [line for line in docx_text(path).splitlines() if "Guardian" in line and "__" in line]
    assert [line.partition(":")[0] for line in lines] == ["Guardian’s name", "Guardian’s signature"]
    assert max(map(len, lines)) <= len("Signature: ") + 42


def test_only_their_own(book: Path, slips: Proofs) -> None:
    text = docx_text(slips.path("contributor-nguyen", ".docx"))
    assert "First One" in text and "Second Of Anh" in text and "What was left of it." in text
    assert "Settled" not in text and "Penny Lane" not in text
    assert letters((book / "stories/last.md").read_text("utf-8"))[:200] not in letters(text)
    with zipfile.ZipFile(slips.path("contributor-nguyen", ".docx")) as archive:
        assert len([name for name in archive.namelist() if name.startswith("word/media/")]) == 1


def test_named_as_printed_with_a_slip_to_sign(slips: Proofs) -> None:
    text = docx_text(slips.path("contributor-nguyen", ".docx"))
    assert "Under “First One” you will be named as: Nguyễn Thị Ánh, 44, Huế" in text
    assert "About you, in the list of contributors: Walks to work." in text
    for line in ("Approval slip", "I approve it as it stands.", "Signature: ____", "Date: ____"):
        assert line in text
    assert "Under your story you will be named as: Anonymous" in docx_text(slips.path("contributor-anonymous", ".docx"))
    assert "you will be named as: Penny Lane" in docx_text(slips.path("contributor-penny", ".docx"))


def test_numbers_are_the_whole_books(book: Path, slips: Proofs) -> None:
    pages = pdf_pages(slips.path("contributor-penny", ".pdf"))
    assert re.search(r"F\s?IGURE 2\.2|Figure 2\.2", "".join(pages), re.IGNORECASE)
    assert re.search(r"“Penned” \(chapter 2, page \d+\)", "".join(pages))


def test_queries_reach_the_contributor_but_not_those_to_the_editor(slips: Proofs) -> None:
    assert "Q1.02" in docx_text(slips.path("contributor-nguyen", ".docx"))
    settled = zipfile.ZipFile(slips.path("contributor-lukasz", ".docx"))
    everything = b"".join(settled.read(name) for name in settled.namelist()).decode("utf-8", "replace")
    assert "1986" in everything and "libellous" not in everything


def test_an_editors_comment_does_not_reach_the_contributor(tmp_path: Path) -> None:
    text = (
        "We ran {>> editor: Ed Itor: Ask her lawyer. / Ada: I did. <<} home {>> which road? <<} in the\n"
        "rain {>> Editor Ed van Itor: Is it libel? <<} and {>> editor : cut this? <<} slept.\n"
    )
    make_book(tmp_path, [story("one", text)])
    for arguments, asked in (((), 4), (("--contributor",), 1)):
        proof = docx_text(Proofs(tmp_path, *arguments, "--format", "docx").path("", ".docx"))
        assert proof.count("Answer: ____") == asked
        assert "which road?" in proof
        for secret in ("lawyer", "libel", "cut this", "Itor"):
            assert (secret in proof) == (asked == 4)


def test_a_withheld_name_is_in_no_proof(proofs: Proofs, slips: Proofs) -> None:
    for path in (*proofs.paths, *slips.paths):
        data = [path.read_bytes()]
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as archive:
                data += [archive.read(name) for name in archive.namelist()]
        if path.suffix == ".pdf":
            data.append("".join(pdf_pages(path)).encode())
        for name in (HIDDEN, BEHIND, *HIDDEN.split(), *BEHIND.split()):
            assert name.encode() not in b"".join(data), f"{name} in {path.name}"


def test_two_of_one_name_do_not_get_each_others_stories(tmp_path: Path) -> None:
    same = "Nguyễn Văn A"
    make_book(tmp_path, [
        story("one", "First story here.\n", contributor={"name": same, "email": "one@example.org"}),
        story("two", "Second story here.\n", contributor={"name": same, "email": "two@example.org"}),
        story("three", "Third story here.\n", contributor={"name": "Nguyễn  văn A", "email": "one@example.org"}),
    ])  # fmt: skip
    made = Proofs(tmp_path, "--contributor", "--format", "docx")
    texts = [docx_text(path) for path in made.paths if path.suffix == ".docx"]
    assert [("First" in t, "Second" in t, "Third" in t) for t in texts] == [(True, False, True), (False, True, False)]


def test_named_contributors_only(book: Path) -> None:
    made = Proofs(book, "--contributor", "zoë österberg", "penned", "--format", "docx")
    assert [name.split("-")[1] for name in made.names[:-1]] == ["penny", "zoe"]


# ---- queries elsewhere


def test_queries_are_left_out_of_every_other_output(book: Path) -> None:
    assert milebook("build", str(book)).returncode == 0
    for path in sorted((book / "build").glob("a-book-of-miles.*")):
        data = path.read_bytes()
        if path.suffix != ".pdf":
            with zipfile.ZipFile(path) as archive:
                data = b"".join(archive.read(name) for name in archive.namelist())
        else:
            data = "".join(pdf_pages(path)).encode()
        for words_asked in (b"whose words", b"which edition", b"1986", b"{&gt;&gt;", b"{>>", b"Q1.0"):
            assert words_asked not in data, path.name


def test_an_open_query_blocks_a_final_build(book: Path) -> None:
    done = milebook("build", str(book), "--final")
    assert done.returncode == 1
    assert done.stderr.count("MB192") == 6  # the answered one does not
    assert "is this the race's name?" in done.stderr


# ---- what is kept, and --since


def test_the_record_keeps_what_each_paragraph_said(book: Path, proofs: Proofs) -> None:
    record = proofs.record
    rows = {p["anchor"]: p for chapter in record["chapters"] for p in chapter["paragraphs"]}
    assert rows["mb_first-one_p01"]["text"].startswith("The first paragraph asks in its middle")
    assert rows["mb_first-one_p01"]["queries"] == ["is this the race's name?"]
    assert rows["mb_first-one_f1_caption"]["text"] == "What was left of it."
    assert rows["mb_first-one_n1_p01"]["role"] == "note"
    assert len(record["stories"]) == 6 and all(
        len(s["sha256"]) == 64 and s["source"] for s in record["stories"].values()
    )
    import hashlib

    for path in proofs.paths[:-1]:
        assert record["files"][path.name] == hashlib.sha256(path.read_bytes()).hexdigest()


def since(root: Path, edit: Any) -> tuple[Proofs, dict[str, list[str]]]:
    """Proofs since the state before `edit`: for each Word file the anchors that have a bar in the margin."""
    before = Proofs(root, "--format", "docx").record["build_id"]
    edit()
    made = Proofs(root, "--since", before[:6])
    bars: dict[str, list[str]] = {}
    for path in made.paths:
        if path.suffix == ".docx":
            marked = []
            styles = {
                s.get(f"{W}styleId")
                for s in part(path, "word/styles.xml").iter(f"{W}style")
                if s.find(f"{W}pPr/{W}pBdr") is not None
            }
            for name in ("word/document.xml", "word/footnotes.xml"):
                if name not in zipfile.ZipFile(path).namelist():
                    continue
                for paragraph in part(path, name).iter(f"{W}p"):
                    style = paragraph.find(f"{W}pPr/{W}pStyle")
                    if (
                        style is not None
                        and style.get(f"{W}val") in styles
                        and style.get(f"{W}val").endswith("Changed")
                    ):
                        marked.append(next(m.get(f"{W}name") for m in paragraph.iter(f"{W}bookmarkStart")))
            bars[path.name[:4]] = marked  # type: ignore[assignment]
    return made, bars


def small(root: Path) -> Path:
    stories = [story(name, prose(n, 120), photos=[photo(f"photos/{name}.jpg")]) for n, name in enumerate("abcdef")]
    stories[0]["text"] += "\nWith a note[^1].\n\n[^1]: Its text.\n"
    chapters = [
        {"id": "one", "title": "One", "stories": list("abc")},
        {"id": "two", "title": "Two", "stories": list("def")},
    ]
    return make_book(root, stories, chapters)


def rewrite(root: Path, name: str, old: str, new: str) -> None:
    path = root / "stories" / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_since_nothing_changed(tmp_path: Path) -> None:
    made, bars = since(small(tmp_path), lambda: None)
    assert made.paths == [] and "Nothing has changed" in made.said and bars == {}


def test_since_a_paragraph_put_in_at_the_top_marks_only_itself(tmp_path: Path) -> None:
    small(tmp_path)
    path = tmp_path / "stories" / "b.md"
    made, bars = since(
        tmp_path, lambda: path.write_text("New words at the top.\n\n" + path.read_text("utf-8"), "utf-8")
    )
    assert bars == {"ch01": ["mb_b_p01"]}
    assert {path.suffix for path in made.paths} == {".docx", ".pdf", ".json"}


def test_since_a_paragraph_taken_out_marks_where_it_stood(tmp_path: Path) -> None:
    small(tmp_path)
    path = tmp_path / "stories" / "e.md"
    paragraphs = path.read_text("utf-8").split("\n\n")
    _, bars = since(tmp_path, lambda: path.write_text("\n\n".join([paragraphs[0], *paragraphs[2:]]), "utf-8"))
    assert bars == {"ch02": ["mb_e_p02"]}


def test_since_a_note_put_in_does_not_mark_what_it_renumbers(tmp_path: Path) -> None:
    small(tmp_path)
    rewrite(tmp_path, "c.md", "\n\n", " End[^9].\n\n")
    with (tmp_path / "stories" / "c.md").open("a", encoding="utf-8") as handle:
        handle.write("\n[^9]: A late note.\n")
    _, bars = since(
        tmp_path,
        lambda: rewrite(tmp_path, "a.md", "With a note[^1].", "With a note[^1] and another[^2].\n\n[^2]: More."),
    )
    assert "mb_c_p01" not in bars["ch01"]
    assert any(name.startswith("mb_a_n2") for name in bars["ch01"])


def test_since_a_story_moved_marks_its_title_only(tmp_path: Path) -> None:
    small(tmp_path)
    _, bars = since(tmp_path, lambda: change(tmp_path, '["d", "e", "f"]', '["e", "f", "d"]'))
    assert bars == {"ch02": ["mb_d_title"]}


def test_since_a_story_moved_to_another_chapter(tmp_path: Path) -> None:
    small(tmp_path)

    def edit() -> None:
        change(tmp_path, '["d", "e", "f"]', '["e", "f"]')
        change(tmp_path, '["a", "b", "c"]', '["a", "b", "c", "d"]')

    _, bars = since(tmp_path, edit)
    assert bars == {"ch01": ["mb_d_title"], "ch02": ["mb_e_title"]}


def test_since_another_caption_title_or_photo(tmp_path: Path) -> None:
    small(tmp_path)

    def edit() -> None:
        change(
            tmp_path,
            '"file": "photos/a.jpg", "caption": "What was left of it."',
            '"file": "photos/a.jpg", "caption": "All of it."',
        )
        change(tmp_path, '"title": "F"', '"title": "Eff"')
        shutil.copy(tmp_path / "stories/photos/a.jpg", tmp_path / "stories/photos/e.jpg")
        from bookmaking import draw

        draw(tmp_path / "stories/photos/e.jpg", seed=99)

    _, bars = since(tmp_path, edit)
    assert bars == {"ch01": ["mb_a_f1_caption"], "ch02": ["mb_e_f1_caption", "mb_f_title"]}


def test_since_a_new_query(tmp_path: Path) -> None:
    small(tmp_path)
    path = tmp_path / "stories" / "d.md"
    _, bars = since(tmp_path, lambda: path.write_text(f"{query('Who?')} " + path.read_text("utf-8"), "utf-8"))
    assert bars == {"ch02": ["mb_d_p01"]}


def test_changes_have_a_bar_in_the_margin_of_the_pdf(tmp_path: Path) -> None:
    import pikepdf

    small(tmp_path)
    made, _ = since(tmp_path, lambda: rewrite(tmp_path, "d.md", ".", ". Put in."))
    with pikepdf.open(made.path("ch02", ".pdf")) as pdf:
        bars = [re.findall(rb"q 1 w 0 G (\d+)", page.Contents.read_bytes()) for page in pdf.pages]
    assert len(bars[0]) == 1 and sum(len(found) for found in bars) == 1


def test_since_something_that_is_no_record(tmp_path: Path) -> None:
    small(tmp_path)
    store = tmp_path / "build" / "proofs"
    store.mkdir(parents=True)
    for text in ("[]", "{", '{"chapters": [{"id": "one", "paragraphs": [7]}]}', '{"chapters": 3}', "[" * 100_000):
        (store / "abc.json").write_text(text, "utf-8")
        done = milebook("proof", "-C", str(tmp_path), "--since", "abc")
        assert done.returncode == 1 and "MB710" in done.stderr


# ---- long, odd and large


def test_long_titles_no_authors_and_letters_of_all_kinds(tmp_path: Path) -> None:
    stories = [
        story("x" * 60, prose(1, 100), title=LONG, contributor={"name": "Grzegorz Brzęczyszczykiewicz"}),
        story("emoji", "She ran 🏃 and said: cześć, xin chào ạ.\n", contributor={"name": "Đặng Văn Hùng"}),
    ]
    make_book(tmp_path, stories, [{"id": "one", "title": LONG, "stories": ["x" * 60, "emoji"]}], title=LONG, authors=[])
    made = Proofs(tmp_path)
    page = pdf_pages(_without_watermark(made.path("ch01", ".pdf")))[0]
    stamp = next(line for line in page.splitlines() if "Uncorrected proof" in line)
    assert "…" in stamp and len(stamp.strip()) < 160
    assert max(x for number, x, _, _ in words(_without_watermark(made.path("ch01", ".pdf"))) if number == 1) < 600
    Proofs(tmp_path, "--contributor")


def test_a_books_own_page_is_proofed(tmp_path: Path) -> None:
    """A proof breaks its lines where the author's own trade layout does."""
    make_book(tmp_path, [story("a", prose(1, 300)), story("b", prose(2, 300))], story_limit=400)
    (tmp_path / "layouts" / "trade").mkdir(parents=True)
    (tmp_path / "layouts/trade/layout.yaml").write_text(
        "base: trade\npage: {trim: 5in x 8in, inside: 54, outside: 54, top: 60, bottom: 68}\n", "utf-8"
    )
    made = Proofs(tmp_path, "--format", "pdf")
    assert milebook("build", str(tmp_path), "--format", "pdf").returncode == 0
    lines = [
        re.sub(r"\s+", "", line)
        for page in pdf_pages(tmp_path / "build/a-book-of-miles.pdf")
        for line in page.splitlines()
    ]
    left = 94
    mine = _body(made.path("ch01", ".pdf"), 1, left)
    assert lines and all(line in mine for line in lines[lines.index("A") + 2 : lines.index("A") + 8])


@pytest.mark.slow
def test_twelve_chapter_proofs_of_three_hundred_stories_from_one_command(tmp_path: Path) -> None:
    stories = [
        story(f"s{i:03d}", prose(i, 150) + (query("sure?") if i % 9 == 0 else ""), contributor={"name": f"{NAMES[i % 12]} {i % 70}"},
              photos=[photo(f"photos/p{i % 4}.jpg")] if i % 3 == 0 else [])
        for i in range(300)
    ]  # fmt: skip
    chapters = [
        {"id": f"c{k:02d}", "title": f"Part {k}", "stories": [s["id"] for s in stories[k * 25 : k * 25 + 25]]}
        for k in range(12)
    ]
    make_book(tmp_path, stories, chapters)
    made = Proofs(tmp_path)
    assert [name[:4] for name in made.names if name.endswith(".pdf")] == [f"ch{n:02d}" for n in range(1, 13)]
    firsts = [_label(made.path(f"ch{n:02d}", ".pdf"), 1) for n in range(1, 13)]
    assert firsts[0] == 1 and firsts == sorted(set(firsts)) and all(first % 2 for first in firsts)
    assert "Chapter 12" in pdf_pages(made.path("ch12", ".pdf"))[0]


def test_the_record_holds_what_reading_a_returned_file_needs(tmp_path: Path) -> None:
    long = "a-story-with-an-id-that-is-longer-than-word-allows"
    text = "One *two* three[^1] and again[^1].\n\n[^1]: A note.\n"
    root = make_book(tmp_path / "book", [story(long, text), story("a_b", "A."), story("a-b", "B.")])
    assert milebook("proof", "-C", str(root), "--format", "docx").returncode == 0
    (path,) = (root / "build/proofs").glob("*.json")
    rows = {p["anchor"]: p for c in json.loads(path.read_text("utf-8"))["chapters"] for p in c["paragraphs"]}
    first = rows[f"mb_{long}_p01"]
    assert len(first["bookmark"]) == 40
    assert rows["mb_a-b_title"]["bookmark"] != rows["mb_a_b_title"]["bookmark"]
    assert first["looks"] == [[4, 7, "i"]]
    assert first["notes"] == [[13, f"mb_{long}_n1"]]
    assert first["word"] == "One two three and again1."
