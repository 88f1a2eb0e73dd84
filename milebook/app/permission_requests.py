"""Write letters that ask for permission, and note in the index what was asked for.

Nothing is sent. A day is noted only for whom a letter can go to by e-mail; one to be posted waits for `permissions sent`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from milebook.app.letter_files import letter_files
from milebook.app.load import Loaded, Ready, load
from milebook.app.permissions import (
    Done,
    called,
    index_text,
    known_people,
    known_stories,
    near,
    outlined,
    refusal,
    write_index,
)
from milebook.app.proof import proof
from milebook.app.proof_choice import ProofRequest
from milebook.app.publish import publish_files
from milebook.app.stamp import latest_day, today
from milebook.app.wrong_usage import UnknownName
from milebook.layout import built_in_folder, read_layout
from milebook.model.codes import errors
from milebook.model.findings import Finding, Place
from milebook.model.plurals import counted
from milebook.output.ledger import read_ledger
from milebook.output.transaction import Transaction
from milebook.permissions import PermissionItem
from milebook.permissions.changes import Edited
from milebook.permissions.names import plain
from milebook.permissions.obstacles import to_post
from milebook.permissions.requests.index_notes import mark_sent, note_requests
from milebook.permissions.requests.letter_mail import can_be_mailed
from milebook.permissions.requests.letters import PLACEHOLDERS, Letter, letters, to_ask, unknown_placeholders
from milebook.permissions.signers import who_signs
from milebook.source import BookFolder

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
    proof: bool = False  # with that person's proof


def request(root: Path, wanted: LetterRequest) -> Done:
    """Write a letter for every person to ask, as e-mail and Word file with a form to sign, and note in the index who was asked.

    Raises UnknownName for a story or a person that is not in the book.
    """
    proofs: Mapping[str, Sequence[str]] = {}
    if wanted.proof and not wanted.dry:
        proofs, findings = _proofs(root, wanted)
        if errors(findings):
            return Done(list(findings), refused=True, loaded=outlined(root))
    if wanted.dry or not wanted.note:
        return _request(root, wanted, None, proofs)
    with Transaction(root, "permissions request") as change:
        return _request(root, wanted, change, proofs)


def _proofs(root: Path, wanted: LetterRequest) -> tuple[Mapping[str, Sequence[str]], Sequence[Finding]]:
    """Proofs of the stories whose text is asked for: paths by the story's id."""
    done = _request(root, replace(wanted, dry=True), None, {})
    unseen = done.loaded.folder.unlisted() if done.loaded else []
    if done.refused or unseen:
        return {}, [*done.findings, *unseen]
    asked = {item.story for letter in done.letters for item in letter.items if item.story and item.need.photo is None}
    if not asked:
        return {}, ()
    result = proof(root, ProofRequest(contributors=True, names=tuple(sorted(asked))))
    if result.refused:
        return {}, result.findings
    ledger = read_ledger(root)
    made = [
        ledger.files[path] for path in result.written if path in ledger.files and ledger.files[path].kind == "proof"
    ]
    return {story: [one.path for one in made if story in one.stories] for story in asked}, ()


def _request(
    root: Path, wanted: LetterRequest, change: Transaction | None, proofs: Mapping[str, Sequence[str]]
) -> Done:
    loaded = load(root)
    if not isinstance(loaded, Ready):
        return Done([*loaded.findings], refused=True, loaded=loaded)
    folder, book = loaded.folder, loaded.book
    wanted = replace(wanted, stories=known_stories(book, wanted.stories))
    known_people(loaded, wanted.people)
    template, findings = _template(folder, wanted.layout)
    layout, more = read_layout(wanted.layout, folder)
    findings += more
    if layout is None or errors(findings):
        return Done(findings, refused=True, loaded=loaded)
    day = wanted.date or today()
    made, nobody = _to_write(loaded, wanted, template, day)
    posted = tuple(letter for letter in made if not can_be_mailed(letter))
    done = Done(findings, letters=made, posted=posted, loaded=loaded, nobody=nobody, waiting=_waiting(loaded, wanted))
    if wanted.dry or not made:
        return done
    edited = _noted(loaded, made, posted, day) if wanted.note else Edited("", ())
    if edited.problem:
        findings.append(refusal(folder, edited))
        done.refused = True
        return done
    files, more = letter_files(loaded, layout, made, day, proofs)
    findings += more
    findings += (change.problems if change else []) or publish_files(folder, LETTERS, files)
    done.refused = bool(errors(findings))
    if not done.refused:
        done.written = tuple(f"{LETTERS}/{name}" for name in files)
        done.changed = edited.lines
        if change:
            findings += write_index(
                change, folder, edited, f"Asked {counted(len(made), 'person', 'people')} for permission"
            )
            done.refused = bool(errors(findings))
    return done


def _waiting(loaded: Loaded, wanted: LetterRequest) -> tuple[PermissionItem, ...]:
    """The items for which a letter was written, but not posted."""
    return tuple(
        item
        for item in loaded.items
        if to_post(item.terms)
        and not item.clear
        and (not wanted.stories or item.story in wanted.stories)
        and (not wanted.people or called(who_signs(item.need), wanted.people))
    )


def _to_write(
    loaded: Ready, wanted: LetterRequest, template: str, day: str
) -> tuple[tuple[Letter, ...], tuple[PermissionItem, ...]]:
    """The letters to be written, and the items for which nobody knows whom to ask, or a form has an answer to be read first."""
    chosen = [item for item in loaded.items if not wanted.stories or item.story in wanted.stories]
    people = wanted.people
    made = letters(loaded.book, chosen, template, again=wanted.again, date=day, answer_by=wanted.answer_by)
    nobody = (item for item in chosen if item.need.unread or (item.whom.unknown and to_ask(item, again=wanted.again)))
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
    exact = [item for item in found if plain(name) in (plain(who_signs(item.need)), plain(item.whom.name))]
    found = exact or found
    whom = list(dict.fromkeys(item.signer for item in found))
    if len(whom) > 1:
        raise UnknownName(f"“{name}” may be {' or '.join(whom)}: write the whole name")
    if not found:
        known = list(dict.fromkeys(item.signer for item in waiting))
        open_letters = f"letters to be posted: {', '.join(known)}" if known else "no letter is waiting to be posted"
        raise UnknownName(f"no letter to “{name}” is waiting to be posted{near(name, known)} ({open_letters})")
    return tuple(found)


def _template(folder: BookFolder, layout: str) -> tuple[str, list[Finding]]:
    """The words of the letter: letter.md beside the layout in the book's folder, else milebook's own."""
    own = f"layouts/{layout}/letter.md"
    if "letter.md" in folder.names(f"layouts/{layout}"):
        text, findings = folder.read_text(own, Place(own))
    else:
        text, findings = (built_in_folder() / "letter" / "letter.md").read_text("utf-8"), folder.unlisted()
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


def _noted(loaded: Ready, made: tuple[Letter, ...], posted: tuple[Letter, ...], day: str) -> Edited:
    text = index_text(loaded.folder, loaded.index.path)
    return note_requests(loaded.folder, loaded.index, text, made, day, posted)
