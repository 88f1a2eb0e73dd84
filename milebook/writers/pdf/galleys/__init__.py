"""Galleys: paragraphs broken into lines, pictures and table rows measured, before there are pages."""
