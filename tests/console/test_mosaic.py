"""Mosaic rules: every pixel is that of the raster which, by arithmetic on the catalog, lies on top."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime

from image_server_layer import make_image_server_layer
from image_server_layer.tests.reading import Array, gdal_pixels, qgis_pixels
from image_server_layer.tests.truth import BY_ID, NORTH_WEST, landsat_extent, mosaic, seamline_mosaic

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

pytestmark = pytest.mark.usefixtures("project")

# Column and row 300, in the southeast.
VIEWPOINT = (288776.25 + 300 * 28.5, 9120760.75 - 300 * 28.5)
# By the distance of their boxes' centers from it.
AROUND_VIEWPOINT = (8, 6, 5, 7, 3, 4, 2, 1)
BY_BEST = (4, 2, 7, 6, 8, 1, 5, 3)
# The last raster has no cloud cover.
BY_CLOUD = (4, 2, 5, 1, 6, 3, 7, 8)
BY_CLOUD_FROM_20 = (6, 1, 5, 2, 4, 3, 7, 8)
# By the days between the acquisitions and 5 August 2001.
BY_DATE = (3, 4, 5, 6, 8, 2, 7, 1)
TWO_HOURS_EAST = timezone(timedelta(hours=2))


def _landsat(server: ImageServerProcess, **arguments: Any) -> Array:
    """Return the whole Landsat mosaic, as QGIS reads it."""
    layer = make_image_server_layer(server.service("Olinda/Landsat"), provider="gdal", **arguments)
    return qgis_pixels(layer)


@pytest.mark.parametrize(
    ("arguments", "order"),
    [
        ({}, NORTH_WEST),
        ({"mosaic_method": "NORTH_WEST"}, NORTH_WEST),
        ({"mosaic_method": "None"}, BY_ID),
        ({"mosaic_method": "CLOSEST_TO_CENTER"}, (7, 5, 2, 4, 1, 6, 3, 8)),
        ({"mosaic_method": "CLOSEST_TO_NADIR"}, (1, 5, 3, 7, 2, 6, 8, 4)),
        ({"mosaic_method": "CLOSEST_TO_VIEWPOINT", "viewpoint": VIEWPOINT}, AROUND_VIEWPOINT),
        # Without a viewpoint it is the center of the extent.
        ({"mosaic_method": "CLOSEST_TO_VIEWPOINT"}, (7, 5, 2, 4, 1, 6, 3, 8)),
        ({"mosaic_method": "BY_ATTRIBUTE", "order_field": "Best", "order_base_value": 0}, BY_BEST),
        ({"mosaic_method": "LOCK_RASTER", "lock_rasterid": "7;2;8"}, (7, 2, 8)),
    ],
)
def test_each_method_draws_the_rasters_in_its_order(
    image_server: ImageServerProcess, arguments: dict[str, Any], order: tuple[int, ...]
) -> None:
    np.testing.assert_array_equal(_landsat(image_server, **arguments), mosaic(order))


def test_seamlines_cut_the_rasters(image_server: ImageServerProcess) -> None:
    expected, decided = seamline_mosaic()
    pixels = _landsat(image_server, mosaic_method="SEAMLINE")
    np.testing.assert_array_equal(pixels[:, decided], expected[:, decided])
    # What is left out lies on a seamline itself.
    assert decided.mean() > 0.999


@pytest.mark.parametrize(
    "spelling",
    ["BY_ATTRIBUTE", "ByAttribute", "by attribute", "esriMosaicAttribute", "ESRIMOSAICATTRIBUTE", "By_Attribute"],
)
def test_a_method_may_be_spelled_as_in_tools_services_and_rest(image_server: ImageServerProcess, spelling: str) -> None:
    pixels = _landsat(image_server, mosaic_method=spelling, order_field="best", order_base_value="0")
    np.testing.assert_array_equal(pixels, mosaic(BY_BEST))


@pytest.mark.parametrize(
    ("field", "base", "order"),
    [
        ("Best", 0, BY_BEST),
        ("Best", 44, (6, 8, 7, 1, 2, 5, 4, 3)),
        ("Best", "1e2", (3, 5, 1, 8, 6, 7, 2, 4)),
        ("OBJECTID", 6, (6, 5, 7, 4, 8, 3, 2, 1)),
        ("CloudCover", 0.0, BY_CLOUD),
        ("CloudCover", "20", BY_CLOUD_FROM_20),
        ("AcquisitionDate", "2001/08/05", BY_DATE),
        ("AcquisitionDate", "2001-08-05", BY_DATE),
        ("AcquisitionDate", "2001-08-05T00:00:00Z", BY_DATE),
        ("AcquisitionDate", date(2001, 8, 5), BY_DATE),
        ("AcquisitionDate", datetime(2001, 8, 5), BY_DATE),
        ("AcquisitionDate", QDate(2001, 8, 5), BY_DATE),
        ("AcquisitionDate", QDateTime(QDate(2001, 8, 5), QTime(0, 0), Qt.TimeSpec.UTC), BY_DATE),
        ("AcquisitionDate", 996969600000, BY_DATE),
    ],
)
def test_by_attribute_orders_by_the_distance_to_the_base_value(
    image_server: ImageServerProcess, field: str, base: Any, order: tuple[int, ...]
) -> None:
    pixels = _landsat(image_server, mosaic_method="BY_ATTRIBUTE", order_field=field, order_base_value=base)
    np.testing.assert_array_equal(pixels, mosaic(order))


@pytest.mark.parametrize(
    ("base", "sent"),
    [
        ("2001-11-25 15:05:30+02:00", "2001/11/25 13:05:30"),
        (datetime(2001, 11, 25, 15, 5, 30, tzinfo=TWO_HOURS_EAST), "2001/11/25 13:05:30"),
        ("2001/11/25 13:05:30", "2001/11/25 13:05:30"),
        ("2001/11/25 00:00:00", "2001/11/25"),
    ],
)
def test_dates_go_out_in_utc(image_server: ImageServerProcess, base: Any, sent: str) -> None:
    _landsat(image_server, mosaic_method="BY_ATTRIBUTE", order_field="AcquisitionDate", order_base_value=base)
    rules = [request.query["mosaicRule"] for request in image_server.requests(operation="exportImage")]
    expected = (
        f'{{"mosaicMethod":"esriMosaicAttribute","sortField":"AcquisitionDate","sortValue":"{sent}",'
        '"mosaicOperation":"MT_FIRST"}'
    )
    assert rules == [expected, expected]


def test_the_services_own_field_and_value_stand_in(image_server: ImageServerProcess) -> None:
    np.testing.assert_array_equal(_landsat(image_server, mosaic_method="BY_ATTRIBUTE"), mosaic(BY_BEST))
    np.testing.assert_array_equal(
        _landsat(image_server, mosaic_method="BY_ATTRIBUTE", order_base_value=100), mosaic((3, 5, 1, 8, 6, 7, 2, 4))
    )


@pytest.mark.parametrize(
    ("arguments", "order"),
    [
        ({"mosaic_method": "NORTH_WEST"}, NORTH_WEST[::-1]),
        ({"mosaic_method": "None"}, BY_ID[::-1]),
        ({"mosaic_method": "CLOSEST_TO_VIEWPOINT", "viewpoint": VIEWPOINT}, AROUND_VIEWPOINT[::-1]),
        # A raster without a value is the last either way.
        ({"mosaic_method": "BY_ATTRIBUTE", "order_field": "CloudCover"}, (7, 3, 6, 1, 5, 2, 4, 8)),
        # Alone, it turns the service's own method round.
        ({}, NORTH_WEST[::-1]),
    ],
)
def test_descending_turns_the_order_round(
    image_server: ImageServerProcess, arguments: dict[str, Any], order: tuple[int, ...]
) -> None:
    np.testing.assert_array_equal(_landsat(image_server, **arguments, ascending=False), mosaic(order))


@pytest.mark.parametrize(
    ("arguments", "order"),
    [
        ({"where_clause": "OBJECTID > 0"}, BY_BEST[::-1]),
        ({"mosaic_operation": "FIRST"}, BY_BEST[::-1]),
        ({"mosaic_method": "BY_ATTRIBUTE"}, BY_BEST[::-1]),
        ({"where_clause": "OBJECTID > 0", "ascending": True}, BY_BEST),
        # Of another order the service says nothing.
        ({"mosaic_method": "None"}, BY_ID),
    ],
)
def test_a_service_that_turns_its_order_round_is_drawn_so_by_a_rule_that_repeats_it(
    image_server: ImageServerProcess, arguments: dict[str, Any], order: tuple[int, ...]
) -> None:
    image_server.patch("Olinda/Landsat", {"defaultMosaicMethod": "ByAttribute", "sortAscending": False})
    np.testing.assert_array_equal(_landsat(image_server, **arguments), mosaic(order))


@pytest.mark.parametrize(
    ("ascending", "order"),
    [
        ("ASCENDING", BY_ID),
        ("true", BY_ID),
        (True, BY_ID),
        ("#", BY_ID),
        ("DESCENDING", BY_ID[::-1]),
        ("false", BY_ID[::-1]),
    ],
)
def test_the_direction_may_be_a_word(image_server: ImageServerProcess, ascending: Any, order: tuple[int, ...]) -> None:
    pixels = _landsat(image_server, mosaic_method="None", ascending=ascending)
    np.testing.assert_array_equal(pixels, mosaic(order))


def _total(stack: Array) -> Array:
    return np.minimum(np.nansum(stack, axis=0), 255)


@pytest.mark.parametrize(
    ("operation", "combine", "tolerance"),
    [
        ("FIRST", lambda stack: stack[0], None),
        ("MIN", lambda stack: np.nanmin(stack, axis=0), 0),
        ("MT_MAX", lambda stack: np.nanmax(stack, axis=0), 0),
        # A mean may end in one half, which is rounded one way or the other.
        ("Mean", lambda stack: np.nanmean(stack, axis=0), 0.5),
        ("SUM", _total, 0),
    ],
)
def test_each_operation_makes_one_pixel_of_those_that_overlap(
    image_server: ImageServerProcess, operation: str, combine: Callable[[Array], Array], tolerance: float | None
) -> None:
    pixels = _landsat(image_server, mosaic_operation=operation)
    expected = mosaic(NORTH_WEST) if tolerance is None else mosaic(BY_ID, combine)
    np.testing.assert_allclose(pixels, expected, rtol=0, atol=tolerance or 0)


def test_last_puts_the_last_raster_on_top(image_server: ImageServerProcess) -> None:
    np.testing.assert_array_equal(_landsat(image_server, mosaic_operation="LAST"), mosaic(NORTH_WEST[::-1]))


def test_blend_is_between_the_least_and_the_greatest_and_true_where_one_raster_is_alone(
    image_server: ImageServerProcess,
) -> None:
    pixels = _landsat(image_server, mosaic_operation="BLEND")
    least = mosaic(BY_ID, lambda stack: np.nanmin(stack, axis=0))
    greatest = mosaic(BY_ID, lambda stack: np.nanmax(stack, axis=0))
    assert (least <= pixels).all()
    assert (pixels <= greatest).all()
    np.testing.assert_array_equal(pixels[least == greatest], least[least == greatest])
    # Seams are smooth: neither the first nor the last raster alone.
    overlapping = greatest - least >= 4
    assert ((pixels > least) & (pixels < greatest))[overlapping].mean() > 0.5


@pytest.mark.parametrize(
    ("rasters", "order"),
    [
        (4, (4,)),
        ("4", (4,)),
        ("4;7", (4, 7)),
        (" 7 ; 4 ; 7 ", (7, 4)),
        ([2, "1"], (2, 1)),
        ("LE07_214065_SE", (6,)),
        ("Jaboatão dos Guararapes;2", (3, 2)),
        ("2;Jaboatão dos Guararapes", (2, 3)),
        # Digits are an id unless they are quoted, and so is a name that holds the separator.
        ("'20010805'", (5,)),
        ("\"LE07; path 214: row 65\";3;'20010805'", (2, 3, 5)),
        (["LE07; path 214: row 65"], (2,)),
        # Two rasters bear this name.
        ("Recife", (7, 8)),
    ],
)
def test_locked_rasters_are_the_only_ones(
    image_server: ImageServerProcess, rasters: Any, order: tuple[int, ...]
) -> None:
    pixels = _landsat(image_server, mosaic_method="LOCK_RASTER", lock_rasterid=rasters)
    np.testing.assert_array_equal(pixels, mosaic(order))


def test_raster_ids_alone_lock_and_so_does_an_address_of_one_raster(image_server: ImageServerProcess) -> None:
    np.testing.assert_array_equal(_landsat(image_server, lock_rasterid=[5, 2]), mosaic((5, 2)))
    layer = make_image_server_layer(image_server.service("Olinda/Landsat") + "/7")
    np.testing.assert_array_equal(qgis_pixels(layer), mosaic((7,)))


def test_a_name_borne_by_two_rasters_is_said(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(
        image_server.service("Olinda/Landsat"), mosaic_method="LockRaster", lock_rasterid="Recife"
    )
    notes = layer.customProperty("image_server_layer/notes")
    assert notes == ["2 rasters are named “Recife”; all of them are locked: 7, 8."]


def test_lock_raster_without_rasters_is_the_services_own_rule_and_says_so(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), mosaic_method="LOCK_RASTER")
    np.testing.assert_array_equal(qgis_pixels(layer), mosaic(NORTH_WEST))
    notes = layer.customProperty("image_server_layer/notes")
    assert notes == ["No rasters to lock are given, so the service's own mosaic rule is used."]
    assert all("mosaicRule" not in request.query for request in image_server.requests(operation="exportImage"))


def test_the_viewpoint_that_was_not_given_is_the_center_of_the_template(image_server: ImageServerProcess) -> None:
    # Its center is VIEWPOINT.
    layer = make_image_server_layer(
        image_server.service("Olinda/Landsat"),
        template=landsat_extent(260, 260, 80, 80),
        mosaic_method="CLOSEST_TO_VIEWPOINT",
    )
    np.testing.assert_array_equal(gdal_pixels(layer), mosaic(AROUND_VIEWPOINT)[:, 260:340, 260:340])


def test_what_the_method_does_not_use_is_said_and_does_nothing(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(
        image_server.service("Olinda/Landsat"), mosaic_method="NORTH_WEST", order_field="Best", lock_rasterid="3"
    )
    np.testing.assert_array_equal(gdal_pixels(layer), mosaic(NORTH_WEST))
    assert layer.customProperty("image_server_layer/notes") == [
        "The option “Order field” has no effect: only the mosaic method By attribute uses it.",
        "The option “Locked rasters” has no effect: only the mosaic method Lock raster uses it.",
    ]
