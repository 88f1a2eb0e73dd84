"""What the documents say is so: made pages are fresh, links lead somewhere, commands are understood, examples read without findings."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from bookmaking import draw

from milebook.app.load import load
from milebook.checks.word_counts import both_counts
from milebook.commands.lazy_group import COMMANDS, cli
from milebook.layout import read_layout
from milebook.markdown import read_prose
from milebook.source import BookFolder

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(p for p in DOCS.rglob("*.md") if not p.name.endswith(".in.md"))]
WRITTEN = [page for page in PAGES if "Made by docs/generate.py" not in page.read_text("utf-8")]

FENCE = re.compile(r"^(```+)([^\n]*)\n(.*?)^\1\s*$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
NAMED = re.compile(r"`((?:docs|tests|milebook|layouts|stories|benchmarks)/[\w./-]*\w)`")


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as Markdown viewers make them."""
    found: set[str] = set()
    for heading in re.findall(r"^#{1,6}\s+(.*?)\s*$", FENCE.sub("", page.read_text("utf-8")), re.MULTILINE):
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").lower()
        found.add(re.sub(r"[^\w -]", "", words).replace(" ", "-"))
    return found


def marked(mark: str) -> list[tuple[str, str]]:
    """(page, content) of every fenced block that stands directly below a line `<!-- mark -->`."""
    pattern = re.compile(rf"^<!-- {re.escape(mark)} -->\n(```+)[^\n]*\n(.*?)^\1\s*$", re.MULTILINE | re.DOTALL)
    return [(name(page), match[2]) for page in PAGES for match in pattern.finditer(page.read_text("utf-8"))]


def test_made_pages_are_up_to_date() -> None:
    done = subprocess.run([sys.executable, str(DOCS / "generate.py"), "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    text = FENCE.sub("", page.read_text("utf-8"))
    for target in LINK.findall(text):
        if re.match(r"https?:|mailto:", target):
            continue
        path, _, anchor = target.partition("#")
        leads_to = (page.parent / path).resolve() if path else page
        assert leads_to.exists(), f"{name(page)} links to {target}, which is not there"
        if anchor:
            assert anchor in anchors(leads_to), f"{name(page)} links to {target}: no such heading"


@pytest.mark.parametrize("page", WRITTEN, ids=name)
def test_files_of_the_project_that_are_named_are_there(page: Path) -> None:
    in_a_book = ("stories/", "layouts/")  # may be meant as a path of the reader's own book
    for path in NAMED.findall(FENCE.sub("", page.read_text("utf-8"))):
        if not path.startswith(in_a_book):
            assert (ROOT / path).exists(), f"{name(page)} names {path}, which is not there"


def test_hints_name_pages_that_are_there() -> None:
    named = {
        page
        for folder in ("milebook", "layouts")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".py", ".yaml", ".md", ".css")
        for page in re.findall(r"docs/[\w-]+\.md", path.read_text("utf-8"))
    }
    assert named
    assert [page for page in sorted(named) if not (ROOT / page).is_file()] == []


def commands(command: click.Command, title: str) -> Iterator[tuple[str, click.Command]]:
    yield title, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=title)
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            assert found is not None
            yield from commands(found, f"{title} {inner}")


ALL = dict(commands(cli, "milebook"))


def test_every_command_and_option_is_documented() -> None:
    page = (DOCS / "commands.md").read_text("utf-8")
    for title, command in ALL.items():
        assert command.help, title
        if title != "milebook":
            assert re.search(rf"^## {re.escape(title)}$", page, re.MULTILINE), title
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.help, f"{title} {option.opts} says nothing about itself"
                assert all(written in page for written in option.opts), f"{title} {option.opts}"


def written_commands() -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for page in WRITTEN:
        text = page.read_text("utf-8")
        for fence in FENCE.finditer(text):
            lines = re.sub(r"\\\n\s*", " ", fence[3]).splitlines()
            found += [(name(page), line.removeprefix("% ")) for line in lines if re.match(r"(% )?milebook ", line)]
        found += [
            (name(page), " ".join(code.split())) for code in re.findall(r"`(milebook [^`]+)`", FENCE.sub("", text))
        ]
    return sorted(set(found))


@pytest.mark.parametrize(("page", "line"), written_commands(), ids=lambda value: value)
def test_every_command_that_is_written_down_is_understood(page: str, line: str) -> None:
    """The line is parsed as milebook would, but not run."""
    words = shlex.split(re.sub(r"\s(?:>|\|)\s.*|\s…|\.\.\.$", "", line), comments=True)[1:]
    command: click.Command = cli
    context = cli.make_context("milebook", words[:1] if words[:1] != ["COMMAND"] else ["build"], resilient_parsing=True)
    words = words if words[:1] != ["COMMAND"] else ["build", *words[1:]]
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        inner = command.get_command(context, words[0])
        assert inner is not None, f"{page}: there is no command {words[0]!r} in {line!r}"
        command, words = inner, words[1:]
    if words in (["--version"], ["--help"]):
        return
    try:
        command.make_context(command.name, words, parent=context)
    except click.exceptions.NoArgsIsHelpError:
        pass
    except click.MissingParameter:
        assert not words, f"{page}: {line!r} lacks something"  # a command may be named without what it works on
    except click.UsageError as error:
        raise AssertionError(f"{page}: {line!r}: {error.format_message()}") from None


