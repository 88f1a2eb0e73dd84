"""Form answers of every program: columns by their headings, dates of a column by one rule, nothing granted, nothing lost."""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
import yaml
from bookmaking import make_book, story
from mails import story_text

from milebook.app.import_stories import ImportRequest, import_stories
from milebook.app.wrong_usage import UnknownName
from milebook.intake.forms.columns import UnknownHeading, columns, field_of
from milebook.intake.forms.dates import read_dates
from milebook.intake.inputs import Input
from milebook.intake.items import Found
from milebook.intake.options import Options
from milebook.intake.repairing import repair
from milebook.intake.sources import found_in
from milebook.intake.story_markdown import written

SHEETS = """Timestamp,Email Address,Your name (as it should be printed),Where do you live?,How old are you?,Your story (300 words at most),A photo,Photo: who took it?,May we print your story?
9/7/2026 6:04:11,rosa@example.com,Rosa Lind,"Duluth, Minnesota",41,"I was nine. ""Go,"" said my father.

It was a mile.
",https://drive.example/1,Rosa,Yes
10/7/2026 18:30:00,tom@example.com,Tomasz W,Kraków,,"=HYPERLINK(""http://example.com"";""my mile"") ran long, and then it ran longer",,,"Yes, but ask me"
10/7/2026 18:31:20,tom@example.com,Tomasz W,Kraków,,"The right one, sorry: it ran long, and then longer.","https://drive.example/a, https://drive.example/b",my wife,
13/7/2026 9:00:00,anonymous,Anonymous,,17,"-- I walked it.
- once",,,No
"""


def read(folder: Path, data: str | bytes, name: str = "answers.csv", **options: object) -> list[Found]:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return list(found_in(Input(name, path), Options(**options)))  # type: ignore[arg-type]


def test_google_sheets(tmp_path: Path) -> None:
    rosa, first, second, last = read(tmp_path, SHEETS)
    assert (rosa.name, rosa.email, rosa.location, rosa.age) == (
        "Rosa Lind",
        "rosa@example.com",
        "Duluth, Minnesota",
        41,
    )
    assert [one.received for one in (rosa, first, second, last)] == [
        "2026-07-09",
        "2026-07-10",
        "2026-07-10",
        "2026-07-13",
    ]
    assert rosa.text == 'I was nine. "Go," said my father.\n\nIt was a mile.'
    assert rosa.key == "form:answers#9/7/2026 6:04:11"
    assert written(first.passages).startswith('=HYPERLINK("http://example.com";"my mile") ran')
    assert [note for note in second.notes if "missing" in note] == [
        "photo missing, at https://drive.example/a",
        "photo missing, at https://drive.example/b",
    ]
    assert "photo taken by, as the answer says: my wife" in second.notes
    assert "“May we print your story?”: “Yes”; it grants nothing here" in rosa.notes
    assert last.email == ""
    assert last.age == 17


@pytest.mark.parametrize(
    ("data", "received", "name", "text"),
    [
        ("Zeitstempel;E-Mail-Adresse;Ihr Name;Ihre Geschichte\n09.07.2026 06:04:11;l@example.com;Lotte Groß;\"Sie war „lang“; ja\"\n".encode("cp1252"), "2026-07-09", "Lotte Groß", "Sie war „lang“; ja"),
        ("\ufeffHorodateur,Adresse e-mail,Votre nom,Votre histoire\n09/07/2026 06:04:11,z@example.com,Zoë D’Arc,Je cours.\n", "", "Zoë D’Arc", "Je cours."),
        ("#,What is your name?,Your e-mail?,Tell us your story,Response Type,Start Date (UTC),Submit Date (UTC),Network ID\na1,Ines,i@example.com,I run.,completed,2026-07-08 11:00:00,2026-07-09 11:04:11,n1\n", "2026-07-09", "Ines", "I run."),
        ('"Submission Date","Name","E-mail","Your Story","Submission ID"\n"Jul 9, 2026","Ada","a@example.com","It began.","5912345678901234567"\n', "2026-07-09", "Ada", "It began."),
        ("ID,Start time,Completion time,Email,Name,Your story\n1,7/8/26 6:00:01,7/9/26 6:04:11,anonymous,,Uphill.\n", "2026-07-09", "", "Uphill."),
        ("Timestamp\tFirst name\tLast name\tStory\n2026/07/09 6:04:11 AM GMT-5\tDora\tExample\tI can’t.\n".encode("utf-16"), "2026-07-09", "Dora Example", "I can’t."),
    ],
)  # fmt: skip
def test_other_programs(tmp_path: Path, data: str | bytes, received: str, name: str, text: str) -> None:
    (item,) = read(
        tmp_path, data, "answers.txt" if b"\xff" in (data if isinstance(data, bytes) else b"") else "answers.csv"
    )
    assert (item.received, item.name, item.text, item.kind) == (received, name, text, "form")
    assert bool(received) != any("--dates" in note for note in item.notes)


