"""LERC, in which tiles hold values: the header of a blob, its mask, and its values by way of GDAL.

GDAL has no driver for such a blob, but two of its drivers hold LERC inside: MRF (Lerc1 and Lerc2 up to version 4, with
masks) and GTiff (Lerc2 up to version 6; of masked ones bytes, and floating point with one value a pixel). A blob is
wrapped in a file of theirs, in memory. What is masked is read here, as GDAL puts a number in its place. What none of
them reads, and what the header does not say in full, gets a sentence and never a number.

Written from Esri's specification, https://github.com/Esri/lerc, and measured in GDAL 3.6 and 3.13 (`docs/tiles.md`).
"""

from __future__ import annotations

import struct
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from osgeo import gdal

from ..service.errors import ResponseError
from ..translation import tr
from .gdal_messages import quiet
from .lerc_tiff import lerc_tiff
from .pixel_types import numpy_type

Array = npt.NDArray[Any]
Mask = npt.NDArray[np.bool_]

LERC1, LERC2 = b"CntZImage ", b"Lerc2 "
# Lerc2's numbers of types → GDAL's names. GDAL 3.6 has no signed bytes.
_TYPES = {1: "Byte", 2: "Int16", 3: "UInt16", 4: "Int32", 5: "UInt32", 6: "Float32", 7: "Float64"}
_NEWEST = 6
_NEWEST_OF_MRF = 4
_END_OF_MASK = -32768
# Of a blob, unpacked: no small one becomes gigabytes.
_LARGEST_BYTES = 128 * 2**20


@dataclass(frozen=True)
class LercHeader:
    """What a blob says of itself: `depth` is values a pixel, `mask_at` and `mask_size` where in the blob its mask is.

    `valid` is how many pixels have a value, None where only the mask tells. `size` is the length of the blob.
    """

    version: int
    rows: int
    columns: int
    depth: int
    data_type: str
    size: int
    valid: int | None
    mask_at: int
    mask_size: int


def is_lerc(content: bytes) -> bool:
    """Whether bytes begin like a LERC blob."""
    return content.startswith((LERC1, LERC2))


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
            raise _unreadable(f"{header.columns} × {header.rows} pixels")
        depth += header.depth
        if depth * header.rows * header.columns * _dtype(header).itemsize > _LARGEST_BYTES:
            raise _unreadable(f"{depth} bands")
        if bands and header.version == 1:
            raise _unreadable("several blobs of Lerc1")
        mask = _mask(rest, header)
        values = np.zeros((header.depth, header.rows, header.columns), _dtype(header))
        if mask.any():
            values = _values(rest[: header.size], header, masked=not mask.all())
        bands.append(values)
        masks.append(mask)
        types.add(header.data_type)
        # Zeros behind the end are how some servers fill up; anything else is another band.
        rest = rest[header.size :]
        if not rest.strip(b"\0"):
            break
    if len(types) != 1 or any((mask != masks[0]).any() for mask in masks[1:]):
        raise _unreadable("bands of several types, or with masks of their own")
    return np.concatenate(bands), types.pop(), masks[0]


def read_header(content: bytes) -> LercHeader:
    """Return what the first blob in `content` says of itself, held against its length.

    Raises:
        ResponseError: it is broken, or of a version or a type that is not known.
    """
    try:
        header = _header1(content) if content.startswith(LERC1) else _header2(content)
    except (struct.error, KeyError) as error:
        raise _unreadable(f"{type(error).__name__}: {error}") from error
    is_sound = (
        header.rows > 0
        and header.columns > 0
        and 0 < header.depth <= 1000
        and header.mask_at + header.mask_size <= header.size <= len(content)
        and header.mask_size >= 0
    )
    if not is_sound or (header.valid is not None and not 0 <= header.valid <= header.rows * header.columns):
        raise _unreadable("a header that cannot be true")
    return header


def _header1(content: bytes) -> LercHeader:
    version, kind, rows, columns, _ = struct.unpack_from("<iiiid", content, len(LERC1))
    down, across, mask_size, most = struct.unpack_from("<iiif", content, 34)
    if version != 11 or kind != 8:
        raise _unlike(f"Lerc1 {version}")
    if down or across:
        raise _unlike("Lerc1, cnt")
    # Without a mask, one number says whether all pixels are valid or none.
    valid = None if mask_size else rows * columns if most > 0 else 0
    return LercHeader(1, rows, columns, 1, "Float32", len(content), valid, 50, mask_size)


def _header2(content: bytes) -> LercHeader:
    if not content.startswith(LERC2):
        raise _unlike("no LERC")
    (version,) = struct.unpack_from("<i", content, 6)
    if not 2 <= version <= _NEWEST:
        raise _unlike(f"Lerc2 {version}")
    at = 10 + (4 if version >= 3 else 0)
    rows, columns = struct.unpack_from("<ii", content, at)
    at += 8
    depth = 1
    if version >= 4:
        (depth,) = struct.unpack_from("<i", content, at)
        at += 4
    valid, _, size, kind = struct.unpack_from("<iiii", content, at)
    at += 16
    has_other_nodata = False
    if version >= 6:
        has_other_nodata = bool(content[at + 4])
        at += 8
    at += 24 + (16 if version >= 6 else 0)
    (mask_size,) = struct.unpack_from("<i", content, at)
    if kind not in _TYPES or has_other_nodata:
        raise _unlike(f"Lerc2 {version}, {kind}")
    return LercHeader(version, rows, columns, depth, _TYPES[kind], size, valid, at + 4, mask_size)


def _mask(content: bytes, header: LercHeader) -> Mask:
    """Return where there are values."""
    shape, count = (header.rows, header.columns), header.rows * header.columns
    if header.valid in (0, count):
        return np.full(shape, header.valid == count and count > 0, np.bool_)
    if not header.mask_size:
        # It is that of the blob before, which is another band's: never seen from a server.
        raise _unlike("a mask in another blob")
    encoded = content[header.mask_at : header.mask_at + header.mask_size]
    bits = np.frombuffer(_unpacked(encoded, (count + 7) // 8), np.uint8)
    mask = np.unpackbits(bits)[:count].reshape(shape).astype(np.bool_)
    if header.valid is not None and int(mask.sum()) != header.valid:
        raise _unreadable("a mask of another number of pixels")
    return mask


def _unpacked(encoded: bytes, length: int) -> bytes:
    """Undo the run lengths of a mask: a count and as many bytes, or a count below zero and the byte to repeat."""
    parts, at, so_far = [], 0, 0
    while at + 2 <= len(encoded):
        (count,) = struct.unpack_from("<h", encoded, at)
        at += 2
        if count == _END_OF_MASK:
            break
        part = encoded[at : at + count] if count > 0 else encoded[at : at + 1] * -count
        at += count if count > 0 else 1
        parts.append(part)
        so_far += len(part)
    if so_far != length:
        raise _unreadable("a mask of another length")
    return b"".join(parts)


def _values(blob: bytes, header: LercHeader, *, masked: bool) -> Array:
    """Return the values of a blob as GDAL decodes them, in the first of its drivers that does."""
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
    raise _unlike(what)


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


def _unreadable(details: str) -> ResponseError:
    return ResponseError(tr("A tile of the service is broken, so nothing is drawn of it; try again later."), details)


def _unlike(what: str) -> ResponseError:
    return ResponseError(
        tr("QGIS' GDAL cannot decode the tiles of this service ({what}), so nothing is drawn of them.").format(
            what=what
        )
    )
