"""The shape to clip to: read from a polygon layer or a geometry, and taken to the CRS and the cells of the service."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsFeature,
    QgsFeatureRequest,
    QgsGeometry,
    QgsMapLayer,
    QgsProject,
    QgsRectangle,
    QgsReferencedGeometry,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ..options.arcgis_arguments import is_given
from ..options.sentences import shortened
from ..service.errors import OptionError
from ..service.extent import Extent
from ..translation import tr
from .antimeridian import refuse_two_sides
from .find_layer import layer_from_text
from .known_crs import require_known
from .polygons import transformed_polygons

# Corners of all polygons that are read. More would take too long.
MOST_CORNERS_READ = 200_000
_WKT = ("POLYGON", "MULTIPOLYGON", "CURVEPOLYGON", "MULTISURFACE")


@dataclass(frozen=True)
class ReferencedShapes:
    """Polygons in the CRS in which they were given.

    Attributes:
        name: of the layer that they are from; empty for a geometry.
        polygons: what was read; those that are empty or no polygons do no harm.
        crs: that of the polygons; an invalid one for a geometry means the service's.
    """

    name: str
    polygons: tuple[QgsGeometry, ...]
    crs: QgsCoordinateReferenceSystem


def clip_shapes(value: Any, project: QgsProject, *, selected_only: bool = False) -> ReferencedShapes | None:
    """Read the shape to clip to; None is "not given". Main thread only.

    It is a polygon layer (its id, its name, a path), all of it or what is selected in it; or a geometry or WKT in the
    service's CRS; or a QgsReferencedGeometry in its own.

    Raises:
        OptionError: the value is none of these, or has no polygons.
    """
    if isinstance(value, ReferencedShapes) or not is_given(value):
        return value if isinstance(value, ReferencedShapes) else None
    if isinstance(value, QgsGeometry):
        crs = value.crs() if isinstance(value, QgsReferencedGeometry) else QgsCoordinateReferenceSystem()
        return ReferencedShapes("", (_polygonal(value, value.asWkt(1)),), crs)
    if isinstance(value, str) and value.strip().upper().startswith(_WKT):
        return ReferencedShapes("", (_polygonal(QgsGeometry.fromWkt(value), value),), QgsCoordinateReferenceSystem())
    is_text = isinstance(value, (str, Path))
    layer = layer_from_text(str(value), project, QgsVectorLayer) if is_text else value
    if not isinstance(layer, QgsMapLayer):
        message = tr("“{value}” is no polygon layer that can be opened, and no polygon as WKT; give one to clip to.")
        raise OptionError("clip", message.format(value=shortened(value)))
    return layer_shapes(layer, selected_only=selected_only)


def layer_shapes(layer: QgsMapLayer, *, selected_only: bool = False) -> ReferencedShapes:
    """Read the polygons of a layer, or those that are selected in it. On the thread of the layer.

    Raises:
        OptionError: it has none, or too many.
    """
    name = layer.name()
    is_polygon = isinstance(layer, QgsVectorLayer) and layer.geometryType() == QgsWkbTypes.GeometryType.PolygonGeometry
    if not is_polygon or not layer.isValid():
        message = tr("The layer “{name}” has no polygons to clip to; choose a polygon layer.")
        raise OptionError("clip", message.format(name=name))
    if not selected_only:
        return read_shapes(name, layer.getFeatures(without_attributes()), layer.crs())
    if not layer.selectedFeatureCount():
        message = tr("Nothing is selected in the layer “{name}”; select polygons to clip to, or take all of them.")
        raise OptionError("clip", message.format(name=name))
    return read_shapes(name, layer.getSelectedFeatures(without_attributes()), layer.crs())


def without_attributes() -> QgsFeatureRequest:
    """Return a request for features with shapes only."""
    return QgsFeatureRequest().setNoAttributes()


def read_shapes(name: str, features: Iterable[QgsFeature], crs: QgsCoordinateReferenceSystem) -> ReferencedShapes:
    """Read polygons, on any thread; `name` is that of their layer.

    Raises:
        OptionError: there are none, or too many, or the layer has no CRS.
    """
    if not crs.isValid():
        message = tr("The polygon layer “{name}” has no coordinate reference system; set one to clip to its shapes.")
        raise OptionError("clip", message.format(name=name))
    polygons, corners = [], 0
    for feature in features:
        geometry = feature.geometry()
        if geometry.isEmpty():
            continue
        corners += geometry.constGet().nCoordinates()
        if corners > MOST_CORNERS_READ:
            message = tr(
                "The polygons of the layer “{name}” have more than {most} corners; select those to clip to, or "
                "simplify them."
            )
            raise OptionError("clip", message.format(name=name, most=MOST_CORNERS_READ))
        polygons.append(geometry)
    if not polygons:
        message = tr("The polygon layer “{name}” is empty, so there is nothing to clip to.")
        raise OptionError("clip", message.format(name=name))
    return ReferencedShapes(name, tuple(polygons), crs)


def polygons_in_crs(
    shapes: ReferencedShapes,
    crs: QgsCoordinateReferenceSystem,
    extent: Extent,
    transform_context: QgsCoordinateTransformContext,
) -> QgsGeometry:
    """Return all polygons as one shape, in the service's CRS and within its extent. On any thread.

    Raises:
        OptionError: a polygon is not valid, cannot be transformed, or lies elsewhere.
    """
    for polygon in shapes.polygons:
        _require_valid(polygon, shapes.name)
    require_known("clip", shapes.crs, crs)
    polygons = list(shapes.polygons)
    if shapes.crs.isValid():
        if shapes.crs != crs:
            _refuse_two_sides(shapes, crs, transform_context)
        polygons = transformed_polygons("clip", shapes.name, polygons, shapes.crs, crs, transform_context)
    # One alone stays as it is, corner by corner.
    is_one = len(polygons) == 1 and polygons[0].isGeosValid()
    shape = polygons[0] if is_one else QgsGeometry.unaryUnion([polygon.makeValid() for polygon in polygons])
    box = QgsRectangle(*extent)
    if not box.contains(shape.boundingBox()):
        shape = shape.intersection(QgsGeometry.fromRect(box))
    if shape.isEmpty() or not shape.area() > 0:
        raise OptionError(
            "clip",
            tr("The shapes to clip to lie outside of the service's extent {extent}; choose others.").format(
                extent=extent
            ),
        )
    return shape


def polygon_parts(shape: QgsGeometry) -> Iterator[list[list[tuple[float, float]]]]:
    """Yield the rings of each polygon in a shape, whatever else is in it."""
    for part in shape.asGeometryCollection():
        if part.type() == QgsWkbTypes.GeometryType.PolygonGeometry:
            part.convertToMultiType()
            for polygon in part.asMultiPolygon():
                yield [[(point.x(), point.y()) for point in ring] for ring in polygon]


def _polygonal(geometry: QgsGeometry, text: str) -> QgsGeometry:
    if geometry.isEmpty() or geometry.type() != QgsWkbTypes.GeometryType.PolygonGeometry:
        message = tr("“{value}” is no polygon; give one as WKT in the service's coordinate reference system.")
        raise OptionError("clip", message.format(value=shortened(text)))
    return geometry


def _require_valid(polygon: QgsGeometry, name: str) -> None:
    if polygon.isGeosValid():
        return
    problems = [problem.what() for problem in polygon.validateGeometry(Qgis.GeometryValidationEngine.Geos)]
    if name:
        message = tr(
            "A polygon of the layer “{name}” is not valid ({problem}); repair it with the algorithm Fix geometries."
        )
    else:
        message = tr("The polygon to clip to is not valid ({problem}); repair it first.")
    raise OptionError("clip", message.format(name=name, problem=next(iter(problems), tr("unknown reason"))))


def _refuse_two_sides(
    shapes: ReferencedShapes,
    crs: QgsCoordinateReferenceSystem,
    transform_context: QgsCoordinateTransformContext,
) -> None:
    transform = QgsCoordinateTransform(shapes.crs, crs, transform_context)
    try:
        for polygon in shapes.polygons:
            refuse_two_sides(polygon.boundingBox(), transform, transform_context)
    except QgsCsException:
        # The error is raised where the polygon itself is transformed.
        return
    except OptionError as error:
        message = tr(
            "A shape to clip to lies on both sides of the antimeridian (180°), where the map of the service ends; clip "
            "to its part on one side."
        )
        raise OptionError("clip", message, error.message) from error
