"""The options in words."""

from __future__ import annotations

import dataclasses

import pytest

from image_server_layer.plugin.options.layer_options import (
    Interpolation,
    LayerOptions,
    MosaicMethod,
    MosaicOperation,
)
from image_server_layer.plugin.options.wording import (
    in_words,
    interpolation_label,
    method_label,
    operation_label,
    option_label,
)
from image_server_layer.plugin.service.description import Band
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.tests.options.services import ELEVATION, LANDSAT, named_bands


def test_every_option_that_was_given_is_told_in_the_order_of_the_form() -> None:
    options = LayerOptions(
        extent=Extent(1000, 2000.5, 1100, 2100),
        cell_size=(30, 20.5),
        bands=(4, 1),
        processing_template="None",
        mosaic_method=MosaicMethod.ATTRIBUTE,
        order_field="Best",
        order_base_value=0,
        ascending=False,
        mosaic_operation=MosaicOperation.MEAN,
        lock_raster_ids=(7, 3),
        viewpoint=(1.5, 2),
        where="a < 'b'",
        interpolation=Interpolation.CUBIC,
        nodata=(0, 255.5),
        nodata_matches_all=True,
        compression_quality=75,
    )
    assert in_words(options, LANDSAT) == [
        ("Template extent", "1000 2000.5 1100 2100"),
        ("Cell size", "30 × 20.5"),
        ("Bands", "4 (Near Infrared), 1 (Blue)"),
        ("Processing template", "None (pixels as they are)"),
        ("Mosaic method", "By attribute"),
        ("Order field", "Best"),
        ("Order base value", "0"),
        ("Ascending", "no"),
        ("Mosaic operator", "Mean"),
        ("Locked rasters", "7, 3"),
        ("Viewpoint", "1.5 2"),
        ("Where clause", "a < 'b'"),
        ("Interpolation", "Cubic"),
        ("Nodata", "0, 255.5"),
        ("Nodata interpretation", "yes"),
        ("Compression quality", "75"),
    ]


def test_nothing_given_is_nothing_told() -> None:
    assert in_words(LayerOptions(), LANDSAT) == []


def test_a_function_that_the_server_applies_by_itself_is_told() -> None:
    assert in_words(LayerOptions(), ELEVATION) == [("Processing template", "Hillshade (the default of the server)")]
    assert in_words(LayerOptions(), dataclasses.replace(ELEVATION, allows_functions=False)) == []


@pytest.mark.parametrize("template", ["Slope", '{"rasterFunction":"Slope"}', "no longer published"])
def test_a_template_is_told_as_it_is(template: str) -> None:
    assert in_words(LayerOptions(processing_template=template), ELEVATION) == [("Processing template", template)]


def test_bands_bear_the_names_of_what_comes_out_of_the_template() -> None:
    options = LayerOptions(bands=(2, 1), processing_template="NaturalColor")
    output = dataclasses.replace(LANDSAT, bands=(*named_bands("Red"), Band(2, "Band_2")))
    assert in_words(options, LANDSAT)[0] == ("Bands", "2, 1")
    assert in_words(options, LANDSAT, output)[0] == ("Bands", "2, 1 (Red)")


def test_every_option_method_operation_and_interpolation_has_a_label_of_its_own() -> None:
    labels = [option_label(field.name) for field in dataclasses.fields(LayerOptions)]
    labels += [method_label(method) for method in MosaicMethod]
    labels += [operation_label(operation) for operation in MosaicOperation]
    labels += [interpolation_label(interpolation) for interpolation in Interpolation]
    assert len(set(labels)) == len(labels) == 16 + 8 + 7 + 4
