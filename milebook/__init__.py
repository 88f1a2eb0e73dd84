"""milebook: a folder of readers' stories in, a book manuscript (DOCX, PDF, EPUB) out."""

__version__ = "0.1.0"
