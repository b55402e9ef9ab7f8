"""Thousands of dates, of which that of a day is found without looking at the others."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from operator import attrgetter

from ..service.time_info import CatalogDate
from .time_range import TimeRange


class DatesInOrder:
    """Dates, the earliest first."""

    def __init__(self, dates: Sequence[CatalogDate] = ()) -> None:
        self._dates = dates
        self._begins = list(map(attrgetter("begin"), dates))
        # Of each date and all before it: of those that last, one that began long ago may end last.
        self._ends = list(accumulate(map(attrgetter("end"), dates), max))

    def __bool__(self) -> bool:
        return bool(self._dates)

    @property
    def whole(self) -> TimeRange:
        """From when the first one begins to when the last one ends; there must be one."""
        return TimeRange(self._begins[0], self._ends[-1])

    @property
    def last_begin(self) -> int:
        """When the last one begins; there must be one."""
        return self._begins[-1]

    def first_touching(self, time: TimeRange) -> CatalogDate | None:
        """Return the first that has a moment in common with a time."""
        place = 0 if time.begin is None else bisect_left(self._ends, time.begin)
        if place == len(self._dates):
            return None
        # The first by which an end is reached is the one that has that end.
        date = self._dates[place]
        return date if time.touches(date.begin, date.end) else None
