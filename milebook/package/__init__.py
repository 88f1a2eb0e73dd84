"""The publisher's package: its files by name, and a manifest of their checksums.

`names` says what things are called, `lists` and `metadata` make what goes beside the text, `evidence` gathers the agreements,
`manifest` adds up and verifies. `milebook.app.export` leads a book through them.
"""
