"""Names of the environment variables that the command line looks at."""

from __future__ import annotations

COMPLETING = "_MILEBOOK_COMPLETE"  # a shell asks what could come next
