"""Arrays as blocks of QGIS, with every way of leaving pixels out."""

from __future__ import annotations

import numpy as np
import pytest
from qgis.core import Qgis

from image_server_layer.plugin.provider.pixel_blocks import empty_block, make_block

BYTES = np.arange(12, dtype=np.uint8).reshape(3, 4)


def shown(block: object) -> list[list[float | None]]:
    """Return the values of a block, None for no data."""
    return [
        [None if block.isNoData(row, column) else block.value(row, column) for column in range(block.width())]  # type: ignore[attr-defined]
        for row in range(block.height())  # type: ignore[attr-defined]
    ]


def expected(values: np.ndarray, valid: np.ndarray) -> list[list[float | None]]:
    return [[float(value) if ok else None for value, ok in zip(*line)] for line in zip(values, valid)]


@pytest.mark.parametrize(
    ("name", "dtype"),
    [
        ("Byte", "u1"),
        ("UInt16", "u2"),
        ("Int16", "i2"),
        ("UInt32", "u4"),
        ("Int32", "i4"),
        ("Float32", "f4"),
        ("Float64", "f8"),
    ],
)
@pytest.mark.parametrize("nodata", [None, 7.0])
@pytest.mark.parametrize("shape", ["all", "rectangle", "none", "scattered"])
def test_a_block_shows_the_valid_pixels_and_no_others(name: str, dtype: str, nodata: float | None, shape: str) -> None:
    values = BYTES.astype(dtype)
    valid = np.ones(values.shape, bool)
    if shape == "rectangle":
        valid[:] = False
        valid[1:, 1:3] = True
    elif shape == "none":
        valid[:] = False
    elif shape == "scattered":
        valid[0, 0] = valid[2, 3] = valid[1, 1] = False
    block = make_block(values, None if shape == "all" else valid, getattr(Qgis.DataType, name), nodata)
    assert shown(block) == expected(values, valid & (values != (-1 if nodata is None else nodata)))


def test_pixels_are_left_out_of_bytes_that_use_every_value() -> None:
    values = np.arange(256, dtype=np.uint8).repeat(2).reshape(16, 32)
    valid = np.ones(values.shape, bool)
    valid[3, 5] = valid[9, 9] = False
    block = make_block(values, valid, Qgis.DataType.Byte, None)
    assert shown(block) == expected(values, valid)


def test_no_data_that_is_not_a_number_is_left_out() -> None:
    values = np.array([[1.5, np.nan, 2.5]], np.float32)
    block = make_block(values, None, Qgis.DataType.Float32, float("nan"))
    assert shown(block) == [[1.5, None, 2.5]]


@pytest.mark.parametrize("nodata", [None, 7.0])
def test_an_empty_block_shows_nothing(nodata: float | None) -> None:
    assert shown(empty_block(3, 2, Qgis.DataType.UInt16, nodata)) == [[None] * 3] * 2
