"""Writes the manual pages that are made from the code: commands, codes, the index's fields, layouts.

Usage: python docs/generate.py [--check]     (--check writes nothing and fails if a page is not up to date)
"""

from __future__ import annotations

import sys
from dataclasses import MISSING, fields
from pathlib import Path

import click

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from milebook.codes import CODES  # noqa: E402
from milebook.commands import COMMANDS, cli  # noqa: E402
from milebook.draft import Role  # noqa: E402
from milebook.layout import Layout, Page, Style, layout_names  # noqa: E402
from milebook.source import BookFolder  # noqa: E402

MADE = "<!-- Made by docs/generate.py from the code; a change here is lost. -->\n"
FAMILIES = {
    "MB0": "Files", "MB1": "The index, order and checks of the whole book", "MB2": "Stories", "MB3": "Permissions",
    "MB4": "Photos and captions", "MB5": "Layouts", "MB6": "PDF, DOCX and EPUB", "MB7": "Proofs and the package",
}  # fmt: skip


def commands_page() -> str:
    lines = [MADE, "# Commands\n"]
    context = click.Context(cli, info_name="milebook", terminal_width=100, max_content_width=100)
    lines += ["```", cli.get_help(context), "```\n"]
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        lines += _command(command, context, f"milebook {name}")
    return "\n".join(lines)


def _command(command: click.Command, parent: click.Context, title: str) -> list[str]:
    context = click.Context(command, info_name=title.rpartition(" ")[2], parent=parent, terminal_width=100, max_content_width=100)
    lines = [f"## {title}\n", "```", command.get_help(context), "```\n"]
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
    lines = [MADE, (ROOT / "docs" / "layouts.in.md").read_text("utf-8")]
    lines += ["## Every key\n", "Built-in layouts: " + ", ".join(f"`{n}`" for n in layout_names(BookFolder(ROOT))) + ".\n"]
    for noun, title in ((Layout, "At the top"), (Page, "Under `page:`"), (Style, "Under `styles:`, for each role")):
        lines += [f"### {title}\n", "| key | kind | default |", "|---|---|---|"]
        for field in fields(noun):
            if field.name in ("name", "base", "page", "styles", "css", "width", "height"):
                continue
            default = "" if field.default is MISSING else f"`{field.default}`"
            lines.append(f"| `{field.name}` | {_kind(str(field.type))} | {default} |")
        lines.append("")
    lines += ["### Roles\n", ", ".join(f"`{role}`" for role in Role) + "\n"]
    return "\n".join(lines)


def _kind(kind: str) -> str:
    return {"float": "length or number", "bool": "true or false", "str": "text"}.get(kind, "lines of its own")


PAGES = {"commands.md": commands_page, "codes.md": codes_page, "layouts.md": layouts_page}


def main() -> int:
    stale = []
    for name, make in PAGES.items():
        path, text = ROOT / "docs" / name, make().rstrip() + "\n"
        if not path.is_file() or path.read_text("utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                path.write_text(text, "utf-8")
    print(*(f"{'stale' if '--check' in sys.argv else 'wrote'}: docs/{name}" for name in stale), sep="\n")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
