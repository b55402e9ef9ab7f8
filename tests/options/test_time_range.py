"""Times that touch and times that do not, to the millisecond, and how far they lie apart."""

from __future__ import annotations

import pytest

from image_server_layer.plugin.options.time_range import TimeRange, period, read_parameter

RANGE = TimeRange(100, 200)


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [
        (0, 99, False),
        (0, 100, True),
        (100, 100, True),
        (150, 150, True),
        (200, 200, True),
        (200, 300, True),
        (201, 300, False),
        (0, 300, True),
        (None, 99, False),
        (None, 100, True),
        (200, None, True),
        (201, None, False),
        (None, None, True),
    ],
)
def test_both_ends_belong_to_a_range(begin: int | None, end: int | None, expected: bool) -> None:
    assert RANGE.touches(begin, end) is expected
    assert TimeRange(begin, end).touches(*RANGE) is expected


@pytest.mark.parametrize(
    ("other", "distance"),
    [
        (TimeRange(0, 99), 1),
        (TimeRange(201, 300), 1),
        (TimeRange(250, None), 50),
        (TimeRange(None, 40), 60),
        (TimeRange(0, 100), 0),
        (TimeRange(120, 130), 0),
    ],
)
def test_a_distance_is_that_of_the_nearest_ends(other: TimeRange, distance: int) -> None:
    assert RANGE.distance(other) == other.distance(RANGE) == distance


def test_months_do_not_touch_each_other() -> None:
    june, july = period(2020, 6), period(2020, 7)
    assert not june.touches(*july)
    assert june.distance(july) == 1
    assert period(2020).touches(*july)


@pytest.mark.parametrize("time", [RANGE, TimeRange(5, 5), TimeRange(None, 5), TimeRange(-5, None)])
def test_what_goes_to_servers_comes_back(time: TimeRange) -> None:
    assert read_parameter(time.parameter()) == time


@pytest.mark.parametrize("text", ["", "x", "null", "null,null", "1,2,3", "1;2", "1.5"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert read_parameter(text) is None
