"""`milebook compare`: a Word file whose tracked changes lead from one state of a book to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from milebook.app.load import Ready, load
from milebook.app.proof import current_paragraphs
from milebook.app.proof_files import proof_of_build
from milebook.app.proof_record import record
from milebook.app.publish import Contents, Output, publish_files
from milebook.app.review_page import write_html
from milebook.app.stamp import make_stamp
from milebook.app.wrong_usage import UnknownName
from milebook.index import read_index
from milebook.model.codes import errors
from milebook.model.findings import Finding, Place
from milebook.model.slugs import slug
from milebook.output import check_out
from milebook.review.proof_text import Proof, read_proof
from milebook.review.redline import Redline, redline
from milebook.review.redline_file import redline_file
from milebook.review.redline_page import redline_page
from milebook.source import BookFolder, book_root


@dataclass(frozen=True, slots=True)
class CompareRequest:
    """What `milebook compare` was asked for: builds or book folders; `new` "" is the book as it is now."""

    old: str
    new: str = ""
    out: str = "build"
    html: str = ""
    author: str = "milebook"


@dataclass(slots=True)
class CompareResult:
    """`path` is the file written, "" for none; `made` has the changes, also in words."""

    findings: list[Finding]
    path: str = ""
    made: Redline | None = None

    @property
    def same(self) -> bool:
        return self.made is not None and not any(paragraph.changed for paragraph in self.made.paragraphs)


def compare(root: Path, request: CompareRequest) -> CompareResult:
    """Write the redline. Raises UnknownName for what is neither a build nor a book folder."""
    folder = BookFolder(root)
    problems = check_out(root / request.out, folder)
    if problems:
        return CompareResult(problems)
    old, findings = _state(root, request.old)
    new, more = _state(root, request.new)
    ids = _former_ids(root, request.new)
    findings += more
    if old is None or new is None:
        return CompareResult(findings)
    made = redline(_renamed(old, ids), new)
    result = CompareResult(findings, made=made)
    stamp = make_stamp(_date(root), {}, f"compare {old.build} {new.build}")
    title = f"{new.title}: from {_name(request.old, old)} to {_name(request.new, new)}"
    stories = tuple(
        dict.fromkeys(owner.id for proof in (old, new) for owner in proof.owners.values() if owner.kind == "story")
    )
    if request.html:
        result.findings += write_html(root, request.html, redline_page(made, title), stories)
    if result.same and not made.remarks:
        return result
    name = f"{slug(new.title)}-changes-{slug(_name(request.old, old))}" + (
        f"-{slug(_name(request.new, new))}" if request.new else ""
    )
    file = redline_file(made.paragraphs, title, request.author, stamp.epoch)
    output = Output(file, "comparison", Contents(stories))
    problems = publish_files(folder, request.out, {f"{name}.docx": output}, stamp.build_id)
    result.findings += problems
    if not errors(problems):
        result.path = f"{request.out}/{name}.docx"
    return result


def _former_ids(root: Path, given: str) -> dict[str, str]:
    """The ids that stories had before, each with the one of today; for a state that is a book folder, else none."""
    if given and not _is_folder(given):
        return {}
    index, _ = read_index(BookFolder(book_root(Path(given)) if given else root))
    return {former: story.id for story in index.stories for former in story.formerly} if index is not None else {}


def _renamed(old: Proof, ids: Mapping[str, str]) -> Proof:
    """The old state with the ids of today, so that a story that has another id is the same story."""
    owners = (
        replace(owner, id=ids[owner.id]) if owner.kind == "story" and owner.id in ids else owner
        for owner in old.owners.values()
    )
    return replace(old, owners={owner.key: owner for owner in owners})


def _name(given: str, proof: Proof) -> str:
    if not given:
        return "now"
    return Path(given).resolve().name if _is_folder(given) else proof.build


def _is_folder(given: str) -> bool:
    try:
        return bool(given) and Path(given).is_dir()
    except (OSError, ValueError):
        return False


def _state(root: Path, given: str) -> tuple[Proof | None, list[Finding]]:
    """A state of the book: a build by its id, another book folder, or the book as it is now."""
    if given and not _is_folder(given):
        try:
            return proof_of_build(root, given)
        except UnknownName as error:
            raise UnknownName(f"{error}; a book folder can be named as well") from None
    folder = book_root(Path(given)) if given else root
    loaded = load(folder)
    if not isinstance(loaded, Ready):
        return None, [f for f in loaded.findings if errors([f])] or [
            Finding("MB001", "this is no book folder", Place(given))
        ]
    current = current_paragraphs(loaded)
    if current is None:
        return None, list(loaded.findings)
    stamp = make_stamp(loaded.book.info.date, loaded.folder.read, "compare")
    return read_proof(record(loaded, current, {}, {}, stamp), {}), []


def _date(root: Path) -> str:
    loaded = load(root)
    return loaded.book.info.date if loaded.book is not None else ""
