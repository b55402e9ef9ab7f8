"""Services whose pixels are computed: each tells its row, column and band, or the limits of its pixel type."""

from __future__ import annotations

from typing import Any

import numpy as np

from .catalog import Catalog, Item, rectangle
from .functions import Window
from .functions.block import Array
from .landsat import FIELDS
from .pixels import Raster, array_raster, dtype_of, part
from .service import ImageService, MosaicDefaults
from .spatial import Extent

UTM_25S = {"wkid": 31985, "latestWkid": 31985}
WGS84 = {"wkid": 4326, "latestWkid": 4326}

#: Grid of the services `Test/U8` … `Test/F64`.
SMALL = Window(300000.0, 9100000.0, 10.0, 10.0, 97, 61)

#: What `Test/Huge` adds to its pixels, repeated over them.
NOISE = np.random.RandomState(7).randint(0, 4, (509, 509)).astype(np.uint16)


def band_names(count: int) -> tuple[str, ...]:
    return tuple(f"Band_{number}" for number in range(1, count + 1))


def encoded(grid: Window, bands: int) -> Raster:
    """S32 pixels that read `band × 100 000 000 + row × 10 000 + column`; bands count from 1, the others from 0."""

    def values(rows: Array, columns: Array) -> Array:
        place = rows * 10_000 + columns
        return np.stack([band * 100_000_000 + place for band in range(1, bands + 1)]).astype(np.int32)

    return Raster(grid, "S32", values)


def synthetic() -> ImageService:
    """`Test/Synthetic`: five bands on a grid of odd size, too odd to be halved."""
    grid = Window(300000.0, 9100000.0, 10.0, 10.0, 5001, 3777)
    return ImageService("Test/Synthetic", UTM_25S, grid, "S32", band_names(5), encoded(grid, 5))


def synthetic_non_square() -> ImageService:
    """`Test/SyntheticNonSquare`: the same in degrees, with pixels of 0.00064 × 0.00048."""
    grid = Window(-35.2, -7.4, 0.00064, 0.00048, 1801, 1333)
    return ImageService("Test/SyntheticNonSquare", WGS84, grid, "S32", band_names(2), encoded(grid, 2))


def huge() -> ImageService:
    """`Test/Huge`: 50 000 × 40 000 × 3 pixels of U16 for benchmarks, smooth but for the noise of a sensor.

    Band b reads `8000 sin(row / (12000 + 1000 b)) + 6000 cos(column / (15000 + 1000 b)) + 20000`, cut to a multiple of
    32, plus 0 to 3 from `NOISE`. LZ77 takes it to an eighth at full resolution and to a third as an overview.
    """
    grid = Window(200000.0, 9400000.0, 10.0, 10.0, 50_000, 40_000)

    def values(rows: Array, columns: Array) -> Array:
        bands = [
            (20_000 + 8_000 * np.sin(rows / (12_000 + 1_000 * band))).astype(np.float32)
            + (6_000 * np.cos(columns / (15_000 + 1_000 * band))).astype(np.float32)
            for band in range(1, 4)
        ]
        steps = np.stack(bands).astype(np.uint16) & np.uint16(0xFFE0)
        return steps | NOISE[rows % len(NOISE), columns % len(NOISE)]

    return ImageService("Test/Huge", UTM_25S, grid, "U16", band_names(3), Raster(grid, "U16", values))


def _limits(pixel_type: str) -> tuple[int, int]:
    limits = np.iinfo(dtype_of(pixel_type))
    return int(limits.min), int(limits.max)


