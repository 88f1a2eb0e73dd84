"""Ask for permission: letters by e-mail and on paper, release forms to sign, and the note in the index that somebody was asked."""
