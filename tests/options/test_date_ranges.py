"""When layers of single dates are shown: as long as the date lasts, and no two at once."""

from __future__ import annotations

import pytest

from image_server_layer.plugin.options.arcgis_arguments import time
from image_server_layer.plugin.options.date_ranges import dated_frames
from image_server_layer.plugin.options.time_range import TimeRange


def instant(text: str) -> TimeRange:
    """Return the first moment of a time."""
    found = time(text)
    assert found is not None
    return TimeRange(found.begin, found.begin)


def whole(text: str) -> TimeRange:
    found = time(text)
    assert found is not None
    return found


def shown(*dates: TimeRange, until_next: bool = False) -> list[str]:
    return [str(frame.shown) for frame in dated_frames(dates, until_next=until_next)]


def test_midnight_is_shown_for_its_day_and_other_moments_for_their_second() -> None:
    assert shown(instant("2020-03-01")) == ["2020-03-01 00:00:00/2020-03-01 23:59:59"]
    assert shown(instant("2001-08-05 12:39:55")) == ["2001-08-05 12:39:55"]


def test_ranges_that_touch_or_overlap_end_a_second_before_the_next() -> None:
    january, touching = whole("2020-01"), TimeRange(whole("2020-02").begin, whole("2020-03").end)
    overlapping = whole("2020-03")
    assert shown(january, touching, overlapping) == [
        "2020-01-01 00:00:00/2020-01-31 23:59:59",
        "2020-02-01 00:00:00/2020-02-29 23:59:59",
        "2020-03-01 00:00:00/2020-03-31 23:59:59",
    ]


def test_dates_are_shown_until_the_next_where_that_is_wanted() -> None:
    assert shown(instant("2020-03-01"), instant("2020-01-31"), until_next=True) == [
        "2020-01-31 00:00:00/2020-02-29 23:59:59",
        "2020-03-01 00:00:00/2020-03-01 23:59:59",
    ]


@pytest.mark.parametrize("until_next", [False, True])
def test_dates_of_the_same_second_are_one(until_next: bool) -> None:
    one, other = TimeRange(1_000_200, 1_000_200), TimeRange(1_000_700, 1_005_000)
    (frame,) = dated_frames([other, one], until_next=until_next)
    assert (frame.date, frame.shown) == (TimeRange(1_000_200, 1_005_000), TimeRange(1_000_000, 1_005_000))
    assert dated_frames([], until_next=until_next) == ()
