"""The polygons of a layer, taken to another CRS."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsGeometry,
)

from ..service.errors import OptionError
from ..translation import tr

# Points put on each edge of a shape that is transformed, as straight edges bend.
_POINTS_ON_EDGES = 10


def transformed_polygons(
    option: str,
    name: str,
    polygons: Iterable[QgsGeometry],
    source_crs: QgsCoordinateReferenceSystem,
    crs: QgsCoordinateReferenceSystem,
    transform_context: QgsCoordinateTransformContext,
) -> list[QgsGeometry]:
    """Return the polygons of a layer of this name, taken to a CRS, that of a file or of a service.

    Raises:
        OptionError: the layer has no CRS, no polygons, or some that cannot be transformed. It is about `option`.
    """
    if not source_crs.isValid():
        message = tr("The polygon layer “{name}” has no coordinate reference system; set one to cut to its shapes.")
        raise OptionError(option, message.format(name=name))
    if not crs.isValid():
        raise OptionError(
            option, tr("QGIS does not know the coordinate reference system of the service, so nothing can be cut.")
        )
    transform = QgsCoordinateTransform(source_crs, crs, transform_context)
    found = []
    for polygon in polygons:
        if polygon.isEmpty():
            continue
        straight = QgsGeometry(polygon.constGet().segmentize())
        if source_crs != crs:
            straight = straight.densifyByCount(_POINTS_ON_EDGES)
            _transform(straight, transform, option, name)
        found.append(straight)
    if not found:
        raise OptionError(option, tr("The polygon layer “{name}” has no polygons to cut to.").format(name=name))
    return found


def _transform(polygon: QgsGeometry, transform: QgsCoordinateTransform, option: str, name: str) -> None:
    details = ""
    try:
        polygon.transform(transform)
    except QgsCsException as error:
        details = str(error)
    # Not all that cannot be transformed is an error to PROJ.
    if details or not polygon.boundingBox().isFinite():
        message = tr("The polygon layer “{name}” ({source}) cannot be transformed to {target}.")
        source, target = transform.sourceCrs(), transform.destinationCrs()
        raise OptionError(
            option,
            message.format(name=name, source=source.authid(), target=target.userFriendlyIdentifier()),
            details,
        )
