"""What becomes of chosen bands when another processing template yields others."""

from __future__ import annotations

from ..service.image_service import ImageService

Bands = tuple[int, ...]


def carried_bands(bands: Bands | None, before: ImageService, after: ImageService) -> Bands | None:
    """Return the bands to choose in `after` for those chosen in `before`: the same ones, where names tell, else all.

    Where both have the same bands, these keep their numbers whatever they are called.
    """
    if bands is None or [band.name for band in before.bands] == [band.name for band in after.bands]:
        return bands
    chosen = {band.number: band.name for band in before.bands if band.has_own_name}
    numbers = {band.name: band.number for band in after.bands if band.has_own_name}
    found = [numbers.get(chosen.get(number, "")) for number in bands]
    return None if None in found else tuple(number for number in found if number is not None)
