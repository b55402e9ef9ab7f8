"""The parameters of the ArcGIS tool *Make Image Server Layer*, and those beyond it, as people spell them.

One function per parameter: it takes what was given (text, number, list, nothing) and returns the canonical value, or
None (an empty text, an empty tuple) for "not given", which is Python's None, an empty text and ArcGIS' `#`. What is no
such value raises `OptionError`; whether it fits a service is for `check` to say. Numbers are read the same way in every
country, with a decimal point.
"""

from __future__ import annotations

import json
import math
import os
import re
import reprlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from ..service.description import Band, ImageService
from ..service.errors import OptionError
from ..service.extent import Extent
from ..service.vocabulary import (
    METHOD_KEYWORDS,
    Interpolation,
    MosaicMethod,
    MosaicOperation,
    find_interpolation,
    find_mosaic_method,
    find_mosaic_operation,
)
from ..translation import tr
from .layer_options import RAW_PIXELS
from .numerals import number, whole_number
from .order_value import find_field, order_value
from .rendering_rule import parse_function
from .typed_lists import Item, read_items
from .wording import shortened

# What ArcGIS' extent parameter is called when it is left to the input: here, the full extent of the service.
_FULL_EXTENT_KEYWORDS = ("default", "maxof", "minof")
_SORT_ORDERS = {"ascending": True, "true": True, "descending": False, "false": False}
_NODATA_INTERPRETATIONS = {"all": True, "esrinodatamatchall": True, "any": False, "esrinodatamatchany": False}
_BANDS_NAMED = 12
_Keyword = TypeVar("_Keyword")


def is_given(value: Any) -> bool:
    """Whether a parameter was given at all; None, blanks, `#` and empty lists mean that it was not."""
    if isinstance(value, str):
        return value.strip() not in ("", "#")
    return value is not None and not (_is_list(value) and len(value) == 0)


def bands(value: Any) -> tuple[int | str, ...] | None:
    """Return band numbers, counting from 1, and band names, in the order given.

    Text is separated by `;`, or without one by `,`, or between numbers by blanks, so that names may hold blanks; a name
    that is a number or holds a separator goes into quotation marks (`'` or `"`, doubled inside). The items of a list
    are not separated.
    """
    if isinstance(value, str) and re.fullmatch(r"\s*[0-9]+(?:\s+[0-9]+)+\s*", value):
        value = value.split()
    return tuple(_band(item) for item in _items(value, ";,")) or None


def resolve_bands(wanted: Sequence[int | str], output: ImageService) -> tuple[int, ...]:
    """Return the numbers of the bands in what comes out of the processing template, as `output` describes it.

    Raises:
        OptionError: a number or a name that is not there.
    """
    return tuple(_existing_band(band, output) for band in wanted)


def find_band(wanted: int | str, service: ImageService) -> int | None:
    """Return the number of a band, from its number or its name, or None where the service has no such band.

    A name is matched as it is, then without regard to case; `Band_3` is band 3 where no band bears that name.
    """
    if isinstance(wanted, int):
        return wanted if 1 <= wanted <= len(service.bands) else None
    folded = wanted.casefold()
    found = [
        *(band.number for band in service.bands if band.name == wanted),
        *(band.number for band in service.bands if band.name.casefold() == folded),
        *(band.number for band in service.bands if f"band_{band.number}" == folded.replace(" ", "_")),
    ]
    return found[0] if found else None


def _existing_band(wanted: int | str, output: ImageService) -> int:
    found = find_band(wanted, output)
    if found is None:
        text = tr("The band “{band}” does not exist; choose from {bands}.")
        raise OptionError("bands", text.format(band=shortened(wanted), bands=bands_in_words(output.bands)))
    return found


def bands_in_words(available: Sequence[Band]) -> str:
    """Return numbers and names of bands for a sentence; of many, or of nameless ones, only the range of numbers."""
    if len(available) <= _BANDS_NAMED and any(band.has_own_name for band in available):
        return ", ".join(f"{band.number} ({band.name})" for band in available)
    return "1" if len(available) == 1 else tr("{first} to {last}").format(first=1, last=len(available))


def mosaic_method(value: Any) -> MosaicMethod | None:
    """Return the mosaic method, in any spelling of ArcGIS tools, REST API or services; `"None"` is one of them."""
    message = tr("The mosaic method “{value}” is unknown; choose one of {choices}.")
    return _keyword(value, find_mosaic_method, "mosaic_method", message, METHOD_KEYWORDS.values())


