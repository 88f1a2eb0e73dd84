"""Letters with their forms: what a signer gets, read back by programs that know nothing of milebook."""

from __future__ import annotations

import email
import io
import itertools
import re
from email.policy import default
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from permission_books import book, minor, photo, story
from permission_folders import book_folder, fill_form
from PIL import Image

from milebook.commands import run
from milebook.model.book import Agreement, Contributor, Editions, Person, Source
from milebook.output.ledger import read_ledger
from milebook.permissions import items
from milebook.permissions.requests.form_sheet import FormPicture
from milebook.permissions.requests.form_text import missing
from milebook.permissions.requests.letters import Letter, letters
from milebook.permissions.requests.release_form import release_form

OPEN = Agreement()
PAGE = (612.0, 792.0)


def letter_to(name: str = "Ana Example", **fields) -> tuple[object, Letter]:
    who = Contributor(name=name, email="a@example.org", bio="She runs.", location="St. Louis", age=32)
    made = book(
        story(contributor=who, permission=OPEN, received="2026-02-27", source=Source(kind="email"), **fields),
        contact={"name": "Ada", "email": "ada@example.org"},
        working_title=True,
        editions=Editions(formats=("print", "ebook", "audio")),
    )
    return made, letters(made, items(made, None, "2026-03-15")[0], "{items}", date="2026-03-20")[0]


def words(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())


def fields_of(pdf: bytes) -> dict[str, str]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return {str(field.T): str(field.FT) for field in document.Root.AcroForm.Fields}


def small() -> FormPicture:
    out = io.BytesIO()
    Image.new("RGB", (480, 320), (90, 120, 60)).save(out, "JPEG")
    return FormPicture(out.getvalue(), 480, 320)


def test_the_form_says_what_will_be_printed_and_has_fields_for_the_answer():
    made, letter = letter_to(
        photos=(photo(permission=OPEN, credit="Photo by Ana Example", people=(minor(permission=OPEN),)),)
    )
    form = release_form(made, letter, {"stories/photos/finish.jpg": small()}, PAGE)
    said = words(form)
    for part in ("a book with the working title “A Mile”".capitalize(), "For: Ana Example", "You also sign as the parent or guardian of Cal",
                 "1. To print your story “The Tree at the Corner”, which reached me by e-mail on February 27, 2026.",
                 "Byline, as it will be printed: Ana Example, 32, St. Louis", "About the author, as it will be printed: She runs.",
                 "Credit, as it will be printed: Photo by Ana Example", "for the whole world, in English",
                 "send this form back by April 17, 2026 to Ada, ada@example.org",
                 "For our records: tree/text, tree/photo/1, tree/photo/1/person/1"):  # fmt: skip
        assert part.casefold() in said.casefold(), part
    assert fields_of(form) == {
        **{f"item {number} {answer}": "/Btn" for number in (1, 2, 3) for answer in ("yes", "no")},
        **{f"edition {word}": "/Btn" for word in ("print", "ebook", "audio")},
        **{f"name {word}": "/Btn" for word in ("as shown", "not at all", "otherwise")},
        **dict.fromkeys(("name in print", "limits", "name", "date", "signature"), "/Tx"),
    }
    assert release_form(made, letter, {"stories/photos/finish.jpg": small()}, PAGE) == form
    kinds = [thing.type for page in pypdfium2.PdfDocument(form) for thing in page.get_objects()]
    assert kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE) == 2


def test_fields_can_be_filled_in_and_are_printed():
    made, letter = letter_to()
    document = pypdfium2.PdfDocument(release_form(made, letter, {}, PAGE))
    document.init_forms()
    assert document.get_formtype() == 1  # AcroForm
    image = document[0].render(scale=1).to_pil().convert("L")
    assert image.getextrema()[0] < 60


