"""A TIFF around a LERC blob, so that GDAL's driver GTiff decodes it: one strip, which is the blob as it came."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from .pixel_types import numpy_type

if TYPE_CHECKING:
    from .lerc_header import LercHeader

_LERC_COMPRESSION = 34887
_SHORT, _LONG = 3, 4
_STRIP_OFFSETS = 273
# Of a band: not multiplied into the others.
_ALPHA = 2
_SAMPLE_FORMATS = {"u": 1, "i": 2, "f": 3}
# Of the parameters that a LERC strip has: the version of LERC, and no compression around it.
_LERC_PARAMETERS = struct.pack("<II", 4, 0)


def lerc_tiff(blob: bytes, header: LercHeader, *, with_alpha: bool = False) -> bytes:
    """Return the file. All values of a pixel stand side by side in it, as in the blob.

    `with_alpha` is for masked bytes, whose mask the driver takes only as one more band: the last.
    """
    dtype, depth = numpy_type(header.data_type), header.depth + int(with_alpha)
    bits = struct.pack(f"<{depth}H", *[dtype.itemsize * 8] * depth)
    formats = struct.pack(f"<{depth}H", *[_SAMPLE_FORMATS[dtype.kind]] * depth)
    extra = struct.pack(f"<{depth - 1}H", *[0] * (depth - 2), _ALPHA) if with_alpha else b""
    entries = [
        (256, _LONG, 1, struct.pack("<I", header.columns)),
        (257, _LONG, 1, struct.pack("<I", header.rows)),
        (258, _SHORT, depth, bits),
        (259, _SHORT, 1, struct.pack("<H", _LERC_COMPRESSION)),
        (262, _SHORT, 1, struct.pack("<H", 1)),
        (_STRIP_OFFSETS, _LONG, 1, b""),
        (277, _SHORT, 1, struct.pack("<H", depth)),
        (278, _LONG, 1, struct.pack("<I", header.rows)),
        (279, _LONG, 1, struct.pack("<I", len(blob))),
        (284, _SHORT, 1, struct.pack("<H", 1)),
        *([(338, _SHORT, depth - 1, extra)] if with_alpha else []),
        (339, _SHORT, depth, formats),
        (50674, _LONG, 2, _LERC_PARAMETERS),
    ]
    after = 8 + 2 + 12 * len(entries) + 4
    # Values of more than four bytes stand behind the directory.
    long_values = b"".join(value for *_, value in entries if len(value) > 4)
    directory, at = b"", after
    for tag, kind, count, value in entries:
        field = value
        if tag == _STRIP_OFFSETS:
            field = struct.pack("<I", after + len(long_values))
        elif len(value) > 4:
            field, at = struct.pack("<I", at), at + len(value)
        directory += struct.pack("<HHI", tag, kind, count) + field.ljust(4, b"\0")
    return b"II*\0" + struct.pack("<IH", 8, len(entries)) + directory + bytes(4) + long_values + blob
