"""Numbers as people type them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from image_server_layer.plugin.options.numerals import (
    read_decimal,
    read_number,
    read_whole_number,
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (3, 3),
        (-3.5, -3.5),
        ("3", 3),
        (" +3 ", 3),
        ("-3.5", -3.5),
        (".5", 0.5),
        ("5.", 5.0),
        ("1e3", 1000.0),
        ("-1.5E-3", -0.0015),
        ("007", 7),
        pytest.param("1" + "0" * 308, 10**308, id="10**308"),
        (np.uint8(7), 7),
        (np.float64(0.5), 0.5),
    ],
)
def test_numbers_are_read_with_a_decimal_point(value: Any, expected: float) -> None:
    found = read_number(value)
    assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        False,
        "",
        "3,5",
        "1 000",
        "1_000",
        "0x10",
        "nan",
        "inf",
        "1e999",
        pytest.param("9" * 320, id="320 digits"),
        pytest.param("-" + "9" * 5000, id="5000 digits"),
        pytest.param(10**309, id="10**309"),
        pytest.param(-(10**400), id="-10**400"),
        "٣",
        "²",
        "3m",
        ".",
        "e3",
        "--3",
        math.nan,
        math.inf,
        [3],
        b"3",
        1j,
    ],
)
def test_everything_else_is_no_number(value: Any) -> None:
    assert read_number(value) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("28,5", 28.5),
        (" -0,125 ", -0.125),
        (",5", 0.5),
        ("1,5e-4", 1.5e-4),
        ("289061,250", 289061.25),
        ("28.5", 28.5),
        ("30", 30),
        (30, 30),
        (2.5, 2.5),
        # Either may be meant.
        ("1,500", None),
        ("-120,000", None),
        ("1,000,000", None),
        ("1,5,2", None),
        ("30,", None),
        ("30, 5", None),
        ("1.000,5", None),
        (",", None),
        ("1,9e999", None),
        ("many", None),
        (None, None),
        (True, None),
    ],
)
def test_decimals_may_stand_behind_a_comma_where_nothing_else_can_be_meant(value: Any, expected: float | None) -> None:
    assert read_decimal(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(3, 3), ("3", 3), (3.0, 3), ("3.0", None), (3.5, None), ("3e0", None), (True, None), ("x", None)],
)
def test_whole_numbers_are_told_from_others(value: Any, expected: int | None) -> None:
    assert read_whole_number(value) == expected
