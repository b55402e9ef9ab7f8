"""The viewpoint: a ground point, taken to the CRS of the service."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsPointXY,
    QgsReferencedPointXY,
)

from ..options import arcgis_arguments
from ..service.errors import OptionError
from ..translation import tr
from .known_crs import require_known


def viewpoint(value: Any) -> tuple[float, float] | QgsReferencedPointXY | None:
    """Read a ground point: x and y, or a point, in the service's CRS; a QgsReferencedPointXY in its own."""
    if isinstance(value, QgsReferencedPointXY) and value.crs().isValid():
        return value
    return arcgis_arguments.viewpoint((value.x(), value.y()) if isinstance(value, QgsPointXY) else value)


def transformed_viewpoint(
    point: tuple[float, float] | QgsReferencedPointXY | None,
    crs: QgsCoordinateReferenceSystem,
    transform_context: QgsCoordinateTransformContext,
) -> tuple[float, float] | None:
    """Return x and y in the service's CRS; a point without a CRS lies in it already.

    Raises:
        OptionError: the point cannot be transformed.
    """
    if not isinstance(point, QgsReferencedPointXY):
        return point
    require_known("viewpoint", point.crs(), crs)
    try:
        ground = QgsCoordinateTransform(point.crs(), crs, transform_context).transform(point)
    except QgsCsException as error:
        raise OptionError(
            "viewpoint",
            tr(
                "The viewpoint {x:.15g} {y:.15g} ({source}) cannot be transformed to the service's {target}; "
                "choose one near the service."
            ).format(x=point.x(), y=point.y(), source=point.crs().authid(), target=crs.userFriendlyIdentifier()),
            str(error),
        ) from error
    return ground.x(), ground.y()
