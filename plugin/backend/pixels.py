"""Decodes images into pixels, each checked against what was requested.

A server is not trusted: the kind of file, its size, bands and type are checked in its header before anything is
unpacked, so that no small file becomes gigabytes, and no file makes GDAL open another one.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from osgeo import gdal

from ..options.grid import Grid
from ..service.errors import ImageServerLayerError, NotValuesError, ResponseError
from ..translation import tr
from .gdal_messages import quiet
from .pixel_types import GDAL_TYPES, numpy_type
from .shapes import Mask, inside_clip
from .source import Kind, LayerSource

Array = npt.NDArray[Any]

_TIFF, _PNG, _JPEG = "GTiff", "PNG", "JPEG"
# The format of ArcGIS that always has red, green, blue and alpha.
_ALL_FOUR = "png32"
_MAGIC = {
    b"II*\0": _TIFF,
    b"MM\0*": _TIFF,
    b"II+\0": _TIFF,
    b"MM\0+": _TIFF,
    b"\x89PNG\r\n\x1a\n": _PNG,
    b"\xff\xd8\xff": _JPEG,
}
_JPEG_END = b"\xff\xd9"
# In bytes: what tools may have added after the end of a JPEG.
_JPEG_TAIL = 1024
# In pixels, of a strip or tile, which GDAL unpacks as a whole. Usual ones have 128 to 512 pixels a side.
_LARGEST_BLOCK = 2048 * 2048


@dataclass(frozen=True)
class Pixels:
    """Pixels of a window: `values` (bands, rows, columns) in the layer's type; `valid` (rows, columns), None for all.

    What is not valid is no data whatever its value; a band's own `nodata` value comes on top of it.
    """

    values: Array
    valid: Mask | None = None


def decode(content: bytes, source: LayerSource, window: Grid) -> Pixels:
    """Return the pixels of an answer to a drawing request for `window`, cut to the shape of the source.

    `content` begins like an image, as `image_files.image_content` makes sure.

    Raises:
        NotValuesError: a picture came where values were asked for.
        ResponseError: the image is broken, or not the one that was asked for.
    """
    inside = None if source.clip is None else inside_clip(source.clip, window)
    if source.kind is Kind.PICTURE:
        picture = read_picture(content, (window.columns, window.rows), source.parameters.get("format", ""))
        if inside is not None:
            # Transparent is all that a picture can be where it is not.
            picture[:, ~inside] = 0
        return Pixels(picture)
    values = as_declared(*read_values(content, (window.columns, window.rows)), source)
    valid = _valid(values, source.nodata_together)
    if inside is None:
        return Pixels(values, valid)
    return Pixels(values, inside if valid is None else inside & valid)


def as_declared(values: Array, data_type: str, source: LayerSource) -> Array:
    """Return values (bands, rows, columns) in the layer's type; `data_type` is GDAL's name of their own.

    Raises:
        ResponseError: they are of other bands, or of a type whose values are not all of the layer's.
    """
    declared = numpy_type(source.data_type)
    if len(values) != len(source.bands) or not _fits(values.dtype, declared):
        raise ResponseError(
            tr(
                "The server sent {sent_bands} bands of the type {sent} where the layer has {bands} of the type "
                "{declared}; make the layer anew."
            ).format(sent_bands=len(values), sent=data_type, bands=len(source.bands), declared=source.data_type)
        )
    return values.astype(declared, copy=False)


def read_values(content: bytes, size: tuple[int, int]) -> tuple[Array, str]:
    """Return the pixels (bands, rows, columns) of a TIFF, and GDAL's name of their type. `size` is columns and rows.

    Raises:
        NotValuesError: it is a picture, PNG or JPEG.
        ResponseError: it cannot be read, or has another size.
    """
    if _driver(content) in (_PNG, _JPEG):
        raise NotValuesError(
            tr("The server sends pictures whatever it is asked for, so there are no pixel values; choose a picture.")
        )
    return _read(content, _TIFF, size, _values)


def read_picture(content: bytes, size: tuple[int, int], asked: str = "") -> Array:
    """Return a PNG or JPEG as red, green, blue and alpha (4, rows, columns). `size` is columns and rows.

    `asked` is the format that was asked for: `png32` has all four, so that one or two bands are only a part of it.

    Raises:
        ResponseError: it cannot be read, has another size, is no picture, or only a part of one.
    """
    driver = _driver(content)
    if driver not in (_PNG, _JPEG):
        raise ResponseError(tr("The server sent a TIFF where a picture was asked for; make the layer anew."))
    if driver == _JPEG and content.rfind(_JPEG_END, -_JPEG_TAIL) < 0:
        # Some releases of GDAL fill up missing data without an error.
        raise _unreadable("JPEG without an end")
    return _read(content, driver, size, _whole_rgba if asked == _ALL_FOUR else _rgba)


def read_small_picture(content: bytes, most: int) -> Array:
    """Return a PNG or JPEG of any size up to `most` pixels as red, green, blue and alpha (4, rows, columns).

    Raises:
        ResponseError: it cannot be read, is larger, or is no picture.
    """
    driver = _driver(content)
    if driver not in (_PNG, _JPEG):
        raise _unreadable("no picture")
    return _read(content, driver, None, lambda dataset: _rgba_up_to(dataset, most))


def _rgba_up_to(dataset: Any, most: int) -> Array:
    if dataset.RasterXSize * dataset.RasterYSize > most:
        raise _unreadable(f"{dataset.RasterXSize} × {dataset.RasterYSize} pixels")
    return _rgba(dataset)


def _fits(sent: np.dtype[Any], declared: np.dtype[Any]) -> bool:
    """Whether the declared type holds every value of the type that came."""
    return sent == declared or (sent.kind in "iu" and np.can_cast(sent, declared, "safe"))


def _valid(values: Array, nodata_together: tuple[float, ...]) -> Mask | None:
    if not nodata_together:
        return None
    gone = [np.isnan(band) if np.isnan(nodata) else band == nodata for band, nodata in zip(values, nodata_together)]
    return ~np.logical_and.reduce(gone)


def _driver(content: bytes) -> str:
    driver = next((name for magic, name in _MAGIC.items() if content.startswith(magic)), "")
    if not driver:
        raise _unreadable("neither TIFF nor PNG nor JPEG")
    return driver


def _read(content: bytes, driver: str, size: tuple[int, int] | None, read: Callable[[Any], Any]) -> Any:
    """Return what `read` makes of a data set whose header has been looked at; `size` None leaves that to `read`."""
    name = f"image_server_layer_{uuid.uuid4().hex}"
    path = f"/vsimem/{name}"
    gdal.FileFromMemBuffer(path, content)
    try:
        with quiet():
            # GDAL is told that there are no sibling files, so that none is taken for a part of this one.
            dataset = gdal.OpenEx(path, gdal.OF_RASTER, allowed_drivers=[driver], sibling_files=[name])
            if dataset is None:
                raise _unreadable(gdal.GetLastErrorMsg())
            if size is not None:
                _check_header(dataset, size)
            return read(dataset)
    except RuntimeError as error:
        problem: ImageServerLayerError = _unreadable(str(error))
    except ImageServerLayerError as error:
        # All that led to it would keep the data set open for as long as somebody keeps the error: without its file,
        # and beyond the end of QGIS, which closes it once more.
        problem = error.with_traceback(None)
        problem.__cause__ = problem.__context__ = None
    finally:
        # The data set must be closed before its file goes.
        dataset = None
        gdal.Unlink(path)
    raise problem


def _check_header(dataset: Any, size: tuple[int, int]) -> None:
    got = dataset.RasterXSize, dataset.RasterYSize
    if got != size:
        raise ResponseError(
            tr(
                "The server sent an image of {got} pixels where {asked} were asked for, so they cannot be put in place."
            ).format(got=f"{got[0]} × {got[1]}", asked=f"{size[0]} × {size[1]}")
        )
    if not dataset.RasterCount:
        raise _unreadable("no band")
    block_x, block_y = dataset.GetRasterBand(1).GetBlockSize()
    if block_x * block_y > max(_LARGEST_BLOCK, size[0] * size[1]):
        raise _unreadable(f"a block of {block_x} × {block_y} pixels")


def _values(dataset: Any) -> tuple[Array, str]:
    first = dataset.GetRasterBand(1)
    data_type = str(gdal.GetDataTypeName(first.DataType))
    if any(dataset.GetRasterBand(number + 1).DataType != first.DataType for number in range(dataset.RasterCount)):
        raise _unreadable("bands of several types")
    if data_type not in (*GDAL_TYPES, "Int8"):
        raise _unreadable(f"pixels of the type {data_type}")
    values = _array(dataset)
    if data_type == "Int8" or first.GetMetadataItem("PIXELTYPE", "IMAGE_STRUCTURE") == "SIGNEDBYTE":
        # Signed bytes are a type of its own only since GDAL 3.7, and no layer has it.
        return values.view(np.int8).astype(np.int16), "Int16"
    return values, data_type


def _array(dataset: Any) -> Array:
    values = dataset.ReadAsArray()
    if values is None:
        raise _unreadable(gdal.GetLastErrorMsg())
    return values if values.ndim == 3 else values[np.newaxis]


def _whole_rgba(dataset: Any) -> Array:
    """Return a picture in color as red, green, blue and alpha; one with a palette counts as color."""
    if dataset.RasterCount < 3 and dataset.GetRasterBand(1).GetColorTable() is None:
        raise ResponseError(
            tr("The server sent only {count} of the four bands of a picture; try again later.").format(
                count=dataset.RasterCount
            )
        )
    return _rgba(dataset)


def _rgba(dataset: Any) -> Array:
    """Return any picture of one to four bands as red, green, blue and alpha."""
    bands = [dataset.GetRasterBand(number + 1) for number in range(dataset.RasterCount)]
    if len(bands) > 4 or any(band.DataType != gdal.GDT_Byte for band in bands):
        raise ResponseError(
            tr("The server sent a picture of other than one to four bands of eight bits, which cannot be shown.")
        )
    pixels = _array(dataset)
    if len(bands) == 4:
        return pixels
    table = bands[0].GetColorTable() if len(bands) == 1 else None
    if table is not None:
        colors = np.zeros((256, 4), np.uint8)
        for index in range(min(256, table.GetCount())):
            colors[index] = table.GetColorEntry(index)
        return np.ascontiguousarray(np.moveaxis(colors[pixels[0]], -1, 0))
    result = np.full((4, *pixels.shape[1:]), 255, np.uint8)
    result[:3] = pixels[:3] if len(bands) >= 3 else pixels[0]
    if len(bands) == 2:
        result[3] = pixels[-1]
    else:
        transparent = _transparent_color(dataset, bands)
        if transparent:
            is_transparent = np.logical_and.reduce([band == part for band, part in zip(pixels, transparent)])
            result[3, is_transparent] = 0
    return result


def _transparent_color(dataset: Any, bands: list[Any]) -> list[int]:
    """Return the gray or color that a PNG without alpha declares to be transparent; empty for none."""
    several = dataset.GetMetadataItem("NODATA_VALUES")
    if len(bands) == 3 and several:
        return [int(part) for part in several.split()]
    nodata = bands[0].GetNoDataValue()
    return [int(nodata)] if len(bands) == 1 and nodata is not None else []


def _unreadable(details: str) -> ResponseError:
    return ResponseError(
        tr("The server's answer is not an image that can be read; the service may be unavailable."), details
    )
