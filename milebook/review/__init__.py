"""Returned Word files: what an editor changed and said, merged back into the stories; and redlines between two states of a book."""
