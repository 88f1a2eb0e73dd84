"""The permissions checklist, and the log and the art log for the publisher."""
