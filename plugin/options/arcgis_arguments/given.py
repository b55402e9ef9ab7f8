"""Whether anything was given, and the parts of it: what the readers of all parameters have in common."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ..numerals import read_decimal, read_number
from ..typed_lists import read_items


def is_given(value: Any) -> bool:
    """Whether a parameter was given at all; None, blanks, `#` and empty lists mean that it was not."""
    if isinstance(value, str):
        return value.strip() not in ("", "#")
    return value is not None and not (is_list(value) and len(value) == 0)


def is_list(value: Any) -> bool:
    """Whether the value is a list or the like, and no text."""
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes))


def parts(value: Any, separator: str) -> list[Any]:
    """Return the parts of a text, the items of a list, or the value itself."""
    if isinstance(value, str):
        return re.split(separator, value.strip())
    return list(value) if is_list(value) else [value]


def numbers(value: Any, separator: str) -> list[float] | None:
    """Return the parts as numbers, or None where one of them is none; a comma that separates nothing is a decimal one.

    `separator` is a regular expression.
    """
    read = read_number if "," in separator else read_decimal
    found = [read(part) for part in parts(value, separator)]
    return None if None in found else [float(part) for part in found if part is not None]


def items(value: Any, separators: str) -> list[Any]:
    """Return the entries of a list; texts as `Item`, and only a value that is text as a whole is separated."""
    if not is_given(value):
        return []
    if isinstance(value, str):
        return read_items(value, separators)
    entries = value if is_list(value) else [value]
    return [item for entry in entries for item in (read_items(entry) if isinstance(entry, str) else [entry])]
