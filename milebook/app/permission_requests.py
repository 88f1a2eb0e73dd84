"""Write letters that ask for permission, and note in the index what was asked for.

Nothing is sent. A day is noted only for whom a letter can go to by e-mail; one to be posted waits for `permissions sent`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from milebook.app.load import Loaded, UnknownName, errors, load
from milebook.app.permissions import (
    Done,
    called,
    index_text,
    known_people,
    known_stories,
    latest_day,
    near,
    outlined,
    refusal,
    today,
    write_index,
)
from milebook.app.stamp import make_stamp
from milebook.layout import Layout, built_in_folder, read_layout
from milebook.model.book import Book
from milebook.model.draft import Draft, Paragraph, Part, Role, Stamp
from milebook.model.findings import Finding, Place
from milebook.model.slugs import slug
from milebook.model.text import Run
from milebook.output import write_all
from milebook.output.transaction import Transaction
from milebook.permissions import PermissionItem
from milebook.permissions.changes import Edited
from milebook.permissions.clear import to_post
from milebook.permissions.letter_mail import can_be_mailed, to_eml
from milebook.permissions.letters import PLACEHOLDERS, Letter, letters, to_ask, unknown_placeholders
from milebook.permissions.requests import mark_sent, note_requests
from milebook.permissions.signers import who_signs
from milebook.photos import PhotoPreparer
from milebook.source import BookFolder
from milebook.writers import FORMATS, Options

LETTERS = "build/letters"


@dataclass(frozen=True, slots=True)
class LetterRequest:
    """What `milebook permissions request` was asked for."""

    layout: str = "letter"
    stories: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    again: bool = False
    note: bool = True  # write the date into the index
    dry: bool = False
    date: str = ""  # of asking; "" for today
    answer_by: str = ""  # "" for four weeks later


def request(root: Path, wanted: LetterRequest) -> Done:
    """Write a letter for every person to ask, as e-mail and Word file, and note in the index who was asked.

    Raises UnknownName for a story or a person that is not in the book.
    """
    if wanted.dry or not wanted.note:
        return _request(root, wanted, None)
    with Transaction(root, "permissions request") as change:
        return _request(root, wanted, change)


def _request(root: Path, wanted: LetterRequest, change: Transaction | None) -> Done:
    loaded = load(root)
    if loaded.book is None or loaded.index is None:
        return Done([*loaded.findings], refused=True, loaded=loaded)
    folder, book = loaded.folder, loaded.book
    known_stories(book, wanted.stories)
    known_people(loaded, wanted.people)
    template, findings = _template(folder, wanted.layout)
    layout, more = read_layout(wanted.layout, folder)
    findings += more
    if layout is None or errors(findings):
        return Done(findings, refused=True, loaded=loaded)
    day = wanted.date or today()
    made, nobody = _to_write(loaded, wanted, template, day)
    posted = tuple(letter for letter in made if not can_be_mailed(letter))
    done = Done(findings, letters=made, posted=posted, loaded=loaded, nobody=nobody)
    if wanted.dry or not made:
        return done
    edited = _noted(loaded, made, posted, day) if wanted.note else Edited("", ())
    if edited.problem:
        findings.append(refusal(folder, edited))
        done.refused = True
        return done
    stamp = make_stamp(day, folder.read, f"letters {wanted.layout}")
    files, more = _files(book, layout, made, stamp, day, folder)
    findings += more
    findings += (change.problems if change else []) or write_all(root / LETTERS, files, book=folder)
    done.refused = bool(errors(findings))
    if not done.refused:
        done.written = tuple(f"{LETTERS}/{name}" for name in files)
        done.changed = edited.lines
        if change:
            findings += write_index(change, folder, edited, f"Asked {_people(len(made))} for permission")
            done.refused = bool(errors(findings))
    return done


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"


def _to_write(
    loaded: Loaded, wanted: LetterRequest, template: str, day: str
) -> tuple[tuple[Letter, ...], tuple[PermissionItem, ...]]:
    """The letters to be written, and the items for which nobody knows whom to ask."""
    assert loaded.book is not None
    chosen = [item for item in loaded.items if not wanted.stories or item.story in wanted.stories]
    people = wanted.people
    made = letters(loaded.book, chosen, template, again=wanted.again, date=day, answer_by=wanted.answer_by)
    nobody = (item for item in chosen if item.whom.unknown and to_ask(item, again=wanted.again))
    return (
        tuple(letter for letter in made if not people or called(letter.signer, people)),
        tuple(item for item in nobody if not people or called(item.signer, people)),
    )


def sent(root: Path, name: str, day: str = "") -> Done:
    """Note that the letters to be posted to somebody, or about an agreement or item, went out on `day` ("" for today).

    Raises UnknownName where no letter is waiting under that name, or several people's are.
    """
    with Transaction(root, "permissions sent") as change:
        loaded = outlined(root)
        if loaded.index is None:
            return Done([*loaded.findings], refused=True, loaded=loaded)
        found = _waiting_for_post(loaded, name)
        folder = loaded.folder
        edited = mark_sent(folder, loaded.index, index_text(folder, loaded.index.path), found, day or today())
        if not edited.problem and (day or today()) > latest_day(loaded.index.info.date):
            edited = Edited(
                "", (), f"--date {day} is a day that has not come yet", "write it down on the day it is posted"
            )
        if edited.problem:
            return Done([refusal(folder, edited)], refused=True, loaded=loaded)
        problems = write_index(change, folder, edited, f"Posted the letter to {found[0].signer}")
        return Done(problems, changed=edited.lines, refused=bool(problems), items=found, loaded=loaded)


def _waiting_for_post(loaded: Loaded, name: str) -> tuple[PermissionItem, ...]:
    waiting = [item for item in loaded.items if to_post(item.terms)]
    found = [item for item in waiting if name in (item.item, item.agreement)] or [
        item for item in waiting if called(who_signs(item.need), (name,)) or called(item.whom.name, (name,))
    ]
    exact = [item for item in found if name.casefold() in (who_signs(item.need).casefold(), item.whom.name.casefold())]
    found = exact or found
    whom = list(dict.fromkeys(item.signer for item in found))
    if len(whom) > 1:
        raise UnknownName(f"“{name}” may be {' or '.join(whom)}: write the whole name")
    if not found:
        known = list(dict.fromkeys(item.signer for item in waiting))
        said = f"letters to be posted: {', '.join(known)}" if known else "no letter is waiting to be posted"
        raise UnknownName(f"no letter to “{name}” is waiting to be posted{near(name, known)} ({said})")
    return tuple(found)


def _template(folder: BookFolder, layout: str) -> tuple[str, list[Finding]]:
    """The words of the letter: letter.md beside the layout in the book's folder, else milebook's own."""
    own = f"layouts/{layout}/letter.md"
    if "letter.md" in folder.names(f"layouts/{layout}"):
        text, findings = folder.read_text(own, Place(own))
    else:
        text, findings = (built_in_folder() / "letter" / "letter.md").read_text("utf-8"), []
    for name in unknown_placeholders(text or ""):
        findings.append(
            Finding(
                "MB315",
                f"the letter has no value for {{{name}}}, which stays as it is",
                Place(own),
                f"the names it knows are {', '.join(f'{{{known}}}' for known in PLACEHOLDERS)}",
            )
        )
    return text or "", findings


def _noted(loaded: Loaded, made: tuple[Letter, ...], posted: tuple[Letter, ...], day: str) -> Edited:
    assert loaded.index is not None
    text = index_text(loaded.folder, loaded.index.path)
    return note_requests(loaded.folder, loaded.index, text, made, day, posted)


def _files(
    book: Book, layout: Layout, made: tuple[Letter, ...], stamp: Stamp, day: str, folder: BookFolder
) -> tuple[dict[str, bytes], list[Finding]]:
    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    write = FORMATS["docx"].writer()
    for letter in made:
        name = stem = f"{day}-{slug(letter.signer, 'letter')}"
        number = 1
        while f"{name}.eml" in files:
            number += 1
            name = f"{stem}-{number}"
        files[f"{name}.eml"], problem = to_eml(letter, book, stamp)
        if problem:
            place = letter.items[0].terms.at("email")
            findings.append(Finding("MB316", problem, place, "correct the address, or send the Word file by post"))
        written = write(_draft(book, letter, stamp), layout, PhotoPreparer(folder), Options())
        files[f"{name}.docx"] = written.data
        findings += written.findings
    return files, findings


def _draft(book: Book, letter: Letter, stamp: Stamp) -> Draft:
    """A letter as something the press can set: one part, one paragraph a line or block."""
    paragraphs = []
    blocks = [block for block in re.split(r"\n\n+|\n(?=\d+\. )", letter.body) if block.strip()]
    for number, block in enumerate(blocks, 1):
        role = Role.BODY_FIRST if number == 1 else Role.BODY
        paragraphs.append(Paragraph(role, (Run(block.strip("\n")),), f"mb_letter_p{number:02d}"))
    part = Part("text", "mb_letter", "", "body", tuple(paragraphs), level=0, lang="en")
    return Draft(
        title=letter.subject,
        subtitle="",
        authors=book.info.authors,
        language="en",
        publisher="",
        description="",
        rights="",
        isbn={},
        identifier="",
        slug="letter",
        mode="final",
        parts=(part,),
        stamp=stamp,
    )
