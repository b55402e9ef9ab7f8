"""All columns of an attribute table in the facts of a source, beside what is known of each class anyway."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ..service.attribute_table import AttributeTableRow
from . import source_facts as facts
from .source_facts import FactError

_MOST_COLUMNS = 200
# Cells of the whole table, and characters of one: with more, the source of the layer would get too long.
_MOST_CELLS = 100_000
_LONGEST_CELL = 1000


def write_columns(rows: Sequence[AttributeTableRow]) -> dict[str, list[Any]]:
    """Return the facts `columns` and `table`; both are empty for a table that is too large."""
    names = list(dict.fromkeys(name for row in rows for name in row.attributes))
    if len(names) > _MOST_COLUMNS or len(names) * len(rows) > _MOST_CELLS:
        names = []
    table = [[_cell_fact(row.attributes.get(name)) for name in names] for row in rows] if names else []
    return {"columns": [facts.one_line(name[:_LONGEST_CELL]) for name in names], "table": table}


def with_columns(rows: tuple[AttributeTableRow, ...], columns: Any, table: Any) -> tuple[AttributeTableRow, ...]:
    """Return the classes with the attributes in the facts `columns` and `table`.

    Raises:
        FactError: they are not what `write_columns` writes for so many classes.
    """
    names = facts.list_of(_name, 0, _MOST_COLUMNS)(columns)
    count = len(rows) if names else 0
    if count * len(names) > _MOST_CELLS:
        raise FactError("too large a table")
    cells = facts.list_of(facts.list_of(_cell, len(names), len(names)), count, count)(table)
    if not names:
        return rows
    return tuple(replace(row, attributes=dict(zip(names, values))) for row, values in zip(rows, cells))


def _name(value: Any) -> str:
    return facts.text(value, _LONGEST_CELL)


def _cell(value: Any) -> Any:
    """Return a text, a number, or nothing."""
    if isinstance(value, str):
        return facts.text(value, _LONGEST_CELL)
    if value is not None:
        facts.optional_real(value)
    return value


def _cell_fact(value: Any) -> Any:
    if isinstance(value, str):
        return facts.one_line(value[:_LONGEST_CELL])
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return value if is_number and math.isfinite(value) else None
