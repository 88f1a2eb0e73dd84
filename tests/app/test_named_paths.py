"""Paths that lead to nothing are wrong usage, with what may have been meant; numbers that a plan does not have are, too."""

from __future__ import annotations

from pathlib import Path

import pytest
from bookmaking import make_book, story
from click.testing import CliRunner
from mails import mail, story_text

from milebook.app.named_paths import missing
from milebook.commands.lazy_group import cli


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    make_book(tmp_path / "book", [story("a", "Words of a first story.\n")])
    for name in ("Miles.mbox", "My Mile.eml", "My Mile (1).eml", "nachtbus.docx"):
        (tmp_path / name).write_bytes(bytes(mail(1, story_text(1), "The Oak")))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "shown", "cure"),
    [
        (["Mile.mbox"], "Mile.mbox", "did you mean Miles.mbox?"),
        (["My", "Mile.eml"], "My Mile.eml", 'a name with spaces needs quotation marks: "My Mile.eml"'),
        (["Miles.mbox", "My", "Mile", "(1).eml"], "My Mile (1).eml", 'a name with spaces needs quotation marks: "My Mile (1).eml"'),
        (["nachtbus"], "nachtbus", "did you mean nachtbus.docx?"),
        (["../materials/x"], "../materials/x", ""),
        (["zzz"], "zzz", ""),
    ],
)  # fmt: skip
def test_what_was_meant(folder: Path, typed: list[str], shown: str, cure: str) -> None:
    (one,) = missing(typed)
    assert (one.shown, one.cure) == (shown, cure)
    for command in ("import", "import --apply", "review"):
        result = CliRunner().invoke(cli, [*command.split(), *typed, "-C", "book"], prog_name="milebook")
        assert result.exit_code == (1 if command == "review" else 2)
        assert cure in result.output
        assert "nothing new" not in result.output


def test_names_that_are_too_long_together_are_not_one_name(folder: Path) -> None:
    typed = [f"a-letter-about-running-number-{number}.eml" for number in range(12)]
    assert [(one.shown, one.parted) for one in missing(typed)] == [(name, False) for name in typed]


def test_what_is_there_is_not_missing(folder: Path) -> None:
    (folder / "nowhere").symlink_to("none")
    assert missing(["Miles.mbox", "My Mile.eml", ".", "nowhere"]) == []


@pytest.mark.parametrize("option", ["--only", "--skip"])
def test_numbers_that_the_plan_does_not_have(folder: Path, option: str) -> None:
    def imported(numbers: str) -> tuple[int, str]:
        arguments = ["import", "--apply", "Miles.mbox", "nachtbus.docx", option, numbers, "-C", "book"]
        result = CliRunner().invoke(cli, arguments, prog_name="milebook")
        return result.exit_code, result.output

    assert imported("2,99") == (2, imported("2,99")[1])
    assert "the plan has no number 99: its numbers go from 1 to 2" in imported("2,99")[1]
    assert "no numbers 3, 4, 5" in imported("1-5")[1]
    assert not (folder / "book" / "stories" / "originals").exists()
    assert imported("2")[0] == 0


def test_checklists_and_packages_that_are_not_there(folder: Path) -> None:
    (folder / "checklist.xlsx").write_bytes(b"PK")
    (folder / "nowhere").symlink_to("none")
    for words, cure in (
        (["permissions", "record", "--from", "checklst.xlsx"], "did you mean checklist.xlsx?"),
        (["permissions", "record", "--from", "zzz.csv"], "name the checklist"),
        (["export", "--verify", "chekclist.xlsx"], "did you mean checklist.xlsx?"),
        (["export", "--verify", "nowhere"], "name the folder or the zip"),
    ):
        result = CliRunner().invoke(cli, [*words, "-C", "book"], prog_name="milebook")
        assert result.exit_code == 1
        assert cure in result.output
