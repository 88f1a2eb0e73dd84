"""Writes the manual pages that are made from the code (commands, codes, the index's fields, layouts) and what `--help` prints.

Usage: python docs/generate.py [--check]     (--check writes nothing and fails if a page is not up to date)
"""

from __future__ import annotations

import ast
import re
import sys
from dataclasses import fields
from pathlib import Path

import click
from click.testing import CliRunner

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from milebook.commands.lazy_group import COMMANDS, cli  # noqa: E402
from milebook.index.schema import GENERATED_MATTER, KINDS, NOUNS, Field  # noqa: E402
from milebook.layout import Layout, Page, Style  # noqa: E402
from milebook.layout.meanings import KEYS, ROLES  # noqa: E402
from milebook.layout.values import WORDS  # noqa: E402
from milebook.model.codes import CODES  # noqa: E402
from milebook.model.draft import Role  # noqa: E402

MADE = "<!-- Made by docs/generate.py from the code and the .in.md file of the same name; a change here is lost. -->\n"
FAMILIES = {
    "MB0": "Files", "MB1": "The index, order and checks of the whole book", "MB2": "Stories", "MB3": "Permissions",
    "MB4": "Photos and captions", "MB5": "Layouts", "MB6": "PDF, DOCX and EPUB", "MB7": "Proofs and the package",
    "MB8": "Stories and Word files from outside, and the preview",
}  # fmt: skip


OWN_VALUES = {
    "title": "a text", "base": "a layout's name", "like": "a role", "page": "lines of its own", "styles": "lines of its own",
    "css": "a file's name", "max_photo_height": "a share, such as `60%`", "trim": "a page size", "font": "a name",
    "tracking": "thousandths of an em", "color": "such as `\"#444444\"`",
}  # fmt: skip
# The nouns of the index, in the order of the page: their headings, and where their fields stand.
INDEX_NOUNS = {
    "index": ("At the top", "The four parts of the file."),
    "book": ("The book", "Under `book:`."),
    "contact": ("Contact", "Under `book:`, `contact:`."),
    "copyright": ("Copyright", "Under `book:`, `copyright:`."),
    "isbn": ("ISBN", "Under `book:`, `isbn:`."),
    "price": ("Price", "Under `book:`, `price:`."),
    "editions": ("Editions", "Under `book:`, `editions:`."),
    "chapter": (
        "A chapter",
        "Under `chapters:`, each after a dash. A chapter either lists its `stories:` or describes them with `select:`.",
    ),
    "select": ("A selection", "Under a chapter's `select:`. A story is taken when it fits every field that is given."),
    "agreement": (
        "An agreement",
        "Under `agreements:`, each under an id of its own; or after `permission:`, for a form used once.",
    ),
    "story": ("A story", "Under `stories:`, each after a dash."),
    "contributor": ("A contributor", "Under a story's `contributor:`."),
    "source": ("A source", "Under a story's `source:`."),
    "photo": ("A photo", "Under a story's `photos:`, each after a dash."),
    "person": ("A person in a photo", "Under a photo's `people:`, each after a dash."),
    "matter quote": ("A quotation in the front or back matter", "Under the book's `quotes:`, each after a dash."),
    "quote": ("A quotation", "Under a story's `quotes:`, each after a dash."),
}

ABOUT_COMMANDS = """\
Findings go to standard error, with the file, the line and the cure; what was asked for goes to standard output. `--json` prints one JSON
document there and nothing else.

| exit status | means |
|---|---|
| 0 | done; there may be warnings |
| 1 | refused, or something found is an error |
| 2 | the command was typed wrongly |
| 130 | stopped by you |

| environment variable | does |
|---|---|
| `NO_COLOR` | no color, even on a terminal |
| `SOURCE_DATE_EPOCH` | the moment, in seconds since 1970, that files and proofs are dated by |
| `MILEBOOK_TRACEBACK` | set to 1: an internal error is shown in full |
"""


def commands_page() -> str:
    lines = [MADE, "# Commands\n", ABOUT_COMMANDS]
    context = click.Context(cli, info_name="milebook", terminal_width=100, max_content_width=100)
    lines += ["```", cli.get_help(context), "```\n"]
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        lines += _command(command, context, f"milebook {name}")
    return "\n".join(lines)


def _command(command: click.Command, parent: click.Context, title: str) -> list[str]:
    context = click.Context(
        command, info_name=title.rpartition(" ")[2], parent=parent, terminal_width=100, max_content_width=100
    )
    shown = command.get_help(context).replace("[COMMAND] [ARGS]...", "COMMAND [ARGS]...", 1)  # click 8.5 adds brackets
    lines = [f"## {title}\n", "```", shown, "```\n"]
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            lines += _command(inner, context, f"{title} {name}")
    return lines


def codes_page() -> str:
    lines = [MADE, "# Findings and their codes\n"]
    lines.append(
        "Everything milebook finds has a code that never changes its meaning. An *error* stops the build, a *warning* does not "
        "(`--strict` makes it an error), a *note* is a question.\n"
    )
    for family, title in FAMILIES.items():
        rows = {code: row for code, row in sorted(CODES.items()) if code.startswith(family)}
        if rows:
            lines += [f"## {family}xx: {title}\n", "| code | | what | when |", "|---|---|---|---|"]
            lines += [f"| {code} | {row.severity} | {row.title} | {row.about} |" for code, row in rows.items()]
            lines.append("")
    return "\n".join(lines)


