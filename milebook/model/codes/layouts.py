"""Findings about layouts (MB5)."""

from __future__ import annotations

from milebook.model.codes.row import E, Row, W

ROWS: dict[str, Row] = {
    "MB500": (
        E,
        "layout not found",
        "A layout names a `base:` that is neither built in nor in the book's `layouts/` folder.",
    ),
    "MB501": (E, "unknown key in a layout", "A layout file has a key that milebook does not know."),
    "MB502": (E, "wrong value in a layout", "A value in a layout file is not of the kind that its key needs."),
    "MB503": (E, "layouts that name each other", "A layout's `base:` leads back to itself."),
    "MB504": (
        E,
        "page with no room for text",
        "The margins leave less than two inches for the text, or less than five lines.",
    ),
    "MB505": (W, "font that milebook does not ship", "A layout names a face that cannot be put into a PDF or e-book."),
}
