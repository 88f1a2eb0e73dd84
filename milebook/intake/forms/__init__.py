"""Answers to a form: one item a row of a table, its columns recognized by their headings."""
