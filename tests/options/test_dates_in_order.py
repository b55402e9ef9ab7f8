"""Dates in their order, some of which last: which of them is found for a time."""

from __future__ import annotations

import pytest

from image_server_layer.plugin.options.dates_in_order import DatesInOrder
from image_server_layer.plugin.options.time_range import TimeRange
from image_server_layer.plugin.service.time_info import CatalogDate

# The second one lasts until after all others have begun.
DATES = DatesInOrder([CatalogDate(begin, end, 1) for begin, end in ((10, 10), (20, 90), (30, 30), (50, 60))])


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [
        (0, 9, None),
        (0, 10, 10),
        (11, 19, None),
        (None, 5, None),
        (None, 35, 10),
        (25, 26, 20),
        (61, 90, 20),
        (91, None, None),
        (None, None, 10),
    ],
)
def test_the_first_date_of_a_time_is_found(begin: int | None, end: int | None, expected: int | None) -> None:
    found = DATES.first_touching(TimeRange(begin, end))
    assert (None if found is None else found.begin) == expected


def test_the_whole_reaches_to_where_the_last_one_ends() -> None:
    assert DATES.whole == TimeRange(10, 90)
    assert DATES.last_begin == 50
    assert not DatesInOrder()
    assert DatesInOrder().first_touching(TimeRange(0, None)) is None
