"""Layer files and maps of ArcGIS Pro come out as the options that they were made with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from image_server_layer.plugin.documents.document import (
    DEEPEST,
    MOST_ENTRIES,
    MOST_LAYERS,
    Document,
    DocumentError,
    DocumentGroup,
    DocumentLayer,
    Look,
    MapClip,
)
from image_server_layer.plugin.documents.reader import parse_document
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.processing_template import RAW, ProcessingTemplate
from image_server_layer.plugin.options.time_range import TimeRange
from image_server_layer.plugin.service.address import ServiceAddress
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.image_service import SpatialReference
from image_server_layer.plugin.service.vocabulary import MosaicMethod, MosaicOperation
from image_server_layer.tests.documents.examples import (
    DATA,
    ELEVATION,
    LANDSAT,
    LANDSAT_OPTIONS,
    definition,
    group,
    layer_file,
)


def parsed(name: str) -> Document:
    return parse_document((DATA / name).read_bytes(), name)


def only(layer: dict[str, Any]) -> DocumentLayer:
    (found,) = parse_document(layer_file([layer]), "a.lyrx").layers
    return found


def options(**given: Any) -> LayerOptions:
    return only(definition("Coast", **given)).options


def test_a_layer_file_is_read_whole() -> None:
    expected = DocumentLayer(
        name="Coast, clear days",
        address=ServiceAddress(LANDSAT),
        options=LANDSAT_OPTIONS,
        look=Look(0.6, 2_000_000, 5000),
        left_out=("the symbology",),
    )
    assert parsed("landsat.lyrx") == Document("landsat.lyrx", (expected,))


def test_a_map_is_read_whole_with_its_groups() -> None:
    imagery = DocumentGroup("CIMPATH=coast/imagery.json", "Imagery")
    dates = DocumentGroup("CIMPATH=coast/dates.json", "Dates", is_visible=False)
    chain = {"rasterFunction": "NDVI", "rasterFunctionArguments": {"VisibleBandID": 2, "InfraredBandID": 3}}
    vegetation = DocumentLayer(
        "Vegetation",
        ServiceAddress(LANDSAT),
        LayerOptions(
            processing_template=ProcessingTemplate(function=chain),
            mosaic_method=MosaicMethod.VIEWPOINT,
            ascending=True,
            mosaic_operation=MosaicOperation.MEAN,
            viewpoint=(-34.83844, -8.04136),
        ),
        viewpoint_reference=SpatialReference(4326, 4326),
        is_visible=False,
        groups=(imagery,),
    )
    scenes = DocumentLayer(
        "Two scenes",
        ServiceAddress(LANDSAT),
        LayerOptions(mosaic_method=MosaicMethod.LOCK_RASTER, lock_raster_ids=(7, 2)),
        groups=(imagery, dates),
    )
    northwest = LayerOptions(
        mosaic_method=MosaicMethod.NORTH_WEST, mosaic_operation=MosaicOperation.FIRST, ascending=True
    )
    relief = DocumentLayer("Relief", ServiceAddress(ELEVATION), northwest)
    assert parsed("coast.mapx") == Document(
        "coast.mapx",
        (vegetation, scenes, relief),
        (
            "The layer “Roads” is left out: It is of the type FeatureLayer, not an image service.",
            "The transparency of the group “Imagery” is left out.",
            "The layer “Scans” is left out: It comes from a file or a database, not from an image service.",
            "The layer “Topographic” is left out: It is of the type TiledServiceLayer, not an image service.",
        ),
    )


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"name": "NDVI"}, ProcessingTemplate("NDVI")),
        ({"name": "none"}, RAW),
        ({"definition": '{"rasterFunction": "Slope"}'}, ProcessingTemplate("Slope")),
        (
            {"name": "My chain", "definition": '{"name": "x", "function": {"type": "SlopeFunction"}}'},
            ProcessingTemplate(function={"name": "x", "function": {"type": "SlopeFunction"}}),
        ),
        ({"name": "/etc/passwd.json"}, ProcessingTemplate("/etc/passwd.json")),
        ({}, ProcessingTemplate()),
    ],
)
def test_a_raster_function_is_a_name_or_a_chain_and_never_a_file(rule: Any, expected: ProcessingTemplate) -> None:
    assert options(renderingRule={"type": "CIMRenderingRule", **rule}) == LayerOptions(processing_template=expected)


def test_bands_of_a_layer_are_drawn_in_colors() -> None:
    subset = {"type": "CIMAuxiliaryRasterProperties", "bandIndexes": [5, 3, 1]}
    colors = {"type": "CIMRasterRGBColorizer", "redBandIndex": 2, "greenBandIndex": 1, "blueBandIndex": 0}
    assert options(auxiliaryRasterProperties=subset).bands == (6, 4, 2)
    assert options(auxiliaryRasterProperties=subset, colorizer=colors).bands == (2, 4, 6)
    assert options(colorizer={**colors, "useDefaultMapping": True}).bands is None
    assert options(colorizer={"type": "CIMRasterStretchColorizer"}).bands is None
    assert options(auxiliaryRasterProperties={"bandIndexes": [-1]}).bands is None


def test_the_quality_counts_where_jpeg_is_asked_for() -> None:
    assert options(compression="JPEG", compressionQuality=60) == LayerOptions(compression_quality=60)
    assert options(compression="LERC", compressionQuality=60) == LayerOptions()


def test_two_where_clauses_hold_both() -> None:
    rule, table = {"whereClause": "A > 1 OR B"}, {"definitionExpression": "C < 2"}
    assert options(mosaicRule=rule, featureTable=table).where == "(A > 1 OR B) AND (C < 2)"
    assert options(mosaicRule=rule, featureTable={"definitionExpression": "A > 1 OR B"}).where == "A > 1 OR B"


@pytest.mark.parametrize(
    ("given", "time"),
    [
        ({"type": "TimeInstant", "start": 997010000000}, TimeRange(997010000000, 997010000000)),
        ({"type": "TimeExtent", "start": 978307200000, "end": 1009843199999}, TimeRange(978307200000, 1009843199999)),
        ({"type": "TimeExtent", "start": 978307200000}, TimeRange(978307200000, None)),
        ({"type": "TimeInstant"}, None),
    ],
    ids=str,
)
def test_the_time_of_the_mosaic_is_taken(given: dict[str, Any], time: TimeRange | None) -> None:
    layer = only(definition("Coast", mosaicRule={"timeValue": given}))
    assert layer.options == LayerOptions(time=time)
    assert "the time" not in layer.left_out


@pytest.mark.parametrize(
    ("given", "left_out"),
    [
        ({"mosaicRule": {"mosaicMethod": "Random"}}, "The mosaic method “Random” is unknown; choose one of SEAMLINE, "),
        ({"mosaicRule": {"mosaicMethod": "Northwest", "fIDs": [1]}}, "the choice of rasters by their ids"),
        ({"mosaicRule": {"timeValue": {"start": 3.5}}}, "the time"),
        ({"timeDefinition": {"useTime": True}}, "the time"),
        ({"useVisibilityTimeExtent": True}, "the time in which it is drawn"),
        ({"activeVariables": ["salinity"]}, "the multidimensional slice"),
        ({"renderingRule": {"name": "A", "definition": "<xml/>"}}, "the raster function “A”, which is not written as "),
        ({"renderingRule": {"definition": "{"}}, "the raster function (The JSON of the processing template breaks at "),
        ({"colorizer": {"resamplingType": "BilinearGaussianBlur"}}, "the resampling BilinearGaussianBlur"),
        ({"blendingMode": "Multiply"}, "the blending mode"),
        ({"drawFootprints": True}, "the footprints"),
        ({"popupInfo": {"type": "CIMPopupInfo"}}, "the pop-up"),
        ({"mosaicRule": {"mosaicMethod": "LockRaster", "lockRasterID": "a,b"}}, "the locked rasters a;b"),
    ],
    ids=str,
)
def test_what_has_no_counterpart_is_said(given: dict[str, Any], left_out: str) -> None:
    layer = only(definition("Coast", **given))
    assert layer.left_out[0].startswith(left_out)
    assert layer.options == LayerOptions() or "mosaicRule" in given
    assert layer.report()[0].startswith(f"Left out of the layer “Coast”: {left_out}")


def test_what_a_map_holds_beside_its_layers_is_said() -> None:
    layer = definition("Coast")
    held = {"bookmarks": [{"type": "CIMBookmark"}], "standaloneTables": ["CIMPATH=map/t.json"]}
    document = {
        "type": "CIMMapDocument",
        "mapDefinition": {"layers": [layer["uRI"]], **held},
        "layerDefinitions": [layer],
    }
    found = parse_document(json.dumps(document).encode(), "a.mapx")
    assert found.left_out == ("Left out of the map “a.mapx”: bookmarks; tables.",)
    assert len(found.layers) == 1


BOX = {"xmin": 1, "ymin": 2, "xmax": 3, "ymax": 4.5, "spatialReference": {"wkid": 4326}}


def clipped_map(**given: Any) -> Document:
    """Return a map of two layers, the second in a group."""
    first, second = definition("Coast"), definition("Inland")
    folder = group("Folder", second)
    document = {
        "type": "CIMMapDocument",
        "mapDefinition": {"layers": [first["uRI"], folder["uRI"]], "customFullExtent": BOX, **given},
        "layerDefinitions": [first, folder, second],
    }
    return parse_document(json.dumps(document).encode(), "a.mapx")


@pytest.mark.parametrize("mode", ["MapExtent", 1])
def test_layers_of_a_map_are_clipped_to_its_extent_but_for_those_that_are_not(mode: Any) -> None:
    expected = MapClip(Extent(1, 2, 3, 4.5), SpatialReference(4326))
    found = clipped_map(clippingMode=mode)
    assert [layer.clip for layer in found.layers] == [expected, expected]
    assert found.left_out == ()
    for excluded, clips in (("Coast", [None, expected]), ("Folder", [expected, None]), ("Inland", [expected, None])):
        found = clipped_map(clippingMode=mode, layersExcludedFromClipping=[f"CIMPATH=map/{excluded}.json"])
        assert [layer.clip for layer in found.layers] == clips


@pytest.mark.parametrize("mode", [None, "None", 0, ""])
def test_an_extent_clips_nothing_by_itself(mode: Any) -> None:
    found = clipped_map(clippingMode=mode)
    assert [layer.clip for layer in found.layers] == [None, None]
    assert found.left_out == ()


@pytest.mark.parametrize(
    "given",
    [
        {"clippingMode": "CustomShape", "customClippingShapeURI": "CIMPATH=map/shape.bin"},
        {"clippingMode": 3},
        {"clippingMode": "MapExtent", "customFullExtent": {**BOX, "xmax": 1}},
        {"clippingMode": "MapExtent", "customFullExtent": {"xmin": "NaN"}},
        {"clippingMode": ["MapExtent"]},
    ],
)
def test_a_shape_that_is_not_in_the_file_is_said(given: dict[str, Any]) -> None:
    found = clipped_map(**given)
    assert [layer.clip for layer in found.layers] == [None, None]
    assert found.left_out == (
        "The map is clipped to a shape that “a.mapx” does not hold, so its layers are not clipped.",
    )


@pytest.mark.parametrize(
    "url",
    [
        r"\\evil\share\x\ImageServer",
        "file:///etc/ImageServer",
        "ftp://host/rest/services/a/ImageServer",
        "https://user:secret@host/arcgis/rest/services/a/ImageServer",
        "https://host/arcgis/rest/services/a/MapServer",
        "https://www.arcgis.com/home/item.html?id=0123456789abcdef0123456789abcdef",
        "/vsicurl/https://host/a/ImageServer",
        "",
    ],
)
def test_an_address_that_is_no_image_service_of_the_web_is_refused(url: str) -> None:
    found = parse_document(layer_file([definition("Coast", url)]), "a.lyrx")
    assert found.layers == ()
    (sentence,) = found.left_out
    assert sentence.startswith("The layer “Coast” is left out: ")
    assert "secret" not in sentence


@pytest.mark.parametrize(
    "url", ["0123456789abcdef0123456789abcdef", "host/arcgis/rest/services/a/ImageServer", "My server/a/ImageServer"]
)
def test_what_a_user_may_type_is_no_address_in_a_document(url: str) -> None:
    assert parse_document(layer_file([definition("Coast", url)]), "a.lyrx").layers == ()


def test_no_connection_file_is_opened_on_the_word_of_a_document(tmp_path: Path) -> None:
    file = tmp_path / "Server.ags"
    file.write_text(LANDSAT.partition("/Olinda")[0])
    content = layer_file([definition("Coast", rf"{file}\Olinda\Landsat.ImageServer")])
    assert parse_document(content, "a.lyrx").layers == ()


def test_secrets_stay_in_the_document() -> None:
    layer = definition("Coast", f"{LANDSAT}?token=s3cret")
    layer["dataConnection"]["serverConnection"] = {"user": "ana", "password": "s3cret"}
    found = only(layer)
    assert found.address == ServiceAddress(LANDSAT)
    assert found.left_out == ("a token in its address", "the user name of its connection")
    assert "s3cret" not in repr(found)


def test_layers_that_nobody_names_are_at_the_top() -> None:
    inner = definition("inner")
    content = layer_file([], group("outer", inner), inner)
    (layer,) = parse_document(content, "a.lyrx").layers
    assert [group.name for group in layer.groups] == ["outer"]


def test_each_layer_is_taken_once() -> None:
    layer = definition("Coast")
    first, second = group("first", layer), group("second", layer, layer)
    assert len(parse_document(layer_file([first, second], layer), "a.lyrx").layers) == 1


def test_the_image_of_a_mosaic_dataset_is_a_layer() -> None:
    image = definition("Image") | {"type": "CIMImageMosaicSubLayer"}
    mosaic = {"type": "CIMMosaicLayer", "name": "Mosaic", "uRI": "m", "imageLayer": image["uRI"]}
    assert [layer.name for layer in parse_document(layer_file([mosaic], image), "a.lyrx").layers] == ["Image"]


def test_a_group_that_contains_itself_is_one_sentence() -> None:
    outer = group("outer", {"uRI": "CIMPATH=map/inner.json"})
    inner = group("inner", outer)
    with pytest.raises(DocumentError) as caught:
        parse_document(layer_file([outer], inner), "a.lyrx")
    assert str(caught.value) == ("The group “inner” in “a.lyrx” contains itself; save the file anew in ArcGIS Pro.")


def test_too_many_and_too_deep_are_one_sentence() -> None:
    many = [definition(f"L{number}") for number in range(MOST_LAYERS + 1)]
    with pytest.raises(DocumentError, match=f"more than {MOST_LAYERS} image services"):
        parse_document(layer_file(many), "a.lyrx")
    entries = [{"type": "CIMFeatureLayer", "name": "F", "uRI": f"f{number}"} for number in range(MOST_ENTRIES + 1)]
    with pytest.raises(DocumentError, match=f"more than {MOST_ENTRIES} layers"):
        parse_document(layer_file(entries), "a.lyrx")
    groups = [definition("Coast")]
    for number in range(DEEPEST + 1):
        groups.append(group(f"G{number}", groups[-1]))
    with pytest.raises(DocumentError, match=f"more than {DEEPEST} deep"):
        parse_document(layer_file([groups[-1]], *groups[:-1]), "a.lyrx")


def test_a_layer_that_is_named_but_not_there_is_said() -> None:
    (sentence,) = parse_document(layer_file([group("outer", {"uRI": "gone"})]), "a.lyrx").left_out
    assert sentence == "The layer “gone” is left out: The file names it, but does not hold it."
