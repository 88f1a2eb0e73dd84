"""What needs permission, from whom, whether it is clear, and what to do next.

`subjects` lists what can need a permission, `kinds` the kinds there are, `find_needs` finds the needs. `clearance` makes a
`permission_item` of each, with the `obstacles` in its way and the `next_step`. `gate` says what an open item stops,
`bylines_and_credits` what is printed. `lists` has the checklist and the publisher's logs, `requests` the letters and forms that ask,
`answers` reads what comes back, `changes` writes it into the index, and `withdrawal` takes a story out.
"""

from milebook.permissions.clearance import items
from milebook.permissions.gate import gate, restrictions
from milebook.permissions.kind import Kind
from milebook.permissions.kinds import KINDS
from milebook.permissions.lists.checklist import CHECKLIST_COLUMNS, HIDDEN_COLUMNS, by_person, checklist_rows
from milebook.permissions.lists.publisher_log import ART_COLUMNS, LOG_COLUMNS, Art, art_log_rows, log_rows
from milebook.permissions.need import Need
from milebook.permissions.permission_item import PermissionItem

__all__ = [
    "ART_COLUMNS",
    "CHECKLIST_COLUMNS",
    "HIDDEN_COLUMNS",
    "KINDS",
    "LOG_COLUMNS",
    "Art",
    "Kind",
    "Need",
    "PermissionItem",
    "art_log_rows",
    "by_person",
    "checklist_rows",
    "gate",
    "items",
    "log_rows",
    "restrictions",
]
