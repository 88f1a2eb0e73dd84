"""`milebook permissions`: letters written, answers recorded, stories withdrawn; one function for each, to be read aloud."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from milebook.app.load import Loaded, UnknownName, errors, load
from milebook.app.stamp import make_stamp
from milebook.assemble.book import outline
from milebook.index import read_index
from milebook.index.edit import Value
from milebook.layout import Layout, built_in_folder, read_layout
from milebook.model.book import Book, Story
from milebook.model.draft import Draft, Paragraph, Part, Role, Stamp
from milebook.model.findings import Finding, Place
from milebook.model.slugs import slug
from milebook.model.text import Run
from milebook.output import write_all
from milebook.output.transaction import Transaction
from milebook.permissions import PermissionItem, items
from milebook.permissions.changes import Edited, note_requests, record, withdraw
from milebook.permissions.letter_mail import to_eml
from milebook.permissions.letters import PLACEHOLDERS, Letter, letters, to_ask, unknown_placeholders
from milebook.permissions.made_files import Holder, holders, mentions
from milebook.photos import PhotoPreparer
from milebook.source import BookFolder
from milebook.writers import FORMATS, Options

_ELSEWHERE = ("MB002", "MB004")  # no such path in the book, or no such file
LETTERS = "build/letters"


@dataclass(slots=True)
class Done:
    """What one of the commands did: findings, files written, lines of the index changed; `refused` if it did nothing."""

    findings: list[Finding]
    written: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    refused: bool = False
    letters: tuple[Letter, ...] = ()
    holders: tuple[Holder, ...] = ()
    mentions: tuple[tuple[str, Place], ...] = ()
    loaded: Loaded | None = None
    nobody: tuple[PermissionItem, ...] = ()  # nobody knows whom to ask for them, so that there is no letter


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


def request(root: Path, wanted: LetterRequest) -> Done:
    """Write a letter for every person to ask, as e-mail and Word file, and note the date in the index.

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
    _known_people(loaded, wanted.people)
    template, findings = _template(folder, wanted.layout)
    layout, more = read_layout(wanted.layout, folder)
    findings += more
    if layout is None or errors(findings):
        return Done(findings, refused=True, loaded=loaded)
    stamp = make_stamp(book.info.date, folder.read, f"letters {wanted.layout}", proof=True)
    day = wanted.date or stamp.made[:10]
    stamp = make_stamp(day, folder.read, f"letters {wanted.layout}")
    chosen = [item for item in loaded.items if not wanted.stories or item.story in wanted.stories]
    made = [
        letter
        for letter in letters(book, chosen, template, again=wanted.again, date=day)
        if not wanted.people or _called(letter.signer, wanted.people)
    ]
    nobody = tuple(
        item
        for item in chosen
        if item.whom.unknown
        and to_ask(item, again=wanted.again)
        and (not wanted.people or _called(item.signer, wanted.people))
    )
    if wanted.dry or not made:
        return Done(findings, letters=tuple(made), loaded=loaded, nobody=nobody)
    edited = _noted(loaded, made, day) if wanted.note else Edited("", ())
    if edited.problem:
        findings.append(_refusal(folder, edited))
        return Done(findings, refused=True, letters=tuple(made), loaded=loaded)
    files, more = _files(book, layout, made, stamp, day, folder)
    findings += more
    findings += (change.problems if change else []) or write_all(root / LETTERS, files, book=folder)
    if errors(findings):
        return Done(findings, refused=True, letters=tuple(made), loaded=loaded)
    if change:
        findings += _write_index(change, folder, edited, f"Asked {len(made)} people for permission")
    written = tuple(f"{LETTERS}/{name}" for name in files)
    return Done(findings, written, edited.lines, bool(errors(findings)), tuple(made), loaded=loaded, nobody=nobody)


def known_stories(book: Book, wanted: tuple[str, ...]) -> None:
    """Raises UnknownName for a story that is not in the book, with the id that is nearest to it."""
    known = [story.id for story in book.stories]
    for name in wanted:
        if name not in known:
            raise UnknownName(f"there is no story “{name}” in the book{_nearest(name, known)}")


def _known_people(loaded: Loaded, wanted: tuple[str, ...]) -> None:
    """Raises UnknownName for somebody who is not to be asked for anything; withheld names are known, but not told."""
    assert loaded.book is not None
    shown = [item.signer for item in loaded.items]
    private = [item.terms.signer for item in loaded.items]
    private += [name for story in loaded.book.stories for name in (story.contributor.name, story.contributor.guardian)]
    for name in wanted:
        if not any(_called(one, (name,)) for one in (*shown, *private)):
            raise UnknownName(f"there is no person “{name}” to ask{_nearest(name, shown)}")


def _called(name: str, wanted: tuple[str, ...]) -> bool:
    return any(one.casefold() in name.casefold() for one in wanted)


def _nearest(wrong: str, names: list[str]) -> str:
    from difflib import get_close_matches

    by_word = {word.casefold(): name for name in reversed(names) for word in (name, *name.split())}
    near = get_close_matches(wrong.casefold(), by_word, n=1)
    return f"; did you mean {by_word[near[0]]}?" if near else ""


def record_answer(root: Path, target: str, fields: Mapping[str, Value]) -> Done:
    """Write an answer into the index: fields of an agreement, or of one item's permission."""
    with Transaction(root, "permissions record") as change:
        return _record(root, target, fields, change)


