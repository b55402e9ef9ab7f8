"""The parameters of the ArcGIS tool *Make Image Server Layer*, and those beyond it, as people spell them.

One function per parameter: it takes what was given (text, number, list, nothing) and returns the canonical value, or
None (an empty text, an empty tuple) for "not given", which is Python's None, an empty text and ArcGIS' `#`. What is no
such value raises `OptionError`; whether it fits a service is for `check` to say. Numbers are read the same way in every
country, with a decimal point.
"""

from __future__ import annotations

from .bands import bands, bands_in_words, find_band, resolve_bands
from .dimensions import dimensions, slice_id, variable
from .given import is_given
from .keywords import (
    ascending,
    clip_selected,
    interpolation,
    mosaic_method,
    mosaic_operation,
    nearest_date,
    nodata_interpretation,
    tiles,
)
from .mosaic import lock_rasters, order_base_value, order_field, where_clause
from .pixels import compression_quality, nodata
from .place import cell_size, extent_text, is_cell_size_text, is_extent_text, point, viewpoint
from .template import processing_template
from .time import time

__all__ = [
    "ascending",
    "bands",
    "bands_in_words",
    "cell_size",
    "clip_selected",
    "compression_quality",
    "dimensions",
    "extent_text",
    "find_band",
    "interpolation",
    "is_cell_size_text",
    "is_extent_text",
    "is_given",
    "lock_rasters",
    "mosaic_method",
    "mosaic_operation",
    "nearest_date",
    "nodata",
    "nodata_interpretation",
    "order_base_value",
    "order_field",
    "point",
    "processing_template",
    "resolve_bands",
    "slice_id",
    "tiles",
    "time",
    "variable",
    "viewpoint",
    "where_clause",
]
