"""The PDF file: its objects and their syntax, the structure tree, and what the file says about itself."""
