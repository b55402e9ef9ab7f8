"""Carries choices over: bands to another processing template, and an extent to another service."""

from __future__ import annotations

from qgis.core import QgsCoordinateTransformContext, QgsRectangle, QgsReferencedRectangle

from ..service.crs import crs_of
from ..service.errors import OptionError
from ..service.extent import Extent
from ..service.image_service import ImageService, SpatialReference
from .template_extent import transformed_extent

Bands = tuple[int, ...]

# Tolerance, as a share of width and height.
_HAIR = 1e-3


def carried_bands(bands: Bands | None, before: ImageService, after: ImageService) -> Bands | None:
    """Return the bands of `after` that are the same as those chosen in `before`, by name; if that fails, all bands.

    If both have the same list of names, the numbers stay, whatever the names mean.
    """
    if bands is None or [band.name for band in before.bands] == [band.name for band in after.bands]:
        return bands
    chosen = {band.number: band.name for band in before.bands if band.has_own_name}
    numbers = {band.name: band.number for band in after.bands if band.has_own_name}
    found = [numbers.get(chosen.get(number, "")) for number in bands]
    return None if None in found else tuple(number for number in found if number is not None)


def carried_extent(
    extent: Extent, former: SpatialReference, service: ImageService, transform_context: QgsCoordinateTransformContext
) -> Extent | None:
    """Return an extent that was chosen for another service in the CRS of this one; None if it is not all inside.

    `former` is the spatial reference of `extent`.
    """
    template = QgsReferencedRectangle(QgsRectangle(*extent), crs_of(former))
    try:
        carried = transformed_extent(template, crs_of(service.spatial_reference), transform_context)
    except OptionError:
        return None
    # Edges that are transformed there and back are slightly off.
    hair_x, hair_y = carried.width * _HAIR, carried.height * _HAIR
    common = carried.intersection(service.extent)
    if common is None or carried.width - common.width > hair_x or carried.height - common.height > hair_y:
        return None
    return common
