"""The frames in which layers are shown that stand for one date each: no two of them in a moment.

QGIS keeps such a range to the second, both ends included; so each ends a second before the next one begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .date_groups import alone
from .time_range import TimeRange

_SECOND = 1000


class DatedFrame(NamedTuple):
    """A date that is asked for, and from when until when it is shown; both in milliseconds, both ends included."""

    date: TimeRange
    shown: TimeRange


def dated_frames(dates: Sequence[TimeRange], *, until_next: bool = False) -> tuple[DatedFrame, ...]:
    """Return a frame for each date, the earliest first; both ends of all dates are known.

    A date is shown as long as it lasts, midnight for its day; with `until_next` until the next one, the last one as
    long as it lasts. Dates that begin in the same second cannot be told apart by QGIS, and are one.
    """
    joined: dict[int, TimeRange] = {}
    for date in sorted(dates, key=lambda date: (date.begin or 0, date.end or 0)):
        begin = _second(date.begin or 0)
        earlier = joined.get(begin)
        joined[begin] = date if earlier is None else TimeRange(earlier.begin, max(earlier.end or 0, date.end or 0))
    begins = list(joined)
    frames = []
    for begin, following in zip(begins, [*begins[1:], None]):
        end = _second(alone(joined[begin]).end or 0)
        if following is not None:
            end = following - _SECOND if until_next else min(end, following - _SECOND)
        frames.append(DatedFrame(joined[begin], TimeRange(begin, end)))
    return tuple(frames)


def _second(milliseconds: int) -> int:
    return milliseconds // _SECOND * _SECOND
