"""`milebook add`: one story, asked for field by field, or given by options."""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from milebook.commands import terminal
from milebook.commands.option_values import Choice, WholeNumber, address, day, read_address, read_day
from milebook.commands.shared import book_folder, finish, folder_option, standard_input, usage_errors
from milebook.commands.terminal import printable
from milebook.commands.usage_hints import Command
from milebook.model.book import STATUSES
from milebook.model.plurals import counted

if TYPE_CHECKING:
    from milebook.app.add import Added, AddRequest, GivenPhoto


@click.command(
    cls=Command,
    epilog="Without options, milebook asks for one thing after the other. --caption, --credit and --alt belong to the --photo before which "
    "as many of them stand: the first to the first photo, and so on.",
)
@folder_option
@click.option("--title", default="", metavar="TEXT", help="The story's title (default: its first words).")
@click.option("--name", default="", metavar="NAME", help="Who wrote it.")
@click.option("--location", default="", metavar="PLACE", help="Where they live, as printed.")
@click.option("--age", type=WholeNumber(1, 130), metavar="N", help="Their age, as printed.")
@click.option("--email", callback=read_address, metavar="ADDRESS", help="Their address, for the private log.")
@click.option(
    "--file",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The text: a plain text or Word file (default: standard input).",
)
@click.option(
    "--photo",
    "photos",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A photo, copied as it is (may be given again).",
)
@click.option("--caption", "captions", multiple=True, metavar="TEXT", help="A photo's caption.")
@click.option("--credit", "credits_", multiple=True, metavar="TEXT", help="A photo's credit line.")
@click.option("--alt", "alts", multiple=True, metavar="TEXT", help="What a photo shows.")
@click.option("--received", callback=read_day, metavar="DATE", help="The day it arrived.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="A tag (may be given again).")
@click.option("--status", type=Choice(STATUSES), default="submitted", help="Its status (default: submitted).")
@click.option("--chapter", default="", metavar="ID", help="List it in this chapter.")
@click.pass_context
def command(context: click.Context, /, chosen: str | None, **given: Any) -> None:
    """Add one story: its text, its photos and its entry in the index.

    The text may hold the marks of Markdown, such as *italics*. Permission stays open, as for every story.
    """
    folder = book_folder(context, chosen)
    from milebook.app.add import add_story

    asks = not (given["title"] or given["name"] or given["file"]) and sys.stdin.isatty()
    with usage_errors():
        done = add_story(folder, _asked(given) if asks else _request(given))
    status = finish(done.findings, done.folder)
    if not done.findings:
        _say(done)
    context.exit(status)


def _request(given: dict[str, Any]) -> AddRequest:
    from milebook.app.add import AddRequest, GivenPhoto
    from milebook.intake.writing import Arrangement

    def nth(values: tuple[str, ...], n: int) -> str:
        return values[n] if n < len(values) else ""

    if max(len(given[name]) for name in ("captions", "credits_", "alts")) > len(given["photos"]):
        raise click.UsageError("there are more captions, credits or alt texts than photos")
    photos = tuple(
        GivenPhoto(path, nth(given["captions"], n), nth(given["credits_"], n), nth(given["alts"], n))
        for n, path in enumerate(given["photos"])
    )
    text = "" if given["file"] else _typed_text()
    return AddRequest(
        given["title"], given["name"], given["email"], given["location"], given["age"], given["received"], text, given["file"], photos,
        Arrangement(given["status"], given["tags"], given["chapter"]),
    )  # fmt: skip


def _typed_text() -> str:
    if not sys.stdin.isatty():
        return standard_input()
    click.echo("Type or paste the text. End it with a line that holds only a period.", err=True)
    return "".join(takewhile(lambda line: line.rstrip("\r\n") != ".", sys.stdin))


def _asked(given: dict[str, Any]) -> AddRequest:
    """Everything in the order in which one thinks of it; an empty answer leaves a thing out."""
    from milebook.app.add import AddRequest
    from milebook.intake.writing import Arrangement

    def ask(question: str, default: str = "") -> str:
        return str(click.prompt(question, default=default, show_default=bool(default), err=True)).strip()

    title = ask("Title (empty: the first words)")
    name = ask("Who wrote it")
    location = ask("Where they live")
    age = click.prompt("Their age", default="", show_default=False, err=True, value_proc=_age)
    email = _until_right("Their e-mail address", address)
    received = _until_right("The day it arrived, like 2026-03-09", day)
    file = _until_right("A file with the text (empty: type it here)", _text_file)
    text = "" if file else _typed_text()
    photos = []
    while path := _until_right("A photo, as a file (empty: no more)", _photo_file):
        photos.append(_photo(path, ask))
    tags = tuple(tag.strip() for tag in ask("Tags, with commas").split(",") if tag.strip())
    return AddRequest(
        title, name, email, location, age, received, text, Path(file) if file else None, tuple(photos),
        Arrangement(given["status"], (*given["tags"], *tags), given["chapter"]),
    )  # fmt: skip


def _until_right(question: str, read: Callable[[str], str]) -> str:
    """An answer that `read` takes: a slip is reported at once, and does not cost what was answered before. "" for an empty one."""

    def proc(answer: str) -> str:
        from milebook.app.wrong_usage import CannotRead

        typed = answer.strip()
        try:
            return read(typed) if typed else ""
        except CannotRead as problem:
            raise click.BadParameter(printable(str(problem))) from None

    return str(click.prompt(question, default="", show_default=False, err=True, value_proc=proc))


def _text_file(answer: str) -> str:
    from milebook.app.given_text import text_of_file
    from milebook.intake.items import Found

    path = answer.strip("\"'")  # as a terminal writes the name of a file that is dragged into it
    text_of_file(Path(path), Found("text", ""))
    return path


def _photo_file(answer: str) -> str:
    from milebook.app.add import GivenPhoto, photo_of

    path = answer.strip("\"'")
    photo_of(GivenPhoto(Path(path)))
    return path


def _age(answer: str) -> int | None:
    if not answer.strip():
        return None
    if not answer.strip().isdigit() or not 1 <= int(answer) <= 130:
        raise click.BadParameter("it is a number of years, or empty")
    return int(answer)


def _photo(path: str, ask: Any) -> GivenPhoto:
    from milebook.app.add import GivenPhoto

    return GivenPhoto(
        Path(path),
        ask("  its caption"),
        ask("  its credit line, such as Photo by Ben Example"),
        ask("  what it shows, for readers who cannot see it"),
    )


def _say(done: Added) -> None:
    terminal.say_lines(f"wrote {path}" for path in done.written)
    terminal.say(
        terminal.printable(f"“{done.title}” is in the index as {done.id}, with {counted(done.words, 'word')}.")
    )
    terminal.say_lines(done.notes)
