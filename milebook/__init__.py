"""Turn a folder of readers' stories into a book manuscript: DOCX, PDF and EPUB."""

__version__ = "0.1.0"
