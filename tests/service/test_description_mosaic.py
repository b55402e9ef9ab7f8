"""What a root document says of the mosaic behind a service."""

from __future__ import annotations

from typing import Any

import pytest

from image_server_layer.plugin.service.image_service import Field, Mosaic
from image_server_layer.plugin.service.vocabulary import MosaicMethod, MosaicOperation
from image_server_layer.tests.service.root_documents import MOSAIC, described

OBJECT_ID = {"name": "OBJECTID", "type": "esriFieldTypeOID", "alias": "OBJECTID"}


@pytest.mark.parametrize(
    "root",
    [
        {},
        {"fields": [], "objectIdField": "", "allowedMosaicMethods": "", "defaultMosaicMethod": "Center"},
        {"fields": None, "objectIdField": "", "allowedMosaicMethods": "", "defaultMosaicMethod": "Center"},
        {"fields": [OBJECT_ID], "objectIdField": ""},
        {"fields": [], "objectIdField": "OBJECTID"},
        {"allowedMosaicMethods": None},
    ],
)
def test_a_single_raster_has_no_mosaic(root: dict[str, Any]) -> None:
    assert described(root).mosaic is None


def test_methods_without_a_catalog_are_a_mosaic() -> None:
    mosaic = described({"allowedMosaicMethods": "Center,NorthWest", "fields": [], "objectIdField": ""}).mosaic
    assert mosaic == Mosaic(allowed_methods=(MosaicMethod.CENTER, MosaicMethod.NORTH_WEST))
    assert not mosaic.has_catalog


def test_a_catalog_without_methods_is_a_mosaic() -> None:
    mosaic = described({"allowedMosaicMethods": "", "fields": [OBJECT_ID], "objectIdField": "OBJECTID"}).mosaic
    assert mosaic == Mosaic(object_id_field="OBJECTID", fields=(Field("OBJECTID", "OBJECTID", "esriFieldTypeOID"),))
    assert mosaic.has_catalog


@pytest.mark.parametrize(
    ("spelling", "method"),
    [
        ("None", MosaicMethod.NONE),
        ("Center", MosaicMethod.CENTER),
        ("NorthWest", MosaicMethod.NORTH_WEST),
        ("Northwest", MosaicMethod.NORTH_WEST),
        ("LockRaster", MosaicMethod.LOCK_RASTER),
        ("lockraster", MosaicMethod.LOCK_RASTER),
        ("ByAttribute", MosaicMethod.ATTRIBUTE),
        ("Attribute", MosaicMethod.ATTRIBUTE),
        ("Nadir", MosaicMethod.NADIR),
        ("Viewpoint", MosaicMethod.VIEWPOINT),
        ("VIEWPOINT", MosaicMethod.VIEWPOINT),
        ("Seamline", MosaicMethod.SEAMLINE),
        ("esriMosaicSeamline", MosaicMethod.SEAMLINE),
    ],
)
def test_methods_are_read_in_any_spelling(spelling: str, method: MosaicMethod) -> None:
    mosaic = described({"allowedMosaicMethods": f" {spelling} ,", "defaultMosaicMethod": spelling}).mosaic
    assert mosaic == Mosaic(allowed_methods=(method,), default_method=method)


def test_unknown_methods_are_left_out_and_repeated_ones_named_once() -> None:
    mosaic = described({"allowedMosaicMethods": "Center,Magic,CENTER,Nadir", "defaultMosaicMethod": "Magic"}).mosaic
    assert mosaic == Mosaic(allowed_methods=(MosaicMethod.CENTER, MosaicMethod.NADIR))


@pytest.mark.parametrize(
    ("root", "sort_field", "sort_value"),
    [
        ({"sortField": "BEST", "sortValue": 0}, "Best", 0),
        ({"sortField": "Best", "sortValue": 0.5}, "Best", 0.5),
        ({"sortField": "AcquisitionDate", "sortValue": "2010/12/31"}, "AcquisitionDate", "2010/12/31"),
        ({"sortField": "Elsewhere", "sortValue": None}, "Elsewhere", None),
        ({"sortField": None, "sortValue": ""}, "", None),
        ({"sortField": "", "sortValue": ...}, "", None),
    ],
)
def test_the_default_order_keeps_the_spelling_of_the_field_and_the_type_of_the_value(
    root: dict[str, Any], sort_field: str, sort_value: object
) -> None:
    mosaic = described(root, MOSAIC).mosaic
    assert mosaic is not None
    assert (mosaic.sort_field, mosaic.sort_value) == (sort_field, sort_value)
    assert type(mosaic.sort_value) is type(sort_value)


@pytest.mark.parametrize(("value", "ascending"), [(True, True), (False, False), ("false", False), (..., None)])
def test_the_direction_of_the_default_order_may_be_missing(value: object, ascending: bool | None) -> None:
    mosaic = described({"sortAscending": value}, MOSAIC).mosaic
    assert mosaic is not None
    assert mosaic.ascending is ascending


@pytest.mark.parametrize(
    ("value", "operation"),
    [
        ("First", MosaicOperation.FIRST),
        ("blend", MosaicOperation.BLEND),
        ("MT_SUM", MosaicOperation.SUM),
        ("Other", None),
        ("", None),
        (None, None),
        (..., None),
    ],
)
def test_the_operation_is_read_in_any_spelling(value: object, operation: MosaicOperation | None) -> None:
    mosaic = described({"mosaicOperator": value}, MOSAIC).mosaic
    assert mosaic is not None
    assert mosaic.operation == operation


@pytest.mark.parametrize(
    ("capabilities", "can_query"),
    [
        ("Image,Metadata,Catalog,Mensuration", True),
        ("image,catalog", True),
        ("Image,Metadata,Mensuration", False),
        ("", True),
        (..., True),
    ],
)
def test_a_catalog_is_closed_where_the_capability_is_missing(capabilities: object, can_query: bool) -> None:
    mosaic = described({"capabilities": capabilities}, MOSAIC).mosaic
    assert mosaic is not None
    assert mosaic.fields
    assert (mosaic.can_query, mosaic.has_catalog) == (can_query, can_query)


@pytest.mark.parametrize(("value", "count"), [(20, 20), (2147483647, 2147483647), (0, None), (None, None), (..., None)])
def test_the_limit_of_mosaicked_rasters_may_be_missing(value: object, count: int | None) -> None:
    mosaic = described({"maxMosaicImageCount": value}, MOSAIC).mosaic
    assert mosaic is not None
    assert mosaic.max_image_count == count


@pytest.mark.parametrize(
    ("kind", "properties"),
    [
        ("esriFieldTypeOID", (True, True, False)),
        ("esriFieldTypeInteger", (True, True, False)),
        ("esriFieldTypeSmallInteger", (True, True, False)),
        ("esriFieldTypeBigInteger", (True, True, False)),
        ("esriFieldTypeSingle", (False, True, False)),
        ("esriFieldTypeDouble", (False, True, False)),
        ("esriFieldTypeDate", (False, False, True)),
        ("esriFieldTypeString", (False, False, False)),
        ("esriFieldTypeGeometry", (False, False, False)),
    ],
)
def test_fields_tell_numbers_and_dates_from_others(kind: str, properties: tuple[bool, bool, bool]) -> None:
    field = Field("A", "A", kind)
    assert (field.is_integer, field.is_numeric, field.is_date) == properties
