"""Which provider gets the pixels, and why."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from image_server_layer.plugin.backend.choice import choose
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.service.description import parse_description
from image_server_layer.plugin.service.errors import ImageServerLayerError
from image_server_layer.plugin.service.image_service import ImageService
from image_server_layer.plugin.service.vocabulary import MosaicMethod

ROOT = {
    "currentVersion": 10.91,
    "name": "Folder/Name",
    "bandCount": 3,
    "pixelType": "U8",
    "pixelSizeX": 10,
    "pixelSizeY": 10,
    "extent": {"xmin": 0, "ymin": 0, "xmax": 1000, "ymax": 1000, "spatialReference": {"wkid": 31985}},
    "capabilities": "Image,Catalog",
    "allowedMosaicMethods": "NorthWest,Center,LockRaster,ByAttribute,Nadir,Viewpoint,Seamline,None",
    "defaultMosaicMethod": "Northwest",
    "fields": [{"name": "OBJECTID", "type": "esriFieldTypeOID"}],
    "objectIdField": "OBJECTID",
}
LOCKED = LayerOptions(mosaic_method=MosaicMethod.LOCK_RASTER, lock_raster_ids=(1,))
CENTER, NADIR = (LayerOptions(mosaic_method=method) for method in (MosaicMethod.CENTER, MosaicMethod.NADIR))


def service(**changes: object) -> ImageService:
    url = "https://host/arcgis/rest/services/Folder/Name/ImageServer"
    return parse_description(json.dumps({**ROOT, **changes}).encode(), url)


@pytest.mark.parametrize(
    ("provider", "options", "changes", "secured", "expected", "reason", "note"),
    [
        (None, LayerOptions(), {}, False, "gdal", "The service is open", ""),
        ("", LOCKED, {}, False, "gdal", "The service is open", ""),
        ("gdal", LayerOptions(), {}, False, "gdal", "were asked for", ""),
        ("arcgismapserver", LayerOptions(), {}, False, "arcgismapserver", "A picture was asked for", ""),
        (None, LayerOptions(), {}, True, "arcgismapserver", "needs credentials", ""),
        (None, LayerOptions(), {"pixelType": "C64"}, False, "arcgismapserver", "type C64", ""),
        (None, CENTER, {}, False, "arcgismapserver", "depends on the view", "2000 × 2000"),
        (None, NADIR, {}, False, "arcgismapserver", "depends on the view", "2000 × 2000"),
        ("gdal", CENTER, {}, False, "gdal", "were asked for", "in blocks"),
        # A cell size can only be had with values, so they are taken, and the seams are told.
        (None, replace(CENTER, cell_size=(30, 30)), {}, False, "gdal", "The service is open", "in blocks"),
        (None, LayerOptions(), {"defaultMosaicMethod": "Center"}, False, "gdal", "The service is open", "in blocks"),
        ("arcgismapserver", LayerOptions(), {"defaultMosaicMethod": "Nadir"}, False, "arcgismapserver", "", "2000"),
        (None, LOCKED, {"defaultMosaicMethod": "Center"}, False, "gdal", "The service is open", ""),
        (None, LayerOptions(), {"singleFusedMapCache": True}, False, "gdal", "The service is open", ""),
    ],
)
def test_the_best_provider_is_taken_and_the_reason_said(
    provider: str | None,
    options: LayerOptions,
    changes: dict[str, object],
    secured: bool,
    expected: str,
    reason: str,
    note: str,
) -> None:
    choice = choose(provider, options, service(**changes), secured=secured)
    assert choice.provider == expected
    assert reason in choice.reason
    assert note in choice.note
    assert bool(choice.note) == bool(note)


@pytest.mark.parametrize(
    ("provider", "options", "changes", "secured", "words"),
    [
        ("wms", LayerOptions(), {}, False, "There is no provider “wms”; use “gdal” .* or “arcgismapserver”"),
        ("gdal", LayerOptions(), {}, True, "needs credentials"),
        ("gdal", LayerOptions(), {"pixelType": "C128"}, False, "type C128"),
        ("arcgismapserver", LayerOptions(cell_size=(30, 30)), {}, False, "leave out the cell size"),
        (None, LayerOptions(cell_size=(30, 30)), {}, True, "needs credentials.* leave out the cell size"),
        (
            None,
            LayerOptions(),
            {"capabilities": "Image,TilesOnly,Tilemap"},
            False,
            "“Folder/Name” offers only ready-made",
        ),
    ],
)
def test_what_no_provider_can_do_is_refused_in_a_sentence(
    provider: str | None, options: LayerOptions, changes: dict[str, object], secured: bool, words: str
) -> None:
    with pytest.raises(ImageServerLayerError, match=words):
        choose(provider, options, service(**changes), secured=secured)
