"""Read a release form that came back filled in on a screen: for which book and items it is, and what was marked and signed.

What is written by hand on paper, and then scanned, can only be read by people.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from milebook.model.book import Agreement
from milebook.permissions.answers.returned_mail import attached_pdfs

LARGEST = 30_000_000  # bytes of a form that is read


class FormAnswer(NamedTuple):
    """What a form says. `items` are ids, in the order of the form; `yes` and `no` those that were marked so."""

    title: str  # of the book
    items: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    name: str
    date: str
    signature: str
    limits: str
    editions: tuple[str, ...] = ()  # formats that are marked
    unmarked: tuple[str, ...] = ()  # formats that the form offers and that are not
    called: str = ""  # a name to be printed instead
    unnamed: bool = False  # no name is to be printed

    @property
    def blank(self) -> bool:
        """Whether no field was filled in, as when it was signed on paper."""
        return not (self.yes or self.no or self.name or self.signature or self.date or self.limits)


def read_forms(data: bytes, name: str) -> list[FormAnswer]:
    """The forms in a file of evidence: the form itself, or those attached to a mail (by its `name`, "….eml")."""
    files = attached_pdfs(data, LARGEST) if name.casefold().endswith(".eml") else [data]
    return [form for form in map(read_form, files) if form is not None]


def read_form(data: bytes) -> FormAnswer | None:
    """What a form says; None for a file that is no form of milebook's."""
    import pikepdf

    if not data.startswith(b"%PDF"):
        return None
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            info = document.docinfo
            items = tuple(str(info.get("/Keywords", "")).split())
            fields = _fields(document)
            title = str(info.get("/Subject", ""))
    except (
        pikepdf.PdfError,
        pikepdf.PasswordError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        RuntimeError,
        RecursionError,
    ):
        return None
    return _answer(title, items, fields) if items and "signature" in fields else None


def _answer(title: str, items: tuple[str, ...], fields: Mapping[str, str]) -> FormAnswer:
    marked = {
        answer: tuple(
            item for number, item in enumerate(items, 1) if _marked(fields.get(f"item {number} {answer}", ""))
        )
        for answer in ("yes", "no")
    }
    offered = {name.removeprefix("edition "): value for name, value in fields.items() if name.startswith("edition ")}
    return FormAnswer(
        title,
        items,
        marked["yes"],
        marked["no"],
        fields.get("name", ""),
        fields.get("date", ""),
        fields["signature"],
        fields.get("limits", ""),
        editions=tuple(word for word, value in offered.items() if _marked(value)),
        unmarked=tuple(word for word, value in offered.items() if not _marked(value)),
        called=fields.get("name in print", ""),
        unnamed=_marked(fields.get("name not at all", "")),
    )


def summary_lines(form: FormAnswer) -> list[str]:
    """What a form says, in a few lines."""
    if form.blank:
        return ["no field of its form is filled in; it may be signed on paper"]
    lines = [
        f"its form says {answer} to {', '.join(items)}"
        for answer, items in (("yes", form.yes), ("no", form.no))
        if items
    ]
    open_ones = [item for item in form.items if item not in (*form.yes, *form.no)]
    if open_ones:
        lines.append(f"its form says neither yes nor no to {', '.join(open_ones)}")
    if form.unmarked:
        marked = f"only {', '.join(form.editions)}" if form.editions else "no edition"
        lines.append(f"its form permits {marked}")
    if form.unnamed or form.called:
        lines.append(
            "its form asks that no name be printed"
            if form.unnamed
            else f"its form asks for another name in print: “{form.called[:200]}”"
        )
    if form.limits:
        lines.append(f"its form names limits: “{form.limits[:200]}”")
    if not form.signature:
        lines.append("its form is not signed")
    return lines


def _marked(value: str) -> bool:
    return value not in ("", "Off")


def _fields(document: Any) -> dict[str, str]:
    form = document.Root.get("/AcroForm")
    found: dict[str, str] = {}
    for field in form.get("/Fields", ()) if form is not None else ():
        value = field.get("/V", "")
        found[str(field.get("/T", ""))] = str(value).removeprefix("/").strip()
    return found


def doubts(
    form: FormAnswer, title: str, granted: Collection[str], known: Collection[str], terms: Sequence[Agreement] = ()
) -> Sequence[tuple[str, str]]:
    """What speaks against a form as the evidence that `granted` items are granted: (fact, what to do).

    `terms` is what was recorded of them: a limit that is written down there is no doubt.
    """
    if not set(form.items) & set(known):
        return [(f"the form is of another book, “{form.title}”", f"file the form that was made for “{title}”")]
    return [*_about_items(form, granted), *_about_terms(form, terms)]


def _about_items(form: FormAnswer, granted: Collection[str]) -> Iterator[tuple[str, str]]:
    other = [item for item in granted if item not in form.items]
    if other:
        cure = "record only what it is about, with --only, or file another form"
        yield f"the form does not ask for {', '.join(other)}", cure
    refused = [item for item in granted if item in form.no]
    if refused:
        yield f"the form says no to {', '.join(refused)}", "record these as refused: --status refused --only ITEM"
    both = [item for item in granted if not form.blank and item in form.items and item not in (*form.yes, *form.no)]
    if both:
        cure = "ask again; what is not marked is not permitted"
        yield f"the form says neither yes nor no to {', '.join(both)}", cure


def _about_terms(form: FormAnswer, terms: Sequence[Agreement]) -> Iterator[tuple[str, str]]:
    limited = bool(terms) and all(one.restrictions for one in terms)
    kept_to = bool(terms) and all(one.formats and not {*one.formats} & {*form.unmarked} for one in terms)
    if not form.blank and form.unmarked and not kept_to:
        others = ",".join(form.editions)
        cure = f"record the others: --formats {others}" if others else "ask again; none is marked"
        yield f"the form does not permit these editions: {', '.join(form.unmarked)}", cure
    if form.unnamed:
        yield "the form asks that no name be printed", "write anonymous: true, or take the credit out"
    elif form.called:
        yield (f"the form asks for another name in print: “{form.called[:200]}”", "write it as byline: or credit:")
    if form.limits and not limited:
        yield f"the form names limits: “{form.limits[:200]}”", "write them down: --restrictions “…”"
    if not form.blank and not form.signature:
        yield "the form is not signed", "ask for the signature"
