"""Nodata and compression quality, as people type them."""

from __future__ import annotations

import math
import sys
from typing import Any

import pytest

from image_server_layer.plugin.options import arcgis_arguments as read
from image_server_layer.plugin.service.errors import OptionError


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, (0,)),
        ("0", (0,)),
        (255.5, (255.5,)),
        ("0;255", (0, 255)),
        ("0,255,1", (0, 255, 1)),
        ("0 255", (0, 255)),
        ([0, "255"], (0, 255)),
        ("-3.4028234663852886e+38", (-3.4028234663852886e38,)),
        # The limits of double precision in 15 digits, as ArcGIS prints them.
        ("-1.79769313486232e+308", (-sys.float_info.max,)),
        ("1.79769313486232E308 0", (sys.float_info.max, 0)),
        (-1.7976931348623157e308, (-sys.float_info.max,)),
    ],
)
def test_nodata_is_one_value_or_one_for_each_band(value: Any, expected: tuple[float, ...]) -> None:
    assert read.nodata(value) == expected


@pytest.mark.parametrize("value", ["nan", "NaN", math.nan, ["nan"]])
def test_nodata_may_be_not_a_number(value: Any) -> None:
    (only,) = read.nodata(value)
    assert math.isnan(only)


@pytest.mark.parametrize("value", ["white", "0;x", True, math.inf, [None]])
def test_what_is_no_nodata_value_is_refused(value: Any) -> None:
    with pytest.raises(OptionError) as raised:
        read.nodata(value)
    assert raised.value.option == "nodata"
    assert raised.value.message == (
        f"“{value}” is no nodata value; give one number with a decimal point, or one for each band."
    )


@pytest.mark.parametrize(("value", "expected"), [(1, 1), ("75", 75), (100, 100), (80.0, 80)])
def test_a_compression_quality_is_a_whole_number(value: Any, expected: int) -> None:
    assert read.compression_quality(value) == expected


@pytest.mark.parametrize("value", [0, 101, "75.5", 75.5, "high", True, -1, 10000])
def test_a_compression_quality_out_of_range_is_refused(value: Any) -> None:
    with pytest.raises(OptionError) as raised:
        read.compression_quality(value)
    assert raised.value.option == "compression_quality"
    assert raised.value.message == f"“{value}” is no compression quality; give a whole number from 1 to 100."