def mosaic_operation(value: Any) -> MosaicOperation | None:
    """Return the mosaic operation, in any spelling of ArcGIS tools, REST API or services."""
    message = tr("The mosaic operation “{value}” is unknown; choose one of {choices}.")
    return _keyword(value, find_mosaic_operation, "mosaic_operation", message, MosaicOperation.__members__)


def interpolation(value: Any) -> Interpolation | None:
    """Return the interpolation, in any spelling of ArcGIS tools, REST API or services."""
    message = tr("The interpolation “{value}” is unknown; choose one of {choices}.")
    return _keyword(value, find_interpolation, "interpolation", message, Interpolation.__members__)


def ascending(value: Any) -> bool | None:
    """Return whether rasters are sorted upwards, from True, False, or the tools' `ASCENDING` and `DESCENDING`."""
    message = tr("The sort order “{value}” is unknown; choose one of {choices}.")
    return _keyword(
        value, lambda text: _SORT_ORDERS.get(text.casefold()), "ascending", message, ("ASCENDING", "DESCENDING")
    )


def nodata_interpretation(value: Any) -> bool | None:
    """Return whether only a pixel that matches in all bands is nodata, from `esriNoDataMatchAll`, or `ALL` in short."""
    message = tr("The nodata interpretation “{value}” is unknown; choose one of {choices}.")
    return _keyword(
        value, lambda text: _NODATA_INTERPRETATIONS.get(text.casefold()), "nodata_matches_all", message, ("ANY", "ALL")
    )


def order_field(value: Any, service: ImageService) -> str:
    """Return the field as the catalog spells it, or as it was given where the catalog has none of that name."""
    if not is_given(value):
        return ""
    name = str(value).strip()
    field = find_field(name, service.mosaic)
    return name if field is None else field.name


def order_base_value(value: Any, field: str, service: ImageService) -> str | float | None:
    """Return the base value in the type of the field (the service's own where it is empty), after `order_value`."""
    if not is_given(value):
        return None
    own_field = "" if service.mosaic is None else service.mosaic.sort_field
    return order_value(value, find_field(field or own_field, service.mosaic))


def lock_rasters(value: Any) -> tuple[int | str, ...] | None:
    """Return the ids and names of the rasters to lock, the topmost first.

    Text is separated by `;`; digits are an id, anything else is a name. A name that is digits or holds `;` goes into
    quotation marks (`'` or `"`, doubled inside). The items of a list are not separated.
    """
    return tuple(dict.fromkeys(_raster(item) for item in _items(value, ";"))) or None


def is_cell_size_text(text: str) -> bool:
    """Whether the text is meant as numbers, for `cell_size`, rather than as the name of a layer."""
    return re.fullmatch(r"[\s.+-]*\d[\d\s.,;+eE-]*", text) is not None


def cell_size(value: Any) -> tuple[float, float] | None:
    """Return width and height of a cell, in units of the service's CRS, from one number for both, or from two.

    In a text, a blank or `;` stands between the two; a comma is refused, as it may be meant as a decimal one.
    """
    if not is_given(value):
        return None
    sizes = _numbers(value, r"[\s;]+")
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
        return _is_list(value)
    if not is_given(value) or value.strip().casefold() in _FULL_EXTENT_KEYWORDS:
        return True
    parts = re.split(r"[\s,;]+", re.sub(r"\[.*\]\s*$", "", value).strip())
    return len(parts) > 1 and all(
        number(part) is not None or part.lstrip("+-").casefold() in ("nan", "inf") for part in parts
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
    numbers, authid = (match[1], match[2] or "") if match else (value, "")
    is_qgis_text = isinstance(numbers, str) and "," in numbers
    if isinstance(numbers, str):
        numbers = re.sub(r"(?:\s+NaN){4}\s*$", "", numbers, flags=re.IGNORECASE)
    edges = _numbers(numbers, r"\s*,\s*" if is_qgis_text else r"\s+")
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


def where_clause(value: Any) -> str:
    """Return the where clause (SQL) that picks rasters of the mosaic; only the server can say whether it is right."""
    return str(value).strip() if is_given(value) else ""


def processing_template(value: Any) -> str:
    """Return the processing template as `LayerOptions` keeps it: `"None"` for raw pixels, a name, or compact JSON.

    Takes a name, the JSON of a raster function as text or dictionary, and the path of a `.rft.json` file.
    """
    if not is_given(value):
        return ""
    if isinstance(value, Mapping):
        return _function_json(_dumped(value))
    text = os.fspath(value) if isinstance(value, os.PathLike) else str(value)
    text = text.strip()
    if text.casefold() == RAW_PIXELS.casefold():
        return RAW_PIXELS
    if text.startswith("{"):
        return _function_json(text)
    if text.casefold().endswith(".rft.xml"):
        raise OptionError(
            "processing_template",
            tr(
                "The function template {path} is in ArcMap's XML; open it in ArcGIS Pro and save it as .rft.json."
            ).format(path=text),
        )
    if text.casefold().endswith(".json"):
        return _function_json(_file_text(text))
    return text


def nodata(value: Any) -> tuple[float, ...]:
    """Return one nodata value for all bands, or one for each; in a text, `;`, `,` or blanks separate. `nan` is one."""
    if not is_given(value):
        return ()
    values = [math.nan if _is_nan(part) else number(part) for part in _parts(value, r"[\s,;]+")]
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
    quality = whole_number(value)
    if quality is None or not 1 <= quality <= 100:
        raise OptionError(
            "compression_quality",
            tr("“{value}” is no compression quality; give a whole number from 1 to 100.").format(
                value=shortened(value)
            ),
        )
    return quality


def viewpoint(value: Any) -> tuple[float, float] | None:
    """Return the ground point, in the service's CRS, from a pair or a text with a blank or a comma between x and y."""
    if not is_given(value):
        return None
    point = _numbers(value, r"[\s,;]+")
    if point is None or len(point) != 2:
        raise OptionError(
            "viewpoint",
            tr("“{value}” is no point; give x and y in the service's coordinate reference system.").format(
                value=shortened(value)
            ),
        )
    return point[0], point[1]


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes))


