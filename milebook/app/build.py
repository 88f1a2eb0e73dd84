"""`milebook build` and `milebook check`: the drafts that a request asks for, with their lists and build.json."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path

from milebook.app import report, up_to_date
from milebook.app.build_plan import BuildPlan, plan_build, titled
from milebook.app.load import Result, forgotten_in, settled
from milebook.app.publish import Contents, Ending, Output, Stage, contents, publish, tidy
from milebook.app.request import Request
from milebook.cache.store import Store
from milebook.checks.castoff import castoff_report
from milebook.layout import Layout
from milebook.model.draft import Draft
from milebook.model.findings import Finding
from milebook.output import Staged
from milebook.output.file_pieces import Pieces
from milebook.photos import PhotoPreparer
from milebook.writers import FORMATS, Options, Written
from milebook.writers.format_process import FormatProcess, Job, Progress, silent
from milebook.writers.schedule import paged_worker, print_all

MOST_PARTS_KEPT = 1000  # of a Draft that is kept for another format; a larger one would take memory that writers need


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
    plan: BuildPlan, progress: Progress, worker: FormatProcess | None, *, dry: bool
) -> tuple[Result, Mapping[str, Staged]]:
    """The files of a plan, written."""
    maker = _Maker(plan, progress, worker, dry=dry)
    stage = Stage(plan.loaded.folder, plan.request.out, plan.stamp.build_id, dry=dry)
    result, sums = publish(
        plan.loaded, stage, maker.make, maker.end,
        findings=plan.loaded.findings, stamp=plan.stamp, request=plan.request, dry=dry,
    )  # fmt: skip
    if sums:
        Store(plan.cache).prune()
    return result, sums


class _Maker:
    """Makes the drafts of a plan with their lists, and then build.json."""

    def __init__(self, plan: BuildPlan, progress: Progress, worker: FormatProcess | None, *, dry: bool) -> None:
        self.plan, self.progress, self.worker, self.dry = plan, progress, worker, dry
        self.files = plan.files()
        self.printed: Mapping[str, Written] = {}
        self._drafts: dict[str, Draft] = {}  # by the name of the layout

    @cached_property
    def held(self) -> Contents:
        """What is in each of the drafts."""
        return self.plan.contents()

    @cached_property
    def whole(self) -> Contents:
        """What is in a file about the whole book."""
        return contents(self.plan.whole.book)

    def draft(self, layout: Layout) -> Draft:
        """The Draft in a layout, kept for the next format in that layout unless the book is large."""
        draft = self._drafts.get(layout.name) or self.plan.draft(layout)
        if len(draft.parts) <= MOST_PARTS_KEPT:
            self._drafts[layout.name] = draft
        return draft

    def make(self, stage: Stage) -> Sequence[Finding]:
        plan, request = self.plan, self.plan.request
        title, _ = titled(plan.book)
        late: list[Finding] = []

        def ready(kind: str, made: Written) -> None:
            stage.add(self.files[kind], Output(made.file, "draft", self.held, title, request.chapters))

        def add_lists() -> None:
            if not self.dry:
                self._add_lists(stage)

        def look_for_forgotten() -> None:
            if not request.strict:
                late.extend(forgotten_in(plan.whole))

        self.printed, findings = print_all(
            [Job(FORMATS[kind], partial(self.draft, layout), layout) for kind, layout in plan.layouts.items()],
            PhotoPreparer(plan.loaded.folder, plan.cache),
            Options(edition=request.edition, cache=plan.cache),
            processes=request.jobs,
            progress=self.progress,
            worker=self.worker,
            ready=ready,
            meanwhile=[add_lists, look_for_forgotten],
        )
        return [*findings, *late]

    def end(self, stage: Stage, sums: Mapping[str, Staged], findings: Sequence[Finding]) -> Ending:
        plan = self.plan
        outputs = {f"{plan.request.out}/{name}": (kind, sums[name]) for kind, name in self.files.items()}
        document = _report(plan, findings, outputs, self.printed)
        written = Pieces(report.json_pieces(document))
        return Ending(document, {"build.json": Output(written, "report", self.whole)}, tuple(outputs))

    def _add_lists(self, stage: Stage) -> None:
        """Lists of the whole book, also where a build leaves something out."""
        from milebook.app.list_files import lists  # loaded while the PDF is being made

        plan = self.plan
        out = plan.loaded.folder.root / plan.request.out
        for name, data in lists(plan.whole.counts, plan.whole.items, plan.stamp.date, out, plan.cache).items():
            stage.add(name, Output(data, "list", self.whole))


def _report(
    plan: BuildPlan,
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
        mode=plan.request.mode,
        layout=plan.request.layout or "trade",
        left_out=plan.left_out,
        castoff=castoff_report(plan.book, _printed(plan.layouts), pages),
        pages=next((made.facts["pages"] for made in printed.values() if "pages" in made.facts), None),  # type: ignore[arg-type]
    )


def _keep(plan: BuildPlan, result: Result, root: Path, names: str, sums: Mapping[str, Staged]) -> None:
    """Tidy the cache, and leave a record for `up_to_date.recall` with all that a build shows."""
    if not plan.cache:
        return
    document_findings = result.report.get("findings")
    if isinstance(document_findings, list) and len(document_findings) != len(result.findings):
        return  # something was said of this run alone
    recalled = up_to_date.Recalled(
        [finding._replace(quote="") for finding in result.findings],  # a source line may say what is private
        {},
        result.written,
        result.left_out,
        plan.book.info.working_title,
    )
    read = {path: up_to_date.RecordedFile(*seen) for path, seen in plan.loaded.folder.seen().items()}
    up_to_date.keep(root, plan.request, names, read, sums, recalled)


def check(root: Path, *, strict: bool = False) -> Result:
    """Every finding of a build in every format; nothing is written."""
    result = build(root, Request(strict=strict), dry=True)
    return replace(result, findings=tuple(settled(result.findings, strict)))


def _printed(layouts: Mapping[str, Layout]) -> Layout:
    """The layout that the castoff is made for: the printed one."""
    return layouts[min(layouts, key=lambda kind: not FORMATS[kind].has_pages)]
