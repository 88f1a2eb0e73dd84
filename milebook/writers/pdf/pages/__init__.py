"""Pages: where each one ends, what stands on it and where, with running heads and footnotes."""
