"""Recognize the columns of form answers by their headings."""

from __future__ import annotations

FIELDS = ("story", "name", "email", "location", "age", "title", "photo", "credit", "caption", "consent", "date", "id")
