"""Covers: the drawn front of an e-book in one of several designs, and the wrap of the printed book with spine and barcode."""
