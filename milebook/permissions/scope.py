"""Compare what an agreement covers with the book's editions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from milebook.model.book import Agreement, Book, BookInfo, Editions
from milebook.model.findings import Finding
from milebook.model.languages import base_language
from milebook.permissions.country_codes import countries, unknown_part
from milebook.permissions.dates import date_findings
from milebook.permissions.names import listed
from milebook.permissions.reasons import FORMAT_WORDS, Reason, Why
from milebook.permissions.requests.language_names import language_name

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*", re.IGNORECASE)
_ALL = {"all", "any", "*"}


def planned_languages(info: BookInfo) -> tuple[str, ...]:
    """The languages that every grant must cover: those of `book.editions`, else the book's own."""
    return info.editions.languages or (info.language,)


def gaps(terms: Agreement, info: BookInfo, today: str) -> Iterator[Reason]:
    """Why the scope of a grant does not reach as far as the book; nothing when it does."""
    yield from _format_gaps(terms, info.editions)
    yield from _territory_gaps(terms, info.editions)
    lacking = tuple(tag for tag in planned_languages(info) if not _language_covered(tag, terms.languages))
    if lacking:
        yield Reason(Why.LANGUAGES, granted=terms.languages, planned=lacking)
    if terms.expires and today and terms.expires < today:
        drawn = today == info.date and "date" not in info.places  # from the days of the index
        yield Reason(Why.EXPIRED, day=terms.expires, other=today if drawn else "")
    if terms.print_run_cap and "print" in info.editions.formats:
        if not info.editions.print_run:
            yield Reason(Why.PRINT_RUN_NOT_PLANNED, copies=terms.print_run_cap)
        elif info.editions.print_run > terms.print_run_cap:
            yield Reason(Why.PRINT_RUN, copies=terms.print_run_cap, print_run=info.editions.print_run)


def _format_gaps(terms: Agreement, editions: Editions) -> Iterator[Reason]:
    lacking = tuple(word for word in editions.formats if terms.formats and word not in terms.formats)
    if lacking:
        yield Reason(Why.FORMATS, granted=terms.formats, planned=lacking)


def _territory_gaps(terms: Agreement, editions: Editions) -> Iterator[Reason]:
    if not terms.territory:
        return
    granted, planned = countries(terms.territory), countries(editions.territory or "world")
    if granted is None:
        yield Reason(Why.TERRITORY_UNKNOWN, what=unknown_part(terms.territory))
    elif planned is None or not planned <= granted:
        yield Reason(Why.TERRITORY, what=terms.territory, planned=(editions.territory or "world",))


def _language_covered(tag: str, granted: tuple[str, ...]) -> bool:
    """`en` covers `en-US`; and where the plan says no more than `en`, a grant for `en-US` is the English edition."""
    if not granted:
        return True
    wanted = tag.lower().split("-")
    for one in granted:
        have = one.lower().split("-")
        if one.lower() in _ALL or have == wanted[: len(have)] or wanted == have[: len(wanted)]:
            return True
    return False


def scope_findings(terms: Agreement, book_date: str = "") -> Iterator[Finding]:
    """Scope words and dates of one agreement that mean nothing or contradict each other, at their places."""
    name = f"agreement “{terms.id}”" if terms.id else "this permission"
    if terms.territory and countries(terms.territory) is None:
        yield Finding(
            "MB303",
            f"territory “{terms.territory}” of {name} is not known",
            terms.at("territory"),
            "write world, a continent or region (Europe, North America), or countries: US, Canada",
        )
    yield from _language_findings(terms.languages, name, terms)
    for word in terms.formats:
        if word not in FORMAT_WORDS:
            yield Finding(
                "MB303", f"format “{word}” of {name} is not known", terms.at("formats"), "write print, ebook or audio"
            )
    yield from date_findings(terms, name, book_date)


def story_language_findings(book: Book) -> Iterator[Finding]:
    """A warning for each story in a language that `book.editions` does not name: letters ask for other languages only."""
    planned = book.info.editions.languages
    for story in book.stories:
        own = story.permission.languages  # where it names the story's language, somebody has thought of it
        named = own and _language_covered(story.language, own)
        if planned and story.language and not named and not _language_covered(story.language, planned):
            both = f"languages: [{', '.join((*planned, base_language(story.language)))}]"
            yield Finding(
                "MB326",
                f"“{story.title}” is in {language_name(story.language)}, and book.editions plans only for "
                f"{listed(language_name(tag) for tag in planned)}: permission for its own language is not asked for",
                story.at("language"),
                f"if this story is printed in its own language, name it in the story's permission: {both}; add "
                f"{base_language(story.language)} to languages: under editions: only if the whole book is published in it, for then "
                "everybody is asked; if the story is printed in translation, correct language:",
            )


def editions_findings(info: BookInfo) -> Iterator[Finding]:
    """Words of `book.editions` that mean nothing."""
    place = info.at("editions")
    if info.editions.territory and countries(info.editions.territory) is None:
        yield Finding(
            "MB303",
            f"territory “{info.editions.territory}” of book.editions is not known",
            info.places.get("editions.territory", place),
            "write world, a continent or region (Europe, North America), or countries: US, Canada",
        )
    for tag in info.editions.languages:
        if not _LANGUAGE.fullmatch(tag):
            yield Finding(
                "MB303",
                f"language “{tag}” of book.editions is not known",
                info.places.get("editions.languages", place),
                "write its code: en, de, fr",
            )


def _language_findings(languages: tuple[str, ...], name: str, terms: Agreement) -> Iterator[Finding]:
    for tag in languages:
        if tag.lower() not in _ALL and not _LANGUAGE.fullmatch(tag):
            yield Finding(
                "MB303",
                f"language “{tag}” of {name} is not known",
                terms.at("languages"),
                "write its code: en, de, fr; or all",
            )
