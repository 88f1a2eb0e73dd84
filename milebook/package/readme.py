"""README.txt of a package: what lies where, for somebody who has never heard of milebook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from milebook.model.book import Book
from milebook.model.draft import Stamp
from milebook.model.plurals import counted
from milebook.package.list_rows import query_rows
from milebook.permissions import PermissionItem

FOLDERS = {
    "01_text": "the manuscript in Word",
    "02_art": "every picture with all its pixels, without data about places and people, named by its figure number",
    "03_lists": "captions, alt texts, contributors, word counts, the art log and the permissions log",
    "04_proofs": "the pages for the printer, and the e-book",
    "05_permissions": "the signed agreements in the order of the log, and all of them in combined.pdf: private",
}


EXPLAINED = """\
onix.xml             the book's record for shops and catalogs, in ONIX 3.0
metadata.json        title, people, ISBNs, extent, trim, subjects, accessibility
MANIFEST-sha256.txt  a sum for every file; to check them all:
                     milebook export --verify THIS-FOLDER   or   sha256sum --check MANIFEST-sha256.txt

Words are counted by rule mb-1: body words without title, byline, caption and notes for a story; a word joined by
hyphens is one, words joined by a dash are two. The pages in the logs are those of the print proof, because those of
a Word file depend on the reader's Word. Figure numbers are chapter.order and are the same in every file.
"""
NO_EVIDENCE = """\
The signed agreements are not in this package: they hold addresses and signatures. The permissions log names
every one of them; “milebook export --with-evidence” adds them as 05_permissions.
"""


def readme(
    book: Book, stamp: Stamp, files: Sequence[str], items: Sequence[PermissionItem], *, draft: bool, profile: str
) -> bytes:
    """The text of README.txt, in UTF-8. `files` are the paths in the package, `draft` says that it is not for publication."""
    info = book.info
    lines = [info.title, "=" * len(info.title), ""]
    if draft:
        lines += _draft_lines(book, items)
    if info.authors:
        lines.append(f"Edited by {', '.join(info.authors)}")
    if info.publisher:
        lines.append(f"For {info.publisher}")
    lines += [f"Date of this {'draft' if draft else 'package'}: {stamp.date}"]
    lines += [f"Made by milebook {stamp.version}, profile {profile}, build {stamp.build_id}", ""]
    for folder, names in groupby(sorted(files), key=lambda name: name.partition("/")[0] if "/" in name else ""):
        if folder:
            lines += [f"{folder}/", f"  {FOLDERS.get(folder, '')}"]
            lines += [*(f"    {name.rpartition('/')[2]}" for name in names), ""]
    if not any(name.startswith("05_permissions/") for name in files):
        lines.append(NO_EVIDENCE)
    lines.append(EXPLAINED)
    return "\n".join(lines).encode("utf-8")


def _draft_lines(book: Book, items: Sequence[PermissionItem]) -> Iterator[str]:
    """Why the package is a draft: what is still open."""
    still_open = sum(not item.clear for item in items)
    queries = len(query_rows(book))
    yield "DRAFT. This package is not for publication."
    yield f"{still_open} of {len(items)} permissions are open."
    if queries:
        yield f"{counted(queries, 'query is', 'queries are')} open: 03_lists/open_queries.csv."
    if book.info.working_title:
        yield "The title is a working title."
    yield ""
