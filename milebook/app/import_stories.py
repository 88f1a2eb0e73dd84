"""`milebook import`: plan what would come in, and write it if that is asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from milebook.index import read_index
from milebook.index.append import append_stories
from milebook.index.edit import CannotEdit
from milebook.index.edit_check import EditedFolder, leaves
from milebook.intake.inputs import Inputs
from milebook.intake.items import Found
from milebook.intake.known import ORIGINALS, Known, known
from milebook.intake.plan import Plan, PlanItem, make_plan
from milebook.intake.sources import Options, found_in
from milebook.intake.verdicts import Choice
from milebook.intake.writing import Arrangement, entry, photo_names, text_of
from milebook.model.codes import CODES
from milebook.model.findings import ERROR, Finding, Place
from milebook.output.transaction import Transaction
from milebook.source import BookFolder


@dataclass(slots=True)
class Imported:
    """What an import found, and what it wrote (paths relative to the book folder); `applied` if anything was to be written."""

    plan: Plan
    findings: list[Finding] = field(default_factory=list)
    applied: bool = False
    written: tuple[str, ...] = ()
    folder: BookFolder | None = None
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Request:
    """What `milebook import` was asked for."""

    paths: tuple[Path, ...]
    options: Options = Options()
    choice: Choice = Choice()
    arrangement: Arrangement = Arrangement()
    apply: bool = False


def import_stories(root: Path, request: Request) -> Imported:
    """Read the files, plan, and with `request.apply` write. Nothing outside the book folder is written, nothing is fetched."""
    with ExitStack() as stack:
        inputs = stack.enter_context(Inputs(list(request.paths)))
        change = stack.enter_context(Transaction(root, "import")) if request.apply else None
        folder = BookFolder(root)
        book = known(folder)
        if book.index is None:
            return Imported(Plan([]), book.findings, folder=folder)
        plan = make_plan(
            _all_found(inputs, request.options),
            book,
            request.choice,
            lambda item: "",
            lambda item: unchanged(item, book, request.options),
        )
        done = Imported(plan, folder=folder, limit=book.limit)
        if change is not None:
            _apply(done, book, request, change)
        return done


def as_json(done: Imported) -> str:
    """The document of `--json`."""
    document = {
        "found": len(done.plan.items),
        "applied": done.applied,
        "items": [item.as_json() for item in done.plan.items],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def _all_found(inputs: Inputs, options: Options) -> Iterator[Found]:
    for one in inputs.files():
        yield from found_in(one, options)


def unchanged(item: Found, book: Known, options: Options) -> bool:
    """Whether an item is what was imported under its key before: the same bytes, or the same words and as many photos."""
    story = book.by_key[item.key]
    if not story.original or item.original is None:
        return True
    if story.original == f"{ORIGINALS}/{item.original.name}":
        return True
    data = book.original_bytes(story.original)
    if data is None:
        return True
    earlier = next((one for one in _read_again(data, story.original, options) if one.key == item.key), None)
    return earlier is None or (earlier.text == item.text and len(earlier.pictures) == len(item.pictures))


def _read_again(data: bytes, name: str, options: Options) -> list[Found]:
    """What the kept original of an earlier import holds."""
    import tempfile

    from milebook.intake.inputs import Input

    with tempfile.TemporaryDirectory(prefix="milebook-import-") as folder:
        path = Path(folder, f"file{Path(name).suffix}")
        path.write_bytes(data)
        return list(found_in(Input(name, path), options))


def _apply(done: Imported, book: Known, request: Request, change: Transaction) -> None:
    """Write texts, photos, originals and index entries of the new items: all of them or none."""
    new = done.plan.new
    if change.problems:
        done.findings += change.problems
        return
    if not new:
        done.applied = True
        return
    assert book.index is not None
    path = book.index.path
    old = change.read(path)
    if old is None:
        done.findings += change.problems
        return
    base = f"{book.base}/" if book.base else ""
    photo_names(new, {f"photos/{name.lower()}" for name in book.folder.names(f"{base}photos")})
    text = old.decode("utf-8")
    try:
        edited = append_stories(text, [entry(item, request.arrangement) for item in new])
    except CannotEdit as error:
        done.findings.append(Finding("MB800", f"nothing was imported: {error}", Place(path)))
        return
    problem = _problem(book, edited, new)
    if problem:
        done.findings.append(Finding("MB800", f"nothing was imported: {problem}", Place(path), "please report this"))
        return
    written: list[str] = []
    for item in new:
        try:
            written += _write_item(item, base, change)
        except (OSError, ValueError, IndexError) as error:
            fact = f"nothing was imported: {item.found.source} changed or went away while it was read ({type(error).__name__})"
            done.findings.append(
                Finding("MB801", fact, Place(path), "leave the file where it is, and run the command again")
            )
            return
    change.write(path, edited.encode("utf-8"))
    done.findings += change.commit(f"Imported {len(new)} {'story' if len(new) == 1 else 'stories'}")
    done.applied = not done.findings
    done.written = tuple(written) if done.applied else ()


def _write_item(item: PlanItem, base: str, change: Transaction) -> list[str]:
    names = [f"{base}{item.id}.md"]
    change.write(names[0], text_of(item))
    for file, picture in item.photos:
        names.append(f"{base}{file}")
        change.write(names[-1], picture.read())
    original = item.found.original
    if original is not None:
        names.append(f"{base}{ORIGINALS}/{original.name}")
        change.write(names[-1], original.read())
    return names


def _problem(book: Known, edited: str, new: list[PlanItem]) -> str:
    """Why the edited index must not be written: "" if it holds what it held before, and the new stories after it."""
    index, findings = read_index(EditedFolder(book.folder, edited))
    if index is None or book.index is None:
        return "the index could no longer be read"
    ids = [story.id for story in book.index.stories] + [item.id for item in new]
    if [story.id for story in index.stories] != ids:
        return "the new entries would not be read as they are meant"
    before, after = leaves(book.index), leaves(index)
    wrong = next((path for path, value in before.items() if after.get(path, value) != value or path not in after), "")
    if wrong:
        return f"{wrong} would change"
    by_id = {story.id: story for story in index.stories}
    for item in new:
        story = by_id[item.id]
        if len(story.photos) != len(item.photos) or story.permission.status != "to_request" or story.permission.id:
            return f"the entry of {item.id} would not be read as it is meant"
    old_errors = {
        (one.code, one.message) for one in book.findings if (one.severity or CODES[one.code].severity) == ERROR
    }
    for one in findings:
        if (one.severity or CODES[one.code].severity) == ERROR and (one.code, one.message) not in old_errors:
            return f"a mistake would come in: {one.message}"
    return ""
