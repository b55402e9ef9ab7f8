"""The options as parameters of `exportImage`, before any provider adds its own."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest

from image_server_layer.plugin.backend.export_image import (
    drawing_request,
    draws_exact_box,
    export_image_parameters,
    parameters_for,
)
from image_server_layer.plugin.backend.source import PARAMETERS, Kind, LayerSource, SourceBand
from image_server_layer.plugin.options.grid import Grid
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.processing_template import RAW, ProcessingTemplate
from image_server_layer.plugin.service.description import parse_description
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.image_service import ImageService
from image_server_layer.plugin.service.vocabulary import Interpolation, MosaicMethod, MosaicOperation

PNG = {"format": "png32", "transparent": "true"}

ROOT = {
    "currentVersion": 10.91,
    "bandCount": 3,
    "pixelType": "U8",
    "pixelSizeX": 10,
    "pixelSizeY": 10,
    "extent": {"xmin": 0, "ymin": 0, "xmax": 1000, "ymax": 1000, "spatialReference": {"wkid": 31985}},
    "allowedMosaicMethods": "NorthWest,Center,LockRaster,ByAttribute,Nadir,Viewpoint,Seamline,None",
    "defaultMosaicMethod": "Northwest",
    "fields": [{"name": "OBJECTID", "type": "esriFieldTypeOID"}],
    "objectIdField": "OBJECTID",
    "rasterFunctionInfos": [{"name": "Hillshade"}, {"name": "None"}],
}


def service(**changes: object) -> ImageService:
    return parse_description(json.dumps({**ROOT, **changes}).encode(), "https://host/rest/services/X/ImageServer")


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (LayerOptions(), {}),
        (LayerOptions(cell_size=(5, 5)), {}),
        (LayerOptions(bands=(4, 1, 2)), {"bandIds": "3,0,1"}),
        (LayerOptions(processing_template=RAW), {"renderingRule": '{"rasterFunction":"None"}'}),
        (
            LayerOptions(
                processing_template=ProcessingTemplate(
                    function={"rasterFunction": "Slope", "rasterFunctionArguments": {"ZFactor": 1}}
                )
            ),
            {"renderingRule": '{"rasterFunction":"Slope","rasterFunctionArguments":{"ZFactor":1}}'},
        ),
        (
            LayerOptions(mosaic_method=MosaicMethod.LOCK_RASTER, lock_raster_ids=(8, 3)),
            {"mosaicRule": '{"mosaicMethod":"esriMosaicLockRaster","lockRasterIds":[8,3]}'},
        ),
        (
            LayerOptions(mosaic_operation=MosaicOperation.MAX),
            {"mosaicRule": '{"mosaicMethod":"esriMosaicNorthwest","mosaicOperation":"MT_MAX"}'},
        ),
        (
            LayerOptions(mosaic_method=MosaicMethod.VIEWPOINT),
            {
                "mosaicRule": '{"mosaicMethod":"esriMosaicViewpoint",'
                '"viewpoint":{"x":1.5,"y":2.5,"spatialReference":{"wkid":31985}}}'
            },
        ),
        (LayerOptions(interpolation=Interpolation.NEAREST), {"interpolation": "RSP_NearestNeighbor"}),
        (LayerOptions(nodata=(0,)), {"noData": "0"}),
        (LayerOptions(nodata=(58, 128.5, -1e30)), {"noData": "58,128.5,-1e+30"}),
        (LayerOptions(nodata=(0.1,)), {"noData": "0.10000000000000001"}),
        # NaN equals no pixel, so there is nothing to send.
        (LayerOptions(nodata=(math.nan, math.nan)), {}),
        (
            LayerOptions(nodata=(0,), nodata_matches_all=False),
            {"noData": "0", "noDataInterpretation": "esriNoDataMatchAny"},
        ),
        (LayerOptions(compression_quality=80), {"compressionQuality": "80"}),
    ],
)
def test_each_option_is_a_parameter_and_what_is_not_given_is_none(
    options: LayerOptions, expected: dict[str, str]
) -> None:
    assert export_image_parameters(options, service(), center=(1.5, 2.5)) == {"adjustAspectRatio": "false", **expected}


@pytest.mark.parametrize(
    ("version", "exact"),
    [
        *((old, False) for old in (None, 9.3, 10, 10.01, 10.2, 10.22)),
        *((new, True) for new in (10.3, "10.3", 10.31, 10.91, 11, 12)),
    ],
)
def test_only_servers_since_10_3_can_be_told_to_keep_the_box(version: object, exact: bool) -> None:
    described = service(currentVersion=version)
    assert draws_exact_box(described) is exact
    assert ("adjustAspectRatio" in export_image_parameters(LayerOptions(), described)) is exact


SOURCE = LayerSource(
    service_url="https://host/rest/services/X/ImageServer",
    service_name="X",
    kind=Kind.VALUES,
    options_json='{"v":1}',
    parameters={"format": "tiff", "bandIds": "0"},
    grid=Grid(Extent(0.0, 0.0, 10.0, 10.0), 10, 10, (1.0, 1.0)),
    bands=(SourceBand("a"),),
    data_type="Byte",
    reference="31985",
    crs="EPSG:31985",
    largest_image=(15000, 4100),
)


@pytest.mark.parametrize(
    ("extent", "bbox"),
    [
        (Extent(300000.0, 9099390.0, 300970.0, 9100000.0), "300000.0,9099390.0,300970.0,9100000.0"),
        (Extent(-35.20000000000001, 1e-7, 0.1, 1 / 3), "-35.20000000000001,0.0000001,0.1,0.3333333333333333"),
        (Extent(-1e22, -0.0, 1, 2**70), "-10000000000000000000000,-0.0,1.0,1180591620717411303424.0"),
    ],
)
def test_a_box_keeps_every_digit_and_has_no_exponent(extent: Extent, bbox: str) -> None:
    asked = drawing_request(SOURCE, Grid(extent, 7, 5, (1.0, 1.0)))
    assert asked == {
        "format": "tiff",
        "bandIds": "0",
        "bbox": asked["bbox"],
        "bboxSR": "31985",
        "imageSR": "31985",
        "size": "7,5",
        "f": "image",
    }
    assert [float(part) for part in asked["bbox"].split(",")] == list(extent)
    assert [float(part) for part in bbox.split(",")] == list(extent)
    assert "e" not in asked["bbox"]
    assert len(asked["bbox"]) <= len(bbox) + 2


def test_without_a_reference_none_is_sent() -> None:
    asked = drawing_request(replace(SOURCE, reference=""), SOURCE.grid)
    assert not asked.keys() & {"bboxSR", "imageSR"}


@pytest.mark.parametrize(
    ("kind", "changes", "options", "expected"),
    [
        (Kind.VALUES, {}, LayerOptions(), {"format": "tiff", "compression": "LZ77"}),
        (Kind.VALUES, {}, LayerOptions(compression_quality=50), {"format": "tiff", "compression": "LZ77"}),
        (
            Kind.VALUES,
            {"pixelType": "S8"},
            LayerOptions(),
            {"format": "tiff", "compression": "LZ77", "pixelType": "S16"},
        ),
        (
            Kind.VALUES,
            {"hasColormap": True},
            LayerOptions(),
            {"format": "tiff", "compression": "LZ77", "interpolation": "RSP_NearestNeighbor"},
        ),
        (
            Kind.VALUES,
            {"serviceDataType": "esriImageServiceDataTypeThematic"},
            LayerOptions(interpolation=Interpolation.MAJORITY),
            {"format": "tiff", "compression": "LZ77", "interpolation": "RSP_Majority"},
        ),
        (Kind.PICTURE, {"pixelType": "S8", "hasColormap": True}, LayerOptions(), PNG),
        (
            Kind.PICTURE,
            {},
            LayerOptions(compression_quality=50),
            {"format": "jpgpng", "transparent": "true", "compressionQuality": "50"},
        ),
        (Kind.PICTURE, {}, LayerOptions(extent=Extent(0, 0, 500, 500)), PNG),
    ],
)
def test_each_kind_asks_for_what_it_needs(
    kind: Kind, changes: dict[str, object], options: LayerOptions, expected: dict[str, str]
) -> None:
    described = service(**changes)
    parameters = parameters_for(kind, options, described, described, (1.5, 2.5))
    assert parameters == {"adjustAspectRatio": "false", **expected}
    assert parameters.keys() <= PARAMETERS
