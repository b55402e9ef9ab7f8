"""What a service knows of a point: bands as shown and as they are, class names, rasters, values over time."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from qgis.core import QgsFeedback, QgsRasterLayer

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.layer.edit import source_of
from image_server_layer.plugin.layer.pixel import AskedService, read_pixel, read_service
from image_server_layer.plugin.layer.profile import Profile
from image_server_layer.plugin.layer.time_profile import read_time_profile
from image_server_layer.plugin.service.errors import (
    AuthenticationError,
    CanceledError,
    ResponseError,
    ServerError,
    UnsupportedServiceError,
)
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.imageserver.times import milliseconds, month_value
from image_server_layer.tests.truth import (
    LANDSAT_CELL,
    LANDSAT_ORIGIN,
    NORTH_WEST,
    covered_by,
    elevation,
    mosaic,
    shown_by,
)

COLUMN, ROW = 130, 160
"""Where five rasters of the Landsat mosaic lie."""
NAMES = ["Blue", "Green", "Red", "NearInfrared_1", "MidInfrared_1", "MidInfrared_2"]


def ground(column: int = COLUMN, row: int = ROW) -> tuple[float, float]:
    return LANDSAT_ORIGIN[0] + (column + 0.5) * LANDSAT_CELL, LANDSAT_ORIGIN[1] - (row + 0.5) * LANDSAT_CELL


def asked(layer: QgsRasterLayer) -> AskedService:
    source = source_of(layer)
    assert source is not None
    return read_service(source)


def landsat(server: ImageServerProcess, **options: Any) -> AskedService:
    return asked(make_image_server_layer(server.service("Olinda/Landsat"), add_to_project=False, **options))


def pixel(pixels: np.ndarray, column: int = COLUMN, row: int = ROW) -> list[float]:
    found: list[float] = pixels[:, row, column].tolist()
    return found


def table(profile: Profile) -> list[tuple[int | None, list[float | None]]]:
    return [(dated.raster, list(dated.values)) for dated in profile.places]


@pytest.mark.parametrize("kind", ["values", "picture"])
def test_all_bands_are_told_with_their_wavelengths(image_server: ImageServerProcess, kind: str) -> None:
    known = landsat(image_server, processing_template="None", kind=kind)
    image_server.clear()
    answer = read_pixel(known, ground())
    assert answer.shown is not None
    assert (answer.problem, answer.is_outside, answer.raw) == ("", False, None)
    assert list(answer.shown.values) == pixel(mosaic(NORTH_WEST))
    assert [band.name for band in answer.shown.bands] == NAMES
    assert [band.wavelength for band in answer.shown.bands][:4] == [485.0, 560.0, 660.0, 835.0]
    assert answer.shown.are_by_wavelength
    # The latest first.
    assert [raster.id for raster in answer.rasters] == [5, 4, 2, 7, 1]
    # The point, and the rasters: no more is asked for.
    assert sorted(request.operation for request in image_server.requests()) == ["identify", "query"]


def test_a_function_tells_what_it_makes_and_what_of(image_server: ImageServerProcess) -> None:
    known = landsat(image_server, processing_template="NDVI")
    answer = read_pixel(known, ground())
    assert answer.shown is not None
    assert answer.raw is not None
    raw = np.array(pixel(mosaic(NORTH_WEST)))
    assert answer.shown.values == pytest.approx(((raw[3] - raw[2]) / (raw[3] + raw[2]),), abs=1e-6)
    assert list(answer.raw.values) == raw.tolist()
    assert [band.name for band in answer.raw.bands] == NAMES
    assert not answer.shown.are_by_wavelength


def test_chosen_bands_keep_their_wavelengths_and_the_others_are_told_as_raw(image_server: ImageServerProcess) -> None:
    answer = read_pixel(landsat(image_server, processing_template="None", band_index="4 3"), ground())
    assert answer.shown is not None
    assert answer.raw is not None
    raw = pixel(mosaic(NORTH_WEST))
    assert list(answer.shown.values) == [raw[3], raw[2]]
    assert [(band.name, band.wavelength) for band in answer.shown.bands] == [
        ("NearInfrared_1", 835.0),
        ("Red", 660.0),
    ]
    assert list(answer.raw.values) == raw


@pytest.mark.parametrize("kind", ["values", "picture"])
def test_codes_have_the_names_of_their_classes(image_server: ImageServerProcess, kind: str) -> None:
    known = landsat(image_server, processing_template="NDVIClasses", kind=kind)
    answer = read_pixel(known, ground())
    assert answer.shown is not None
    names = {1: "Water", 2: "Bare", 3: "Sparse", 4: "Grass", 5: "Forest"}
    value = answer.shown.values[0]
    assert value in names
    assert answer.shown.class_name(0) == names[int(value or 0)]
    layer = make_image_server_layer(image_server.service("PuertoRico/LandCover"), add_to_project=False)
    center = layer.extent().center()
    known = asked(layer)
    cover = read_pixel(known, (center.x(), center.y())).shown
    assert cover is not None
    (name,) = [row.label for row in known.source.classes if row.value == cover.values[0]]
    assert cover.class_name(0) == name


def test_outside_is_no_number_and_asks_nothing(image_server: ImageServerProcess) -> None:
    known = landsat(image_server, processing_template="None")
    image_server.clear()
    answer = read_pixel(known, ground(-5, 10))
    assert (answer.is_outside, answer.shown, answer.rasters) == (True, None, ())
    assert image_server.requests() == []


def test_no_data_is_none_and_heights_are_exact(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Elevation"), add_to_project=False)
    known, truth = asked(layer), elevation()
    grid = known.source.grid
    row, column = truth.shape[-2] // 2, truth.shape[-1] // 2
    place = (
        grid.extent.xmin + (column + 0.5) * grid.cell_size[0],
        grid.extent.ymax - (row + 0.5) * grid.cell_size[1],
    )
    answer = read_pixel(known, place)
    assert answer.shown is not None
    assert answer.shown.values[0] == float(truth.reshape(truth.shape[-2:])[row, column])


def test_what_fails_is_said_and_the_rest_is_kept(image_server: ImageServerProcess) -> None:
    known = landsat(image_server, processing_template="None")
    image_server.fault("status", match="query")
    answer = read_pixel(known, ground())
    assert answer.shown is not None
    assert answer.rasters == ()
    assert "500" in answer.problem
    image_server.fault("status", match="identify")
    image_server.fault("status", match="exportImage")
    with pytest.raises(ServerError, match="500"):
        read_pixel(known, ground())


def test_values_of_other_bands_are_not_told(image_server: ImageServerProcess) -> None:
    known = landsat(image_server, processing_template="NDVI")
    said = '{"value": "1, 2, 3"}'
    image_server.fault("status", match="identify", status=200, body=said, content_type="application/json")
    answer = read_pixel(known, ground())
    assert answer.shown is not None
    assert answer.raw is None
    assert answer.problem == "The service tells 3 values of a point, but there are 6 bands: try again later."
    with pytest.raises(ResponseError, match="3 values of a point, but there are 1 bands"):
        read_time_profile(known, ground())


def test_canceling_puts_an_end_to_it(image_server: ImageServerProcess) -> None:
    known, feedback = landsat(image_server), QgsFeedback()
    feedback.cancel()
    with pytest.raises(CanceledError):
        read_pixel(known, ground(), feedback)


def test_over_time_each_raster_there_has_its_own_value_with_one_request(image_server: ImageServerProcess) -> None:
    known = landsat(image_server, processing_template="None", lock_rasterid="2")
    image_server.clear()
    profile = read_time_profile(known, ground())
    there = [raster for raster in range(1, 9) if covered_by(raster)[ROW, COLUMN]]
    assert dict(table(profile)) == {raster: pixel(shown_by(raster)) for raster in there}
    times = [dated.at for dated in profile.places]
    assert times == sorted(times)
    assert profile.note == ""
    (samples,) = image_server.requests(operation="getSamples")
    assert samples.query["returnFirstValueOnly"] == "false"
    rule = json.loads(samples.query["mosaicRule"])
    assert rule["mosaicMethod"] == "esriMosaicLockRaster"
    assert sorted(rule["lockRasterIds"]) == there
    assert len(image_server.requests()) == 2


def test_over_time_a_function_is_asked_for_raster_by_raster(image_server: ImageServerProcess) -> None:
    known = landsat(image_server, processing_template="NDVI")
    image_server.clear()
    profile = read_time_profile(known, ground())
    expected = {}
    for raster in range(1, 9):
        if covered_by(raster)[ROW, COLUMN]:
            raw = np.array(pixel(shown_by(raster)), float)
            expected[raster] = [(raw[3] - raw[2]) / (raw[3] + raw[2])]
    found = dict(table(profile))
    assert found.keys() == expected.keys()
    for raster, values in expected.items():
        assert found[raster] == pytest.approx(values, abs=1e-6)
    identified = image_server.requests(operation="identify")
    assert len(identified) == len(expected)
    assert {request.query["renderingRule"] for request in identified} == {'{"rasterFunction":"NDVI"}'}
    assert {json.loads(request.query["mosaicRule"])["lockRasterIds"][0] for request in identified} == set(expected)


def test_a_series_comes_whole_in_its_order(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Test/Monthly"), add_to_project=False)
    center = layer.extent().center()
    image_server.clear()
    profile = read_time_profile(asked(layer), (center.x(), center.y()))
    months = [(year, month) for year in (2020, 2021) for month in range(1, 13) if (year, month) != (2020, 7)]
    assert [(dated.at, dated.values) for dated in profile.places] == [
        (milliseconds(year, month), (float(month_value(year, month)),)) for year, month in months
    ]
    # 23 rasters, of which one image may have twenty.
    assert len(image_server.requests(operation="getSamples")) == 2


def test_a_server_without_samples_is_asked_raster_by_raster(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Test/Yearly"), add_to_project=False)
    known, center = asked(layer), layer.extent().center()
    image_server.fault("json_error", match="getSamples")
    profile = read_time_profile(known, (center.x(), center.y()))
    assert [dated.values for dated in profile.places] == [(17.0,), (18.0,), (19.0,), (20.0,), (21.0,)]
    assert len(image_server.requests(operation="identify")) == 5


def test_samples_of_other_rasters_or_bands_are_not_used(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Test/Yearly"), add_to_project=False)
    known, center = asked(layer), layer.extent().center()
    image_server.fault("samples", match="getSamples", value="1 2 3")
    profile = read_time_profile(known, (center.x(), center.y()))
    assert [dated.values for dated in profile.places] == [(17.0,), (18.0,), (19.0,), (20.0,), (21.0,)]


def test_a_raster_that_cannot_be_read_is_a_gap_and_said(image_server: ImageServerProcess) -> None:
    known = landsat(image_server, processing_template="NDVI")
    image_server.fault("json_error", match="identify", times=1)
    profile = read_time_profile(known, ground())
    assert [dated.values for dated in profile.places].count((None,)) == 1
    assert profile.note.startswith("1 raster could not be read: ")


def test_a_service_that_wants_credentials_is_not_asked_raster_by_raster(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Test/Yearly"), add_to_project=False)
    known, center = asked(layer), layer.extent().center()
    image_server.fault("json_error", match="getSamples", code=499, message="Token Required")
    with pytest.raises(AuthenticationError):
        read_time_profile(known, (center.x(), center.y()))
    assert image_server.requests(operation="identify") == []


def test_one_word_for_all_bands_is_a_gap_and_other_bands_are_a_fault(image_server: ImageServerProcess) -> None:
    known = landsat(image_server, processing_template="None")
    image_server.fault("json_error", match="getSamples")
    for value in ("NoData", "1, 2"):
        body = json.dumps({"value": value})
        image_server.fault("status", match="identify", times=1, status=200, body=body, content_type="application/json")
    profile = read_time_profile(known, ground())
    values = [list(dated.values) for dated in profile.places]
    assert len(values) == 5
    assert values.count([None] * 6) == 2
    assert profile.note.startswith("1 raster could not be read: The service tells 2 values of a point, but there are 6")


@pytest.mark.parametrize("time", ["2018/2020", "2018-06/2020-02"], ids=["years", "what lasts into it"])
def test_each_raster_is_asked_for_by_itself_whatever_time_the_layer_shows(
    image_server: ImageServerProcess, time: str
) -> None:
    layer = make_image_server_layer(image_server.service("Test/Yearly"), add_to_project=False, time=time)
    known, center = asked(layer), layer.extent().center()
    image_server.fault("json_error", match="getSamples")
    profile = read_time_profile(known, (center.x(), center.y()))
    assert [dated.values for dated in profile.places] == [(18.0,), (19.0,), (20.0,)]
    asked_for = image_server.requests(operation="identify")
    assert len(asked_for) == 3
    # The raster is of one time, and the layer of another range.
    assert all("time" not in request.query for request in asked_for)


def test_what_stands_for_no_data_is_no_number_over_time(image_server: ImageServerProcess) -> None:
    image_server.patch("Test/Yearly", {"noDataValue": 19, "noDataValues": [19]})
    layer = make_image_server_layer(image_server.service("Test/Yearly"), add_to_project=False)
    known, center = asked(layer), layer.extent().center()
    assert known.service.nodata == (19.0,)
    profile = read_time_profile(known, (center.x(), center.y()))
    assert [dated.values for dated in profile.places] == [(17.0,), (18.0,), (None,), (20.0,), (21.0,)]
    assert image_server.requests(operation="identify") == []


def test_without_dates_there_is_one_sentence(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Elevation"), add_to_project=False)
    center = layer.extent().center()
    with pytest.raises(UnsupportedServiceError, match="have no dates, so there is nothing to show over time"):
        read_time_profile(asked(layer), (center.x(), center.y()))


def test_where_identify_is_closed_a_picture_tells_its_colors(image_server: ImageServerProcess) -> None:
    known = landsat(image_server, processing_template="NDVIColored", kind="picture")
    image_server.fault("json_error", match="identify")
    answer = read_pixel(known, ground())
    assert answer.shown is not None
    assert [band.name for band in answer.shown.bands] == ["Red", "Green", "Blue", "Alpha"]
    assert answer.shown.values == (226.0, 217.0, 120.0, 255.0)
    # What it is made of cannot be told.
    assert answer.raw is None
    assert answer.problem
