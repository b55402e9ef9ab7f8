"""What layers are called where nobody has named them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from image_server_layer.plugin.layer.naming import proposed_name, unique_name
from image_server_layer.plugin.options.arcgis_arguments import processing_template
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.service.image_service import Band, ImageService
from image_server_layer.tests.options.services import ELEVATION, LANDSAT, named_bands

CHAIN = '{"rasterFunction": "Stretch", "rasterFunctionArguments": {"StretchType": 0}}'
TEMPLATE_FILE = '{"name": "My slope", "function": {"name": "Slope Function"}}'


@pytest.mark.parametrize(
    ("service", "template", "bands", "name"),
    [
        (LANDSAT, None, None, "Landsat"),
        (LANDSAT, "None", None, "Landsat"),
        (LANDSAT, "NDVI", None, "Landsat – NDVI"),
        (LANDSAT, None, (3, 2, 1), "Landsat – Natural color"),
        (LANDSAT, "None", (4, 3, 2), "Landsat – Color infrared"),
        (LANDSAT, None, (4,), "Landsat – Near Infrared"),
        (LANDSAT, None, (1, 2, 3, 4, 1), "Landsat – 5 bands"),
        (LANDSAT, CHAIN, None, "Landsat – Stretch"),
        (LANDSAT, TEMPLATE_FILE, None, "Landsat – My slope"),
        (ELEVATION, None, None, "Elevation"),
        (ELEVATION, "Hillshade", None, "Elevation – Hillshade"),
        (ELEVATION, "None", None, "Elevation – Raw pixels"),
        (ELEVATION, None, (1,), "Elevation – Band 1"),
        (replace(ELEVATION, name="DEM"), None, None, "DEM"),
    ],
)
def test_a_name_says_what_is_special(
    service: ImageService, template: str | None, bands: tuple[int, ...] | None, name: str
) -> None:
    options = LayerOptions(bands=bands)
    if template is not None:
        options = replace(options, processing_template=processing_template(template))
    assert proposed_name(service, options) == name


def test_bands_are_those_that_come_out_of_the_template() -> None:
    output = replace(LANDSAT, bands=named_bands("Red", "Green", "Blue"))
    assert proposed_name(LANDSAT, LayerOptions(bands=(1, 2, 3)), output) == "Landsat – Natural color"
    unnamed = replace(LANDSAT, bands=(Band(1, "Band_1"), Band(2, "Band_2")))
    assert proposed_name(LANDSAT, LayerOptions(bands=(2, 1)), unnamed) == "Landsat – Band 2, Band 1"


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert unique_name("Landsat", ()) == "Landsat"
    assert unique_name("Landsat", {"Landsat"}) == "Landsat (2)"
    assert unique_name("Landsat", {"Landsat", "Landsat (2)", "Landsat (4)"}) == "Landsat (3)"
