"""What a service is, and what a layer will be, in one line."""

from __future__ import annotations

from dataclasses import replace

import pytest
from qgis.core import QgsFeedback

from image_server_layer.plugin.backend.source import Kind
from image_server_layer.plugin.layer.carried import carried_bands
from image_server_layer.plugin.layer.kind import Provider, choose
from image_server_layer.plugin.layer.summary import layer_summary, service_summary
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.processing_template import RAW, ProcessingTemplate
from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.client import ImageServiceClient
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.image_service import Band, ImageService
from image_server_layer.plugin.service.transport import Transport
from image_server_layer.plugin.service.vocabulary import MosaicMethod
from image_server_layer.tests.imageserver.process import ImageServerProcess


def described(server: ImageServerProcess, name: str, function: str = "") -> ImageService:
    client = ImageServiceClient(server.service(name), Transport(Access(), QgsFeedback()))
    return client.describe({"rasterFunction": function} if function else None)


@pytest.mark.parametrize(
    ("name", "count", "summary"),
    [
        (
            "Olinda/Landsat",
            8,
            "6 bands, 8-bit, 28.5 m, mosaic of 8 rasters, 16 raster functions, SIRGAS 2000 / UTM zone 25S",
        ),
        ("Olinda/Landsat", None, "6 bands, 8-bit, 28.5 m, mosaic, 16 raster functions, SIRGAS 2000 / UTM zone 25S"),
        (
            "Test/BigCatalog",
            100_000,
            "1 band, 8-bit, 10 m, mosaic of 100,000 rasters, SIRGAS 2000 / UTM zone 25S",
        ),
        ("Test/NoFunctions", None, "3 bands, 8-bit, 10 m, single raster, SIRGAS 2000 / UTM zone 25S"),
    ],
)
def test_a_service_is_summed_up(image_server: ImageServerProcess, name: str, count: int | None, summary: str) -> None:
    assert service_summary(described(image_server, name), count) == summary


def test_the_layer_is_summed_up_as_values(image_server: ImageServerProcess) -> None:
    service = described(image_server, "Olinda/Landsat")
    options = LayerOptions(
        extent=Extent(290000, 9112000, 296000, 9118000), cell_size=(30, 30), bands=(4, 3, 2), processing_template=RAW
    )
    choice = choose(None, None, options, service, secured=False)
    assert layer_summary(options, service, service, choice) == (
        "Pixel values · 3 bands (NearInfrared_1, Red, Green) · 8-bit · None (pixels as they are) · 30 m · "
        "200 × 200 pixels · 117.2 kB if exported whole"
    )


def test_the_layer_is_summed_up_after_the_template(image_server: ImageServerProcess) -> None:
    service = described(image_server, "Olinda/Landsat")
    options = LayerOptions(processing_template=ProcessingTemplate("NDVI"))
    choice = choose(None, None, options, service, secured=False)
    unknown = "Pixel values · NDVI · 28.5 m · 349 × 352 pixels"
    assert layer_summary(options, service, None, choice) == unknown
    output = described(image_server, "Olinda/Landsat", "NDVI")
    known = (
        "Pixel values · 1 band · 32-bit floating point · NDVI · 28.5 m · 349 × 352 pixels · 479.9 kB if exported whole"
    )
    assert layer_summary(options, service, output, choice) == known


def test_the_layer_is_summed_up_as_a_picture(image_server: ImageServerProcess) -> None:
    service = described(image_server, "Olinda/Landsat")
    options = LayerOptions(
        mosaic_method=MosaicMethod.CENTER,
        processing_template=ProcessingTemplate(function={"rasterFunction": "Stretch"}),
    )
    choice = choose(Kind.PICTURE, Provider.GDAL, options, service, secured=False)
    assert layer_summary(options, service, service, choice) == (
        "Picture · 8-bit color · Function Stretch · Closest to center · 28.5 m · 349 × 352 pixels · "
        "479.9 kB if exported whole · opens without this plugin"
    )


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (
            LayerOptions(mosaic_method=MosaicMethod.ATTRIBUTE, order_field="CloudCover", order_base_value=0),
            "By attribute CloudCover",
        ),
        (LayerOptions(mosaic_method=MosaicMethod.LOCK_RASTER, lock_raster_ids=(5,)), "1 locked raster"),
        (LayerOptions(lock_raster_ids=(5, 6)), "2 locked rasters"),
        (LayerOptions(where="CloudCover < 10"), "where CloudCover < 10"),
        (
            LayerOptions(mosaic_method=MosaicMethod.NORTH_WEST, where="a = 1"),
            "Northwest · where a = 1",
        ),
    ],
)
def test_the_rasters_are_summed_up(image_server: ImageServerProcess, options: LayerOptions, words: str) -> None:
    service = described(image_server, "Olinda/Landsat")
    choice = choose(None, None, options, service, secured=False)
    assert f" · {words} · 28.5 m" in layer_summary(options, service, service, choice)


@pytest.mark.parametrize(("cell", "size"), [(0.01, " · 5.4 TB if exported whole"), (0.000006, "")])
def test_the_size_of_an_export_is_left_out_where_no_disk_could_hold_it(
    image_server: ImageServerProcess, cell: float, size: str
) -> None:
    service, options = described(image_server, "Olinda/Landsat"), LayerOptions(cell_size=(cell, cell))
    choice = choose(None, None, options, service, secured=False)
    before, _, _ = layer_summary(options, service, service, choice).partition(". ")
    assert before.partition(" pixels")[2] == size


RAW_BANDS = tuple(Band(number, name, True) for number, name in enumerate(("Blue", "Green", "Red", "NIR"), start=1))


@pytest.mark.parametrize(
    ("bands", "after", "expected"),
    [
        (None, ("Red", "Green"), None),
        ((4, 3), ("Blue", "Green", "Red", "NIR"), (4, 3)),
        ((3, 2), ("Red", "Green"), (1, 2)),
        ((4, 3), ("Red", "Green"), None),
        ((1,), ("NDVI",), None),
    ],
)
def test_bands_are_carried_by_name(
    image_server: ImageServerProcess,
    bands: tuple[int, ...] | None,
    after: tuple[str, ...],
    expected: tuple[int, ...] | None,
) -> None:
    before = replace(described(image_server, "Olinda/Landsat"), bands=RAW_BANDS)
    output = replace(before, bands=tuple(Band(number, name, True) for number, name in enumerate(after, start=1)))
    assert carried_bands(bands, before, output) == expected
