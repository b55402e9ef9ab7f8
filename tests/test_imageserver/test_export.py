"""exportImage: registration, size, types, bands and no data, against formulas and the files."""

from __future__ import annotations

import math

import numpy as np
import pytest
from osgeo import gdal

from image_server_layer.tests.imageserver.data import DATA
from image_server_layer.tests.test_imageserver.client import Array, Client

# Test/Synthetic: 5001 × 3777 pixels of 10 m, of which each reads band × 1e8 + row × 1e4 + column.
LEFT, TOP, CELL = 300000.0, 9100000.0, 10.0


def encoded(rows: Array, columns: Array, bands: int = 5) -> Array:
    place = rows[:, np.newaxis] * 10_000 + columns[np.newaxis, :]
    return np.stack([band * 100_000_000 + place for band in range(1, bands + 1)])


def box(left: float, top: float, columns: float, rows: float) -> tuple[float, float, float, float]:
    """The box of so many pixels of Test/Synthetic."""
    return (LEFT + left * CELL, TOP - (top + rows) * CELL, LEFT + (left + columns) * CELL, TOP - top * CELL)


# Registration


@pytest.mark.parametrize(("left", "top"), [(0, 0), (1234, 987), (4937, 3713)])
def test_native_pixels_come_out_one_to_one(client: Client, left: int, top: int) -> None:
    pixels = client.pixels("Test/Synthetic", box(left, top, 64, 64), (64, 64))
    assert np.array_equal(pixels, encoded(np.arange(top, top + 64), np.arange(left, left + 64)))


@pytest.mark.parametrize("factor", [2, 3, 4, math.sqrt(2), 7.31])
def test_a_coarser_image_shows_the_pixels_under_its_pixel_centers(client: Client, factor: float) -> None:
    places = np.floor((np.arange(100) + 0.5) * factor + 1e-9).astype(int)
    pixels = client.pixels("Test/Synthetic", box(40, 20, 100 * factor, 100 * factor), (100, 100))
    assert np.array_equal(pixels, encoded(20 + places, 40 + places))


def test_a_finer_image_repeats_pixels(client: Client) -> None:
    places = np.repeat([0, 1, 2], 4)
    pixels = client.pixels("Test/Synthetic", box(7, 9, 3, 3), (12, 12))
    assert np.array_equal(pixels, encoded(9 + places, 7 + places))


def test_pixels_that_are_not_square_are_registered_in_both_directions(client: Client) -> None:
    left, top = -35.2 + 100 * 0.00064, -7.4 - 200 * 0.00048
    corners = (left, top - 50 * 0.00048, left + 30 * 0.00064, top)
    pixels = client.pixels("Test/SyntheticNonSquare", corners, (30, 50))
    assert np.array_equal(pixels, encoded(np.arange(200, 250), np.arange(100, 130), 2))


def test_a_box_as_wide_as_the_service_begins_and_ends_with_its_pixels(client: Client) -> None:
    pixels = client.pixels("Test/Synthetic", box(0, 0, 5001, 3777), (5001, 1), bandIds="0")
    assert np.array_equal(pixels[0, 0], 100_000_000 + 1888 * 10_000 + np.arange(5001))


def test_what_lies_outside_the_service_is_empty(client: Client) -> None:
    pixels = client.pixels("Test/Synthetic", box(-3, -2, 6, 4), (6, 4))
    assert np.array_equal(pixels[:, 2:, 3:], encoded(np.arange(2), np.arange(3)))
    assert not pixels[:, :2].any()
    assert not pixels[:, :, :3].any()


# Size and box


def test_the_aspect_ratio_is_adjusted_about_the_center_unless_that_is_declined(client: Client) -> None:
    wide = {"bbox": "300000,9099000,302000,9100000", "size": "100,100"}
    adjusted = client.json("Test/Synthetic", "exportImage", **wide)["extent"]
    assert [adjusted[key] for key in ("xmin", "ymin", "xmax", "ymax")] == [300000, 9098500, 302000, 9100500]
    declined = client.json("Test/Synthetic", "exportImage", **wide, adjustAspectRatio="false")["extent"]
    assert [declined[key] for key in ("xmin", "ymin", "xmax", "ymax")] == [300000, 9099000, 302000, 9100000]


def test_the_pixels_of_an_adjusted_box_are_those_of_its_extent(client: Client) -> None:
    adjusted = client.pixels("Test/Synthetic", box(100, 100, 64, 32), (64, 64), adjustAspectRatio="true")
    assert np.array_equal(adjusted, encoded(np.arange(84, 148), np.arange(100, 164)))


def test_a_server_before_10_3_always_adjusts_the_box(client: Client) -> None:
    document = client.json(
        "Test/Version93", "exportImage", bbox="300000,9099000,302000,9100000", size="10,10", adjustAspectRatio="false"
    )
    assert (document["extent"]["ymin"], document["extent"]["ymax"]) == (9098500, 9100500)


def test_the_size_is_400_by_400_by_default(client: Client) -> None:
    document = client.json("Test/U8", "exportImage", bbox="300000,9099000,301000,9100000")
    assert (document["width"], document["height"]) == (400, 400)