def _record(root: Path, target: str, fields: Mapping[str, Value], change: Transaction) -> Done:
    loaded = _outlined(root)
    if loaded.index is None:
        return Done([*loaded.findings], refused=True, loaded=loaded)
    folder = loaded.folder
    findings: list[Finding] = []
    fields = dict(fields)
    if "evidence" in fields:
        fields["evidence"], findings = _evidence(folder, loaded.index.path, str(fields["evidence"]))
        if findings:
            return Done(findings, refused=True, loaded=loaded)
    edited = record(
        folder,
        loaded.index,
        _index_text(folder, loaded.index.path),
        target,
        fields,
        loaded.items,
        _latest(loaded.index.info.date),
    )
    if edited.problem:
        return Done([_refusal(folder, edited)], refused=True, loaded=loaded)
    findings += _write_index(change, folder, edited, f"Recorded {target}")
    return Done(findings, changed=edited.lines, refused=bool(findings), loaded=loaded if findings else _outlined(root))


def _latest(book_date: str) -> str:
    """The last day that can be written down: today, wherever on earth it is today already, or the book's own date."""
    from datetime import date, timedelta

    today = date.fromisoformat(make_stamp("", {}, "", proof=True).made[:10])
    return max((today + timedelta(days=1)).isoformat(), book_date)


def _outlined(root: Path) -> Loaded:
    """The index and the items of a book, without a look into its texts and photos: a note is written in a moment."""
    folder = BookFolder(root)
    index, findings = read_index(folder)
    book = outline(folder, index) if index else None
    found = items(book, folder, book.info.date)[0] if book else ()
    return Loaded(folder, index, book, None, found, tuple(findings))


def withdraw_story(root: Path, story_id: str) -> Done:
    """Take a story out of the book, and find what was made with it."""
    with Transaction(root, "permissions withdraw") as change:
        return _withdraw(root, story_id, change)


def _withdraw(root: Path, story_id: str, change: Transaction) -> Done:
    loaded = load(root)
    if loaded.index is None:
        return Done([*loaded.findings], refused=True, loaded=loaded)
    folder = loaded.folder
    edited = withdraw(folder, loaded.index, _index_text(folder, loaded.index.path), story_id)
    if edited.problem:
        return Done([_refusal(folder, edited)], refused=True, loaded=loaded)
    findings = _write_index(change, folder, edited, f"Withdrew {story_id}") if edited.lines else []
    found = tuple(holders(folder, story_id))
    story = _story(loaded, story_id)
    named = tuple(mentions(loaded.book, story)) if loaded.book and story else ()
    return Done(findings, (), edited.lines, bool(findings), (), found, named, loaded)


def _story(loaded: Loaded, story_id: str) -> Story | None:
    stories = (*loaded.book.stories, *loaded.book.unselected) if loaded.book else ()
    return next((story for story in stories if story.id == story_id), None)


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


def _noted(loaded: Loaded, made: list[Letter], day: str) -> Edited:
    assert loaded.index is not None
    signers = {item.item: letter.signer for letter in made for item in letter.items}
    asked = [item for letter in made for item in letter.items]
    return note_requests(
        loaded.folder, loaded.index, _index_text(loaded.folder, loaded.index.path), asked, day, signers
    )


def _files(
    book: Book, layout: Layout, made: list[Letter], stamp: Stamp, day: str, folder: BookFolder
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


def _evidence(folder: BookFolder, index_path: str, written: str) -> tuple[str, list[Finding]]:
    """The evidence as the index writes it, seen from the index's folder; it must be a file of this book that is not empty."""
    base = index_path.rpartition("/")[0]
    place = Place(written)
    options = [f"{base}/{written}" if base else written, written]
    here = Path(written)
    if here.is_absolute() or (Path.cwd() / here).is_file():
        try:
            options = [(Path.cwd() / here).resolve().relative_to(folder.root).as_posix()]
        except ValueError:
            fact = f"the evidence {written} lies outside the book folder"
            return "", [
                Finding("MB317", fact, place, "copy it into stories/releases first, so that it stays with the book")
            ]
    for path in options:
        data, trouble = folder.fingerprint(path, place)
        if data is None and all(finding.code in _ELSEWHERE for finding in trouble):
            continue
        if data is None:
            return "", trouble
        look, _ = folder.read_bytes(path, place, 4096)
        if look is not None and not look.strip():
            return "", [Finding("MB317", f"the evidence {written} is an empty file", place, "save it again")]
        if base and path.startswith(base + "/"):
            return path.removeprefix(base + "/"), []
        return ("../" + path if base else path), []
    return "", [Finding("MB317", f"there is no file {written}", place, "put it into stories/releases and name it")]


def _index_text(folder: BookFolder, path: str) -> str:
    """The index's characters as they are on the disk, line ends and all."""
    data, _ = folder.read_bytes(path, Place(path))
    return (data or b"").decode("utf-8", "surrogateescape")


def _write_index(change: Transaction, folder: BookFolder, edited: Edited, title: str) -> list[Finding]:
    path = folder.index_path()
    if not edited.text or path is None:
        return []
    change.expect(folder.read)
    change.write(path, edited.text.encode("utf-8", "surrogateescape"))
    return change.commit(title)


def _refusal(folder: BookFolder, edited: Edited) -> Finding:
    fact, _, cure = edited.problem.partition("; ")
    return Finding("MB318", fact, Place(folder.index_path() or ""), cure or "“milebook check” tells more")


def chosen_items(
    loaded: Loaded, *, stories: tuple[str, ...] = (), only_open: bool = False, people: tuple[str, ...] = ()
) -> tuple[PermissionItem, ...]:
    """The items of some stories or people, or only the open ones, in book order."""
    return tuple(
        item
        for item in loaded.items
        if (not stories or item.story in stories)
        and (not only_open or not item.clear)
        and (not people or any(name.casefold() in item.signer.casefold() for name in people))
    )
