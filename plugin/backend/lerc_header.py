"""What a LERC blob says of itself, and where it has values: its header and its mask, by Esri's specification."""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from ..service.errors import ResponseError
from ..translation import tr

Mask = npt.NDArray[np.bool_]

LERC1, LERC2 = b"CntZImage ", b"Lerc2 "
# Lerc2's numbers of types → GDAL's names. GDAL 3.6 has no signed bytes.
_TYPES = {1: "Byte", 2: "Int16", 3: "UInt16", 4: "Int32", 5: "UInt32", 6: "Float32", 7: "Float64"}
_NEWEST = 6
_END_OF_MASK = -32768


@dataclass(frozen=True)
class LercHeader:
    """What a blob says of itself: `depth` is values a pixel, `mask_at` and `mask_size` where in the blob its mask is.

    `valid` is how many pixels have a value, None where only the mask tells. `size` is the length of the blob.

    Of Lerc2, where it is decoded here: `block_size` is rows and columns of a block, `step` the difference of numbers
    that are told apart, `least` and `greatest` are the limits of all values.
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
    block_size: int = 0
    step: float = 1.0
    least: float = 0.0
    greatest: float = 0.0


def is_lerc(content: bytes) -> bool:
    """Whether bytes begin like a LERC blob."""
    return content.startswith((LERC1, LERC2))


def read_header(content: bytes) -> LercHeader:
    """Return what the first blob in `content` says of itself, held against its length.

    Raises:
        ResponseError: it is broken, or of a version or a type that is not known.
    """
    try:
        header = _header1(content) if content.startswith(LERC1) else _header2(content)
    except (struct.error, KeyError, IndexError) as error:
        raise unreadable(f"{type(error).__name__}: {error}") from error
    is_sound = (
        header.rows > 0
        and header.columns > 0
        and 0 < header.depth <= 1000
        and header.mask_at + header.mask_size <= header.size <= len(content)
        and header.mask_size >= 0
    )
    if not is_sound or (header.valid is not None and not 0 <= header.valid <= header.rows * header.columns):
        raise unreadable("a header that cannot be true")
    return header


def _header1(content: bytes) -> LercHeader:
    version, kind, rows, columns, _ = struct.unpack_from("<iiiid", content, len(LERC1))
    down, across, mask_size, most = struct.unpack_from("<iiif", content, 34)
    if version != 11 or kind != 8:
        raise undecodable(f"Lerc1 {version}")
    if down or across:
        raise undecodable("Lerc1, cnt")
    # Without a mask, one number says whether all pixels are valid or none.
    valid = None if mask_size else rows * columns if most > 0 else 0
    return LercHeader(1, rows, columns, 1, "Float32", len(content), valid, 50, mask_size)


def _header2(content: bytes) -> LercHeader:
    if not content.startswith(LERC2):
        raise undecodable("no LERC")
    (version,) = struct.unpack_from("<i", content, 6)
    if not 2 <= version <= _NEWEST:
        raise undecodable(f"Lerc2 {version}")
    at = 10 + (4 if version >= 3 else 0)
    rows, columns = struct.unpack_from("<ii", content, at)
    at += 8
    depth = 1
    if version >= 4:
        (depth,) = struct.unpack_from("<i", content, at)
        at += 4
    valid, block_size, size, kind = struct.unpack_from("<iiii", content, at)
    at += 16
    has_other_nodata = False
    if version >= 6:
        has_other_nodata = bool(content[at + 4])
        at += 8
    error, least, greatest = struct.unpack_from("<ddd", content, at)
    at += 24 + (16 if version >= 6 else 0)
    (mask_size,) = struct.unpack_from("<i", content, at)
    if has_other_nodata:
        raise undecodable(f"Lerc2 {version}, noData")
    if kind not in _TYPES:
        raise undecodable(f"Lerc2 {version}, {'Int8' if kind == 0 else kind}")
    found = LercHeader(version, rows, columns, depth, _TYPES[kind], size, valid, at + 4, mask_size)
    return replace(found, block_size=block_size, step=2 * error, least=least, greatest=greatest)


def read_mask(content: bytes, header: LercHeader) -> Mask:
    """Return where there are values."""
    shape, count = (header.rows, header.columns), header.rows * header.columns
    if header.valid in (0, count):
        return np.full(shape, header.valid == count and count > 0, np.bool_)
    if not header.mask_size:
        # It is that of the blob before, which is another band's: never seen from a server.
        raise undecodable("a mask in another blob")
    encoded = content[header.mask_at : header.mask_at + header.mask_size]
    bits = np.frombuffer(_unpacked(encoded, (count + 7) // 8), np.uint8)
    mask = np.unpackbits(bits)[:count].reshape(shape).astype(np.bool_)
    if header.valid is not None and int(mask.sum()) != header.valid:
        raise unreadable("a mask of another number of pixels")
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
        if so_far > length:
            # Not after all of it: three bytes can stand for 32 kB, so that a tile would become gigabytes.
            break
    if so_far != length:
        raise unreadable("a mask of another length")
    return b"".join(parts)


def unreadable(details: str) -> ResponseError:
    """Return the error of a tile that is not what it says."""
    return ResponseError(tr("A tile of the service is broken, so nothing is drawn of it; try again later."), details)


def undecodable(what: str) -> ResponseError:
    """Return the error of a kind of LERC that this plugin cannot decode."""
    return ResponseError(
        tr(
            "QGIS' GDAL cannot decode the tiles of this service ({what}), so nothing is drawn of them: try a QGIS with "
            "a newer GDAL, or ask the publisher for tiles of another pixel type."
        ).format(what=what)
    )
