"""The points that a feature stands for: its own, or those along its lines."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from qgis.core import QgsCoordinateTransform, QgsCsException, QgsGeometry, QgsPointXY, QgsWkbTypes

from ..service.samples import Point


class Location(NamedTuple):
    """A point as geometry, None where a feature has none, and how far along its line it lies, in units of its CRS."""

    geometry: QgsGeometry | None
    distance: float | None = None


def locations(geometry: QgsGeometry, distance: float) -> Iterator[Location]:
    """Go through the points of a geometry. Lines have one at their start, and then one every `distance` (above 0)."""
    if geometry.isNull() or geometry.isEmpty():
        yield Location(None)
    elif geometry.type() == QgsWkbTypes.PointGeometry:
        for part in geometry.constParts():
            yield Location(QgsGeometry(part.clone()))
    else:
        for part in geometry.constParts():
            line = QgsGeometry(part.clone())
            for step in range(_steps(line.length(), distance)):
                yield Location(line.interpolate(min(step * distance, line.length())), step * distance)


def count_of(geometry: QgsGeometry, distance: float) -> int:
    """Return how many points `locations` goes through, without making them."""
    if geometry.isNull() or geometry.isEmpty():
        return 1
    if geometry.type() == QgsWkbTypes.PointGeometry:
        return sum(1 for _ in geometry.constParts())
    return sum(_steps(part.length(), distance) for part in geometry.constParts())


def place_of(location: Location, transform: QgsCoordinateTransform) -> Point | None:
    """Return the place of a point in the CRS that `transform` leads to, None where it has none."""
    if location.geometry is None:
        return None
    point = location.geometry.constGet()
    try:
        place = transform.transform(QgsPointXY(point.x(), point.y()))
    except QgsCsException:
        return None
    return (place.x(), place.y()) if math.isfinite(place.x()) and math.isfinite(place.y()) else None


def _steps(length: float, distance: float) -> int:
    return math.floor(length / distance * (1 + 1e-12)) + 1