def typed(pixel_type: str) -> ImageService:
    """`Test/U8` … `Test/F64`: three bands of a pixel type that has its limits at the upper left pixel.

    With i = row × columns + column and s = the type's span // pixels (at least 1): in whole numbers bands 1 and 3 read
    `least + i s`, band 2 `greatest - i s` (of eight bits, only the last eight bits of `i s`). F32 reads
    `1000 band + i / 8`, F64 `1e9 band + i / 1024`, which F32 cannot hold.
    """
    place = np.arange(SMALL.rows * SMALL.columns).reshape(SMALL.rows, SMALL.columns)
    if pixel_type in ("F32", "F64"):
        base, step = (1000.0, 1 / 8) if pixel_type == "F32" else (1e9, 1 / 1024)
        pixels = np.stack([base * band + place * step for band in (1, 2, 3)])
    else:
        least, greatest = _limits(pixel_type)
        offset = place * max(1, (greatest - least) // place.size) % (greatest - least + 1)
        pixels = np.stack([least + offset, greatest - offset, least + offset])
    return small(f"Test/{pixel_type}", pixel_type, pixels.astype(dtype_of(pixel_type)))


def small(name: str, pixel_type: str, pixels: Array, **options: Any) -> ImageService:
    """A service of one raster on the grid `SMALL`."""
    names = band_names(len(pixels))
    return ImageService(name, UTM_25S, SMALL, pixel_type, names, array_raster(pixels, SMALL, pixel_type), **options)


def ramps(bands: int, pixel_type: str) -> Array:
    """Bands that rise with rows and columns: `row + column + 10 (band - 1) + 1`, bands counted from 1."""
    rows, columns = np.arange(SMALL.rows)[:, np.newaxis], np.arange(SMALL.columns)[np.newaxis, :]
    return np.stack([rows + columns + 10 * band + 1 for band in range(bands)]).astype(dtype_of(pixel_type))


def no_data_per_band() -> ImageService:
    """`Test/NoDataPerBand`: S16, where -9999, 0 and 32767 mean no data in one band each, in the first ten columns."""
    pixels, no_data = ramps(3, "S16"), (-9999, 0, 32767)
    pixels[:, :, :10] = np.array(no_data, dtype=np.int16)[:, np.newaxis, np.newaxis]
    raster = array_raster(pixels, SMALL, "S16", no_data)
    return ImageService("Test/NoDataPerBand", UTM_25S, SMALL, "S16", band_names(3), raster, no_data=no_data)


def big_catalog() -> ImageService:
    """`Test/BigCatalog`: a mosaic of 100 000 rasters, 18 × 18 pixels each, 400 to a row, which overlap by two pixels.

    The raster with OBJECTID k shows `k % 251 + 1`.
    """
    columns, count, pitch, size = 400, 100_000, 16, 18
    grid = Window(300000.0, 9100000.0, 10.0, 10.0, columns * pitch + 2, count // columns * pitch + 2)
    left, top = np.arange(count) % columns * pitch, np.arange(count) // columns * pitch
    xmin, ymax = grid.xmin + left * 10.0, grid.ymax - top * 10.0
    boxes = np.column_stack([xmin, ymax - size * 10.0, xmin + size * 10.0, ymax])

    def attributes(position: int) -> dict[str, object]:
        return {
            "OBJECTID": position + 1,
            "Name": f"tile_{position + 1:06d}",
            "MinPS": 0.0,
            "MaxPS": 100_000.0,
            "CloudCover": position % 1000 / 10,
            "AcquisitionDate": 946684800000 + position * 3600_000,
        }

    def item(position: int) -> Item:
        pixels = np.full((1, size, size), (position + 1) % 251 + 1, dtype=np.uint8)
        cut = part(grid, int(left[position]), int(top[position]), size, size)
        box = Extent(*boxes[position])
        return Item(attributes(position), array_raster(pixels, cut, "U8"), rectangle(box), box.center)

    fields = tuple(field for field in FIELDS if field["name"] in attributes(0))
    catalog = Catalog(fields, np.arange(1, count + 1), boxes, attributes, item)
    mosaic = MosaicDefaults(method="None", sort_field="AcquisitionDate", sort_value="2000/01/01")
    return ImageService("Test/BigCatalog", UTM_25S, grid, "U8", band_names(1), catalog, mosaic=mosaic)
