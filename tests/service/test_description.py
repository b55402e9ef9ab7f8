"""Every shape that the root document of an image service comes in."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from image_server_layer.plugin.service.description import (
    Band,
    Field,
    ImageService,
    Mosaic,
    RasterFunction,
    SpatialReference,
    parse_description,
)
from image_server_layer.plugin.service.errors import NotAnImageServiceError, UnsupportedServiceError
from image_server_layer.plugin.service.extent import Extent

URL = "https://gis.example.org/arcgis/rest/services/Olinda/Landsat/ImageServer"

EXTENT = {"xmin": 0, "ymin": -30, "xmax": 100, "ymax": 20, "spatialReference": {"wkid": 31985, "latestWkid": 31985}}
SMALLEST = {"pixelSizeX": 10, "pixelSizeY": 5, "extent": EXTENT}

# What a mosaic of ArcGIS Server 10.9.1 says.
MOSAIC = {
    "currentVersion": 10.91,
    "serviceDescription": "Landsat of <b>Olinda</b>",
    "name": "Olinda/Landsat",
    "description": "",
    "extent": EXTENT,
    "initialExtent": EXTENT,
    "fullExtent": EXTENT,
    "spatialReference": {"wkid": 31985, "latestWkid": 31985},
    "pixelSizeX": 10,
    "pixelSizeY": 5,
    "bandCount": 2,
    "pixelType": "U8",
    "minValues": [0, 1],
    "maxValues": [255, 254.5],
    "meanValues": [70.25, "NaN"],
    "stdvValues": [20, None],
    "bandNames": ["Blue", "Band_2"],
    "noDataValues": [0, None],
    "copyrightText": " INPE ",
    "serviceDataType": "esriImageServiceDataTypeGeneric",
    "objectIdField": "OBJECTID",
    "fields": [
        {"name": "OBJECTID", "type": "esriFieldTypeOID", "alias": "OBJECTID", "domain": None},
        {"name": "Name", "type": "esriFieldTypeString", "alias": "Raster name"},
        {"name": "Best", "type": "esriFieldTypeInteger"},
        {"name": "CloudCover", "type": "esriFieldTypeDouble", "alias": "CloudCover"},
        {"name": "AcquisitionDate", "type": "esriFieldTypeDate", "alias": "AcquisitionDate"},
    ],
    "capabilities": "Catalog,Mensuration,Image,Metadata",
    "defaultMosaicMethod": "Northwest",
    "allowedMosaicMethods": "NorthWest,Center,LockRaster,ByAttribute,Nadir,Viewpoint,Seamline,None",
    "sortField": "BEST",
    "sortValue": 0,
    "mosaicOperator": "First",
    "maxMosaicImageCount": 20,
    "maxRecordCount": 1000,
    "maxImageWidth": 4000,
    "maxImageHeight": 4000,
    "defaultResamplingMethod": "Bilinear",
    "allowRasterFunction": True,
    "rasterFunctionInfos": [
        {"name": "None", "description": "", "help": ""},
        {"name": "NDVI", "description": "Vegetation", "help": "An index.", "thumbnail": "iVBORw0KGgo="},
    ],
    "hasRasterAttributeTable": False,
    "hasColormap": False,
    "singleFusedMapCache": False,
}


def described(changes: dict[str, Any], base: dict[str, Any] | None = None) -> ImageService:
    """Parse the smallest description there is, or another one, with changes; a change to `...` takes a key out."""
    root = {**(SMALLEST if base is None else base), **changes}
    root = {key: value for key, value in root.items() if value is not ...}
    return parse_description(json.dumps(root).encode(), URL)


def test_a_mosaic_is_read_whole() -> None:
    assert described({}, MOSAIC) == ImageService(
        url=URL,
        name="Olinda/Landsat",
        version=10.91,
        bands=(
            Band(1, "Blue", True, 0.0, 255.0, 70.25, 20.0),
            Band(2, "Band_2", False, 1.0, 254.5, None, None),
        ),
        pixel_type="U8",
        spatial_reference=SpatialReference(31985, 31985),
        extent=Extent(0, -30, 100, 20),
        pixel_size=(10.0, 5.0),
        description="Landsat of <b>Olinda</b>",
        copyright="INPE",
        data_type="esriImageServiceDataTypeGeneric",
        nodata=(0.0, None),
        functions=(RasterFunction("None"), RasterFunction("NDVI", "Vegetation", "An index.", "iVBORw0KGgo=")),
        allows_functions=True,
        mosaic=Mosaic(
            allowed_methods=(
                "esriMosaicNorthwest",
                "esriMosaicCenter",
                "esriMosaicLockRaster",
                "esriMosaicAttribute",
                "esriMosaicNadir",
                "esriMosaicViewpoint",
                "esriMosaicSeamline",
                "esriMosaicNone",
            ),
            default_method="esriMosaicNorthwest",
            sort_field="Best",
            sort_value=0,
            operation="MT_FIRST",
            max_image_count=20,
            object_id_field="OBJECTID",
            fields=(
                Field("OBJECTID", "OBJECTID", "esriFieldTypeOID"),
                Field("Name", "Raster name", "esriFieldTypeString"),
                Field("Best", "Best", "esriFieldTypeInteger"),
                Field("CloudCover", "CloudCover", "esriFieldTypeDouble"),
                Field("AcquisitionDate", "AcquisitionDate", "esriFieldTypeDate"),
            ),
        ),
        capabilities=frozenset({"Catalog", "Mensuration", "Image", "Metadata"}),
        max_image_width=4000,
        max_image_height=4000,
        max_record_count=1000,
        default_interpolation="RSP_BilinearInterpolation",
    )


def test_the_document_itself_stays_at_hand() -> None:
    assert described({}, MOSAIC).raw == MOSAIC


def test_a_service_of_9_3_is_read_whole() -> None:
    root = {
        "serviceDescription": "Elevation",
        "name": "dem",
        "description": "",
        "extent": EXTENT,
        "timeInfo": None,
        "pixelSizeX": 10,
        "pixelSizeY": 5,
        "bandCount": 1,
        "pixelType": "F32",
        "minPixelSize": 0,
        "maxPixelSize": 0,
        "copyrightText": "",
        "serviceDataType": "esriImageServiceDataTypeElevation",
        "minValues": [0],
        "maxValues": [8848],
        "meanValues": [100],
        "stdvValues": [10],
    }
    assert described({}, root) == ImageService(
        url=URL,
        name="dem",
        version=9.3,
        bands=(Band(1, "Band_1", False, 0.0, 8848.0, 100.0, 10.0),),
        pixel_type="F32",
        spatial_reference=SpatialReference(31985, 31985),
        extent=Extent(0, -30, 100, 20),
        pixel_size=(10.0, 5.0),
        description="Elevation",
        data_type="esriImageServiceDataTypeElevation",
        allows_functions=False,
    )


def test_the_smallest_description_is_enough() -> None:
    assert described({}) == ImageService(
        url=URL,
        name="Landsat",
        version=9.3,
        bands=(Band(1, "Band_1"),),
        pixel_type="",
        spatial_reference=SpatialReference(31985, 31985),
        extent=Extent(0, -30, 100, 20),
        pixel_size=(10.0, 5.0),
        allows_functions=False,
    )


@pytest.mark.parametrize(
    ("value", "version"),
    [(12, 12.0), (11.3, 11.3), (10.91, 10.91), (10.31, 10.31), (10.01, 10.01), (10, 10.0), (..., 9.3), (None, 9.3)],
)
def test_the_version_is_one_number(value: object, version: float) -> None:
    assert described({"currentVersion": value}).version == version


@pytest.mark.parametrize(("value", "version"), [("10.91", 10.91), ("10.9.1", 10.91), ("11", 11.0), ("beta", 9.3)])
def test_a_version_written_as_text_is_the_same_number(value: str, version: float) -> None:
    assert described({"currentVersion": value}).version == version


def test_versions_sort_as_their_releases_came() -> None:
    released = [..., 10, 10.01, 10.1, 10.2, 10.31, 10.4, 10.51, 10.6, 10.71, 10.9, 10.91, 11, 11.1, 12]
    versions = [described({"currentVersion": value}).version for value in released]
    assert versions == sorted(versions)
    assert len(set(versions)) == len(versions)


@pytest.mark.parametrize(
    ("root", "reference"),
    [
        ({"spatialReference": {"wkid": 102100, "latestWkid": 3857}}, SpatialReference(102100, 3857)),
        ({"spatialReference": {"wkid": 102629, "latestWkid": 102629}}, SpatialReference(102629, 102629)),
        ({"spatialReference": {"wkid": 4326}}, SpatialReference(4326)),
        ({"spatialReference": {"wkid": "4326"}}, SpatialReference(4326)),
        ({"spatialReference": {"wkt": 'LOCAL_CS["x"]'}}, SpatialReference(wkt='LOCAL_CS["x"]')),
        (
            {"spatialReference": {"wkid": 4269, "latestWkid": 4269, "vcsWkid": 5703, "latestVcsWkid": 5703}},
            SpatialReference(4269, 4269),
        ),
        (
            {"spatialReference": {"wkt": 'PROJCS["a]",UNIT["m",1]],VERTCS["b",UNIT["m",1]]'}},
            SpatialReference(wkt='PROJCS["a]",UNIT["m",1]]'),
        ),
        ({"spatialReference": {"wkid": 0, "wkt": ""}}, SpatialReference(31985, 31985)),
        ({"spatialReference": {}}, SpatialReference(31985, 31985)),
        ({"spatialReference": None}, SpatialReference(31985, 31985)),
        ({"spatialReference": ..., "extent": {**EXTENT, "spatialReference": None}}, SpatialReference()),
        (
            {
                "fullExtent": {**EXTENT, "spatialReference": {"wkt": 'LOCAL_CS["x"]'}},
                "spatialReference": {"wkid": 4326},
            },
            SpatialReference(4326),
        ),
    ],
)
def test_the_spatial_reference_comes_in_several_forms(root: dict[str, Any], reference: SpatialReference) -> None:
    assert described(root).spatial_reference == reference


OTHER_EXTENT = {"xmin": 200, "ymin": 0, "xmax": 300, "ymax": 100}


@pytest.mark.parametrize(
    ("root", "extent"),
    [
        ({"fullExtent": OTHER_EXTENT}, Extent(200, 0, 300, 100)),
        ({"initialExtent": OTHER_EXTENT}, Extent(0, -30, 100, 20)),
        ({"fullExtent": {"xmin": 0, "ymin": 0, "xmax": 0.002, "ymax": 0.002}}, Extent(0, -30, 100, 20)),
        ({"fullExtent": {"xmin": "NaN", "ymin": "NaN", "xmax": "NaN", "ymax": "NaN"}}, Extent(0, -30, 100, 20)),
        ({"fullExtent": {"xmin": None, "ymin": None, "xmax": None, "ymax": None}}, Extent(0, -30, 100, 20)),
        ({"fullExtent": {"xmin": 100, "ymin": 0, "xmax": 0, "ymax": 100}}, Extent(0, -30, 100, 20)),
        ({"fullExtent": {"xmin": 0, "ymin": 0, "xmax": 1e300, "ymax": 1e300}}, Extent(0, -30, 100, 20)),
        ({"fullExtent": {}}, Extent(0, -30, 100, 20)),
        ({"fullExtent": [0, 0, 1, 1]}, Extent(0, -30, 100, 20)),
        ({"extent": None, "initialExtent": OTHER_EXTENT}, Extent(200, 0, 300, 100)),
        ({"fullExtent": {"xmin": "0", "ymin": "0", "xmax": "50.5", "ymax": "50"}}, Extent(0, 0, 50.5, 50)),
        ({"fullExtent": {"xmin": 0, "ymin": 0, "xmax": 9.999999, "ymax": 5}}, Extent(0, 0, 9.999999, 5)),
    ],
)
def test_the_extent_is_the_first_that_agrees_with_the_pixel_size(root: dict[str, Any], extent: Extent) -> None:
    assert described(root).extent == extent


def test_an_extent_may_reach_beyond_the_globe() -> None:
    extent = {"xmin": -180.3125, "ymin": -90.1, "xmax": 179.6875, "ymax": 90.1}
    service = described({"pixelSizeX": 0.625, "pixelSizeY": 0.5, "fullExtent": extent})
    assert service.extent == Extent(-180.3125, -90.1, 179.6875, 90.1)
    assert (service.columns, service.rows) == (576, 360)


@pytest.mark.parametrize(
    ("pixel_size", "shape"),
    [((10, 5), (10, 10)), ((9.99999999999998, 5.0000001), (10, 10)), ((30, 30), (3, 2)), ((100, 50), (1, 1))],
)
def test_columns_and_rows_are_the_nearest_whole_numbers(
    pixel_size: tuple[float, float], shape: tuple[int, int]
) -> None:
    service = described({"pixelSizeX": pixel_size[0], "pixelSizeY": pixel_size[1]})
    assert (service.columns, service.rows) == shape


@pytest.mark.parametrize(
    "root",
    [
        {"extent": None},
        {"extent": {"xmin": "NaN", "ymin": "NaN", "xmax": "NaN", "ymax": "NaN"}},
        {"extent": {"xmin": 5, "ymin": 0, "xmax": 5, "ymax": 10}},
        {"pixelSizeX": 1000},
    ],
)
def test_a_service_without_a_usable_extent_is_unsupported(root: dict[str, Any]) -> None:
    with pytest.raises(UnsupportedServiceError) as caught:
        described(root)
    size_x = float(root.get("pixelSizeX", 10))
    assert (
        str(caught.value)
        == f"{URL} has no extent that agrees with its pixel size of {size_x} × 5.0: ask its publisher."
    )


@pytest.mark.parametrize("value", [0, -10, "NaN", None, ..., True, "wide", [10]])
def test_a_service_without_a_usable_pixel_size_is_unsupported(value: object) -> None:
    with pytest.raises(UnsupportedServiceError, match="no usable pixel size"):
        described({"pixelSizeX": value, "bandCount": 1})


@pytest.mark.parametrize(
    "name", ["U1", "U2", "U4", "U8", "S8", "U16", "S16", "U32", "S32", "F32", "F64", "C64", "C128"]
)
def test_every_pixel_type_is_known(name: str) -> None:
    assert described({"pixelType": name}).pixel_type == name
    assert described({"pixelType": f" {name.lower()} "}).pixel_type == name


@pytest.mark.parametrize("value", ["UNKNOWN", "unknown", "", None, ..., 8, "U24"])
def test_a_pixel_type_that_says_nothing_is_empty(value: object) -> None:
    assert described({"pixelType": value}).pixel_type == ""


@pytest.mark.parametrize(
    ("root", "names"),
    [
        ({"bandCount": 3}, ["Band_1", "Band_2", "Band_3"]),
        ({"bandCount": 3, "bandNames": ["Red"]}, ["Red", "Band_2", "Band_3"]),
        ({"bandCount": 1, "bandNames": ["Red", "Green"]}, ["Red"]),
        ({"bandCount": 2, "bandNames": ["", None]}, ["Band_1", "Band_2"]),
        ({"bandNames": ["Red", "Green"]}, ["Red", "Green"]),
        ({"bandNames": None, "minValues": [0, 0]}, ["Band_1", "Band_2"]),
        ({"bandCount": 0, "bandNames": []}, ["Band_1"]),
        ({"bandCount": "4"}, ["Band_1", "Band_2", "Band_3", "Band_4"]),
    ],
)
def test_bands_are_counted_and_named_as_far_as_possible(root: dict[str, Any], names: list[str]) -> None:
    bands = described(root).bands
    assert [band.name for band in bands] == names
    assert [band.number for band in bands] == list(range(1, len(names) + 1))


@pytest.mark.parametrize(
    ("name", "has_own_name"),
    [
        ("Blue", True),
        ("NearInfrared_1", True),
        ("B4", True),
        ("Band_Red", True),
        ("Band_1", False),
        ("Band 12", False),
        ("band-3", False),
        ("BAND4", False),
        ("Layer_1", False),
        ("7", False),
        ("", False),
    ],
)
def test_a_number_is_not_a_name_of_a_band(name: str, has_own_name: bool) -> None:
    assert described({"bandNames": [name]}).bands[0].has_own_name is has_own_name


def test_statistics_may_be_missing_or_fewer_than_bands() -> None:
    bands = described(
        {"bandCount": 3, "minValues": [], "maxValues": [1], "meanValues": None, "stdvValues": ["NaN", 2]}
    ).bands
    assert bands == (
        Band(1, "Band_1", False, None, 1.0, None, None),
        Band(2, "Band_2", False, None, None, None, 2.0),
        Band(3, "Band_3"),
    )


LOWEST_F32 = -3.4028234663852886e38


@pytest.mark.parametrize(
    ("root", "nodata"),
    [
        ({}, ()),
        ({"noDataValue": None}, ()),
        ({"noDataValues": []}, ()),
        ({"noDataValues": [None, None]}, ()),
        ({"noDataValue": 0}, (0.0, 0.0)),
        ({"noDataValue": LOWEST_F32}, (LOWEST_F32, LOWEST_F32)),
        ({"noDataValue": "-9999"}, (-9999.0, -9999.0)),
        ({"noDataValues": [7]}, (7.0, 7.0)),
        ({"noDataValues": [7, 8]}, (7.0, 8.0)),
        ({"noDataValues": [None, 8], "noDataValue": 5}, (None, 8.0)),
        ({"noDataValues": [], "noDataValue": 5}, (5.0, 5.0)),
        ({"noDataValues": ["7", 8, 9]}, (7.0, 8.0)),
        ({"noDataValues": [1, 2, 3], "bandCount": 4}, (1.0, 2.0, 3.0, None)),
    ],
)
def test_nodata_is_one_value_a_band(root: dict[str, Any], nodata: tuple[float | None, ...]) -> None:
    assert described({"bandCount": 2, **root}).nodata == nodata


@pytest.mark.parametrize("value", ["NaN", "nan", math.nan])
def test_nodata_may_be_nan(value: object) -> None:
    (nodata,) = described({"noDataValue": value}).nodata
    assert nodata is not None
    assert math.isnan(nodata)


@pytest.mark.parametrize(
    ("infos", "names", "default"),
    [
        (..., [], ""),
        (None, [], ""),
        ([], [], ""),
        ([{"name": "None"}, {"name": "NDVI"}], ["None", "NDVI"], ""),
        ([{"name": "none"}, {"name": "NDVI"}], ["none", "NDVI"], ""),
        ([{"name": "NDVI"}, {"name": "None"}], ["NDVI", "None"], "NDVI"),
        ([{"name": "Hillshade"}], ["Hillshade"], "Hillshade"),
        ([{"name": ""}, {"name": None}, {}, None, {"name": "A"}, {"name": "A"}], ["A"], "A"),
        (
            [{"name": f"Function {number}"} for number in range(500)],
            [f"Function {n}" for n in range(500)],
            "Function 0",
        ),
    ],
)
def test_the_first_published_function_is_the_default(infos: object, names: list[str], default: str) -> None:
    service = described({"rasterFunctionInfos": infos})
    assert [function.name for function in service.functions] == names
    assert service.default_function == default


@pytest.mark.parametrize(
    ("root", "allowed"),
    [
        ({"currentVersion": 10.91, "allowRasterFunction": True}, True),
        ({"currentVersion": 10.91, "allowRasterFunction": False}, False),
        ({"currentVersion": 10.91, "allowRasterFunction": "false"}, False),
        ({"currentVersion": 10.91}, True),
        ({}, False),
    ],
)
def test_functions_are_allowed_from_10_on_unless_forbidden(root: dict[str, Any], allowed: bool) -> None:
    assert described(root).allows_functions is allowed
