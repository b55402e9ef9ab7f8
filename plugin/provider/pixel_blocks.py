"""Arrays of pixels as the blocks that QGIS works with."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from qgis.core import Qgis, QgsRasterBlock, QgsRasterRange
from qgis.PyQt.QtCore import QRect

Values = npt.NDArray[Any]
Mask = npt.NDArray[np.bool_]

# Types with so few values that a block may use all of them, and for each a wider type with room for a nodata value.
_WIDER: dict[str, tuple[Qgis.DataType, type[np.signedinteger[Any]]]] = {
    "u1": (Qgis.DataType.Int16, np.int16),
    "u2": (Qgis.DataType.Int32, np.int32),
    "i2": (Qgis.DataType.Int32, np.int32),
}


def make_block(values: Values, valid: Mask | None, data_type: Qgis.DataType, nodata: float | None) -> QgsRasterBlock:
    """Return a block of one band (rows, columns).

    `valid` says where there are pixels, None for everywhere. Where the band has a `nodata` value it stands for the
    others; where it has none, QGIS is told of each place, or of a value that no pixel has.
    """
    rows, columns = values.shape
    block = QgsRasterBlock(data_type, columns, rows)
    if nodata is not None:
        block.setNoDataValue(nodata)
        if valid is not None:
            values = np.where(valid, values, np.array(nodata, values.dtype))
        block.setData(values.tobytes())
        return block
    if valid is None or bool(valid.all()):
        block.setData(values.tobytes())
        return block
    rectangle = _valid_rectangle(valid)
    if rectangle is not None:
        if rectangle.isEmpty():
            block.setIsNoData()
        else:
            # In this order: it sets what is left out to 0, and more than that in some releases.
            block.setIsNoDataExcept(rectangle)
        block.setData(values.tobytes())
        return block
    _leave_out(block, values, valid, data_type)
    return block


def empty_block(columns: int, rows: int, data_type: Qgis.DataType, nodata: float | None) -> QgsRasterBlock:
    """Return a block in which nothing is known."""
    block = QgsRasterBlock(data_type, columns, rows)
    if nodata is not None:
        block.setNoDataValue(nodata)
    block.setIsNoData()
    return block


def _valid_rectangle(valid: Mask) -> QRect | None:
    """Return the rectangle that the valid pixels are, empty for none; None where they are of another shape."""
    rows, columns = np.flatnonzero(valid.any(axis=1)), np.flatnonzero(valid.any(axis=0))
    if not rows.size:
        return QRect()
    top, bottom, left, right = int(rows[0]), int(rows[-1]), int(columns[0]), int(columns[-1])
    if not valid[top : bottom + 1, left : right + 1].all():
        return None
    return QRect(left, top, right - left + 1, bottom - top + 1)


def _leave_out(block: QgsRasterBlock, values: Values, valid: Mask, data_type: Qgis.DataType) -> None:
    """Mark scattered pixels as no data in a band that has no value for it."""
    unused = _unused_value(values, valid)
    if unused is not None:
        block.setNoDataValue(float(unused))
        block.setData(np.where(valid, values, unused).tobytes())
        return
    # No value is free. A wider type has one, which QGIS turns into places, and it keeps these when the type goes back.
    wider_type, wider = _WIDER[values.dtype.str[1:]]
    marker = int(np.iinfo(values.dtype).min) - 1
    block.reset(wider_type, block.width(), block.height())
    block.setData(np.where(valid, values, wider(marker)).astype(wider).tobytes())
    block.applyNoDataValues([QgsRasterRange(marker, marker)])
    block.convert(data_type)


def _unused_value(values: Values, valid: Mask) -> Any:
    """Return a value of the type that no valid pixel has, None if there is none."""
    if values.dtype.kind == "f":
        return np.array(np.nan, values.dtype)[()]
    limits = np.iinfo(values.dtype)
    used = np.unique(values[valid])
    # As many candidates as there are values, and one more: one of them is free, if any is.
    candidates = np.arange(limits.min, limits.min + min(len(used) + 1, limits.max - limits.min + 1))
    free = np.setdiff1d(candidates, used)
    return free[0].astype(values.dtype) if free.size else None