def _parts(value: Any, separator: str) -> list[Any]:
    """Return the parts of a text, the items of a list, or the value itself."""
    if isinstance(value, str):
        return re.split(separator, value.strip())
    return list(value) if _is_list(value) else [value]


def _numbers(value: Any, separator: str) -> list[float] | None:
    """Return the parts as numbers, or None where one of them is none."""
    numbers = [number(part) for part in _parts(value, separator)]
    return None if None in numbers else [float(found) for found in numbers if found is not None]


def _is_nan(value: Any) -> bool:
    if isinstance(value, str):
        return value.strip().casefold() == "nan"
    return isinstance(value, float) and math.isnan(value)


def _items(value: Any, separators: str) -> list[Any]:
    """Return the entries of a list; texts as `Item`, and only a value that is text as a whole is separated."""
    if not is_given(value):
        return []
    if isinstance(value, str):
        return read_items(value, separators)
    entries = value if _is_list(value) else [value]
    return [item for entry in entries for item in (read_items(entry) if isinstance(entry, str) else [entry])]


def _keyword(
    value: Any, find: Callable[[str], _Keyword | None], option: str, message: str, choices: Iterable[str]
) -> _Keyword | None:
    if not is_given(value):
        return None
    found = find(str(value.value if isinstance(value, Enum) else value))
    if found is None:
        raise OptionError(option, message.format(value=shortened(value), choices=", ".join(choices)))
    return found


def _raster(item: Any) -> int | str:
    if isinstance(item, Item) and (item.is_quoted or not re.fullmatch(r"[0-9]+", item.text)):
        return item.text
    raster_id = whole_number(item.text if isinstance(item, Item) else item)
    if raster_id is None or raster_id < 0:
        raise OptionError(
            "lock_raster_ids",
            tr("“{value}” is neither the id nor the name of a raster; ids are whole numbers.").format(
                value=shortened(item.text if isinstance(item, Item) else item)
            ),
        )
    return raster_id


def _band(item: Any) -> int | str:
    value = item.text if isinstance(item, Item) else item
    if isinstance(item, Item) and (item.is_quoted or number(value) is None):
        return value
    found = whole_number(value)
    if found is None or found < 1:
        raise OptionError(
            "bands", tr("“{value}” is no band; give numbers counting from 1, or names.").format(value=shortened(value))
        )
    return found


def _function_json(text: str) -> str:
    function = parse_function(text)
    if set(function) == {"rasterFunction"} and function["rasterFunction"].casefold() == RAW_PIXELS.casefold():
        return RAW_PIXELS
    return json.dumps(function, separators=(",", ":"), ensure_ascii=False)


def _dumped(function: Mapping[str, Any]) -> str:
    try:
        return json.dumps(function)
    except (TypeError, ValueError, RecursionError) as error:
        raise OptionError(
            "processing_template",
            tr("The processing template {value} cannot be written as JSON: {reason}.").format(
                value=reprlib.repr(function), reason=error
            ),
        ) from error


def _file_text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise OptionError(
            "processing_template",
            tr("The function template {path} cannot be read: {reason}.").format(path=path, reason=error),
        ) from error
