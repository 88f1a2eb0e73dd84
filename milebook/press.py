"""Drafts in, finished files out: the writers of one run, one after the other or beside each other, and what they found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from milebook.draft import Draft
from milebook.findings import Finding
from milebook.layout import Layout
from milebook.parity import compare
from milebook.pictures import Darkroom
from milebook.writers import Options, Written, writer

Progress = Callable[[str, float], None]
SHARE = {"pdf": 0.6, "docx": 0.2, "epub": 0.2}  # of a build's time, for the progress bar


class Job(NamedTuple):
    """One file to make."""

    format: str
    draft: Draft
    layout: Layout


def print_all(
    jobs: list[Job],
    darkroom: Darkroom,
    options: Options,
    *,
    processes: int = 1,
    progress: Progress = lambda step, share: None,
) -> tuple[Mapping[str, Written], list[Finding]]:
    """The written files by format, and every finding of the press, with the differences between file and Draft.

    The PDF comes first, since the e-book's page list names its pages.
    """
    written: dict[str, Written] = {}
    findings: list[Finding] = []
    total = sum(SHARE[job.format] for job in jobs) or 1.0
    done = 0.0
    for job in sorted(jobs, key=lambda job: ("pdf", "docx", "epub").index(job.format)):
        share = SHARE[job.format] / total
        progress(job.format.upper(), done)
        start = done

        def step(part: float, name: str = job.format, start: float = start, share: float = share) -> None:
            progress(name.upper(), start + part * share)

        pdf = written.get("pdf")
        here = options._replace(progress=step, pages=pdf.pages if pdf else {}, page_count=pdf.page_count if pdf else 0)
        made = writer(job.format)(job.draft, job.layout, darkroom, here)
        written[job.format] = made
        findings += made.findings
        findings += compare(job.draft, made.transcript, job.format)
        done += share
    progress("", 1.0)
    return written, findings
