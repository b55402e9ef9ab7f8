"""The pixels of a service: type, bands, statistics and nodata, in every form they come in."""

from __future__ import annotations

import math
import sys
from typing import Any

import pytest

from image_server_layer.plugin.service.description import MOST_BANDS, parse_description
from image_server_layer.plugin.service.errors import UnsupportedServiceError
from image_server_layer.plugin.service.image_service import Band
from image_server_layer.tests.service.root_documents import described


@pytest.mark.parametrize(
    "name", ["U1", "U2", "U4", "U8", "S8", "U16", "S16", "U32", "S32", "F32", "F64", "C64", "C128"]
)
def test_every_pixel_type_is_known(name: str) -> None:
    assert described({"pixelType": name}).pixel_type == name
    assert described({"pixelType": f" {name.lower()} "}).pixel_type == name


@pytest.mark.parametrize("value", ["UNKNOWN", "unknown", "", None, ..., 8, "U24"])
def test_a_pixel_type_that_says_nothing_is_empty(value: object) -> None:
    assert described({"pixelType": value}).pixel_type == ""


@pytest.mark.parametrize(
    ("root", "names"),
    [
        ({"bandCount": 3}, ["Band_1", "Band_2", "Band_3"]),
        ({"bandCount": 3, "bandNames": ["Red"]}, ["Red", "Band_2", "Band_3"]),
        ({"bandCount": 1, "bandNames": ["Red", "Green"]}, ["Red"]),
        ({"bandCount": 2, "bandNames": ["", None]}, ["Band_1", "Band_2"]),
        ({"bandNames": ["Red", "Green"]}, ["Red", "Green"]),
        ({"bandNames": None, "minValues": [0, 0]}, ["Band_1", "Band_2"]),
        ({"bandCount": 0, "bandNames": []}, ["Band_1"]),
        ({"bandCount": "4"}, ["Band_1", "Band_2", "Band_3", "Band_4"]),
    ],
)
def test_bands_are_counted_and_named_as_far_as_possible(root: dict[str, Any], names: list[str]) -> None:
    bands = described(root).bands
    assert [band.name for band in bands] == names
    assert [band.number for band in bands] == list(range(1, len(names) + 1))


@pytest.mark.parametrize(
    ("name", "has_own_name"),
    [
        ("Blue", True),
        ("NearInfrared_1", True),
        ("B4", True),
        ("Band_Red", True),
        ("Band_1", False),
        ("Band 12", False),
        ("band-3", False),
        ("BAND4", False),
        ("Layer_1", False),
        ("7", False),
        ("", False),
    ],
)
def test_a_number_is_not_a_name_of_a_band(name: str, has_own_name: bool) -> None:
    assert described({"bandNames": [name]}).bands[0].has_own_name is has_own_name


def test_statistics_may_be_missing_or_fewer_than_bands() -> None:
    bands = described(
        {"bandCount": 3, "minValues": [], "maxValues": [1], "meanValues": None, "stdvValues": ["NaN", 2]}
    ).bands
    assert bands == (
        Band(1, "Band_1", False, None, 1.0, None, None),
        Band(2, "Band_2", False, None, None, None, 2.0),
        Band(3, "Band_3"),
    )


@pytest.mark.parametrize(
    "statistics",
    [
        (0, 0, 0, 0),
        (7, 7, 7, 0),
        (7, 7, 9, 2),
        (200, 100, 150, 10),
        (100, 200, 99, 10),
        (100, 200, 201, 10),
        (100, 200, 150, 101),
        (100, 200, 150, -1),
        (None, None, 0, 0),
        ("NaN", "Infinity", "-inf", "none"),
        ("1e999", {}, [], True),
    ],
)
def test_statistics_that_cannot_be_true_are_none(statistics: tuple[object, ...]) -> None:
    keys = ("minValues", "maxValues", "meanValues", "stdvValues")
    # The other band keeps its own.
    root = {key: [good, value] for key, good, value in zip(keys, (0, 255, 120.5, 40), statistics)}
    good, bad = described({"bandCount": 2, **root}).bands
    assert good == Band(1, "Band_1", False, 0, 255, 120.5, 40)
    assert bad == Band(2, "Band_2")


