"""A time that is asked for: an instant or a range, in UTC, and how it is written for people and for servers."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any, NamedTuple

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MILLISECOND = timedelta(milliseconds=1)
# How many numbers a date has that stands for a year, a month, or a day.
_YEAR, _MONTH, _DAY = 1, 2, 3
OPEN_END = ".."
SMALLEST_EPOCH = 10**10
"""Smaller numbers are more likely a year or a day than milliseconds since 1970 (this is in April 1970)."""


class TimeRange(NamedTuple):
    """Milliseconds since 1970 in UTC, both ends included; None for an end that is open.

    An instant begins where it ends. `str` writes it as people type it: `2001`, `2001-08`, `2001-08-05` for the whole
    of a year, month or day, `2001-08-05 12:39:55` for an instant, and two of them with `/` between for other ranges.
    """

    begin: int | None
    end: int | None

    def parameter(self) -> str:
        """Return it as the parameter `time` of the ArcGIS REST API."""
        if self.begin == self.end:
            return str(self.begin)
        return ",".join("null" if limit is None else str(limit) for limit in self)

    def touches(self, begin: int | None, end: int | None) -> bool:
        """Whether it has a moment in common with another range; None is an open end."""
        is_late = self.begin is not None and end is not None and self.begin > end
        is_early = self.end is not None and begin is not None and self.end < begin
        return not (is_late or is_early)

    def distance(self, other: TimeRange) -> int:
        """Return how many milliseconds lie between the nearest ends of two ranges; 0 where they touch."""
        if self.touches(*other):
            return 0
        gaps = [
            abs(one - two)
            for one, two in ((self.begin, other.end), (self.end, other.begin))
            if one is not None and two is not None
        ]
        return min(gaps)

    def __str__(self) -> str:
        """Return it as people type it, in UTC."""
        if self.begin is not None and self.begin == self.end:
            return moment_text(self.begin)
        for length in (_YEAR, _MONTH, _DAY):
            ends = [_period_text(self.begin, length, is_end=False), _period_text(self.end, length, is_end=True)]
            if all(ends):
                return "/".join(dict.fromkeys(ends))
        return "/".join(OPEN_END if limit is None else moment_text(limit) for limit in self)


def period(*numbers: int) -> TimeRange:
    """Return the whole of a year, of a month (year, month) or of a day (year, month, day).

    Raises:
        ValueError: there is no such date.
        OverflowError: it is beyond the years 1 to 9999.
    """
    year, month, day = (*numbers, 1, 1)[:3]
    first = date(year, month, day)
    if len(numbers) == _DAY:
        last = first
    elif len(numbers) == _MONTH:
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    else:
        last = date(year, 12, 31)
    begin, end = (milliseconds(datetime(at.year, at.month, at.day, tzinfo=timezone.utc)) for at in (first, last))
    return TimeRange(begin, end + timedelta(days=1) // _MILLISECOND - 1)


def without_qt(value: Any) -> Any:
    """Return Python's datetime or date for a QDateTime or QDate, and any other value as it is; Qt is not imported."""
    for method in ("toPyDateTime", "toPyDate"):
        if hasattr(value, method):
            return getattr(value, method)()
    return value


def day_of(value: int) -> TimeRange:
    """Return the whole of the day, in UTC, in which a moment is."""
    moment = moment_of(value)
    return period(moment.year, moment.month, moment.day)


def read_parameter(text: str) -> TimeRange | None:
    """Read what `TimeRange.parameter` wrote; None for anything else."""
    try:
        limits = [None if limit == "null" else int(limit) for limit in text.split(",")]
    except ValueError:
        return None
    return TimeRange(limits[0], limits[-1]) if len(limits) in (1, 2) and any(at is not None for at in limits) else None


def milliseconds(moment: datetime) -> int:
    """Return a moment, which has a zone, in milliseconds since 1970."""
    return (moment - _EPOCH) // _MILLISECOND


def moment_of(value: int) -> datetime:
    """Return the moment that milliseconds since 1970 stand for, in UTC.

    Raises:
        OverflowError: it is beyond the years 1 to 9999.
    """
    return _EPOCH + value * _MILLISECOND


def moment_text(value: int) -> str:
    """Return a moment, to the second where that is all there is to say."""
    try:
        moment = moment_of(value)
    except OverflowError:
        return str(value)
    fraction = f".{moment.microsecond // 1000:03d}" if moment.microsecond else ""
    return f"{day_text(value)} {moment.hour:02d}:{moment.minute:02d}:{moment.second:02d}{fraction}"


def zone_offset(zone: str) -> timedelta:
    """Return how far a zone is ahead of UTC: `Z`, or hours and minutes as `+02:00` or `+0200`."""
    if zone in ("Z", "z"):
        return timedelta(0)
    sign = -1 if zone[0] == "-" else 1
    return sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))


def day_text(value: int) -> str:
    """Return the day of a moment."""
    return _date_text(moment_of(value), _DAY)


def _date_text(moment: datetime, length: int) -> str:
    return "-".join((f"{moment.year:04d}", f"{moment.month:02d}", f"{moment.day:02d}")[:length])


def _period_text(limit: int | None, length: int, *, is_end: bool) -> str:
    """Return the year, month or day that begins, or ends, with a moment; empty where none does."""
    if limit is None:
        return OPEN_END
    try:
        moment = moment_of(limit)
        found = period(*(moment.year, moment.month, moment.day)[:length])
    except (ValueError, OverflowError):
        return ""
    return _date_text(moment, length) if limit == found[is_end] else ""
