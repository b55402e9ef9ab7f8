"""Texts inside where clauses, which are SQL."""

from __future__ import annotations


def text_literal(text: str) -> str:
    """Return a text as SQL writes it: in single quotation marks, which are doubled inside."""
    return "'" + text.replace("'", "''") + "'"
