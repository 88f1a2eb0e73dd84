"""Findings about photos, captions and credits (MB4)."""

from __future__ import annotations

from milebook.model.codes.row import E, N, Row, W

ROWS: dict[str, Row] = {
    "MB401": (
        E,
        "not a photo",
        "A web page, an SVG drawing, a video, a text or unreadable data where a photo is expected.",
    ),
    "MB402": (
        E,
        "damaged photo",
        "The file ends before the picture is complete, or is damaged inside. Incomplete photos are never printed.",
    ),
    "MB403": (
        E,
        "photo is too large",
        "A photo may have 250 million pixels as JPEG or HEIC, and 60 million in other formats. Larger ones are not opened.",
    ),
    "MB404": (
        W,
        "several pictures in one file",
        "An animation or the pages of a scan: only the first picture is printed.",
    ),
    "MB405": (W, "photo is small", "A photo of fewer than 900 pixels across prints at less than three inches."),
    "MB406": (
        E,
        "photo format that cannot be read here",
        "HEIC and AVIF need libraries that this computer does not have.",
    ),
    "MB407": (W, "damaged color profile", "The photo's ICC profile cannot be read or belongs to another color model."),
    "MB450": (W, "photo without alt text", "A photo of a selected story has no alt text, and is not decorative."),
    "MB451": (W, "photo without caption", "A photo of a selected story has no caption, and is not decorative."),
    "MB452": (W, "alt text same as caption", "A photo's alt text repeats the caption, which readers hear anyway."),
    "MB453": (N, "long alt text", "A photo's alt text has more than 140 characters."),
    "MB454": (
        W,
        "photo without credit",
        "A photo of a selected story has no credit line, in the index or in its agreement.",
    ),
}
