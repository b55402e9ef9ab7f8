"""The dates of a service as a tree: by year, month and day, without the steps that would hold only one thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ..service.time_info import CatalogDate
from .time_range import TimeRange, day_of, moment_of, period


@dataclass(frozen=True)
class DateGroup:
    """A year, a month or a day, with what is in it; or a date itself, in which there is nothing.

    Attributes:
        time: what is asked for when it is chosen; as a text it is its name.
        count: how many rasters are of it.
        parts: the groups and dates in it, the earliest first.
    """

    time: TimeRange
    count: int
    parts: tuple[DateGroup, ...] = ()


def group_dates(dates: Sequence[CatalogDate]) -> tuple[DateGroup, ...]:
    """Group dates, which are in their order, by the years, months and days in which they begin."""
    return tuple(_groups(dates, 1))


def _groups(dates: Sequence[CatalogDate], length: int) -> Iterator[DateGroup]:
    """Yield groups of as many numbers: 1 for years, 2 for months, 3 for days."""
    for numbers, members in groupby(dates, lambda date: _numbers(date, length)):
        found = list(members)
        if len(found) == 1:
            yield DateGroup(alone(TimeRange(found[0].begin, found[0].end)), found[0].count)
            continue
        if length == 3:
            parts = tuple(DateGroup(TimeRange(date.begin, date.end), date.count) for date in found)
        else:
            parts = tuple(_groups(found, length + 1))
        if len(parts) == 1:
            # A year all of whose dates are in one month says no more than the month.
            yield parts[0]
        else:
            yield DateGroup(period(*numbers), sum(date.count for date in found), parts)


def _numbers(date: CatalogDate, length: int) -> tuple[int, ...]:
    moment = moment_of(date.begin)
    return (moment.year, moment.month, moment.day)[:length]


def alone(date: TimeRange) -> TimeRange:
    """Return the only date of a day; midnight stands for the whole of it, as a service of days has it."""
    if date.begin is None or date.begin != date.end:
        return date
    day = day_of(date.begin)
    return day if date.begin == day.begin else date