@pytest.mark.parametrize(
    ("cells", "wanted", "days"),
    [
        (["9/7/2026", "13/7/2026"], "", ["2026-07-09", "2026-07-13"]),
        (["9/7/2026", "7/13/2026"], "", ["2026-09-07", "2026-07-13"]),
        (["9/7/2026", ""], "dmy", ["2026-07-09", ""]),
        (["9/7/2026"], "mdy", ["2026-09-07"]),
        (["9/7/2026", "13/13/2026"], "", ["", ""]),
        (["7/7/2026"], "", ["2026-07-07"]),
        (["9.7.2026"], "", ["2026-07-09"]),
        (["46212.25"], "", ["2026-07-09"]),
        (["2026-07-09T10:00:00Z", "12 juillet 2026"], "", ["2026-07-09", "2026-07-12"]),
        (["yesterday"], "", [""]),
    ],
)
def test_one_rule_for_a_column_of_dates(cells: list[str], wanted: str, days: list[str]) -> None:
    assert [moment[:10] for moment in read_dates(cells, wanted).moments] == days


def test_headings() -> None:
    assert field_of("May we print your story?") == "consent"
    assert field_of("Photo: who took it?") == "credit"
    assert field_of("Title of your story") == "title"
    assert field_of("What is your e-mail address?") == "email"
    rows = [["a few words only", "x " * 30]]
    assert columns(["Anything", "Else"], rows, ()).fields == {"story": [1]}
    assert columns(["Story", "Message to us"], rows, ()).fields["story"] == [1]
    assert columns(["Story", "Comments"], [["We walked.", "Thanks for doing this, dear column"]], ()).fields[
        "story"
    ] == [0]
    named = columns(["Story", "Text B", "Who"], rows, (("story", "text b"), ("name", "C")))
    assert (named.fields["story"], named.fields["name"]) == ([1], [2])
    with pytest.raises(UnknownHeading, match="the columns are Story"):
        columns(["Story"], rows, (("name", "Nobody"),))


def test_columns_that_the_user_names(tmp_path: Path) -> None:
    data = "Col A,Col B,Col C\nZoë,a few words of the story,x\n"
    assert read(tmp_path, data, "t.csv")[0].kind in ("form", "text")
    (item,) = read(
        tmp_path,
        "Timestamp,Email,Col A,Col B\n2026-07-09,z@example.com,Zoë,a story\n",
        columns=(("story", "Col B"), ("name", "Col A")),
    )
    assert (item.name, item.text) == ("Zoë", "a story")
    (wrong,) = read(tmp_path, "Timestamp,Email,Story\n2026-07-09,z@example.com,a\n", columns=(("story", "Col X"),))
    assert wrong.verdict == "unreadable"


def test_a_workbook(tmp_path: Path) -> None:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for column, text in enumerate(("Timestamp", "Name", "Your story", "Age")):
        sheet.write_string(0, column, text)
    sheet.write_number(1, 0, 46212.25)
    sheet.write_string(1, 1, "Zoë")
    sheet.write_string(1, 2, "=1+1 is not\nmy story")
    sheet.write_number(1, 3, 41)
    sheet.write_string(2, 1, "Nobody")
    book.close()
    item, empty = read(tmp_path, out.getvalue(), "answers.xlsx")
    assert (item.name, item.text, item.received, item.age) == ("Zoë", "=1+1 is not\nmy story", "2026-07-09", 41)
    assert empty.verdict == "skipped"


