"""The dates of a service as a tree: by year, month and day, without the steps that would hold only one thing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import attrgetter
from typing import Any

from ..service.time_info import CatalogDate
from .time_range import TimeRange, day_of, moment_of, period

_DAY = 3


@dataclass(frozen=True)
class DateGroup:
    """A year, a month or a day, with what is in it; or a date itself, in which there is nothing.

    Attributes:
        time: what is asked for when it is chosen; as a text it is its name.
        count: how many rasters are of it.
        span: the dates in it; None for a date itself.
    """

    time: TimeRange
    count: int
    span: _Span | None = None

    @property
    def parts(self) -> tuple[DateGroup, ...]:
        """The groups and dates in it, the earliest first; found when they are asked for, as there may be thousands."""
        return () if self.span is None else tuple(self.span.parts())


def group_dates(dates: Sequence[CatalogDate]) -> tuple[DateGroup, ...]:
    """Group dates, which are in their order, by the years, months and days in which they begin."""
    sums = (0, *accumulate(map(attrgetter("count"), dates)))
    return tuple(_Span(dates, sums, 0, len(dates), 1).groups())


@dataclass(frozen=True)
class _Span:
    """Consecutive dates, and how they are grouped: 1 by years, 2 by months, 3 by days.

    `sums` has the number of rasters before each of all dates.
    """

    dates: Sequence[CatalogDate]
    sums: Sequence[int]
    first: int
    end: int
    length: int

    def parts(self) -> Iterator[DateGroup]:
        """Yield what is in a group of these dates, below its own step."""
        if self.length < _DAY:
            yield from self._of(self.first, self.end, self.length + 1).groups()
            return
        for date in self.dates[self.first : self.end]:
            yield DateGroup(TimeRange(date.begin, date.end), date.count)

    def groups(self) -> Iterator[DateGroup]:
        """Yield the groups of these dates."""
        keys, first = _Keys(self.dates, self.length), self.first
        while first < self.end:
            after = bisect_right(keys, keys[first], first, self.end)
            yield self._of(first, after, self.length).group()
            first = after

    def group(self) -> DateGroup:
        """Return these dates, which are of one year, month or day, as one group."""
        first = self.dates[self.first]
        if self.end - self.first == 1:
            return DateGroup(alone(TimeRange(first.begin, first.end)), first.count)
        if self.length < _DAY:
            below = _Keys(self.dates, self.length + 1)
            if below[self.first] == below[self.end - 1]:
                # If all dates of a year are in one month, the group is called after the month.
                return self._of(self.first, self.end, self.length + 1).group()
        numbers = _Keys(self.dates, self.length)[self.first]
        return DateGroup(period(*numbers), self.sums[self.end] - self.sums[self.first], self)

    def _of(self, first: int, end: int, length: int) -> _Span:
        return _Span(self.dates, self.sums, first, end, length)


class _Keys(Sequence[Any]):
    """The years, months or days in which dates begin, computed when needed: a binary search needs only a few."""

    def __init__(self, dates: Sequence[CatalogDate], length: int) -> None:
        self._dates, self._length = dates, length

    def __len__(self) -> int:
        return len(self._dates)

    def __getitem__(self, place: Any) -> Any:
        moment = moment_of(self._dates[place].begin)
        return (moment.year, moment.month, moment.day)[: self._length]


def alone(date: TimeRange) -> TimeRange:
    """Return the only date of a day; midnight stands for the whole of it, as a service of days has it."""
    if date.begin is None or date.begin != date.end:
        return date
    day = day_of(date.begin)
    return day if date.begin == day.begin else date
