"""Which options contradict ready-made tiles: every single one of them, so that no tile shows what was not asked for."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from image_server_layer.plugin.options.check_tiles import (
    check_both,
    check_tiles,
    has_both,
    takes,
    why_images,
    without_refused,
)
from image_server_layer.plugin.options.clip import Clip
from image_server_layer.plugin.options.dimension_value import DimensionValue
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.processing_template import RAW, ProcessingTemplate
from image_server_layer.plugin.options.time_range import period
from image_server_layer.plugin.options.wording import option_label
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.tile_info import TileInfo, TileLevel
from image_server_layer.plugin.service.time_info import TimeInfo
from image_server_layer.plugin.service.vocabulary import Interpolation, MosaicMethod, MosaicOperation
from image_server_layer.tests.options.services import LANDSAT

PICTURES = TileInfo(256, 256, (0.0, 0.0), "PNG32", (TileLevel(0, 80.0), TileLevel(1, 40.0)))
NUMBERS = replace(PICTURES, format="LERC2D")
BOTH = replace(LANDSAT, is_cached=True, tiles=PICTURES)
PICTURES_ONLY = replace(BOTH, tiles_only=True)
NUMBERS_ONLY = replace(PICTURES_ONLY, tiles=NUMBERS)
GIVEN: dict[str, Any] = {
    "extent": Extent(1000, 2000, 1500, 2500),
    "cell_size": (20.0, 20.0),
    "bands": (1,),
    "processing_template": ProcessingTemplate("NDVI"),
    "mosaic_method": MosaicMethod.CENTER,
    "order_field": "Best",
    "order_base_value": 1.0,
    "ascending": False,
    "mosaic_operation": MosaicOperation.MAX,
    "lock_raster_ids": (3,),
    "viewpoint": (1.0, 2.0),
    "where": "Best < 70",
    "interpolation": Interpolation.CUBIC,
    "nodata": (0.0,),
    "nodata_matches_all": True,
    "compression_quality": 50,
    "time": period(2020),
    "nearest_date": True,
    "clip": Clip(((((1000.0, 2000.0), (1500.0, 2500.0), (1500.0, 2000.0)),),)),
    "snap_origin": (0.0, 0.0),
    "variable": "tas",
    "dimensions": (DimensionValue("StdZ", 0.0, 0.0),),
    "tiles": True,
}
# What is applied here, whatever the pixels come from.
HARMLESS = ("extent", "clip", "tiles", "cell_size", "snap_origin")


def test_each_option_there_is_is_tried() -> None:
    assert list(GIVEN) == [option.name for option in fields(LayerOptions)]
    assert all(getattr(LayerOptions(), name) != value for name, value in GIVEN.items())


@pytest.mark.parametrize("option", GIVEN)
def test_an_option_that_changes_pixels_makes_images_and_is_named(option: str) -> None:
    options = LayerOptions(**{option: GIVEN[option]})
    reason = why_images(options, BOTH)
    errors = list(check_both(replace(options, tiles=True), BOTH))
    if option in HARMLESS:
        assert (reason, errors) == ("", [])
        return
    assert reason == f"The tiles of the service are as they were made, without “{option_label(option)}”."
    assert [error.option for error in errors] == ["tiles"]
    assert errors[0].message == f"{reason} Leave out “Ready-made tiles”."


def test_raw_pixels_are_another_picture_than_that_of_the_tiles() -> None:
    assert why_images(LayerOptions(processing_template=RAW), BOTH)


@pytest.mark.parametrize("changes", [{"time": TimeInfo()}, {"is_multidimensional": True}], ids=["times", "variables"])
def test_tiles_are_of_no_time(changes: dict[str, Any]) -> None:
    service = replace(BOTH, **changes)
    assert why_images(LayerOptions(), service).startswith("The tiles of the service are of no time")
    assert [error.option for error in check_both(LayerOptions(tiles=True), service)] == ["tiles"]


def test_images_that_were_asked_for_are_images() -> None:
    assert why_images(LayerOptions(tiles=False), BOTH) == "Images were asked for instead of the service's tiles."
    assert list(check_both(LayerOptions(tiles=False), LANDSAT)) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, True),
        ({"is_cached": False}, False),
        ({"tiles_only": True}, False),
        ({"tiles": None}, False),
        ({"tiles": NUMBERS}, False),
    ],
    ids=["both", "no cache", "nothing but tiles", "nowhere", "numbers"],
)
def test_a_picture_comes_from_tiles_where_they_are_pictures_beside_images(
    changes: dict[str, Any], expected: bool
) -> None:
    service = replace(BOTH, **changes)
    assert has_both(service) == expected
    assert takes("tiles", service) == expected


@pytest.mark.parametrize("option", GIVEN)
def test_nothing_but_tiles_takes_what_is_applied_here(option: str) -> None:
    options = LayerOptions(**{option: GIVEN[option]})
    for service, taken in ((PICTURES_ONLY, ("extent", "clip")), (NUMBERS_ONLY, ("extent", "clip", "nodata"))):
        # That they are wanted is no contradiction.
        refused = [] if option in (*taken, "tiles") else [option]
        assert [error.option for error in check_tiles(options, service)] == refused
        assert without_refused(options, service) == (LayerOptions() if refused else options)


def test_raw_pixels_are_what_tiles_hold() -> None:
    for service in (PICTURES_ONLY, NUMBERS_ONLY):
        assert list(check_tiles(LayerOptions(processing_template=RAW), service)) == []


def test_gdal_shows_tiles_of_pictures_only() -> None:
    assert takes("provider", PICTURES_ONLY)
    assert not takes("provider", NUMBERS_ONLY)
