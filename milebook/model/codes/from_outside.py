"""Findings about stories and returned files from outside, and about the preview (MB8)."""

from __future__ import annotations

from milebook.model.codes.row import E, N, Row, W

ROWS: dict[str, Row] = {
    "MB800": (
        E,
        "stories cannot be added to the index",
        "`milebook import` or `milebook add` could not put entries into the index without changing something else.",
    ),
    "MB801": (
        E,
        "file changed while it was imported",
        "A file was changed or removed between the plan and the writing. Nothing was imported.",
    ),
    "MB830": (
        E,
        "returned file cannot be read",
        "`milebook review` was given something that is no Word file, is damaged or protected, or is made to do harm.",
    ),
    "MB831": (
        E,
        "not a proof of this book",
        "A returned file names no build, or a build of which there is no record in `build/proofs/`.",
    ),
    "MB832": (
        E,
        "changed by two people",
        "Since the proof was made, the author has changed words that the editor changed too, or two editors changed the same words. "
        "The story is left alone.",
    ),
    "MB833": (
        W,
        "change to be made by hand",
        "A change in a returned file that cannot be merged: it says why, and the report shows it.",
    ),
    "MB834": (
        N,
        "page of a clash that was not deleted",
        "A page `ID.review.md` of `milebook review --apply` still lies there. In a final build or a package it is an error.",
    ),
}
