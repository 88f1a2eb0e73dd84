"""Finished files in, files on the disk out: all of them whole, or none. The only door through which milebook writes."""

from milebook.export.lock import hold
from milebook.export.places import check_out
from milebook.export.staging import Scales, Staged, Staging
from milebook.export.writing import start_folder, write_all

__all__ = ["Scales", "Staged", "Staging", "check_out", "hold", "start_folder", "write_all"]
