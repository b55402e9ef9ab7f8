"""The whole form: from the address to the layer in the project, and what is said on the way."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from qgis.core import QgsApplication, QgsProject
from qgis.gui import QgsMessageViewer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QPushButton, QTextBrowser, QTreeView

from image_server_layer.plugin.backend.source import Kind
from image_server_layer.plugin.layer.options_file import SavedOptions, load_options
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.processing_template import RAW, ProcessingTemplate
from image_server_layer.plugin.service.vocabulary import MosaicMethod
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.patience import SOON
from image_server_layer.tests.trust.standstill import watched
from image_server_layer.tests.ui.forms import OPTIONS, added, idle, kind_of, messages, open_service, settled
from image_server_layer.tests.ui.hand import replace_text, type_into
from image_server_layer.tests.ui.knowing import LANDSAT
from image_server_layer.tests.ui.waiting import as_soon_as, delete, let_pass, wait_until
from image_server_layer.ui.bands.bands_section import BandsSection
from image_server_layer.ui.entry.dialog import AddLayerDialog
from image_server_layer.ui.form.layer_form import LayerForm
from image_server_layer.ui.mosaic.where_field import WhereField
from image_server_layer.ui.service.recent import recent_service


def test_before_there_is_a_service_nothing_can_be_added(form: LayerForm) -> None:
    assert not form._add_button.isEnabled()
    assert form.problem() == form.summary_label.text() == "Connect to an image service first."
    assert form._add_button.toolTip() == "<p>Connect to an image service first.</p>"
    assert not form.name_edit.isEnabled()
    assert form.request() is None


def test_a_service_as_it_is(form: LayerForm, image_server: ImageServerProcess, project: QgsProject) -> None:
    open_service(form, image_server)
    assert form.problem() == ""
    assert form.options() == LayerOptions()
    assert form.name_edit.text() == "Landsat"
    assert form.summary_label.text() == (
        "Pixel values · 6 bands · 8-bit · 28.5 m · 349 × 352 pixels · 719.8 kB if exported whole"
    )
    project.setDirty(False)
    added(form, project)
    (layer,) = project.mapLayers().values()
    assert (layer.name(), layer.providerType(), layer.isValid()) == ("Landsat", "imageserver", True)
    assert project.isDirty()
    assert messages(form.message_bar) == ["The layer “Landsat” was added."]


def test_a_picture_is_made_off_the_main_thread(
    form: LayerForm, image_server: ImageServerProcess, project: QgsProject
) -> None:
    open_service(form, image_server)
    form._kind.picture_button.click()
    assert form.summary_label.text() == (
        "Picture · 8-bit color · 28.5 m · 349 × 352 pixels · 479.9 kB if exported whole"
    )
    latency = 2.0
    image_server.settings(latency=latency)
    form._add_button.click()
    assert form.problem() == "A layer is being made."
    # Making it is a small part of what one answer takes.
    assert watched(lambda: bool(project.mapLayers())) < latency / 2
    (layer,) = project.mapLayers().values()
    assert layer.providerType() == "imageserver"
    assert layer.thread() == QgsApplication.instance().thread()


def test_what_is_not_available_is_grayed_with_the_reason(form: LayerForm, image_server: ImageServerProcess) -> None:
    form.take(SavedOptions(image_server.service(LANDSAT), LayerOptions(cell_size=(30, 30))))
    wait_until(lambda: settled(form))
    assert not form._kind.picture_button.isEnabled()
    assert form._kind.picture_label.text() == (
        "A picture has no cells of its own; leave out the cell size, or take pixel values."
    )
    assert form._kind.values_button.isChecked()


def test_a_problem_stands_in_the_tooltip_of_add(form: LayerForm, image_server: ImageServerProcess) -> None:
    form.take(
        SavedOptions(image_server.service(LANDSAT), LayerOptions(processing_template=ProcessingTemplate("NDVII")))
    )
    wait_until(lambda: settled(form))
    problem = form.problem()
    assert problem.startswith("The service “Olinda/Landsat” has no processing template “NDVII”; did you mean")
    assert not form._buttons.finish.isEnabled()


def test_the_name_is_proposed_and_kept_once_typed(
    form: LayerForm, image_server: ImageServerProcess, project: QgsProject
) -> None:
    open_service(form, image_server)
    open_service(form, image_server, "Olinda/Elevation")
    assert form.name_edit.text() == "Elevation"
    replace_text(form.name_edit, "Mine")
    open_service(form, image_server)
    assert form.name_edit.text() == "Mine"
    added(form, project)
    assert [layer.name() for layer in project.mapLayers().values()] == ["Mine"]


def test_bands_follow_the_processing_template(form: LayerForm, image_server: ImageServerProcess) -> None:
    form.take(SavedOptions(image_server.service(LANDSAT), LayerOptions(bands=(4, 3), processing_template=RAW)))
    wait_until(lambda: settled(form))
    bands, template = form._sections.all[0], form._sections.all[1]
    assert form.options().bands == (4, 3)
    template.set_from(LayerOptions(processing_template=ProcessingTemplate("NDVI")), form.state.known)
    template.changed.emit()
    assert form.problem() == "The processing template is still being read."
    wait_until(lambda: settled(form))
    assert form.options() == LayerOptions(processing_template=ProcessingTemplate("NDVI"))
    assert bands._model.rowCount() == 1


def test_a_template_that_the_server_refuses_is_said_in_its_words(
    form: LayerForm, image_server: ImageServerProcess
) -> None:
    image_server.fault("json_error", match="NDVI", message="Failed to execute", code=400)
    form.take(SavedOptions(image_server.service(LANDSAT), LayerOptions(processing_template=ProcessingTemplate("NDVI"))))
    wait_until(lambda: settled(form))
    wait_until(lambda: form.problem().endswith("answered with an error: Failed to execute"))
    assert form.options() == LayerOptions(processing_template=ProcessingTemplate("NDVI"))


def test_refreshing_keeps_what_was_chosen(form: LayerForm, image_server: ImageServerProcess) -> None:
    form.take(SavedOptions(image_server.service(LANDSAT), OPTIONS))
    wait_until(lambda: settled(form))
    form._service.refresh_button.click()
    wait_until(lambda: settled(form))
    assert form.options() == OPTIONS


def test_the_last_choices_for_a_service_come_back(
    form: LayerForm, image_server: ImageServerProcess, project: QgsProject
) -> None:
    form.take(SavedOptions(image_server.service(LANDSAT), OPTIONS, Kind.VALUES))
    wait_until(lambda: settled(form))
    added(form, project)
    open_service(form, image_server, "Olinda/Elevation")
    # The area alone is for the next service, too.
    assert replace(form.options(), extent=None) == LayerOptions()
    open_service(form, image_server)
    assert form.options() == OPTIONS
    assert kind_of(form) is Kind.VALUES
    remembered = recent_service(image_server.service(LANDSAT))
    assert remembered is not None
    assert remembered.choices == SavedOptions(image_server.service(LANDSAT), OPTIONS, Kind.VALUES)


def test_the_raster_in_an_address_is_locked(form: LayerForm, image_server: ImageServerProcess) -> None:
    form.open(image_server.service(LANDSAT) + "/3")
    wait_until(lambda: settled(form))
    assert form.options() == LayerOptions(mosaic_method=MosaicMethod.LOCK_RASTER, lock_raster_ids=(3,))


def test_reset_gives_everything_back_to_the_service(form: LayerForm, image_server: ImageServerProcess) -> None:
    form.take(SavedOptions(image_server.service(LANDSAT), OPTIONS, Kind.VALUES))
    wait_until(lambda: settled(form))
    form.reset()
    assert form.options() == LayerOptions()
    assert kind_of(form) is None


def test_an_error_from_adding_stands_in_the_forms_own_message_bar(
    form: LayerForm, image_server: ImageServerProcess, project: QgsProject
) -> None:
    open_service(form, image_server)
    image_server.fault("json_error", message="Out of <memory>", code=500, details=["at line 7"])
    form._add_button.click()
    wait_until(lambda: messages(form.message_bar))
    assert not project.mapLayers()
    host = image_server.origin.partition("://")[2]
    assert messages(form.message_bar) == [f"{host} answered with an error: Out of &lt;memory&gt;: at line 7"]
    (details,) = (button for button in form.message_bar.findChildren(QPushButton) if button.text() == "Details…")
    wait_until(details.isVisible)
    details.click()
    (viewer,) = form.window().findChildren(QgsMessageViewer)
    said = viewer.findChild(QTextBrowser).toPlainText()
    assert said.startswith(f"{host} answered with an error: Out of <memory>: at line 7")
    assert f"{image_server.service(LANDSAT)}/exportImage" in said
    viewer.close()
    assert form.problem() == ""
    image_server.reset()
    added(form, project)


def test_a_clause_that_the_server_refuses_stands_in_the_way(form: LayerForm, image_server: ImageServerProcess) -> None:
    open_service(form, image_server)
    clause = form.findChild(WhereField)
    clause.edit.setText("CloudCover << 10")
    wait_until(form.problem)
    assert form.problem() == form.summary_label.text() == clause.problem.text()
    assert "'<' is not expected there" in form.problem()
    clause.edit.setText("CloudCover < 1000")
    assert form.problem() == ""
    clause.edit.setText("CloudCover > 1000")
    wait_until(form.problem)
    assert form.problem() == "No raster matches; loosen the clause."
    image_server.fault("status", match="query", status=503)
    clause.edit.setText("CloudCover < 10")
    wait_until(clause.problem.text)
    assert form.problem() == ""


def test_adding_can_be_stopped(form: LayerForm, image_server: ImageServerProcess, project: QgsProject) -> None:
    open_service(form, image_server)
    wait_until(idle)
    image_server.clear()
    image_server.fault("hang", match="ImageServer")
    form._add_button.click()
    assert form.stop_button.isVisible()
    wait_until(image_server.requests)
    form.stop_button.click()
    wait_until(lambda: not form.problem() and not form.progress_bar.isVisible() and idle(), SOON)
    image_server.release()
    let_pass(0.2)
    assert not project.mapLayers()


def test_add_and_close_closes_when_the_layer_is_there(
    dialog: AddLayerDialog, image_server: ImageServerProcess, project: QgsProject
) -> None:
    open_service(dialog.form, image_server)
    dialog.form._buttons.finish.trigger()
    assert dialog.isVisible()
    wait_until(project.mapLayers)
    assert not dialog.isVisible()


@pytest.mark.parametrize("way", ["escape", "close", "delete"])
def test_closing_in_the_middle_is_safe(
    dialog: AddLayerDialog, image_server: ImageServerProcess, project: QgsProject, way: str
) -> None:
    open_service(dialog.form, image_server)
    wait_until(idle)
    image_server.clear()
    image_server.fault("hang", match="ImageServer")
    dialog.form._add_button.click()
    dialog.form._service.refresh_button.click()
    wait_until(image_server.requests)
    if way == "escape":
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    elif way == "close":
        dialog.close()
    else:
        delete(dialog)
    wait_until(idle, SOON)
    image_server.release()
    let_pass(0.3)
    assert not project.mapLayers()


@pytest.mark.parametrize("name", ["_close_button", "_help_button", "_menu_button", "_add_button"])
def test_return_on_a_button_clicks_that_button(
    dialog: AddLayerDialog,
    image_server: ImageServerProcess,
    project: QgsProject,
    name: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    form = dialog.form
    opened: list[str] = []
    monkeypatch.setattr("image_server_layer.ui.form.form_buttons.QDesktopServices.openUrl", opened.append)
    open_service(form, image_server)
    button = getattr(form, name)
    if name == "_menu_button":
        as_soon_as(button.menu().isVisible, button.menu().close)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    let_pass(0.2)
    wait_until(lambda: not form._adding.is_busy)
    assert len(project.mapLayers()) == (name == "_add_button")
    assert dialog.isVisible() == (name != "_close_button")
    assert len(opened) == (name == "_help_button")


def test_return_connects_and_adds_only_where_that_is_expected(
    dialog: AddLayerDialog, image_server: ImageServerProcess, project: QgsProject
) -> None:
    form = dialog.form
    type_into(form._service._address, image_server.service(LANDSAT))
    QTest.keyClick(form._service._address, Qt.Key.Key_Return)
    wait_until(lambda: settled(form))
    for field in (form._service._address, form.findChild(WhereField).edit, form._advanced.nodata_edit):
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_Return)
        wait_until(lambda: settled(form))
        assert not form._adding.is_busy
    for field, modifier in (
        (form._add_button, Qt.KeyboardModifier.NoModifier),
        (form.name_edit, Qt.KeyboardModifier.NoModifier),
        (form.findChild(WhereField).edit, Qt.KeyboardModifier.ControlModifier),
    ):
        project.clear()
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_Return, modifier)
        wait_until(project.mapLayers)


def test_options_are_saved_and_loaded_and_copied(
    form: LayerForm, image_server: ImageServerProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    menu = form._menu_button.menu()
    actions = {action.text(): action for action in menu.actions()}
    menu.aboutToShow.emit()
    assert not actions["Copy as &Python"].isEnabled()
    form.take(SavedOptions(image_server.service(LANDSAT), OPTIONS, Kind.VALUES))
    wait_until(lambda: settled(form))
    menu.aboutToShow.emit()
    assert actions["Copy as &Python"].isEnabled()
    path = tmp_path / "options"

    def chosen(*_: object) -> tuple[str, str]:
        return str(path), ""

    monkeypatch.setattr("image_server_layer.ui.form.form_menu.QFileDialog.getSaveFileName", chosen)
    actions["&Save Options…"].trigger()
    assert load_options(tmp_path / "options.json") == SavedOptions(image_server.service(LANDSAT), OPTIONS, Kind.VALUES)
    actions["Copy as &Python"].trigger()
    assert "bands" not in QgsApplication.clipboard().text()
    assert "band_index=[4, 3, 2]," in QgsApplication.clipboard().text()
    actions["Copy as P&rocessing Command"].trigger()
    assert "'BAND_INDEX': '4;3;2'," in QgsApplication.clipboard().text()
    form._reset_button.click()
    assert form.options() == LayerOptions()
    path = tmp_path / "options.json"
    monkeypatch.setattr("image_server_layer.ui.form.form_menu.QFileDialog.getOpenFileName", chosen)
    actions["&Load Options…"].trigger()
    wait_until(lambda: settled(form) and form.options() == OPTIONS)
    path.write_text("nonsense")
    actions["&Load Options…"].trigger()
    assert messages(form.message_bar)[0].endswith("does not hold options of an image server layer; choose another one.")


def test_the_statistics_are_those_of_the_service_that_was_connected_to_last(
    form: LayerForm, image_server: ImageServerProcess
) -> None:
    bands = form.findChild(BandsSection).findChild(QTreeView).model()
    for name, least in ((LANDSAT, "49"), ("Test/BigCatalog", "2"), (LANDSAT, "49")):
        open_service(form, image_server, name)
        assert bands.index(0, 3).data() == least