def test_a_form_of_many_items_goes_over_several_pages_and_loses_nothing():
    shots = tuple(
        photo(file=f"photos/{n}.jpg", permission=OPEN, photographer="Ana Example", caption=f"Caption {n}. " * 20)
        for n in range(30)
    )
    made, letter = letter_to(photos=shots)
    form = release_form(made, letter, {"stories/photos/finish.jpg": small()}, PAGE)
    said = words(form)
    assert all(f"Caption {n}." in said for n in range(30))
    assert len(fields_of(form)) == 2 * 31 + 3 + 3 + 5
    with pikepdf.open(io.BytesIO(form)) as document:
        for page in document.pages:
            for field in page.obj.get("/Annots", ()):
                left, low, right, high = (float(edge) for edge in field.Rect)
                assert 40 < left < right < 580
                assert 40 < low < high < 760


def test_every_page_says_whose_form_it_is_and_how_many_there_are():
    shots = tuple(photo(file=f"photos/{n}.jpg", permission=OPEN, photographer="Ana Example") for n in range(30))
    made, letter = letter_to(photos=shots)
    pages = [
        page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(release_form(made, letter, {}, PAGE))
    ]
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        assert f"page {number} of {len(pages)}" in " ".join(page.split())
        assert "For our records: tree/text, tree/photo/1," in page
        assert ("Permission form for Ana Example · A Mile" in page) is (number > 1)
        assert "more" in page.rpartition("For our records")[2]


def test_a_short_form_fits_on_one_page_with_its_signature():
    made, letter = letter_to()
    assert len(pypdfium2.PdfDocument(release_form(made, letter, {}, PAGE))) == 1


def test_a_photographer_s_form_names_no_child_and_a_person_s_form_asks_for_no_name():
    made, _ = letter_to(photos=(photo(permission=OPEN, people=(Person("Dan", permission=OPEN),)),))
    every = letters(made, items(made, None, "2026-03-15")[0], "{items}", date="2026-03-20")
    forms = {one.signer: release_form(made, one, {}, PAGE) for one in every}
    assert list(forms) == ["Ana Example", "Ben Example", "Dan"]
    assert "guardian" not in words(forms["Ben Example"])
    assert "To show you in the photo printed with" in words(forms["Dan"])
    assert "name in print" not in fields_of(forms["Dan"])


@pytest.mark.parametrize(
    "name", ["Nguyễn Thị Minh", "Łukasz Żółć", "Σοφία Παπαδοπούλου", "Борис Ґаван", "Adéọlá Ọ̀ṣun", "Հայկ", "ანა"]
)
def test_names_in_other_scripts_are_printed(name):
    import unicodedata

    made, letter = letter_to(name)
    said = unicodedata.normalize("NFC", words(release_form(made, letter, {}, PAGE)))
    assert unicodedata.normalize("NFC", name) in said
    assert missing(name) == ""


@pytest.mark.parametrize("name", ["דנה לוי", "دانا حداد"])
def test_names_from_right_to_left_are_drawn_in_their_order(name):
    from milebook.permissions.requests.form_text import markup

    assert missing(name) == ""
    drawn = re.sub("<[^>]*>", "", markup(name))
    first = drawn.replace(" ", "")[-1]
    import unicodedata

    assert unicodedata.normalize("NFKC", first) == name[0]


def test_what_no_face_has_is_named():
    assert missing("Ana ᚠ") == "ᚠ"
    assert missing("王芳") == ""  # in a face of the viewer's


@pytest.mark.parametrize(
    ("said", "drawn"),
    [
        ("“Story דנה לוי”, which", "“Story יול הנד”, which"),  # the marks around the name belong to the line
        ("Byline: שרה (Sarah)", "Byline: הרש (Sarah)"),
        ("born 1948 דנה 12 לוי end", "born 1948 יול 12 הנד end"),
        ("(דנה)", "(הנד)"),
        ("Ana Ruiz", "Ana Ruiz"),
        ("สมชาย ᚠ", "□□□□□ □"),  # visible where nothing can be printed
    ],
)
def test_lines_with_other_scripts_are_in_the_order_in_which_they_are_read(said, drawn):
    from milebook.permissions.requests.form_text import markup

    assert re.sub("<[^>]*>", "", markup(said)) == drawn


