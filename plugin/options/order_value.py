"""The base value of the mosaic method "by attribute": the raster nearest to that number or date is drawn on top."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from ..service.errors import OptionError
from ..service.image_service import Field, Mosaic
from ..translation import tr
from .numerals import read_decimal, read_number
from .sentences import shortened
from .time_range import SMALLEST_EPOCH, without_qt, zone_offset

_DATE = re.compile(
    r"""(?P<year>\d{4})(?P<separator>[-/])(?P<month>\d{1,2})(?P=separator)(?P<day>\d{1,2})
    (?:[T\ ]\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?
    \s*(?P<zone>Z|[+-]\d{2}:?\d{2})?)?""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def find_field(name: str, mosaic: Mosaic | None) -> Field | None:
    """Return the catalog's field of that name; case does not matter, as it does not to the server."""
    fields = () if mosaic is None else mosaic.fields
    return next((field for field in fields if field.name.casefold() == name.casefold()), None)


def order_value(value: Any, field: Field | None) -> str | float:
    """Return a base value as the mosaic rule takes it: a number, or a date as `yyyy/MM/dd[ HH:mm:ss]` in UTC.

    Dates come as such text (with `/` or `-`, a blank or `T`, an optional zone), as Python's or Qt's dates and times, or
    as milliseconds since 1970. What has no zone is in UTC; midnight is left out. Where the field is unknown, the value
    itself decides; a text that is neither number nor date, or belongs to a field of texts, comes back as it is.

    Raises:
        OptionError: the value does not fit the type of the field.
    """
    moment = _moment(value)
    found = read_number(value)
    if field is None or not (field.is_numeric or field.is_date):
        if moment is not None:
            return _date_text(moment)
        return str(value).strip() if found is None else found
    if field.is_date:
        if moment is None and found is not None and abs(found) >= SMALLEST_EPOCH:
            moment = _moment_of_epoch(found)
        if moment is None:
            raise OptionError(
                "order_base_value",
                tr(
                    "The order base value “{value}” is no date, but the field {field} holds dates; "
                    "write it as 2010/12/31."
                ).format(value=shortened(value), field=field.name),
            )
        return _date_text(moment)
    found = read_decimal(value)
    if found is None:
        raise OptionError(
            "order_base_value",
            tr(
                "The order base value “{value}” is no number, but the field {field} holds numbers; "
                "write it with a decimal point and without blanks, as 3.5."
            ).format(value=shortened(value), field=field.name),
        )
    return found


def _moment(value: Any) -> datetime | None:
    """Return the moment that a date, a time or a text stands for, in UTC; None for anything else."""
    value = without_qt(value)
    if isinstance(value, datetime):
        return value.replace(tzinfo=timezone.utc) if value.tzinfo is None else value.astimezone(timezone.utc)
    if isinstance(value, date):
        return datetime.combine(value, time(tzinfo=timezone.utc))
    match = _DATE.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    names = ("year", "month", "day", "hour", "minute", "second")
    year, month, day, hour, minute, second = (int(match[name] or 0) for name in names)
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=timezone.utc) - zone_offset(match["zone"] or "Z")
    except (ValueError, OverflowError):
        return None


def _moment_of_epoch(milliseconds: float) -> datetime | None:
    try:
        return _EPOCH + timedelta(milliseconds=milliseconds)
    except OverflowError:
        return None


def _date_text(moment: datetime) -> str:
    text = f"{moment.year:04d}/{moment.month:02d}/{moment.day:02d}"
    return text if moment.time().replace(microsecond=0) == time() else f"{text} {moment:%H:%M:%S}"
