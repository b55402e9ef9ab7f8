"""The services of the server by name; each is built when it is first asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cache, partial

from . import climate, downloads, elevation, landsat, shapes, synthetic, times
from .errors import ServiceError
from .service import ImageService

_BUILDERS: dict[str, Callable[[], ImageService]] = {
    "Olinda/Landsat": landsat.landsat,
    "Olinda/Elevation": elevation.elevation,
    "Olinda/ElevationDefault": elevation.elevation_default,
    "PuertoRico/LandCover": elevation.land_cover,
    "Test/Sample": elevation.sample_mosaic,
    "Test/Synthetic": synthetic.synthetic,
    "Test/SyntheticNonSquare": synthetic.synthetic_non_square,
    "Test/Huge": synthetic.huge,
    **{
        f"Test/{pixel_type}": partial(synthetic.typed, pixel_type)
        for pixel_type in ("U8", "S8", "U16", "S16", "U32", "S32", "F32", "F64")
    },
    "Test/TwoBands": partial(shapes.bands, "Test/TwoBands", 2, "U16"),
    "Test/FourBands": partial(shapes.bands, "Test/FourBands", 4, "U16"),
    "Test/FourBandsU8": partial(shapes.bands, "Test/FourBandsU8", 4, "U8"),
    "Test/Ones": shapes.ones,
    "Test/NoDataPerBand": synthetic.no_data_per_band,
    "Test/BigCatalog": synthetic.big_catalog,
    "Test/Monthly": times.monthly,
    "Test/Yearly": times.yearly,
    "Test/Climate": climate.climate,
    "Test/ClimateTiles": climate.climate_tiles,
    "Test/Water": climate.water,
    "Test/EsriCode": shapes.esri_code,
    "Test/WebMercator": shapes.web_mercator,
    "Test/Cached": shapes.cached,
    "Test/TilesOnly": shapes.tiles_only,
    "Test/LercTiles": partial(shapes.lerc_tiles, "Test/LercTiles", "F32", 1, 4),
    "Test/LercTilesS16": partial(shapes.lerc_tiles, "Test/LercTilesS16", "S16", 1, 3),
    "Test/LercTilesBands": partial(shapes.lerc_tiles, "Test/LercTilesBands", "U16", 3, 4),
    "Test/LercTilesNewest": partial(shapes.lerc_tiles, "Test/LercTilesNewest", "F32", 1, 6),
    "Test/LercTilesNewestS16": partial(shapes.lerc_tiles, "Test/LercTilesNewestS16", "S16", 1, 6),
    "Test/LercTilesS8": partial(shapes.lerc_tiles, "Test/LercTilesS8", "S8", 1, 6),
    "Test/Secured": partial(shapes.secured, "Test/Secured", "token"),
    "Test/SecuredLandsat": landsat.landsat_secured,
    "Test/SecuredReferer": partial(shapes.secured, "Test/SecuredReferer", "referer"),
    "Test/SecuredWebTier": partial(shapes.secured, "Test/SecuredWebTier", "basic"),
    "Test/Single": shapes.single,
    "Test/Version93": shapes.version_93,
    "Test/NoFunctions": shapes.no_functions,
    "Test/NaN": shapes.not_a_number,
    "Test/TinyFullExtent": shapes.tiny_full_extent,
    "Test/ManyFunctions": shapes.many_functions,
    "Test/LimitedMethods": shapes.limited_methods,
    "Test/LandsatDefault": landsat.landsat_default,
    "Test/Scales": shapes.scales,
    "Test/SourceRasters": downloads.source_rasters,
    "Test/SecuredSourceRasters": partial(downloads.source_rasters, "token"),
    "Test/LargeFile": downloads.large_file,
}

#: Services of other kinds, which only the directory and their own root know.
OTHERS = {"Olinda/Places": "MapServer", "Olinda/Parcels": "FeatureServer"}

NAMES = tuple(_BUILDERS)

# Building the same service in two threads at once would cost time and memory.
_LOCK = threading.Lock()


def service(name: str) -> ImageService:
    """The image service of a name; raises code 500, as real servers do, when there is none."""
    if name not in _BUILDERS:
        raise ServiceError(500, f"Service {name}/ImageServer not found")
    with _LOCK:
        return _built(name)


@cache
def _built(name: str) -> ImageService:
    return _BUILDERS[name]()
