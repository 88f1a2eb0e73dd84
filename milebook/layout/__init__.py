"""A layout: the page, the faces and one style per Role, read from `layouts/NAME/layout.yaml`.

Layouts are data. One names a `base:` and overrides what it likes; a mistake in one is a finding at its line.
"""

from milebook.layout.nouns import Layout, Page, Style
from milebook.layout.reading import built_in_folder, layout_names, read_layout

__all__ = ["Layout", "Page", "Style", "built_in_folder", "layout_names", "read_layout"]
