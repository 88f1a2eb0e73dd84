"""Findings about packages, proofs and the list of made files (MB7)."""

from __future__ import annotations

from milebook.model.codes.row import E, Row, W

ROWS: dict[str, Row] = {
    "MB710": (
        E,
        "not the record of a proof",
        "`milebook proof --since` found a file that is not the record of an earlier proof.",
    ),
    "MB720": (E, "not a package", "`milebook export --verify` was given something without a readable manifest."),
    "MB721": (E, "file of a package changed", "A file of a package is not what was sent."),
    "MB722": (E, "file of a package missing", "The manifest names a file that is missing."),
    "MB723": (E, "file not of the package", "A package contains a file that its manifest does not name."),
    "MB724": (E, "photo that cannot be packed", "The location data of a photo could not be removed for the package."),
    "MB730": (
        W,
        "list of made files unreadable",
        "`build/made.json`, in which milebook keeps account of the files it has made, is damaged.",
    ),
    "MB731": (
        W,
        "outdated file left",
        "`milebook build --tidy` left a file with an old title or chapter in its name, because somebody has changed it.",
    ),
}
