"""Stories from mail, blogs, documents and forms: read what arrived, plan, and write stories with their index entries.

`sources` tells what a file is, and has the module that reads it: one of `mail`, `blogs`, `documents` or `forms`, or of a
new one. Each gives `items`; `verdicts` decides about all of them together, `plan` shows it, and `writing` does it.
"""
