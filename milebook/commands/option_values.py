"""Read the values of options: days, numbers of a list, formats, languages, territories."""

from __future__ import annotations

import re
from collections.abc import Callable

import click

from milebook.commands.terminal import printable

MOST_NUMBERS = 100_000  # between two with a hyphen


class WholeNumber(click.IntRange):
    name = "whole number"  # as messages call it


class Number(click.FloatRange):
    name = "number"


class Choice(click.Choice[str]):
    """One of several words, with the one that was probably meant by another."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            from milebook.model.near_names import nearest

            near = nearest(str(value), self.choices)
            hint = f" Did you mean {near}?" if near else ""
            raise click.BadParameter(f"{error.message}{hint}", ctx, param) from None


def read_day(context: click.Context, parameter: click.Parameter, value: str | None) -> str:
    return "" if value is None else day(value)


def day(typed: str) -> str:
    """A day as the index takes it. Raises BadParameter for what is none."""
    from datetime import date

    try:
        if date.fromisoformat(typed).isoformat() == typed:
            return typed
    except ValueError:
        pass
    raise click.BadParameter(f"“{printable(typed)}” is no day; write it like 2026-03-09")


def read_address(context: click.Context, parameter: click.Parameter, value: str | None) -> str:
    return address(value or "")


def address(typed: str) -> str:
    """An e-mail address as the index takes it, "" for nothing. Raises BadParameter for what is none."""
    from milebook.index.formats import email_fault
    from milebook.intake.writing import is_address

    typed = typed.strip()
    if typed and not is_address(typed):
        fact, cure = email_fault(typed) or ("an invisible character stands in it", "type it again")
        raise click.BadParameter(f"“{printable(typed)}”: {fact}; {cure}")
    return typed


def read_encoding(context: click.Context, parameter: click.Parameter, value: str | None) -> str:
    from milebook.intake.charset import codec

    if value and not codec(value):
        raise click.BadParameter(f"“{value}” is no character set; try utf-8, cp1252, cp1250, mac_roman or shift_jis")
    return value or ""


def number_reader(wrong: str) -> Callable[[click.Context, click.Parameter, str | None], frozenset[int]]:
    """Reads "3,5-7" as numbers. `wrong` follows what is no number in the message."""

    def read(context: click.Context, parameter: click.Parameter, value: str | None) -> frozenset[int]:
        found: set[int] = set()
        for part in filter(None, (value or "").replace(" ", "").split(",")):
            match = re.fullmatch(r"(\d{1,7})(?:-(\d{1,7}))?", part)
            if not match:
                raise click.BadParameter(f"“{part}” {wrong}")
            first, last = int(match[1]), int(match[2] or match[1])
            found.update(range(first, min(last, first + MOST_NUMBERS) + 1))
        return frozenset(found)

    return read


def read_formats(context: click.Context, parameter: click.Parameter, value: str | None) -> tuple[str, ...]:
    from milebook.model.book import FORMATS

    words = tuple(word.strip() for word in (value or "").split(",") if word.strip())
    for word in words:
        if word not in FORMATS:
            raise click.BadParameter(f"“{word}” is not a format; the formats are {', '.join(FORMATS)}")
    return words


def read_languages(context: click.Context, parameter: click.Parameter, value: str | None) -> tuple[str, ...]:
    words = tuple(word.strip() for word in (value or "").split(",") if word.strip())
    for word in words:
        if not re.fullmatch(r"all|[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", word):
            raise click.BadParameter(f"“{word}” is not a language's code, such as en, de or pt-BR")
    return words


def read_territory(context: click.Context, parameter: click.Parameter, value: str | None) -> str:
    from milebook.permissions.country_codes import countries, unknown_part

    if value and countries(value) is None:
        raise click.BadParameter(
            f"“{unknown_part(value)}” is not known; write world, Europe, US, or a list: US, Canada"
        )
    return value or ""


def read_line(context: click.Context, parameter: click.Parameter, value: str | None) -> str:
    from milebook.permissions.answers.cells import is_one_line

    if value and not is_one_line(value):
        raise click.BadParameter("it must be one line without control characters")
    return (value or "").strip()
