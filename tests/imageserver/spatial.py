"""Extents and spatial references as the REST API writes them, and how points go from one to the other."""

from __future__ import annotations

import json
import math
import threading
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from osgeo import osr

from .errors import ParameterError
from .functions.block import Array

#: Esri's codes of Web Mercator, which EPSG knows under one other.
WEB_MERCATOR_CODES = (102100, 102113, 900913)

# osr objects may not be used by two threads at once.
_LOCK = threading.Lock()


class Extent(NamedTuple):
    """A rectangle in the units of some spatial reference."""

    xmin: float
    ymin: float
    xmax: float
    ymax: float

    @property
    def center(self) -> tuple[float, float]:
        return (self.xmin + self.xmax) / 2, (self.ymin + self.ymax) / 2

    def to_json(self, spatial_reference: Mapping[str, object]) -> dict[str, object]:
        return {**self._asdict(), "spatialReference": dict(spatial_reference)}


def spatial_reference(value: object, parameter: str) -> dict[str, object]:
    """The JSON form of a spatial reference given as a well-known id (number or text) or as a JSON object.

    Raises `ParameterError`, naming `parameter`, for what is neither or is not in PROJ's database.
    """
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise ParameterError(f"Parameter '{parameter}' is not a spatial reference.") from None
    if isinstance(value, int):
        latest = 3857 if value in WEB_MERCATOR_CODES else value
        value = {"wkid": value, "latestWkid": latest}
    if not isinstance(value, dict) or not value.keys() & {"wkid", "latestWkid", "wkt"}:
        raise ParameterError(f"Parameter '{parameter}' is not a spatial reference.")
    try:
        _osr_reference(json.dumps(value))
    except RuntimeError:
        raise ParameterError(f"Parameter '{parameter}': the spatial reference is not known.") from None
    return value


@lru_cache(maxsize=64)
def _osr_reference(text: str) -> osr.SpatialReference:
    document = json.loads(text)
    definitions = [f"EPSG:{document[key]}" for key in ("latestWkid", "wkid") if key in document]
    definitions += [f"ESRI:{document[key]}" for key in ("latestWkid", "wkid") if key in document]
    definitions += [document["wkt"]] if "wkt" in document else []
    reference = osr.SpatialReference()
    for definition in definitions:
        try:
            reference.SetFromUserInput(definition)
        except RuntimeError:
            continue
        reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        return reference
    raise RuntimeError(f"none of {definitions} is known")


def wkt(reference: Mapping[str, object]) -> str:
    """The WKT of a spatial reference, for the geographic header of a TIFF."""
    with _LOCK:
        return str(_osr_reference(json.dumps(reference)).ExportToWkt())


def same(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    """Whether two spatial references are the same one, however they are written."""
    if one == other:
        return True
    with _LOCK:
        return bool(_osr_reference(json.dumps(one)).IsSame(_osr_reference(json.dumps(other))))


def transform(source: Mapping[str, object], target: Mapping[str, object], x: Array, y: Array) -> tuple[Array, Array]:
    """Points of `source` in `target`, NaN where a point has no place there; `x` and `y` have the same shape."""
    if same(source, target):
        return x, y
    with _LOCK:
        transformation = osr.CoordinateTransformation(
            _osr_reference(json.dumps(source)), _osr_reference(json.dumps(target))
        )
        points = np.array(transformation.TransformPoints(np.column_stack([x.ravel(), y.ravel()]).tolist()))
    points[~np.isfinite(points).all(axis=1)] = np.nan
    return points[:, 0].reshape(x.shape), points[:, 1].reshape(y.shape)


def transform_extent(extent: Extent, source: Mapping[str, object], target: Mapping[str, object]) -> Extent:
    """The rectangle of `target` around `extent`, its edges followed at 21 points each."""
    if same(source, target):
        return extent
    steps = np.linspace(0.0, 1.0, 21)
    x, y = np.meshgrid(
        extent.xmin + (extent.xmax - extent.xmin) * steps, extent.ymin + (extent.ymax - extent.ymin) * steps
    )
    x, y = transform(source, target, x, y)
    if np.isnan(x).all():
        raise ParameterError("Parameter 'bbox' lies outside the spatial reference of the image.")
    return Extent(*(float(value) for value in (np.nanmin(x), np.nanmin(y), np.nanmax(x), np.nanmax(y))))


def point(
    value: object, default: Mapping[str, object], target: Mapping[str, object], parameter: str
) -> tuple[float, float]:
    """A point of `target`, from `{"x": …, "y": …[, "spatialReference": …]}`; without a reference it is in `default`."""
    if not isinstance(value, dict) or not all(isinstance(value.get(key), (int, float)) for key in "xy"):
        raise ParameterError(f"Parameter '{parameter}' is not a point.")
    reference = value.get("spatialReference")
    source = default if reference is None else spatial_reference(reference, parameter)
    x, y = transform(source, target, np.array([float(value["x"])]), np.array([float(value["y"])]))
    if math.isnan(x[0]):
        raise ParameterError(f"Parameter '{parameter}' has no place in the spatial reference of the service.")
    return float(x[0]), float(y[0])