def test_a_workbook_without_looks(tmp_path: Path) -> None:
    """As Google writes them; what openpyxl warns of is of no interest to an author."""
    out, bare = BytesIO(), BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for row, cells in enumerate((("Name", "Your story", "Age"), ("Zoë", "A story_x000D_\nin two lines.", 41.0))):
        (book.get_worksheet_by_name("Sheet1") or book.add_worksheet()).write_row(row, 0, cells)
    book.close()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(bare, "w") as new:
        for name in old.namelist():
            empty = b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
            new.writestr(name, empty if name == "xl/styles.xml" else old.read(name))
    (item,) = read(tmp_path, bare.getvalue(), "answers.xlsx")
    assert (item.name, item.text, item.age) == ("Zoë", "A story\nin two lines.", 41)


def test_two_exports_of_one_form_are_four_stories(tmp_path: Path) -> None:
    book = make_book(tmp_path / "book", [story("a", "Words.\n")])
    other = SHEETS.replace("9/7/2026 6:04:11", "2026/07/09 6:04:11 AM GMT-5").replace(
        "10/7/2026 18:30:00", "2026/07/10 6:30:00 PM GMT-5"
    )
    other = other.replace("10/7/2026 18:31:20", "2026/07/10 6:31:20 PM GMT-5").replace(
        "13/7/2026 9:00:00", "2026/07/13 9:00:00 AM GMT-5"
    )
    (tmp_path / "sheets.csv").write_text(SHEETS, "utf-8")
    (tmp_path / "download.csv").write_text(other, "utf-8")
    done = import_stories(book, ImportRequest((tmp_path / "sheets.csv", tmp_path / "download.csv"), apply=True))
    assert done.plan.counts == {"new": 3, "correction": 2, "alike": 3} or done.plan.counts == {
        "new": 3,
        "correction": 1,
        "alike": 4,
    }
    assert done.plan.items[2].verdict == "correction"
    assert done.plan.items[2].like == done.plan.items[1].id
    assert any("guardian" in note for note in done.plan.items[3].notes)
    again = import_stories(book, ImportRequest((tmp_path / "sheets.csv",), apply=True))
    assert again.plan.counts == {"same": 3, "correction": 1}


def test_answers_by_the_hundred_are_told_apart_by_their_time(tmp_path: Path) -> None:
    rows = "".join(f'2026-07-09 10:00:00,Reader {n},"{story_text(n, 30)}"\n' for n in range(5))
    items = read(tmp_path, "Timestamp,Name,Story\n" + rows)
    assert len({item.key for item in items}) == 5


@pytest.mark.parametrize(
    ("table", "name", "day", "words"),
    [
        ("Zeitstempel,Wie heißen Sie?,Erzählen Sie Ihre Geschichte\n26.05.2025 22:15:00,Rosa,Wir gingen.\n", "Rosa", "2025-05-26", "Wir gingen."),
        ("Marca temporal,¿Cómo te llamas?,Cuéntanos tu historia\n26/05/2025 22:15:00,Rosa,Caminamos.\n", "Rosa", "2025-05-26", "Caminamos."),
        ("ID;Startzeit;Fertigstellungszeit;E-Mail;Ihr Name;Ihre Geschichte\n1;25.05.2025 22:10;26.05.2025 22:15;anonymous;Rosa;Wir gingen.\n", "Rosa", "2025-05-26", "Wir gingen."),
        ('"Name (First)","Name (Last)","Your Story","Entry Date"\n"Rosa","Lind","We walked.","2025-05-26 22:15:00"\n', "Rosa Lind", "2025-05-26", "We walked."),
        ("Respondent ID,End Date,What is your name?,Tell us your story.\n,,Open-Ended Response,Open-Ended Response\n123,05/26/2025 10:15:00 PM,Rosa,We walked.\n", "Rosa", "2025-05-26", "We walked."),
        ("My Mile,,\n,,\nTimestamp,Name,Your story\n5/26/2025 22:15:00,Rosa,We walked.\n", "Rosa", "2025-05-26", "We walked."),
        ("sep=;\nTimestamp;Name;Your story\n5/26/2025 22:15:00;Rosa;We walked.\n", "Rosa", "2025-05-26", "We walked."),
    ],
)  # fmt: skip
def test_tables_of_other_programs(tmp_path: Path, table: str, name: str, day: str, words: str) -> None:
    (item,) = read(tmp_path, table)
    assert (item.name, item.received, item.text) == (name, day, words)


