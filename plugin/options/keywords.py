"""Mosaic methods, mosaic operations and interpolations by any of their names in ArcGIS tools, REST API and services."""

from __future__ import annotations

import re

from ..service.rest_names import rest_interpolation, rest_mosaic_method, rest_mosaic_operation
from .layer_options import Interpolation, MosaicMethod, MosaicOperation

# As the tool Make Image Server Layer has them; the keywords of operations and interpolations are their names here.
METHOD_KEYWORDS = {
    MosaicMethod.SEAMLINE: "SEAMLINE",
    MosaicMethod.NORTH_WEST: "NORTH_WEST",
    MosaicMethod.CENTER: "CLOSEST_TO_CENTER",
    MosaicMethod.LOCK_RASTER: "LOCK_RASTER",
    MosaicMethod.ATTRIBUTE: "BY_ATTRIBUTE",
    MosaicMethod.NADIR: "CLOSEST_TO_NADIR",
    MosaicMethod.VIEWPOINT: "CLOSEST_TO_VIEWPOINT",
    MosaicMethod.NONE: "NONE",
}


def find_mosaic_method(text: str) -> MosaicMethod | None:
    """Return the method called `LOCK_RASTER`, `LockRaster`, `Lock raster` or `esriMosaicLockRaster`, in any case."""
    name = re.sub(r"[\s_-]", "", text).lower().removeprefix("closestto")
    return MosaicMethod(rest_mosaic_method(name)) if rest_mosaic_method(name) else None


def find_mosaic_operation(text: str) -> MosaicOperation | None:
    """Return the operation called `MEAN`, `Mean` or `MT_MEAN`, in any case."""
    name = rest_mosaic_operation(text)
    return MosaicOperation(name) if name else None


def find_interpolation(text: str) -> Interpolation | None:
    """Return the interpolation called `CUBIC`, `Cubic` or `RSP_CubicConvolution`, in any case."""
    name = rest_interpolation(text)
    return Interpolation(name) if name else None
