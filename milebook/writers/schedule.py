"""Drafts in, finished files out: the writers of one run, beside each other where that helps, and what they found."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from functools import partial
from typing import Any, NamedTuple

from milebook.layout import Layout
from milebook.model.draft import Draft
from milebook.model.findings import Finding
from milebook.output.pieces import Fetched, Pieces
from milebook.photos import PhotoPreparer
from milebook.writers import FORMATS, Format, Options, Written
from milebook.writers.worker import Beside, Receive, Send, Waiting

Progress = Callable[[str, float], None]
Ready = Callable[[str, Written], None]
PAGES, STEP, DONE, FAILED = "pages", "step", "done", "failed"
NOTHING = Pieces()  # nobody adds to it


class Job(NamedTuple):
    """One file to make. A Draft that is composed only as its writer begins is never in memory beside the others."""

    format: Format
    draft: Draft | Callable[[], Draft]
    layout: Layout

    def composed(self) -> Draft:
        return self.draft if isinstance(self.draft, Draft) else self.draft()


class Pages(NamedTuple):
    """Where the PDF's pages begin, which the e-book's page list repeats."""

    labels: dict[str, str]
    total: int


NO_PAGES = Pages({}, 0)


def silent(step: str, share: float) -> None:
    """A progress bar for nobody."""


def nothing_to_do() -> None:
    """What there is to do while others work, for those who have nothing."""


class Second:
    """A second press, in a process of its own, where the PDF is made beside the others. It warms up while there is nothing to
    print yet: the sooner it is started, the more it has loaded, and the less of this process's memory goes along.
    """

    def __init__(self, made_here: Format) -> None:
        self._beside = Beside(partial(_work, made_here))
        self._name = made_here.name.upper()
        self._sent: dict[str, Any] = {}

    def begin(self, job: Job, preparer: PhotoPreparer, options: Options) -> None:
        with suppress(BrokenPipeError):  # `pages` and `result` will say that it has been stopped
            self._beside.send((job._replace(draft=job.composed()), preparer, options))

    def pages(self, progress: Progress) -> Pages:
        """The page numbers, as soon as they are known."""
        pages: Pages = self._wait(PAGES, progress)
        return pages

    def result(self, progress: Progress) -> Written:
        written: Written = self._wait(DONE, progress)
        del self._sent[DONE]
        return written

    def close(self) -> None:
        self._beside.close()

    def _wait(self, wanted: str, progress: Progress) -> Any:
        while wanted not in self._sent:
            try:
                kind, value = self._beside.receive()
                if kind == DONE:
                    value = _received(self._beside, *value)
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
def second_press(formats: Collection[str], processes: int = 0) -> Iterator[Second | None]:
    """A second press for a run that will print these formats, or None: `processes` as for `print_all`."""
    paged = [one for name, one in FORMATS.items() if name in formats and one.has_pages]
    if not paged or len(formats) < 2 or not _may_fork(processes):
        yield None
        return
    second = Second(paged[0])
    try:
        yield second
    finally:
        second.close()


def print_all(
    jobs: list[Job],
    preparer: PhotoPreparer,
    options: Options,
    *,
    processes: int = 0,
    progress: Progress = silent,
    second: Second | None = None,
    ready: Ready | None = None,
    meanwhile: Callable[[], None] = nothing_to_do,
) -> tuple[Mapping[str, Written], list[Finding]]:
    """The written files by format, and every finding of the press, with the differences between file and Draft.

    The PDF takes longest and is made beside the others if `processes` allows (0: if this machine has two cores); the e-book
    waits for its page numbers only. The files are the same bytes either way. `second` is a press that was started before. `ready` is given each as soon as it is made
    (format, what was written), and what is returned has no files then. `meanwhile` is called once, while the PDF is being made.
    """
    made: dict[str, Written] = {}

    def keep(name: str, written: Written) -> None:
        if ready is not None:
            ready(name, written)
            written = written._replace(file=NOTHING)
        made[name] = written

    with nullcontext(second) if second else second_press([job.format.name for job in jobs], processes) as press:
        if press is not None:
            _print_beside(press, jobs, preparer, options, progress, keep, meanwhile)
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
    second: Second,
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
    second.begin(paged, preparer, options)
    for job in others:
        if not job.format.needs_pages:
            keep(job.format.name, _print(job, preparer, options))
    meanwhile()
    for job in others:
        if job.format.needs_pages:
            keep(job.format.name, _print(job, preparer, options, lambda: second.pages(progress)))
    keep(paged.format.name, second.result(progress))


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
    if differences and asked.cache:  # somebody has meddled with what was kept: the author's book is not to blame
        written = write(draft, job.layout, preparer, asked._replace(cache=""))
        differences = compare(draft, written.transcript, job.format.name)
    return written._replace(findings=[*written.findings, *differences], transcript=[])


def _may_fork(processes: int) -> bool:
    return hasattr(os, "fork") and (processes or os.cpu_count() or 1) > 1


def print_many(
    drafts: list[list[Job]],
    preparer: PhotoPreparer,
    options: Options,
    *,
    processes: int = 0,
    progress: Progress = silent,
) -> list[tuple[Mapping[str, Written], list[Finding]]]:
    """The files of many Drafts, in their order, as many at once as `processes` allows (0: as this machine has cores)."""
    workers = min(processes or os.cpu_count() or 1, len(drafts), 8)
    printed: list[tuple[Mapping[str, Written], list[Finding]]] = []
    if workers < 2 or not _may_fork(workers):
        for jobs in drafts:
            progress(jobs[0].composed().title, len(printed) / len(drafts))
            printed.append(print_all(jobs, preparer, options, processes=1))
        return printed
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
        waiting = [pool.submit(print_all, jobs, preparer, options, processes=1) for jobs in drafts]
        try:
            for future in waiting:
                printed.append(future.result())
                progress("proofs", len(printed) / len(drafts))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)  # what has not begun is not begun any more
            raise
    return printed


def _work(made_here: Format, send: Send, receive: Receive, waiting: Waiting) -> None:
    """What the second press does."""
    made_here.preload(waiting)
    job, preparer, options = receive()
    try:
        told = options._replace(
            progress=lambda share: send((STEP, share)),
            on_pages=lambda labels, count: send((PAGES, Pages(labels, count))),
        )
        _send(_print(job, preparer, told), send)
    except BrokenPipeError:
        raise
    except Exception as error:
        send((FAILED, error))


def _send(written: Written, send: Send) -> None:
    """Photos go by name. The bytes between them go apart from the rest, for a pickle would copy them."""
    names: list[Fetched | None] = [None if isinstance(part, bytes) else part for part in written.file.parts]
    send((DONE, (written._replace(file=NOTHING), names)))
    for part in written.file.parts:
        if isinstance(part, bytes):
            send(part)


def _received(beside: Beside, written: Written, names: list[Fetched | None]) -> Written:
    """What `_send` sent. Raises EOFError."""
    return written._replace(file=Pieces(beside.receive() if name is None else name for name in names))
