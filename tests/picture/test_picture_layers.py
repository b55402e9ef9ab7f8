"""Pictures drawn by the server: with the options of the layer, wherever QGIS takes the layer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsLayerDefinition,
    QgsLayerNotesUtils,
    QgsProject,
    QgsRasterLayer,
    QgsReadWriteContext,
    QgsRectangle,
)
from qgis.PyQt.QtXml import QDomDocument

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.layer.source import read_source
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.picture.drawing import drawn
from image_server_layer.tests.truth import BY_ID, landsat_extent, mosaic, shown_by

pytestmark = pytest.mark.usefixtures("plugin", "project")

WHOLE = QgsRectangle(*landsat_extent(0, 0, 349, 352))
# A where clause that needs encoding at every stage, and picks rasters 2 and 8.
HOSTILE_WHERE = "Name LIKE '%; path 214: row 65' OR CloudCover IS NULL AND 'a|b&c#d/e+f' <> '<\"é\">'"


def picture(server: ImageServerProcess, service: str = "Olinda/Landsat", **arguments: Any) -> QgsRasterLayer:
    return make_image_server_layer(server.service(service), provider="arcgismapserver", **arguments)


def infrared(order: tuple[int, ...]) -> np.ndarray:
    return mosaic(order)[[3, 2, 1]]


def test_a_picture_is_drawn_with_its_options(image_server: ImageServerProcess) -> None:
    layer = picture(image_server, band_index="4;3;2", mosaic_method="NONE")
    image_server.clear()
    pixels, errors = drawn(layer, WHOLE)
    assert errors == []
    np.testing.assert_array_equal(pixels[:3], infrared(BY_ID))
    (request,) = image_server.requests(operation="exportImage")
    # Releases after 3.22 send the resolution as well.
    assert {key: value for key, value in request.query.items() if key != "dpi"} == {
        "bbox": "288776.250000,9110728.750000,298722.750000,9120760.750000",
        "size": "349,352",
        "format": "PNG32",
        "layers": "show:",
        "transparent": "true",
        "f": "image",
        "adjustAspectRatio": "false",
        "bandIds": "3,2,1",
        "mosaicRule": '{"mosaicMethod":"esriMosaicNone","mosaicOperation":"MT_FIRST"}',
    }


def test_without_options_the_source_is_plain(image_server: ImageServerProcess) -> None:
    layer = picture(image_server)
    url = image_server.service("Olinda/Landsat")
    assert layer.source().strip() == f"crs='EPSG:31985' format='PNG32' layer='' url='{url}'"
    assert QgsLayerNotesUtils.layerNotes(layer) == ""


def test_a_layer_with_options_says_that_it_needs_the_plugin(image_server: ImageServerProcess) -> None:
    note = QgsLayerNotesUtils.layerNotes(picture(image_server, band_index="4;3;2"))
    assert "Image Server Layer" in note


@pytest.mark.parametrize(
    ("arguments", "raster"),
    [
        ({"mosaic_method": "LOCK_RASTER", "lock_rasterid": "6"}, 6),
        ({"where_clause": HOSTILE_WHERE, "mosaic_method": "BY_ATTRIBUTE", "order_field": "Best"}, 2),
    ],
)
def test_rules_of_the_mosaic_reach_the_server(
    image_server: ImageServerProcess, arguments: dict[str, str], raster: int
) -> None:
    layer = picture(image_server, band_index="4;3;2", **arguments)
    part = QgsRectangle(*landsat_extent(260, 300, 40, 40) if raster == 6 else landsat_extent(120, 10, 40, 40))
    left, top = (260, 300) if raster == 6 else (120, 10)
    pixels, errors = drawn(layer, part, (40, 40))
    assert errors == []
    np.testing.assert_array_equal(pixels[:3], shown_by(raster)[[3, 2, 1], top : top + 40, left : left + 40])


def test_a_template_extent_is_cut_out_and_is_the_layers_extent(image_server: ImageServerProcess) -> None:
    left, top, columns, rows = 100, 120, 90, 60
    xmin, ymin, xmax, ymax = landsat_extent(left, top, columns, rows)
    layer = picture(image_server, template=f"{xmin} {ymin} {xmax} {ymax}", band_index="4;3;2", mosaic_method="NONE")
    assert layer.extent() == QgsRectangle(xmin, ymin, xmax, ymax)
    pixels, errors = drawn(layer, WHOLE)
    assert errors == []
    inside = np.zeros((352, 349), bool)
    inside[top : top + rows, left : left + columns] = True
    np.testing.assert_array_equal(pixels[:3, inside], infrared(BY_ID)[:, inside])
    assert not pixels[3, ~inside].any()


def test_the_clip_holds_the_chosen_function_or_the_servers_default(image_server: ImageServerProcess) -> None:
    extent = "290000 9112000 296000 9118000"
    for template, function in (("Slope", "Slope"), (None, "Hillshade")):
        image_server.clear()
        drawn(picture(image_server, "Olinda/ElevationDefault", template=extent, processing_template=template))
        rule = image_server.requests(operation="exportImage")[-1].query["renderingRule"]
        assert rule.startswith('{"rasterFunction":"Clip"')
        assert f'"Raster":{{"rasterFunction":"{function}"}}' in rule


def test_a_cached_service_draws_options_past_its_tiles(image_server: ImageServerProcess) -> None:
    layer = picture(image_server, "Test/Cached", interpolation="NEAREST")
    image_server.clear()
    _, errors = drawn(layer)
    assert errors == []
    assert {request.operation for request in image_server.requests()} == {"exportImage"}
    plain = picture(image_server, "Test/Cached")
    image_server.clear()
    drawn(plain)
    assert {request.operation for request in image_server.requests()} == {"tile"}


def copies(layer: QgsRasterLayer, folder: Path) -> dict[str, QgsRasterLayer]:
    """Return the layer after each of the ways on which QGIS takes it."""
    document = QDomDocument()
    element = document.createElement("maplayer")
    document.appendChild(element)
    layer.writeLayerXml(element, document, QgsReadWriteContext())
    from_xml = QgsRasterLayer()
    from_xml.readLayerXml(element, QgsReadWriteContext())
    definition = QgsLayerDefinition.exportLayerDefinitionLayers([layer], QgsReadWriteContext())
    (from_definition,) = QgsLayerDefinition.loadLayerDefinitionLayers(definition, QgsReadWriteContext())
    project = QgsProject.instance()
    path = str(folder / "saved project ção.qgz")
    assert project.write(path)
    layer_id, clone = layer.id(), layer.clone()
    project.clear()
    assert project.read(path)
    return {
        "clone": clone,
        "layer XML": from_xml,
        "layer definition": from_definition,
        "project": project.mapLayer(layer_id),
    }


def test_every_copy_draws_the_same_and_can_be_edited(image_server: ImageServerProcess, tmp_path: Path) -> None:
    layer = picture(image_server, band_index="4;3;2", mosaic_method="NONE", where_clause=HOSTILE_WHERE)
    expected, _ = drawn(layer, WHOLE)
    known = read_source(layer.source(), layer.providerType())
    assert known is not None
    assert expected[3].any()
    assert known.options().where == HOSTILE_WHERE
    for way, copy in copies(layer, tmp_path).items():
        pixels, errors = drawn(copy, WHOLE)
        assert errors == [], way
        np.testing.assert_array_equal(pixels, expected, err_msg=way)
        assert read_source(copy.source(), copy.providerType()) == known, way


def test_the_extent_is_there_again_when_the_project_is_opened(image_server: ImageServerProcess, tmp_path: Path) -> None:
    layer = picture(image_server, template="290000 9112000 296000 9118000")
    layer_id, path = layer.id(), str(tmp_path / "extent.qgs")
    assert QgsProject.instance().write(path)
    QgsProject.instance().clear()
    assert QgsProject.instance().read(path)
    assert QgsProject.instance().mapLayer(layer_id).extent() == QgsRectangle(290000, 9112000, 296000, 9118000)


def test_a_wkt_only_reference_gives_the_layer_its_crs(image_server: ImageServerProcess) -> None:
    layer = picture(image_server, "Olinda/Elevation", processing_template="Hillshade")
    to_degrees = QgsCoordinateTransform(layer.crs(), QgsCoordinateReferenceSystem("EPSG:4326"), QgsProject.instance())
    center = to_degrees.transform(layer.extent().center())
    assert (center.x(), center.y()) == pytest.approx((-34.87, -7.99), abs=0.01)
