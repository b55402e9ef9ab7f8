"""What pixels mean, and how they are packed: nodata and the quality of JPEG."""

from __future__ import annotations

import math
import sys
from typing import Any

from ...service.errors import OptionError
from ...translation import tr
from ..numerals import read_number, read_whole_number
from ..sentences import shortened
from .given import is_given, parts

# The limits of double precision as ArcGIS prints them, rounded to 15 digits and thus out of range.
_ROUNDED_LIMITS = {"1.79769313486232e308": sys.float_info.max, "-1.79769313486232e308": -sys.float_info.max}


def nodata(value: Any) -> tuple[float, ...]:
    """Return one nodata value for all bands, or one for each; in a text, `;`, `,` or blanks separate. `nan` is one."""
    if not is_given(value):
        return ()
    values = [_value(part) for part in parts(value, r"[\s,;]+")]
    if None in values:
        raise OptionError(
            "nodata",
            tr("“{value}” is no nodata value; give one number with a decimal point, or one for each band.").format(
                value=shortened(value)
            ),
        )
    return tuple(found for found in values if found is not None)


def compression_quality(value: Any) -> int | None:
    """Return the JPEG quality, 1 (worst) to 100."""
    if not is_given(value):
        return None
    quality = read_whole_number(value)
    if quality is None or not 1 <= quality <= 100:
        raise OptionError(
            "compression_quality",
            tr("“{value}” is no compression quality; give a whole number from 1 to 100.").format(
                value=shortened(value)
            ),
        )
    return quality


def _value(part: Any) -> float | None:
    text = part.strip().casefold() if isinstance(part, str) else ""
    if text == "nan" or (isinstance(part, float) and math.isnan(part)):
        return math.nan
    return _ROUNDED_LIMITS.get(text.replace("e+", "e"), read_number(part))
