"""Multidimensional services: the climate of 1999 month by month, and made-up water whose pixels tell their slice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timezone
from itertools import product
from typing import Any

import numpy as np
from osgeo import gdal

from .catalog import Item, catalog_of, rectangle
from .data import DATA
from .functions import Window
from .functions.block import Array
from .multidimensional import Dimension, Variable
from .pixels import array_raster, extent_of
from .service import ImageService, MosaicDefaults, TileScheme
from .synthetic import SMALL, UTM_25S, WGS84, band_names

#: Upper left corner, cells, columns and rows of the climate.
GRID = Window(-85.0, 37.125, 0.125, 0.125, 81, 33)
#: The days since 1950 that the file dates its months with: the last day of January 1999, and so on.
DAYS = (17927, 17955, 17986, 18016, 18047, 18077, 18108, 18139, 18169, 18200, 18230, 18261)
NO_DATA = float(np.float32(1e20))
#: Depths of the water, in meters; and the layers of its heat.
DEPTHS = (0.0, -10.0, -50.0, -200.0)
LAYERS = ((-100.0, 0.0), (-500.0, -100.0))
#: Moments of the water's temperature: the first of three months.
MOMENTS = tuple(int(datetime(2020, month, 1, tzinfo=timezone.utc).timestamp() * 1000) for month in (1, 2, 4))

_DAY = 86_400_000
_TYPES = {
    "OBJECTID": "OID",
    "Name": "String",
    "Variable": "String",
    "Dimensions": "String",
    "StdTime": "Date",
    "StdZ": "Double",
}


def months() -> tuple[int, ...]:
    """The values of the climate's StdTime, in milliseconds since 1970."""
    zero = int(datetime(1950, 1, 1, tzinfo=timezone.utc).timestamp() * 1000)
    return tuple(zero + day * _DAY for day in DAYS)


def climate_pixels(variable: str) -> Array:
    """A variable of the climate as in its file, shape (months, rows, columns)."""
    pixels: Array = gdal.Open(str(DATA / f"climate_1999_{variable}.tif")).ReadAsArray()
    return pixels


def water_value(variable: str, **dimensions: Any) -> float:
    """What all pixels of a slice of the water read.

    The temperature at a moment `StdTime` and a depth `StdZ` is 100 × (its number from 1) + depth / 10, the salinity at
    a depth 30 - depth / 100, the heat of a layer the depth of its middle.
    """
    depth = dimensions["StdZ"]
    if variable == "water_temp":
        return 100.0 * (MOMENTS.index(dimensions["StdTime"]) + 1) + depth / 10
    return 30.0 - depth / 100 if variable == "salinity" else sum(depth) / 2


def climate() -> ImageService:
    """`Test/Climate`: precipitation and temperature, twelve months each; both tell their statistics."""
    time = Dimension("StdTime", months(), "ISO8601", "Time")
    texts = {"pr": ("mm", "Monthly precipitation"), "tas": ("°C", "Monthly mean temperature")}
    variables, rasters = [], []
    for name, (unit, description) in texts.items():
        pixels = climate_pixels(name)
        known = pixels[pixels != np.float32(NO_DATA)].astype(np.float64)
        statistics = {
            "min": float(known.min()),
            "max": float(known.max()),
            "mean": float(known.mean()),
            "standardDeviation": float(known.std()),
        }
        variables.append(Variable(name, (time,), unit, description, statistics))
        rasters += [(name, {"StdTime": moment}, month) for moment, month in zip(months(), pixels)]
    return _service("Test/Climate", WGS84, GRID, variables, rasters)


def climate_tiles() -> ImageService:
    """`Test/ClimateTiles`: the climate in LERC tiles, which are of its first slice, and nothing else."""
    tiles = TileScheme((-90.0, 40.0), (1.0, 0.5, 0.25, 0.125), 64, "LERC2D", 4)
    return replace(climate(), name="Test/ClimateTiles", tiles=tiles, tiles_only=True)


def water() -> ImageService:
    """`Test/Water`: temperature by time and depth, salinity by depth, heat by layers; see `water_value`."""
    time = Dimension("StdTime", MOMENTS, "ISO8601", "Time")
    depth = Dimension("StdZ", DEPTHS, "m", "Depth")
    variables = [
        Variable("water_temp", (time, depth), "degC", "Water <temperature>"),
        Variable("salinity", (depth,), "psu", "Salinity"),
        Variable("heat", (Dimension("StdZ", LAYERS, "m"),), "J"),
    ]
    return _service("Test/Water", UTM_25S, SMALL, variables, list(_water_slices(variables)))


def _water_slices(variables: Sequence[Variable]) -> Iterator[tuple[str, Mapping[str, Any], Array]]:
    for variable in variables:
        names = [dimension.name for dimension in variable.dimensions]
        for values in product(*(dimension.values for dimension in variable.dimensions)):
            dimensions = dict(zip(names, values))
            value = water_value(variable.name, **dimensions)
            yield variable.name, dimensions, np.full((SMALL.rows, SMALL.columns), value, np.float32)


def _service(
    name: str,
    reference: Mapping[str, object],
    grid: Window,
    variables: Sequence[Variable],
    rasters: Sequence[tuple[str, Mapping[str, Any], Array]],
) -> ImageService:
    """A mosaic of slices: variable, dimensions and pixels of each. Without a definition the first one is on top."""
    box = extent_of(grid)
    items, records = [], []
    for number, (variable, dimensions, pixels) in enumerate(rasters, start=1):
        depth = dimensions.get("StdZ")
        record = {
            "OBJECTID": number,
            "Name": f"{variable}_{number}",
            "Variable": variable,
            "Dimensions": ",".join(dimensions),
            "StdTime": dimensions.get("StdTime"),
            "StdZ": depth[0] if isinstance(depth, tuple) else depth,
        }
        raster = array_raster(pixels[np.newaxis], grid, "F32", (NO_DATA,))
        items.append(Item(record, raster, rectangle(box), box.center))
        records.append({"Variable": variable, "dimensions": dict(dimensions)})
    fields = [
        {"name": field, "type": f"esriFieldType{kind}", "alias": field, "domain": None}
        for field, kind in _TYPES.items()
    ]
    return ImageService(
        name,
        reference,
        grid,
        "F32",
        band_names(1),
        catalog_of(fields, items),
        no_data=(NO_DATA,),
        mosaic=MosaicDefaults(),
        max_mosaic_image_count=50,
        variables=tuple(variables),
        slice_records=tuple(records),
    )
