"""Keep between runs what is costly to make again, in one store."""
