"""Services whose descriptions, limits or answers are those of odd, old, cached or secured servers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from .catalog import Item, catalog_of, rectangle
from .functions import Window
from .functions.block import Array
from .landsat import FIELDS
from .pixels import Raster, array_raster, dtype_of, extent_of, part
from .service import ImageService, MosaicDefaults, Rule, TileScheme
from .synthetic import SMALL, UTM_25S, band_names, encoded, ramps, small

Document = dict[str, object]

_WEB_MERCATOR = {"wkid": 102100, "latestWkid": 3857}

#: What a 9.3 server tells of an image service.
_KEYS_OF_93 = (
    "serviceDescription",
    "name",
    "description",
    "extent",
    "pixelSizeX",
    "pixelSizeY",
    "bandCount",
    "pixelType",
    "minPixelSize",
    "maxPixelSize",
    "copyrightText",
    "serviceDataType",
    "minValues",
    "maxValues",
    "meanValues",
    "stdvValues",
)


def _with(*without: str, **changes: object) -> Callable[[Document], Document]:
    """A reshaping that lays `changes` over a description and takes the keys `without` out of it."""
    return lambda document: {key: value for key, value in {**document, **changes}.items() if key not in without}


def ones() -> ImageService:
    """`Test/Ones`: U8, 1 everywhere, so that the statistics have no range."""
    return small("Test/Ones", "U8", np.ones_like(ramps(1, "U8")))


def bands(name: str, count: int, pixel_type: str) -> ImageService:
    """`Test/TwoBands`, `Test/FourBands`, `Test/FourBandsU8`: see `ramps`."""
    return small(name, pixel_type, ramps(count, pixel_type))


def esri_code() -> ImageService:
    """`Test/EsriCode`: a spatial reference that only Esri has a code for (Alabama East, US feet)."""
    grid = Window(600000.0, 1300000.0, 30.0, 30.0, 201, 151)
    reference = {"wkid": 102629, "latestWkid": 102629}
    return ImageService("Test/EsriCode", reference, grid, "S32", band_names(1), encoded(grid, 1))


def web_mercator() -> ImageService:
    """`Test/WebMercator`: pixels of exactly one meter, told by Esri's old code and the new one."""
    grid = Window(-3885000.0, -890000.0, 1.0, 1.0, 601, 401)
    return ImageService("Test/WebMercator", _WEB_MERCATOR, grid, "S32", band_names(1), encoded(grid, 1))