def test_json_leads_to_the_same_image(client: Client) -> None:
    corners = box(10, 10, 20, 20)
    document = client.json(
        "Test/Synthetic", "exportImage", bbox=",".join(map(str, corners)), size="20,20", format="tiff"
    )
    assert client.session.get(document["href"], timeout=30).content == client.image("Test/Synthetic", corners, (20, 20))
    assert document["extent"]["spatialReference"] == {"wkid": 31985, "latestWkid": 31985}


@pytest.mark.parametrize("size", ["15001,10", "10,4101"])
def test_an_image_beyond_the_limits_is_refused(client: Client, size: str) -> None:
    answer = client.error("Test/U8", bbox="300000,9099000,301000,9100000", size=size)
    assert answer == (400, "The requested image exceeds the size limit.")


def test_an_image_at_the_limits_is_not(client: Client) -> None:
    assert client.pixels("Test/Ones", (300000, 9099390, 300970, 9100000), (1, 4100)).shape == (1, 4100, 1)


# Types


def limits(pixel_type: str) -> tuple[int, int]:
    bits = int(pixel_type[1:])
    return (0, 2**bits - 1) if pixel_type[0] == "U" else (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)


SMALL = (300000.0, 9100000.0 - 610.0, 300970.0, 9100000.0)


@pytest.mark.parametrize("pixel_type", ["U8", "S8", "U16", "S16", "U32", "S32"])
def test_whole_numbers_are_exact_to_the_limits_of_their_type(client: Client, pixel_type: str) -> None:
    least, greatest = limits(pixel_type)
    index = np.arange(61 * 97).reshape(61, 97)
    offset = index * max(1, (greatest - least) // (61 * 97)) % (greatest - least + 1)
    pixels = client.pixels(f"Test/{pixel_type}", SMALL, (97, 61)).astype(np.int64)
    if pixel_type == "S8":  # read as bytes by GDAL before 3.7
        pixels = (pixels + 128) % 256 - 128
    assert np.array_equal(pixels, [least + offset, greatest - offset, least + offset])


@pytest.mark.parametrize(("pixel_type", "base", "step"), [("F32", 1000, 1 / 8), ("F64", 1e9, 1 / 1024)])
def test_floating_point_is_exact(client: Client, pixel_type: str, base: float, step: float) -> None:
    index = np.arange(61 * 97).reshape(61, 97)
    pixels = client.pixels(f"Test/{pixel_type}", SMALL, (97, 61))
    assert pixels.dtype == {"F32": np.float32, "F64": np.float64}[pixel_type]
    assert np.array_equal(pixels, [base * band + index * step for band in (1, 2, 3)])


@pytest.mark.parametrize(
    ("asked", "dtype"), [("U8", np.uint8), ("U16", np.uint16), ("S16", np.int16), ("F32", np.float32)]
)
def test_a_pixel_type_that_is_asked_for_is_clamped_to(client: Client, asked: str, dtype: type) -> None:
    original = client.pixels("Test/S32", SMALL, (97, 61))
    pixels = client.pixels("Test/S32", SMALL, (97, 61), pixelType=asked)
    bounds = limits(asked) if asked != "F32" else (-(2**31), 2**31)
    assert pixels.dtype == dtype
    assert np.array_equal(pixels, original.clip(*bounds).astype(dtype))


def test_the_pixel_type_unknown_is_that_of_the_service(client: Client) -> None:
    assert client.pixels("Test/U16", SMALL, (97, 61), pixelType="UNKNOWN").dtype == np.uint16


# Bands


@pytest.mark.parametrize("bands", [(0,), (3, 1, 0), (2, 2), (4, 3, 2, 1, 0)])
def test_bands_come_in_the_order_of_their_zero_based_ids(client: Client, bands: tuple[int, ...]) -> None:
    pixels = client.pixels("Test/Synthetic", box(0, 0, 8, 8), (8, 8), bandIds=",".join(map(str, bands)))
    assert np.array_equal(pixels, encoded(np.arange(8), np.arange(8))[list(bands)])


# No data


def test_no_data_of_the_service_is_written_and_declared(client: Client) -> None:
    dataset = gdal.Open(str(DATA / "dem_olinda.tif"))
    xmin, cell, _, ymax, _, _ = dataset.GetGeoTransform()
    truth = dataset.ReadAsArray()
    truth[:10, 101:] = -9999
    image = client.image("Olinda/Elevation", (xmin, ymax - 111 * cell, xmin + 111 * cell, ymax), (111, 111))
    gdal.FileFromMemBuffer("/vsimem/elevation.tif", image)
    exported = gdal.Open("/vsimem/elevation.tif")
    assert np.array_equal(exported.ReadAsArray(), truth)
    assert exported.GetRasterBand(1).GetNoDataValue() == -9999
    assert np.allclose(exported.GetGeoTransform(), dataset.GetGeoTransform(), rtol=0, atol=1e-6)


def test_the_lowest_f32_is_no_data_where_none_is_declared(client: Client) -> None:
    pixels = client.pixels("Test/F32", (299990.0, 9099990.0, 300010.0, 9100010.0), (2, 2))
    assert pixels[0, 0, 0] == np.finfo(np.float32).min
    assert pixels[0, 1, 1] == 1000


@pytest.mark.parametrize(
    ("no_data", "interpretation", "gone"),
    [
        ("2", "", [1]),
        ("2", "esriNoDataMatchAll", []),
        ("2,12,22,32", "", [1]),
        ("2,12,22,99", "", []),
        ("1,13,99,99", "esriNoDataMatchAny", [0, 2]),
    ],
)
def test_no_data_of_the_request_takes_out_pixels(
    client: Client, no_data: str, interpretation: str, gone: list[int]
) -> None:
    # The upper left pixels of the four bands read 1 2 3, 11 12 13, 21 22 23 and 31 32 33.
    corners, rule = (300000, 9099990, 300030, 9100000), {"noData": no_data, "noDataInterpretation": interpretation}
    picture = client.pixels("Test/FourBandsU8", corners, (3, 1), format="png32", **rule)
    assert np.flatnonzero(picture[3, 0] == 0).tolist() == gone


def test_pixels_taken_out_hold_the_no_data_value_in_all_bands(client: Client) -> None:
    pixels = client.pixels("Test/FourBandsU8", (300000, 9099990, 300030, 9100000), (3, 1), noData="2")
    assert pixels[:, 0].tolist() == [[1, 2, 3], [11, 2, 13], [21, 2, 23], [31, 2, 33]]


def test_every_band_has_its_own_no_data(client: Client) -> None:
    pixels = client.pixels("Test/NoDataPerBand", (300000, 9099990, 300110, 9100000), (11, 1))
    assert pixels[:, 0, :10].tolist() == [[-9999] * 10, [0] * 10, [32767] * 10]
    assert pixels[:, 0, 10].tolist() == [11, 21, 31]


# Requests


def test_names_of_parameters_are_read_in_any_case_and_a_form_does_as_well(client: Client) -> None:
    url = client.server.service("Test/Synthetic") + "/exportImage"
    form = {"BBOX": "300000,9099920,300080,9100000", "Size": "8,8", "FORMAT": "TIFF", "F": "image", "BANDIDS": "1"}
    answer = client.session.post(url, data=form, timeout=30)
    assert answer.content == client.image("Test/Synthetic", (300000, 9099920, 300080, 9100000), (8, 8), bandIds="1")


BOX = "300000,9099000,301000,9100000"


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({}, "'bbox'"),
        ({"bbox": "1,2,3"}, "'bbox'"),
        ({"bbox": "1,2,x,4"}, "'bbox'"),
        ({"bbox": "1,2,NaN,4"}, "'bbox'"),
        ({"bbox": "301000,9099000,300000,9100000"}, "'bbox'"),
        ({"bbox": "300000,9099000,301000,9099000"}, "'bbox'"),
        ({"size": "100"}, "'size'"),
        ({"size": "0,100"}, "'size'"),
        ({"size": "1.5,100"}, "'size'"),
        ({"format": "webp"}, "'format'"),
        ({"compression": "LZW"}, "'compression'"),
        ({"compressionQuality": "101"}, "'compressionQuality'"),
        ({"pixelType": "U9"}, "'pixelType'"),
        ({"interpolation": "Bilinear"}, "'interpolation'"),
        ({"bandIds": "3"}, "'bandIds'"),
        ({"bandIds": "-1"}, "'bandIds'"),
        ({"bandIds": "a"}, "'bandIds'"),
        ({"noData": "1,2"}, "'noData'"),
        ({"adjustAspectRatio": "maybe"}, "'adjustAspectRatio'"),
        ({"imageSR": "1"}, "'imageSR'"),
        ({"bboxSR": "{}"}, "'bboxSR'"),
        ({"imageSR": '{"wkt": "PROJCS[nonsense"}'}, "'imageSR'"),
        ({"renderingRule": "{"}, "'renderingRule'"),
        ({"renderingRule": "[]"}, "'renderingRule'"),
    ],
)
def test_a_bad_parameter_is_named_in_an_error_of_code_400(
    client: Client, parameters: dict[str, str], words: str
) -> None:
    code, text = client.error("Test/U8", **({"bbox": BOX, **parameters} if parameters else {}))
    assert code == 400
    assert text.startswith("Invalid or missing input parameters.")
    assert words in text


@pytest.mark.parametrize("form", ["image", "json", "pjson"])
def test_an_error_is_json_with_status_200_even_for_an_image(client: Client, form: str) -> None:
    answer = client.get("Test/U8", "exportImage", f=form)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/json")
    assert answer.json()["error"]["code"] == 400


def test_a_service_of_tiles_only_exports_no_image_of_any_size(client: Client) -> None:
    for size in ("256,256", "1,1"):
        code, text = client.error("Test/TilesOnly", bbox="-3885000,-895000,-3880000,-890000", size=size)
        assert (code, "tiles only" in text) == (400, True)
