"""The page that shows, for a story left alone, what its author and its editor, or two editors, each made of the same words."""

from __future__ import annotations

from collections.abc import Sequence

from milebook.review.changes import readable
from milebook.review.merging import Conflict

_HEAD = "<!-- milebook review: delete this file when the story is settled -->"


def conflict_page(name: str, build: str, conflicts: Sequence[Conflict], waiting: str = "") -> bytes:
    """The page as Markdown, the words quoted line by line. `waiting` are numbers of changes that clash with nothing."""
    editors = any(conflict.by for conflict in conflicts)
    whose = "editors'" if editors else "editor's"
    made = [
        _HEAD,
        "",
        f"# {name}: changed by {'two editors' if editors else 'both'}",
        "",
        f"The proof is of build {build}. Nothing of the {whose} was merged into this story. For each place, put the words you want",
        "into the story's file, then delete this page.",
    ]
    if waiting:
        made += [
            "",
            f"Other changes of this story clash with nothing ({waiting}). To merge them, run “milebook review” on the same",
            f"file{'s' if editors else ''} again with: --apply --only {waiting}",
        ]
    for number, conflict in enumerate(conflicts, 1):
        made += ["", f"## {number}", ""]
        ours, theirs = conflict.by or ("Your text now", "The editor")
        for title, text in (("In the proof", conflict.base), (ours, conflict.ours), (theirs, conflict.theirs)):
            if text or title != "In the proof":
                made += [f"{title}:", "", *_quoted(text), ""]
        made.pop()
    return ("\n".join(made) + "\n").encode("utf-8")


def is_conflict_page(data: bytes) -> bool:
    return data.startswith(_HEAD.encode())


def _quoted(text: str) -> list[str]:
    """The words as they are printed; a code block, so that nothing in them means anything."""
    words = readable(text) or "(nothing)"
    return [f"    {words}"]