def layouts_page() -> str:
    lines = [MADE, (ROOT / "docs" / "layouts.in.md").read_text("utf-8").rstrip() + "\n"]
    lines += [
        "## Every key\n",
        "What has no entry under “default” is taken from the layout after `base:`, or is empty.\n",
    ]
    for noun, title in ((Layout, "At the top"), (Page, "Under `page:`"), (Style, "Under `styles:`, for each role")):
        lines += [f"### {title}\n", "| key | what it says | value | default |", "|---|---|---|---|"]
        lines += [
            f"| `{key}` | {about} | {_value(noun, key)} | {_default(noun, key)} |" for key, about in KEYS[noun].items()
        ]
        lines.append("")
    lines += ["### Roles\n", "Under `styles:` stand `default`, which is laid over every role first, and these:\n"]
    lines += ["| role | what it is |", "|---|---|", *(f"| `{role}` | {ROLES[role]} |" for role in Role), ""]
    return "\n".join(lines)


def _value(noun: type, key: str) -> str:
    if key in OWN_VALUES:
        return OWN_VALUES[key]
    if key in WORDS:
        return ", ".join(f"`{word}`" for word in WORDS[key])
    kind = next(str(field.type) for field in fields(noun) if field.name == key)
    return {"float": "a length", "bool": "`true` or `false`", "str": "a text"}.get(kind, "lines of its own")


def _default(noun: type, key: str) -> str:
    field = next((field for field in fields(noun) if field.name == key), None)
    if field is None or not isinstance(field.default, str | float | bool) or field.default == "":
        return ""
    value = str(field.default).lower() if isinstance(field.default, bool) else field.default
    return f"`{value:g}`" if isinstance(value, float) else f"`{value}`"


def index_page() -> str:
    lines = [MADE, (ROOT / "docs" / "index-format.in.md").read_text("utf-8").rstrip() + "\n", "## Every field\n"]
    for noun, (title, where) in INDEX_NOUNS.items():
        lines += [f"### {title}\n", where + "\n", "| field | what it says | value |", "|---|---|---|"]
        for field in NOUNS[noun]:
            needed = " **Required.**" if field.required else ""
            lines.append(f"| `{field.name}` | {field.meaning}{needed} | {_index_value(field)} |")
        lines.append("")
    return "\n".join(lines)


def _index_value(field: Field) -> str:
    if field.noun and field.kind in ("group", "groups", "named", "select"):
        title, _ = INDEX_NOUNS[field.noun]
        anchor = re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")
        return f"{KINDS[field.kind]}: [{title}](#{anchor})"
    if field.name in ("front", "back"):
        return f"{KINDS[field.kind]}: " + ", ".join(f"`{part}`" for part in GENERATED_MATTER)
    if field.kind == "languages" and field.words:
        return f"{KINDS[field.kind]}, or `{field.words[0]}`"
    if field.words:
        return ("one or more of " if field.kind in ("words", "languages") else "") + ", ".join(
            f"`{w}`" for w in field.words
        )
    if field.kind == "number" and field.highest < 999_999_999:
        return f"{KINDS[field.kind]}, {field.lowest} to {field.highest}"
    return KINDS[field.kind]


def architecture_page() -> str:
    """The page on the code, with what each package says of itself, in the order in which packages may import each other."""
    text = (ROOT / "docs" / "architecture.in.md").read_text("utf-8")
    return MADE + "\n" + re.sub(r"\{\{rooms: ([a-z_ ]+)\}\}", lambda match: _rooms(match[1].split()), text)


def _rooms(names: list[str]) -> str:
    rows = ["| package | what it is for |", "|---|---|"]
    for name in names:
        source = ROOT / "milebook" / name / "__init__.py"
        if source.exists():
            about = ast.get_docstring(ast.parse(source.read_text("utf-8"))) or ""
            rows.append(f"| `{name}` | {about.splitlines()[0]} |")
    return "\n".join(rows)


PAGES = {
    "architecture.md": architecture_page,
    "commands.md": commands_page,
    "codes.md": codes_page,
    "index-format.md": index_page,
    "layouts.md": layouts_page,
}


def short_help() -> str:
    """What `milebook --help` prints, so that it need not load click to say it."""
    return CliRunner(env={"COLUMNS": "100"}).invoke(cli, ["--help"], prog_name="milebook").output


def main() -> int:
    stale = []
    # the help first: click remembers the options of a command from the first time that it is asked
    made = {"milebook/commands/help.txt": short_help} | {f"docs/{name}": make for name, make in PAGES.items()}
    for name, make in made.items():
        path, text = ROOT / name, make().rstrip() + "\n"
        if not path.is_file() or path.read_text("utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                path.write_text(text, "utf-8")
    print(*(f"{'stale' if '--check' in sys.argv else 'wrote'}: {name}" for name in stale), sep="\n")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
