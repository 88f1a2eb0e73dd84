"""Write answers into the index: what somebody granted or refused, with the evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from milebook.app.ids import todays_ids
from milebook.app.load import Loaded
from milebook.app.permissions import Done, index_text, outlined, refusal, write_index
from milebook.app.returned_checklist_file import read_checklist
from milebook.app.stamp import latest_day
from milebook.index.edit import Value
from milebook.model.book import GRANTED
from milebook.model.codes import errors
from milebook.model.findings import Finding, Place
from milebook.model.index import Index
from milebook.output.transaction import Transaction
from milebook.permissions import PermissionItem
from milebook.permissions.agreement_warnings import shared_evidence, two_signers
from milebook.permissions.answers.answered_items import Target, find
from milebook.permissions.answers.recording import Answer, record
from milebook.permissions.answers.returned_checklist import Filled, filled_in
from milebook.permissions.answers.returned_form import LARGEST, doubts, read_forms
from milebook.permissions.changes import Edited
from milebook.source import BookFolder

_ELSEWHERE = ("MB002", "MB004")  # no such path in the book, or no such file
_LARGEST_EVIDENCE = 2 * LARGEST  # bytes: a form in a mail takes more
_NO_ANSWER = {"edit_approved", "email", "notes", "signer", "requested", "fee", "copies"}


def record_answer(root: Path, target: str, fields: Mapping[str, Value], only: tuple[str, ...] = ()) -> Done:
    """Write an answer into the index: fields of an agreement, of an item's permission, or of all that was asked of somebody.

    `only` picks items of it, which leave the agreement if that covers others.
    """
    with Transaction(root, "permissions record") as change:
        return _record(root, target, dict(fields), only, change)


def _record(root: Path, target: str, fields: dict[str, Value], only: tuple[str, ...], change: Transaction) -> Done:
    loaded = outlined(root)
    if loaded.index is None:
        return Done([*loaded.findings], refused=True, loaded=loaded)
    if "evidence" in fields:
        fields["evidence"], findings = _evidence(loaded.folder, loaded.index.path, str(fields["evidence"]))
        if findings:
            return Done(findings, refused=True, loaded=loaded)
    found = find(
        loaded.index,
        loaded.book,
        loaded.items,
        target,
        only,
        answer=not set(fields) <= _NO_ANSWER,
        person=set(fields) == {"email"},
    )
    edited = _edited(loaded, loaded.index, [Answer(found, fields, apart=bool(only))])
    return _written(root, loaded, edited, change, f"Recorded {target}", found)


def record_checklist(root: Path, file: Path, *, apply: bool = False) -> Done:
    """Read a filled-in checklist and plan what it changes; with `apply`, write all of it or nothing."""
    sheet, findings = read_checklist(file)
    if sheet is None:
        return Done(findings, refused=True)
    with ExitStack() as stack:
        change = stack.enter_context(Transaction(root, "permissions record")) if apply else None
        loaded = outlined(root)
        if loaded.index is None:
            return Done([*loaded.findings], refused=True, loaded=loaded)
        stories = loaded.index.stories
        filled = filled_in(sheet, file.name, loaded.items, {story.id for story in stories}, todays_ids(stories))
        answers, more = _with_evidence(loaded.folder, loaded.index.path, filled)
        findings = [*filled.findings, *more]
        if errors(findings):
            return Done(findings, refused=True, loaded=loaded)
        edited = _edited(loaded, loaded.index, answers)
        if not edited.problem and (change is None or not edited.lines):
            return Done(findings, changed=edited.lines, loaded=loaded)
        meant = Target(tuple(item for answer in answers for item in answer.target.items))
        done = _written(root, loaded, edited, change, f"Recorded {file.name}", meant)
        done.findings[:0] = findings
        return done


def _edited(loaded: Loaded, index: Index, answers: Sequence[Answer]) -> Edited:
    """The index with answers in it."""
    text = index_text(loaded.folder, index.path)
    return record(loaded.folder, index, text, answers, loaded.items, latest_day(index.info.date))


def _written(root: Path, loaded: Loaded, edited: Edited, change: Transaction | None, title: str, meant: Target) -> Done:
    """Put the index in its place, and see how everything that was `meant` stands now."""
    problems = [refusal(loaded.folder, edited)] if edited.problem else []
    if change is not None and not problems:
        problems = write_index(change, loaded.folder, edited, title)
    if problems:
        return Done(problems, refused=True, loaded=loaded)
    after = outlined(root)
    if after.book is None:  # what was recorded stays recorded
        return Done([*after.findings], changed=edited.lines, loaded=loaded)
    names = {item.item for item in meant.items}
    now = tuple(
        item for item in after.items if item.item in names or (meant.agreement and item.agreement == meant.agreement)
    )
    doubts = [*_form_doubts(after, now), *_shared_evidence(now, after.items)]
    return Done(doubts, changed=edited.lines, items=now, left=meant.left, loaded=after)


def _with_evidence(folder: BookFolder, index_path: str, filled: Filled) -> tuple[list[Answer], list[Finding]]:
    """The answers with their evidence as the index writes it."""
    found: dict[str, str] = {}
    findings: list[Finding] = []
    for path, place in filled.evidence.items():
        found[path], problems = _evidence(folder, index_path, path)
        findings += [problem._replace(place=place) for problem in problems]
    answers = []
    for answer in filled.answers:
        fields = dict(answer.fields)
        if "evidence" in fields:
            fields["evidence"] = found[str(fields["evidence"])]
        answers.append(answer._replace(fields=fields))
    return answers, findings


def _form_doubts(loaded: Loaded, now: tuple[PermissionItem, ...]) -> list[Finding]:
    """Warnings about release forms, just filed as evidence, that say something else than was recorded."""
    assert loaded.book is not None
    granted: dict[str, list[PermissionItem]] = {}
    for item in now:
        if item.status in GRANTED and item.evidence:
            granted.setdefault(item.evidence, []).append(item)
    findings = []
    known = {item.item for item in loaded.items}
    for path, items in granted.items():
        data, _ = loaded.folder.read_bytes(path, Place(path), _LARGEST_EVIDENCE)
        for form in read_forms(data or b"", path):
            place = items[0].terms.at("evidence")
            doubtful = doubts(
                form, loaded.book.info.title, [item.item for item in items], known, [item.terms for item in items]
            )
            findings += [Finding("MB324", f"{path}: {fact}", place, cure) for fact, cure in doubtful]
    return findings


def _shared_evidence(now: tuple[PermissionItem, ...], items: tuple[PermissionItem, ...]) -> list[Finding]:
    """A warning where the file just filed is another person's evidence as well."""
    mine = {item.evidence: item for item in now if item.evidence}
    for item in items:
        same = mine.get(item.evidence)
        if same is not None and two_signers(item, same):
            return [shared_evidence(same, item)]
    return []


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
    return "", [
        Finding("MB317", f"there is no file {options[0]}", Place(options[0]), "put it there, or name another file")
    ]
