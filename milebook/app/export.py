"""`milebook export`: write the publisher's package as a folder and a zip."""

from __future__ import annotations

from pathlib import Path

from milebook.app.load import Result, begun, known_layout, refused, undecided
from milebook.app.named_paths import missing
from milebook.app.package_files import EXPORTS, ExportRequest, Package
from milebook.app.publish import Stage, publish
from milebook.app.stamp import make_stamp
from milebook.checks.book import check_final
from milebook.layout import read_layout
from milebook.model.codes import errors
from milebook.model.findings import Finding, Place
from milebook.package import manifest
from milebook.permissions import gate, restrictions
from milebook.source import BookFolder
from milebook.writers.format_process import Progress, silent

BOOK_LAYOUT = "trade"  # the proofs of print and e-book that go with every package


def export(root: Path, request: ExportRequest, progress: Progress = silent) -> Result:
    """Write the package, all or nothing. Refuses while anything is open, unless it is to be a draft."""
    known_layout(BookFolder(root), request.profile)  # a slip in its name must not hide behind all that is open
    progress("reading", 0.0)
    mode = "draft" if request.draft else "export"
    loaded = begun(root, request.out, mode=mode)
    if isinstance(loaded, Result):
        return loaded
    findings = [*loaded.findings, *gate(loaded.items, mode)]
    if not request.draft:
        findings += [*check_final(loaded.book), *undecided(loaded), *restrictions(loaded.items)]
        if errors(findings):
            return refused(loaded, findings)
    house, house_findings = read_layout(request.profile, loaded.folder)
    trade, trade_findings = read_layout(BOOK_LAYOUT, loaded.folder)
    findings += [*house_findings, *(f for f in trade_findings if f not in house_findings)]
    if house is None or trade is None:
        return refused(loaded, findings)
    settings = f"export {request.profile} {request.draft} {request.with_evidence}"
    stamp = make_stamp(loaded.book.info.date, loaded.folder.read, settings)
    package = Package(loaded, house, trade, stamp, request, progress)
    stage = Stage(loaded.folder, request.out, stamp.build_id, sweeping=[package.folder])
    return publish(loaded, stage, package.make, package.end, findings=findings, stamp=stamp)[0]


def verify(package: Path, root: Path = Path()) -> tuple[int, list[Finding]]:
    """How many files of a received package were checked, and what is wrong with it.

    A bare name that is not there is looked for among the packages of the book in `root`.
    """
    gone = missing([str(package)])
    own = root / EXPORTS / package
    if gone and package.name == str(package) and not missing([str(own)]):
        return manifest.verify(own)
    if gone:
        cure = gone[0].cure or "name the folder or the zip of a package"
        return 0, [Finding("MB720", f"there is no {package}", Place(str(package)), cure)]
    return manifest.verify(package)
