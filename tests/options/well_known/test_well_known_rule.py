"""Values of fields and rendering rules: what goes out, what comes back, and what fields could not show."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from image_server_layer.plugin.options.processing_template import ProcessingTemplate
from image_server_layer.plugin.options.well_known import (
    ParameterKind,
    WellKnownFunction,
    all_functions,
    fitting_functions,
    problems_of,
    read_rule,
    written_rule,
)
from image_server_layer.plugin.options.well_known.rule import Reading, default_template, default_values
from image_server_layer.plugin.service.image_service import ImageService
from image_server_layer.tests.options.services import LANDSAT, named_bands

FUNCTIONS = all_functions()
ELEVATION = replace(LANDSAT, name="DEM", bands=named_bands("Elevation"), pixel_type="F32")


def function(name: str) -> WellKnownFunction:
    return next(known for known in FUNCTIONS if known.name == name)


def default(name: str, service: ImageService = LANDSAT) -> dict[str, Any]:
    rule = default_template(function(name), service).function
    assert rule is not None
    return dict(rule)


def read(rule: dict[str, Any], service: ImageService = ELEVATION) -> Reading | None:
    return read_rule(ProcessingTemplate(function=rule), FUNCTIONS, service)


def hillshade(**arguments: Any) -> dict[str, Any]:
    return {"rasterFunction": "Hillshade", "rasterFunctionArguments": arguments}


@pytest.mark.parametrize(
    ("name", "service", "expected"),
    [
        (
            "Hillshade",
            ELEVATION,
            {
                "HillshadeType": 0,
                "Azimuth": 315,
                "Altitude": 45,
                "ZFactor": 1,
                "SlopeType": 1,
                "RemoveEdgeEffect": False,
            },
        ),
        (
            "ShadedRelief",
            ELEVATION,
            {
                "ColorSchemeType": 1,
                "ColorRamp": "Elevation #1",
                "Azimuth": 315,
                "Altitude": 45,
                "ZFactor": 1,
                "SlopeType": 1,
                "RemoveEdgeEffect": False,
            },
        ),
        ("Slope", ELEVATION, {"SlopeType": 1, "ZFactor": 1, "RemoveEdgeEffect": False}),
        ("Aspect", ELEVATION, {}),
        ("Curvature", ELEVATION, {"Type": 0, "ZFactor": 1}),
        # Counted from 0, unlike those of BandArithmetic.
        ("NDVI", LANDSAT, {"VisibleBandID": 2, "InfraredBandID": 3, "ScientificOutput": False}),
        ("BandArithmetic", LANDSAT, {"Method": 1, "BandIndexes": "4 3"}),
        ("Stretch", LANDSAT, {"StretchType": 5, "Min": 0, "Max": 255, "DRA": False}),
        ("ContrastBrightness", LANDSAT, {"ContrastOffset": 20, "BrightnessOffset": 0}),
        (
            "Statistics",
            LANDSAT,
            {"Type": 3, "KernelColumns": 3, "Columns": 3, "KernelRows": 3, "Rows": 3, "FillNoDataOnly": False},
        ),
        ("Remap", ELEVATION, {"InputRanges": [], "OutputValues": [], "AllowUnmatched": False}),
        ("Colormap", ELEVATION, {"ColorrampName": "Spectrum-Full Bright"}),
    ],
)
def test_what_goes_out_where_nothing_was_set(name: str, service: ImageService, expected: dict[str, Any]) -> None:
    assert default(name, service) == {"rasterFunction": name, "rasterFunctionArguments": expected}


def test_the_table_has_a_test_for_each_function() -> None:
    assert [known.name for known in FUNCTIONS] == [
        *("Hillshade", "ShadedRelief", "Slope", "Aspect", "Curvature"),
        *("NDVI", "BandArithmetic"),
        *("Stretch", "ContrastBrightness", "Statistics", "Remap", "Colormap"),
    ]


@pytest.mark.parametrize("known", FUNCTIONS, ids=lambda known: known.name)
def test_every_choice_and_both_truths_come_back_as_they_went_out(known: WellKnownFunction) -> None:
    defaults = default_values(known, LANDSAT)
    for parameter in known.parameters:
        values: list[Any] = [value for value, _ in parameter.choices]
        others: dict[ParameterKind, list[Any]] = {
            ParameterKind.FLAG: [True],
            ParameterKind.NUMBER: [parameter.minimum, parameter.maximum, 0.5],
            ParameterKind.INTEGER: [parameter.minimum, parameter.maximum],
            ParameterKind.BAND: [1, 4],
            ParameterKind.FORMULA: ["B1 / 2"],
            ParameterKind.CLASSES: [((0, 1, 2), (1.5, 3, -1))],
        }
        for value in values + others.get(parameter.kind, []):
            wanted = {**defaults, parameter.key: value}
            if parameter.when is not None:
                wanted[parameter.when[0]] = min(parameter.when[1], key=str)
            template = written_rule(known, wanted)
            found = read_rule(template, FUNCTIONS, LANDSAT)
            assert found is not None, (parameter.key, value)
            assert found.function == known
            assert found.values[parameter.key] == value
            assert written_rule(known, found.values) == template


def test_what_does_not_count_beside_the_others_is_not_sent() -> None:
    values = {**default_values(function("Slope"), ELEVATION), "scaling": 3, "power": 0.5}
    rule = written_rule(function("Slope"), values).function
    assert rule is not None
    assert rule["rasterFunctionArguments"] == {
        "SlopeType": 3,
        "ZFactor": 1,
        "PSPower": 0.5,
        "PSZFactor": 0.024,
        "RemoveEdgeEffect": False,
    }


def test_the_bands_and_the_coefficient_of_an_index_are_words_of_one_text() -> None:
    values = {**default_values(function("BandArithmetic"), LANDSAT), "method": 2, "2_1": 1, "soil": 0.25}
    rule = written_rule(function("BandArithmetic"), values).function
    assert rule is not None
    assert rule["rasterFunctionArguments"] == {"Method": 2, "BandIndexes": "4 1 0.25"}
    found = read(dict(rule), LANDSAT)
    assert found is not None
    assert (found.values["2_0"], found.values["2_1"], found.values["soil"]) == (4, 1, 0.25)


def test_a_pixel_type_stands_beside_the_arguments() -> None:
    values = {**default_values(function("Aspect"), ELEVATION), "pixel_type": "S16"}
    rule = written_rule(function("Aspect"), values).function
    assert rule == {"rasterFunction": "Aspect", "rasterFunctionArguments": {}, "outputPixelType": "S16"}


@pytest.mark.parametrize(
    ("rule", "key", "value"),
    [
        pytest.param(hillshade(Azimuth=200.5), "azimuth", 200.5, id="others as by default"),
        pytest.param(hillshade(AZIMUTH=1), "azimuth", 1, id="in any case, as ArcGIS matches names"),
        pytest.param(hillshade(Azimuth=1, Raster="$$"), "azimuth", 1, id="of the service's own pixels, which is said"),
        pytest.param(hillshade(Azimuth=1, DEM="$$"), "azimuth", 1, id="likewise, in another word"),
        pytest.param({**hillshade(ZFactor=2), "variableName": "DEM"}, "z_factor", 2, id="with the name of a variable"),
        pytest.param({"rasterFunction": "Hillshade"}, "altitude", 45, id="without arguments"),
        pytest.param(hillshade(PSPower=0.1), "scaling", 1, id="with what does not count"),
        pytest.param({**hillshade(), "outputPixelType": "f32"}, "pixel_type", "F32", id="with a pixel type"),
    ],
)
def test_what_fields_can_show_is_read(rule: dict[str, Any], key: str, value: Any) -> None:
    found = read(rule)
    assert found is not None
    assert found.values[key] == value


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param({"rasterFunction": "Threshold"}, id="another function"),
        pytest.param({"rasterFunction": "hillshade"}, id="its name in another case"),
        pytest.param(hillshade(Raster={"rasterFunction": "Slope"}), id="a chain"),
        pytest.param(hillshade(Raster="$1"), id="another raster"),
        pytest.param(hillshade(Light=1), id="an unknown argument"),
        pytest.param(hillshade(Azimuth=361), id="beyond a limit"),
        pytest.param(hillshade(Azimuth="north"), id="a text for a number"),
        pytest.param(hillshade(Azimuth=True), id="a truth for a number"),
        pytest.param(hillshade(RemoveEdgeEffect=1), id="a number for a truth"),
        pytest.param(hillshade(Azimuth=10**400), id="a number that is no float"),
        pytest.param(hillshade(Azimuth=float("inf")), id="a number without an end"),
        pytest.param(hillshade(Azimuth=float("nan")), id="no number"),
        pytest.param(hillshade(SlopeType=7), id="no choice"),
        pytest.param(hillshade(Azimuth=1, azimuth=2), id="said twice"),
        pytest.param({**hillshade(), "outputPixelType": "C64"}, id="a pixel type that no field has"),
        pytest.param({**hillshade(), "thumbnail": ""}, id="a member that no rule has"),
        pytest.param({"rasterFunction": "Hillshade", "rasterFunctionArguments": []}, id="no arguments"),
        pytest.param({"name": "Shade", "function": {}, "arguments": {}}, id="a template of ArcGIS Pro"),
        pytest.param(
            {"rasterFunction": "ShadedRelief", "rasterFunctionArguments": {"ColorSchemeType": 0}}, id="another constant"
        ),
        pytest.param(
            {"rasterFunction": "Statistics", "rasterFunctionArguments": {"KernelRows": 3, "Rows": 5}}, id="two truths"
        ),
        pytest.param(
            {"rasterFunction": "Remap", "rasterFunctionArguments": {"InputRanges": [0, 1], "OutputValues": []}},
            id="a class without a value",
        ),
        pytest.param(
            {"rasterFunction": "Remap", "rasterFunctionArguments": {"InputRanges": [0, 10**400], "OutputValues": [1]}},
            id="a class without an end",
        ),
    ],
)
def test_what_fields_could_not_show_is_not_read(rule: dict[str, Any]) -> None:
    assert read(rule) is None


@pytest.mark.parametrize("text", ["4", "4 3 2", "4 9", "4 0", "4 red", "4 nan", "4 1e999", "", 4, "(B4 - B3)"])
def test_bands_of_an_index_that_are_not_there_are_not_read(text: Any) -> None:
    rule = {"rasterFunction": "BandArithmetic", "rasterFunctionArguments": {"Method": 1, "BandIndexes": text}}
    assert read(rule, LANDSAT) is None


def names(service: ImageService) -> set[str]:
    return {known.name for known in fitting_functions(FUNCTIONS, service)}


def test_what_is_offered_fits_the_data() -> None:
    surfaces = {"Hillshade", "ShadedRelief", "Slope", "Aspect", "Curvature"}
    assert names(ELEVATION) == {*surfaces, "Stretch", "Statistics", "Remap"}
    assert names(LANDSAT) == {"NDVI", "BandArithmetic", "Stretch", "ContrastBrightness", "Statistics"}
    classes = replace(ELEVATION, pixel_type="U8", has_attribute_table=True)
    assert names(classes) == {"Stretch", "ContrastBrightness", "Statistics", "Remap", "Colormap"}
    assert names(replace(LANDSAT, allows_functions=False)) == set()


def test_bands_go_by_their_names_or_else_in_order() -> None:
    named = replace(LANDSAT, bands=named_bands("NIR", "Green", "Red"))
    assert default("NDVI", named)["rasterFunctionArguments"]["InfraredBandID"] == 0
    nameless = replace(LANDSAT, bands=named_bands("a", "b"))
    arguments = default("BandArithmetic", nameless)["rasterFunctionArguments"]
    assert arguments == {"Method": 1, "BandIndexes": "1 2"}


@pytest.mark.parametrize(
    ("formula", "problem"),
    [
        ("(B4 - B3) / (B4 + B3)", ""),
        ("-b1 * 2.5e-3 - -(3 - B2)", ""),
        ("", "Type a formula over bands, such as (B4 - B3) / (B4 + B3)."),
        ("B4 - B9", "The formula asks for band B9; there are the bands B1 to B4."),
        ("B1 ^ 2", "“^” means nothing in the formula; it takes bands such as B1, numbers, and + - * / ( )."),
        ("NIR / 2", "“N” means nothing in the formula; it takes bands such as B1, numbers, and + - * / ( )."),
        ("B1 B2", "The formula breaks at “B2”, character 4."),
        ("B1 + * B2", "The formula breaks at “*”, character 6."),
        ("(B1))", "The formula breaks at “)”, character 5."),
        ("2 (B1)", "The formula breaks at “(”, character 3."),
        ("()", "The formula breaks at “)”, character 2."),
        ("(B1 + B2", "The formula ends too early."),
        ("B1 /", "The formula ends too early."),
    ],
)
def test_a_formula_is_checked_without_the_server(formula: str, problem: str) -> None:
    values = {**default_values(function("BandArithmetic"), LANDSAT), "method": 0, "formula": formula}
    found = problems_of(function("BandArithmetic"), values, 4)
    assert found == ({"formula": problem} if problem else {})


def test_the_same_band_twice_is_no_index() -> None:
    values = {**default_values(function("NDVI"), LANDSAT), "red": 4}
    assert problems_of(function("NDVI"), values, 4) == {
        "infrared": "“Red” and “Near infrared” are the same band; choose another one."
    }


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (((0, 10, 1), (10, 20, 2)), ""),
        ((), "Give at least one range of values, and what it becomes."),
        (((0, 1, 1), (5, 5, 2)), "Range 2 ends at 5, where it begins or before (5)."),
    ],
)
def test_classes_are_checked(rows: Any, problem: str) -> None:
    found = problems_of(function("Remap"), {**default_values(function("Remap"), ELEVATION), "classes": rows}, 1)
    assert found == ({"classes": problem} if problem else {})
