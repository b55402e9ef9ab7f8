"""Round numbers and dates along an axis."""

from __future__ import annotations

import math
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

from ...plugin.service.number_text import readable_number

Range = tuple[float, float]

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_SECOND, _MINUTE, _HOUR, _DAY = 1000, 60_000, 3_600_000, 86_400_000
_STEPS_IN_TIME = tuple(
    [_SECOND * count for count in (1, 5, 15, 30)]
    + [_MINUTE * count for count in (1, 5, 15, 30)]
    + [_HOUR * count for count in (1, 3, 6, 12)]
    + [_DAY * count for count in (1, 2, 7, 14)]
)
_STEPS_IN_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200)
_NOISE = 1e-9
_MONTH = 365.25 / 12 * _DAY


class Tick(NamedTuple):
    """A place on an axis, and what is written there."""

    value: float
    text: str


def widened(low: float, high: float) -> Range:
    """Return a range with something in it, and some room at either end."""
    margin = (high - low) * 0.05 if high > low else abs(low) * 0.05 or 1.0
    return low - margin, high + margin


def number_ticks(low: float, high: float, most: int) -> list[Tick]:
    """Return round numbers in a range, at most so many: 1, 2 or 5 times a power of ten apart."""
    if not math.isfinite(high - low):
        return []
    step = _round_step((high - low) / max(most, 1))
    first, last = _numbers(low, high, step)
    # Not a sum of steps, which would not be round.
    return [Tick(number * step, readable_number(round(number * step, 12))) for number in range(first, last + 1)]


def whole_ticks(low: float, high: float, most: int) -> list[Tick]:
    """Return whole numbers in a range, at most so many."""
    step = max(1, math.ceil(_round_step((high - low) / max(most, 1))))
    first, last = _numbers(low, high, step)
    return [Tick(number * step, str(number * step)) for number in range(first, last + 1)]


def time_ticks(low: float, high: float, most: int) -> list[Tick]:
    """Return round moments in a range of milliseconds since 1970 in UTC, at most so many."""
    wanted = (high - low) / max(most, 1)
    for step in _STEPS_IN_TIME:
        if step >= wanted:
            numbers = range(math.ceil(low / step), math.floor(high / step) + 1)
            return [Tick(number * step, _moment(number * step, step)) for number in numbers]
    months = next((count for count in _STEPS_IN_MONTHS if count * _MONTH >= wanted * 0.99), _STEPS_IN_MONTHS[-1])
    return _month_ticks(low, high, months)


def _month_ticks(low: float, high: float, months: int) -> list[Tick]:
    ticks = []
    begin = _at(low)
    number = -(-(begin.year * 12 + begin.month - 1) // months) * months
    while number < 9999 * 12:
        moment = datetime(max(number // 12, 1), number % 12 + 1, 1, tzinfo=timezone.utc)
        value = (moment - _EPOCH) / timedelta(milliseconds=1)
        if value > high:
            break
        if value >= low:
            ticks.append(Tick(value, f"{moment.year:04d}" if months >= 12 else f"{moment.year:04d}-{moment.month:02d}"))
        number += months
    return ticks


def _moment(value: float, step: int) -> str:
    moment = _at(value)
    if step >= _DAY:
        return f"{moment.year:04d}-{moment:%m-%d}"
    return f"{moment:%H:%M}" if step >= _MINUTE else f"{moment:%H:%M:%S}"


def _at(value: float) -> datetime:
    """Return a moment, held within the years that can be written."""
    try:
        return _EPOCH + timedelta(milliseconds=value)
    except OverflowError:
        return datetime(1 if value < 0 else 9999, 1, 1, tzinfo=timezone.utc)


def _numbers(low: float, high: float, step: float) -> tuple[int, int]:
    """Return the first and the last multiple of a step in a range, ends included but for the noise of fractions."""
    return math.ceil(low / step - _NOISE), math.floor(high / step + _NOISE)


def _round_step(least: float) -> float:
    """Return the smallest step of 1, 2 or 5 times a power of ten that is no smaller."""
    if not math.isfinite(least) or least <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(least))
    return next((factor * power for factor in (1, 2, 5) if factor * power >= least * (1 - 1e-9)), 10 * power)
