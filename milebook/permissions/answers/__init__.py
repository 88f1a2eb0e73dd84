"""Read what comes back: mails, forms and checklists filled in, and write the answers into the index."""
