"""The options in words."""

from __future__ import annotations

import dataclasses

import pytest

from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.processing_template import RAW, ProcessingTemplate
from image_server_layer.plugin.options.wording import (
    in_words,
    interpolation_label,
    method_label,
    operation_label,
    option_label,
)
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.image_service import Band
from image_server_layer.plugin.service.vocabulary import Interpolation, MosaicMethod, MosaicOperation
from image_server_layer.tests.options.services import ELEVATION, LANDSAT, MOSAIC, named_bands


def test_every_option_that_was_given_is_told_in_the_order_of_the_form() -> None:
    options = LayerOptions(
        extent=Extent(1000, 2000.5, 1100, 2100),
        cell_size=(30, 20.5),
        bands=(4, 1),
        processing_template=RAW,
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
        ("Sort order", "Descending"),
        ("Mosaic operator", "Mean"),
        ("Locked rasters", "7, 3"),
        ("Viewpoint", "1.5 2"),
        ("Where clause", "a < 'b'"),
        ("Interpolation", "Cubic"),
        ("Nodata", "0, 255.5"),
        ("Nodata interpretation", "All bands must match"),
        ("Compression quality", "75"),
    ]


def test_nothing_given_is_nothing_told() -> None:
    assert in_words(LayerOptions(), LANDSAT) == []


def test_a_function_that_the_server_applies_by_itself_is_told() -> None:
    assert in_words(LayerOptions(), ELEVATION) == [("Processing template", "Hillshade (by default)")]
    assert in_words(LayerOptions(), dataclasses.replace(ELEVATION, allows_functions=False)) == []


@pytest.mark.parametrize(
    ("template", "words"),
    [
        (ProcessingTemplate("Slope"), "Slope"),
        (ProcessingTemplate("no longer published"), "no longer published"),
        (ProcessingTemplate(function={"rasterFunction": "Slope"}), "Function Slope"),
        (
            ProcessingTemplate(
                function={"rasterFunction": "Slope", "rasterFunctionArguments": {"DEM": {"rasterFunction": "Mask"}}}
            ),
            "Function chain (Slope)",
        ),
        (ProcessingTemplate(function={"name": "Steep", "function": {}}), "Function chain (Steep)"),
        (ProcessingTemplate(function={"function": {}}), "Function chain"),
    ],
)
def test_a_template_is_told_by_its_name(template: ProcessingTemplate, words: str) -> None:
    assert in_words(LayerOptions(processing_template=template), ELEVATION) == [("Processing template", words)]


def test_numbers_are_told_without_noise() -> None:
    options = LayerOptions(
        extent=Extent(1000.0000000000001, 2000.5, 1100.123456789, 2100.999999),
        cell_size=(1 / 3, 89.99406734945116),
        viewpoint=(1500.005, -0.0000001),
        nodata=(-3.4028234663852886e38, 0.1),
        order_base_value=2001.5,
    )
    assert in_words(options, LANDSAT) == [
        ("Template extent", "1000 2000.5 1100.1 2101"),
        ("Cell size", "0.3333333333 × 89.99406735"),
        ("Order base value", "2001.5"),
        ("Viewpoint", "1500 0"),
        ("Nodata", "-3.402823466e+38, 0.1"),
    ]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (LayerOptions(where="Best = 1"), [("Sort order", "Descending (by default)"), ("Where clause", "Best = 1")]),
        (LayerOptions(where="Best = 1", ascending=True), [("Sort order", "Ascending"), ("Where clause", "Best = 1")]),
        (LayerOptions(mosaic_method=MosaicMethod.CENTER), [("Mosaic method", "Closest to center")]),
        (LayerOptions(), []),
    ],
)
def test_the_direction_that_a_mosaic_rule_repeats_is_told(
    options: LayerOptions, expected: list[tuple[str, str]]
) -> None:
    landsat = dataclasses.replace(LANDSAT, mosaic=dataclasses.replace(MOSAIC, ascending=False))
    assert in_words(options, landsat) == expected


def test_bands_bear_the_names_of_what_comes_out_of_the_template() -> None:
    options = LayerOptions(bands=(2, 1), processing_template=ProcessingTemplate("NaturalColor"))
    output = dataclasses.replace(LANDSAT, bands=(*named_bands("Red"), Band(2, "Band_2")))
    assert in_words(options, LANDSAT)[0] == ("Bands", "2, 1")
    assert in_words(options, LANDSAT, output)[0] == ("Bands", "2, 1 (Red)")


def test_every_option_method_operation_and_interpolation_has_a_label_of_its_own() -> None:
    labels = [option_label(field.name) for field in dataclasses.fields(LayerOptions)]
    labels += [method_label(method) for method in MosaicMethod]
    labels += [operation_label(operation) for operation in MosaicOperation]
    labels += [interpolation_label(interpolation) for interpolation in Interpolation]
    assert len(set(labels)) == len(labels) == 23 + 8 + 7 + 4
