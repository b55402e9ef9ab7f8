"""Blocks of pixels as the bytes of TIFF, PNG and JPEG images."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from osgeo import gdal, gdal_array

from .errors import ParameterError
from .functions import Block, Statistics, Window
from .functions.block import Array

FORMATS = ("jpgpng", "png", "png8", "png24", "png32", "jpg", "tiff")

_SERIAL = itertools.count()

_TIFF_BITS = {"U1": 1, "U2": 2, "U4": 4}

# GDAL knows the type Int8 since 3.7; before, it is a byte with a creation option.
_HAS_INT8 = hasattr(gdal, "GDT_Int8")


@dataclass(frozen=True)
class Encoding:
    """What the parameters format, compression and compressionQuality ask for."""

    format: str
    compression: str = "None"
    quality: int = 75


class Encoded(NamedTuple):
    data: bytes
    content_type: str
    suffix: str


def encode(block: Block, fill: tuple[float, ...] | None, window: Window, wkt: str, encoding: Encoding) -> Encoded:
    """The image of a block.

    TIFF holds the values as they are, with `fill` (a value for each band, or None = 0) where there is no data, placed
    on the ground by `window` and `wkt`. PNG and JPEG show one or three bands in eight bits; wider types are stretched
    from the minimum to the maximum of the block's statistics.
    """
    if encoding.format == "tiff":
        return Encoded(_tiff(block, fill, window, wkt, encoding), "image/tiff", "tif")
    shown, opaque = _picture(block)
    if encoding.format == "jpg" or (encoding.format == "jpgpng" and opaque.all()):
        options = [f"QUALITY={encoding.quality}"]
        return Encoded(_create("JPEG", gdal_array.OpenArray(shown), options), "image/jpeg", "jpg")
    if encoding.format in ("png32", "jpgpng"):
        rgba = np.concatenate([np.broadcast_to(shown, (3, *opaque.shape)), opaque[np.newaxis] * np.uint8(255)])
        return Encoded(_png(gdal_array.OpenArray(rgba)), "image/png", "png")
    if encoding.format == "png24":
        rgb = np.ascontiguousarray(np.broadcast_to(shown, (3, *opaque.shape)))
        return Encoded(_png(gdal_array.OpenArray(rgb)), "image/png", "png")
    return Encoded(_png(_indexed(shown, opaque)), "image/png", "png")


def _tiff(block: Block, fill: tuple[float, ...] | None, window: Window, wkt: str, encoding: Encoding) -> bytes:
    pixels = np.ascontiguousarray(block.pixels)
    if not block.valid.all():
        values = np.array(fill or (0,) * block.band_count).astype(pixels.dtype)
        pixels = np.where(block.valid, pixels, values[:, np.newaxis, np.newaxis])
    options = [f"BLOCKYSIZE={window.rows}"]
    if block.pixel_type in _TIFF_BITS:
        options.append(f"NBITS={_TIFF_BITS[block.pixel_type]}")
    if block.pixel_type == "S8" and not _HAS_INT8:
        pixels, options = pixels.view(np.uint8), [*options, "PIXELTYPE=SIGNEDBYTE"]
    dataset = gdal_array.OpenArray(pixels)
    dataset.SetGeoTransform((window.xmin, window.cell_x, 0.0, window.ymax, 0.0, -window.cell_y))
    dataset.SetProjection(wkt)
    if fill and len(set(fill)) == 1:
        for band in range(block.band_count):
            dataset.GetRasterBand(band + 1).SetNoDataValue(fill[0])
    if block.colormap and block.pixel_type == "U8" and block.band_count == 1:
        dataset.GetRasterBand(1).SetColorTable(_color_table(block.colormap))
    return _create("GTiff", dataset, options + _compression(block, encoding))


def _compression(block: Block, encoding: Encoding) -> list[str]:
    if encoding.compression == "LZ77":
        return ["COMPRESS=DEFLATE", "ZLEVEL=1"]
    if encoding.compression == "JPEG":
        if block.pixel_type != "U8" or block.band_count not in (1, 3):
            raise ParameterError("Parameter 'compression': JPEG needs one or three bands of the pixel type U8.")
        layout = ["PHOTOMETRIC=YCBCR", "INTERLEAVE=PIXEL"] if block.band_count == 3 else []
        return ["COMPRESS=JPEG", f"JPEG_QUALITY={encoding.quality}", *layout]
    return []


def _picture(block: Block) -> tuple[Array, Array]:
    """One or three bands of bytes, and where the picture is opaque: where every band shown has data."""
    if block.colormap:
        lookup = np.zeros((3, 256), dtype=np.uint8)
        for value, color in block.colormap.items():
            lookup[:, value] = color
        return lookup[:, block.pixels[0].astype(np.int64).clip(0, 255)], block.valid[0]
    shown = block.bands([0, 1, 2] if block.band_count >= 3 else [0])
    opaque = np.logical_and.reduce(shown.valid)
    if shown.pixel_type == "U8":
        return np.where(opaque, shown.pixels, np.uint8(0)), opaque
    return np.stack([_stretched(*band) for band in zip(shown.pixels, shown.valid, shown.statistics)]), opaque


def _stretched(pixels: Array, valid: Array, statistics: Statistics) -> Array:
    span = statistics.maximum - statistics.minimum or 1.0
    scaled = np.rint((pixels.astype(np.float64) - statistics.minimum) * (255.0 / span))
    return np.where(valid, scaled.clip(0.0, 255.0), 0.0).astype(np.uint8)


def _indexed(shown: Array, opaque: Array) -> gdal.Dataset:
    """A picture of one band with at most 255 colors and, as the last index, one that is transparent."""
    table = gdal.ColorTable()
    rows, columns = opaque.shape
    target = gdal.GetDriverByName("MEM").Create("", columns, rows, 1, gdal.GDT_Byte)
    if len(shown) == 1:
        for gray in range(255):
            table.SetColorEntry(gray, (gray, gray, gray, 255))
        indexes = np.minimum(shown[0], 254)
    else:
        bands = gdal_array.OpenArray(np.ascontiguousarray(shown))
        red, green, blue = (bands.GetRasterBand(number) for number in (1, 2, 3))
        gdal.ComputeMedianCutPCT(red, green, blue, 255, table)
        gdal.DitherRGB2PCT(red, green, blue, target.GetRasterBand(1), table)
        indexes = target.ReadAsArray()
    table.SetColorEntry(255, (0, 0, 0, 0))
    target.GetRasterBand(1).SetColorTable(table)
    target.WriteArray(np.where(opaque, indexes, np.uint8(255)))
    return target


def _color_table(colormap: dict[int, tuple[int, int, int]]) -> gdal.ColorTable:
    table = gdal.ColorTable()
    for value, color in colormap.items():
        table.SetColorEntry(value, (*color, 255))
    return table


def png(pixels: Array) -> bytes:
    """Red, green and blue (3, rows, columns) as a PNG."""
    return _png(gdal_array.OpenArray(np.ascontiguousarray(pixels)))


def _png(dataset: gdal.Dataset) -> bytes:
    return _create("PNG", dataset, ["ZLEVEL=1"])


def _create(driver: str, dataset: gdal.Dataset, options: list[str]) -> bytes:
    # A folder of its own, for some drivers write a second file beside the image.
    folder = f"/vsimem/export/{next(_SERIAL)}"
    gdal.Mkdir(folder, 0o700)
    path = f"{folder}/image"
    gdal.GetDriverByName(driver).CreateCopy(path, dataset, options=options).FlushCache()
    file = gdal.VSIFOpenL(path, "rb")
    try:
        return bytes(gdal.VSIFReadL(1, gdal.VSIStatL(path).size, file))
    finally:
        gdal.VSIFCloseL(file)
        gdal.RmdirRecursive(folder)
