"""The options as parameters of `exportImage`, before any provider adds its own."""

from __future__ import annotations

import json
import math

import pytest

from image_server_layer.plugin.backend.export_image import draws_exact_box, export_image_parameters
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.processing_template import RAW, ProcessingTemplate
from image_server_layer.plugin.service.description import parse_description
from image_server_layer.plugin.service.image_service import ImageService
from image_server_layer.plugin.service.vocabulary import Interpolation, MosaicMethod, MosaicOperation

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
