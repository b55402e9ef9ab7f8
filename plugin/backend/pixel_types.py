"""ArcGIS pixel types as GDAL data types."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

# ArcGIS `pixelType` → GDAL data type. Bits are unpacked to bytes by the server's TIFF.
_GDAL_TYPE_OF = {
    "U1": "Byte",
    "U2": "Byte",
    "U4": "Byte",
    "U8": "Byte",
    "S8": "Int16",
    "U16": "UInt16",
    "S16": "Int16",
    "U32": "UInt32",
    "S32": "Int32",
    "F32": "Float32",
    "F64": "Float64",
}
_NUMPY_TYPES: dict[str, np.dtype[Any]] = {
    "Byte": np.dtype("u1"),
    "UInt16": np.dtype("u2"),
    "Int16": np.dtype("i2"),
    "UInt32": np.dtype("u4"),
    "Int32": np.dtype("i4"),
    "Float32": np.dtype("f4"),
    "Float64": np.dtype("f8"),
}
# The data types that a layer can have, by GDAL's names.
GDAL_TYPES = tuple(_NUMPY_TYPES)


def numpy_type(data_type: str) -> np.dtype[Any]:
    """Return numpy's type for one of `GDAL_TYPES`."""
    return _NUMPY_TYPES[data_type]


def gdal_type(pixel_type: str) -> str:
    """Return the GDAL data type that holds every value of an ArcGIS pixel type; empty for complex and unknown ones."""
    return _GDAL_TYPE_OF.get(pixel_type, "")


def requested_pixel_type(pixel_type: str) -> str:
    """Return the `pixelType` to request; empty if the service's own type can be read.

    GDAL has signed bytes only since 3.7 and earlier reads them as unsigned, so they are requested as 16 bits.
    """
    return "S16" if pixel_type == "S8" else ""


def nodata_in_type(value: float | None, data_type: str) -> float | None:
    """Return a nodata value exactly as pixels of a GDAL type hold it; None if they cannot.

    ArcGIS prints single precision in up to 17 digits or fewer than 9. As GDAL compares exactly, the value is rounded to
    the type first.
    """
    if value is None:
        return None
    dtype = _NUMPY_TYPES[data_type]
    if dtype.kind == "f":
        with np.errstate(over="ignore"):
            rounded = float(np.array(value, dtype))
        return None if math.isinf(rounded) else rounded
    limits = np.iinfo(dtype.str)
    return value if math.isfinite(value) and value == int(value) and limits.min <= value <= limits.max else None
