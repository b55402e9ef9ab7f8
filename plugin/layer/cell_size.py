"""The cell size: numbers, or that of a raster layer, taken to the CRS of the service."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsMapLayer,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
)

from ..options import arcgis_arguments
from ..service.errors import OptionError
from ..translation import tr
from .find_layer import layer_from_text
from .known_crs import require_known


@dataclass(frozen=True)
class ReferencedCellSize:
    """The cell size of a raster layer, with the CRS it is measured in and the place it was taken at."""

    size: tuple[float, float]
    crs: QgsCoordinateReferenceSystem
    center: tuple[float, float]


def cell_size(value: Any, project: QgsProject) -> tuple[float, float] | ReferencedCellSize | None:
    """Read a cell size: numbers in units of the service's CRS, or a raster layer (its id, name or path) that has one.

    Raises:
        OptionError: not a positive size, and not a raster.
    """
    layer = value if isinstance(value, QgsMapLayer) else None
    text = str(value) if isinstance(value, Path) else value
    if isinstance(text, str) and arcgis_arguments.is_given(text) and not arcgis_arguments.is_cell_size_text(text):
        layer = layer_from_text(text, project, QgsRasterLayer)
    if layer is None:
        return arcgis_arguments.cell_size(value)
    if not isinstance(layer, QgsRasterLayer) or not layer.isValid() or layer.rasterUnitsPerPixelX() <= 0:
        raise OptionError(
            "cell_size",
            tr("The layer “{name}” has no cells to take the cell size from; choose a raster layer.").format(
                name=layer.name()
            ),
        )
    center = layer.extent().center()
    return ReferencedCellSize(
        (layer.rasterUnitsPerPixelX(), layer.rasterUnitsPerPixelY()), layer.crs(), (center.x(), center.y())
    )


def transformed_cell_size(
    size: tuple[float, float] | ReferencedCellSize | None,
    crs: QgsCoordinateReferenceSystem,
    transform_context: QgsCoordinateTransformContext,
) -> tuple[float, float] | None:
    """Return the cell size in units of the service's CRS; a layer's cell is measured where the layer is."""
    if not isinstance(size, ReferencedCellSize):
        return size
    require_known("cell_size", size.crs, crs)
    if not size.crs.isValid() or size.crs == crs:
        return size.size
    (width, height), (x, y) = size.size, size.center
    transform = QgsCoordinateTransform(size.crs, crs, transform_context)
    middles = ((x - width / 2, y), (x + width / 2, y), (x, y - height / 2), (x, y + height / 2))
    try:
        west, east, south, north = (transform.transform(QgsPointXY(*middle)) for middle in middles)
    except QgsCsException as error:
        raise OptionError(
            "cell_size",
            tr(
                "The cell size of the layer ({source}) cannot be transformed to the service's {target}; give a number."
            ).format(source=size.crs.authid(), target=crs.userFriendlyIdentifier()),
            str(error),
        ) from error
    return west.distance(east), south.distance(north)
