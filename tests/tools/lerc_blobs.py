"""Make `tests/backend/lerc_blobs.npz` with Esri's own encoder: masked whole numbers as Lerc2, version 5 and 6.

Run it from the folder that holds the checkout, where liblerc 4 is (Debian's GDAL brings it):
`python3 -m image_server_layer.tests.tools.lerc_blobs`
"""

from __future__ import annotations

import ctypes
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ..backend.lerc_truth import CASES, VERSIONS, error_of, truth

_TARGET = Path(__file__).parents[1] / "backend" / "lerc_blobs.npz"
# Esri's numbers of types.
_TYPES = {"i2": 2, "u2": 3, "i4": 4, "u4": 5}


def encoded(pixels: npt.NDArray[np.generic], valid: npt.NDArray[np.bool_], version: int, error: float) -> bytes:
    """Return the blob of pixels (bands, rows, columns), none of which is further from the truth than `error`."""
    depth, rows, columns = pixels.shape
    data = np.ascontiguousarray(np.moveaxis(pixels, 0, -1))
    mask = np.ascontiguousarray(valid.astype(np.uint8))
    out, size = ctypes.create_string_buffer(data.nbytes * 2 + 4096), ctypes.c_uint(0)
    status = ctypes.CDLL("libLerc.so.4").lerc_encodeForVersion(
        ctypes.c_void_p(data.ctypes.data),
        ctypes.c_int(version),
        ctypes.c_uint(_TYPES[pixels.dtype.str[1:]]),
        *(ctypes.c_int(number) for number in (depth, columns, rows, 1, 1)),
        ctypes.c_void_p(mask.ctypes.data),
        ctypes.c_double(error),
        out,
        ctypes.c_uint(len(out)),
        ctypes.byref(size),
    )
    if status:
        raise ValueError(f"liblerc: {status}")
    return out.raw[: size.value]


if __name__ == "__main__":
    blobs = {
        f"{name}_{version}": np.frombuffer(encoded(*truth(name), version, error_of(name)), np.uint8)
        for name in CASES
        for version in VERSIONS
    }
    # Types know of `allow_pickle` only.
    np.savez_compressed(_TARGET, **blobs)  # type: ignore[arg-type]
