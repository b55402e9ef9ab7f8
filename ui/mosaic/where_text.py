"""Pieces of a where clause, as ArcGIS' standardized SQL has them, and how they go together."""

from __future__ import annotations

import re
from typing import Any

from ...plugin.service.image_service import Field
from ...plugin.service.sql import text_literal
from ..common.number_text import number_text

_NULL = "NULL"
_LITERAL = r"(?:(?:(?:DATE|TIMESTAMP)\s*)?'(?:[^']|'')*'|[^\s'(),]+)"
_IN = re.compile(r"\bIN\s*$", re.IGNORECASE)
_LIST = re.compile(rf"\bIN\s*\(\s*{_LITERAL}(?:\s*,\s*{_LITERAL})*(?P<end>\s*\)?\s*)$", re.IGNORECASE)
_EQUAL = re.compile(r"\s*(?<![<>!])=\s*$")
_NOT_EQUAL = re.compile(r"\s*(?:<>|!=)\s*$")


def value_text(value: Any, field: Field) -> str:
    """Return a value as a clause compares a field with it.

    Dates are texts such as `2001-12-31 23:59:59`, in UTC. What is neither text nor number is NULL.
    """
    if isinstance(value, str):
        literal = text_literal(value)
        return f"TIMESTAMP {literal}" if field.is_date else literal
    return number_text(value) if isinstance(value, (int, float)) else _NULL


def with_word(before: str, word: str) -> str:
    """Return a text with a name or a value after it, as a word of its own."""
    is_apart = not before or before[-1].isspace() or before[-1] in "(,"
    return f"{before}{word}" if is_apart else f"{before} {word}"


def with_value(before: str, value: str) -> str:
    """Return the text before the cursor with a value after it.

    After IN, values go into a list in parentheses. Nothing equals NULL, so it is asked for with IS.
    """
    if value == _NULL:
        before = _EQUAL.sub(" IS", _NOT_EQUAL.sub(" IS NOT", before))
    elif _IN.search(before):
        value = f"({value})"
    listed = _LIST.search(before)
    if listed:
        return f"{before[: listed.start('end')]}, {value}{listed['end'].strip()}"
    return with_word(before, value)
