"""Rendering rules as they go out, whole."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from image_server_layer.plugin.options.arcgis_arguments import processing_template
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.processing_template import ProcessingTemplate
from image_server_layer.plugin.options.rendering_rule import (
    rendering_rule,
    rule_in_force,
)
from image_server_layer.plugin.service.errors import OptionError
from image_server_layer.plugin.service.image_service import ImageService
from image_server_layer.tests.options.services import ELEVATION, LANDSAT, functions

Rule = dict[str, Any]
NO_FUNCTIONS = dataclasses.replace(LANDSAT, functions=())
FORBIDDEN = dataclasses.replace(ELEVATION, allows_functions=False)
NONE_IN_LOWER_CASE = dataclasses.replace(LANDSAT, functions=functions("none", "NDVI"))
CHAIN = {"rasterFunction": "Stretch", "rasterFunctionArguments": {"Raster": {"rasterFunction": "NDVI"}}}
TEMPLATE = {"name": "Greener", "function": {"type": "StretchFunction"}, "arguments": {}}


@pytest.mark.parametrize(
    ("template", "service", "expected"),
    [
        ("", LANDSAT, None),
        ("", ELEVATION, None),
        ("None", LANDSAT, None),
        ("None", NONE_IN_LOWER_CASE, None),
        ("None", NO_FUNCTIONS, None),
        ("None", FORBIDDEN, None),
        ("None", ELEVATION, {"rasterFunction": "None"}),
        ("NDVI", LANDSAT, {"rasterFunction": "NDVI"}),
        ("ndvi", LANDSAT, {"rasterFunction": "NDVI"}),
        ('{"rasterFunction":"Aspect"}', LANDSAT, {"rasterFunction": "Aspect"}),
        ('{"rasterFunction":"Aspect"}', NO_FUNCTIONS, {"rasterFunction": "Aspect"}),
        (
            '{"name":"x","function":{"type":"SlopeFunction"}}',
            LANDSAT,
            {"name": "x", "function": {"type": "SlopeFunction"}},
        ),
    ],
)
def test_a_processing_template_becomes_a_rendering_rule(
    template: str, service: ImageService, expected: Rule | None
) -> None:
    assert rendering_rule(LayerOptions(processing_template=processing_template(template)), service) == expected


@pytest.mark.parametrize("typed", [" NDVI ", "NDVI", "ndvi"])
def test_a_name_goes_out_with_the_blanks_that_it_was_published_with(typed: str) -> None:
    service = dataclasses.replace(LANDSAT, functions=functions("None", " NDVI "))
    options = LayerOptions(processing_template=ProcessingTemplate(typed))
    assert rendering_rule(options, service) == {"rasterFunction": " NDVI "}


def test_names_that_differ_in_case_only_are_told_apart() -> None:
    service = dataclasses.replace(LANDSAT, functions=functions("slope", "Slope"))
    assert rendering_rule(LayerOptions(processing_template=ProcessingTemplate("Slope")), service) == {
        "rasterFunction": "Slope"
    }
    assert rendering_rule(LayerOptions(processing_template=ProcessingTemplate("slope")), service) == {
        "rasterFunction": "slope"
    }
    with pytest.raises(OptionError, match="no processing template “SLOPE”"):
        rendering_rule(LayerOptions(processing_template=ProcessingTemplate("SLOPE")), service)


@pytest.mark.parametrize(
    ("template", "service", "message"),
    [
        (
            "NaturalColour",
            LANDSAT,
            "The service “Olinda/Landsat” has no processing template “NaturalColour”; did you mean “NaturalColor”?",
        ),
        (
            "hill shade",
            LANDSAT,
            "The service “Olinda/Landsat” has no processing template “hill shade”; did you mean “Hillshade”?",
        ),
        (
            "xyz",
            LANDSAT,
            (
                "The service “Olinda/Landsat” has no processing template “xyz”; "
                "choose one of “None”, “NaturalColor”, “NDVI”, “Hillshade”."
            ),
        ),
        (
            "NDVI",
            NO_FUNCTIONS,
            (
                "The service “Olinda/Landsat” publishes no processing templates, so there is no “NDVI”; "
                "give a raster function as JSON."
            ),
        ),
        (
            "NDVI",
            FORBIDDEN,
            (
                "The service “Olinda/Elevation” allows no processing templates; "
                "leave out “NDVI” to get its pixels as they are."
            ),
        ),
        (
            '{"rasterFunction":"NDVI"}',
            FORBIDDEN,
            (
                "The service “Olinda/Elevation” allows no processing templates; "
                'leave out “{"rasterFunction":"NDVI"}” to get its pixels as they are.'
            ),
        ),
    ],
)
def test_a_template_that_cannot_be_had_is_named_with_a_remedy(
    template: str, service: ImageService, message: str
) -> None:
    with pytest.raises(OptionError) as raised:
        rendering_rule(LayerOptions(processing_template=processing_template(template)), service)
    assert raised.value.message == message
    assert raised.value.option == "processing_template"


def test_of_many_names_only_some_are_listed() -> None:
    many = dataclasses.replace(LANDSAT, functions=functions(*(f"F{number}" for number in range(500))))
    with pytest.raises(OptionError) as raised:
        rendering_rule(LayerOptions(processing_template=ProcessingTemplate("?")), many)
    assert raised.value.message.endswith("choose one of " + ", ".join(f"“F{number}”" for number in range(12)) + ".")


@pytest.mark.parametrize(
    ("rule", "service", "expected"),
    [
        (None, LANDSAT, None),
        (None, ELEVATION, {"rasterFunction": "Hillshade"}),
        (None, FORBIDDEN, None),
        ({"rasterFunction": "None"}, ELEVATION, None),
        (CHAIN, ELEVATION, CHAIN),
    ],
)
def test_the_server_applies_its_first_function_where_nothing_is_sent(
    rule: Rule | None, service: ImageService, expected: Rule | None
) -> None:
    assert rule_in_force(rule, service) == expected
