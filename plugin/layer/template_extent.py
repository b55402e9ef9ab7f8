"""The template extent: read from whatever has one, and taken to the CRS of the service."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsMapLayer,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsReferencedRectangle,
    QgsVectorLayer,
)

from ..options import arcgis_arguments
from ..options.arcgis_arguments import is_given
from ..options.sentences import shortened
from ..service.errors import OptionError
from ..service.extent import Extent
from ..translation import tr
from .antimeridian import refuse_two_sides
from .find_layer import layer_from_text
from .known_crs import require_known


def template_extent(value: Any, project: QgsProject) -> QgsReferencedRectangle | None:
    """Read a template extent, from whatever has one.

    That is a rectangle, four numbers, QGIS' or ArcGIS' extent text, a layer, its id or name, or a path to a data set.
    Four numbers are `xmin ymin xmax ymax` in the service's CRS, as is a rectangle without a CRS.

    Raises:
        OptionError: the value is none of these, or its extent is unusable.
    """
    if not is_given(value):
        return None
    if isinstance(value, QgsReferencedRectangle):
        return _checked(value, value)
    if isinstance(value, QgsRectangle):
        return _checked(QgsReferencedRectangle(value, QgsCoordinateReferenceSystem()), value.toString())
    if isinstance(value, QgsMapLayer):
        return _layer_extent(value)
    if isinstance(value, (str, Sequence)) and arcgis_arguments.is_extent_text(value):
        return typed_extent(value)
    layer = layer_from_text(str(value), project, QgsVectorLayer, QgsRasterLayer)
    if layer is None:
        raise OptionError(
            "extent",
            tr(
                "The template extent “{value}” is neither four numbers (xmin ymin xmax ymax) nor a layer or file that "
                "can be opened."
            ).format(value=shortened(value)),
        )
    return _layer_extent(layer)


def typed_extent(value: Any) -> QgsReferencedRectangle | None:
    """Read four numbers, or QGIS' or ArcGIS' extent text; None is "not given". See `template_extent`.

    Raises:
        OptionError: the value is none of these.
    """
    typed = arcgis_arguments.extent_text(value)
    if typed is None:
        return None
    extent, authid = typed
    crs = QgsCoordinateReferenceSystem(authid) if authid else QgsCoordinateReferenceSystem()
    if authid and not crs.isValid():
        text = tr(
            "QGIS does not know the coordinate reference system “{crs}” of the template extent; write it as EPSG:4326."
        )
        raise OptionError("extent", text.format(crs=authid))
    return QgsReferencedRectangle(QgsRectangle(*extent), crs)


def transformed_extent(
    template: QgsReferencedRectangle,
    crs: QgsCoordinateReferenceSystem,
    transform_context: QgsCoordinateTransformContext,
) -> Extent:
    """Return the box around the template in the service's CRS; edges are densified, as straight edges bend.

    Raises:
        OptionError: the template cannot be transformed, or lies on both sides of the antimeridian.
    """
    rectangle = QgsRectangle(template)
    require_known("extent", template.crs(), crs)
    if template.crs().isValid() and template.crs() != crs:
        transform = QgsCoordinateTransform(template.crs(), crs, transform_context)
        try:
            refuse_two_sides(rectangle, transform, transform_context)
            rectangle = transform.transformBoundingBox(rectangle)
        except QgsCsException as error:
            raise _not_transformable(template, crs, str(error)) from error
    extent = Extent(rectangle.xMinimum(), rectangle.yMinimum(), rectangle.xMaximum(), rectangle.yMaximum())
    if not extent.is_valid():
        raise _not_transformable(template, crs, rectangle.toString())
    return extent


def _checked(extent: QgsReferencedRectangle, value: Any) -> QgsReferencedRectangle:
    if not Extent(extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum()).is_valid():
        raise OptionError(
            "extent", tr("The template extent {value} has no area; give xmin ymin xmax ymax.").format(value=value)
        )
    return extent


def _layer_extent(layer: QgsMapLayer) -> QgsReferencedRectangle:
    if not layer.isValid() or layer.extent().isEmpty():
        raise OptionError(
            "extent",
            tr("The template layer “{name}” is empty or broken, so it gives no extent.").format(name=layer.name()),
        )
    if not layer.crs().isValid():
        raise OptionError(
            "extent",
            tr("The template layer “{name}” has no coordinate reference system; set one, or type the extent.").format(
                name=layer.name()
            ),
        )
    return QgsReferencedRectangle(layer.extent(), layer.crs())


def _not_transformable(
    template: QgsReferencedRectangle, crs: QgsCoordinateReferenceSystem, details: str
) -> OptionError:
    return OptionError(
        "extent",
        tr(
            "The template extent {extent} ({source}) cannot be transformed to the service's {target}; "
            "choose a smaller one."
        ).format(
            extent=QgsRectangle(template).toString(),
            source=template.crs().authid(),
            target=crs.userFriendlyIdentifier(),
        ),
        details,
    )
