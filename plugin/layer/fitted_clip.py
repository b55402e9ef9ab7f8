"""A shape as a layer can hold it: with as many corners as its source has room for, and as fine as its cells."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransformContext, QgsGeometry

from ..options.check import Note
from ..options.clip import MOST_CORNERS, Clip, Ring
from ..service.errors import OptionError
from ..service.image_service import ImageService
from ..translation import tr
from .clip import ReferencedShapes, polygon_parts, polygons_in_crs

# Tolerances for simplifying, in cells. The first changes practically no pixel, and removes the points that transforming
# has put on the edges.
_NOTHING, _LESS_THAN_A_CELL = 0.01, 0.5
# Decimal digits of a cell.
_DIGITS = 4
_FEWEST_CORNERS = 3


def fitted_clip(
    shapes: ReferencedShapes,
    service: ImageService,
    cell_size: tuple[float, float] | None,
    crs: QgsCoordinateReferenceSystem,
    transform_context: QgsCoordinateTransformContext,
) -> tuple[Clip, tuple[Note, ...]]:
    """Return the shape that a layer is clipped to, and notes about it. On any thread.

    `cell_size` is that of the layer, None for the service's own; `crs` is that of the service.

    Raises:
        OptionError: the shapes cannot be used; the text says why and what to do.
    """
    cell = min(cell_size or service.pixel_size)
    shape = polygons_in_crs(shapes, crs, service.extent, transform_context)
    if shapes.crs.isValid() and shapes.crs != crs:
        shape = shape.simplify(cell * _NOTHING)
    clip = _clip(shape, cell)
    if clip.corner_count <= MOST_CORNERS:
        return clip, ()
    simple = _clip(shape.simplify(cell * _LESS_THAN_A_CELL), cell)
    if simple.corner_count > MOST_CORNERS:
        message = tr(
            "The shapes to clip to have {count} corners, simplified by half a cell still {simple}, and a layer holds "
            "{most}; select fewer of them, or simplify them."
        )
        raise OptionError(
            "clip", message.format(count=clip.corner_count, simple=simple.corner_count, most=MOST_CORNERS)
        )
    text = tr("The shapes to clip to are simplified by less than a cell, from {count} corners to {simple}.")
    return simple, (Note("clip", text.format(count=clip.corner_count, simple=simple.corner_count)),)


def _clip(shape: QgsGeometry, cell: float) -> Clip:
    """Return a shape without details that are too fine to matter.

    Raises:
        OptionError: nothing is left of it.
    """
    digits = _DIGITS - math.floor(math.log10(cell))
    polygons = [tuple(_rings(polygon, digits)) for polygon in polygon_parts(shape)]
    clip = Clip(tuple(polygon for polygon in polygons if polygon))
    if not clip.polygons or not clip.extent.is_valid():
        message = tr("The shapes to clip to are much smaller than a cell; choose larger ones.")
        raise OptionError("clip", message)
    return clip


def _rings(polygon: Iterable[Sequence[tuple[float, float]]], digits: int) -> Iterator[Ring]:
    """Yield the rings of a polygon; if the outer one is too small, its holes are left out as well."""
    for number, ring in enumerate(polygon):
        rounded = [(round(x, digits), round(y, digits)) for x, y in ring]
        corners = tuple(corner for corner, following in zip(rounded, rounded[1:]) if corner != following)
        if len(corners) >= _FEWEST_CORNERS:
            yield corners
        elif number == 0:
            return
