"""`milebook build` and `milebook check`: the drafts that a request asks for, with their lists and build.json."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from milebook import __version__
from milebook.app import report, up_to_date
from milebook.app.build_plan import Plan, plan_build, titled
from milebook.app.load import (
    Result,
    forgotten_in,
    settled,
)
from milebook.app.publish import Ending, Output, Stage, contents, publish, tidy
from milebook.app.request import Request
from milebook.cache.store import Store
from milebook.checks.castoff import castoff_report
from milebook.layout import Layout
from milebook.model.findings import Finding
from milebook.output import Staged
from milebook.photos import PhotoPreparer
from milebook.writers import FORMATS, Options, Written
from milebook.writers.schedule import Job, PagedWorker, Progress, paged_worker, print_all, silent


def build(root: Path, request: Request, progress: Progress = silent, *, dry: bool = False) -> Result:
    """Make the files of a request and write them all, or none. `dry` makes them and writes nothing.

    Raises UnknownName for a chapter or a layout that is not there.
    """
    with paged_worker(request.formats, request.jobs) as worker:
        progress("reading", 0.0)
        out = root / request.out
        cache = str(out / ".cache") if request.cache and not dry else ""
        names = up_to_date.names_digest(root, request.out) if cache else ""
        plan = plan_build(root, request, cache, dry=dry)
        if isinstance(plan, Result):
            return plan
        result, sums = _make(plan, progress, worker, dry=dry)
    result = replace(result, left_out=plan.left_out)
    if sums:
        _keep(plan, result, root, names, sums)
    if request.tidy and not dry and not result.refused:
        removed, findings = tidy(plan.loaded.folder, *titled(plan.book))
        result = replace(result, removed=removed, findings=(*result.findings, *findings))
    return result


def _make(
    plan: Plan, progress: Progress, worker: PagedWorker | None, *, dry: bool
) -> tuple[Result, Mapping[str, Staged]]:
    """The files of a plan, written."""
    request, loaded, files = plan.request, plan.loaded, plan.files()
    printed: dict[str, Written] = {}
    late: list[Finding] = []
    preparer = PhotoPreparer(loaded.folder, plan.cache)

    def make(stage: Stage) -> Sequence[Finding]:
        held, (title, _) = plan.contents(), titled(plan.book)

        def ready(kind: str, made: Written) -> None:
            stage.add(files[kind], Output(made.file, "draft", held, title, request.chapters))

        def meanwhile() -> None:
            if not dry:
                _add_lists(plan, stage)
            if not request.strict:
                late.extend(forgotten_in(plan.whole))

        jobs = [Job(FORMATS[kind], partial(plan.draft, layout), layout) for kind, layout in plan.layouts.items()]
        made, findings = print_all(
            jobs,
            preparer,
            Options(edition=request.edition, cache=plan.cache),
            processes=request.jobs,
            progress=progress,
            worker=worker,
            ready=ready,
            meanwhile=meanwhile,
        )
        printed.update(made)
        return [*findings, *late]

    def end(stage: Stage, sums: Mapping[str, Staged], findings: Sequence[Finding]) -> Ending:
        outputs = {f"{request.out}/{name}": (kind, sums[name]) for kind, name in files.items()}
        document = _report(plan, findings, outputs, printed)
        assert plan.whole.book is not None
        held = contents(plan.whole.book)
        return Ending(document, {"build.json": Output(report.to_json(document), "report", held)}, tuple(outputs))

    stage = Stage(loaded.folder, request.out, plan.stamp.build_id, dry=dry)
    result, sums = publish(
        loaded, stage, make, end, findings=loaded.findings, stamp=plan.stamp, request=request, dry=dry
    )
    if sums:
        Store(plan.cache).prune()
    return result, sums


def _add_lists(plan: Plan, stage: Stage) -> None:
    """Lists of the whole book, also where a build leaves something out."""
    from milebook.app.list_files import lists  # loaded while the PDF is being made

    assert plan.whole.book is not None
    held = contents(plan.whole.book)
    for name, data in lists(plan.whole.counts, plan.whole.items, plan.stamp.date).items():
        stage.add(name, Output(data, "list", held))


def _report(
    plan: Plan,
    findings: Sequence[Finding],
    outputs: Mapping[str, tuple[str, Staged]],
    printed: Mapping[str, Written],
) -> dict[str, object]:
    """The document of build.json."""
    pages = 0 if plan.request.chapters else next((made.page_count for made in printed.values() if made.page_count), 0)
    return report.build_report(
        plan.book,
        plan.loaded.counts,
        plan.loaded.items,
        findings,
        outputs,
        stamp=plan.stamp,
        version=__version__,
        mode=plan.request.mode,
        layout=plan.request.layout or "trade",
        left_out=plan.left_out,
        castoff=castoff_report(plan.book, _printed(plan.layouts), pages),
        pages=next((made.facts["pages"] for made in printed.values() if "pages" in made.facts), None),  # type: ignore[arg-type]
    )


def _keep(plan: Plan, result: Result, root: Path, names: str, sums: Mapping[str, Staged]) -> None:
    """Tidy the cache, and leave a record for `up_to_date.recall` with all that a build shows."""
    if not plan.cache:
        return
    document_findings = result.report.get("findings")
    if isinstance(document_findings, list) and len(document_findings) != len(result.findings):
        return  # something was said of this run alone
    said = up_to_date.Recalled(
        [finding._replace(quote="") for finding in result.findings],  # a source line may say what is private
        {},
        result.written,
        result.left_out,
        plan.book.info.working_title,
    )
    read = {path: up_to_date.Seen(*seen) for path, seen in plan.loaded.folder.seen().items()}
    up_to_date.keep(root, plan.request, names, read, sums, said)


def check(root: Path, *, strict: bool = False) -> Result:
    """Every finding of a build in every format; nothing is written."""
    result = build(root, Request(strict=strict), dry=True)
    return replace(result, findings=tuple(settled(result.findings, strict)))


def _printed(layouts: Mapping[str, Layout]) -> Layout:
    """The layout that the castoff is made for: the printed one."""
    return layouts[min(layouts, key=lambda kind: not FORMATS[kind].has_pages)]
