"""`milebook setup`: schemas and modelines where editors look for them, nothing else touched."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from milebook.app.init import init
from milebook.app.setup import setup, with_modelines

ROOT = Path(__file__).parents[2]
LINES = "# yaml-language-server: $schema=index.schema.json\n# $schema: index.schema.json\n"


def test_the_schema_stands_beside_the_index_and_is_named_in_it(book: Path) -> None:
    before = (book / "stories" / "index.yaml").read_bytes()
    assert setup(book) == (["stories/index.schema.json", "stories/index.yaml"], [])
    assert (book / "stories" / "index.yaml").read_bytes() == LINES.encode() + before
    made = json.loads((book / "stories" / "index.schema.json").read_text("utf-8"))
    assert "the-gate" in json.dumps(made)
    assert setup(book) == ([], [])


def test_new_ids_are_offered_after_the_next_setup(book: Path) -> None:
    setup(book)
    index = book / "stories" / "index.yaml"
    index.write_text(index.read_text("utf-8").replace("id: first-lap", "id: last-lap"), "utf-8")
    assert setup(book) == (["stories/index.schema.json"], [])
    assert "last-lap" in (book / "stories" / "index.schema.json").read_text("utf-8")


def test_layouts_of_the_author_get_theirs(book: Path) -> None:
    (book / "layouts" / "mine").mkdir(parents=True)
    (book / "layouts" / "mine" / "layout.yaml").write_text("base: trade\n", "utf-8")
    written, findings = setup(book)
    assert not findings
    assert {"layouts/layout.schema.json", "layouts/mine/layout.yaml"} < set(written)
    text = (book / "layouts" / "mine" / "layout.yaml").read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=../layout.schema.json\n")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a: 1\n", f"{LINES}a: 1\n"),
        ("a: 1\r\n", LINES.replace("\n", "\r\n") + "a: 1\r\n"),
        ("\ufeffa: 1\n", f"\ufeff{LINES}a: 1\n"),
        ("# yaml-language-server: $schema=mine.json\na: 1\n", None),
        ("# $schema: mine.json\na: 1\n", None),
        ("# my notes\n# yaml-language-server: $schema=mine.json\na: 1\n", None),
    ],
)
def test_modelines_keep_what_is_there(text: str, wanted: str | None) -> None:
    assert with_modelines(text, "index.schema.json") == (text if wanted is None else wanted)


def test_init_sets_it_up(tmp_path: Path) -> None:
    init(tmp_path / "new")
    assert (tmp_path / "new" / "stories" / "index.yaml").read_text("utf-8").startswith(LINES)
    assert setup(tmp_path / "new") == ([], [])


def test_a_folder_without_an_index_is_refused(tmp_path: Path) -> None:
    written, findings = setup(tmp_path)
    assert (written, [finding.code for finding in findings]) == ([], ["MB001"])


def test_the_command_says_the_line_for_every_shell(book: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "milebook", "setup", "-C", str(book)], capture_output=True, text=True, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    # where milebook is not on the PATH, its whole path stands in the line
    for line in (r'eval "\$\(\S*milebook\S* setup --completion bash\)"', r'eval "\$\(\S*milebook\S* setup --completion zsh\)"', r"milebook\S* setup --completion fish \| source", r"milebook\S* setup --completion powershell \| Out-String \| Invoke-Expression"):  # fmt: skip
        assert re.search(line, done.stdout), done.stdout