def test_days_in_workbooks_of_windows_and_the_mac(tmp_path: Path) -> None:
    for old in (False, True):
        out = BytesIO()
        book = xlsxwriter.Workbook(out, {"in_memory": True, "date_1904": old})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("Timestamp", "Name", "Your story", "Age"))
        sheet.write_datetime(1, 0, datetime(2025, 5, 26, 22, 15), book.add_format({"num_format": "m/d/yyyy h:mm:ss"}))
        sheet.write_row(1, 1, ("Zoë", "A story.", 41))
        book.close()
        (item,) = read(tmp_path, out.getvalue(), "answers.xlsx")
        assert (item.moment[:16].replace("T", " "), item.age) == ("2025-05-26 22:15", 41)
        assert item.key == "form:answers#2025-05-26 22:15:00"


@pytest.mark.parametrize(
    ("cell", "name", "email"),
    [
        ("Zoë Moss (she/her)", "Zoë Moss", ""),
        ("Zoë Moss, they/them", "Zoë Moss", ""),
        ("Zoë Moss <z@example.org>", "Zoë Moss", "z@example.org"),
        ("Zoë Moss, z@example.org, Leeds", "Zoë Moss, Leeds", "z@example.org"),
        ("z@example.org", "", "z@example.org"),
        ("Zoë O’Moss (Leeds/York)", "Zoë O’Moss (Leeds/York)", ""),
        ("Ann, Hers", "Ann, Hers", ""),
        ("Ann On/Off", "Ann On/Off", ""),
        ("Ann - she/they", "Ann", ""),
    ],
)
def test_names_hold_neither_pronouns_nor_addresses(tmp_path: Path, cell: str, name: str, email: str) -> None:
    table = f'Timestamp,Your name,Your story\n2026/03/01 10:00:00,"{cell}",One mile is one mile.\n'
    (item,) = repair(read(tmp_path, table))
    assert (item.name, item.email) == (name, email)


HTML = """Timestamp,Your name,Title,Your story
9/7/2026 6:04,<i>Greta</i> Haas,<b>The Tram</b>,"I missed it.<br><br>He had missed it too.<br>We said nothing &amp; <i>everything</i>, 3 < 5 <3."
9/7/2026 6:05,Tom,Oak,"<p>We ran <strong>far</strong>.</p>
<p>We sat &lt;b&gt; down.</p>"
9/7/2026 6:06,Ana,Elm,"We <em>ran</em>
home.

We slept."
9/7/2026 6:07,Bo,Ash,"We typed <br and <i> and a<b, nothing else."
"""


def test_answers_with_the_tags_of_a_web_page(tmp_path: Path) -> None:
    greta, tom, ana, bo = read(tmp_path, HTML)
    assert (greta.name, greta.title) == ("Greta Haas", "The Tram")
    said = "I missed it.\n\nHe had missed it too.\\\nWe said nothing & *everything*, 3 < 5 <3.\n"
    assert written(greta.passages) == said
    assert written(tom.passages) == "We ran **far**.\n\nWe sat \\<b> down.\n"
    assert written(ana.passages) == "We *ran*\\\nhome.\n\nWe slept.\n"
    assert written(bo.passages) == "We typed \\<br and \\<i> and a\\<b, nothing else.\n"
    assert all(
        any("tags of a web page" in note for note in one.notes) == (one is not bo) for one in (greta, tom, ana, bo)
    )


@pytest.mark.parametrize(
    ("cell", "noted"), [("gwen at mail.example", True), ("gwen@mail", True), ("none", False), ("", False)]
)
def test_an_address_with_a_slip_is_noted(tmp_path: Path, cell: str, noted: bool) -> None:
    (one,) = read(tmp_path, f"Name,Email,Your story\nGwen,{cell},I walked a mile in the rain.\n")
    assert one.email == ""
    assert any(note.startswith(f"no e-mail address is taken from “{cell}”") for note in one.notes) is noted


