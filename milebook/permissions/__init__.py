"""What needs permission, from whom, whether it is clear, and what to do next.

`kinds` derives what needs a permission, `clear` says whether it is there, `gate` what an open item stops, `left_out` makes
the book that could be printed today, `printed` gives bylines and credits, `rows` and `log` the lists, `letters` the requests,
`index_edit` the changes to the index that `milebook permissions` makes.
"""

from milebook.permissions.checklist import CHECKLIST_COLUMNS, by_person, checklist_rows
from milebook.permissions.clear import PermissionItem, Summary, items, summary
from milebook.permissions.gate import gate
from milebook.permissions.kinds import KINDS, Kind
from milebook.permissions.log import ART_COLUMNS, LOG_COLUMNS, Art, art_log_rows, log_rows

__all__ = [
    "ART_COLUMNS",
    "CHECKLIST_COLUMNS",
    "KINDS",
    "LOG_COLUMNS",
    "Art",
    "Kind",
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
