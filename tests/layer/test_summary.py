"""What a service is, and what a layer will be, in one line."""

from __future__ import annotations

from dataclasses import replace

import pytest
from qgis.core import QgsFeedback

from image_server_layer.plugin.backend.choice import PICTURE, VALUES
from image_server_layer.plugin.layer.carried import carried_bands
from image_server_layer.plugin.layer.summary import kinds, layer_summary, service_summary
from image_server_layer.plugin.options.layer_options import LayerOptions, MosaicMethod
from image_server_layer.plugin.service.client import ImageServiceClient
from image_server_layer.plugin.service.description import Band, ImageService
from image_server_layer.plugin.service.errors import OptionError
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.transport import Transport
from image_server_layer.tests.imageserver.process import ImageServerProcess

OPEN = "The service is open, so QGIS can read its pixel values."


def described(server: ImageServerProcess, name: str, function: str = "") -> ImageService:
    client = ImageServiceClient(server.service(name), Transport(feedback=QgsFeedback()))
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
        extent=Extent(290000, 9112000, 296000, 9118000), cell_size=(30, 30), bands=(4, 3, 2), processing_template="None"
    )
    choice = kinds(None, options, service, secured=False).choice
    assert choice is not None
    assert layer_summary(options, service, service, choice) == (
        "Pixel values · 3 bands (NearInfrared_1, Red, Green) · 8-bit · None (pixels as they are) · 30 m · "
        "200 × 200 pixels · 117.2 kB if exported whole"
    )


def test_the_layer_is_summed_up_after_the_template(image_server: ImageServerProcess) -> None:
    service = described(image_server, "Olinda/Landsat")
    options = LayerOptions(processing_template="NDVI")
    choice = kinds(None, options, service, secured=False).choice
    assert choice is not None
    unknown = "Pixel values · NDVI · 28.5 m · 349 × 352 pixels"
    assert layer_summary(options, service, None, choice) == unknown
    output = described(image_server, "Olinda/Landsat", "NDVI")
    known = (
        "Pixel values · 1 band · 32-bit floating point · NDVI · 28.5 m · 349 × 352 pixels · 479.9 kB if exported whole"
    )
    assert layer_summary(options, service, output, choice) == known


def test_the_layer_is_summed_up_as_a_picture(image_server: ImageServerProcess) -> None:
    service = described(image_server, "Olinda/Landsat")
    options = LayerOptions(mosaic_method=MosaicMethod.CENTER, processing_template='{"rasterFunction":"Stretch"}')
    choice = kinds(None, options, service, secured=False).choice
    assert choice is not None
    assert layer_summary(options, service, service, choice) == (
        "Picture · 8-bit color · custom raster function · Closest to center · 28.5 m · 349 × 352 pixels · "
        "479.9 kB if exported whole"
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
    choice = kinds(None, options, service, secured=False).choice
    assert choice is not None
    assert f" · {words} · 28.5 m" in layer_summary(options, service, service, choice)


def test_a_kind_that_is_not_available_counts_for_none(image_server: ImageServerProcess) -> None:
    service = described(image_server, "Olinda/Landsat")
    found = kinds(PICTURE, LayerOptions(cell_size=(30, 30)), service, secured=False)
    assert found.against_values == ""
    assert found.against_picture == (
        "A picture has no cells of its own; leave out the cell size, or take pixel values."
    )
    assert found.choice is not None
    assert (found.choice.provider, found.choice.reason) == (VALUES, OPEN)


def test_where_neither_kind_is_possible_there_is_no_choice(image_server: ImageServerProcess) -> None:
    service = described(image_server, "Olinda/Landsat")
    found = kinds(None, LayerOptions(cell_size=(30, 30)), service, secured=True)
    assert found.against_values.startswith("The service needs credentials")
    assert (found.choice, found.proposed) == (None, None)
    assert isinstance(found.problem, OptionError)
    assert found.problem.option == "cell_size"
    assert found.problem.message == (
        "The service needs credentials, which QGIS does not hand to GDAL, so the server draws a picture. A picture has "
        "no cells of its own, so leave out the cell size."
    )


@pytest.mark.parametrize(("cell", "size"), [(0.01, " · 5.4 TB if exported whole"), (0.000006, "")])
def test_the_size_of_an_export_is_left_out_where_no_disk_could_hold_it(
    image_server: ImageServerProcess, cell: float, size: str
) -> None:
    service, options = described(image_server, "Olinda/Landsat"), LayerOptions(cell_size=(cell, cell))
    choice = kinds(None, options, service, secured=False).choice
    assert choice is not None
    before = layer_summary(options, service, service, choice)
    assert before.partition(" pixels")[2] == size


RAW = tuple(Band(number, name, True) for number, name in enumerate(("Blue", "Green", "Red", "NIR"), start=1))


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
    before = replace(described(image_server, "Olinda/Landsat"), bands=RAW)
    output = replace(before, bands=tuple(Band(number, name, True) for number, name in enumerate(after, start=1)))
    assert carried_bands(bands, before, output) == expected
