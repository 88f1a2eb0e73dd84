"""Drawing: the operators of a page, for its text, rules, tables and pictures."""
