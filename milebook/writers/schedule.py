"""Make the files of one run, several at once where that helps, and compare each with its Draft."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext

from milebook.model.findings import Finding
from milebook.model.packed_parts import LARGE
from milebook.photos import PhotoPreparer
from milebook.writers import FORMATS, Options, Written
from milebook.writers.format_process import (
    DONE,
    NO_PAGES,
    NOTHING,
    PAGES,
    FormatProcess,
    Job,
    Pages,
    Progress,
    print_one,
    silent,
)
from milebook.writers.worker import context, processors

Ready = Callable[[str, Written], None]


@contextmanager
def paged_worker(formats: Collection[str], processes: int = 0) -> Iterator[FormatProcess | None]:
    """A worker for a run that will make these formats, or None where there is nothing for it: `processes` as for `print_all`."""
    paged = [one for name, one in FORMATS.items() if name in formats and one.has_pages]
    if not paged or len(formats) < 2 or (processes or processors()) < 2:
        yield None
        return
    try:
        worker = FormatProcess(paged[0])
    except OSError:  # the system gives no more processes
        yield None
        return
    try:
        yield worker
    finally:
        worker.close()


def print_all(
    jobs: list[Job],
    preparer: PhotoPreparer,
    options: Options,
    *,
    processes: int = 0,
    progress: Progress = silent,
    worker: FormatProcess | None = None,
    ready: Ready | None = None,
    meanwhile: Sequence[Callable[[], None]] = (),
) -> tuple[Mapping[str, Written], list[Finding]]:
    """The written files by format, and what their writers found, with every difference between a file and its Draft.

    The format with pages takes longest and is made beside the others if `processes` allows (0: if this machine has two
    cores); only those that repeat its page numbers wait for them. The bytes are the same either way. `worker` was started before.
    `ready` is given each file as soon as it is made (format, what was written), and what is returned has no files then.
    What is to be done `meanwhile` is done once, where there would be a wait for the format with pages; the rest of it at the end,
    while the files are being written.
    """
    made: dict[str, Written] = {}

    def keep(name: str, written: Written) -> None:
        if ready is not None:
            ready(name, written)
            written = written._replace(file=NOTHING)
        made[name] = written

    with nullcontext(worker) if worker else paged_worker([job.format.name for job in jobs], processes) as beside:
        if beside is not None:
            _print_beside(beside, jobs, preparer, options, progress, keep, meanwhile)
        else:
            _print_in_turn(jobs, preparer, options, progress, keep, meanwhile)
    progress("", 1.0)
    findings = [finding for job in jobs for finding in made[job.format.name].findings]
    return {job.format.name: made[job.format.name] for job in jobs}, findings


def _print_in_turn(
    jobs: Sequence[Job],
    preparer: PhotoPreparer,
    options: Options,
    progress: Progress,
    keep: Ready,
    meanwhile: Sequence[Callable[[], None]],
) -> None:
    """All of them in this process, one after the other; formats with pages first."""
    for work in meanwhile:
        work()
    pages, done = NO_PAGES, 0.0
    total = sum(job.format.share for job in jobs)
    for job in sorted(jobs, key=lambda job: not job.format.has_pages):
        name = job.format.name
        progress(name.upper(), done / total)

        def step(share: float, job: Job = job, start: float = done) -> None:
            progress(job.format.name.upper(), (start + share * job.format.share) / total)

        written = print_one(job, preparer, options._replace(progress=step), pages)
        done += job.format.share
        if job.format.has_pages:
            pages = Pages(written.pages, written.page_count)
        keep(name, written)
        del written  # or the next one would be made beside it


def _print_beside(
    worker: FormatProcess,
    jobs: Sequence[Job],
    preparer: PhotoPreparer,
    options: Options,
    progress: Progress,
    keep: Ready,
    meanwhile: Sequence[Callable[[], None]],
) -> None:
    """The format with pages in the second process, the others meanwhile in this one: last those that need its page numbers."""
    paged = next(job for job in jobs if job.format.has_pages)
    others = [job for job in jobs if job is not paged]
    worker.begin(paged, preparer, options)
    for job in others:
        if not job.format.needs_pages:
            keep(job.format.name, _print_or_have_printed(job, preparer, options))
    waiting = list(meanwhile)
    for job in others:
        if job.format.needs_pages:
            while waiting and not worker.has(PAGES, progress):
                waiting.pop(0)()
            keep(job.format.name, _print_or_have_printed(job, preparer, options, lambda: worker.pages(progress)))
    while waiting and not worker.has(DONE, progress):
        waiting.pop(0)()
    keep(paged.format.name, worker.result(progress))
    for work in waiting:
        work()


def _print_or_have_printed(
    job: Job, preparer: PhotoPreparer, options: Options, pages: Callable[[], Pages] = lambda: NO_PAGES
) -> Written:
    """One file; that of a large book in a process of its own, for here the whole Book is in memory."""
    job = job._replace(draft=job.composed())
    if len(job.composed().parts) <= LARGE:
        return print_one(job, preparer, options, pages)
    labels, total = pages()
    try:
        other = FormatProcess(job.format, fresh=True)
    except OSError:  # the system gives no more processes
        return print_one(job, preparer, options._replace(pages=labels, page_count=total), pages)
    try:
        other.begin(job, preparer, options._replace(pages=labels, page_count=total))
        del job  # nothing of its Draft is to be here while others work
        return other.result(silent)
    finally:
        other.close()


def print_many(
    drafts: list[list[Job]],
    preparer: PhotoPreparer,
    options: Options,
    *,
    processes: int = 0,
    progress: Progress = silent,
) -> list[tuple[Mapping[str, Written], list[Finding]]]:
    """The files of many Drafts, in their order, as many at once as `processes` allows (0: as this machine has cores)."""
    workers = min(processes or processors(), len(drafts), 8)
    printed: list[tuple[Mapping[str, Written], list[Finding]]] = []
    if workers >= 2:
        from concurrent.futures import ProcessPoolExecutor
        from concurrent.futures.process import BrokenProcessPool

        with ProcessPoolExecutor(workers, mp_context=context()) as pool:
            try:
                waiting = [pool.submit(print_all, jobs, preparer, options, processes=1) for jobs in drafts]
            except (OSError, RuntimeError):  # the system gives no more processes or threads: all is made here
                pool.shutdown(cancel_futures=True)
                waiting = []
            try:
                for future in waiting:
                    printed.append(future.result())
                    progress("proofs", len(printed) / len(drafts))
            except (
                BrokenProcessPool
            ):  # as in `FormatProcess`: it is the system that stops processes, for want of memory
                raise MemoryError("a process that made proofs was stopped") from None
            except BaseException:
                pool.shutdown(cancel_futures=True)  # nothing more is begun, and no process is left behind
                raise
    for jobs in drafts[len(printed) :]:
        progress(jobs[0].composed().title, len(printed) / len(drafts))
        printed.append(print_all(jobs, preparer, options, processes=1))
    return printed
