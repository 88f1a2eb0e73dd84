"""Layouts: the page, the faces and one style per role, read from `layouts/NAME/layout.yaml`.

Layouts are data. One names a `base:` and overrides what it likes; a mistake in one is a finding at its line.
"""

from milebook.layout.reading import built_in_folder, layout_names, read_layout
from milebook.layout.styles import Layout, Page, Style

__all__ = ["Layout", "Page", "Style", "built_in_folder", "layout_names", "read_layout"]
