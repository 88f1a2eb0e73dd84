"""Checks of the whole book, word counts, and the estimate of its printed pages."""
