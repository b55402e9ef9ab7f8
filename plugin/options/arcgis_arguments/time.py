"""The time of the pixels: an instant or a range, in all the ways in which people and programs write dates."""

from __future__ import annotations

import re
from datetime import date, datetime, timezone
from typing import Any

from ...service.errors import OptionError
from ...translation import tr
from ..numerals import read_whole_number
from ..sentences import shortened
from ..time_range import (
    OPEN_END,
    SMALLEST_EPOCH,
    TimeRange,
    milliseconds,
    moment_of,
    period,
    without_qt,
    zone_offset,
)
from .given import is_given, is_list

_DATE = re.compile(
    r"""(?P<year>\d{4})(?:(?P<separator>[-/])(?P<month>\d{1,2})(?:(?P=separator)(?P<day>\d{1,2})
    (?:[T\ ]\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.(?P<fraction>\d{1,6}))?)?
    \s*(?P<zone>Z|[+-]\d{2}:?\d{2})?)?)?)?""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_OPEN = ("", OPEN_END, "null")


def time(value: Any) -> TimeRange | None:
    """Return the instant or the range of an option `time`, None where nothing was given.

    A year, a month or a day stands for the whole of it; with a time of day it is an instant. A range is two of them
    with `/` or `,` between, or a pair; `..`, `null`, None or nothing leave an end open. Texts, Python's and Qt's dates
    and times, `QgsDateTimeRange`, and milliseconds since 1970 are taken. What has no zone is in UTC.

    Raises:
        OptionError: it is none of these, or ends before it begins.
    """
    if not is_given(value):
        return None
    found = _range(value)
    if found is None or found == (None, None):
        text = tr(
            "The time “{value}” cannot be read; write a date in UTC, as 2010, 2010-12, 2010-12-31 or "
            "2010-12-31 13:30:00, or two of them with “/” between."
        )
        raise OptionError("time", text.format(value=shortened(value)))
    if found.begin is not None and found.end is not None and found.begin > found.end:
        raise OptionError("time", tr("The time “{value}” ends before it begins.").format(value=shortened(value)))
    return found


def _range(value: Any) -> TimeRange | None:
    """Return what a value stands for; None for what cannot be read."""
    if isinstance(value, TimeRange):
        return value
    if hasattr(value, "begin") and hasattr(value, "end"):
        return _of_qgis(value)
    if is_list(value):
        return _between(value[0], value[1]) if len(value) == 2 else None
    one = _one(value)
    if one is not None or not isinstance(value, str):
        return one
    # Dates may hold slashes, but no commas.
    ends = value.split("," if "," in value else "/")
    return _between(*ends) if len(ends) == 2 else None


def _between(first: Any, last: Any) -> TimeRange | None:
    ends = [TimeRange(None, None) if _is_open(end) else _one(end) for end in (first, last)]
    begin, end = ends
    return None if begin is None or end is None else TimeRange(begin.begin, end.end)


def _is_open(value: Any) -> bool:
    return value is None or (isinstance(value, str) and value.strip().lower() in _OPEN)


def _of_qgis(value: Any) -> TimeRange | None:
    """Read a `QgsDateTimeRange`, whose limits may be left out of it, or not be there."""
    limits = [limit.toMSecsSinceEpoch() if limit.isValid() else None for limit in (value.begin(), value.end())]
    begin, end = limits
    if begin is not None and begin != end:
        begin += not value.includeBeginning()
    if end is not None and limits[0] != end:
        end -= not value.includeEnd()
    return TimeRange(begin, end)


def _one(value: Any) -> TimeRange | None:
    """Return a period or an instant; None for what is neither."""
    try:
        value = without_qt(value)
        if isinstance(value, datetime):
            return _instant(value)
        if isinstance(value, date):
            return period(value.year, value.month, value.day)
        match = _DATE.fullmatch(value.strip()) if isinstance(value, str) else None
        if match is not None:
            return _read(match)
        number = read_whole_number(value)
        if number is None or abs(number) < SMALLEST_EPOCH:
            return None
        return _instant(moment_of(number))
    except (ValueError, OverflowError):
        return None


def _instant(moment: datetime) -> TimeRange:
    at = milliseconds(moment.replace(tzinfo=timezone.utc) if moment.tzinfo is None else moment)
    return TimeRange(at, at)


def _read(match: re.Match[str]) -> TimeRange:
    numbers = [int(match[name]) for name in ("year", "month", "day") if match[name] is not None]
    if match["hour"] is None:
        return period(*numbers)
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    microsecond = int((match["fraction"] or "0").ljust(6, "0"))
    year, month, day = numbers
    moment = datetime(year, month, day, hour, minute, second, microsecond, tzinfo=timezone.utc)
    return _instant(moment - zone_offset(match["zone"] or "Z"))
