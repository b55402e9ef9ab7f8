"""The words of ArcGIS for ways to mosaic and to resample, in every spelling of its tools, REST API and services.

A tool says `LOCK_RASTER`, a mosaic rule `esriMosaicLockRaster`, a service `LockRaster`. Each is read here, in any case,
into one enum, whose values are what requests take.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType


class MosaicMethod(Enum):
    """How overlapping rasters are ordered. Values are those of `mosaicMethod` in the ArcGIS REST API."""

    NONE = "esriMosaicNone"
    CENTER = "esriMosaicCenter"
    NADIR = "esriMosaicNadir"
    VIEWPOINT = "esriMosaicViewpoint"
    ATTRIBUTE = "esriMosaicAttribute"
    LOCK_RASTER = "esriMosaicLockRaster"
    NORTH_WEST = "esriMosaicNorthwest"
    SEAMLINE = "esriMosaicSeamline"


class MosaicOperation(Enum):
    """How overlapping pixels become one. Values are those of `mosaicOperation` in the ArcGIS REST API.

    The tools and services call it the mosaic operator; its keywords are the names here.
    """

    FIRST = "MT_FIRST"
    LAST = "MT_LAST"
    MIN = "MT_MIN"
    MAX = "MT_MAX"
    MEAN = "MT_MEAN"
    BLEND = "MT_BLEND"
    SUM = "MT_SUM"


class Interpolation(Enum):
    """How pixels are resampled. Values are those of `interpolation` in the ArcGIS REST API.

    The keywords of the tools are the names here.
    """

    NEAREST = "RSP_NearestNeighbor"
    BILINEAR = "RSP_BilinearInterpolation"
    CUBIC = "RSP_CubicConvolution"
    MAJORITY = "RSP_Majority"


# The keywords of the ArcGIS tool Make Image Server Layer.
METHOD_KEYWORDS: Mapping[MosaicMethod, str] = MappingProxyType(
    {
        MosaicMethod.SEAMLINE: "SEAMLINE",
        MosaicMethod.NORTH_WEST: "NORTH_WEST",
        MosaicMethod.CENTER: "CLOSEST_TO_CENTER",
        MosaicMethod.LOCK_RASTER: "LOCK_RASTER",
        MosaicMethod.ATTRIBUTE: "BY_ATTRIBUTE",
        MosaicMethod.NADIR: "CLOSEST_TO_NADIR",
        MosaicMethod.VIEWPOINT: "CLOSEST_TO_VIEWPOINT",
        MosaicMethod.NONE: "NONE",
    }
)


def _letters(word: str) -> str:
    return re.sub(r"[\s_-]", "", word).lower()


_METHODS = {
    **{_letters(method.value.removeprefix("esriMosaic")): method for method in MosaicMethod},
    "byattribute": MosaicMethod.ATTRIBUTE,
}
_INTERPOLATIONS = {
    **{_letters(known.value.removeprefix("RSP_")): known for known in Interpolation},
    **{_letters(known.name): known for known in Interpolation},
}


def find_mosaic_method(word: str) -> MosaicMethod | None:
    """Return the method called `LOCK_RASTER`, `LockRaster`, `Lock raster` or `esriMosaicLockRaster`, in any case."""
    return _METHODS.get(_letters(word).removeprefix("esrimosaic").removeprefix("closestto"))


def find_mosaic_operation(word: str) -> MosaicOperation | None:
    """Return the operation called `MEAN`, `Mean` or `MT_MEAN`, in any case."""
    return MosaicOperation.__members__.get(word.strip().upper().removeprefix("MT_"))


def find_interpolation(word: str) -> Interpolation | None:
    """Return the interpolation called `CUBIC`, `Cubic` or `RSP_CubicConvolution`, in any case."""
    return _INTERPOLATIONS.get(_letters(word).removeprefix("rsp"))
