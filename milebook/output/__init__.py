"""Write files: staged, locked, replaced all together or not at all; zip archives and spreadsheets."""

from milebook.output.allowed_names import check_out
from milebook.output.dry_run import DryRun
from milebook.output.lock import hold
from milebook.output.staging import Staged, Staging
from milebook.output.write import write_all

__all__ = ["DryRun", "Staged", "Staging", "check_out", "hold", "write_all"]
