"""Finish the runs of a block: white space folded, runs of one look joined, punctuation set."""

from __future__ import annotations

import re

from milebook.markdown.punctuation import TYPED, curl_runs
from milebook.markdown.spacing import keep_together
from milebook.model.text import Run

_AROUND_BREAK = re.compile(r" *\n *")
_SPACES = re.compile(r"  +")
_CLOSING = ".,;:!?…)]}”’\"'"


def finish(runs: list[Run], language: str, smart: bool) -> tuple[Run, ...]:
    """The runs of a block as they are printed: white space folded, like runs joined, punctuation curled."""
    out = folded(runs)
    if smart:
        out = keep_together(curl_runs(out, language), language)
    if len(out) == 1 and TYPED not in out[0].text:
        return (out[0],)
    if any(TYPED in run.text for run in out):
        out = [run._replace(text=run.text.replace(TYPED, "")) for run in out]
    return tuple(out)


def folded(runs: list[Run]) -> list[Run]:
    """Runs with their white space folded; runs of one look that follow each other become one, empty ones go."""
    if len(runs) == 1 and not runs[0].query and not runs[0].note and "\n" not in runs[0].text:
        text = runs[0].text.strip(" ")
        if "  " in text:
            text = _SPACES.sub(" ", text)
        if text == runs[0].text:
            return runs if text else []
        return [runs[0]._replace(text=text)] if text else []
    groups: list[tuple[Run, list[str]]] = []  # a run, and the text of those that look like it and follow
    last: list[str] = []  # the pieces of the last group that has text
    space = True  # whether a space here would be the second one, or the first of a line
    for run in runs:
        if run.query or run.note:
            groups.append((run, [run.text]))
            if run.note:
                last, space = [], False
            continue
        text = run.text
        if "\n" in text:
            text = _AROUND_BREAK.sub("\n", text)
        if "  " in text:
            text = _SPACES.sub(" ", text)
        if space and text[:1] == " ":
            text = text[1:]
        elif text and text[0] in _CLOSING and last and last[-1][-1:] == " " and groups[-1][0].query:
            last[-1] = last[-1][:-1]  # "word {>> a query <<}." is "word."
        if not text:
            continue
        if text[0] == "\n" and last and last[-1][-1:] == " ":
            last[-1] = last[-1][:-1]
        space = text[-1] in " \n"
        if not groups or groups[-1][1] is not last or groups[-1][0][1:] != run[1:]:
            last = []
            groups.append((run, last))
        last.append(text)
    return _without_end([run if run.query or run.note else Run("".join(pieces), *run[1:]) for run, pieces in groups])


def _without_end(out: list[Run]) -> list[Run]:
    """The runs without white space at their end."""
    for index in range(len(out) - 1, -1, -1):
        if out[index].query:
            continue
        if out[index].note:
            break
        out[index] = out[index]._replace(text=out[index].text.rstrip(" \n"))
        if out[index].text:
            break
    return [run for run in out if run.text or run.query]
