"""Make the files of one run, several at once where that helps, and compare each with its Draft."""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from functools import partial
from pickle import PicklingError
from typing import Any, NamedTuple

from milebook.layout import Layout
from milebook.model.draft import Draft
from milebook.model.findings import Finding
from milebook.output.file_pieces import Fetched, Pieces
from milebook.photos import PhotoPreparer
from milebook.writers import FORMATS, LARGE, Format, Options, Written
from milebook.writers.packed_parts import PackedParts
from milebook.writers.worker import Channel, Worker, context, processors

Progress = Callable[[str, float], None]
Ready = Callable[[str, Written], None]
PAGES, STEP, DONE, FAILED = "pages", "step", "done", "failed"
NOTHING = Pieces()  # no one adds to it


class Job(NamedTuple):
    """One file to make. A Draft that is composed only as its writer begins is never in memory beside the others."""

    format: Format
    draft: Draft | Callable[[], Draft]
    layout: Layout

    def composed(self) -> Draft:
        return self.draft if isinstance(self.draft, Draft) else self.draft()


class Pages(NamedTuple):
    """Where the pages begin in the format that has them, for those that repeat their numbers."""

    labels: dict[str, str]
    total: int


NO_PAGES = Pages({}, 0)


def silent(step: str, share: float) -> None:
    """For a run without a progress bar."""


def nothing_to_do() -> None:
    """What there is to do while others work, for those who have nothing."""


class PagedWorker:
    """A process that makes the format with pages, which takes longest, beside the others; or any format of a large book.

    It loads what it will need while there is nothing to write yet: the sooner it is started, the better.
    """

    def __init__(self, made_there: Format, *, fresh: bool = False) -> None:
        self._worker = Worker(partial(_work, made_there), fresh=fresh)
        self._name = made_there.name.upper()
        self._sent: dict[str, Any] = {}

    def begin(self, job: Job, preparer: PhotoPreparer, options: Options) -> None:
        with suppress(BrokenPipeError):  # `pages` and `result` will say that it has been stopped
            draft = job.composed()
            if len(draft.parts) > LARGE:
                gc.collect()  # what reading the book has left behind
                draft = draft._replace(parts=PackedParts(draft.parts))
            self._worker.send((job._replace(draft=draft), preparer, options))

    def pages(self, progress: Progress) -> Pages:
        """The page numbers, as soon as they are known."""
        pages: Pages = self._wait(PAGES, progress)
        return pages

    def result(self, progress: Progress) -> Written:
        """The file. Raises what went wrong while it was made, and MemoryError where the process was stopped."""
        written: Written = self._wait(DONE, progress)
        del self._sent[DONE]
        return written

    def close(self) -> None:
        self._worker.close()

    def _wait(self, wanted: str, progress: Progress) -> Any:
        while wanted not in self._sent:
            try:
                kind, value = self._worker.receive()
                if kind == DONE:
                    value = _received(self._worker, *value)
            except EOFError:
                raise MemoryError(f"the process that made the {self._name} was stopped") from None
            if kind == STEP:
                progress(self._name, value * 0.9)
            elif kind == FAILED:
                raise value
            else:
                self._sent[kind] = value
                if kind == DONE:
                    self._sent.setdefault(PAGES, Pages(value.pages, value.page_count))
        return self._sent[wanted]


