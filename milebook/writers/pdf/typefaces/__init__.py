"""Typefaces: words shaped with them, the glyphs that are drawn and embedded, and what they could not print."""
