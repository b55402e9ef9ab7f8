"""ArcGIS pixel types as GDAL data types."""

from __future__ import annotations

import math

import numpy as np

# ArcGIS `pixelType` → GDAL data type. Bits are unpacked to bytes by the server's TIFF.
_GDAL_TYPES = {
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
_NUMPY_TYPES = {
    "Byte": np.uint8,
    "UInt16": np.uint16,
    "Int16": np.int16,
    "UInt32": np.uint32,
    "Int32": np.int32,
    "Float32": np.float32,
    "Float64": np.float64,
}


def gdal_type(pixel_type: str) -> str:
    """Return the GDAL data type that holds every value of an ArcGIS pixel type; empty for complex and unknown ones."""
    return _GDAL_TYPES.get(pixel_type, "")


def requested_pixel_type(pixel_type: str) -> str:
    """Return what to ask for with `pixelType=`; empty where the service's own type is read as it is.

    GDAL has signed bytes only since 3.7 and reads them wrongly as Byte, so they are asked for as 16 bits.
    """
    return "S16" if pixel_type == "S8" else ""


def nodata_in_type(value: float | None, data_type: str) -> float | None:
    """Return a no-data value exactly as it stands in pixels of a GDAL type, or None where it cannot occur in them.

    ArcGIS prints single precision in up to 17 digits or fewer than 9: GDAL compares exactly, so the value is rounded to
    the type first.
    """
    if value is None:
        return None
    numpy_type = _NUMPY_TYPES[data_type]
    if np.issubdtype(numpy_type, np.floating):
        with np.errstate(over="ignore"):
            rounded = float(numpy_type(value))
        return rounded if math.isnan(rounded) or math.isfinite(rounded) else None
    limits = np.iinfo(numpy_type)
    return value if math.isfinite(value) and value == int(value) and limits.min <= value <= limits.max else None