@pytest.mark.parametrize(
    ("typed", "place", "name", "notes"),
    [
        ("O’Neill, Fergus", "Cork, Ireland", "Fergus O’Neill", ["the name was typed as “O’Neill, Fergus”"]),
        ("van der Berg, Jan", "", "Jan van der Berg", ["the name was typed as “van der Berg, Jan”"]),
        ("Giulia, Matera", "Matera, Italy", "Giulia, Matera", []),
        ("Lind, MD", "", "Lind, MD", []),
        ("Rosa Lind", "", "Rosa Lind", []),
    ],
)
def test_a_family_name_that_was_typed_first(
    tmp_path: Path, typed: str, place: str, name: str, notes: list[str]
) -> None:
    (row,) = read(tmp_path, f'Name,Your story,Where do you live?\n"{typed}",I ran a mile.,"{place}"\n')
    assert (row.name, row.notes) == (name, notes)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("Yes", "it grants nothing here"),
        ("I do not mind", "it grants nothing here"),
        ("I accept the terms and conditions", "it grants nothing here"),
        ("No", "this may be a no: it goes into the entry"),
        ("Nein, danke", "this may be a no"),
        ("No, thank you.", "this may be a no"),
        ("0", "this may be a no"),
        ("Only with my first name", "this may be a condition: it goes into the entry"),
        ("I do not agree", "this may be a no"),
        (
            "Yes, but not my name",
            "anonymous: true (for initials or a pen name write byline: instead), and keeps these words as answer:; it grants",
        ),
        ("Yes, but not my last name", "this may be a condition"),
        ("Oui, mais sans mon nom", "the name is not to be printed"),
        ("Ja, aber bitte anonym", "the name is not to be printed"),
        ("No, and not my name either", "this may be a no"),
    ],
)
def test_a_no_in_a_form_is_told(tmp_path: Path, answer: str, said: str) -> None:
    (row,) = read(tmp_path, f'Name,Your story,May we print it?\nRosa Lind,I ran a mile.,"{answer}"\n')
    assert said in row.notes[-1]


def test_a_no_is_kept_in_the_entry_and_grants_nothing(tmp_path: Path) -> None:
    form = "Name,Your story,May we print it? (required),Do you mind an e-book?\n"
    form += f"Rosa Lind,{'I ran a mile. ' * 8},No,No\nTom Ash,{'We sat by the gate. ' * 8},Yes,No\nBo Lee,{'She slept in the barn. ' * 8},Only as Bo,\n"
    (tmp_path / "answers.csv").write_text(form)
    root = make_book(tmp_path / "book", [story("oak", "We ran.")])
    done = import_stories(root, ImportRequest((tmp_path / "answers.csv",), apply=True))
    entries = yaml.safe_load((root / "stories/index.yaml").read_text())["stories"][1:]
    answers = ["No (asked: May we print it?)", None, "Only as Bo (asked: May we print it?)"]
    assert [entry["source"].get("answer") for entry in entries] == answers
    assert not any("permission" in entry for entry in entries)
    assert [one.found.answer for one in done.plan.new] == [answer or "" for answer in answers]


def test_a_name_that_is_not_to_be_printed_makes_the_entry_anonymous(tmp_path: Path) -> None:
    form = "Name,Your story,May we print it?,May we print your name?\n"
    form += f'Rosa Lind,{"I ran a mile. " * 8},"Yes, but not my name",\nTom Ash,{"We sat by the gate. " * 8},Yes,No\nBo Lee,{"She slept in the barn. " * 8},Yes,Yes\n'
    (tmp_path / "answers.csv").write_text(form)
    root = make_book(tmp_path / "book", [story("oak", "We ran.")])
    import_stories(root, ImportRequest((tmp_path / "answers.csv",), apply=True))
    entries = yaml.safe_load((root / "stories/index.yaml").read_text())["stories"][1:]
    assert [one["contributor"].get("anonymous") for one in entries] == [True, True, None]
    assert [one["contributor"]["name"] for one in entries] == ["Rosa Lind", "Tom Ash", "Bo Lee"]
    # a no to the question for the name is none to the story, which is asked for as any other
    assert [one["source"].get("answer") for one in entries] == [
        "Yes, but not my name (asked: May we print it?)",
        None,
        None,
    ]


def test_a_column_that_no_form_has(tmp_path: Path) -> None:
    root = make_book(tmp_path / "book", [story("oak", "We ran.")])
    (tmp_path / "one.csv").write_text("Name,Your story,Was\nRosa,I ran.,x\n")
    (tmp_path / "two.csv").write_text("Wer,Was\nRosa,Ich lief eine Meile.\n")
    paths = (tmp_path / "one.csv", tmp_path / "two.csv")
    with pytest.raises(UnknownName, match="there is no column “Yuor story”; did you mean “Your story”"):
        import_stories(root, ImportRequest(paths[:1], Options(columns=(("story", "Yuor story"),))))
    plan = import_stories(root, ImportRequest(paths, Options(columns=(("name", "Wer"), ("story", "Was"))))).plan
    assert [(item.verdict, item.found.name) for item in plan.items] == [("unreadable", ""), ("new", "Rosa")]
