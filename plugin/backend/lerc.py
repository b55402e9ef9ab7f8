"""LERC, in which tiles hold values, by way of GDAL.

GDAL has no driver for such a blob, but two of its drivers hold LERC inside: MRF (Lerc1 and Lerc2 up to version 4, with
masks) and GTiff (Lerc2 up to version 6; of masked ones bytes, and floating point with one value a pixel). A blob is
wrapped in a file of theirs, in memory. What is masked is read here, as GDAL puts a number in its place; longer whole
numbers that are masked are decoded here (`lerc_blocks.py`). What nobody reads, and what the header does not say in
full, gets a sentence and never a number.

Written from Esri's specification, https://github.com/Esri/lerc, and measured in GDAL 3.6 and 3.13 (`docs/tiles.md`).
"""

from __future__ import annotations

import struct
import uuid
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from osgeo import gdal

from .gdal_messages import quiet
from .lerc_blocks import TYPES, decode_whole_numbers
from .lerc_header import LERC1, LERC2, LercHeader, Mask, read_header, read_mask, undecodable, unreadable
from .lerc_tiff import lerc_tiff
from .pixel_types import numpy_type

Array = npt.NDArray[Any]

_NEWEST_OF_MRF = 4
# Of a blob, unpacked: no small one becomes gigabytes.
_LARGEST_BYTES = 128 * 2**20


def read_lerc(content: bytes, size: tuple[int, int]) -> tuple[Array, str, Mask]:
    """Return the values (bands, rows, columns), GDAL's name of their type, and where there are any (rows, columns).

    `size` is columns and rows. Several bands are values side by side in one blob, or one blob after another.

    Raises:
        ResponseError: the blob is broken, of another size, or of a kind that GDAL does not read here.
    """
    bands: list[Array] = []
    masks: list[Mask] = []
    types: set[str] = set()
    rest, depth = content, 0
    while rest:
        header = read_header(rest)
        if (header.columns, header.rows) != size:
            raise unreadable(f"{header.columns} × {header.rows} pixels")
        depth += header.depth
        if depth * header.rows * header.columns * _dtype(header).itemsize > _LARGEST_BYTES:
            raise unreadable(f"{depth} bands")
        if bands and header.version == 1:
            raise unreadable("several blobs of Lerc1")
        mask = read_mask(rest, header)
        values = np.zeros((header.depth, header.rows, header.columns), _dtype(header))
        if mask.any():
            values = _values(rest[: header.size], header, mask)
        bands.append(values)
        masks.append(mask)
        types.add(header.data_type)
        # What follows is another band, or what happened to lie in memory there: GDAL's encoder leaves some bytes of
        # it. Esri's decoder, too, ends where no blob begins; how many bands there must be, the caller knows.
        rest = rest[header.size :]
        if not rest.startswith((LERC1, LERC2)):
            break
    if len(types) != 1 or any((mask != masks[0]).any() for mask in masks[1:]):
        raise unreadable("bands of several types, or with masks of their own")
    return np.concatenate(bands), types.pop(), masks[0]


def _values(blob: bytes, header: LercHeader, mask: Mask) -> Array:
    """Return the values of a blob as GDAL decodes them, in the first of its drivers that does, or as is done here."""
    masked = not mask.all()
    if masked and header.version > _NEWEST_OF_MRF and header.data_type in TYPES:
        return decode_whole_numbers(blob, header, mask)
    wrappers = [("MRF", _mrf_files)] if header.version <= _NEWEST_OF_MRF else []
    if header.version > 1:
        wrappers.append(("GTiff", _masked_tiff_files if masked and header.data_type == "Byte" else _tiff_files))
    shape = (header.depth, header.rows, header.columns)
    for driver, files in wrappers:
        values = _opened(files(blob, header), driver)
        if values is not None and files is _masked_tiff_files:
            values = values[:-1]
        if values is not None and values.shape == shape and values.dtype == _dtype(header):
            return values
    what = f"Lerc{min(header.version, 2)} {header.version}, {header.data_type}" + (", masked" if masked else "")
    raise undecodable(what)


def _opened(files: Mapping[str, bytes], driver: str) -> Array | None:
    """Return what a driver of GDAL reads from files in memory, by their endings, the first of which is opened."""
    if gdal.GetDriverByName(driver) is None:
        return None
    name = f"image_server_layer_{uuid.uuid4().hex}"
    paths = {f"/vsimem/{name}.{ending}": content for ending, content in files.items()}
    try:
        for path, content in paths.items():
            gdal.FileFromMemBuffer(path, content.replace(b"$NAME", name.encode()) if path.endswith(".mrf") else content)
        with quiet():
            siblings = [path.rpartition("/")[2] for path in paths]
            dataset = gdal.OpenEx(next(iter(paths)), gdal.OF_RASTER, allowed_drivers=[driver], sibling_files=siblings)
            values = None if dataset is None else dataset.ReadAsArray()
    except RuntimeError:
        return None
    finally:
        # The data set must be closed before its files go.
        dataset = None
        for path in paths:
            gdal.Unlink(path)
    return None if values is None else values if values.ndim == 3 else values[np.newaxis]


def _tiff_files(blob: bytes, header: LercHeader) -> dict[str, bytes]:
    return {"tif": lerc_tiff(blob, header)}


def _masked_tiff_files(blob: bytes, header: LercHeader) -> dict[str, bytes]:
    return {"tif": lerc_tiff(blob, header, with_alpha=True)}


def _mrf_files(blob: bytes, header: LercHeader) -> dict[str, bytes]:
    size = f"x='{header.columns}' y='{header.rows}' c='{header.depth}'"
    meta = (
        f"<MRF_META><Raster><Size {size}/><PageSize {size}/><Compression>LERC</Compression>"
        f"<DataType>{header.data_type}</DataType><DataFile>/vsimem/$NAME.lrc</DataFile>"
        "<IndexFile>/vsimem/$NAME.idx</IndexFile></Raster></MRF_META>"
    )
    return {"mrf": meta.encode(), "lrc": blob, "idx": struct.pack(">QQ", 0, len(blob))}


def _dtype(header: LercHeader) -> np.dtype[Any]:
    return numpy_type(header.data_type)