@pytest.mark.parametrize(("page", "text"), marked("whole index"))
def test_whole_examples_of_an_index_read_without_findings(page: str, text: str, tmp_path: Path) -> None:
    stories = tmp_path / "stories"
    stories.mkdir()
    (stories / "index.yaml").write_text(text, "utf-8")
    for number, ident in enumerate(
        re.findall(r"^ {2}- id: ([\w-]+)\n {4}title", text.partition("\nstories:")[2], re.MULTILINE)
    ):
        (stories / f"{ident}.md").write_text(f"It was the mile number {number}, and it was enough.\n", "utf-8")
    for path in re.findall(r"[\w/-]+\.md\b", text):
        (stories / path).write_text("A word from us.\n", "utf-8")
    for path in re.findall(r"releases/[\w.-]+", text):
        (stories / "releases").mkdir(exist_ok=True)
        (stories / path).write_text("I agree.\n", "utf-8")
    for path in re.findall(r"photos/[\w.-]+", text):
        draw(stories / path, (2100, 1400))
    loaded = load(tmp_path)
    assert loaded.book is not None
    assert [f"{f.place} {f.code}: {f.message}" for f in loaded.findings] == []
    assert [item.item for item in loaded.items if not item.clear] == []


@pytest.mark.parametrize(("page", "text"), marked("whole layout"))
def test_whole_examples_of_a_layout_read_without_findings(page: str, text: str, tmp_path: Path) -> None:
    own = tmp_path / "layouts" / "our-house"
    own.mkdir(parents=True)
    (own / "layout.yaml").write_text(text, "utf-8")
    layout, findings = read_layout("our-house", BookFolder(tmp_path))
    assert findings == []
    assert layout is not None
    assert layout.base


def test_there_are_examples_to_check() -> None:
    assert len(marked("whole index")) >= 2
    assert marked("whole layout")


def test_the_readme_has_the_two_commands_that_the_gate_runs() -> None:
    gate = (ROOT / ".ci" / "run").read_text("utf-8")
    for mark in ("build", "test"):
        assert f"readme {mark}" in gate
        assert len(marked(f"ci: {mark}")) == 1, f"README.md needs one block under <!-- ci: {mark} -->"
    assert "milebook build" in marked("ci: build")[0][1]
    assert "pytest" in marked("ci: test")[0][1]


def test_the_readme_speaks_of_every_command() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert [command for command in COMMANDS if f"milebook {command}" not in text] == []


def test_architecture_names_every_room_and_no_other() -> None:
    text = (DOCS / "architecture.md").read_text("utf-8")
    package = ROOT / "milebook"
    top = {path.parent.name for path in package.glob("*/__init__.py")}
    named = set(re.findall(r"`([a-z_][\w.]*(?:/[\w.]*)*)`", text))
    assert sorted(room for room in top if room not in named) == [], "packages that docs/architecture.md does not name"
    table = [
        cell for row in re.findall(r"^\|.*\|$", text, re.MULTILINE) for cell in re.findall(r"`([a-z_][a-z_.]*)`", row)
    ]
    for module in table:
        path = package / module.replace(".", "/")
        assert path.with_suffix(".py").is_file() or path.is_dir(), f"there is no milebook.{module}"


def test_the_readme_counts_the_sample_book_right() -> None:
    loaded = load(ROOT)
    assert loaded.book is not None
    text = " ".join((ROOT / "README.md").read_text("utf-8").split())
    needed, still_open = len(loaded.items), sum(not item.clear for item in loaded.items)
    assert f"{len(loaded.book.stories)} invented stories in {len(loaded.book.chapters)} chapters" in text
    assert f"Of {needed} permissions {still_open} are open" in text


def table(page: str, head: str) -> list[list[str]]:
    """The cells of the table that begins with a head row."""
    _, _, rest = (DOCS / page).read_text("utf-8").partition(f"{head}\n")
    rows = rest.split("\n\n", 1)[0].splitlines()[1:]
    return [[cell.strip() for cell in row.strip().strip("|").split(" | ")] for row in rows]


def test_words_are_counted_as_the_page_says() -> None:
    rows = table("word-counts.md", "| text | mb-1 | as a word processor counts |")
    assert len(rows) > 10
    assert [[text, *map(str, both_counts(text))] for text, _, _ in rows] == rows


def test_punctuation_is_printed_as_the_page_says() -> None:
    rows = table("story-text.md", "| typed | printed |")
    assert len(rows) > 8
    for typed, printed in rows:
        text, findings = read_prose(typed.strip("`"), "a.md", language="en-US")
        assert [block.text for block in text.blocks] == [printed]
        assert findings == []


def test_blocks_of_story_text_read_without_findings() -> None:
    for fence in FENCE.finditer((DOCS / "story-text.md").read_text("utf-8")):
        text, findings = read_prose(fence[3], "a.md", language="en-US")
        assert findings == []
        assert text.blocks
