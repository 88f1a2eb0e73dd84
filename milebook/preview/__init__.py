"""The local page: the book as it will be printed and as an e-book, and its stories to choose from and to arrange."""
