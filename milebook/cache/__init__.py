"""Keep what is expensive to make from one run to the next, in one store."""
