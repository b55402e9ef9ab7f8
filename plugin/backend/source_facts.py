"""Read the facts of a source: JSON that anybody may have written, so that every value is held against its bounds."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from typing import Any, NoReturn, TypeVar
from urllib.parse import urlsplit

from ..service.time_info import in_reach

# In characters: the longest text in the facts, and the longest rule, which may list thousands of rasters.
LONGEST_TEXT = 20_000
LONGEST_RULE = 1_000_000
MOST_BANDS = 10_000
MOST_CLASSES = 65_536
MOST_DATES = 10_000
LARGEST_COUNT = 2**31 - 1
# Nothing on a map is further away; it keeps sums and products of coordinates finite.
_LARGEST_NUMBER = 1e100
_MOST_DIGITS = 25
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")

_T = TypeVar("_T")


class FactError(Exception):
    """A fact is missing, or not what it should be; the text is for specialists."""


def parse_facts(text: str) -> Mapping[str, Any]:
    """Return the JSON object in `text`.

    Raises:
        FactError: there is none, or it is nested beyond reason.
    """
    try:
        facts = json.loads(text, parse_int=_whole_number, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise FactError(f"{type(error).__name__}: {error}") from error
    return mapping(facts)


def _whole_number(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise ValueError("a number has too many digits")
    return int(digits)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")


def mapping(value: Any) -> Mapping[str, Any]:
    """Return a JSON object."""
    if not isinstance(value, dict):
        raise FactError("not an object")
    return value


def text(value: Any, longest: int = LONGEST_TEXT) -> str:
    """Return a text on one line, which can be encoded."""
    if not isinstance(value, str) or len(value) > longest or _UNPRINTABLE.search(value):
        raise FactError("not a text on one line")
    return value


def one_line(value: str) -> str:
    """Return `value` as `text` takes it: what is no character becomes a blank, what is too long is cut."""
    return _UNPRINTABLE.sub(" ", value[:LONGEST_TEXT])


def rule(value: Any) -> str:
    """Return a text that may have lines and be long, as the options of the layer and the rules on the wire do."""
    if not isinstance(value, str) or len(value) > LONGEST_RULE or _NOT_XML.search(value):
        raise FactError("not a text")
    return value


def matching(pattern: str) -> Callable[[Any], str]:
    """Return a reader of texts that match as a whole."""

    def read(value: Any) -> str:
        if not re.fullmatch(pattern, text(value)):
            raise FactError(f"does not match {pattern}")
        return str(value)

    return read


def service_url(value: Any) -> str:
    """Return the address of an image service: http or https to a host, nothing else."""
    url = text(value)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FactError(str(error)) from error
    is_plain = parts.scheme in ("http", "https") and parts.hostname and port != 0 and not parts.query + parts.fragment
    if not is_plain or re.search(r"[@\\\s?#]", url) or not parts.path.endswith("/ImageServer"):
        raise FactError("not the address of an image service")
    return url


def flag(value: Any) -> bool:
    """Return true or false."""
    if not isinstance(value, bool):
        raise FactError("neither true nor false")
    return value


def count(value: Any) -> int:
    """Return a number from 1 to what QGIS and GDAL can count."""
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= LARGEST_COUNT:
        raise FactError("not a count")
    return value


def moment(value: Any) -> int:
    """Return milliseconds since 1970, of a year that can be written."""
    if not isinstance(value, int) or isinstance(value, bool) or not in_reach(value):
        raise FactError("not a moment")
    return value


def number(value: Any) -> float:
    """Return a finite number of a coordinate's size."""
    if abs(_real(value)) > _LARGEST_NUMBER:
        raise FactError("too large a number")
    return float(value)


def _real(value: Any) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not math.isfinite(value):
        raise FactError("not a number")
    return float(value)


def positive(value: Any) -> float:
    """Return a number above zero."""
    if number(value) <= 0:
        raise FactError("not above zero")
    return float(value)


def optional_real(value: Any) -> float | None:
    """Return a number of any size, or None."""
    return None if value is None else _real(value)


def optional_pixel(value: Any) -> float | None:
    """Return the value of a pixel, which may be "not a number", or None."""
    return math.nan if value == "nan" else optional_real(value)


def list_of(read: Callable[[Any], _T], least: int, most: int) -> Callable[[Any], tuple[_T, ...]]:
    """Return a reader of lists with so many items."""

    def read_all(value: Any) -> tuple[_T, ...]:
        if not isinstance(value, list) or not least <= len(value) <= most:
            raise FactError("not a list of the right length")
        return tuple(read(item) for item in value)

    return read_all
