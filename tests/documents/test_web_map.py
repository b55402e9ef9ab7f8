"""Web maps come out as the options that they were made with."""

from __future__ import annotations

import json
from typing import Any

import pytest

from image_server_layer.plugin.documents.document import Document, DocumentGroup, DocumentLayer, Look
from image_server_layer.plugin.documents.reader import document_of, parse_document
from image_server_layer.plugin.options.arcgis_arguments import dimensions as read_dimensions
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.processing_template import RAW, ProcessingTemplate
from image_server_layer.plugin.service.address import PortalItem, ServiceAddress
from image_server_layer.plugin.service.vocabulary import Interpolation, MosaicMethod, MosaicOperation
from image_server_layer.tests.documents.examples import DATA, ELEVATION, LANDSAT, map_layer, web_map


def only(**given: Any) -> DocumentLayer:
    (found,) = parse_document(web_map(map_layer(**given)), "map").layers
    return found


def part(variable: str, dimension: str, values: list[Any]) -> dict[str, Any]:
    return {"variableName": variable, "dimensionName": dimension, "values": values, "isSlice": True}


def test_a_web_map_is_read_whole() -> None:
    scenes = DocumentGroup("/1", "Scenes", is_visible=False)
    infrared = DocumentLayer(
        "Infrared",
        ServiceAddress(LANDSAT),
        LayerOptions(
            bands=(4, 3, 2),
            processing_template=RAW,
            mosaic_method=MosaicMethod.ATTRIBUTE,
            order_field="AcquisitionDate",
            order_base_value="2001/08/05",
            ascending=True,
            mosaic_operation=MosaicOperation.FIRST,
            where="(CloudCover < 50) AND (Name <> 'x')",
            nodata=(0,),
            nodata_matches_all=True,
            compression_quality=60,
        ),
        is_visible=False,
        look=Look(1, 500_000, 0),
        groups=(scenes,),
        left_out=("a token in its address", "the symbology", "the time"),
    )
    hillshade = {"rasterFunction": "Hillshade", "rasterFunctionArguments": {"Azimuth": 300, "Altitude": 40}}
    relief = DocumentLayer(
        "Relief",
        ServiceAddress(ELEVATION),
        LayerOptions(processing_template=ProcessingTemplate(function=hillshade), interpolation=Interpolation.BILINEAR),
        look=Look(0.5),
    )
    found = parse_document((DATA / "coast.json").read_bytes(), "coast.json")
    assert found == Document(
        "coast.json",
        (infrared, relief),
        (
            "The layer “Base” is left out: It is of the type ArcGISTiledMapServiceLayer, not an image service.",
            "The layer “Places” is left out: It is of the type ArcGISFeatureLayer, not an image service.",
        ),
    )


@pytest.mark.parametrize(
    ("given", "left_out"),
    [
        ({"pixelType": "F32"}, "the pixel type F32"),
        ({"mosaicRule": {"multidimensionalDefinition": [{}]}}, "the multidimensional slice"),
        ({"mosaicRule": {"multidimensionalDefinition": [part("a", "Z", [1, 2])]}}, "the multidimensional slice"),
        ({"mosaicRule": {"multidimensionalDefinition": [part("a", "Z", ["x"])]}}, "the multidimensional slice"),
        (
            {"mosaicRule": {"multidimensionalDefinition": [part("a", "Z", [1]), part("b", "Z", [1])]}},
            "the multidimensional slice",
        ),
        ({"multidimensionalSubset": {"subsetDefinitions": []}}, "the multidimensional subset"),
        ({"mosaicRule": {"itemRenderingRule": {"rasterFunction": "x"}}}, "the raster function for each raster"),
        ({"mosaicRule": {"fids": [1]}}, "the choice of rasters by their ids"),
        ({"blendMode": "multiply"}, "the blending mode"),
        ({"popupInfo": {"title": "Pixel"}}, "the pop-up"),
        ({"layerDefinition": {"presetRenderers": [{"method": "variable", "value": "tas"}]}}, "the symbology"),
        ({"noData": "none"}, "“none” is no nodata value; "),
        ({"bandIds": ["a"]}, "the bands ['a']"),
        ({"renderingRule": {"a": 1}}, "the raster function (The JSON of the processing template is no raster function"),
    ],
    ids=str,
)
def test_what_has_no_counterpart_is_said(given: dict[str, Any], left_out: str) -> None:
    layer = only(**given)
    assert layer.left_out[0].startswith(left_out)
    assert layer.options == LayerOptions()


@pytest.mark.parametrize("mode", ["exclusive", "inherited"])
def test_what_a_map_holds_beside_its_layers_is_said(mode: str) -> None:
    folder = {"layerType": "GroupLayer", "title": "Years", "visibilityMode": mode, "layers": [map_layer()]}
    plain = {
        "layerType": "GroupLayer",
        "title": "All",
        "visibilityMode": "independent",
        "layers": [map_layer("Inland")],
    }
    document = json.loads(web_map(folder, plain))
    held = {"tables": [{}], "bookmarks": [{}], "presentation": {"slides": [{}]}, "widgets": {"timeSlider": {}}}
    found = parse_document(json.dumps({**document, **held}).encode(), "a.json")
    assert found.left_out == (
        "That layers of the group “Years” are shown one at a time, or only together, is left out.",
        "Left out of the map “a.json”: bookmarks; tables; slides; the time slider and other widgets.",
    )
    assert [layer.name for layer in found.layers] == ["Inland", "Coast"]


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        (
            [part("water_temp", "StdTime", [1580515200000]), part("water_temp", "StdZ", [-50])],
            LayerOptions(variable="water_temp", dimensions=read_dimensions("StdTime=2020-02-01 00:00:00;StdZ=-50")),
        ),
        (
            [part("heat", "StdZ", [[-500, -100]])],
            LayerOptions(variable="heat", dimensions=read_dimensions("StdZ=-500/-100")),
        ),
        ([{"variableName": "tas"}], LayerOptions(variable="tas")),
    ],
)
def test_a_slice_is_read(definition: list[dict[str, Any]], expected: LayerOptions) -> None:
    layer = only(mosaicRule={"multidimensionalDefinition": definition})
    assert (layer.options, layer.left_out) == (expected, ())


def test_a_layer_without_an_address_is_the_item_of_its_portal() -> None:
    item = "0123456789ABCDEF0123456789abcdef"
    value = {"operationalLayers": [map_layer(url="", itemId=item)]}
    (layer,) = document_of(value, "map", "https://portal.example/portal").layers
    assert layer.address == PortalItem(f"https://portal.example/portal/sharing/rest/content/items/{item.lower()}")
    (sentence,) = document_of(value, "map").left_out
    assert sentence == "The layer “Coast” is left out: It has no address."


def test_an_item_with_its_data_and_an_item_of_a_service_are_read_too() -> None:
    value = {"item": {"title": "Coast map"}, "itemData": {"operationalLayers": [map_layer()]}}
    assert document_of(value, "x") == Document("Coast map", (DocumentLayer("Coast", ServiceAddress(LANDSAT)),))
    service = {"type": "Image Service", "title": "Landsat", "url": LANDSAT}
    assert document_of(service, "x").layers == (DocumentLayer("Landsat", ServiceAddress(LANDSAT)),)


@pytest.mark.parametrize(
    ("given", "expected"), [(2, 1.0), (-1, 0.0), ("0.25", 0.25), (None, 1.0), ("x", 1.0), (float("nan"), 1.0)]
)
def test_opacity_is_between_nothing_and_all(given: Any, expected: float) -> None:
    assert only(opacity=given).look.opacity == expected