@contextmanager
def paged_worker(formats: Collection[str], processes: int = 0) -> Iterator[PagedWorker | None]:
    """A worker for a run that will make these formats, or None where there is nothing for it: `processes` as for `print_all`."""
    paged = [one for name, one in FORMATS.items() if name in formats and one.has_pages]
    if not paged or len(formats) < 2 or (processes or processors()) < 2:
        yield None
        return
    worker = PagedWorker(paged[0])
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
    worker: PagedWorker | None = None,
    ready: Ready | None = None,
    meanwhile: Callable[[], None] = nothing_to_do,
) -> tuple[Mapping[str, Written], list[Finding]]:
    """The written files by format, and what their writers found, with every difference between a file and its Draft.

    The format with pages takes longest and is made beside the others if `processes` allows (0: if this machine has two
    cores); only those that repeat its page numbers wait for them. The bytes are the same either way. `worker` was started before.
    `ready` is given each file as soon as it is made (format, what was written), and what is returned has no files then.
    `meanwhile` is called once, while the format with pages is being made.
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
    meanwhile: Callable[[], None],
) -> None:
    """All of them in this process, one after the other; formats with pages first."""
    meanwhile()
    pages, done = NO_PAGES, 0.0
    total = sum(job.format.share for job in jobs)
    for job in sorted(jobs, key=lambda job: not job.format.has_pages):
        name = job.format.name
        progress(name.upper(), done / total)

        def step(share: float, job: Job = job, start: float = done) -> None:
            progress(job.format.name.upper(), (start + share * job.format.share) / total)

        written = _print(job, preparer, options._replace(progress=step), pages)
        done += job.format.share
        if job.format.has_pages:
            pages = Pages(written.pages, written.page_count)
        keep(name, written)
        del written  # or the next one would be made beside it


def _print_beside(
    worker: PagedWorker,
    jobs: Sequence[Job],
    preparer: PhotoPreparer,
    options: Options,
    progress: Progress,
    keep: Ready,
    meanwhile: Callable[[], None],
) -> None:
    """The format with pages in the second process, the others meanwhile in this one: last those that need its page numbers."""
    paged = next(job for job in jobs if job.format.has_pages)
    others = [job for job in jobs if job is not paged]
    worker.begin(paged, preparer, options)
    for job in others:
        if not job.format.needs_pages:
            keep(job.format.name, _print_or_have_printed(job, preparer, options))
    meanwhile()
    for job in others:
        if job.format.needs_pages:
            keep(job.format.name, _print_or_have_printed(job, preparer, options, lambda: worker.pages(progress)))
    keep(paged.format.name, worker.result(progress))


def _print_or_have_printed(
    job: Job, preparer: PhotoPreparer, options: Options, pages: Callable[[], Pages] = lambda: NO_PAGES
) -> Written:
    """One file; that of a large book in a process of its own, for here the whole Book is in memory."""
    job = job._replace(draft=job.composed())
    assert isinstance(job.draft, Draft)
    if len(job.draft.parts) <= LARGE:
        return _print(job, preparer, options, pages)
    labels, total = pages()
    other = PagedWorker(job.format, fresh=True)
    try:
        other.begin(job, preparer, options._replace(pages=labels, page_count=total))
        del job
        return other.result(silent)
    finally:
        other.close()


def _print(
    job: Job, preparer: PhotoPreparer, options: Options, pages: Pages | Callable[[], Pages] = NO_PAGES
) -> Written:
    """One file, compared with its Draft. The pages are asked for as late as can be."""
    from milebook.writers.comparison import compare

    write, draft = job.format.writer(), job.composed()
    labels, total = pages if isinstance(pages, Pages) else pages()
    asked = options._replace(pages=labels, page_count=total)
    written = write(draft, job.layout, preparer, asked)
    differences = compare(draft, written.transcript, job.format.name)
    if differences and asked.cache:  # what was kept may have been changed: the book is not to blame
        written = write(draft, job.layout, preparer, asked._replace(cache=""))
        differences = compare(draft, written.transcript, job.format.name)
    if len(draft.parts) > LARGE:
        gc.collect()  # what libraries leave in circles: of a large book, a hundred megabytes
    return written._replace(findings=[*written.findings, *differences], transcript=[])


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
    if workers < 2:
        for jobs in drafts:
            progress(jobs[0].composed().title, len(printed) / len(drafts))
            printed.append(print_all(jobs, preparer, options, processes=1))
        return printed
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    with ProcessPoolExecutor(workers, mp_context=context()) as pool:
        waiting = [pool.submit(print_all, jobs, preparer, options, processes=1) for jobs in drafts]
        try:
            for future in waiting:
                printed.append(future.result())
                progress("proofs", len(printed) / len(drafts))
        except BrokenProcessPool:  # as in `PagedWorker`: it is the system that stops processes, for want of memory
            raise MemoryError("a process that made proofs was stopped") from None
        except BaseException:
            pool.shutdown(
                cancel_futures=True
            )  # what has not begun is not begun any more, and no process is left behind
            raise
    return printed


def _work(made_here: Format, channel: Channel) -> None:
    """What the other process does."""
    made_here.preload(channel.waiting)
    job, preparer, options = channel.receive()
    try:
        reporting = options._replace(
            progress=lambda share: channel.send((STEP, share)),
            on_pages=lambda labels, count: channel.send((PAGES, Pages(labels, count))),
        )
        written = _print(job, preparer, reporting, Pages(options.pages, options.page_count))
        if len(job.draft.parts) > LARGE:  # tables of every bookmark, which nobody there reads
            written = written._replace(facts={k: v for k, v in written.facts.items() if not isinstance(v, dict)})
        _send(written, channel)
    except BrokenPipeError:
        raise
    except Exception as error:
        try:
            channel.send((FAILED, error))
        except (TypeError, AttributeError, PicklingError):  # it cannot travel
            channel.send((FAILED, RuntimeError(f"{type(error).__name__}: {error}")))


def _send(written: Written, channel: Channel) -> None:
    """Photos go by name. The bytes between them go apart from the rest, for a pickle would copy them."""
    names: list[Fetched | None] = [None if isinstance(part, bytes) else part for part in written.file.parts]
    channel.send((DONE, (written._replace(file=NOTHING), names)))
    for part in written.file.parts:
        if isinstance(part, bytes):
            channel.send(part)


def _received(channel: Channel, written: Written, names: list[Fetched | None]) -> Written:
    """What `_send` sent. Raises EOFError."""
    return written._replace(file=Pieces(channel.receive() if name is None else name for name in names))
