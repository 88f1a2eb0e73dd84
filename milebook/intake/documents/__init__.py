"""Documents of one story: Word, RTF and plain text."""
