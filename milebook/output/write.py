"""Write finished files into the output folder, all or none.

How: everything is first written into a folder `.mb-…` inside the output folder and brought safely to the disk; then a journal
says that it is all there; then each file replaces the old one in a single step, the manifest last. Until the journal stands,
a failure of any kind leaves the old files as they were. After it, an error puts the old files back, and only a process
killed or a power cut in those few milliseconds can leave new files beside old ones, each of them whole. The next run finds
the journal and finishes the work, before it does anything else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from milebook.model.findings import Finding
from milebook.output.lock import WAIT
from milebook.output.staging import Content, Staging
from milebook.source import BookFolder


def write_all(
    out: Path,
    files: Mapping[str, Content],
    *,
    book: BookFolder,
    manifest: str = "",
    sweep: Sequence[str] = (),
    wait: float = WAIT,
) -> list[Finding]:
    """Writes `files` (name, with "/" for folders, -> bytes or Pieces) into the folder `out`, all of them or none.

    `manifest` names the file that is put in place last; for the rest see `Staging`, which is for those who have not all files
    at once. An error among the findings means that nothing was written and that the old files are as they were.
    """
    with Staging(out, book, sweeping=sweep, wait=wait) as staging:
        for name in files:
            if name != manifest:
                staging.add(name, files[name])
        return staging.commit({name: files[name] for name in files if name == manifest})
