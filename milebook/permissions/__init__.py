"""What needs permission, from whom, whether it is clear, and what to do next.

`subjects` lists what can need a permission, `kinds` the kinds there are, `derive` finds the needs, `clear` says whether a
permission is there (`reasons`, `steps`), `gate` what an open item stops, `wording` gives bylines and credits, `checklist`
and `log` the lists, `asking` and `letters` the requests, `changes` what `milebook permissions` writes into the index.
"""

from milebook.permissions.checklist import CHECKLIST_COLUMNS, by_person, checklist_rows
from milebook.permissions.clearance import PermissionItem, Summary, items, summary
from milebook.permissions.gate import gate
from milebook.permissions.kinds import KINDS
from milebook.permissions.log import ART_COLUMNS, LOG_COLUMNS, Art, art_log_rows, log_rows
from milebook.permissions.need import Kind, Need

__all__ = [
    "ART_COLUMNS",
    "CHECKLIST_COLUMNS",
    "KINDS",
    "LOG_COLUMNS",
    "Art",
    "Kind",
    "Need",
    "PermissionItem",
    "Summary",
    "art_log_rows",
    "by_person",
    "checklist_rows",
    "gate",
    "items",
    "log_rows",
    "summary",
]
