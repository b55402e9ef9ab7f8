"""Whole numbers of two or four bytes in a masked blob of Lerc2, version 5 or 6, which GDAL does not decode.

Its driver MRF has an older decoder, and its GTiff asks for a mask of bytes and of floating point only; without one,
Esri's decoder refuses. Such numbers are never packed by Huffman codes, so what there is to undo is short: all values in
one sweep, or blocks of a few rows and columns, each of one value, raw, or an offset and some bits for each value.

Written from Esri's specification and decoder, https://github.com/Esri/lerc, and held against blobs that Esri's encoder
has made (`tests/backend/test_lerc_blocks.py`).
"""

from __future__ import annotations

import struct
from typing import Any

import numpy as np
import numpy.typing as npt

from .lerc_header import LercHeader, Mask, unreadable
from .pixel_types import numpy_type

Array = npt.NDArray[Any]

TYPES = ("Int16", "UInt16", "Int32", "UInt32")

# A checksum stands before, which is not summed.
_SUMMED_FROM = 14
# Rows and columns of a block; smaller ones would take a while, and nobody writes them.
_SIDES = range(8, 33)
# What an offset takes less than its type, by the two highest bits of a block's first byte.
_OFFSETS = {"Int16": "hBb", "UInt16": "HB", "Int32": "iHhB", "UInt32": "IHB"}
_COUNTS = "IHB"
_RAW, _STUFFED, _ZERO, _CONSTANT = range(4)


def decode_whole_numbers(blob: bytes, header: LercHeader, mask: Mask) -> Array:
    """Return the values (bands, rows, columns); 0 where the mask has none.

    Raises:
        ResponseError: the blob is broken.
    """
    if _checksum(blob[_SUMMED_FROM:]) != struct.unpack_from("<I", blob, _SUMMED_FROM - 4)[0]:
        raise unreadable("another checksum")
    try:
        with np.errstate(invalid="ignore"):
            return _Blob(blob, header, mask).values()
    except (struct.error, ValueError, IndexError) as error:
        raise unreadable(f"{type(error).__name__}: {error}") from error


class _Blob:
    """Reads a blob from where its mask ends; `ValueError` and its like say that it is broken."""

    def __init__(self, blob: bytes, header: LercHeader, mask: Mask) -> None:
        self._blob, self._header, self._mask = blob, header, mask
        self._dtype = numpy_type(header.data_type)
        self._at = header.mask_at + header.mask_size
        self._greatest = np.full(header.depth, header.greatest)

    def values(self) -> Array:
        header, mask = self._header, self._mask
        values = np.zeros((header.depth, *mask.shape), self._dtype)
        if header.least == header.greatest:
            values[:, mask] = _cast(np.float64(header.least), self._dtype)
            return values
        least, greatest = self._array(header.depth), self._array(header.depth)
        if header.depth > 1:
            self._greatest = greatest.astype(np.float64)
        if (least == greatest).all():
            values[:, mask] = least[:, np.newaxis]
        elif self._byte():
            count = int(mask.sum())
            values[:, mask] = self._array(count * header.depth).reshape(count, header.depth).T
        else:
            self._read_blocks(values)
        return values

    def _read_blocks(self, values: Array) -> None:
        side = self._header.block_size
        if side not in _SIDES:
            raise ValueError("a block of another size")
        for top in range(0, self._header.rows, side):
            for left in range(0, self._header.columns, side):
                place = slice(top, top + side), slice(left, left + side)
                inside = self._mask[place]
                for band in range(self._header.depth):
                    before = values[(band - 1, *place)][inside] if band else None
                    values[(band, *place)][inside] = self._block(band, left, int(inside.sum()), before)

    def _block(self, band: int, left: int, count: int, before: Array | None) -> Array:
        """Return the values of a block; `before` are those of the band before, to which they may be differences."""
        flags = self._byte()
        form, is_difference, short = flags & 3, bool(flags & 4), flags >> 6
        if (flags >> 2 ^ left >> 3) & 14 or (is_difference and (before is None or form == _RAW)):
            raise ValueError("a block of another place")
        if form == _RAW:
            return self._array(count)
        found = np.zeros(count)
        if form != _ZERO:
            found += self._number(_OFFSETS["Int32" if is_difference else self._header.data_type][short])
        if form == _STUFFED:
            found += self._unstuffed(count) * self._header.step
        if is_difference and before is not None:
            found += before
        # So does Esri's decoder, as the greatest value may not be a whole number of steps from the least.
        return _cast(found if form == _ZERO else np.minimum(found, self._greatest[band]), self._dtype)

    def _unstuffed(self, count: int) -> Array:
        """Return numbers that each take as few bits as the greatest does, or that are places in a table of such."""
        flags = self._byte()
        bits, has_table = flags & 31, bool(flags & 32)
        if self._number(_COUNTS[flags >> 6]) != count or not bits or not count:
            raise ValueError("a block of another count")
        if not has_table:
            return self._bits(count, bits)
        length = self._byte() - 1
        if length < 1:
            raise ValueError("a table without values")
        table = np.concatenate([np.zeros(1, np.int64), self._bits(length, bits)])
        return np.asarray(table[self._bits(count, length.bit_length())])

    def _bits(self, count: int, bits: int) -> Array:
        content = self._take((count * bits + 7) // 8)
        singles = np.unpackbits(np.frombuffer(content, np.uint8), bitorder="little")[: count * bits]
        return np.asarray(singles.reshape(count, bits) @ (1 << np.arange(bits, dtype=np.int64)))

    def _array(self, count: int) -> Array:
        return np.frombuffer(self._take(count * self._dtype.itemsize), self._dtype)

    def _number(self, form: str) -> int:
        (number,) = struct.unpack(f"<{form}", self._take(struct.calcsize(f"<{form}")))
        return int(number)

    def _byte(self) -> int:
        return self._take(1)[0]

    def _take(self, length: int) -> bytes:
        taken = self._blob[self._at : self._at + length]
        if len(taken) != length:
            raise ValueError("an end too early")
        self._at += length
        return taken


def _cast(values: Any, dtype: np.dtype[Any]) -> Array:
    """Return numbers in a type that holds them all."""
    cast = np.asarray(values).astype(dtype)
    if (cast != np.trunc(values)).any():
        raise ValueError("a value that the type cannot hold")
    return cast


def _checksum(content: bytes) -> int:
    """Return Fletcher's checksum of 32 bits, whose halves are never 0."""
    words = np.frombuffer(content + b"\0" * (len(content) % 2), ">u2").astype(np.int64)
    weights = np.arange(len(words), 0, -1, dtype=np.int64) % 65535
    first = 65535 + int(words.sum())
    second = 65535 + 65535 * len(words) + int((words * weights).sum())
    return ((second - 1) % 65535 + 1) << 16 | ((first - 1) % 65535 + 1)
