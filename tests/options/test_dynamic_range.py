"""Which processing templates stretch what is in sight, so that a view is one request."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from image_server_layer.plugin.options.dynamic_range import stretches_by_view
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.processing_template import RAW, ProcessingTemplate
from image_server_layer.plugin.service.image_service import RasterFunction
from image_server_layer.tests.options.services import LANDSAT

FUNCTIONS = (
    RasterFunction("Natural Color with DRA"),
    RasterFunction("Agriculture", "Bands 6, 5 and 2, displayed with dynamic range adjustment applied."),
    RasterFunction("natural_dra"),
    RasterFunction("Draped", "Hydra and drama."),
    RasterFunction("None", ""),
)
SERVICE = dataclasses.replace(LANDSAT, functions=FUNCTIONS)


def stretch(**arguments: Any) -> dict[str, Any]:
    return {"rasterFunction": "Stretch", "rasterFunctionArguments": {"StretchType": 5, **arguments}}


def of_arcgis_pro(value: Any) -> dict[str, Any]:
    """Return a template as ArcGIS Pro saves it."""
    return {
        "name": "Stretched",
        "function": {"type": "StretchFunction"},
        "arguments": {"DRA": {"name": "DRA", "isPublic": False, "value": value, "type": "RasterFunctionVariable"}},
    }


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        (ProcessingTemplate("Natural Color with DRA"), True),
        (ProcessingTemplate("Agriculture"), True),
        (ProcessingTemplate(" natural_DRA "), True),
        (ProcessingTemplate("Draped"), False),
        (ProcessingTemplate("Natural Color"), False),
        # The service's default, which is its first.
        (ProcessingTemplate(), True),
        (RAW, False),
        (ProcessingTemplate(function=stretch(DRA=True)), True),
        (ProcessingTemplate(function=stretch(dra="true")), True),
        (ProcessingTemplate(function=stretch(DRA=False)), False),
        (ProcessingTemplate(function=stretch()), False),
        (ProcessingTemplate(function=of_arcgis_pro(True)), True),
        (ProcessingTemplate(function=of_arcgis_pro(False)), False),
        (ProcessingTemplate(function={"rasterFunction": "Slope", "x": [{"y": stretch(DRA=1)}]}), True),
        (ProcessingTemplate(function={"rasterFunction": "Clip", "Raster": {"rasterFunction": "Agriculture"}}), True),
    ],
)
def test_it_is_known_by_its_argument_or_by_what_it_is_called(template: ProcessingTemplate, expected: bool) -> None:
    options = LayerOptions(processing_template=template)
    assert stretches_by_view(options, SERVICE) is expected
    assert not stretches_by_view(options, dataclasses.replace(SERVICE, allows_functions=False))


def test_a_service_without_functions_gives_its_pixels() -> None:
    assert not stretches_by_view(LayerOptions(), dataclasses.replace(LANDSAT, functions=()))
