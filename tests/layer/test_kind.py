"""Pixel values or a picture, live or through GDAL: what is chosen, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from image_server_layer.plugin.backend.source import Kind
from image_server_layer.plugin.layer.kind import Choice, Provider, choose, kinds
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.service.errors import OptionError, UnsupportedServiceError
from image_server_layer.plugin.service.image_service import ImageService, Mosaic
from image_server_layer.plugin.service.vocabulary import MosaicMethod
from image_server_layer.tests.options.services import LANDSAT

SERVICE = replace(LANDSAT, mosaic=None)
MOSAIC = Mosaic(allowed_methods=(MosaicMethod.CENTER,), default_method=MosaicMethod.CENTER)
CELLS = LayerOptions(cell_size=(30, 30))
COMPLEX = replace(SERVICE, pixel_type="C64")


@pytest.mark.parametrize(
    ("kind", "options", "service", "expected", "reason"),
    [
        (None, LayerOptions(), SERVICE, Kind.VALUES, "The service gives the numbers of its pixels."),
        (Kind.VALUES, LayerOptions(), SERVICE, Kind.VALUES, "Pixel values were asked for."),
        (Kind.PICTURE, LayerOptions(), SERVICE, Kind.PICTURE, "A picture was asked for."),
        (None, CELLS, SERVICE, Kind.VALUES, "The service gives the numbers of its pixels."),
        (
            None,
            LayerOptions(),
            COMPLEX,
            Kind.PICTURE,
            "Pixels of the type C64 cannot be read as values, so the server draws a picture.",
        ),
    ],
)
@pytest.mark.parametrize("secured", [False, True])
def test_values_are_proposed_wherever_the_service_gives_numbers(
    kind: Kind | None, options: LayerOptions, service: ImageService, expected: Kind, reason: str, secured: bool
) -> None:
    assert choose(kind, None, options, service, secured=secured) == Choice(expected, reason, Provider.LIVE)


def test_gdal_is_for_open_services() -> None:
    assert choose(None, Provider.GDAL, LayerOptions(), SERVICE, secured=False).provider is Provider.GDAL
    with pytest.raises(OptionError, match="QGIS does not hand to GDAL") as raised:
        choose(None, Provider.GDAL, LayerOptions(), SERVICE, secured=True)
    assert raised.value.option == "provider"


def test_a_picture_has_no_cells() -> None:
    with pytest.raises(OptionError, match="leave out the cell size") as raised:
        choose(Kind.PICTURE, None, CELLS, SERVICE, secured=False)
    assert raised.value.option == "cell_size"
    with pytest.raises(OptionError, match=r"type C64 cannot be read.*leave out the cell size"):
        choose(None, None, CELLS, COMPLEX, secured=False)


def test_what_cannot_be_numbers_is_no_values_layer() -> None:
    with pytest.raises(UnsupportedServiceError, match="C64"):
        choose(Kind.VALUES, None, LayerOptions(), COMPLEX, secured=False)


def test_ready_made_tiles_that_nobody_can_find_are_refused_in_every_kind() -> None:
    for kind in (None, *Kind):
        with pytest.raises(UnsupportedServiceError, match="only ready-made tiles"):
            choose(kind, None, LayerOptions(), replace(SERVICE, tiles_only=True), secured=False)


@pytest.mark.parametrize(
    ("options", "is_told"),
    [
        (LayerOptions(), True),
        (LayerOptions(mosaic_method=MosaicMethod.NADIR), True),
        (LayerOptions(mosaic_method=MosaicMethod.NORTH_WEST), False),
        (LayerOptions(lock_raster_ids=(3,)), False),
    ],
)
def test_seams_are_told_of_where_gdal_asks_in_blocks(options: LayerOptions, is_told: bool) -> None:
    service = replace(SERVICE, mosaic=MOSAIC)
    assert ("seams" in choose(None, Provider.GDAL, options, service, secured=False).note) is is_told
    assert choose(None, None, options, service, secured=False).note == ""


def test_the_quality_of_values_is_no_option() -> None:
    options = LayerOptions(compression_quality=50)
    assert "without loss" in choose(Kind.VALUES, None, options, SERVICE, secured=False).note
    assert choose(Kind.PICTURE, None, options, SERVICE, secured=False).note == ""


def test_a_kind_that_there_cannot_be_counts_for_no_wish() -> None:
    found = kinds(Kind.PICTURE, None, CELLS, SERVICE, secured=False)
    assert found.against == {
        Kind.VALUES: "",
        Kind.PICTURE: "A picture has no cells of its own; leave out the cell size, or take pixel values.",
    }
    assert found.choice is not None
    assert found.choice.kind is Kind.VALUES


def test_where_there_can_be_neither_the_problem_says_why() -> None:
    found = kinds(None, None, CELLS, COMPLEX, secured=False)
    assert found.choice is None
    assert isinstance(found.problem, OptionError)
    assert found.problem.option == "cell_size"
