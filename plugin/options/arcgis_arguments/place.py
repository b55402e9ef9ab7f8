"""Where and how fine: the template extent, the cell size and the viewpoint."""

from __future__ import annotations

import re
from typing import Any

from ...service.errors import OptionError
from ...service.extent import Extent
from ...translation import tr
from ..numerals import read_number
from ..sentences import shortened
from .given import is_given, is_list, numbers

# As QGIS writes a place where decimals stand behind a comma.
_WITH_DECIMAL_COMMAS = re.compile(r"\s*[+-]?\d+(?:,\d+)?\s*[;\s]\s*[+-]?\d+(?:,\d+)?\s*")
# Values of ArcGIS' extent parameter that leave it to the input: here, the full extent of the service.
_FULL_EXTENT_KEYWORDS = ("default", "maxof", "minof")


def is_cell_size_text(text: str) -> bool:
    """Whether the text is meant as numbers, for `cell_size`, rather than as the name of a layer."""
    return re.fullmatch(r"[\s.+-]*\d[\d\s.,;+eE-]*", text) is not None


def cell_size(value: Any) -> tuple[float, float] | None:
    """Return width and height of a cell, in units of the service's CRS, from one number for both, or from two.

    In a text, a blank or `;` stands between the two; decimals come after a point or a comma.
    """
    if not is_given(value):
        return None
    sizes = numbers(value, r"[\s;]+")
    if sizes is None or len(sizes) not in (1, 2) or min(sizes) <= 0:
        raise OptionError(
            "cell_size",
            tr(
                "“{value}” is no cell size; give one or two positive numbers with a decimal point, as 30 or 30 20.5."
            ).format(value=shortened(value)),
        )
    return sizes[0], sizes[-1]


def is_extent_text(value: Any) -> bool:
    """Whether the value is numbers or a keyword, for `extent_text`, rather than the name of a layer or a path."""
    if not isinstance(value, str):
        return is_list(value)
    if not is_given(value) or value.strip().casefold() in _FULL_EXTENT_KEYWORDS:
        return True
    words = re.split(r"[\s,;]+", re.sub(r"\[.*\]\s*$", "", value).strip())
    return len(words) > 1 and all(
        read_number(word) is not None or word.lstrip("+-").casefold() in ("nan", "inf") for word in words
    )


def extent_text(value: Any) -> tuple[Extent, str] | None:
    """Return an extent and the authority id of its CRS, which is empty for the service's own.

    Four numbers in a list, or with blanks between, are ArcGIS' `xmin ymin xmax ymax`; with commas between they are
    QGIS' `xmin,xmax,ymin,ymax [authid]`. Z and M of an arcpy extent, always NaN, are left out. None is "not given", or
    ArcGIS' `DEFAULT` and `MAXOF`.
    """
    if not is_given(value) or (isinstance(value, str) and value.strip().casefold() in _FULL_EXTENT_KEYWORDS):
        return None
    match = re.fullmatch(r"([^\[]*)(?:\[(.*)\])?\s*", value) if isinstance(value, str) else None
    given, authid = (match[1], match[2] or "") if match else (value, "")
    is_qgis_text = isinstance(given, str) and "," in given
    if isinstance(given, str):
        given = re.sub(r"(?:\s+NaN){4}\s*$", "", given, flags=re.IGNORECASE)
    edges = numbers(given, r"\s*,\s*" if is_qgis_text else r"\s+")
    if edges is not None and len(edges) == 4:
        first, second, third, fourth = edges
        extent = Extent(first, third, second, fourth) if is_qgis_text else Extent(*edges)
        if extent.is_valid():
            return extent, authid.strip()
    raise OptionError(
        "extent",
        tr(
            "The template extent “{value}” is unusable; give xmin ymin xmax ymax, or with commas xmin,xmax,ymin,ymax, "
            "each minimum below its maximum."
        ).format(value=shortened(value)),
    )


def point(value: Any) -> tuple[float, float] | None:
    """Return x and y from a pair, or from a text with `,`, `;` or a blank between them; None for anything else.

    Where no comma separates them, decimals may come after one.
    """
    if isinstance(value, str) and _WITH_DECIMAL_COMMAS.fullmatch(value):
        value = value.replace(",", ".")
    found = numbers(value, r"\s*[,;]\s*|\s+")
    return None if found is None or len(found) != 2 else (found[0], found[1])


def viewpoint(value: Any) -> tuple[float, float] | None:
    """Return the ground point, in the service's CRS, as `point` reads it."""
    if not is_given(value):
        return None
    found = point(value)
    if found is None:
        raise OptionError(
            "viewpoint",
            tr("“{value}” is no point; give x and y in the service's coordinate reference system.").format(
                value=shortened(value)
            ),
        )
    return found
