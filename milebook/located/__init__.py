"""YAML text goes in; nodes that know their file, line and column come out, with findings in an author's words.

Reading is strict in the sense of YAML 1.2 and beyond: nothing is converted (`5:22`, `no` and `012` are texts), and whatever
an author cannot have meant (a key that stands twice, an alias, a tag, a second document) is a finding. `values` turns texts
into dates, numbers and words where the index asks for them.
"""

from milebook.located.nodes import Fields, Items, Node, Page, Text
from milebook.located.reading import MAX_DEPTH, collected_later, read_yaml

__all__ = ["MAX_DEPTH", "Fields", "Items", "Node", "Page", "Text", "collected_later", "read_yaml"]