def test_the_foot_keeps_clear_of_the_number_of_the_page():
    shots = tuple(photo(file=f"photos/{n}.jpg", permission=OPEN, photographer="Ana Example") for n in range(30))
    made, letter = letter_to(photos=shots)
    page = pypdfium2.PdfDocument(release_form(made, letter, {}, PAGE))[0]
    text = page.get_textpage()
    ends = [text.get_charbox(at) for at in range(text.count_chars()) if text.get_charbox(at)[3] < 45]
    lines = sorted((left, right) for left, _, right, _ in ends if right > left)
    gaps = [after[0] - before[1] for before, after in itertools.pairwise(lines)]
    assert max(gaps) > 12


# ---- from the outside

INDEX = """\
book:
  title: A Mile
  authors: [Ada Example]
  contact: {name: Ada Example, email: ada@example.org}
  date: 2026-03-15
chapters:
  - {id: one, title: One, stories: [tree, road]}
stories:
  - id: tree
    title: The Tree
    status: selected
    contributor: {name: Ana ᚠ Example, byline: Ana Example, email: ana@example.org}
    photos:
      - {file: photos/a.jpg, credit: Photo by Ben Example, alt: A tree., caption: The tree.}
  - id: road
    title: The Road
    status: selected
    contributor: {name: Jane Roe, anonymous: true, email: jane@example.org}
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return book_folder(tmp_path, monkeypatch, INDEX, stories=("tree", "road"), photos="a")


def mail(path: Path):
    message = email.message_from_bytes(path.read_bytes(), policy=default)
    return message, {part.get_filename(): part.get_content() for part in message.iter_attachments()}


def test_the_letter_and_the_form_are_attached(root):
    assert run(["permissions", "request"]) == 0
    made = root / "build/letters"
    message, attached = mail(made / "2026-03-20-ana-example.eml")
    assert attached == {
        "2026-03-20-ana-example.docx": (made / "2026-03-20-ana-example.docx").read_bytes(),
        "2026-03-20-ana-example-form.pdf": (made / "2026-03-20-ana-example-form.pdf").read_bytes(),
    }
    assert "To print your story “The Tree”." in message.get_body().get_content()


def test_the_same_letters_are_the_same_files(root):
    def made():
        assert run(["permissions", "request", "--no-note"]) == 0
        return {path.name: path.read_bytes() for path in (root / "build/letters").iterdir()}

    first = made()
    assert len(first) == 9
    assert made() == first


def test_the_proof_is_attached_on_request(root):
    assert run(["permissions", "request", "--with-proof"]) == 0
    _, attached = mail(root / "build/letters/2026-03-20-anonymous-road.eml")
    assert [name.partition("-road-")[0] for name in attached][2:] == ["contributor-anonymous"] * 2
    _, attached = mail(root / "build/letters/2026-03-20-ben-example.eml")
    assert len(attached) == 2  # nobody's proof goes to the photographer
    assert "permission: {signer: Jane Roe, status: requested" in (root / "stories/index.yaml").read_text()


def test_the_list_of_made_files_knows_letters_and_forms(root):
    run(["permissions", "request"])
    ledger = read_ledger(root)
    tree = [made.path.rpartition("/")[2] for made in ledger.files_with(stories=["tree"])]
    assert [name for name in tree if name.endswith("-form.pdf")] == [
        "2026-03-20-ana-example-form.pdf",
        "2026-03-20-ben-example-form.pdf",
    ]
    assert {made.kind for made in ledger.files.values()} == {"letter", "form"}
    text = (root / "build/made.json").read_text()
    assert "@example.org" not in text
    assert '"Jane' not in text


def test_letters_that_no_face_has_are_told(root, capsys):
    run(["permissions", "request"])
    err = capsys.readouterr().err
    assert "warning[MB321]" in err
    assert "letters that none of its faces has, and □ in their places: ᚠ" in err


def test_a_day_to_answer_by(root, capsys):
    run(["permissions", "request", "--dry-run"])
    assert "Please answer by April 17, 2026." in capsys.readouterr().out
    run(["permissions", "request", "--dry-run", "--answer-by", "2026-05-01"])
    assert "Please answer by May 1, 2026." in capsys.readouterr().out
    assert run(["permissions", "request", "--date", "2026-03-20", "--answer-by", "2026-03-01"]) == 2


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, ""),  # signed on paper
        (
            {
                "item_1_yes": "Yes",
                "name": "Jane",
                "signature": "Jane Roe",
                "date": "March 21",
                "edition_print": "Yes",
                "edition_ebook": "Yes",
            },
            "",
        ),
        (
            {"item_1_yes": "Yes", "signature": "Jane Roe", "edition_print": "Yes"},
            "does not permit these editions: ebook",
        ),
        ({"item_1_yes": "Yes", "signature": "Jane Roe", "name_not_at_all": "Yes"}, "asks that no name be printed"),
        (
            {"item_1_yes": "Yes", "signature": "Jane Roe", "name_in_print": "Ms. R."},
            "asks for another name in print: “Ms. R.”",
        ),
        ({"item_1_no": "Yes", "signature": "Jane Roe"}, "the form says no to road/text"),
        ({"signature": "Jane Roe"}, "the form says neither yes nor no to road/text"),
        ({"item_1_yes": "Yes"}, "the form is not signed"),
        ({"item_1_yes": "Yes", "signature": "J", "limits": "print only"}, "the form names limits: “print only”"),
    ],
)
def test_a_form_filed_as_evidence_is_read(root, capsys, fields, said):
    run(["permissions", "request"])
    form = (root / "build/letters/2026-03-20-anonymous-road-form.pdf").read_bytes()
    (root / "stories/releases/jane.pdf").write_bytes(fill_form(form, **fields))
    capsys.readouterr()
    assert run(["permissions", "record", "Jane Roe", "--granted", "2026-03-20", "--evidence", "releases/jane.pdf"]) == 0
    err = capsys.readouterr().err
    assert ("MB324" in err) is bool(said)
    assert said in err


def test_a_form_of_another_book_or_about_something_else(root, capsys):
    run(["permissions", "request"])
    other = (root / "build/letters/2026-03-20-ana-example-form.pdf").read_bytes()
    (root / "stories/releases/ana.pdf").write_bytes(other)
    run(["permissions", "record", "Jane Roe", "--granted", "2026-03-20", "--evidence", "releases/ana.pdf"])
    assert "the form does not ask for road/text" in capsys.readouterr().err
    index = root / "stories/index.yaml"
    index.write_text(
        index.read_text()
        .replace("id: tree", "id: oak")
        .replace("[tree, road]", "[oak, road]")
        .replace("title: The Tree", "title: The Tree\n    file: tree.md")
    )
    run(["permissions", "record", "Ben Example", "--status", "granted", "--evidence", "releases/ana.pdf"])
    assert "the form is of another book, “A Mile”" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("fields", "recorded"),
    [
        ({"limits": "no ads", "edition_ebook": "Yes"}, ("--restrictions", "no ads")),
        ({}, ("--formats", "print")),
    ],
)
def test_a_limit_of_a_form_that_was_recorded_is_no_doubt(root, capsys, fields, recorded):
    run(["permissions", "request"])
    form = (root / "build/letters/2026-03-20-anonymous-road-form.pdf").read_bytes()
    marked = {"item_1_yes": "Yes", "signature": "Jane Roe", "edition_print": "Yes"} | fields
    (root / "stories/releases/jane.pdf").write_bytes(fill_form(form, **marked))
    words = ["permissions", "record", "Jane Roe", "--granted", "2026-03-20", "--evidence", "releases/jane.pdf"]
    assert run(words) == 0
    assert "MB324" in capsys.readouterr().err
    assert run(["permissions", "record", "road/text", *recorded]) == 0
    assert "MB324" not in capsys.readouterr().err
