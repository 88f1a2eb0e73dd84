"""Mails, one by one or in a mailbox: who wrote, when, the words of their own, and the pictures among them."""
