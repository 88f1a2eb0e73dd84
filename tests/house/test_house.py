"""The plan of the packages holds: each imports only those before it, only `commands` prints, modules have one idea."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "milebook"
# a module may import its own package and the packages before it, in the order of the page on the architecture
PACKAGES = (
    *re.findall(r"^\| `(\w+)` \| [A-Z]", (ROOT / "docs" / "architecture.md").read_text("utf-8"), re.MULTILINE),
    "__main__",
)
TABLES = ("index.schema",)  # data, which is as long as it is
PRINTERS = ("commands", "__main__")
LONGEST_MODULE, LONGEST_FUNCTION = 300, 45  # lines
# loops that are run for every token of an index or every line of a book, where a call costs too much
LONG_FUNCTIONS = {"yaml_nodes.events._tree", "writers.pdf.galleys.linebreaks._justified"}


def modules() -> list[tuple[str, Path]]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found.append((".".join(part for part in parts if part != "__init__"), path))
    return found


def rank(module: str) -> int:
    """The place of a module's package in PACKAGES, -1 for none."""
    package = module.partition(".")[0]
    return PACKAGES.index(package) if package in PACKAGES else -1


@pytest.mark.parametrize(("name", "path"), modules(), ids=lambda value: value if isinstance(value, str) else "")
def test_a_package_imports_only_those_before_it(name: str, path: Path) -> None:
    if not name or name.startswith("starter"):
        return
    assert rank(name) >= 0, f"milebook.{name} is in no package of docs/architecture.md"
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        targets = []
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("milebook"):
            inside = node.module.removeprefix("milebook").removeprefix(".")
            targets = [inside] if inside else [alias.name for alias in node.names]
        elif isinstance(node, ast.Import):
            targets = [a.name.removeprefix("milebook.") for a in node.names if a.name.startswith("milebook.")]
        for target in targets:
            if target.startswith("_"):
                continue
            assert rank(target) <= rank(name), (
                f"milebook.{name} imports milebook.{target}, a package that comes after it"
            )


@pytest.mark.parametrize(("name", "path"), modules(), ids=lambda value: value if isinstance(value, str) else "")
def test_only_commands_print_or_exit(name: str, path: Path) -> None:
    if name.startswith(PRINTERS):
        return
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in ("print", "sys.exit", "exit", "click.echo"), (
                f"milebook.{name}:{node.lineno} calls {called}"
            )


@pytest.mark.parametrize(("name", "path"), modules(), ids=lambda value: value if isinstance(value, str) else "")
def test_a_module_says_what_it_does_and_holds_one_idea(name: str, path: Path) -> None:
    if name.startswith("starter"):
        return
    text = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(text)), f"milebook.{name} has no docstring"
    if name in TABLES:
        return
    assert text.count("\n") <= LONGEST_MODULE, f"milebook.{name} has grown a second idea: {text.count(chr(10))} lines"


@pytest.mark.parametrize(("name", "path"), modules(), ids=lambda value: value if isinstance(value, str) else "")
def test_a_function_fits_on_a_screen(name: str, path: Path) -> None:
    lengths = {
        f"{name}.{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    }
    long = {function for function, length in lengths.items() if length > LONGEST_FUNCTION}
    assert long == LONG_FUNCTIONS & lengths.keys()


def test_no_drawer_for_odds_and_ends() -> None:
    names = {part for name, _ in modules() for part in name.split(".")}
    assert not names & {"utils", "util", "helpers", "common", "misc", "base", "manager"}


def test_help_loads_none_of_the_libraries_that_make_files() -> None:
    code = (
        "import sys; from milebook.commands import run; run(['--help']); print(*sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    loaded = set(done.stderr.split())
    heavy = {
        "docx",
        "reportlab",
        "ebooklib",
        "PIL",
        "pikepdf",
        "lxml",
        "yaml",
        "markdown_it",
        "fontTools",
        "rich",
        "uharfbuzz",
    }
    assert not loaded & heavy
    assert "Usage: milebook" in done.stdout


def test_the_project_speaks_of_itself_alone() -> None:
    tracked = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, cwd=ROOT)
    if tracked.returncode:
        pytest.skip("not a git checkout")
    pattern = re.compile(r"(?<![.\w])/(?:work|home/[a-z]+|root)/|\.\./shared|registry\.npmjs|pypi\.org/simple")
    for name in filter(None, tracked.stdout.split("\0")):
        path = ROOT / name
        if (
            path.suffix in {".py", ".md", ".yaml", ".toml", ".css", ".txt"}
            and name != "tests/house/test_house.py"
            and path.is_file()
        ):
            match = pattern.search(path.read_text("utf-8", "replace"))
            assert not match, f"{name} names a place that no user has: {match and match.group()}"


def imports() -> dict[str, set[str]]:
    """Which modules each module imports, if only for types; the `__init__` of packages are left out."""
    known = {name: path for name, path in modules() if path.name != "__init__.py"}
    found: dict[str, set[str]] = {}
    for name, path in known.items():
        found[name] = set()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("milebook."):
                module = node.module.removeprefix("milebook.")
                found[name] |= {module, *(f"{module}.{alias.name}" for alias in node.names)} & known.keys()
    return found


def test_no_two_modules_need_each_other() -> None:
    needs = imports()
    done: set[str] = set()

    def visit(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, f"these import each other: {' -> '.join((*way[way.index(name) :], name))}"
        if name not in done:
            for other in sorted(needs[name] - {name}):
                visit(other, (*way, name))
            done.add(name)

    for name in needs:
        visit(name, ())


def test_no_two_test_modules_have_one_name() -> None:
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    twice = sorted({name for name in names if names.count(name) > 1})
    assert not twice, f"pytest cannot collect both of: {', '.join(twice)}"


PARSERS = re.compile(r"milebook\.markdown(?:\.(?:reader|inline|story_file|grammar|blocks))?$")
OWN_TEXTS = ("intake", "review")  # read what others wrote, which is in no Book yet


def test_markup_is_read_only_where_the_book_is_assembled() -> None:
    """After `assemble` the Book is finished: who needs words takes them from it."""
    after = PACKAGES[PACKAGES.index("assemble") + 1 :]
    for name, path in modules():
        if name.partition(".")[0] not in after or name.startswith(OWN_TEXTS):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and PARSERS.match(node.module or ""):
                parsed = {alias.name for alias in node.names} - {"typographic"}
                assert not parsed, f"milebook.{name}:{node.lineno} reads markup again: {', '.join(sorted(parsed))}"
