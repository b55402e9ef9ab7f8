"""Read JSON as servers really write it: numbers as text, "NaN", null, or nothing where a list was promised."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from .plain_text import clean_text

# What an answer may hold. Python stands still while it reads JSON, on all threads; a long catalog page or attribute
# table has a fifth of these values.
LONGEST_JSON = 32 * 2**20
MOST_VALUES = 2_000_000


def is_too_much(content: bytes) -> bool:
    """Whether JSON is longer, or holds more values, than is read."""
    return len(content) > LONGEST_JSON or sum(map(content.count, (b",", b"[", b"{"))) > MOST_VALUES


def load(content: bytes) -> object:
    """Return the JSON value in `content`, whatever its byte order mark and stray bytes.

    Raises:
        ValueError: it is not JSON, or too much of it (see `is_too_much`).
    """
    if is_too_much(content):
        raise ValueError("JSON is too long")
    try:
        value: object = json.loads(content.decode("utf-8-sig", errors="replace"))
    except RecursionError as error:
        raise ValueError("JSON is nested too deeply") from error
    return value


def compact_json(value: object, *, ensure_ascii: bool = True) -> str:
    """Return a value as JSON without blanks, the way ArcGIS' own clients send it.

    Raises:
        ValueError: it holds a number that JSON does not have (NaN, infinity).
        TypeError: it holds anything else that JSON does not have.
    """
    return json.dumps(value, separators=(",", ":"), ensure_ascii=ensure_ascii, allow_nan=False)


def real(value: object) -> float | None:
    """Return a JSON number, or one written as text, as a float that may be NaN; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        return float(value)
    except (ValueError, OverflowError):
        return None


def number(value: object) -> float | None:
    """Return `value` as a finite float, or None."""
    result = real(value)
    return result if result is not None and math.isfinite(result) else None


def integer(value: object) -> int | None:
    """Return `value` as a whole number, or None."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    result = number(value)
    return int(result) if result is not None and result.is_integer() else None


def positive_integer(value: object) -> int | None:
    """Return `value` as a whole number above 0, or None."""
    result = integer(value)
    return result if result is not None and result > 0 else None


def text(value: object) -> str:
    """Return a JSON string without blanks around it and what cannot be written into a project, or an empty one."""
    return clean_text(value).strip() if isinstance(value, str) else ""


def flag(value: object, default: bool = False) -> bool:
    """Return a JSON boolean, or one written as text."""
    if isinstance(value, str):
        return value.strip().lower() == "true"
    return value if isinstance(value, bool) else default


def mapping(value: object) -> Mapping[str, Any]:
    """Return a JSON object, or an empty one."""
    return value if isinstance(value, dict) else {}


def sequence(value: object) -> list[Any]:
    """Return a JSON array, or an empty one."""
    return value if isinstance(value, list) else []


def parts(value: object) -> tuple[str, ...]:
    """Return the words of a comma-separated text, or of an array of texts."""
    words = value.split(",") if isinstance(value, str) else sequence(value)
    return tuple(word for word in map(text, words) if word)
