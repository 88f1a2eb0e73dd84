"""`milebook check --fix`: what is shown, what is written, and that it can be taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bookmaking import make_book, story
from click.testing import CliRunner

from milebook.commands.lazy_group import cli

DAMAGED = "I didnâ€™t run.\r\n\r\nTom \x93said\x94 so.\r\n"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    make_book(tmp_path, [story("oak", "We ran."), story("elm", "We sat.")])
    (tmp_path / "stories/oak.md").write_bytes(DAMAGED.encode())
    return tmp_path


def run(book: Path, *options: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["check", str(book), "--fix", *options])
    return done.exit_code, done.stdout


def test_repairs_are_shown_and_made_only_when_wanted(book: Path) -> None:
    status, said = run(book)
    assert status == 0
    assert "stories/oak.md:1: letters that were read in a wrong encoding" in said
    assert "- I didnâ€™t run." in said
    assert "+ I didn’t run." in said
    assert "Nothing was changed" in said
    assert (book / "stories/oak.md").read_bytes() == DAMAGED.encode()


def test_every_other_byte_stays(book: Path) -> None:
    before = (book / "stories/index.yaml").read_bytes()
    status, said = run(book, "--yes")
    assert status == 0
    assert "2 lines in 1 file repaired" in said
    assert (book / "stories/oak.md").read_bytes() == "I didn’t run.\r\n\r\nTom “said” so.\r\n".encode()
    assert (book / "stories/index.yaml").read_bytes() == before
    assert "nothing to repair" in run(book, "--yes")[1]


def test_json(book: Path) -> None:
    status, said = run(book, "--json")
    told = json.loads(said)
    assert status == 0
    assert told["applied"] is False
    assert told["repairs"][0] == {
        "file": "stories/oak.md",
        "line": 1,
        "before": "I didnâ€™t run.",
        "after": "I didn’t run.",
    }


def test_text_of_old_windows_programs(book: Path) -> None:
    (book / "stories/elm.md").write_bytes("Café “sat” there’s".encode("cp1252"))
    done = CliRunner().invoke(cli, ["check", str(book)])
    assert "MB012" in done.stderr
    assert "let milebook repair it: milebook check --fix" in done.stderr
    assert "stories/elm.md:1: saved in an old Windows encoding, not as UTF-8\n" in run(book)[1]
    run(book, "--yes")
    assert (book / "stories/elm.md").read_text("utf-8") == "Café “sat” there’s"


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_text_saved_as_utf_16(book: Path, codec: str) -> None:
    text = "Café “sat” there’s\r\n\r\nand donâ€™t go, said שלום, and ran the whole of the way home.\r\n"
    (book / "stories/elm.md").write_bytes(text.encode(codec))
    told = " ".join(CliRunner().invoke(cli, ["check", str(book)]).stderr.split())
    assert f"saved as {codec[:6].upper()}, not as UTF-8" in told and "milebook check --fix" in told
    shown = run(book)[1]
    assert f"stories/elm.md:1: saved as {codec[:6].upper()}, not as UTF-8\n  - Café “sat” there’s\n" in shown
    assert "don’t go" in shown
    run(book, "--yes")
    assert (book / "stories/elm.md").read_bytes().decode("utf-8") == text.replace("â€™", "’")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (
            "We sat.\n".encode("utf-16") + b"\x00\xd8",
            "saved as UTF-16, not as UTF-8; it cannot be repaired: its encoding is neither UTF-16 nor",
        ),
        (
            b"We sat \x81\x8d\x8f.\n",
            "it cannot be repaired: read as a text in its language (en), it makes no words",
        ),
        (b"%PDF-1.7 \xe9", "this is a PDF, not plain text; it cannot be repaired: it is no text"),
        (b"We sat \xed\xa0\x80.\n", "it cannot be repaired: nobody can tell which character stood there"),
    ],
)
def test_a_file_that_can_neither_be_read_nor_repaired_is_named(book: Path, data: bytes, why: str) -> None:
    (book / "stories/oak.md").write_text("We ran.\n", "utf-8")
    (book / "stories/elm.md").write_bytes(data)
    done = CliRunner().invoke(cli, ["check", str(book), "--fix", "--yes"])
    assert done.exit_code == 1
    assert "stories/elm.md" in done.stderr
    assert why in " ".join(done.stderr.split())
    assert "nothing to repair" not in done.stdout
    assert "milebook check --fix" not in CliRunner().invoke(cli, ["check", str(book)]).stderr
    assert (book / "stories/elm.md").read_bytes() == data


# language, encoding, text
SAVED = [
    ("pl", "cp1250", "Dokąd idziemy? Szliśmy całe popołudnie. „Mila” — powiedziała.\r\n"),
    ("pl", "iso8859_2", "Dokąd idziemy? Szliśmy całe popołudnie do Łodzi, źdźbło w ręku.\n"),
    ("cs", "cp1250", "Byl to příliš dlouhý den a člověk se musel vrátit domů.\n"),
    ("hu", "cp1250", "Az őrült hős útja hosszú volt, és nem fűtött be senki.\n"),
    ("ru", "cp1251", "Мы шли домой «по длинной» дороге.\n"),
    ("ru", "koi8_r", "Мы шли домой по длинной дороге. Ёлка.\n"),
    ("el", "cp1253", "Περπατούσαμε όλο το απόγευμα.\n"),
    ("tr", "cp1254", "Güneşin altında yürüdük, İstanbul ışıl ışıl.\n"),
    ("he", "cp1255", "הלכנו הביתה בגשם\n"),
    ("lt", "cp1257", "Mes ėjome namo per ąžuolų mišką, šlapią žolę.\n"),
    ("th", "cp874", "เราเดินกลับบ้าน\n"),
    ("ja", "cp932", "私たちは家に帰った。\n"),
    ("zh", "gb18030", "我们走回家了。\n"),
    ("de", "cp1252", "Wir gingen über die Brücke; es war schön und groß.\n"),
    ("fr", "cp1252", "Un cœur qui battait à la fenêtre, ça va sans dire.\n"),
    ("", "cp1252", "We sat at the café with Zoë Österberg. “It’s cold,” she said.\n"),
    ("", "mac_roman", "We sat at the café. “It’s cold,” she said.\r"),
]


def entry(book: Path, **fields: object) -> None:
    make_book(book, [story("oak", "We ran."), story("elm", "We sat.", **fields)])


@pytest.mark.parametrize(("language", "encoding", "text"), SAVED, ids=[f"{one[0] or 'en'}-{one[1]}" for one in SAVED])
def test_the_language_tells_the_encoding(tmp_path: Path, language: str, encoding: str, text: str) -> None:
    entry(tmp_path, **({"language": language} if language else {}))
    (tmp_path / "stories/elm.md").write_bytes(text.encode(encoding))
    run(tmp_path, "--yes")
    assert (tmp_path / "stories/elm.md").read_bytes().decode("utf-8") == text


@pytest.mark.parametrize(("language", "encoding", "text"), SAVED[:8], ids=[f"{one[0]}-{one[1]}" for one in SAVED[:8]])
def test_nothing_is_guessed_without_the_language(tmp_path: Path, language: str, encoding: str, text: str) -> None:
    entry(tmp_path)  # in an English book
    path = tmp_path / "stories/elm.md"
    path.write_bytes(text.encode(encoding))
    done = CliRunner().invoke(cli, ["check", str(tmp_path), "--fix", "--yes"])
    told = " ".join(done.stderr.split())
    assert done.exit_code == 1
    assert "write its language into its entry in stories/index.yaml" in told and "--encoding cp1250" in told
    assert path.read_bytes() == text.encode(encoding)
    assert run(tmp_path, "--yes", "--encoding", encoding)[0] == 0
    assert path.read_bytes().decode("utf-8") == text


@pytest.mark.parametrize(("language", "name", "repaired"), [
    ("pl", "Łukasz Nowak of Gdańsk", True),  # £ukasz is no word, so it is Polish
    ("", "Łukasz Nowak of Gdańsk", False),
    ("pl", "Irena of Gdańsk", False),  # or it may be “Gdañsk” in one of the English entries
    ("", "José Nuñez", True),
])  # fmt: skip
def test_an_index_in_an_old_encoding(tmp_path: Path, language: str, name: str, repaired: bool) -> None:
    entry(tmp_path, contributor={"name": name}, **({"language": language} if language else {}))
    index = tmp_path / "stories/index.yaml"
    text = index.read_text("utf-8")
    index.write_bytes(text.encode("cp1250" if "ń" in name else "cp1252"))
    done = CliRunner().invoke(cli, ["check", str(tmp_path), "--fix", "--yes"])
    assert (done.exit_code == 0) == repaired
    if not repaired:
        assert "MB222" not in CliRunner().invoke(cli, ["check", str(tmp_path)]).stderr
        assert "the languages of the book do not tell" in " ".join(done.stderr.split())
        assert run(tmp_path, "--yes", "--encoding", "windows-1250")[0] == 0
    assert index.read_text("utf-8") == text


def test_an_encoding_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    entry(tmp_path)
    (tmp_path / "stories/elm.md").write_bytes(b"We sat \x81.\n")
    done = CliRunner().invoke(cli, ["check", str(tmp_path), "--fix", "--yes", "--encoding", "cp1250"])
    assert done.exit_code == 1
    assert "stand for no letter in cp1250" in " ".join(done.stderr.split())
    for options in (["--encoding", "cp1250"], ["--fix", "--encoding", "klingon"]):
        assert CliRunner().invoke(cli, ["check", str(tmp_path), *options]).exit_code == 2


def test_the_index_too(book: Path) -> None:
    index = book / "stories/index.yaml"
    index.write_text(index.read_text("utf-8").replace("We", "Weâ€™ve"), "utf-8")
    text = index.read_text("utf-8")
    run(book, "--yes")
    assert index.read_text("utf-8") == text.replace("â€™", "’")


def test_yes_needs_fix(book: Path) -> None:
    assert CliRunner().invoke(cli, ["check", str(book), "--yes"]).exit_code == 2