def _world_of_tiles(name: str) -> ImageService:
    """A picture of three bands in Web Mercator with a cache of 20 levels on the usual grid."""
    grid = Window(-3885000.0, -890000.0, 4.777314267823516, 4.777314267823516, 2048, 2048)

    def values(rows: Array, columns: Array) -> Array:
        rows, columns = np.broadcast_arrays(rows, columns)
        return np.stack([rows // 8, columns // 8, (rows + columns) // 16]).astype(np.uint8)

    half = 20037508.342787
    tiles = TileScheme((-half, half), tuple(2 * half / 256 / 2**level for level in range(20)))
    source = Raster(grid, "U8", values)
    return ImageService(name, _WEB_MERCATOR, grid, "U8", ("Red", "Green", "Blue"), source, tiles=tiles)


def cached() -> ImageService:
    """`Test/Cached`: tiles as well as exportImage."""
    return _world_of_tiles("Test/Cached")


def tiles_only() -> ImageService:
    """`Test/TilesOnly`: tiles, and code 400 for every exportImage."""
    return replace(_world_of_tiles("Test/TilesOnly"), tiles_only=True)


def lerc_tiles(name: str, pixel_type: str, bands: int, version: int) -> ImageService:
    """`Test/LercTiles` and others: values in LERC tiles of 64 pixels, and nothing else.

    Band b reads `1000 b + row + column / 4` in the cells of 4 units, in whole numbers where the type has no fractions;
    every cell where row + column is a multiple of 7 has none. Levels do not halve, the origin is not that of the grid,
    and the tile 3, 2, 2 is missing.
    """
    grid = Window(300000.0, 9100000.0, 4.0, 4.0, 301, 203)

    def values(rows: Array, columns: Array) -> Array:
        rows, columns = np.broadcast_arrays(rows, columns)
        return np.stack([1000 * band + rows + columns / 4 for band in range(1, bands + 1)]).astype(dtype_of(pixel_type))

    def valid(rows: Array, columns: Array) -> Array:
        rows, columns = np.broadcast_arrays(rows, columns)
        return np.broadcast_to((rows + columns) % 7 != 0, (bands, *rows.shape))

    tiles = TileScheme(
        (299900.0, 9100100.0), (64.0, 24.0, 10.0, 4.0, 1.0), 64, "LERC2D", version, frozenset({(3, 2, 2)})
    )
    source = Raster(grid, pixel_type, values, valid)
    return ImageService(
        name,
        UTM_25S,
        grid,
        pixel_type,
        band_names(bands),
        source,
        data_type="esriImageServiceDataTypeElevation" if bands == 1 else "esriImageServiceDataTypeGeneric",
        tiles=tiles,
        tiles_only=True,
    )


def secured(name: str, access: str) -> ImageService:
    """`Test/Secured` (token), `Test/SecuredReferer` (a token bound to a referer), `Test/SecuredWebTier` (Basic)."""
    return small(name, "U8", ramps(3, "U8"), access=access)


def single() -> ImageService:
    """`Test/Single`: a single raster, bilinear unless the request says otherwise."""
    return small("Test/Single", "F32", ramps(1, "F32"), resampling="Bilinear")


def version_93() -> ImageService:
    """`Test/Version93`: the description of a 9.3 server, which knows no adjustAspectRatio."""

    def reshape(document: Document) -> Document:
        return {key: document[key] for key in _KEYS_OF_93}

    return small("Test/Version93", "U8", ramps(3, "U8"), version=9.3, reshape=reshape)


def no_functions() -> ImageService:
    """`Test/NoFunctions`: raster functions are not allowed, and their list is null."""
    reshape = _with(rasterFunctionInfos=None)
    return small("Test/NoFunctions", "U8", ramps(3, "U8"), allow_raster_function=False, reshape=reshape)


def not_a_number() -> ImageService:
    """`Test/NaN`: extents of "NaN" and null, no band names, no statistics."""
    nan = {"xmin": "NaN", "ymin": "NaN", "xmax": "NaN", "ymax": "NaN", "spatialReference": UTM_25S}
    none = {"xmin": None, "ymin": None, "xmax": None, "ymax": None, "spatialReference": UTM_25S}
    empty: list[float] = []
    reshape = _with(
        "bandNames",
        initialExtent=nan,
        fullExtent=none,
        minValues=empty,
        maxValues=empty,
        meanValues=empty,
        stdvValues=empty,
    )
    return small("Test/NaN", "F32", ramps(3, "F32"), reshape=reshape)


def tiny_full_extent() -> ImageService:
    """`Test/TinyFullExtent`: a fullExtent 0.002 units wide beside the right extent."""
    box = extent_of(SMALL)
    tiny = {
        "xmin": box.xmin,
        "ymin": box.ymin,
        "xmax": box.xmin + 0.002,
        "ymax": box.ymin + 0.002,
        "spatialReference": UTM_25S,
    }
    return small("Test/TinyFullExtent", "U8", ramps(1, "U8"), reshape=_with(fullExtent=tiny))


def many_functions() -> ImageService:
    """`Test/ManyFunctions`: 500 of them, "None" the last."""
    functions: dict[str, Rule] = {
        f"Remap_{number:03d}": {
            "rasterFunction": "Remap",
            "rasterFunctionArguments": {"InputRanges": [0, 256], "OutputValues": [number % 256]},
        }
        for number in range(1, 500)
    }
    functions["None"] = {"rasterFunction": "None"}
    return small("Test/ManyFunctions", "U8", ramps(1, "U8"), functions=functions)


def _strips(name: str, mosaic: MosaicDefaults, ranges: tuple[tuple[float, float], ...]) -> ImageService:
    """Three rasters side by side that overlap by half; the one with OBJECTID k shows `10 k`.

    `ranges` are their MinPS and MaxPS.
    """
    items = []
    for number, (least, greatest) in enumerate(ranges, start=1):
        cut = part(SMALL, 24 * (number - 1), 0, 49, SMALL.rows)
        box = extent_of(cut)
        record = dict.fromkeys((str(field["name"]) for field in FIELDS), None)
        record |= {"OBJECTID": number, "Name": f"strip_{number}", "MinPS": least, "MaxPS": greatest, "Best": number}
        pixels = np.full((1, cut.rows, cut.columns), 10 * number, dtype=np.uint8)
        items.append(Item(record, array_raster(pixels, cut, "U8"), rectangle(box), box.center))
    return ImageService(name, UTM_25S, SMALL, "U8", band_names(1), catalog_of(FIELDS, items), mosaic=mosaic)


def limited_methods() -> ImageService:
    """`Test/LimitedMethods`: a mosaic without LockRaster and ByAttribute; its sortField is in another case."""
    mosaic = MosaicDefaults("NorthWest,Center,Nadir,Viewpoint", sort_field="BEST", sort_value="0")
    return _strips("Test/LimitedMethods", mosaic, ((0.0, 1e6),) * 3)


def scales() -> ImageService:
    """`Test/Scales`: the first raster is shown in cells up to 15 units, the second from 15 on, the third always."""
    return _strips("Test/Scales", MosaicDefaults(method="None"), ((0.0, 15.0), (15.0, 1e6), (0.0, 1e6)))
