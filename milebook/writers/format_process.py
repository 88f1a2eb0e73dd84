"""Make one file, here or in a process of its own, and compare it with its Draft."""

from __future__ import annotations

import gc
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pickle import PicklingError
from typing import Any, NamedTuple

from milebook.layout import Layout
from milebook.model.codes import errors
from milebook.model.draft import Draft
from milebook.model.packed_parts import LARGE, PackedParts
from milebook.output.file_pieces import Fetched, Pieces
from milebook.photos import PhotoPreparer
from milebook.writers import Format, Options, Written
from milebook.writers.worker import Channel, Worker

Progress = Callable[[str, float], None]
NOTHING = Pieces()  # no one adds to it
PAGES, STEP, DONE, FAILED = "pages", "step", "done", "failed"


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


class FormatProcess:
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
            packed = PackedParts.of(draft.parts if len(draft.parts) > LARGE else ())
            if packed:
                draft = draft._replace(parts=())
            self._worker.send((job._replace(draft=draft), preparer, options, packed.counts))
            for piece in packed.pieces:
                self._worker.send(piece)

    def pages(self, progress: Progress) -> Pages:
        """The page numbers, as soon as they are known."""
        pages: Pages = self._wait(PAGES, progress)
        return pages

    def result(self, progress: Progress) -> Written:
        """The file. Raises what went wrong while it was made, and MemoryError where the process was stopped."""
        written: Written = self._wait(DONE, progress)
        del self._sent[DONE]
        return written

    def has(self, wanted: str, progress: Progress) -> bool:
        """Whether there is no need to wait for PAGES or DONE. Raises as `result` does."""
        while wanted not in self._sent and self._worker.waiting():
            self._take(progress)
        return wanted in self._sent

    def close(self) -> None:
        self._worker.close()

    def _wait(self, wanted: str, progress: Progress) -> Any:
        while wanted not in self._sent:
            self._take(progress)
        return self._sent[wanted]

    def _take(self, progress: Progress) -> None:
        """The next thing that the process says."""
        try:
            kind, value = self._worker.receive()
            if kind == DONE:
                value = _received(self._worker, *value)
                if PAGES in self._sent:
                    value = value._replace(pages=self._sent[PAGES].labels)
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


def print_one(
    job: Job, preparer: PhotoPreparer, options: Options, pages: Pages | Callable[[], Pages] = NO_PAGES
) -> Written:
    """One file, compared with its Draft. The pages are asked for as late as can be."""
    from milebook.writers.comparison import compare

    write, draft = job.format.writer(), job.composed()
    labels, total = pages if isinstance(pages, Pages) else pages()
    asked = options._replace(pages=labels, page_count=total)
    written = write(draft, job.layout, preparer, asked)
    if errors(written.findings):  # a photo is lost, so nothing will be written
        return written._replace(transcript=[])
    differences = compare(draft, written.transcript, job.format.name)
    if differences and asked.cache:  # what was kept may have been changed: the book is not to blame
        written = write(draft, job.layout, preparer, asked._replace(cache=""))
        differences = compare(draft, written.transcript, job.format.name)
    if len(draft.parts) > LARGE:
        gc.collect()  # what libraries leave in circles: of a large book, a hundred megabytes
    return written._replace(findings=[*written.findings, *differences], transcript=[])


def _work(made_here: Format, channel: Channel) -> None:
    """What the other process does."""
    made_here.preload(channel.waiting)
    job, preparer, options, counts = channel.receive()
    if counts:
        parts = PackedParts([channel.receive() for _ in counts], counts)
        job = job._replace(draft=job.draft._replace(parts=parts))
    try:
        told: list[Pages] = []

        def tell(labels: dict[str, str], count: int) -> None:
            told.append(Pages(labels, count))
            channel.send((PAGES, told[0]))

        reporting = options._replace(progress=lambda share: channel.send((STEP, share)), on_pages=tell)
        written = print_one(job, preparer, reporting, Pages(options.pages, options.page_count))
        _send(written._replace(pages={}) if told else written, channel)  # they take as much memory as all texts
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
