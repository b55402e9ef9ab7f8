"""Template extents on both sides of the antimeridian, which no single rectangle of a world map can hold."""

from __future__ import annotations

from collections.abc import Iterator

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsPointXY,
    QgsRectangle,
)

from ..options.antimeridian import lies_on_both_sides
from ..service.errors import OptionError
from ..translation import tr

# Points on each edge of an extent, as many as QGIS itself uses to transform a bounding box.
_STEPS = 20
# In degrees: just short of 180, which may be on either edge of the map.
_NEAR_THE_EDGE = 179.999999


def refuse_two_sides(
    rectangle: QgsRectangle,
    transform: QgsCoordinateTransform,
    transform_context: QgsCoordinateTransformContext,
) -> None:
    """Refuse an extent that lies at both edges of the service's map, to whose CRS `transform` leads.

    Raises:
        OptionError: it is such an extent.
        QgsCsException: a point of its edge cannot be transformed.
    """
    world_width = _world_width(transform.destinationCrs(), transform_context)
    if world_width <= 0:
        return
    positions = [transform.transform(point).x() for point in _edge(rectangle)]
    if lies_on_both_sides(positions, world_width):
        raise OptionError(
            "extent",
            tr(
                "The template extent {extent} ({source}) lies on both sides of the antimeridian (180°), where the map "
                "of the service ends; give two extents, one for each side, and make two layers."
            ).format(extent=rectangle.toString(3), source=transform.sourceCrs().authid()),
        )


def _edge(rectangle: QgsRectangle) -> Iterator[QgsPointXY]:
    """Yield points along the edge, once around and back to the first."""
    corners = (
        (rectangle.xMinimum(), rectangle.yMinimum()),
        (rectangle.xMaximum(), rectangle.yMinimum()),
        (rectangle.xMaximum(), rectangle.yMaximum()),
        (rectangle.xMinimum(), rectangle.yMaximum()),
    )
    for (x, y), (next_x, next_y) in zip(corners, (*corners[1:], corners[0])):
        for step in range(_STEPS):
            yield QgsPointXY(x + (next_x - x) * step / _STEPS, y + (next_y - y) * step / _STEPS)
    yield QgsPointXY(*corners[0])


def _world_width(crs: QgsCoordinateReferenceSystem, transform_context: QgsCoordinateTransformContext) -> float:
    """Return the distance between both sides of the antimeridian in a CRS; 0 if they are not at its edges."""
    degrees = QgsCoordinateReferenceSystem("EPSG:4326")
    transform = QgsCoordinateTransform(degrees, crs, transform_context)
    west, east = (transform.transform(QgsPointXY(side, 0)).x() for side in (-_NEAR_THE_EDGE, _NEAR_THE_EDGE))
    return max(0.0, east - west)
