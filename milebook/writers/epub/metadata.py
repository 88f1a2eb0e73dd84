"""Describe the e-book: title, people, accessibility. Nothing is claimed that is not true."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from milebook.model.draft import Draft, urn_of_isbn
from milebook.writers.epub.markup import language_of, one_line

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Pictures(NamedTuple):
    """What the pictures of the e-book are, beside the cover."""

    shown: int  # that mean something
    decorative: int
    undescribed: int  # of those shown, how many have no alternative text


def survey(draft: Draft, plates: Iterable[str]) -> Pictures:
    """Counts the pictures that are really there."""
    there = frozenset(plates)
    figures = [figure for part in draft.parts for figure in part.figures if figure.photo in there]
    shown = [figure for figure in figures if not figure.decorative]
    return Pictures(len(shown), len(figures) - len(shown), sum(not figure.alt.strip() for figure in shown))


def _creators(draft: Draft) -> list[tuple[str, str]]:
    """The authors, each with the name as it is filed."""
    filed = (*draft.filed, *[""] * len(draft.authors))
    return [(name, filing) for name, filing in zip(draft.authors, filed, strict=False) if name.strip()]


class _Description:
    """The metadata of an ebooklib book, one element at a time."""

    def __init__(self, book: Any) -> None:
        self.book = book

    def dc(self, name: str, text: str, **attributes: str) -> None:
        if folded := one_line(text):
            self.book.add_metadata("DC", name, folded, attributes)

    def meta(self, name: str, text: str, *, refines: str = "", **attributes: str) -> None:
        extra = {"refines": f"#{refines}"} if refines else {}
        self.book.add_metadata(None, "meta", one_line(text), {"property": name, **extra, **attributes})

    def titles(self, draft: Draft) -> None:
        self.dc("title", self.book.title, id="title")
        self.meta("title-type", "main", refines="title")
        if draft.subtitle.strip():
            self.meta("display-seq", "1", refines="title")
            self.dc("title", draft.subtitle, id="subtitle")
            self.meta("title-type", "subtitle", refines="subtitle")
            self.meta("display-seq", "2", refines="subtitle")

    def people(self, draft: Draft) -> None:
        for order, (name, filed) in enumerate(_creators(draft), 1):
            self.dc("creator", name, id=f"creator-{order}")
            if filed:
                self.meta("file-as", filed, refines=f"creator-{order}")
            for role in ("edt", "com"):  # they chose and edited the stories; each story has its own author
                self.meta("role", role, refines=f"creator-{order}", scheme="marc:relators")
            self.meta("display-seq", str(order), refines=f"creator-{order}")

    def accessibility(self, pictures: Pictures, pages: int) -> None:
        for name, values in access(pictures, pages).items():
            for value in values:
                self.meta(f"schema:{name}", value)
        self.meta("schema:accessibilitySummary", summary(pictures, pages), **{XML_LANG: "en"})


def describe(book: Any, draft: Draft, pictures: Pictures, pages: int, edition: str = "reading") -> None:
    """Puts the metadata into an ebooklib book. `pages` is the number of marks in the page list, `edition` the PDF's."""
    book.metadata.clear()  # of ebooklib's own generator line
    book.uid = one_line(draft.identifier) or "urn:uuid:00000000-0000-5000-8000-000000000000"
    book.title = one_line(draft.title) or "…"
    book.language = language_of(draft.language)
    made = _Description(book)
    made.dc("identifier", book.uid, id=book.IDENTIFIER_ID)
    made.titles(draft)
    made.people(draft)
    made.dc("language", book.language)
    made.dc("publisher", draft.publisher)
    made.dc("description", draft.description)
    made.dc("rights", draft.rights)
    made.dc("date", draft.stamp.date)
    for subject in draft.subjects:
        made.dc("subject", subject)
    if pages:
        source = page_source(draft, edition)
        made.dc("source", source, id="pages")
        made.meta("source-of", "pagination", refines="pages")
        made.meta("pageBreakSource", source)
    made.accessibility(pictures, pages)
    generator = {"name": "generator", "content": f"milebook {one_line(draft.stamp.version)}"}
    book.add_metadata("OPF", "generator", "", generator)


def page_source(draft: Draft, edition: str) -> str:
    """What the page numbers are those of: the printed book if its final PDF was made beside this, else the PDF of the build."""
    printed = urn_of_isbn(draft.isbn.get("print", ""))
    if printed and draft.mode == "final" and edition == "print":
        return printed
    return one_line(f"{draft.title}, PDF, build {draft.stamp.build_id}")


def access(pictures: Pictures, pages: int) -> dict[str, list[str]]:
    """Values of the schema.org accessibility properties."""
    sufficient = ["textual"] if not pictures.undescribed else []
    features = ["displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents"]
    if not pictures.undescribed:
        features.append("alternativeText")
    if pages:
        features += ["pageBreakMarkers", "pageNavigation"]
    return {
        "accessMode": ["textual", "visual"],  # there is always a cover
        "accessModeSufficient": [*sufficient, "textual,visual"],
        "accessibilityFeature": features,
        "accessibilityHazard": ["none"],
    }


def summary(pictures: Pictures, pages: int) -> str:
    """The same in plain words."""
    lines = ["The text flows to fit the screen, and its size, face, spacing and colors can be changed."]
    lines.append("Chapters and stories are marked as headings and listed in a linked table of contents.")
    if pictures.shown and not pictures.undescribed:
        lines.append("Every picture that carries meaning has a description, apart from its caption.")
    elif pictures.undescribed:
        described = pictures.shown - pictures.undescribed
        lines.append(
            f"{described} of {pictures.shown} pictures have a description; the others only what stands beneath them."
        )
    else:
        lines.append("There are no pictures in it but the cover, whose words are given as text.")
    if pages:
        lines.append("The page numbers of the PDF edition are marked and listed.")
    lines.append("Nothing in it flashes, moves or makes a sound.")
    return " ".join(lines)
