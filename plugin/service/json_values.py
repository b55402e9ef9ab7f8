"""Read JSON as servers really write it: numbers as text, "NaN", null, or nothing where a list was promised."""

from __future__ import annotations

import codecs
import json
import math
from collections.abc import Iterator, Mapping
from json import decoder, scanner
from typing import Any

from .no_collection import NO_COLLECTION
from .plain_text import clean_text

# What an answer may hold: bytes, values, and of these lists and objects, and names. A long catalog page has a tenth of
# it, a long attribute table half. Freeing more would stop Python for too long.
LONGEST_JSON = 16 * 2**20
MOST_VALUES = 600_000
_MOST_CONTAINERS = 200_000
_MOST_NAMES = 200_000
# Of a whole number: more than any other number can have. Python 3.9 takes hours for one of megabytes, standing still.
_MOST_DIGITS = 400

# In bytes: so much is parsed at once, while Python stops on all threads, including the one that draws the windows.
_AT_ONCE = 256 * 2**10
# Python's parser in C does not pause between texts of a list; so many take some hundredths of a second.
_MOST_TEXTS_AT_ONCE = 50_000


def is_too_much(content: bytes) -> bool:
    """Whether JSON is longer, or holds more values, than is read."""
    if len(content) > LONGEST_JSON:
        return True
    containers = _count(content, b"[", b"{")
    is_too_long = containers > _MOST_CONTAINERS or containers + _count(content, b",") > MOST_VALUES
    return is_too_long or _count(content, b":") > _MOST_NAMES


def load(content: bytes) -> object:
    """Return the JSON value in `content`, whatever its byte order mark and stray bytes.

    Other threads can run meanwhile, however long it is: nothing here holds Python's lock for long.

    Raises:
        ValueError: it is not JSON, or too much of it (see `is_too_much`).
    """
    if is_too_much(content):
        raise ValueError("JSON is too long")
    try:
        with NO_COLLECTION:
            if len(content) <= _AT_ONCE:
                value: object = json.loads(content.decode("utf-8-sig", errors="replace"), parse_int=whole_number)
            else:
                has_many_texts = _count(content, b'"') > 2 * _MOST_TEXTS_AT_ONCE
                value = _Pausing(has_many_texts).decode(_decoded(content))
    except RecursionError as error:
        raise ValueError("JSON is nested too deeply") from error
    return value


class _Pausing(json.JSONDecoder):
    """Parses JSON with pauses in which other threads can run: each call of a function written in Python is one."""

    def __init__(self, has_many_texts: bool) -> None:
        super().__init__(object_pairs_hook=_object, parse_int=whole_number, parse_float=_decimal_number)
        if has_many_texts:
            # All of it in Python: several times slower.
            self.parse_object, self.parse_array = decoder.JSONObject, decoder.JSONArray  # type: ignore[attr-defined]
            self.scan_once = scanner.py_make_scanner(self)  # type: ignore[attr-defined]


# Functions written in Python, because each call of one lets other threads run.


def whole_number(digits: str) -> int:
    """Return the number that JSON writes with these digits, for `json.loads` of what a stranger may have written.

    Raises:
        ValueError: there are more than any number needs.
    """
    if len(digits) > _MOST_DIGITS:
        raise ValueError("a number has too many digits")
    return int(digits)


def _decimal_number(digits: str) -> float:
    return float(digits)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value: dict[str, Any] = {}
    # One by one: `dict(pairs)` does not pause.
    for key, item in pairs:
        value[key] = item
    return value


def _pieces(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), _AT_ONCE):
        yield content[start : start + _AT_ONCE]


def _count(content: bytes, *marks: bytes) -> int:
    return sum(piece.count(mark) for piece in _pieces(content) for mark in marks)


def _decoded(content: bytes) -> str:
    reader = codecs.getincrementaldecoder("utf-8-sig")(errors="replace")
    return "".join([*map(reader.decode, _pieces(content)), reader.decode(b"", final=True)])


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
    """Return a JSON string without surrounding blanks and what a project cannot hold; empty for anything else."""
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
