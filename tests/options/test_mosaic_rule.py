"""Mosaic rules as they go out, whole."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest

from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.mosaic_rule import direction_in_force, mosaic_rule
from image_server_layer.plugin.options.processing_template import ProcessingTemplate
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.image_service import ImageService, SpatialReference
from image_server_layer.plugin.service.vocabulary import MosaicMethod, MosaicOperation
from image_server_layer.tests.options.services import ELEVATION, LANDSAT, MOSAIC

Rule = dict[str, Any]


def service(**mosaic: Any) -> ImageService:
    """Return the Landsat mosaic with other defaults, and without an operation of its own where none is given."""
    return dataclasses.replace(LANDSAT, mosaic=dataclasses.replace(MOSAIC, **{"operation": None, **mosaic}))


PLAIN = service()


@pytest.mark.parametrize(
    "options",
    [
        LayerOptions(),
        LayerOptions(order_field="CloudCover", order_base_value=3),
        LayerOptions(viewpoint=(1, 2)),
        LayerOptions(mosaic_method=MosaicMethod.LOCK_RASTER),
        LayerOptions(extent=Extent(0, 0, 1, 1), bands=(1,), processing_template=ProcessingTemplate("NDVI")),
    ],
)
def test_nothing_is_sent_where_the_service_decides(options: LayerOptions) -> None:
    assert mosaic_rule(options, LANDSAT) is None


def test_a_single_raster_has_no_rule() -> None:
    assert mosaic_rule(LayerOptions(mosaic_method=MosaicMethod.CENTER, where="1=1"), ELEVATION) is None


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (LayerOptions(mosaic_method=MosaicMethod.NONE), {"mosaicMethod": "esriMosaicNone"}),
        (LayerOptions(mosaic_method=MosaicMethod.CENTER), {"mosaicMethod": "esriMosaicCenter"}),
        (LayerOptions(mosaic_method=MosaicMethod.NADIR), {"mosaicMethod": "esriMosaicNadir"}),
        (LayerOptions(mosaic_method=MosaicMethod.NORTH_WEST), {"mosaicMethod": "esriMosaicNorthwest"}),
        (LayerOptions(mosaic_method=MosaicMethod.SEAMLINE), {"mosaicMethod": "esriMosaicSeamline"}),
        (
            LayerOptions(mosaic_method=MosaicMethod.LOCK_RASTER, lock_raster_ids=(8, 3)),
            {"mosaicMethod": "esriMosaicLockRaster", "lockRasterIds": [8, 3]},
        ),
        (LayerOptions(lock_raster_ids=(8,)), {"mosaicMethod": "esriMosaicLockRaster", "lockRasterIds": [8]}),
        (
            LayerOptions(mosaic_method=MosaicMethod.ATTRIBUTE, order_field="CloudCover", order_base_value=0.5),
            {"mosaicMethod": "esriMosaicAttribute", "sortField": "CloudCover", "sortValue": 0.5},
        ),
        (
            LayerOptions(
                mosaic_method=MosaicMethod.ATTRIBUTE, order_field="AcquisitionDate", order_base_value="2010/12/31"
            ),
            {"mosaicMethod": "esriMosaicAttribute", "sortField": "AcquisitionDate", "sortValue": "2010/12/31"},
        ),
        (
            LayerOptions(mosaic_method=MosaicMethod.NORTH_WEST, order_field="Name", order_base_value=0),
            {"mosaicMethod": "esriMosaicNorthwest"},
        ),
        (
            LayerOptions(mosaic_method=MosaicMethod.CENTER, lock_raster_ids=(1,), viewpoint=(1, 2)),
            {"mosaicMethod": "esriMosaicCenter"},
        ),
        (
            LayerOptions(mosaic_method=MosaicMethod.CENTER, ascending=False, mosaic_operation=MosaicOperation.MEAN),
            {"mosaicMethod": "esriMosaicCenter", "ascending": False, "mosaicOperation": "MT_MEAN"},
        ),
        (
            LayerOptions(lock_raster_ids=(8,), where="OBJECTID = 8"),
            {"mosaicMethod": "esriMosaicLockRaster", "where": "OBJECTID = 8", "lockRasterIds": [8]},
        ),
    ],
)
def test_a_rule_says_what_was_asked_for_and_no_more(options: LayerOptions, expected: Rule) -> None:
    assert mosaic_rule(options, PLAIN) == expected


@pytest.mark.parametrize(
    ("options", "mosaic", "expected"),
    [
        (LayerOptions(), {}, {"sortField": "Best", "sortValue": 0}),
        (LayerOptions(order_field="best"), {}, {"sortField": "best", "sortValue": 0}),
        (LayerOptions(order_field="CloudCover"), {}, {"sortField": "CloudCover"}),
        (LayerOptions(order_base_value=7), {}, {"sortField": "Best", "sortValue": 7}),
        (LayerOptions(), {"sort_value": None}, {"sortField": "Best"}),
        (LayerOptions(), {"sort_value": "2001/01/01"}, {"sortField": "Best", "sortValue": "2001/01/01"}),
        (LayerOptions(ascending=True), {}, {"sortField": "Best", "sortValue": 0, "ascending": True}),
    ],
)
def test_by_attribute_takes_the_service_s_own_value_with_its_own_field_only(
    options: LayerOptions, mosaic: dict[str, Any], expected: Rule
) -> None:
    options = dataclasses.replace(options, mosaic_method=MosaicMethod.ATTRIBUTE)
    assert mosaic_rule(options, service(**mosaic)) == {"mosaicMethod": "esriMosaicAttribute"} | expected


@pytest.mark.parametrize(
    ("options", "mosaic", "expected"),
    [
        (
            LayerOptions(where="CloudCover < 10"),
            {"operation": MosaicOperation.FIRST},
            {
                "mosaicMethod": "esriMosaicNorthwest",
                "where": "CloudCover < 10",
                "sortField": "Best",
                "sortValue": 0,
                "mosaicOperation": "MT_FIRST",
            },
        ),
        (
            LayerOptions(where="Best = 1"),
            {"default_method": MosaicMethod.ATTRIBUTE, "sort_value": "2020/01/01", "operation": MosaicOperation.MEAN},
            {
                "mosaicMethod": "esriMosaicAttribute",
                "where": "Best = 1",
                "sortField": "Best",
                "sortValue": "2020/01/01",
                "mosaicOperation": "MT_MEAN",
            },
        ),
        (
            LayerOptions(where="Best = 1"),
            {"sort_field": "", "operation": None, "default_method": None},
            {"where": "Best = 1"},
        ),
        (
            LayerOptions(where="Best = 1"),
            {"sort_field": "", "operation": None, "default_method": MosaicMethod.LOCK_RASTER},
            {"where": "Best = 1"},
        ),
        (
            LayerOptions(mosaic_method=MosaicMethod.LOCK_RASTER, where="Best = 1"),
            {"sort_field": "", "operation": None},
            {"mosaicMethod": "esriMosaicNorthwest", "where": "Best = 1"},
        ),
        (
            LayerOptions(mosaic_operation=MosaicOperation.MAX),
            {"sort_value": None},
            {"mosaicMethod": "esriMosaicNorthwest", "sortField": "Best", "mosaicOperation": "MT_MAX"},
        ),
        (
            LayerOptions(ascending=False),
            {"sort_field": "", "operation": None},
            {"mosaicMethod": "esriMosaicNorthwest", "ascending": False},
        ),
    ],
)
def test_a_rule_without_a_method_repeats_the_service_s_own(
    options: LayerOptions, mosaic: dict[str, Any], expected: Rule
) -> None:
    assert mosaic_rule(options, service(**mosaic)) == expected


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (LayerOptions(order_field="CloudCover"), {"mosaicMethod": "esriMosaicAttribute", "sortField": "CloudCover"}),
        (
            LayerOptions(order_base_value=5),
            {"mosaicMethod": "esriMosaicAttribute", "sortField": "Best", "sortValue": 5},
        ),
    ],
)
def test_an_order_alone_is_used_where_the_service_sorts_by_attribute(options: LayerOptions, expected: Rule) -> None:
    assert mosaic_rule(options, service(default_method=MosaicMethod.ATTRIBUTE)) == expected


@pytest.mark.parametrize(
    ("options", "center", "expected"),
    [
        (LayerOptions(), None, (1500, 2300)),
        (LayerOptions(extent=Extent(1000, 2000, 1100, 2200)), None, (1050, 2100)),
        (LayerOptions(extent=Extent(1000, 2000, 1100, 2200)), (7.5, 8.5), (7.5, 8.5)),
        (LayerOptions(viewpoint=(1, 2)), (7.5, 8.5), (1, 2)),
    ],
)
def test_a_viewpoint_rule_looks_from_the_center_unless_told_otherwise(
    options: LayerOptions, center: tuple[float, float] | None, expected: tuple[float, float]
) -> None:
    options = dataclasses.replace(options, mosaic_method=MosaicMethod.VIEWPOINT)
    assert mosaic_rule(options, PLAIN, center) == {
        "mosaicMethod": "esriMosaicViewpoint",
        "viewpoint": {"x": expected[0], "y": expected[1], "spatialReference": {"wkid": 31985}},
    }


def test_a_viewpoint_alone_is_used_where_the_service_looks_from_one() -> None:
    assert mosaic_rule(LayerOptions(viewpoint=(1, 2)), service(default_method=MosaicMethod.VIEWPOINT)) == {
        "mosaicMethod": "esriMosaicViewpoint",
        "viewpoint": {"x": 1, "y": 2, "spatialReference": {"wkid": 31985}},
    }


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        (SpatialReference(wkid=102100, latest_wkid=3857), {"wkid": 102100}),
        (SpatialReference(latest_wkid=3857), {"wkid": 3857}),
        (SpatialReference(wkt='PROJCS["x"]'), {"wkt": 'PROJCS["x"]'}),
    ],
)
def test_a_viewpoint_is_in_the_spatial_reference_as_the_service_spells_it(
    reference: SpatialReference, expected: Rule
) -> None:
    landsat = dataclasses.replace(PLAIN, spatial_reference=reference)
    rule = mosaic_rule(LayerOptions(mosaic_method=MosaicMethod.VIEWPOINT), landsat)
    assert rule is not None
    assert rule["viewpoint"]["spatialReference"] == expected


def test_keys_go_out_in_the_order_of_the_reference() -> None:
    options = LayerOptions(
        mosaic_method=MosaicMethod.ATTRIBUTE,
        order_field="Best",
        order_base_value=0,
        ascending=True,
        where="1=1",
        mosaic_operation=MosaicOperation.SUM,
    )
    assert json.dumps(mosaic_rule(options, PLAIN)) == (
        '{"mosaicMethod": "esriMosaicAttribute", "where": "1=1", "sortField": "Best", "sortValue": 0, '
        '"ascending": true, "mosaicOperation": "MT_SUM"}'
    )


OWN_ORDER = {"default_method": MosaicMethod.ATTRIBUTE, "ascending": False, "operation": MosaicOperation.BLEND}


@pytest.mark.parametrize(
    ("options", "ascending"),
    [
        (LayerOptions(where="Best = 1"), False),
        (LayerOptions(mosaic_operation=MosaicOperation.BLEND), False),
        (LayerOptions(mosaic_method=MosaicMethod.ATTRIBUTE), False),
        (LayerOptions(mosaic_method=MosaicMethod.ATTRIBUTE, order_field="best"), False),
        (LayerOptions(order_base_value=2020), False),
        (LayerOptions(where="Best = 1", ascending=True), True),
        # With another order, the raster that it prefers is on top.
        (LayerOptions(mosaic_method=MosaicMethod.ATTRIBUTE, order_field="CloudCover"), None),
        (LayerOptions(mosaic_method=MosaicMethod.CENTER), None),
        (LayerOptions(lock_raster_ids=(8,)), None),
    ],
)
def test_a_rule_repeats_direction_and_operation_of_the_service(options: LayerOptions, ascending: bool | None) -> None:
    landsat = service(**OWN_ORDER)
    assert landsat.mosaic is not None
    rule = mosaic_rule(options, landsat)
    assert rule is not None
    assert rule.get("ascending") is ascending
    assert direction_in_force(options, landsat.mosaic) is ascending
    assert rule["mosaicOperation"] == "MT_BLEND"


def test_the_direction_of_a_method_that_is_the_service_s_own_anyway_is_repeated() -> None:
    rule = mosaic_rule(LayerOptions(mosaic_method=MosaicMethod.NORTH_WEST), service(ascending=False))
    assert rule == {"mosaicMethod": "esriMosaicNorthwest", "ascending": False}
