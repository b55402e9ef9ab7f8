"""The form edits a layer in place, and *Undo* brings it back."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import Any
from xml.etree.ElementTree import canonicalize

import numpy as np
import pytest
from qgis.core import (
    QgsLayoutItemMap,
    QgsMapThemeCollection,
    QgsMultiBandColorRenderer,
    QgsPrintLayout,
    QgsProject,
    QgsRasterLayer,
    QgsReadWriteContext,
    QgsRelation,
    QgsVectorLayer,
    QgsVectorLayerJoinInfo,
)
from qgis.PyQt.QtCore import QEvent
from qgis.PyQt.QtGui import QPainter
from qgis.PyQt.QtWidgets import QApplication, QPushButton
from qgis.PyQt.QtXml import QDomDocument

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.backend.source import Kind
from image_server_layer.plugin.layer.edit import source_of
from image_server_layer.plugin.layer.kind import Provider
from image_server_layer.plugin.layer.request import LayerRequest
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.processing_template import RAW
from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.vocabulary import MosaicMethod
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.imageserver.security import REFERER
from image_server_layer.tests.reading import qgis_pixels
from image_server_layer.tests.truth import mosaic
from image_server_layer.tests.ui.editing import Window, options
from image_server_layer.tests.ui.forms import OPTIONS, messages
from image_server_layer.tests.ui.hand import click, replace_text
from image_server_layer.tests.ui.services import store_token
from image_server_layer.tests.ui.waiting import wait_until
from image_server_layer.ui.entry.dialog import EditLayerDialog
from image_server_layer.ui.form.layer_form import LayerForm

LANDSAT = "Olinda/Landsat"


def made(server: ImageServerProcess, **others: Any) -> QgsRasterLayer:
    """Make a layer with some of everything."""
    arguments: dict[str, Any] = {
        "template": "290000 9112000 296000 9118000",
        "cell_size": 30,
        "band_index": "4;3;2",
        "processing_template": "None",
        "mosaic_method": "BY_ATTRIBUTE",
        "order_field": "CloudCover",
        "order_base_value": 0,
        "ascending": True,
        "where_clause": "CloudCover < 50",
        "nodata": 0,
        **others,
    }
    layer = make_image_server_layer(server.service(LANDSAT), "Coast", **arguments)
    assert options(layer) == OPTIONS
    return layer


def state(layer: QgsRasterLayer) -> dict[str, object]:
    """Return all that QGIS would save of a layer."""
    document = QDomDocument()
    element = document.createElement("maplayer")
    layer.writeLayerXml(element, document, QgsReadWriteContext())
    document.appendChild(element)
    # PyQt has more than one empty list, which QGIS writes differently.
    xml = canonicalize(document.toString()).replace('/notes" type="invalid">', '/notes">')
    return {"xml": xml, "source": layer.source(), "provider": layer.providerType()}


def wanted(form: LayerForm) -> LayerRequest:
    request = form.request()
    assert request is not None
    return request


def change(form: LayerForm, chosen: LayerOptions) -> None:
    """Choose other options in a form, as its sections do."""
    form.state.show(chosen)
    wait_until(lambda: not form.problem())


def test_the_form_shows_what_the_layer_is_made_of(
    window: Window, image_server: ImageServerProcess, project: QgsProject
) -> None:
    layer = made(image_server)
    image_server.clear()
    form = window.edit(layer).form
    assert form.options() == options(layer)
    assert form.name_edit.text() == "Coast"
    assert form._kind.kind() is Kind.VALUES
    assert form._add_button.text() == "&Apply"
    assert form._buttons.finish.text() == "&OK"
    assert form.problem() == ""
    assert image_server.requests(operation="exportImage") == []
    assert len(project.mapLayers()) == 1


@pytest.mark.parametrize("provider", ["imageserver", "gdal"])
def test_the_layer_changes_in_place_and_undo_brings_it_back_exactly(
    window: Window, image_server: ImageServerProcess, project: QgsProject, provider: str
) -> None:
    layer = made(image_server, provider=provider)
    other = make_image_server_layer(image_server.service(LANDSAT), "Above")
    layer.setBlendMode(QPainter.CompositionMode.CompositionMode_Multiply)
    layer.setCustomProperty("mine", "kept")
    layer.renderer().setRedBand(3)
    layer.setOpacity(0.5)
    before, pixels = state(layer), qgis_pixels(layer)
    order = [node.layerId() for node in project.layerTreeRoot().findLayers()]
    layer_id, style = layer.id(), renderer_xml(layer)
    form = window.edit(layer).form
    assert wanted(form).provider is (Provider.GDAL if provider == "gdal" else None)
    changed = replace(OPTIONS, where="CloudCover < 20", order_base_value=None)
    change(form, changed)
    project.setDirty(False)
    click(form._buttons.finish)
    wait_until(lambda: options(layer) == changed)
    assert project.isDirty()
    assert (layer.id(), layer.name(), layer.providerType()) == (layer_id, "Coast", provider)
    assert [node.layerId() for node in project.layerTreeRoot().findLayers()] == order
    assert layer.blendMode() == QPainter.CompositionMode.CompositionMode_Multiply
    assert layer.customProperty("mine") == "kept"
    assert renderer_xml(layer) == style
    assert window.editing.editor.windows() == []
    assert messages(window.iface.bar) == ["The layer “Coast” was changed."]
    project.setDirty(False)
    window.press("Undo")
    assert project.isDirty()
    assert state(layer) == before
    np.testing.assert_array_equal(qgis_pixels(layer), pixels)
    assert messages(window.iface.bar) == []
    assert other.isValid()


def renderer_xml(layer: QgsRasterLayer) -> str:
    """Return the style of a layer as QGIS saves it."""
    document = QDomDocument()
    element = document.createElement("renderer")
    layer.renderer().writeXml(document, element)
    document.appendChild(element)
    return canonicalize(document.toString())


def test_a_style_that_does_not_fit_gives_way_and_comes_back(window: Window, image_server: ImageServerProcess) -> None:
    layer = made(image_server)
    layer.setOpacity(0.5)
    layer.renderer().setRedBand(3)
    style, form = renderer_xml(layer), window.edit(layer).form
    change(form, replace(OPTIONS, bands=(4,)))
    click(form._add_button)
    wait_until(lambda: layer.bandCount() == 1)
    assert layer.opacity() == 0.5
    (said,) = messages(form.message_bar)
    assert said == "The layer “Coast” was changed. Its style did not fit the new bands, so it has the service's own."
    (undo,) = (b for item in form.message_bar.items() for b in item.findChildren(QPushButton))
    undo.click()
    assert isinstance(layer.renderer(), QgsMultiBandColorRenderer)
    assert renderer_xml(layer) == style


def test_what_was_changed_last_is_undone_first(window: Window, image_server: ImageServerProcess) -> None:
    layer = made(image_server)
    sources, undo = [layer.source()], []
    for where in ("CloudCover < 20", "CloudCover < 40"):
        form = window.edit(layer).form
        change(form, replace(OPTIONS, where=where))
        click(form._buttons.finish)
        wait_until(lambda: layer.source() not in sources)
        sources.append(layer.source())
        undo.append(window.button("Undo"))
    undo[0].click()
    assert layer.source() == sources[2]
    assert "The layer “Coast” has been changed again since; undo that first." in messages(window.iface.bar)
    undo[1].click()
    assert layer.source() == sources[1]
    undo[0].click()
    assert layer.source() == sources[0]


def test_undo_brings_back_what_was_said_of_the_layer(window: Window, image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service(LANDSAT), "Coast", order_field="Best")
    notes, abstract = layer.customProperty("image_server_layer/notes"), layer.metadata().abstract()
    assert "has no effect" in notes[0]
    form = window.edit(layer).form
    change(form, replace(options(layer), order_field="", where="CloudCover < 20"))
    click(form._buttons.finish)
    wait_until(lambda: options(layer).where == "CloudCover < 20")
    assert layer.customProperty("image_server_layer/notes") == []
    assert layer.metadata().abstract() != abstract
    window.press("Undo")
    assert layer.customProperty("image_server_layer/notes") == notes
    assert layer.metadata().abstract() == abstract


def test_a_layer_gets_the_name_that_is_typed(window: Window, image_server: ImageServerProcess) -> None:
    layer = made(image_server)
    form = window.edit(layer).form
    replace_text(form.name_edit, "Olinda & sea")
    click(form._buttons.finish)
    wait_until(lambda: layer.name() == "Olinda & sea")
    window.press("Undo")
    assert layer.name() == "Coast"


def test_undo_leaves_a_name_that_was_given_since(window: Window, image_server: ImageServerProcess) -> None:
    layer = made(image_server)
    before = layer.source()
    form = window.edit(layer).form
    change(form, replace(OPTIONS, where="CloudCover < 20"))
    click(form._buttons.finish)
    wait_until(lambda: layer.source() != before)
    layer.setName("Beach")
    window.press("Undo")
    assert (layer.source(), layer.name()) == (before, "Beach")


def test_the_window_follows_the_name_in_the_layer_tree(window: Window, image_server: ImageServerProcess) -> None:
    layer = made(image_server)
    dialog = window.edit(layer)

    def come_back() -> None:
        QApplication.sendEvent(dialog, QEvent(QEvent.Type.ActivationChange))

    layer.setName("Beach")
    come_back()
    assert (dialog.windowTitle(), dialog.form.name_edit.text()) == ("Edit Image Server Layer – Beach", "Beach")
    replace_text(dialog.form.name_edit, "Typed")
    layer.setName("Dunes")
    come_back()
    assert (dialog.windowTitle(), dialog.form.name_edit.text()) == ("Edit Image Server Layer – Dunes", "Typed")
    click(dialog.form._buttons.finish)
    wait_until(lambda: layer.name() == "Typed")


def test_the_service_is_asked_as_the_layer_asks_it(
    window: Window, image_server: ImageServerProcess, project: QgsProject
) -> None:
    del project
    authcfg = store_token()
    url = image_server.service("Test/SecuredReferer")
    layer = make_image_server_layer(url, authcfg=authcfg, referer=REFERER, timeout=17)
    image_server.clear()
    form = window.edit(layer).form
    assert wanted(form).access == Access(authcfg, REFERER, 17)
    assert {request.status for request in image_server.requests()} == {200}


def test_a_layer_of_qgis_own_provider_becomes_ours_and_undo_gives_it_back(
    window: Window, image_server: ImageServerProcess, project: QgsProject
) -> None:
    uri = f"crs='EPSG:31985' format='PNG32' layer='' url='{image_server.service(LANDSAT)}'"
    layer = QgsRasterLayer(uri, "By QGIS", "arcgismapserver")
    assert layer.isValid()
    project.addMapLayer(layer)
    form = window.edit(layer).form
    assert form.options() == LayerOptions()
    assert form._kind.kind() is Kind.PICTURE
    change(form, LayerOptions(mosaic_method=MosaicMethod.LOCK_RASTER, lock_raster_ids=(3,)))
    click(form._buttons.finish)
    wait_until(lambda: layer.providerType() == "imageserver")
    assert (layer.name(), options(layer).lock_raster_ids) == ("By QGIS", (3,))
    window.press("Undo")
    assert (layer.providerType(), layer.source()) == ("arcgismapserver", uri)


def test_a_layer_of_the_provider_of_qgis_4_2_becomes_ours_too(
    window: Window, image_server: ImageServerProcess, project: QgsProject
) -> None:
    """Releases before have no such provider, so that the layer cannot be drawn there until it is ours."""
    uri = f"crs='EPSG:31985' format='LERC' layer='0' url='{image_server.service(LANDSAT)}'"
    layer = QgsRasterLayer(uri, "By QGIS 4.2", "arcgisimageserver")
    project.addMapLayer(layer)
    layer_id, source = layer.id(), layer.source()
    form = window.edit(layer).form
    # It has the values.
    assert (form.options(), form._kind.kind()) == (LayerOptions(), None)
    change(form, LayerOptions(bands=(4, 3, 2)))
    click(form._buttons.finish)
    wait_until(lambda: layer.providerType() == "imageserver")
    assert (layer.id(), layer.name(), layer.isValid()) == (layer_id, "By QGIS 4.2", True)
    assert options(layer).bands == (4, 3, 2)
    window.press("Undo")
    assert (layer.providerType(), layer.source()) == ("arcgisimageserver", source)


def test_what_else_of_the_project_refers_to_layers_stays(
    window: Window, image_server: ImageServerProcess, project: QgsProject
) -> None:
    """Joins and relations of other layers, map themes, layouts and the order of drawing."""
    layer = made(image_server)
    scenes, owners = (QgsVectorLayer(f"None?field=id:int&field={n}:string", n, "memory") for n in ("scenes", "owners"))
    project.addMapLayers([scenes, owners])
    join = QgsVectorLayerJoinInfo()
    join.setJoinLayer(owners)
    join.setJoinFieldName("id")
    join.setTargetFieldName("id")
    scenes.addJoin(join)
    relation = QgsRelation()
    relation.setId("owner")
    relation.setReferencingLayer(scenes.id())
    relation.setReferencedLayer(owners.id())
    relation.addFieldPair("id", "id")
    project.relationManager().addRelation(relation)
    theme = QgsMapThemeCollection.MapThemeRecord()
    theme.setLayerRecords([QgsMapThemeCollection.MapThemeLayerRecord(layer)])
    project.mapThemeCollection().insert("imagery", theme)
    project.layerTreeRoot().setHasCustomLayerOrder(True)
    project.layerTreeRoot().setCustomLayerOrder([scenes, layer, owners])
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    shown = QgsLayoutItemMap(layout)
    shown.setKeepLayerSet(True)
    shown.setLayers([layer])
    layout.addLayoutItem(shown)
    project.layoutManager().addLayout(layout)

    def referred() -> dict[str, object]:
        return {
            "joins": [(found.joinLayerId(), found.targetFieldName()) for found in scenes.vectorJoins()],
            "fields": scenes.fields().names(),
            "relations": {name: found.isValid() for name, found in project.relationManager().relations().items()},
            "theme": project.mapThemeCollection().mapThemeVisibleLayerIds("imagery"),
            "order": [found.id() for found in project.layerTreeRoot().layerOrder()],
            "layout": [found.id() for found in shown.layers()],
        }

    before = referred()
    assert before["relations"] == {"owner": True}
    assert (before["theme"], before["layout"]) == ([layer.id()], [layer.id()])
    form = window.edit(layer).form
    change(form, replace(OPTIONS, bands=(4,)))
    click(form._buttons.finish)
    wait_until(lambda: layer.bandCount() == 1)
    assert referred() == before
    window.press("Undo")
    assert referred() == before


def test_a_copy_from_another_project_is_edited(
    window: Window, image_server: ImageServerProcess, project: QgsProject
) -> None:
    copy = made(image_server).clone()
    project.clear()
    project.addMapLayer(copy)
    form = window.edit(copy).form
    assert form.options() == OPTIONS
    locked = LayerOptions(mosaic_method=MosaicMethod.LOCK_RASTER, lock_raster_ids=(5,), processing_template=RAW)
    change(form, locked)
    form._add_button.click()
    wait_until(lambda: options(copy).lock_raster_ids == (5,))
    np.testing.assert_array_equal(qgis_pixels(copy), mosaic((5,)))


def test_options_of_a_later_version_are_shown_and_not_changed(
    window: Window, image_server: ImageServerProcess, project: QgsProject
) -> None:
    layer = made(image_server)
    later = '{"from":2031,"v":99,"where":"CloudCover < 20"}'
    source = source_of(layer)
    assert source is not None
    source = replace(source, options_json=later)
    project.removeMapLayer(layer.id())
    layer = QgsRasterLayer(source.text(), "Later", "imageserver")
    project.addMapLayer(layer)
    form = window.edit(layer).form
    assert form.options().where == "CloudCover < 20"
    assert form.problem().startswith("The layer's options have version 99, and this plugin knows versions up to")
    assert form.summary_label.text() == form.problem()
    assert not form._add_button.isEnabled()
    assert not form.name_edit.isEnabled()
    assert escape(form.problem(), quote=False) in form._add_button.toolTip()


def test_a_source_of_a_later_version_is_told_of(
    window: Window, image_server: ImageServerProcess, project: QgsProject
) -> None:
    layer = made(image_server)
    text = layer.source().replace("<MDI key='version'>1<", "<MDI key='version'>7<")
    project.removeMapLayer(layer.id())
    layer = QgsRasterLayer(text, "Later", "gdal")
    project.addMapLayer(layer)
    window.editing.editor.edit(layer)
    assert window.editing.editor.windows() == []
    (said,) = messages(window.iface.bar)
    assert said.startswith("The layer's source has version 7")


def test_the_window_goes_with_its_layer(window: Window, image_server: ImageServerProcess, project: QgsProject) -> None:
    layer = made(image_server)
    dialog = window.edit(layer)
    window.editing.editor.edit(layer)
    assert window.editing.editor.windows() == [dialog]
    project.removeMapLayer(layer.id())
    assert not dialog.isVisible()
    assert window.editing.editor.windows() == []


def test_a_removed_layer_is_not_undone(window: Window, image_server: ImageServerProcess, project: QgsProject) -> None:
    layer = made(image_server)
    form = window.edit(layer).form
    change(form, replace(OPTIONS, where="CloudCover < 20"))
    click(form._buttons.finish)
    wait_until(lambda: messages(window.iface.bar))
    project.removeMapLayer(layer.id())
    window.press("Undo")
    assert not project.mapLayers()


def test_a_refused_change_says_why_and_changes_nothing(window: Window, image_server: ImageServerProcess) -> None:
    layer = made(image_server)
    source, dialog = layer.source(), window.edit(layer)
    change(dialog.form, replace(OPTIONS, where="CloudCover < 20"))
    image_server.fault("status")
    click(dialog.form._buttons.finish)
    wait_until(lambda: messages(dialog.form.message_bar))
    assert layer.source() == source
    assert isinstance(dialog, EditLayerDialog)
    assert dialog.isVisible()
