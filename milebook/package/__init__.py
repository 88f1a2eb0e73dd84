"""What the publisher receives: files by their names in the package, each made from the Book, with a manifest of their sums.

`names` says what things are called, `lists` and `metadata` make what goes beside the text, `evidence` gathers the agreements,
`manifest` adds up and verifies. `milebook.exporting` leads a book through them.
"""
