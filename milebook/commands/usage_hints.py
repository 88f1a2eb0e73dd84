"""Commands that say what to type instead of an option or a word that they do not take."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import click

# Command -> what to do with a word that it does not take.
_INSTEAD = {
    "request": "say whom to write to with --to “{}”",
    "add": "say which file the story is in with --file “{}”",
    "undo": "alone it takes back the last change; type it again for the change before that",
}
_MEANT = {  # what people type behind "permissions" -> the command that they mean
    "ask": "request", "write": "request", "letter": "request", "letters": "request", "mail": "request", "send": "request",
    "grant": "record", "granted": "record", "answer": "record", "refuse": "record", "set": "record", "remove": "withdraw",
}  # fmt: skip
_ALONE = ("list", "show", "status", "check", "open", "ls")  # what a group does without a further word
_EXAMPLES = {"DATE": "2026-03-09"}
_MOST = 20  # words of which a name is sought


class Command(click.Command):
    """A command whose usage errors suggest what was probably meant."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.allow_extra_args = True  # so that we can say something about them
        with _wrong_options(self, ctx):
            rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            words = "the words" if len(rest) > 1 else "the word"
            raise click.UsageError(f"{words} “{' '.join(rest)}” cannot be used here{self._instead(ctx, rest)}", ctx)
        return rest

    def _instead(self, ctx: click.Context, rest: Sequence[str]) -> str:
        if meant := option_meant(self, rest[0]):
            return f"; did you mean {meant}?"
        if ctx.info_name in _INSTEAD:
            return "; " + _INSTEAD[ctx.info_name].format(" ".join(rest))
        given = [word for value in ctx.params.values() for word in _words(value)]
        joined = next((name for name in _joined(given, rest) if os.path.lexists(name)), "") if len(rest) < _MOST else ""
        if joined:
            return f"; write “{joined}” between quotation marks, for it has spaces"
        return f"; “{_help(ctx)}” tells what the command takes"


class Group(click.Group):
    """A group of commands that names the command which a wrong word was probably meant to be."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        with _wrong_options(self, ctx):
            return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in self.commands:
            from milebook.model.near_names import nearest

            near = _MEANT.get(name.lower(), "") or nearest(name, self.commands)
            if name.lower() in _ALONE:
                hint = f"“{ctx.command_path}” alone shows the list"
            elif near in self.commands:
                hint = f"did you mean “{ctx.command_path} {near}”?"
            else:
                hint = f"its commands are {', '.join(self.commands)}"
            ctx.fail(f"there is no command “{ctx.command_path} {name}”; {hint}")
        return super().resolve_command(ctx, args)


def option_meant(command: click.Command, word: str) -> str:
    """The option that a word seems to be, such as "--format pdf" for pdf and "--status refused" for --refused; "" if none."""
    plain = word.lstrip("-").lower()
    for parameter in command.params:
        if not isinstance(parameter, click.Option):
            continue
        if f"--{plain}" in parameter.opts and not word.startswith("-"):
            return f"--{plain}"
        choices = parameter.type.choices if isinstance(parameter.type, click.Choice) else ()
        if plain in choices or (parameter.name == "formats" and plain in str(parameter.default).split(",")):
            return f"{parameter.opts[0]} {plain}"
    return ""


@contextmanager
def _wrong_options(command: click.Command, ctx: click.Context) -> Iterator[None]:
    """Say what to type instead of an option that is not there, or behind one that needs a value."""
    try:
        yield
    except click.NoSuchOption as error:
        hint = _option_for(command, ctx, error.option_name)
        raise click.UsageError(f"there is no option {error.option_name}{hint}", error.ctx or ctx) from None
    except click.BadOptionUsage as error:
        raise click.UsageError(_value_missing(command, error), error.ctx or ctx) from None


def _option_for(command: click.Command, ctx: click.Context, typed: str) -> str:
    from milebook.model.near_names import nearest

    meant = option_meant(command, typed)
    if not meant:
        near = nearest(typed.lstrip("-"), [name.lstrip("-") for name in _names(command)])
        meant = f"--{near}" if near else ""
    return f"; did you mean {meant}?" if meant else f"; “{_help(ctx)}” lists the options"


def _value_missing(command: click.Command, error: click.BadOptionUsage) -> str:
    """What to type behind an option that stands at the end, or before another option."""
    option = next((one for one in command.params if error.option_name in one.opts), None)
    if not isinstance(option, click.Option) or option.is_flag:
        return error.message
    example = _EXAMPLES.get(
        option.metavar or "", option.metavar or option.type.get_metavar(option, click.Context(command))
    )
    return f"{error.option_name} needs a value behind it: {error.option_name} {example or 'TEXT'}"


def _help(ctx: click.Context) -> str:
    program, _, command = ctx.command_path.partition(" ")
    return f"{program} help {command}".rstrip()


def _names(command: click.Command) -> list[str]:
    options = (
        parameter for parameter in command.params if isinstance(parameter, click.Option) and not parameter.hidden
    )
    return [name for option in options for name in (*option.opts, *option.secondary_opts) if name.startswith("--")]


def _words(value: object) -> Iterable[str]:
    if isinstance(value, str):
        return (value,)
    return (word for word in value if isinstance(word, str)) if isinstance(value, tuple) else ()


def _joined(given: Sequence[str], rest: Sequence[str]) -> Iterable[str]:
    """Names with spaces that the shell may have taken for several words: one that was taken, and words that follow it."""
    return (
        " ".join([*begun, *rest[:last]])
        for begun in (*([word] for word in given), [])
        for last in range(1, len(rest) + 1)
    )
