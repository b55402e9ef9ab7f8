"""The root document of an image service as a whole, 9.3 to 12."""

from __future__ import annotations

from typing import Any

import pytest

from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.image_service import (
    Band,
    Field,
    ImageService,
    Mosaic,
    RasterFunction,
    SpatialReference,
)
from image_server_layer.plugin.service.vocabulary import Interpolation, MosaicMethod, MosaicOperation
from image_server_layer.tests.service.root_documents import EXTENT, MOSAIC, URL, described


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
        description="Landsat of Olinda",
        copyright="INPE",
        data_type="esriImageServiceDataTypeGeneric",
        nodata=(0.0, None),
        functions=(RasterFunction("None"), RasterFunction("NDVI", "Vegetation", "An index.", "iVBORw0KGgo=")),
        allows_functions=True,
        mosaic=Mosaic(
            allowed_methods=(
                MosaicMethod.NORTH_WEST,
                MosaicMethod.CENTER,
                MosaicMethod.LOCK_RASTER,
                MosaicMethod.ATTRIBUTE,
                MosaicMethod.NADIR,
                MosaicMethod.VIEWPOINT,
                MosaicMethod.SEAMLINE,
                MosaicMethod.NONE,
            ),
            default_method=MosaicMethod.NORTH_WEST,
            sort_field="Best",
            sort_value=0,
            operation=MosaicOperation.FIRST,
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
        default_interpolation=Interpolation.BILINEAR,
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
    ("infos", "names", "default"),
    [
        (..., [], ""),
        (None, [], ""),
        ([], [], ""),
        ([{"name": "None"}, {"name": "NDVI"}], ["None", "NDVI"], ""),
        ([{"name": "none"}, {"name": "NDVI"}], ["none", "NDVI"], ""),
        ([{"name": "NDVI"}, {"name": "None"}], ["NDVI", "None"], "NDVI"),
        ([{"name": "Hillshade"}], ["Hillshade"], "Hillshade"),
        ([{"name": ""}, {"name": " "}, {"name": 7}, {}, None, {"name": "A"}, {"name": "A"}], ["A"], "A"),
        ([{"name": " NDVI "}, {"name": "NDVI"}], [" NDVI ", "NDVI"], " NDVI "),
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


@pytest.mark.parametrize(
    ("value", "capabilities"),
    [
        ("Image", {"Image"}),
        ("Image, Metadata", {"Image", "Metadata"}),
        (["Image", "Metadata"], {"Image", "Metadata"}),
        ("", set()),
        (None, set()),
        (..., set()),
    ],
)
def test_capabilities_are_words_between_commas(value: object, capabilities: set[str]) -> None:
    assert described({"capabilities": value}).capabilities == capabilities


@pytest.mark.parametrize(
    ("root", "is_cached", "tiles_only"),
    [
        ({}, False, False),
        ({"singleFusedMapCache": False, "tileInfo": {"lods": []}}, False, False),
        ({"singleFusedMapCache": True, "tileInfo": {"format": "LERC", "lods": [{"level": 0}]}}, True, False),
        ({"singleFusedMapCache": "true"}, True, False),
        ({"capabilities": "Image,TilesOnly,Tilemap"}, True, True),
        ({"capabilities": "Image,Tilemap,Mensuration"}, False, False),
    ],
)
def test_cached_and_tiles_only_services_are_told_apart(root: dict[str, Any], is_cached: bool, tiles_only: bool) -> None:
    service = described(root)
    assert (service.is_cached, service.tiles_only) == (is_cached, tiles_only)


@pytest.mark.parametrize(
    ("root", "size"),
    [
        ({}, (15000, 4100)),
        ({"maxImageWidth": 100000, "maxImageHeight": 100000}, (100000, 100000)),
        ({"maxImageWidth": None, "maxImageHeight": 0}, (15000, 4100)),
        ({"maxImageWidth": "4000", "maxImageHeight": -1}, (4000, 4100)),
    ],
)
def test_image_limits_default_to_those_of_arcgis_server(root: dict[str, Any], size: tuple[int, int]) -> None:
    service = described(root)
    assert (service.max_image_width, service.max_image_height) == size


@pytest.mark.parametrize(
    ("value", "interpolation"),
    [
        ("Nearest", Interpolation.NEAREST),
        ("NearestNeighbor", Interpolation.NEAREST),
        ("bilinear", Interpolation.BILINEAR),
        ("Cubic", Interpolation.CUBIC),
        ("Majority", Interpolation.MAJORITY),
        ("RSP_BilinearInterpolation", Interpolation.BILINEAR),
        ("Lanczos", None),
        (None, None),
    ],
)
def test_the_default_interpolation_is_read_in_any_spelling(value: object, interpolation: Interpolation | None) -> None:
    assert described({"defaultResamplingMethod": value}).default_interpolation == interpolation


@pytest.mark.parametrize(
    ("root", "name"),
    [
        ({"name": " Landsat 7 "}, "Landsat 7"),
        ({"name": ""}, "Größe 1"),
        ({"name": None}, "Größe 1"),
        ({}, "Größe 1"),
    ],
)
def test_the_name_is_that_of_the_document_or_of_the_address(root: dict[str, Any], name: str) -> None:
    url = "https://gis.example.org/arcgis/rest/services/Olinda/Gr%C3%B6%C3%9Fe%201/ImageServer"
    assert described(root, url=url).name == name
