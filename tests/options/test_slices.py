"""Which slice is asked for, and whether the service has it: without a server."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from image_server_layer.plugin.options.arcgis_arguments import dimensions as read_dimensions
from image_server_layer.plugin.options.arcgis_arguments import time as read_time
from image_server_layer.plugin.options.check import check
from image_server_layer.plugin.options.dimension_value import dimensions_text
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.mosaic_rule import mosaic_rule
from image_server_layer.plugin.options.slices import multidimensional_definition, playable_time, value_text
from image_server_layer.plugin.service.errors import OptionError
from image_server_layer.plugin.service.multidimensional import Dimension, Span, Variable
from image_server_layer.plugin.service.time_info import TimeInfo
from image_server_layer.tests.options.services import ELEVATION, LANDSAT

DAY = 86_400_000
TIME = Dimension("StdTime", (Span(0, 0), Span(DAY, DAY), Span(DAY + 3, DAY + 3)), extent=Span(0, DAY + 3))
DEPTH = Dimension("StdZ", (Span(0, 0), Span(-10, -10)), "m", extent=Span(-10, 0))
UNLISTED = Dimension("Level", extent=Span(100, 200))
OCEAN = replace(
    LANDSAT, variables=(Variable("temp", (TIME, DEPTH)), Variable("Salinity", (UNLISTED,)), Variable("mask"))
)


def asked(service: Any = OCEAN, **given: Any) -> list[tuple[Any, ...]]:
    found = multidimensional_definition(LayerOptions(**given), service)
    keys = ("variableName", "dimensionName", "values", "isSlice")
    return [tuple(part.get(key) for key in keys) for part in found]


def errors(**given: Any) -> list[str]:
    return [error.message for error in check(LayerOptions(**given), OCEAN).errors]


def test_what_is_not_chosen_is_the_first() -> None:
    assert asked() == [("temp", "StdTime", [0], True), ("temp", "StdZ", [0], True)]
    assert asked(variable="salinity") == [("Salinity", "Level", [100], True)]
    assert asked(variable="mask") == [("mask", None, None, None)]


def test_rasters_that_are_picked_otherwise_are_of_no_slice() -> None:
    for given in ({"lock_raster_ids": (1,)}, {"where": "OBJECTID = 1"}, {"order_field": "Best"}):
        assert asked(**given) == []
        assert asked(**given, variable="mask") == [("mask", None, None, None)]


def test_a_chosen_time_leaves_the_dimension_of_time_to_it() -> None:
    time = read_time("1970")
    assert asked(time=time) == [("temp", "StdZ", [0], True)]
    chosen = read_dimensions("StdTime=1970-01-01 00:00:00")
    assert asked(time=time, dimensions=chosen)[0] == ("temp", "StdTime", [0], True)


@pytest.mark.parametrize(
    ("text", "values", "is_slice"),
    [
        ("StdZ=-10", [-10], True),
        ("StdZ=-10.0000000001", [-10], True),
        ("StdZ=-10,0", [-10], True),
        ("StdZ=-15,5/-5,25", [-10], True),
        ("StdZ=-10/0", [[-10, 0]], False),
        ("StdZ=-15/-5", [-10], True),
    ],
)
def test_a_value_goes_out_as_the_service_has_it(text: str, values: list[Any], is_slice: bool) -> None:
    assert asked(dimensions=read_dimensions(text))[1] == ("temp", "StdZ", values, is_slice)


def test_the_rule_repeats_the_service_s_own_order_beside_the_slice() -> None:
    rule = mosaic_rule(LayerOptions(variable="mask"), OCEAN)
    assert rule == {
        "mosaicMethod": "esriMosaicNorthwest",
        "sortField": "Best",
        "sortValue": 0,
        "mosaicOperation": "MT_FIRST",
        "multidimensionalDefinition": [{"variableName": "mask"}],
    }
    single = replace(ELEVATION, variables=OCEAN.variables)
    assert mosaic_rule(LayerOptions(variable="mask"), single) == {
        "mosaicMethod": "esriMosaicNone",
        "multidimensionalDefinition": [{"variableName": "mask"}],
    }
    assert mosaic_rule(LayerOptions(), LANDSAT) is None


def test_the_controller_plays_a_time_that_nobody_has_chosen() -> None:
    assert playable_time(LayerOptions(), OCEAN) == TIME
    for given in (
        {"variable": "salinity"},
        {"dimensions": read_dimensions("StdTime=1970-01-01")},
        {"time": read_time("1970")},
        {"where": "1=1"},
    ):
        assert playable_time(LayerOptions(**given), OCEAN) is None


def test_the_nearest_date_is_no_mistake_where_a_dimension_is_played() -> None:
    assert errors(nearest_date=True) == []
    assert "tells no times of its pixels" in errors(nearest_date=True, variable="salinity")[0]
    with_times = replace(OCEAN, time=TimeInfo("Date", "", 0, DAY))
    assert not check(LayerOptions(nearest_date=True), with_times).errors


@pytest.mark.parametrize(
    ("variable", "text", "message"),
    [
        ("Temp", "StdZ=-10", ""),
        ("temps", "", "The service has no variable “temps”; choose one of “temp”."),
        ("x", "", "The service has no variable “x”; choose one of “temp”, “Salinity”, “mask”."),
        ("mask", "StdZ=0", "The variable “mask” has no dimension “StdZ”, and no other; leave it out."),
        ("temp", "Level=0", "The variable “temp” has no dimension “Level”; it has “StdTime”, “StdZ”."),
        ("temp", "StdZ=-20", "The dimension “StdZ” has no value -20; the nearest are -10, 0."),
        ("temp", "StdZ=-9/-1", "The dimension “StdZ” has no value -9/-1; the nearest are -10, 0."),
        ("salinity", "Level=150", ""),
        ("salinity", "Level=99", "The dimension “Level” has no value 99; the nearest are 100, 200."),
    ],
)
def test_what_the_service_does_not_have_is_told_with_the_nearest(variable: str, text: str, message: str) -> None:
    found = errors(variable=variable, dimensions=read_dimensions(text))
    assert found == ([message] if message else [])


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("stdz = -50", "stdz=-50"),
        ({"StdZ": "-50", "StdTime": "2001-08"}, "StdTime=2001-08;StdZ=-50"),
        ('{"Level": [5, 1]}', "Level=1/5"),
        ([("a", 1), ("b", "2/3")], "a=1;b=2/3"),
        (" a=1 ; ; b=2 ", "a=1;b=2"),
        (read_dimensions("a=1;StdTime=2001-08-05 12:39:55"), "StdTime=2001-08-05 12:39:55;a=1"),
        (None, ""),
        ("#", ""),
        ({}, ""),
    ],
)
def test_dimensions_are_read_as_people_and_programs_write_them(given: Any, text: str) -> None:
    found = read_dimensions(given)
    assert dimensions_text(found) == text
    assert read_dimensions(text) == found


@pytest.mark.parametrize(
    "given",
    ["=5", "a=", "a=1/2/3", "a=x", "a=nan", "a=1e999", "{broken", ["a"], [["a", None]], 5, {"a": {}}, "StdTime=x"],
)
def test_what_is_no_dimension_is_refused(given: Any) -> None:
    with pytest.raises(OptionError) as caught:
        read_dimensions(given)
    assert caught.value.option == "dimensions"


def test_a_day_stands_for_its_only_value() -> None:
    assert value_text(TIME, TIME.values[0]) == "1970-01-01"
    assert value_text(TIME, TIME.values[1]) == "1970-01-02 00:00:00"
    assert value_text(DEPTH, DEPTH.values[1]) == "-10"
