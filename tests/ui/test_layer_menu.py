"""What the menu of a layer does to it, without the form."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsProject, QgsRasterLayer
from qgis.PyQt.QtWidgets import QMenu

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.processing_template import RAW, ProcessingTemplate
from image_server_layer.plugin.service.kept_answers import KeptAnswers
from image_server_layer.plugin.service.vocabulary import MosaicMethod
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.reading import qgis_pixels
from image_server_layer.tests.truth import BY_ID, mosaic
from image_server_layer.tests.ui.editing import Window, entry, filled, options
from image_server_layer.tests.ui.forms import idle, messages
from image_server_layer.tests.ui.services import store_token
from image_server_layer.tests.ui.waiting import let_pass, wait_until

WEB_MERCATOR = QgsCoordinateReferenceSystem("EPSG:3857")
LANDSAT = "Olinda/Landsat"


def menus(window: Window, layer: QgsRasterLayer) -> tuple[QMenu, QMenu]:
    """Open the quick ways of a layer, and wait until its service has been read."""
    window.activate(layer)
    quick = window.editing.menu.quick
    filled(quick, lambda: len(quick.templates.actions()) > 1)
    return quick.templates, quick.methods


def checked(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.isChecked()]


def texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


def test_the_menus_say_what_there_is_and_what_is_set(window: Window, image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service(LANDSAT), processing_template="NDVI", mosaic_method="NONE")
    image_server.clear()
    templates, methods = menus(window, layer)
    assert checked(templates) == ["NDVI"]
    assert texts(templates)[1] == "None (pixels as they are)"
    assert checked(methods) == ["None (by raster id)"]
    assert "Lock raster…" in texts(methods)
    assert [request.path.rpartition("/")[2] for request in image_server.requests()] == ["ImageServer"]
    menus(window, layer)
    assert len(image_server.requests()) == 1


def test_nothing_waits_for_the_server_while_a_menu_opens(window: Window, image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service(LANDSAT))
    image_server.settings(latency=0.3)
    window.activate(layer)
    quick = window.editing.menu.quick
    quick.aboutToShow.emit()
    assert texts(quick.templates) == ["Reading the image service…"]
    assert not quick.templates.actions()[0].isEnabled()
    wait_until(lambda: len(quick.templates.actions()) > 1)


def test_a_server_that_does_not_answer_is_told_of_and_asked_again(
    window: Window, image_server: ImageServerProcess
) -> None:
    layer = make_image_server_layer(image_server.service(LANDSAT))
    image_server.fault("status", match="ImageServer")
    window.activate(layer)
    quick = window.editing.menu.quick
    filled(quick, lambda: texts(quick.templates) != ["Reading the image service…"])
    (said,) = texts(quick.templates)
    assert "500" in said
    image_server.reset()
    assert "NDVI" in texts(menus(window, layer)[0])


def test_a_template_is_set_in_place_and_undone(window: Window, image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service(LANDSAT), "Coast", processing_template="None")
    source, layer_id = layer.source(), layer.id()
    entry(menus(window, layer)[0], "NDVI").trigger()
    wait_until(lambda: layer.source() != source)
    assert options(layer) == LayerOptions(processing_template=ProcessingTemplate("NDVI"))
    assert (layer.id(), layer.name(), layer.bandCount()) == (layer_id, "Coast", 1)
    assert checked(menus(window, layer)[0]) == ["NDVI"]
    window.press("Undo")
    assert (layer.source(), layer.bandCount()) == (source, 6)
    assert checked(menus(window, layer)[0]) == ["None (pixels as they are)"]


def test_bands_that_a_template_does_not_yield_are_given_up(window: Window, image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service(LANDSAT), processing_template="None", band_index="6;5;4")
    entry(menus(window, layer)[0], "NDVI").trigger()
    wait_until(lambda: layer.bandCount() == 1)
    assert options(layer).bands is None


def test_a_method_is_set_in_place_without_what_only_the_former_used(
    window: Window, image_server: ImageServerProcess
) -> None:
    layer = make_image_server_layer(image_server.service(LANDSAT), processing_template="None", lock_rasterid="3;5")
    assert checked(menus(window, layer)[1]) == ["Lock raster"]
    entry(window.editing.menu.quick.methods, "None (by raster id)").trigger()
    wait_until(lambda: options(layer).mosaic_method is MosaicMethod.NONE)
    assert options(layer) == LayerOptions(processing_template=RAW, mosaic_method=MosaicMethod.NONE)
    np.testing.assert_array_equal(qgis_pixels(layer), mosaic(BY_ID))


def test_a_method_that_says_nothing_by_itself_opens_the_form(window: Window, image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service(LANDSAT))
    entry(menus(window, layer)[1], "Lock raster…").trigger()
    assert len(window.editing.editor.windows()) == 1


def test_more_functions_than_a_menu_holds_are_in_the_form(window: Window, image_server: ImageServerProcess) -> None:
    templates = menus(window, make_image_server_layer(image_server.service("Test/ManyFunctions")))[0]
    assert len(templates.actions()) < 40
    more = templates.actions()[-1]
    assert more.text() == "All 499 Templates…"
    more.trigger()
    assert len(window.editing.editor.windows()) == 1


def test_a_layer_with_credentials_cannot_open_without_the_plugin(
    window: Window, image_server: ImageServerProcess
) -> None:
    layer = make_image_server_layer(image_server.service("Test/Secured"), authcfg=store_token())
    window.activate(layer)
    quick = window.editing.menu.quick
    filled(quick, lambda: texts(quick.templates) != ["Reading the image service…"])
    assert quick.portable.isVisible()
    assert not quick.portable.isEnabled()


@pytest.mark.parametrize("begins_as", ["imageserver", "gdal"])
def test_a_layer_is_made_portable_or_live_in_place(
    window: Window, image_server: ImageServerProcess, begins_as: str
) -> None:
    layer = make_image_server_layer(image_server.service(LANDSAT), processing_template="None", provider=begins_as)
    source, pixels = layer.source(), qgis_pixels(layer)
    quick = window.editing.menu.quick
    menus(window, layer)
    assert (quick.portable.isVisible(), quick.live.isVisible()) == (begins_as != "gdal", begins_as == "gdal")
    (quick.live if begins_as == "gdal" else quick.portable).trigger()
    wait_until(lambda: layer.providerType() != begins_as)
    assert layer.source() == source
    np.testing.assert_array_equal(qgis_pixels(layer), pixels)
    window.press("Undo")
    assert (layer.source(), layer.providerType()) == (source, begins_as)


def test_refreshing_reads_the_service_and_asks_for_all_pixels_again(
    window: Window, image_server: ImageServerProcess, kept_answers: KeptAnswers
) -> None:
    layer = make_image_server_layer(image_server.service(LANDSAT), processing_template="None")
    qgis_pixels(layer)
    menus(window, layer)
    image_server.clear()
    qgis_pixels(layer)
    assert image_server.requests() == []
    window.editing.menu.quick.refresh.trigger()
    wait_until(lambda: messages(window.iface.bar))
    assert len(image_server.requests(operation="exportImage")) == 1
    # Though what the service says of itself was known.
    assert len(image_server.requests(operation="")) == 1
    assert kept_answers.size[0] == 1
    qgis_pixels(layer)
    assert len(image_server.requests(operation="exportImage")) == 2


def test_a_change_is_canceled_with_the_plugin(window: Window, image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service(LANDSAT))
    source = layer.source()
    templates, _ = menus(window, layer)
    image_server.settings(latency=0.4)
    entry(templates, "NDVI").trigger()
    window.editing.stop()
    wait_until(idle)
    let_pass(0.2)
    window.editing.start()
    assert layer.source() == source
    assert messages(window.iface.bar) == []


def test_layers_without_a_mosaic_have_no_methods(window: Window, image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("PuertoRico/LandCover"))
    _, methods = menus(window, layer)
    assert not methods.menuAction().isEnabled()


def test_other_layers_have_no_entries(window: Window, project: QgsProject) -> None:
    other = QgsRasterLayer("/nowhere.tif", "other")
    project.addMapLayer(other)
    assert all(other not in layers for layers in window.iface.actions_of_layers.values())


def test_freezing_orders_the_rasters_around_the_middle_of_the_map_in_the_services_reference_system(
    window: Window, image_server: ImageServerProcess, project: QgsProject
) -> None:
    layer = make_image_server_layer(image_server.service(LANDSAT), mosaic_method="CLOSEST_TO_CENTER")
    canvas = window.iface.mapCanvas()
    canvas.setDestinationCrs(WEB_MERCATOR)
    there = QgsCoordinateTransform(layer.crs(), WEB_MERCATOR, project)
    canvas.setExtent(there.transformBoundingBox(layer.extent()))
    middle = QgsCoordinateTransform(WEB_MERCATOR, layer.crs(), project).transform(canvas.extent().center())
    menus(window, layer)
    assert window.editing.menu.quick.freeze.isVisible()
    image_server.clear()
    before, had = layer.source(), options(layer)
    window.editing.menu.quick.freeze.trigger()
    wait_until(lambda: layer.source() != before)
    has = options(layer)
    assert has == replace(had, mosaic_method=MosaicMethod.VIEWPOINT, viewpoint=has.viewpoint)
    assert has.viewpoint == pytest.approx((middle.x(), middle.y()))
    (probe,) = image_server.requests(operation="exportImage")
    point = json.loads(probe.query["mosaicRule"])["viewpoint"]
    assert (point["x"], point["y"]) == pytest.approx((middle.x(), middle.y()))
    assert point["spatialReference"] == {"wkid": 31985}
    menus(window, layer)
    assert not window.editing.menu.quick.freeze.isVisible()
