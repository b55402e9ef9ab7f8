"""Times as people and programs write them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

from image_server_layer.plugin.options.arcgis_arguments import nearest_date, time
from image_server_layer.plugin.options.time_range import TimeRange
from image_server_layer.plugin.service.errors import OptionError


def at(*numbers: int) -> int:
    return int(datetime(*numbers, tzinfo=timezone.utc).timestamp() * 1000)  # type: ignore[misc,arg-type]


NOON = at(2001, 8, 5, 12, 39, 55)
WHOLE_DAY = TimeRange(at(2001, 8, 5), at(2001, 8, 6) - 1)


@pytest.mark.parametrize("nothing", [None, "", "#", "  ", [], ()])
def test_nothing_is_not_given(nothing: Any) -> None:
    assert time(nothing) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2001", TimeRange(at(2001, 1, 1), at(2002, 1, 1) - 1)),
        ("2001-08", TimeRange(at(2001, 8, 1), at(2001, 9, 1) - 1)),
        ("2000-02", TimeRange(at(2000, 2, 1), at(2000, 3, 1) - 1)),
        ("2001-12", TimeRange(at(2001, 12, 1), at(2002, 1, 1) - 1)),
        (" 2001-08-05 ", WHOLE_DAY),
        ("2001/8/5", WHOLE_DAY),
        (date(2001, 8, 5), WHOLE_DAY),
        ("2001-08-05 12:39:55", TimeRange(NOON, NOON)),
        ("2001-08-05T12:39:55Z", TimeRange(NOON, NOON)),
        ("2001-08-05T14:39:55+02:00", TimeRange(NOON, NOON)),
        ("2001/08/05 12:39:55", TimeRange(NOON, NOON)),
        ("2001-08-05 12:39", TimeRange(NOON - 55_000, NOON - 55_000)),
        ("2001-08-05 12:39:55.25", TimeRange(NOON + 250, NOON + 250)),
        (datetime(2001, 8, 5, 12, 39, 55), TimeRange(NOON, NOON)),
        (datetime(2001, 8, 5, 14, 39, 55, tzinfo=timezone(timedelta(hours=2))), TimeRange(NOON, NOON)),
        (NOON, TimeRange(NOON, NOON)),
        (str(NOON), TimeRange(NOON, NOON)),
        ("1905-01-01 00:00:00", TimeRange(at(1905, 1, 1), at(1905, 1, 1))),
        ("2000/2001", TimeRange(at(2000, 1, 1), at(2002, 1, 1) - 1)),
        ("2000-05-09/2001-08-05", TimeRange(at(2000, 5, 9), at(2001, 8, 6) - 1)),
        ("2000-05-09,2001-08-05 12:39:55", TimeRange(at(2000, 5, 9), NOON)),
        ("2001/08/05,2001/08/05", WHOLE_DAY),
        (f"{NOON},{NOON + 1}", TimeRange(NOON, NOON + 1)),
        (f"{NOON},null", TimeRange(NOON, None)),
        ("2001/..", TimeRange(at(2001, 1, 1), None)),
        ("../2001", TimeRange(None, at(2002, 1, 1) - 1)),
        ("2001/", TimeRange(at(2001, 1, 1), None)),
        (("2001-08-05", None), TimeRange(at(2001, 8, 5), None)),
        ([date(2001, 8, 5), date(2001, 8, 5)], WHOLE_DAY),
        (TimeRange(0, 5), TimeRange(0, 5)),
    ],
)
def test_periods_instants_and_ranges_are_read(value: Any, expected: TimeRange) -> None:
    assert time(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        "yesterday",
        "20010805",
        "2001-13",
        "2001-02-29",
        "2001-08-05 25:00",
        "2001-08/05",
        "05.08.2001",
        "1,2,3",
        "../..",
        ["2001"],
        (None, None),
        "2001/yesterday",
        2001,
        True,
        1e300,
        "99999999999999999999",
    ],
)
def test_what_is_no_time_is_refused_with_the_value(value: Any) -> None:
    with pytest.raises(OptionError, match=r"^The time “.*” cannot be read; write a date in UTC, as 2010,") as caught:
        time(value)
    assert caught.value.option == "time"


def test_a_range_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(OptionError, match=r"^The time “2002/2001” ends before it begins\.$"):
        time("2002/2001")


@pytest.mark.parametrize(
    "text",
    [
        "2001",
        "2001-08",
        "2001-08-05",
        "2001-08-05 12:39:55",
        "2001-08-05 00:00:00",
        "2001-08-05 12:39:55.250",
        "2000/2001",
        "2000-05/2001-08",
        "2000-05-09/2001-08-05",
        "2001/..",
        "../2001-08-05",
        "1969-12-31 23:59:59.999",
        "2000-05-09 12:00:00/2001-08-05 00:00:00",
        "../2001-08-05 00:00:00",
        "2001-08-05 00:00:01/..",
    ],
)
def test_a_time_as_text_is_what_can_be_typed(text: str) -> None:
    found = time(text)
    assert str(found) == text


@pytest.mark.parametrize(
    ("text", "parameter"),
    [
        ("1970-01-01 00:00:01", "1000"),
        ("1970", "0,31535999999"),
        ("1970/..", "0,null"),
        ("../1970", "null,31535999999"),
    ],
)
def test_a_time_goes_out_in_milliseconds(text: str, parameter: str) -> None:
    found = time(text)
    assert found is not None
    assert found.parameter() == parameter


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, False),
        ("", False),
        (True, True),
        (False, False),
        ("true", True),
        ("FALSE", False),
        ("yes", True),
        (1, True),
    ],
)
def test_the_nearest_date_is_wanted_or_not(value: Any, expected: bool) -> None:
    assert nearest_date(value) is expected


def test_what_is_neither_yes_nor_no_is_refused() -> None:
    with pytest.raises(OptionError, match=r"^“perhaps” is neither yes nor no; choose one of true, false\.$"):
        nearest_date("perhaps")
