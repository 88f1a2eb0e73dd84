"""`milebook import`: plan what would come in, and write it if that is asked for."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from milebook.app.ids import find_chapter
from milebook.app.named_paths import as_message, missing
from milebook.app.new_stories import write_stories
from milebook.app.permission_mail import Letters
from milebook.app.wrong_usage import UnknownName
from milebook.intake.inputs import Input, Inputs
from milebook.intake.items import Found
from milebook.intake.known_stories import ORIGINALS, Known, known
from milebook.intake.options import Options
from milebook.intake.plan import ImportPlan, make_plan
from milebook.intake.sources import found_in
from milebook.intake.verdicts import Choice
from milebook.intake.writing import Arrangement
from milebook.model.findings import Finding
from milebook.model.plurals import counted
from milebook.output.transaction import Transaction
from milebook.source import BookFolder


@dataclass(slots=True)
class Imported:
    """What an import found, and what it wrote (paths relative to the book folder); `applied` if anything was to be written."""

    plan: ImportPlan
    findings: list[Finding] = field(default_factory=list)
    applied: bool = False
    written: tuple[str, ...] = ()
    folder: BookFolder | None = None
    limit: int = 0

    def as_json(self) -> dict[str, object]:
        """The document of `--json`."""
        items = [item.as_json() for item in self.plan.items]
        return {"found": len(items), "applied": self.applied, "items": items}


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What `milebook import` was asked for."""

    paths: tuple[Path, ...]
    options: Options = Options()
    choice: Choice = Choice()
    arrangement: Arrangement = Arrangement()
    apply: bool = False


def import_stories(root: Path, request: ImportRequest) -> Imported:
    """Read the files, plan, and with `request.apply` write. Nothing outside the book folder is written, nothing is fetched.

    Raises UnknownName for a path, a column, a number of the plan or a chapter that is not there.
    """
    if gone := missing([str(path) for path in request.paths]):
        raise UnknownName(as_message(gone))
    with ExitStack() as stack:
        inputs = stack.enter_context(Inputs(list(request.paths)))
        change = stack.enter_context(Transaction(root, "import")) if request.apply else None
        folder = BookFolder(root)
        book = known(folder)
        if book.index is None or (change is not None and change.problems):
            return Imported(
                ImportPlan([]), book.findings if change is None else [*book.findings, *change.problems], folder=folder
            )
        request = replace(request, arrangement=with_known_chapter(request.arrangement, book))
        letters = Letters(root, book)
        plan = make_plan(
            _all_found(inputs, request.options._replace(kept=book.originals)),
            book,
            request.choice,
            letters.answered,
            lambda item: unchanged(item, book, request.options),
        )
        known_columns(plan)
        known_numbers(plan, request.choice)
        letters.keep(plan)
        done = Imported(plan, folder=folder, limit=book.limit)
        if change is not None:
            _apply(done, book, request, change)
        return done


def with_known_chapter(arrangement: Arrangement, book: Known) -> Arrangement:
    """The arrangement with the id of the chapter that is meant. Raises UnknownName for one that is not in the index."""
    if not arrangement.chapter or book.index is None:
        return arrangement
    return arrangement._replace(chapter=find_chapter(arrangement.chapter, book.index, book.folder))


def known_columns(plan: ImportPlan) -> None:
    """Raises UnknownName for a column of `--columns` that none of the forms has."""
    forms = [item.found for item in plan.items if item.found.kind == "form"]
    if forms and all(form.no_column for form in forms):
        raise UnknownName(forms[0].why)


def known_numbers(plan: ImportPlan, choice: Choice) -> None:
    """Raises UnknownName for numbers of `--only` and `--skip` that the plan does not have."""
    last = len(plan.items)
    strange = sorted(number for number in choice.only | choice.skip if number > last or not number)
    if strange:
        numbers = f"number {strange[0]}" if len(strange) == 1 else f"numbers {', '.join(map(str, strange[:5]))}"
        has = f"its numbers go from 1 to {last}" if last > 1 else f"it has {'one item' if last else 'no items'}"
        raise UnknownName(f"the plan has no {numbers}: {has}")


def _all_found(inputs: Inputs, options: Options) -> Iterator[Found]:
    for one in inputs.files():
        yield from found_in(one, options)


def unchanged(item: Found, book: Known, options: Options) -> bool:
    """Whether an item is what was imported under its key before: the same bytes, or the same words and as many photos."""
    story = book.by_key[item.key]
    if not story.original or item.original is None or story.original == f"{ORIGINALS}/{item.original.name}":
        return True
    data = book.original_bytes(story.original)
    if data is None:
        return True
    earlier = next((one for one in _read_again(data, story.original, options) if one.key == item.key), None)
    return earlier is None or (earlier.text == item.text and len(earlier.pictures) == len(item.pictures))


def _read_again(data: bytes, name: str, options: Options) -> list[Found]:
    """What the kept original of an earlier import holds."""
    with tempfile.TemporaryDirectory(prefix="milebook-import-") as folder:
        path = Path(folder, f"file{Path(name).suffix}")
        path.write_bytes(data)
        return list(found_in(Input(name, path), options))


def _apply(done: Imported, book: Known, request: ImportRequest, change: Transaction) -> None:
    new = done.plan.new
    evidence = [item for item in done.plan.items if item.evidence]
    if not new and not evidence:
        done.applied = True
        return
    title = f"Imported {counted(len(new), 'story', 'stories')}" if new else "Kept answers to permission letters"
    written, done.findings = write_stories(new, evidence, book, request.arrangement, change, title)
    done.applied = not done.findings
    done.written = tuple(dict.fromkeys(written))  # several stories may have one original
