"""Layer files, maps and web maps in the form."""

from __future__ import annotations

from pathlib import Path

import pytest
from qgis.core import QgsApplication, QgsProject
from qgis.gui import QgsMessageViewer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QFileDialog, QPushButton, QTextEdit

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.layer.edit import options_of
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.service.vocabulary import MosaicMethod
from image_server_layer.tests.documents.examples import LANDSAT_OPTIONS, definition, file_for, layer_file, text_for
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.imageserver.web_map import COAST_MAP, SCENE_MAP
from image_server_layer.tests.patience import SOON
from image_server_layer.tests.ui.editing import Window, entry
from image_server_layer.tests.ui.forms import added, idle, messages, open_service, settled
from image_server_layer.tests.ui.hand import click, press
from image_server_layer.tests.ui.services import type_and_enter
from image_server_layer.tests.ui.waiting import wait_until
from image_server_layer.ui.form.layer_form import LayerForm

OPEN = "Open Layer &File…"


def site(server: ImageServerProcess) -> str:
    return f"{server.origin}/arcgis"


def choose(form: LayerForm, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Choose a file by the menu; the dialog itself is the system's."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    entry(form._menu_button.menu(), OPEN).trigger()


def button(form: LayerForm, text: str) -> QPushButton:
    return next(found for found in form.message_bar.findChildren(QPushButton) if found.text() == text)


def shows_landsat(form: LayerForm) -> bool:
    return settled(form) and form.state.known is not None and form.state.known.service.name == "Olinda/Landsat"


def test_the_form_shows_the_one_image_service_of_a_file(
    form: LayerForm,
    image_server: ImageServerProcess,
    project: QgsProject,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    choose(form, file_for("landsat.lyrx", site(image_server), tmp_path), monkeypatch)
    wait_until(lambda: shows_landsat(form) and messages(form.message_bar))
    assert form.options() == LANDSAT_OPTIONS
    assert form.name_edit.text() == "Coast, clear days"
    assert messages(form.message_bar) == ["“landsat.lyrx” is shown here. Not all of it could be taken over."]
    added(form, project)
    (layer,) = project.mapLayers().values()
    assert options_of(layer) == LANDSAT_OPTIONS
    assert (layer.name(), layer.opacity()) == ("Coast, clear days", pytest.approx(0.6))
    assert layer.minimumScale() == 2_000_000
    form.reset()
    added(form, project)
    assert sorted(round(layer.opacity(), 1) for layer in project.mapLayers().values()) == [0.6, 1]


def test_the_same_service_shows_the_options_of_the_file_at_once(
    form: LayerForm, image_server: ImageServerProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_service(form, image_server)
    choose(form, file_for("landsat.lyrx", site(image_server), tmp_path), monkeypatch)
    wait_until(lambda: settled(form) and form.options() == LANDSAT_OPTIONS)
    assert messages(form.message_bar) == ["“landsat.lyrx” is shown here. Not all of it could be taken over."]


def test_the_name_goes_with_the_service(form: LayerForm, image_server: ImageServerProcess) -> None:
    form.documents.open_text(text_for("landsat.lyrx", site(image_server)))
    wait_until(lambda: shows_landsat(form) and form.name_edit.text() == "Coast, clear days")
    open_service(form, image_server, "Olinda/Elevation")
    assert form.name_edit.text() == "Elevation"


def test_several_image_services_are_added_together_and_undone(
    form: LayerForm,
    image_server: ImageServerProcess,
    project: QgsProject,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    choose(form, file_for("coast.mapx", site(image_server), tmp_path), monkeypatch)
    wait_until(lambda: len(project.mapLayers()) == 3)
    assert messages(form.message_bar) == ["3 layers were added from “coast.mapx”. Not all of it could be taken over."]
    assert [node.name() for node in project.layerTreeRoot().children()] == ["Imagery", "Relief"]
    assert project.isDirty()
    button(form, "Undo").click()
    assert project.mapLayers() == {}
    assert project.layerTreeRoot().children() == []


def test_undo_comes_too_late_for_what_is_gone(
    form: LayerForm, image_server: ImageServerProcess, project: QgsProject
) -> None:
    form.documents.open_text(text_for("coast.mapx", site(image_server)))
    wait_until(lambda: messages(form.message_bar))
    button(form, "Add All").click()
    wait_until(lambda: len(project.mapLayers()) == 3)
    project.clear()
    button(form, "Undo").click()
    assert project.mapLayers() == {}


def test_what_could_not_be_added_is_said(
    form: LayerForm,
    image_server: ImageServerProcess,
    project: QgsProject,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "a.lyrx"
    good, gone = image_server.service("Olinda/Landsat"), image_server.service("Olinda/Gone")
    path.write_bytes(layer_file([definition("Coast", good), definition("Gone", gone)]))
    choose(form, path, monkeypatch)
    wait_until(lambda: len(project.mapLayers()) == 1)
    assert messages(form.message_bar) == ["1 layer was added from “a.lyrx”. 1 image service could not be added."]
    button(form, "Details…").click()
    (viewer,) = form.window().findChildren(QgsMessageViewer)
    said = viewer.findChild(QTextEdit).toPlainText()
    assert f"The layer “Gone” is left out: There is no image service at {gone}" in said
    viewer.close()


def test_stop_cancels_and_nothing_is_added(
    form: LayerForm,
    image_server: ImageServerProcess,
    project: QgsProject,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    image_server.fault("hang", match="Elevation")
    choose(form, file_for("coast.mapx", site(image_server), tmp_path), monkeypatch)
    wait_until(lambda: image_server.requests("Elevation"))
    assert form.progress_bar.isVisible()
    click(form.stop_button)
    wait_until(idle, SOON)
    assert not form.progress_bar.isVisible()
    assert project.mapLayers() == {}
    assert project.layerTreeRoot().children() == []
    assert messages(form.message_bar) == []


def test_a_file_that_is_none_is_one_sentence_and_nothing_is_lost(
    form: LayerForm, image_server: ImageServerProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_service(form, image_server)
    options = form.options()
    path = tmp_path / "a.lyrx"
    path.write_text("{}")
    choose(form, path, monkeypatch)
    wait_until(lambda: messages(form.message_bar))
    (said,) = messages(form.message_bar)
    assert said.startswith("“a.lyrx” is neither a layer file (.lyrx) or a map (.mapx) of ArcGIS Pro")
    assert form.options() == options
    assert not form.problem()


def test_a_document_is_pasted_into_the_address(form: LayerForm, image_server: ImageServerProcess) -> None:
    text = text_for("landsat.lyrx", site(image_server))
    QgsApplication.clipboard().setText(text + " " * 40_000)
    click(form._service._address)
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    wait_until(lambda: shows_landsat(form))
    assert form.options() == LANDSAT_OPTIONS
    assert form._service._address.currentText() == image_server.service("Olinda/Landsat")


def test_an_address_is_pasted_as_ever(form: LayerForm, image_server: ImageServerProcess) -> None:
    QgsApplication.clipboard().setText(image_server.service("Olinda/Landsat"))
    click(form._service._address)
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert form._service._address.currentText() == image_server.service("Olinda/Landsat")


def test_a_web_map_with_one_image_service_is_shown(form: LayerForm, image_server: ImageServerProcess) -> None:
    type_and_enter(form._service, f"{image_server.origin}/portal/home/item.html?id={SCENE_MAP}")
    wait_until(lambda: shows_landsat(form))
    assert form.options() == LayerOptions(bands=(4, 3, 2), mosaic_method=MosaicMethod.NONE, where="CloudCover < 50")
    assert form.name_edit.text() == "Scenes"


def test_the_image_services_of_a_web_map_are_offered(
    form: LayerForm, image_server: ImageServerProcess, project: QgsProject
) -> None:
    type_and_enter(form._service, f"{image_server.origin}/portal/home/item.html?id={COAST_MAP}")
    wait_until(lambda: messages(form.message_bar))
    assert messages(form.message_bar) == ["There are 3 image services in “Coast map”."]
    assert not form._service._problem.text()
    assert project.mapLayers() == {}
    button(form, "Add All").click()
    wait_until(lambda: len(project.mapLayers()) == 3)
    names = [node.name() for node in project.layerTreeRoot().children()]
    assert names == ["Scenes", "By its item", "Relief"]
    assert messages(form.message_bar) == ["3 layers were added from “Coast map”. Not all of it could be taken over."]


def test_a_window_that_edits_a_layer_adds_none(
    window: Window, image_server: ImageServerProcess, project: QgsProject
) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), "Coast")
    form = window.edit(layer).form
    assert OPEN not in [action.text() for action in form._menu_button.menu().actions()]
    form.documents.open_text(text_for("coast.mapx", site(image_server)))
    wait_until(lambda: messages(form.message_bar))
    assert messages(form.message_bar) == [
        "There are 3 image services in “pasted text”, and this window edits one layer."
    ]
    assert list(project.mapLayers()) == [layer.id()]
    form.documents.open_text(text_for("landsat.lyrx", site(image_server)))
    wait_until(lambda: form.options() == LANDSAT_OPTIONS)
    assert form.name_edit.text() == "Coast"
