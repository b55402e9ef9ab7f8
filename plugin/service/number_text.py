"""Numbers in sentences and reports: with a decimal point, the same in every country, and without noise."""

from __future__ import annotations

import math

# Beyond this, not every whole number is a float.
_LARGEST_WHOLE = 2**53
# A computed number (1/3 as 0.333…) needs no more digits: they tell a millimeter in the girth of the Earth.
_READABLE_DIGITS = 10
_MEANT_DIGITS = 12


def readable_number(value: float, resolution: float | None = None) -> str:
    """Return a number for a sentence or a report, without the noise of floating point.

    `resolution` is the size of what can be told apart, such as a cell's for coordinates: digits that stand for less
    than a hundredth of it are left out. Without one, a number of more than 12 digits is rounded to 10.
    """
    if resolution and math.isfinite(value) and math.isfinite(resolution):
        value = round(value, 2 - math.floor(math.log10(resolution)))
    if math.isfinite(value) and float(value).is_integer() and abs(value) <= _LARGEST_WHOLE:
        return str(int(value))
    exact = format(value, f".{_MEANT_DIGITS}g")
    return exact if float(exact) == value else format(value, f".{_READABLE_DIGITS}g")
