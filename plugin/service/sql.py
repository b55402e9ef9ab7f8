"""Texts and names inside where clauses, which are SQL."""

from __future__ import annotations

import re

_PLAIN_NAME = re.compile(r"[^\W\d][\w.]*")
# Words that would mean something else without quotation marks.
_WORDS = frozenset(("AND", "BETWEEN", "DATE", "IN", "INTERVAL", "IS", "LIKE", "NOT", "NULL", "OR", "TIME", "TIMESTAMP"))


def text_literal(text: str) -> str:
    """Return a text as SQL writes it: in single quotation marks, which are doubled inside."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """Return the name of a field as SQL writes it: in double quotation marks where it would not be one without."""
    if _PLAIN_NAME.fullmatch(name) and name.upper() not in _WORDS:
        return name
    return '"' + name.replace('"', '""') + '"'
