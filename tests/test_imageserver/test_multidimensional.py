"""Multidimensional services: what they say of their variables, and which slices are drawn."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from image_server_layer.tests.imageserver.climate import DEPTHS, GRID, MOMENTS, climate_pixels, months, water_value
from image_server_layer.tests.imageserver.pixels import extent_of
from image_server_layer.tests.test_imageserver.client import Client

CLIMATE, WATER = "Test/Climate", "Test/Water"
WHOLE, SIZE = tuple(extent_of(GRID)), (GRID.columns, GRID.rows)
BOX, WATER_SIZE = (300000.0, 9099390.0, 300970.0, 9100000.0), (97, 61)


def rule(*parts: tuple[str, str, list[Any]], **more: Any) -> dict[str, Any]:
    return {
        "mosaicMethod": "esriMosaicNone",
        "multidimensionalDefinition": [
            {"variableName": variable, "dimensionName": dimension, "values": values, **more}
            for variable, dimension, values in parts
        ],
    }


def shown(client: Client, **parameters: object) -> set[float]:
    return set(np.unique(client.pixels(WATER, BOX, WATER_SIZE, **parameters)).tolist())


def test_variables_tell_unit_dimensions_and_values(client: Client) -> None:
    assert client.json(CLIMATE)["hasMultidimensions"] is True
    assert client.json("Olinda/Landsat")["hasMultidimensions"] is False
    told = client.json(CLIMATE, "multidimensionalInfo")["multidimensionalInfo"]["variables"]
    assert [(variable["name"], variable["unit"]) for variable in told] == [("pr", "mm"), ("tas", "°C")]
    (time,) = told[1]["dimensions"]
    assert (time["name"], time["unit"], time["hasRanges"]) == ("StdTime", "ISO8601", False)
    assert time["values"] == list(months())
    assert time["extent"] == [months()[0], months()[-1]]
    never = client.json(CLIMATE, "multidimensionalInfo", returnDimensionValues="never")
    assert "values" not in never["multidimensionalInfo"]["variables"][0]["dimensions"][0]
    assert client.error("Olinda/Landsat", "multidimensionalInfo")[0] == 400


@pytest.mark.parametrize("variable", ["pr", "tas"])
def test_a_definition_draws_the_month_of_the_variable(client: Client, variable: str) -> None:
    for month in (0, 6, 11):
        asked = rule((variable, "StdTime", [months()[month]]))
        drawn = client.pixels(CLIMATE, WHOLE, SIZE, mosaicRule=asked)
        np.testing.assert_array_equal(drawn[0], climate_pixels(variable)[month])


def test_without_a_definition_the_first_slice_is_on_top(client: Client) -> None:
    np.testing.assert_array_equal(client.pixels(CLIMATE, WHOLE, SIZE)[0], climate_pixels("pr")[0])


@pytest.mark.parametrize(
    ("parts", "more", "value"),
    [
        ([("water_temp", "StdZ", [-50]), ("water_temp", "StdTime", [MOMENTS[1]])], {}, 195.0),
        ([("water_temp", "StdZ", [[-60, -20]]), ("water_temp", "StdTime", [MOMENTS[0]])], {"isSlice": False}, 95.0),
        ([("salinity", "StdZ", [-200])], {"isSlice": True}, 32.0),
        ([("heat", "StdZ", [[-500, -100]])], {"isSlice": True}, -300.0),
        ([("heat", "StdZ", [[-400, -100]])], {"isSlice": True}, float(np.float32(1e20))),
        ([("salinity", "StdZ", [-51])], {}, float(np.float32(1e20))),
        ([("oxygen", "StdZ", [0])], {}, float(np.float32(1e20))),
    ],
)
def test_all_dimensions_of_a_variable_count(
    client: Client, parts: list[Any], more: dict[str, Any], value: float
) -> None:
    assert shown(client, mosaicRule=rule(*parts, **more)) == {value}


def test_slices_have_ids_and_are_drawn_by_them(client: Client) -> None:
    every = client.json(WATER, "slices")["slices"]
    assert [found["sliceId"] for found in every] == list(range(len(MOMENTS) * len(DEPTHS) + len(DEPTHS) + 2))
    asked = [{"variableName": "water_temp", "dimensionName": "StdZ", "values": [-50]}]
    found = client.json(WATER, "slices", multidimensionalDefinition=asked)["slices"]
    assert [part["sliceId"] for part in found] == [2, 6, 10]
    assert found[1]["multidimensionalDefinition"] == [
        {"variableName": "water_temp", "dimensionName": "StdTime", "values": [MOMENTS[1]], "isSlice": True},
        {"variableName": "water_temp", "dimensionName": "StdZ", "values": [-50.0], "isSlice": True},
    ]
    assert shown(client, sliceId="6") == {water_value("water_temp", StdTime=MOMENTS[1], StdZ=-50.0)}
    assert client.error(WATER, bbox="300000,9099390,300970,9100000", sliceId="99")[1].count("slice 99") == 1


def test_a_definition_selects_for_identify_and_samples_too(client: Client) -> None:
    asked = {"mosaicRule": rule(("salinity", "StdZ", [-200]))}
    place = {"geometry": {"x": 300500, "y": 9099700}, "geometryType": "esriGeometryPoint", **asked}
    assert client.json(WATER, "identify", **place)["value"] == "32"
    (sample,) = client.json(WATER, "getSamples", **place)["samples"]
    assert sample["value"] == "32"


@pytest.mark.parametrize(
    "definition",
    [{"variableName": "pr"}, ["pr"], [{"variableName": "pr", "dimensionName": "StdTime", "values": ["x"]}]],
)
def test_what_is_no_definition_is_refused(client: Client, definition: object) -> None:
    asked = {"mosaicMethod": "esriMosaicNone", "multidimensionalDefinition": definition}
    assert client.error(CLIMATE, bbox=",".join(map(str, WHOLE)), mosaicRule=asked)[0] == 400