@pytest.mark.parametrize("count", [MOST_BANDS + 1, 20_000_000, 2**62])
def test_more_bands_than_a_layer_can_have_are_refused_before_they_are_made(count: int) -> None:
    with pytest.raises(UnsupportedServiceError, match="more than 10000 bands"):
        described({"bandCount": count})


@pytest.mark.parametrize(
    ("statistics", "expected"),
    [
        # As of bytes that were never looked at: their limits are true.
        ((0, 255, 0, 0), (0, 255, None, None)),
        ((0, 255, 127.5, 127.6), (0, 255, 127.5, 127.6)),
        ((-1.5, 0, -1.5, 0.1), (-1.5, 0, -1.5, 0.1)),
        ((0.1, 0.3, 0.30000000000000004, 0.1), (0.1, 0.3, 0.30000000000000004, 0.1)),
        ((None, None, 5, 2), (None, None, 5, 2)),
        ((0, None, None, None), (None, None, None, None)),
        ((None, 255, None, None), (None, 255, None, None)),
    ],
)
def test_statistics_that_can_be_true_stay(statistics: tuple[Any, ...], expected: tuple[Any, ...]) -> None:
    keys = ("minValues", "maxValues", "meanValues", "stdvValues")
    (band,) = described({"bandCount": 1, **{key: [value] for key, value in zip(keys, statistics)}}).bands
    assert (band.minimum, band.maximum, band.mean, band.standard_deviation) == expected


LOWEST_F32 = -3.4028234663852886e38
LOWEST_F64 = -sys.float_info.max


@pytest.mark.parametrize(
    ("root", "nodata"),
    [
        ({}, ()),
        ({"noDataValue": None}, ()),
        ({"noDataValues": []}, ()),
        ({"noDataValues": [None, None]}, ()),
        ({"noDataValue": 0}, (0.0, 0.0)),
        ({"noDataValue": LOWEST_F32}, (LOWEST_F32, LOWEST_F32)),
        ({"noDataValue": -1.7976931348623157e308}, (LOWEST_F64, LOWEST_F64)),
        ({"noDataValue": "-1.79769313486232e+308"}, (LOWEST_F64, LOWEST_F64)),
        ({"noDataValue": "-9999"}, (-9999.0, -9999.0)),
        ({"noDataValues": [7]}, (7.0, 7.0)),
        ({"noDataValues": [7, 8]}, (7.0, 8.0)),
        ({"noDataValues": [None, 8], "noDataValue": 5}, (None, 8.0)),
        ({"noDataValues": [], "noDataValue": 5}, (5.0, 5.0)),
        ({"noDataValues": ["7", 8, 9]}, (7.0, 8.0)),
        ({"noDataValues": [1, 2, 3], "bandCount": 4}, (1.0, 2.0, 3.0, None)),
    ],
)
def test_nodata_is_one_value_a_band(root: dict[str, Any], nodata: tuple[float | None, ...]) -> None:
    assert described({"bandCount": 2, **root}).nodata == nodata


@pytest.mark.parametrize("value", ["NaN", "nan", math.nan])
def test_nodata_may_be_nan(value: object) -> None:
    (nodata,) = described({"noDataValue": value}).nodata
    assert nodata is not None
    assert math.isnan(nodata)


def test_nodata_of_double_precision_in_15_digits_is_the_lowest_number() -> None:
    place = b'"extent":{"xmin":0,"ymin":0,"xmax":9,"ymax":9},"pixelSizeX":1,"pixelSizeY":1'
    content = b'{"pixelType":"F64","bandCount":1,"noDataValue":-1.79769313486232e+308,%b}' % place
    service = parse_description(content, "https://gis.example.org/arcgis/rest/services/A/ImageServer")
    assert service.nodata == (LOWEST_F64,)
