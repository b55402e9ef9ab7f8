"""Numbers as people read them."""

from __future__ import annotations

import math

import pytest

from image_server_layer.plugin.service.number_text import readable_number


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (30, "30"),
        (30.0, "30"),
        (28.5, "28.5"),
        (0.1, "0.1"),
        (0.30000000000000004, "0.3"),
        (89.99406734945116, "89.99406735"),
        (1 / 3, "0.3333333333"),
        (9.25925925925927e-05, "9.259259259e-05"),
        (9114832.123456789, "9114832.123"),
        (1234567890123, "1234567890123"),
        (-3.4028234663852886e38, "-3.402823466e+38"),
        (1e300, "1e+300"),
        (math.nan, "nan"),
        (math.inf, "inf"),
    ],
)
def test_a_number_is_without_noise(value: float, text: str) -> None:
    assert readable_number(value) == text


@pytest.mark.parametrize(
    ("value", "resolution", "text"),
    [
        (288776.2600000001, 28.5, "288776.3"),
        (-34.899999999999, 0.000278, "-34.9"),
        (-34.9123456789, 0.000278, "-34.912346"),
        (123456.789, 1000.0, "123460"),
        (4.1, 0.0, "4.1"),
        (math.nan, 10.0, "nan"),
    ],
)
def test_digits_below_a_hundredth_of_a_cell_are_left_out(value: float, resolution: float, text: str) -> None:
    assert readable_number(value, resolution) == text


def test_a_digit_that_is_left_out_is_less_than_a_hundredth_of_a_cell() -> None:
    for cell in (0.000277, 0.5, 3.125, 28.5, 90.0, 1000.0):
        assert abs(float(readable_number(1 / 7 * 1000, cell)) - 1 / 7 * 1000) <= cell / 100
