"""What was typed on the command line and cannot be meant: wrong usage, not a finding about the book."""

from __future__ import annotations


class UnknownName(Exception):
    """The command line names a story, a person, a layout … that is not there."""


class CannotRead(Exception):
    """A file that the user named cannot be taken, with the reason."""
