"""The value that a dimension is to have, and how such values are written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..service.multidimensional import Span, is_time
from ..service.number_text import readable_number
from .time_range import TimeRange


class DimensionValue(NamedTuple):
    """A dimension by its name, and the value or range that is wanted; a value has two equal ends.

    Times are in milliseconds since 1970 in UTC.
    """

    name: str
    low: float
    high: float

    @property
    def span(self) -> Span:
        """The value itself."""
        return Span(self.low, self.high)

    def __str__(self) -> str:
        """Return it as people type it: `StdZ=-50`."""
        return f"{self.name}={span_text(self.name, self.span)}"


def dimensions_text(values: Iterable[DimensionValue]) -> str:
    """Return the values as people type them: `StdTime=1999-06;StdZ=-50`."""
    return ";".join(map(str, values))


def span_text(name: str, span: Span) -> str:
    """Return a value of a dimension as people type it: times as dates in UTC, ranges with `/` between."""
    if is_time(name):
        return str(TimeRange(int(span.low), int(span.high)))
    return "/".join(dict.fromkeys(map(readable_number, span)))
