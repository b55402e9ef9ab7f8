"""ArcGIS pixel types as GDAL data types."""

from __future__ import annotations

import math

import numpy as np
import pytest

from image_server_layer.plugin.backend.pixel_types import gdal_type, nodata_in_type, requested_pixel_type
from image_server_layer.tests.truth import DATA_TYPES


@pytest.mark.parametrize(
    ("pixel_type", "expected"),
    [
        ("U1", "Byte"),
        ("U2", "Byte"),
        ("U4", "Byte"),
        *DATA_TYPES.items(),
        ("C64", ""),
        ("C128", ""),
        ("", ""),
    ],
)
def test_every_arcgis_type_has_a_gdal_type_that_holds_its_values(pixel_type: str, expected: str) -> None:
    assert gdal_type(pixel_type) == expected


def test_only_signed_bytes_are_asked_for_in_another_type() -> None:
    assert requested_pixel_type("S8") == "S16"
    assert [requested_pixel_type(other) for other in ("U8", "U16", "F32", "")] == ["", "", "", ""]


@pytest.mark.parametrize(
    ("value", "data_type", "expected"),
    [
        (None, "Byte", None),
        (0, "Byte", 0),
        (255.0, "Byte", 255),
        (256, "Byte", None),
        (-9999, "UInt16", None),
        (-9999, "Int16", -9999),
        (0.5, "Int32", None),
        (math.inf, "Byte", None),
        (1e39, "Float32", None),
        (-3.40282347e38, "Float32", float(np.finfo(np.float32).min)),
        (-3.4028234663852886e38, "Float32", float(np.finfo(np.float32).min)),
        (0.1, "Float32", float(np.float32(0.1))),
        (0.1, "Float64", 0.1),
        (-1.7976931348623157e308, "Float64", float(np.finfo(np.float64).min)),
        (-1.7976931348623157e308, "Float32", None),
    ],
)
def test_nodata_is_what_can_stand_in_a_pixel(value: float | None, data_type: str, expected: float | None) -> None:
    assert nodata_in_type(value, data_type) == expected


def test_not_a_number_stays_what_it_is_in_floats_and_is_nothing_in_integers() -> None:
    kept = nodata_in_type(math.nan, "Float32")
    assert kept is not None
    assert math.isnan(kept)
    assert nodata_in_type(math.nan, "Int16") is None
