"""Values at one point: what an answer to `identify` says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..translation import tr
from .address import host_of
from .errors import ResponseError
from .json_values import number


def identified_values(answer: Mapping[str, Any], url: str) -> tuple[float | None, ...]:
    """Return the values in an answer to `identify`, None for no data.

    Raises:
        ResponseError: there are none, which is not the same as no data.
    """
    value = answer.get("value")
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        message = tr("{host} sent something else instead of the values at a point: try again later.")
        raise ResponseError(message.format(host=host_of(url)), url)
    return parse_values(value)


def parse_values(value: object) -> tuple[float | None, ...]:
    """Read the comma-separated `value` of an identify answer; `NoData` and what is no number becomes None."""
    return tuple(number(part) for part in str(value).split(","))
