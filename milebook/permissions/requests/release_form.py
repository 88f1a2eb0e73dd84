"""A release form to sign, one PDF for each signer: to be filled in on a screen, or printed and filled in by hand.

Every item has its picture, what will be printed, and boxes for yes and no; then come the editions, the name in print,
limits, name, date and signature.
"""

from __future__ import annotations

from collections.abc import Mapping

from milebook.model.book import Book
from milebook.model.english_dates import english_date
from milebook.permissions.names import listed, shortened
from milebook.permissions.requests.asked import Asked
from milebook.permissions.requests.form_sheet import BOX, GAP, LINE, MARGIN, PICTURE, CheckBox, FormPages, FormPicture
from milebook.permissions.requests.letters import Letter
from milebook.permissions.requests.shared_sentences import (
    book_named,
    carries_a_name,
    closed,
    format_named,
    planned_reach,
)

_INDENT = 58.0  # of an item, beside its boxes
_FOOT_LENGTH = 92  # characters of the ids at the foot


def release_form(book: Book, letter: Letter, pictures: Mapping[str, FormPicture], size: tuple[float, float]) -> bytes:
    """The form that goes with a letter. `pictures` are by the paths of the photos, `size` is that of the page in points.

    The same letter gives the same bytes.
    """
    info = book.info
    head = f"Permission form for {letter.signer} · {shortened(info.title, 80)}"
    sheet = FormPages(size, head, _records(letter))
    sheet.canvas.setTitle(f"Permission form: {letter.signer}")
    sheet.canvas.setSubject(info.title)
    sheet.canvas.setAuthor(listed(info.authors))
    sheet.canvas.setCreator("milebook")
    sheet.canvas.setKeywords(" ".join(item.item for item in letter.items))  # by which it is known when it comes back
    _heading(sheet, book, letter)
    for number, asked in enumerate(letter.asked, 1):
        _item(sheet, number, asked, pictures.get(asked.photo))
    _editions(sheet, book)
    _naming(sheet, letter)
    _signature(sheet, letter)
    _return(sheet, book, letter)
    return sheet.finish()


def _records(letter: Letter) -> str:
    """The ids of the items, as many as there is room for."""
    ids = [item.item for item in letter.items]
    shown = ids[:1]
    for one in ids[1:]:
        if len(", ".join([*shown, one])) > _FOOT_LENGTH:
            return f"For our records: {', '.join(shown)} and {len(ids) - len(shown)} more"
        shown.append(one)
    return f"For our records: {', '.join(shown)}"


def _heading(sheet: FormPages, book: Book, letter: Letter) -> None:
    info = book.info
    sheet.text("Permission form", size=17, bold=True, after=2)
    named = book_named(book)
    sheet.text(named[:1].upper() + named[1:] + (f", by {listed(info.authors)}" if info.authors else ""), after=1)
    if info.publisher:
        sheet.text(f"To be published by {info.publisher}", after=1)
    sheet.text(f"For: {letter.signer}", bold=True, before=8, after=1)
    if letter.guardian_of:
        also = "also " if _mixed(letter) else ""
        sheet.text(f"You {also}sign as the parent or guardian of {listed(letter.guardian_of)}.", after=1)
    sheet.text(
        f"With your signature you permit {listed(info.authors) or 'the authors'} to do the following, and confirm that it is "
        "yours to permit. The permission is non-exclusive: the rights stay with you. Mark “yes” or “no” for each; what is "
        "not marked is not permitted.",
        before=6,
        after=8,
    )


def _mixed(letter: Letter) -> bool:
    """Whether somebody signs for a child and for something of their own."""
    return any(not item.need.minor for item in letter.items)


def _item(sheet: FormPages, number: int, asked: Asked, picture: FormPicture | None) -> None:
    room = sheet.measure - _INDENT - (PICTURE + GAP if picture else 0)
    paragraphs = [sheet.paragraph(f"{number}. {closed(asked.sentence[:1].upper() + asked.sentence[1:])}", room, 10.5)]
    paragraphs += [sheet.paragraph(f"{name}: {value}", room, 9, gray=True) for name, value in asked.details]
    tall = picture.fitted[0] if picture else 0.0
    height = max(sum(flow.height for flow in paragraphs) + 2 * len(paragraphs), tall, 2 * (BOX + 6))
    sheet.need(height)
    top = sheet.y
    for row, answer in enumerate(("yes", "no")):
        mark = CheckBox(f"item {number} {answer}", answer, f"{answer} to item {number}: {asked.sentence}"[:200])
        sheet.box(mark, MARGIN, top - BOX - row * (BOX + 6))
    if picture:
        sheet.picture(picture, top)
    for flow in paragraphs:
        sheet.y = sheet.draw(flow, MARGIN + _INDENT, sheet.y) - 2
    sheet.y = min(sheet.y, top - height) - GAP


def _editions(sheet: FormPages, book: Book) -> None:
    where, languages = planned_reach(book)
    sheet.need(40)
    sheet.text(f"In these editions, for {where}, in {languages} (mark each that you permit):", bold=True, before=4)
    named = [(word, format_named(book, word)) for word in book.info.editions.formats]
    sheet.boxes(CheckBox(f"edition {word}", words, f"you permit {words}") for word, words in named)


def _naming(sheet: FormPages, letter: Letter) -> None:
    """How the signer, or a child, is to be named; only where the form is about something that carries a name."""
    if not any(map(carries_a_name, letter.items)):
        return
    sheet.need(60)
    children = letter.guardian_of and not _mixed(letter)
    sheet.text("The child’s name in print:" if children else "The name in print:", bold=True, before=6)
    right, foot = sheet.boxes(
        CheckBox(f"name {name}", words, f"name in print: {words}")
        for name, words in (
            ("as shown", "as shown above"),
            ("not at all", "no name"),
            ("otherwise", "otherwise, namely:"),
        )
    )
    left = right + GAP / 2
    sheet.field("name in print", left, foot - 4, sheet.width - MARGIN - left, "the name as it is to be printed")
    sheet.y -= 4


def _signature(sheet: FormPages, letter: Letter) -> None:
    sheet.need(178)
    sheet.text("Limits or conditions, if any:", bold=True, before=6, after=2)
    tall = 1.6 * LINE
    sheet.field("limits", MARGIN, sheet.y - tall, sheet.measure, "limits or conditions", tall, "multiline")
    sheet.y -= tall + 8
    half = (sheet.measure - GAP) / 2
    role = "Signature"
    if letter.guardian_of:
        role += ", for yourself and as the parent or guardian" if _mixed(letter) else " of the parent or guardian"
    rows: tuple[tuple[float, tuple[tuple[str, str, float, float], ...]], ...] = (
        (
            LINE,
            (
                ("Name in block letters; for a group or company, your role too", "name", MARGIN, half),
                ("Date", "date", MARGIN + half + GAP, half),
            ),
        ),
        (LINE + 10, ((role, "signature", MARGIN, sheet.measure),)),
    )
    for tall, fields in rows:
        for label, name, left, wide in fields:
            sheet.field(name, left, sheet.y - tall, wide, label, tall)
            sheet.small(label, left, sheet.y - tall - 10)
        sheet.y -= tall + 18


def _return(sheet: FormPages, book: Book, letter: Letter) -> None:
    contact = book.info.contact
    where = ", ".join(" ".join(contact[key].split()) for key in ("name", "email", "address") if contact.get(key))
    until = f" by {english_date(letter.answer_by)}" if letter.answer_by else ""
    sheet.text(
        f"Please send this form back{until}{f' to {where}' if where else ''}. On a screen, type your name as the signature."
    )
