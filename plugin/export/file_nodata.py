"""How a file says that a pixel has no data: a TIFF has one value for all bands, or a mask, where a service has more."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ..backend.pixel_types import nodata_in_type, numpy_type
from ..backend.pixels import Pixels
from ..backend.shapes import Mask
from ..backend.source import Kind, LayerSource
from ..service.errors import OptionError
from ..service.number_text import readable_number
from ..translation import tr

# Types of which every value may be data.
_WITHOUT_SPARE_VALUES = ("Byte", "UInt16")


@dataclass(frozen=True)
class FileNodata:
    """What stands for no data: a value, a mask, or neither, where every pixel has data or the alpha band tells."""

    value: float | None = None
    has_mask: bool = False


class NodataInUseError(OptionError):
    """The value that is to stand for no data is that of a pixel with data."""


def file_nodata(source: LayerSource, wanted: float | None, *, has_holes: bool) -> FileNodata:
    """Return what stands for no data in the file of a source.

    By preference this is the value that is `wanted`, or else that of the bands, if all have the same. Otherwise it is a
    value that is hardly ever data, or a mask for types without such a value (bytes and unsigned 16 bits). `has_holes`
    says whether pixels may be left out that the service has.

    Raises:
        OptionError: `wanted` cannot be a pixel of the source.
    """
    if source.kind is Kind.PICTURE:
        return FileNodata()
    if wanted is not None:
        value = nodata_in_type(wanted, source.data_type)
        if value is None:
            message = tr("The nodata value {value} cannot stand in pixels of the type {type}; choose another.")
            raise OptionError("nodata", message.format(value=readable_number(wanted), type=source.data_type))
        return FileNodata(value)
    own = _distinct([band.nodata for band in source.bands])
    if len(own) == 1 and not source.nodata_together and not (own[0] is None and has_holes):
        return FileNodata(own[0])
    dtype = numpy_type(source.data_type)
    if dtype.kind == "f":
        return FileNodata(float("nan"))
    known = [value for value in own if value is not None]
    if known:
        return FileNodata(known[0])
    if source.data_type in _WITHOUT_SPARE_VALUES:
        return FileNodata(has_mask=True)
    limits = np.iinfo(dtype.str)
    return FileNodata(float(limits.min if dtype.kind == "i" else limits.max))


def filled(
    pixels: Pixels, source: LayerSource, nodata: FileNodata, inside: Mask | None
) -> tuple[npt.NDArray[Any], Mask | None]:
    """Return the pixels (bands, rows, columns) as they go into the file, and where they have data (None: everywhere).

    `inside` (rows, columns) tells which of them are wanted, None for all.

    Raises:
        NodataInUseError: a pixel with data has the value that stands for none.
    """
    valid = pixels.valid if inside is None else inside if pixels.valid is None else pixels.valid & inside
    values = _translated(pixels.values, source, nodata, valid) if source.kind is Kind.VALUES else pixels.values
    if valid is not None and not valid.all():
        values = values if values is not pixels.values else values.copy()
        values[:, ~valid] = 0 if nodata.value is None else nodata.value
    return values, valid


def _translated(
    values: npt.NDArray[Any], source: LayerSource, nodata: FileNodata, valid: Mask | None
) -> npt.NDArray[Any]:
    """Return values in which the value of the file stands for no data in every band."""
    if nodata.value is None:
        return values
    result = values
    for position, band in enumerate(source.bands):
        if repr(band.nodata) == repr(nodata.value):
            continue
        same = values[position] == nodata.value
        if valid is not None:
            same &= valid
        if same.any():
            message = tr(
                "In the band “{band}” there are pixels with data of the value {value}, which is to stand for no data "
                "in the file; choose another value."
            )
            raise NodataInUseError("nodata", message.format(band=band.name, value=readable_number(nodata.value)))
        if band.nodata is not None:
            result = values.copy() if result is values else result
            gone = np.isnan(values[position]) if math.isnan(band.nodata) else values[position] == band.nodata
            result[position][gone] = nodata.value
    return result


def _distinct(values: Sequence[float | None]) -> list[float | None]:
    """Return each value once; NaN is one value."""
    found: dict[str, float | None] = {}
    for value in values:
        found.setdefault(repr(value), value)
    return list(found.values())
