"""Cells that fall on those of a raster layer: where these begin, in the CRS of the service."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.core import QgsCoordinateReferenceSystem, QgsMapLayer, QgsProject, QgsRasterLayer

from ..options import arcgis_arguments
from ..options.sentences import shortened
from ..service.errors import OptionError
from ..translation import tr
from .find_layer import layer_from_text


@dataclass(frozen=True)
class ReferencedCells:
    """The cells of a raster layer: a corner of one of them, their size, and the CRS of both. `name` is the layer's."""

    name: str
    corner: tuple[float, float]
    size: tuple[float, float]
    crs: QgsCoordinateReferenceSystem


def snap_raster(value: Any, project: QgsProject) -> tuple[float, float] | ReferencedCells | None:
    """Read what cells are to be aligned with: a raster layer (its id, name or path), or x and y of a corner.

    Main thread only. A corner is in the service's CRS.

    Raises:
        OptionError: it is neither.
    """
    if not arcgis_arguments.is_given(value):
        return None
    layer = value if isinstance(value, QgsMapLayer) else None
    if isinstance(value, (str, Path)):
        layer = layer_from_text(str(value), project, QgsRasterLayer)
    if layer is None:
        return _corner(value)
    if not isinstance(layer, QgsRasterLayer) or not layer.isValid() or layer.rasterUnitsPerPixelX() <= 0:
        message = tr("The layer “{name}” has no cells to align with; choose a raster layer.")
        raise OptionError("snap_origin", message.format(name=layer.name()))
    extent = layer.extent()
    # The edges are exact, where the size of a cell may be rounded.
    size = extent.width() / max(1, layer.width()), extent.height() / max(1, layer.height())
    return ReferencedCells(layer.name(), (extent.xMinimum(), extent.yMaximum()), size, layer.crs())


def aligned_corner(cells: ReferencedCells, crs: QgsCoordinateReferenceSystem) -> tuple[float, float]:
    """Return the corner from which cells go out, in the service's CRS.

    Raises:
        OptionError: the layer is in another CRS, in which its cells have another shape.
    """
    if cells.crs.isValid() and cells.crs != crs:
        message = tr(
            "The cells of the layer “{name}” ({source}) cannot fall on cells in the service's {target}, in which they "
            "have another shape; align with a layer in {target}, or take only its cell size."
        )
        source, target = cells.crs.authid(), crs.authid() or crs.userFriendlyIdentifier() or tr("unknown CRS")
        raise OptionError("snap_origin", message.format(name=cells.name, source=source, target=target))
    return cells.corner


def _corner(value: Any) -> tuple[float, float]:
    try:
        corner = arcgis_arguments.viewpoint(value)
    except OptionError:
        corner = None
    if corner is None:
        message = tr(
            "“{value}” is neither a raster layer to align cells with nor x and y of a corner of a cell in the "
            "service's coordinate reference system."
        )
        raise OptionError("snap_origin", message.format(value=shortened(value)))
    return corner
