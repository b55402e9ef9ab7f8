"""A layer of a document is the layer that its options make by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsFeedback,
    QgsProject,
)

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.documents.document import Document
from image_server_layer.plugin.documents.reader import parse_document, read_document_file
from image_server_layer.plugin.layer.document_layers import (
    PlannedDocument,
    known_access,
    plan_document,
    portal_access,
    read_portal_map,
    shown_layer,
)
from image_server_layer.plugin.layer.document_places import DocumentPlaces
from image_server_layer.plugin.layer.edit import options_of
from image_server_layer.plugin.layer.factory import build_layer
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.processing_template import ProcessingTemplate
from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.address import Connection, PortalItem
from image_server_layer.plugin.service.errors import CanceledError
from image_server_layer.tests.credentials import store_credentials
from image_server_layer.tests.documents.examples import definition, file_for, layer_file, map_layer, web_map
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.imageserver.security import TOKEN
from image_server_layer.tests.imageserver.web_map import COAST_MAP
from image_server_layer.tests.reading import qgis_pixels
from image_server_layer.tests.truth import NORTH_WEST, mosaic

CONTEXT = QgsCoordinateTransformContext()


def planned(document: Document) -> PlannedDocument:
    return plan_document(document, known_access({}), CONTEXT, QgsFeedback())


def site(server: ImageServerProcess) -> str:
    return f"{server.origin}/arcgis"


def in_utm(x: float, y: float) -> tuple[float, float]:
    """Return a place, given in degrees, in the CRS of the Landsat mosaic."""
    transform = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4326"), QgsCoordinateReferenceSystem("EPSG:31985"), CONTEXT
    )
    place = transform.transform(x, y)
    return place.x(), place.y()


def tree(node: Any) -> Any:
    """Return the layer tree as names, with `-` before what is switched off."""
    sign = "" if node.itemVisibilityChecked() else "-"
    name = f"{sign}{node.name()}"
    return [name, *map(tree, node.children())] if hasattr(node, "findLayers") else name


def test_a_layer_file_draws_what_its_options_draw(image_server: ImageServerProcess, tmp_path: Path) -> None:
    found = planned(read_document_file(file_for("landsat.lyrx", site(image_server), tmp_path)))
    (entry,) = found.layers
    layer = build_layer(entry.plan)
    by_hand = make_image_server_layer(
        image_server.service("Olinda/Landsat"),
        "Coast, clear days",
        None,
        "4;3;2",
        "BY_ATTRIBUTE",
        "CloudCover",
        0,
        None,
        None,
        "CloudCover < 50",
        "None",
        ascending=False,
        mosaic_operation="FIRST",
        interpolation="NEAREST",
        add_to_project=False,
    )
    assert layer.source() == by_hand.source()
    assert options_of(layer) == options_of(by_hand)
    np.testing.assert_array_equal(qgis_pixels(layer), qgis_pixels(by_hand))
    assert (layer.name(), layer.opacity()) == ("Coast, clear days", pytest.approx(0.6))
    assert (layer.hasScaleBasedVisibility(), layer.minimumScale(), layer.maximumScale()) == (True, 2e6, 5000)
    assert found.report == ("Left out of the layer “Coast, clear days”: the symbology.",)


def test_a_map_keeps_groups_order_and_what_is_switched_on(
    image_server: ImageServerProcess, tmp_path: Path, project: QgsProject
) -> None:
    below = make_image_server_layer(image_server.service("Olinda/Elevation"), "below")
    found = planned(read_document_file(file_for("coast.mapx", site(image_server), tmp_path)))
    assert [entry.layer.name for entry in found.layers] == ["Vegetation", "Two scenes", "Relief"]
    places = DocumentPlaces(project)
    for entry in found.layers:
        places.add(build_layer(entry.plan), entry.layer)
    assert tree(project.layerTreeRoot()) == [
        "",
        ["Imagery", "-Vegetation", ["-Dates", "Two scenes"]],
        "Relief",
        "below",
    ]
    assert "“Relief” is a single raster, so these options were left out: " in found.report[0]
    vegetation, scenes, relief = (entry.plan.options for entry in found.layers)
    assert vegetation.viewpoint == pytest.approx(in_utm(-34.83844, -8.04136))
    assert scenes.lock_raster_ids == (7, 2)
    assert relief == LayerOptions()
    project.removeMapLayers([layer_id for layer_id in project.mapLayers() if layer_id != below.id()])
    places.remove_empty_groups()
    assert tree(project.layerTreeRoot()) == ["", "below"]


def test_a_service_that_cannot_be_added_is_left_out_and_the_others_are_not(image_server: ImageServerProcess) -> None:
    good, gone = image_server.service("Olinda/Landsat"), image_server.service("Olinda/Gone")
    content = layer_file(
        [
            definition("Gone", gone),
            definition("Coast", good),
            definition("Closed", image_server.service("Test/Secured")),
        ]
    )
    found = planned(parse_document(content, "a.lyrx"))
    assert ([entry.layer.name for entry in found.layers], found.failed) == (["Coast"], 2)
    first, second = found.report
    assert first.startswith(f"The layer “Gone” is left out: There is no image service at {gone}")
    assert second.startswith("The layer “Closed” is left out: ")


def test_progress_is_told_and_cancel_stops_at_once(image_server: ImageServerProcess) -> None:
    url = image_server.service("Olinda/Landsat")
    document = parse_document(layer_file([definition(f"L{number}", url) for number in range(4)]), "a.lyrx")
    feedback, told = QgsFeedback(), list[float]()

    def on_progress(percent: float) -> None:
        told.append(percent)
        if percent == 50:
            feedback.cancel()

    with pytest.raises(CanceledError):
        plan_document(document, known_access({}), CONTEXT, feedback, on_progress)
    assert told == [0, 25, 50]


def test_credentials_go_to_the_servers_that_they_are_saved_for() -> None:
    saved = {
        "Harbor": Connection("Harbor", "https://gis.example/arcgis/rest/services", "abc1234", "https://me.example")
    }
    access_of = known_access(saved, 7)
    assert access_of("https://GIS.example/other/rest/services/A/ImageServer") == Access(
        "abc1234", "https://me.example", 7
    )
    for url in ("http://gis.example/a", "https://gis.example:6443/a", "https://gis.example.evil.example/a"):
        assert access_of(url) == Access(timeout=7)
    saved["Other site"] = Connection("Other site", "https://gis.example/portal2/rest/services", "xyz9876")
    assert known_access(saved)("https://gis.example/portal2/rest/services/A/ImageServer").authcfg == "xyz9876"
    item = PortalItem("https://portal.example/portal/sharing/rest/content/items/a")
    own = Access("def5678")
    both = portal_access(item, own, access_of)
    assert both("https://portal.example/server/rest/services/A/ImageServer") == own
    assert both("https://gis.example/arcgis/rest/services/A/ImageServer").authcfg == "abc1234"
    assert both("https://evil.example/arcgis/rest/services/A/ImageServer") == Access(timeout=7)


def test_a_web_map_of_a_portal_is_read(image_server: ImageServerProcess) -> None:
    item = PortalItem(f"{image_server.origin}/portal/sharing/rest/content/items/{COAST_MAP}")
    document = read_portal_map(item, Access())
    assert document.title == "Coast map"
    assert [layer.name for layer in document.layers] == ["Scenes", "By its item", "Relief"]
    found = planned(document)
    assert [(entry.plan.service.name, entry.plan.look.opacity) for entry in found.layers] == [
        ("Olinda/Landsat", 0.75),
        ("Olinda/Landsat", 1),
        ("Olinda/Elevation", 1),
    ]
    assert found.report == (
        "The layer “Places” is left out: It is of the type ArcGISFeatureLayer, not an image service.",
    )


def test_an_item_of_an_image_service_is_a_document_with_one_layer(image_server: ImageServerProcess) -> None:
    item = PortalItem(f"{image_server.origin}/portal/sharing/rest/content/items/0123456789abcdef0123456789abcdef")
    (layer,) = read_portal_map(item, Access()).layers
    assert layer.address.url == image_server.service("Olinda/Landsat")


def test_nothing_is_asked_before_a_layer_is_added(image_server: ImageServerProcess, tmp_path: Path) -> None:
    path = file_for("coast.mapx", site(image_server), tmp_path)
    image_server.clear()
    read_document_file(path)
    assert image_server.requests() == []


def test_no_token_of_a_document_is_sent(image_server: ImageServerProcess) -> None:
    url = f"{image_server.service('Test/Secured')}?token={TOKEN}"
    image_server.clear()
    found = planned(parse_document(web_map(map_layer(url=url)), "map"))
    assert (found.layers, found.failed) == ((), 1)
    assert all(TOKEN not in str(request) for request in image_server.requests())


def test_a_function_that_every_server_has_needs_no_publishing(image_server: ImageServerProcess) -> None:
    url = image_server.service("Olinda/Landsat")
    rules = [map_layer(name, url, renderingRule={"rasterFunction": name}) for name in ("Nonsense", "NDVI", "Identity")]
    found = planned(parse_document(web_map(*rules), "map"))
    identity, ndvi = (entry.plan.options.processing_template for entry in found.layers)
    assert identity == ProcessingTemplate(function={"rasterFunction": "Identity"})
    assert ndvi == ProcessingTemplate("NDVI")
    np.testing.assert_array_equal(qgis_pixels(build_layer(found.layers[0].plan)), mosaic(NORTH_WEST))
    (sentence,) = (sentence for sentence in found.report if "Nonsense" in sentence)
    assert sentence.startswith("The layer “Nonsense” is left out: The server does not accept the processing template")


def test_a_secured_service_is_asked_with_what_is_saved_for_its_server(image_server: ImageServerProcess) -> None:
    authcfg = store_credentials("EsriToken", {"token": TOKEN})
    saved = {"Embedded": Connection("Embedded", image_server.url, authcfg)}
    document = parse_document(layer_file([definition("Closed", image_server.service("Test/Secured"))]), "a.lyrx")
    found = plan_document(document, known_access(saved), CONTEXT, QgsFeedback())
    (entry,) = found.layers
    assert entry.plan.connected.access.authcfg == authcfg
    assert TOKEN not in build_layer(entry.plan).source()


def test_a_form_shows_a_viewpoint_in_the_crs_of_the_service(image_server: ImageServerProcess, tmp_path: Path) -> None:
    layer = read_document_file(file_for("coast.mapx", site(image_server), tmp_path)).layers[0]
    shown = shown_layer(layer, known_access({}), CONTEXT, QgsFeedback())
    assert shown.choices.options.viewpoint == pytest.approx(in_utm(-34.83844, -8.04136))
    assert shown.report == ()
    image_server.fault("status", match="ImageServer")
    shown = shown_layer(layer, known_access({}), CONTEXT, QgsFeedback())
    assert shown.choices.options.viewpoint is None
    assert "500" in shown.report[0]


def test_a_layer_of_a_clipped_map_has_nothing_outside_of_it(image_server: ImageServerProcess) -> None:
    (x0, y0), (x1, y1) = in_utm(-34.87, -8.01), in_utm(-34.85, -7.99)
    entry = definition("Coast", image_server.service("Olinda/Landsat"))
    document = {
        "type": "CIMMapDocument",
        "mapDefinition": {
            "layers": [entry["uRI"]],
            "clippingMode": "MapExtent",
            "customFullExtent": {"xmin": -34.87, "ymin": -8.01, "xmax": -34.85, "ymax": -7.99},
            "spatialReference": {"wkid": 4326},
        },
        "layerDefinitions": [entry],
    }
    found = planned(parse_document(json.dumps(document).encode(), "a.mapx"))
    assert found.report == ()
    (only,) = found.layers
    options, source = only.plan.options, only.plan.prepared.source
    assert options.clip is not None
    cell = source.grid.cell_size[0]
    for side, meant in zip(options.clip.extent, (x0, y0, x1, y1)):
        # Parallels of degrees are no straight lines here.
        assert abs(side - meant) < 20 * cell
    assert source.grid.extent.width < (x1 - x0) + 40 * cell
    shown = shown_layer(only.layer, known_access({}), CONTEXT, QgsFeedback())
    assert shown.choices.options.clip == options.clip
