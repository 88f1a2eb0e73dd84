"""Why the author's files could not be changed, in the author's words."""

from __future__ import annotations

from milebook.model.findings import Finding, Place
from milebook.output.change_history import FOLDER
from milebook.source import shown


def changed(path: str) -> Finding:
    """Someone else saved a file in the same moment."""
    fact = f"“{shown(path)}” was saved by another program while milebook was working"
    return Finding("MB071", fact, Place(path), "nothing was changed; run the command again")


def protected(path: str) -> Finding:
    """A file is marked read-only."""
    fact = f"“{shown(path)}” is write-protected"
    hint = "nothing was changed; take the protection away (Windows: Properties, Read-only; Mac: Get Info, Locked), then run the command again"
    return Finding("MB077", fact, Place(path), hint)


def busy(pid: str, doing: str) -> Finding:
    """Another command has the lock: its process, and which command it is."""
    who = f" (process {pid})" if pid else ""
    what = f"milebook {doing}" if doing else "another milebook"
    fact = f"“{shown(what)}”{who} is changing this book and has not finished"
    return Finding(
        "MB070", fact, Place(FOLDER), "nothing was changed; wait until it is done, then run the command again"
    )


def in_the_way() -> Finding:
    """There is no place for the store."""
    fact = f"“{FOLDER}” in the book folder is a link or a file, or holds one where a folder belongs"
    return Finding(
        "MB074", fact, Place(FOLDER), "move it away: milebook keeps what “undo” needs in a folder of that name"
    )


def damaged(kept: str) -> Finding:
    """The list of what a killed command had to do cannot be read."""
    fact = "a command was stopped while it changed the book, and the list of what it had to do is damaged"
    hint = f"look through what you changed last; the files from before lie in {kept}, which you may delete when all is well"
    return Finding("MB078", fact, Place(kept), hint)


def settled(title: str, edited: list[str], *, finished: bool) -> Finding:
    """A change that a killed command had begun was finished, or taken back; files that someone `edited` meanwhile stay."""
    done = "that has been finished now" if finished else "its changes have been taken back"
    fact = f"a command was stopped while it changed the book (“{shown(title)}”); {done}"
    kept = " and ".join(f"“{shown(path)}”" for path in edited)
    hint = f"{kept} was edited meanwhile and stays as it is: look through it" if edited else ""
    return Finding("MB072", fact, Place(FOLDER), hint)


def stuck() -> Finding:
    """A change can be neither finished nor taken back."""
    fact = "the disk failed while files were put in place, and some could not be put back"
    hint = "nothing is lost: the next milebook command finishes the change. See that the disk is there and has room"
    return Finding("MB073", fact, Place(FOLDER), hint)


def is_stuck(finding: Finding) -> bool:
    """Whether a finding says that files stay changed which should not."""
    return finding.code == "MB073"
