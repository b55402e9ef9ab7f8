"""The values of a point over the dimensions of a multidimensional service: in batches, gaps for what is not read."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from qgis.core import QgsDateTimeRange, QgsFeedback
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.layer import slice_profile
from image_server_layer.plugin.layer.edit import source_of
from image_server_layer.plugin.layer.pixel import AskedService, Point, read_service
from image_server_layer.plugin.layer.profile import Profile
from image_server_layer.plugin.layer.slice_profile import profile_dimensions, read_profile
from image_server_layer.plugin.layer.temporal import shown_source
from image_server_layer.plugin.service.errors import CanceledError, ServerError, UnsupportedServiceError
from image_server_layer.tests.imageserver.climate import (
    DEPTHS,
    GRID,
    LAYERS,
    MOMENTS,
    NO_DATA,
    climate_pixels,
    months,
    water_value,
)
from image_server_layer.tests.imageserver.process import ImageServerProcess

CLIMATE, WATER = "Test/Climate", "Test/Water"
ROW, COLUMN = 16, 20


def place(row: int = ROW, column: int = COLUMN) -> Point:
    return GRID.xmin + (column + 0.5) * GRID.cell_x, GRID.ymax - (row + 0.5) * GRID.cell_y


def asked(
    server: ImageServerProcess, name: str, frame: QgsDateTimeRange | None = None, **options: Any
) -> tuple[AskedService, Point]:
    layer = make_image_server_layer(server.service(name), add_to_project=False, **options)
    source = source_of(layer)
    assert source is not None
    center = layer.extent().center()
    known = read_service(source if frame is None else shown_source(layer, source, frame))
    server.clear()
    return known, (center.x(), center.y())


def table(profile: Profile) -> list[tuple[float, float | None]]:
    return [(place.at, place.values[0]) for place in profile.places]


def water_depths(moment: int) -> list[tuple[float, float]]:
    return [(depth, water_value("water_temp", StdTime=moment, StdZ=depth)) for depth in sorted(DEPTHS)]


def test_a_year_of_months_comes_with_one_request(image_server: ImageServerProcess) -> None:
    known, _ = asked(image_server, CLIMATE, variable="tas", dimensions="StdTime=1999-07")
    profile = read_profile(known, place(), "StdTime")
    values = climate_pixels("tas")[:, ROW, COLUMN]
    assert table(profile) == [(moment, float(f"{value:.9g}")) for moment, value in zip(months(), values)]
    assert ([band.name for band in profile.bands], profile.note) == (["tas (°C)"], "")
    (request,) = image_server.requests()
    assert request.operation == "getSamples"
    assert request.query["returnFirstValueOnly"] == "false"
    assert json.loads(request.query["mosaicRule"])["multidimensionalDefinition"] == [
        {"variableName": "tas", "dimensionName": "StdTime", "values": list(months()), "isSlice": True}
    ]


def test_no_data_is_a_gap(image_server: ImageServerProcess) -> None:
    known, _ = asked(image_server, CLIMATE, variable="tas")
    rows, columns = np.nonzero((climate_pixels("tas") == np.float32(NO_DATA)).all(axis=0))
    profile = read_profile(known, place(int(rows[0]), int(columns[0])), "StdTime")
    assert table(profile) == [(moment, None) for moment in months()]


def test_the_other_dimensions_stay_as_the_layer_shows_them(image_server: ImageServerProcess) -> None:
    known, center = asked(image_server, WATER, dimensions={"StdTime": "2020-02", "StdZ": -10})
    assert [dimension.label for dimension in profile_dimensions(known)] == ["StdTime", "StdZ (m)"]
    assert table(read_profile(known, center, "StdZ")) == water_depths(MOMENTS[1])
    over_time = [(moment, water_value("water_temp", StdTime=moment, StdZ=-10)) for moment in MOMENTS]
    assert table(read_profile(known, center, "stdtime")) == over_time


def test_a_frame_of_the_controller_is_the_time_of_a_profile_over_depth(image_server: ImageServerProcess) -> None:
    begin = QDateTime(QDate(2020, 4, 1), QTime(0, 0), Qt.TimeSpec.UTC)
    known, center = asked(image_server, WATER, QgsDateTimeRange(begin, begin.addDays(1)))
    assert table(read_profile(known, center, "StdZ")) == water_depths(MOMENTS[2])


def test_layers_of_depth_stand_in_their_middle(image_server: ImageServerProcess) -> None:
    known, center = asked(image_server, WATER, variable="heat")
    profile = read_profile(known, center, "StdZ")
    assert [(place.at, place.values, place.label) for place in profile.places] == [
        (sum(layer) / 2, (sum(layer) / 2,), f"{layer[0]:g}/{layer[1]:g}") for layer in sorted(LAYERS)
    ]
    assert {request.operation for request in image_server.requests()} == {"identify"}


def test_a_range_that_was_chosen_is_all_that_is_gone_over(image_server: ImageServerProcess) -> None:
    known, center = asked(image_server, WATER, variable="salinity", dimensions="StdZ=-60/-5")
    assert [at for at, _ in table(read_profile(known, center, "StdZ"))] == [-50.0, -10.0]


def test_a_server_without_samples_is_asked_slice_by_slice(image_server: ImageServerProcess) -> None:
    known, center = asked(image_server, WATER)
    image_server.fault("json_error", match="getSamples")
    image_server.fault("json_error", match="identify", times=1)
    profile = read_profile(known, center, "StdZ")
    assert [value for _, value in table(profile)].count(None) == 1
    assert set(table(profile)) - {(at, None) for at in DEPTHS} < set(water_depths(MOMENTS[0]))
    assert profile.note.startswith("1 slice could not be read: ")
    image_server.fault("json_error", match="identify")
    with pytest.raises(ServerError):
        read_profile(known, center, "StdZ")


def test_values_of_other_bands_are_not_used(image_server: ImageServerProcess) -> None:
    known, center = asked(image_server, WATER)
    image_server.fault("samples", match="getSamples", value="1 2")
    assert table(read_profile(known, center, "StdZ")) == water_depths(MOMENTS[0])


@pytest.mark.parametrize("moved", [1, None], ids=["other slices", "no slice"])
def test_values_of_other_slices_are_not_used(image_server: ImageServerProcess, moved: int | None) -> None:
    known, center = asked(image_server, WATER)
    told = [
        {"locationId": 0, "value": "1", "attributes": {"StdZ": None if moved is None else depth + moved}}
        for depth in DEPTHS
    ]
    body = json.dumps({"samples": told})
    image_server.fault("status", match="getSamples", status=200, body=body, content_type="application/json")
    assert table(read_profile(known, center, "StdZ")) == water_depths(MOMENTS[0])
    assert len(image_server.requests(operation="identify")) == len(DEPTHS)


def test_more_values_than_are_asked_for_are_said(
    image_server: ImageServerProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slice_profile, "MOST_SLICES", 2)
    known, center = asked(image_server, WATER)
    profile = read_profile(known, center, "StdTime")
    assert [at for at, _ in table(profile)] == list(MOMENTS[1:])
    assert profile.note == "The dimension has 3 values; the last 2 of them are shown."


def test_what_there_is_not_has_one_sentence_and_cancel_ends_it(image_server: ImageServerProcess) -> None:
    known, center = asked(image_server, CLIMATE)
    with pytest.raises(UnsupportedServiceError, match="has no dimension “StdZ” of several values"):
        read_profile(known, center, "StdZ")
    feedback = QgsFeedback()
    feedback.cancel()
    with pytest.raises(CanceledError):
        read_profile(known, center, "StdTime", feedback)
