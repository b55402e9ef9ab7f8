"""The shapes that an export is cut to, in the CRS of the file: the layer's own, its outline, and the user's."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsGeometry,
    QgsRectangle,
)

from ..backend.shapes import Shapes
from ..layer.polygons import transformed_polygons
from ..options.clip import Clip
from ..service.extent import Extent

_POINTS_ON_OUTLINE = 100


def outline(
    extent: Extent,
    source_crs: QgsCoordinateReferenceSystem,
    crs: QgsCoordinateReferenceSystem,
    transform_context: QgsCoordinateTransformContext,
) -> QgsGeometry:
    """Return an extent as a polygon in another CRS.

    Raises:
        QgsCsException: it cannot be transformed.
    """
    polygon = QgsGeometry.fromRect(QgsRectangle(*extent)).densifyByCount(_POINTS_ON_OUTLINE)
    polygon.transform(QgsCoordinateTransform(source_crs, crs, transform_context))
    return polygon


def clip_geometry(clip: Clip) -> QgsGeometry:
    """Return the shape that a layer is clipped to as QGIS knows it."""
    geometry = QgsGeometry()
    geometry.fromWkb(clip.wkb)
    return geometry


def clip_polygons(
    clip: Clip,
    name: str,
    source_crs: QgsCoordinateReferenceSystem,
    crs: QgsCoordinateReferenceSystem,
    transform_context: QgsCoordinateTransformContext,
) -> list[QgsGeometry]:
    """Return the shape that a layer of this name is clipped to in the CRS of a file.

    Raises:
        OptionError: it cannot be transformed.
    """
    shape = clip_geometry(clip)
    if source_crs == crs:
        return [shape]
    return transformed_polygons("clip", name, [shape], source_crs, crs, transform_context)


def common_parts(polygons: Sequence[QgsGeometry], within: Sequence[QgsGeometry]) -> list[QgsGeometry]:
    """Return the parts of some polygons that lie in others. Neither has to be valid."""
    around = QgsGeometry.unaryUnion([polygon.makeValid() for polygon in within])
    parts = (polygon.makeValid().intersection(around) for polygon in polygons)
    return [part for part in parts if not part.isEmpty() and part.area() > 0]


def shapes_of(polygons: Sequence[QgsGeometry]) -> Shapes:
    """Return one or more polygons as shapes that can be burned into windows."""
    return Shapes([bytes(polygon.asWkb().data()) for polygon in polygons])
