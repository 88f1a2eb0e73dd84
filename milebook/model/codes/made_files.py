"""Findings about the files that are made: pages, e-books, covers, ONIX (MB6)."""

from __future__ import annotations

from milebook.model.codes.row import E, N, Row, W

ROWS: dict[str, Row] = {
    "MB600": (
        W,
        "character that the PDF cannot print",
        "None of milebook's typefaces has the character; an open square is printed in its place.",
    ),
    "MB601": (
        W,
        "photo too small for print",
        "The print edition prints a photo smaller than there is room for, because it has too few pixels.",
    ),
    "MB602": (
        W,
        "writing without spaces between words",
        "Thai, Lao, Khmer and Burmese are written without spaces between words, so lines in the PDF may end inside a word.",
    ),
    "MB603": (W, "unknown typeface", "The layout asks for a typeface that milebook does not have."),
    "MB604": (E, "photo that cannot be printed", "A photo could not be prepared for the PDF."),
    "MB630": (
        W,
        "style sheet left out",
        "The layout's style sheet for e-books has a brace, quotation or comment that is never closed, so none of it is used.",
    ),
    "MB631": (
        W,
        "part of the style sheet left out",
        "The layout's e-book style sheet asks for something an e-book cannot have: another file, a font, a writing direction.",
    ),
    "MB632": (
        W,
        "letters missing on the cover",
        "The drawn cover leaves out letters of the title or the names that none of its typefaces has.",
    ),
    "MB640": (
        E,
        "a file differs from the book",
        "After a build the words, captions and numbers of each file are compared with the book; nothing is written if one is lost, changed or moved.",
    ),
    "MB650": (
        N,
        "front matter of milebook's own choice",
        "The index says nothing of the front matter; the book gets what every book has.",
    ),
    "MB651": (
        E,
        "pages that the printer cannot bind",
        "The book has fewer or more pages than the printer of the cover takes.",
    ),
    "MB652": (N, "spine too thin for words", "The printer prints no words on the spine of so few pages."),
    "MB653": (
        W,
        "cover without a barcode",
        "The index has no ISBN of the printed book, so the place of the barcode stays empty.",
    ),
    "MB654": (N, "back cover without words", "Neither back_cover nor description has words for the back of the cover."),
    "MB655": (W, "cover picture of few pixels", "The cover picture would be printed at less than 300 pixels an inch."),
    "MB656": (
        W,
        "cover picture of another shape",
        "The cover picture has to be cut to fill the front of the printed book.",
    ),
    "MB657": (W, "dark photo", "A photo of the print edition is so dark that paper would show little of it."),
    "MB660": (
        W,
        "what a bookshop's catalog cannot take",
        "A price, a currency, or a BISAC or Thema code under `book:` is none, so that the ONIX file would be without it.",
    ),
}
