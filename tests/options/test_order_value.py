"""Base values: numbers and dates."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

import numpy as np
import pytest

from image_server_layer.plugin.options.order_value import find_field, order_value
from image_server_layer.plugin.service.errors import OptionError
from image_server_layer.plugin.service.image_service import Field
from image_server_layer.tests.options.services import MOSAIC

DATE = Field("Acquired", "Acquired", "esriFieldTypeDate")
WHOLE = Field("Best", "Best", "esriFieldTypeInteger")
DECIMAL = Field("CloudCover", "Cloud cover", "esriFieldTypeDouble")
TEXT = Field("Name", "Name", "esriFieldTypeString")
NEW_YORK = timezone(timedelta(hours=-5))


class QDate:
    """As PyQt's: it knows how to become Python's."""

    def toPyDate(self) -> date:  # noqa: N802
        return date(2010, 12, 31)


class QDateTime:
    def toPyDateTime(self) -> datetime:  # noqa: N802
        return datetime(2010, 12, 31, 10, 20, 30, 999000)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2010/12/31", "2010/12/31"),
        ("2010-12-31", "2010/12/31"),
        (" 2010-1-2 ", "2010/01/02"),
        ("2010/12/31 10:20:30", "2010/12/31 10:20:30"),
        ("2010/12/31 10:20", "2010/12/31 10:20:00"),
        ("2010-12-31T10:20:30Z", "2010/12/31 10:20:30"),
        ("2010-12-31t10:20:30z", "2010/12/31 10:20:30"),
        ("2010-12-31T10:20:30.123456", "2010/12/31 10:20:30"),
        ("2010-12-31T00:00:00Z", "2010/12/31"),
        ("2010-12-31T23:30:00-01:00", "2011/01/01 00:30:00"),
        ("2010-12-31T23:30:00 +0200", "2010/12/31 21:30:00"),
        ("0001-01-01", "0001/01/01"),
        (date(2010, 12, 31), "2010/12/31"),
        (datetime(2010, 12, 31), "2010/12/31"),
        (datetime(2010, 12, 31, 0, 0, 0, 5), "2010/12/31"),
        (datetime(2010, 12, 31, 10, 20, 30), "2010/12/31 10:20:30"),
        (datetime(2010, 12, 31, 20, tzinfo=NEW_YORK), "2011/01/01 01:00:00"),
        (QDate(), "2010/12/31"),
        (QDateTime(), "2010/12/31 10:20:30"),
        (1293753600000, "2010/12/31"),
        ("1293790830000", "2010/12/31 10:20:30"),
        (1293790830123.0, "2010/12/31 10:20:30"),
        (np.int64(1293753600000), "2010/12/31"),
        (-1293753600000, "1929/01/02"),
    ],
)
def test_a_date_is_read_in_many_spellings_and_goes_out_in_one_in_utc(value: Any, expected: str) -> None:
    assert order_value(value, DATE) == expected


@pytest.mark.parametrize(
    "value",
    [
        "31/12/2010",
        "2010/13/31",
        "2010/02/30",
        "2010-12/31",
        "2010",
        2010,
        0,
        "yesterday",
        "2010-12-31T25:00",
        True,
        "12/31/2010",
        "2010-12-31T10",
        "20101231",
        10**30,
        "0001-01-01T00:00:00+02:00",
    ],
)
def test_what_is_no_date_is_refused_for_a_date_field(value: Any) -> None:
    with pytest.raises(OptionError) as raised:
        order_value(value, DATE)
    assert raised.value.option == "order_base_value"
    assert raised.value.message == (
        f"The order base value “{value}” is no date, but the field Acquired holds dates; write it as 2010/12/31."
    )


@pytest.mark.parametrize(
    ("value", "expected"), [("3", 3), (3, 3), ("3.5", 3.5), ("3,5", 3.5), ("-1e3", -1000.0), (" 0 ", 0), (0, 0)]
)
@pytest.mark.parametrize("field", [WHOLE, DECIMAL])
def test_a_number_stays_what_it_is(value: Any, expected: float, field: Field) -> None:
    found = order_value(value, field)
    assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize("value", ["3,500", "1 000", "many", "2010/12/31", date(2010, 12, 31), True, float("nan")])
def test_what_is_no_number_is_refused_for_a_field_of_numbers(value: Any) -> None:
    with pytest.raises(OptionError) as raised:
        order_value(value, DECIMAL)
    assert raised.value.option == "order_base_value"
    assert raised.value.message == (
        f"The order base value “{value}” is no number, but the field CloudCover holds numbers; "
        "write it with a decimal point and without blanks, as 3.5."
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("3", 3),
        (3.5, 3.5),
        ("2010-12-31T10:20:30Z", "2010/12/31 10:20:30"),
        (date(2010, 12, 31), "2010/12/31"),
        (" summer ", "summer"),
        ("3,5", "3,5"),
    ],
)
@pytest.mark.parametrize("field", [None, TEXT])
def test_without_a_field_of_numbers_or_dates_the_value_decides(value: Any, expected: Any, field: Field | None) -> None:
    assert order_value(value, field) == expected


def test_a_field_is_found_without_regard_to_case() -> None:
    assert find_field("CLOUDCOVER", MOSAIC) == Field("CloudCover", "Cloud cover", "esriFieldTypeDouble")
    assert find_field("Cloud cover", MOSAIC) is None
    assert find_field("CloudCover", None) is None
