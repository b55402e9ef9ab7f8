"""Numbers as people type them, read the same way in every country: decimals stand behind a point.

Where nothing else can be meant, as commas separate nothing there, they may stand behind a comma.
"""

from __future__ import annotations

import math
import numbers
import re
import sys
from typing import Any

_NUMERAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_WHOLE = re.compile(r"[+-]?[0-9]+")
_WITH_COMMA = re.compile(r"([+-]?[0-9]*),([0-9]+)((?:[eE][+-]?[0-9]+)?)")
# 1,500 is one and a half in one country, and fifteen hundred in another.
_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}")
_LARGEST = sys.float_info.max


def read_number(value: Any) -> float | None:
    """Return the finite number that `value` is, or is the text of; None for anything else, and for True and False.

    Whole numbers stay integers, of which those are finite that a float can hold.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, numbers.Integral):
        return int(value) if abs(int(value)) <= _LARGEST else None
    if isinstance(value, numbers.Real):
        return float(value) if math.isfinite(value) else None
    if not isinstance(value, str) or not _NUMERAL.fullmatch(value.strip()) or not math.isfinite(float(value)):
        return None
    return int(value) if _WHOLE.fullmatch(value.strip()) else float(value)


def read_decimal(value: Any) -> float | None:
    """Return what `read_number` does, and of a text also the number with a comma before its decimals.

    For what stands alone, or between other separators. A text that may as well be thousands is no number.
    """
    match = _WITH_COMMA.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return read_number(value)
    return None if _THOUSANDS.fullmatch(value.strip()) else read_number(f"{match[1]}.{match[2]}{match[3]}")


def read_whole_number(value: Any) -> int | None:
    """Return the whole number that `value` is, or is the text of, and None for anything else.

    The number 3.0 is whole, the text "3.0" is not.
    """
    found = read_number(value)
    if isinstance(found, float) and not isinstance(value, str) and found.is_integer():
        return int(found)
    return found if isinstance(found, int) else None
