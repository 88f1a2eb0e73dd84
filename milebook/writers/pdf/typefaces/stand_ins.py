"""Characters that are drawn as something else: spaces as a distance, hyphens as one another."""

from __future__ import annotations

# Spaces of a width of their own: drawn as nothing of that share of an em where the face has no glyph for them.
SPACES = {
    "\u00a0": 0.0, "\u202f": 0.125, "\u2000": 0.5, "\u2001": 1.0, "\u2002": 0.5, "\u2003": 1.0, "\u2004": 1 / 3, "\u2005": 0.25,
    "\u2006": 1 / 6, "\u2007": 0.5, "\u2008": 0.2, "\u2009": 0.2, "\u200a": 0.1, "\u205f": 0.222, "\u3000": 1.0,
}  # fmt: skip
STAND_INS = {"\u2011": "\u2010", "\u2010": "-"}  # drawn as the other where the face lacks the one
