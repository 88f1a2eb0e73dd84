"""The data that every other package works on: the Book, the Draft, story text, findings. Plain values, no input or output."""
