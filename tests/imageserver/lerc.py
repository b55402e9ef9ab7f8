"""LERC as servers write it: Lerc2 of versions 2 to 6, written from Esri's specification (https://github.com/Esri/lerc).

Values stand in the blob one after another (`readDataOneSweep`), which every decoder reads.
"""

from __future__ import annotations

import struct
from itertools import pairwise

import numpy as np
import numpy.typing as npt

_TYPES = {"i1": 0, "u1": 1, "i2": 2, "u2": 3, "i4": 4, "u4": 5, "f4": 6, "f8": 7}
_LONGEST_RUN = 32767


def lerc2(pixels: npt.NDArray[np.generic], valid: npt.NDArray[np.bool_], version: int = 4) -> bytes:
    """The blob of pixels (bands, rows, columns), of which those that are not `valid` (rows, columns) are left out."""
    depth, rows, columns = pixels.shape
    if depth > 1 and version < 4:
        raise ValueError("several values a pixel came with version 4")
    values = np.moveaxis(pixels, 0, -1)[valid]
    kind = pixels.dtype.str[1:]
    least, greatest = (float(values.min()), float(values.max())) if len(values) else (0.0, 0.0)
    mask = b"" if len(values) in (0, rows * columns) else _mask(valid)
    body = struct.pack("<i", len(mask)) + mask
    if least != greatest:
        if version >= 4:
            body += values.min(axis=0).tobytes() + values.max(axis=0).tobytes()
        body += b"\1" + values.tobytes()
    elif len(values) and version >= 4 and depth > 1:
        body += values.min(axis=0).tobytes() + values.max(axis=0).tobytes()
    head = struct.pack("<ii", rows, columns) + (struct.pack("<i", depth) if version >= 4 else b"")
    head += struct.pack("<ii", len(values), 8)
    is_whole = kind[0] in "iu"
    tail = struct.pack("<i", _TYPES[kind]) + (struct.pack("<iBBBB", 0, 0, is_whole, 0, 0) if version >= 6 else b"")
    tail += struct.pack("<ddd", 0.5 if is_whole else 0.0, least, greatest) + (bytes(16) if version >= 6 else b"")
    start = b"Lerc2 " + struct.pack("<i", version)
    size = len(start) + (4 if version >= 3 else 0) + len(head) + 4 + len(tail) + len(body)
    rest = head + struct.pack("<i", size) + tail + body
    return start + (struct.pack("<I", _fletcher32(rest)) if version >= 3 else b"") + rest


def _mask(valid: npt.NDArray[np.bool_]) -> bytes:
    """A bit for each pixel, packed in run lengths: a repeated byte where it repeats, the bytes themselves otherwise."""
    packed = np.packbits(valid.ravel())
    edges = [0, *(np.flatnonzero(np.diff(packed)) + 1), len(packed)]
    out = b""
    for first, last in pairwise(edges):
        for begin in range(first, last, _LONGEST_RUN):
            count = min(_LONGEST_RUN, last - begin)
            run = packed[first : first + 1].tobytes()
            out += struct.pack("<h", -count if count > 4 else count) + (run if count > 4 else run * count)
    return out + struct.pack("<h", -32768)


def _fletcher32(data: bytes) -> int:
    first = second = 0xFFFF
    words = [(data[at] << 8) + data[at + 1] for at in range(0, len(data) - 1, 2)]
    for begin in range(0, len(words), 359):
        for word in words[begin : begin + 359]:
            first += word
            second += first
        first, second = (first & 0xFFFF) + (first >> 16), (second & 0xFFFF) + (second >> 16)
    if len(data) % 2:
        first += data[-1] << 8
        second += first
    first, second = (first & 0xFFFF) + (first >> 16), (second & 0xFFFF) + (second >> 16)
    return second << 16 | first
