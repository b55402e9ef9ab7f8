"""What the form says of a choice, and what becomes of choices: kinds, names, addresses, credentials, lost networks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from qgis.core import QgsApplication, QgsProject, QgsProviderRegistry
from qgis.gui import QgisInterface, QgsMapCanvas, QgsMessageBar
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QDialog, QVBoxLayout

import image_server_layer
from image_server_layer.plugin.backend.source import Kind
from image_server_layer.plugin.layer.options_file import SavedOptions
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.processing_template import RAW, ProcessingTemplate
from image_server_layer.plugin.service.access import DEFAULT_TIMEOUT
from image_server_layer.plugin.service.vocabulary import MosaicMethod
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.patience import SOON
from image_server_layer.tests.ui.forms import OPTIONS, added, idle, kind_of, messages, open_service, settled
from image_server_layer.tests.ui.hand import replace_text
from image_server_layer.tests.ui.knowing import LANDSAT
from image_server_layer.tests.ui.services import store_token
from image_server_layer.tests.ui.waiting import delete, let_pass, wait_until
from image_server_layer.ui.area.cell_size_field import CellSizeField
from image_server_layer.ui.bands.bands_section import BandsSection
from image_server_layer.ui.entry.data_source_page import DataSourcePage
from image_server_layer.ui.entry.dialog import AddLayerDialog
from image_server_layer.ui.form.layer_form import LayerForm
from image_server_layer.ui.form.target import AddTarget
from image_server_layer.ui.mosaic.locked_rasters import LockedRasters
from image_server_layer.ui.mosaic.raster_picker import RasterPicker
from image_server_layer.ui.mosaic.where_builder import WhereBuilder
from image_server_layer.ui.mosaic.where_field import WhereField
from image_server_layer.ui.service.recent import RecentService, recent_service, remember

COMPLEX = "Pixels of the type C64 cannot be read as values, so the server draws a picture."
NO_CELLS = "A picture has no cells of its own"
CHOICES = replace(OPTIONS, cell_size=None, ascending=None, nodata=())


def taken(form: LayerForm, url: str, options: LayerOptions, kind: Kind | None = None) -> None:
    form.take(SavedOptions(url, options, kind))
    wait_until(lambda: settled(form))


def test_values_are_proposed_and_a_picture_is_a_click_away(form: LayerForm, image_server: ImageServerProcess) -> None:
    open_service(form, image_server)
    assert form._kind.values_button.isChecked()
    assert kind_of(form) is None
    form._kind.picture_button.click()
    assert kind_of(form) is Kind.PICTURE
    assert form.summary_label.text().startswith("Picture")


def test_a_kind_that_is_not_to_be_had_any_more_is_not_asked_for(
    form: LayerForm, image_server: ImageServerProcess, project: QgsProject
) -> None:
    taken(form, image_server.service(LANDSAT), LayerOptions(cell_size=(30, 30)), Kind.PICTURE)
    assert not form._kind.picture_button.isEnabled()
    assert form._kind.picture_label.text().startswith(NO_CELLS)
    assert form.summary_label.text().startswith("Pixel values")
    assert kind_of(form) is None
    added(form, project)
    (layer,) = project.mapLayers().values()
    assert layer.providerType() == "imageserver"
    remembered = recent_service(image_server.service(LANDSAT))
    assert remembered is not None
    assert remembered.choices.kind is Kind.PICTURE


def test_where_there_can_be_no_values_cells_are_a_problem_of_the_cell_size(
    form: LayerForm, image_server: ImageServerProcess
) -> None:
    image_server.patch(LANDSAT, {"pixelType": "C64"})
    open_service(form, image_server)
    assert form.problem() == ""
    assert form._kind.picture_button.isChecked()
    form.state.show(replace(form.options(), cell_size=(30, 30)))
    assert form.problem() == f"{COMPLEX} {NO_CELLS}, so leave out the cell size."
    assert form.findChild(CellSizeField).problem.text() == form.problem()


def test_what_has_no_effect_is_said_before_there_is_a_layer(form: LayerForm, image_server: ImageServerProcess) -> None:
    taken(form, image_server.service(LANDSAT), LayerOptions(compression_quality=80, nodata_matches_all=True))
    assert form._kind.reason_label.isVisible()
    assert form._kind.reason_label.text().endswith(
        "The compression quality is for pictures: pixel values come without loss."
    )
    form._kind.picture_button.click()
    assert "compression quality" not in form._kind.reason_label.text()
    summary, note = form.summary_label.text().split("\n")
    assert summary.startswith("Picture")
    assert "belongs to nodata values, and none are given" in note


def test_options_for_a_mosaic_that_a_single_raster_cannot_have_are_named(
    form: LayerForm, image_server: ImageServerProcess
) -> None:
    taken(form, image_server.service("Olinda/Elevation"), LayerOptions(where="CloudCover < 50", ascending=True))
    assert form.options() == LayerOptions()
    assert messages(form.message_bar) == [
        "The service is a single raster, so these options were left out: Sort order, Where clause."
    ]


def test_the_raster_in_an_address_counts_more_than_what_was_remembered(
    form: LayerForm, image_server: ImageServerProcess
) -> None:
    url = image_server.service(LANDSAT)
    locked = LayerOptions(mosaic_method=MosaicMethod.LOCK_RASTER, lock_raster_ids=(3,))
    remember(RecentService(SavedOptions(url, replace(locked, bands=(4, 3, 2), processing_template=RAW))))
    form.open(f"{url}/5")
    wait_until(lambda: settled(form))
    assert form.options() == replace(locked, lock_raster_ids=(5,), bands=(4, 3, 2), processing_template=RAW)
    # Then the choices are the user's again.
    form.reset()
    form._service.refresh_button.click()
    wait_until(lambda: settled(form))
    assert form.options() == LayerOptions()


def test_what_an_address_asks_for_in_vain_is_said(form: LayerForm, image_server: ImageServerProcess) -> None:
    form.open(f"{image_server.service(LANDSAT)}?renderingRule=NDVI")
    wait_until(lambda: settled(form))
    (told,) = messages(form.message_bar)
    assert told.startswith("This part of the address is not used:")
    assert "renderingRule" in told


def test_reset_gives_back_name_and_timeout_and_keeps_the_referer(
    form: LayerForm, image_server: ImageServerProcess
) -> None:
    open_service(form, image_server)
    replace_text(form.name_edit, "Mine")
    form._advanced.timeout_box.setValue(77)
    form._advanced.referer_edit.setText("https://portal.example.org/")
    form._advanced.referer_edit.editingFinished.emit()
    form.reset()
    assert form.name_edit.text() == "Landsat"
    assert (form._advanced.timeout, form._advanced.referer) == (DEFAULT_TIMEOUT, "https://portal.example.org/")
    open_service(form, image_server, "Olinda/Elevation")
    assert form.name_edit.text() == "Elevation"


def test_a_name_typed_while_a_layer_is_made_is_kept(
    form: LayerForm, image_server: ImageServerProcess, project: QgsProject
) -> None:
    open_service(form, image_server)
    image_server.settings(latency=0.2)
    form._add_button.click()
    replace_text(form.name_edit, "The next")
    wait_until(project.mapLayers)
    image_server.settings(latency=0)
    form._service.refresh_button.click()
    wait_until(lambda: settled(form))
    assert form.name_edit.text() == "The next"


def test_a_lost_network_leaves_every_choice(
    form: LayerForm, image_server: ImageServerProcess, project: QgsProject
) -> None:
    taken(form, image_server.service(LANDSAT), CHOICES, Kind.VALUES)
    image_server.fault("drop", match="")
    form._service.refresh_button.click()
    wait_until(form._service._problem.text)
    assert (form.options(), kind_of(form)) == (CHOICES, Kind.VALUES)
    form._add_button.click()
    wait_until(lambda: messages(form.message_bar))
    assert (form.options(), kind_of(form)) == (CHOICES, Kind.VALUES)
    image_server.reset()
    form._service.refresh_button.click()
    wait_until(lambda: settled(form) and not form.problem())
    assert (form.options(), kind_of(form)) == (CHOICES, Kind.VALUES)
    added(form, project)


def test_the_answer_for_a_template_that_was_given_up_never_lands(
    form: LayerForm, image_server: ImageServerProcess
) -> None:
    open_service(form, image_server)
    image_server.fault("hang", match='"NDVI"')
    form.state.show(LayerOptions(processing_template=ProcessingTemplate("NDVI")))
    wait_until(lambda: any("NDVI" in request.query.get("renderingRule", "") for request in image_server.requests()))
    form.state.show(LayerOptions(processing_template=ProcessingTemplate("NaturalColor")))
    wait_until(lambda: form.problem() == "" and "NaturalColor" in form.summary_label.text())
    shown = form.summary_label.text()
    assert " 3 bands · 8-bit · " in shown
    image_server.release()
    let_pass(0.3)
    assert form.summary_label.text() == shown
    assert form.options() == LayerOptions(processing_template=ProcessingTemplate("NaturalColor"))


def test_nothing_is_copied_or_saved_that_is_not_what_is_shown(
    form: LayerForm, image_server: ImageServerProcess
) -> None:
    open_service(form, image_server)
    menu = form._menu_button.menu()
    needing = [action for action in menu.actions() if action.text().replace("&", "").startswith(("Copy", "Save"))]
    assert len(needing) == 3
    menu.aboutToShow.emit()
    assert all(action.isEnabled() for action in needing)
    form.state.show(LayerOptions(bands=()))
    menu.aboutToShow.emit()
    assert not any(action.isEnabled() for action in needing)
    assert {action.toolTip() for action in needing} == {"<p>No band is chosen; choose at least one.</p>"}


@pytest.fixture
def main_bar() -> Iterator[QgsMessageBar]:
    bar = QgsMessageBar()
    yield bar
    delete(bar)


def test_what_there_is_to_say_of_a_layer_is_said_in_qgis_when_the_form_is_closed(
    project: QgsProject, image_server: ImageServerProcess, main_bar: QgsMessageBar
) -> None:
    canvas = QgsMapCanvas()
    dialog = AddLayerDialog(canvas, main_bar)
    dialog.present()
    taken(dialog.form, image_server.service(LANDSAT), LayerOptions(compression_quality=80))
    dialog.form._buttons.finish.trigger()
    wait_until(project.mapLayers)
    assert not dialog.isVisible()
    assert messages(main_bar) == [
        "The layer “Landsat” was added.",
        "The compression quality is for pictures: pixel values come without loss.",
    ]
    delete(dialog)
    delete(canvas)


def test_the_window_remembers_its_size(project: QgsProject) -> None:
    del project
    canvas = QgsMapCanvas()
    for size in ((700, 510), (820, 590)):
        dialog = AddLayerDialog(canvas)
        dialog.present()
        dialog.resize(*size)
        let_pass(0.05)
        dialog.close()
        delete(dialog)
        again = AddLayerDialog(canvas)
        again.present()
        let_pass(0.05)
        assert (again.width(), again.height()) == size
        delete(again)
    delete(canvas)


def test_closing_the_data_source_manager_stops_what_its_page_does(
    project: QgsProject, image_server: ImageServerProcess, qgis_iface: QgisInterface
) -> None:
    image_server_layer.start()
    manager = QDialog()
    target = AddTarget(qgis_iface.mapCanvas())
    page = DataSourcePage(qgis_iface, None, Qt.WindowType.Widget, QgsProviderRegistry.WidgetMode.Embedded, target)
    QVBoxLayout(manager).addWidget(page)
    manager.show()
    assert page.form is not None
    open_service(page.form, image_server)
    wait_until(idle)
    image_server.clear()
    image_server.fault("hang", match=LANDSAT)
    page.form._add_button.click()
    wait_until(image_server.requests)
    manager.close()
    wait_until(idle, SOON)
    image_server.release()
    let_pass(0.2)
    assert not project.mapLayers()
    delete(manager)
    image_server_layer.stop()


def test_windows_of_the_form_close_with_it(
    form: LayerForm, image_server: ImageServerProcess, project: QgsProject
) -> None:
    del project
    locked = LayerOptions(mosaic_method=MosaicMethod.LOCK_RASTER, lock_raster_ids=(3,))
    taken(form, image_server.service(LANDSAT), locked)
    form.findChild(LockedRasters).choose_button.click()
    (picker,) = form.findChildren(RasterPicker)
    wait_until(lambda: not picker._model.is_loading())
    QTest.keyClick(form.window(), Qt.Key.Key_Escape)
    assert not picker.isVisible()
    assert not form.window().isVisible()
    assert form.options() == locked


def test_a_clause_that_was_built_for_one_service_does_not_land_in_another(
    form: LayerForm, image_server: ImageServerProcess
) -> None:
    open_service(form, image_server)
    form.findChild(WhereField).build_button.click()
    (builder,) = form.findChildren(WhereBuilder)
    builder.setSql("CloudCover < 10")
    open_service(form, image_server, "Test/BigCatalog")
    assert not any(window.isVisible() for window in form.findChildren(WhereBuilder))
    assert form.options() == LayerOptions()


def test_loaded_options_take_the_place_of_what_cannot_be_read(
    form: LayerForm, image_server: ImageServerProcess
) -> None:
    open_service(form, image_server)
    field = form.findChild(CellSizeField)
    field.typed_button.click()
    replace_text(field.typed_edit, "28,,5")
    assert "28,,5" in form.problem()
    taken(form, image_server.service(LANDSAT), CHOICES)
    assert form.problem() == ""
    assert form.options() == CHOICES


def test_without_the_credentials_that_are_shown_nothing_is_added(
    form: LayerForm, image_server: ImageServerProcess
) -> None:
    open_service(form, image_server)
    authcfg = store_token("expired")
    image_server.fault("json_error", match="ImageServer", code=498, message="Invalid token.")
    form._service._authentication.choose(authcfg)
    wait_until(form._service._problem.text)
    assert "does not accept the credentials" in form.problem()
    assert form.problem() == form._service._problem.text()
    assert form.summary_label.text() == "See the warning above."
    image_server.reset()
    form._service._authentication.choose("")
    wait_until(lambda: settled(form) and not form.problem())
    QgsApplication.authManager().removeAuthenticationConfig(authcfg)


def test_after_a_failure_the_reason_is_the_failure(form: LayerForm, image_server: ImageServerProcess) -> None:
    open_service(form, image_server)
    form.open("http://127.0.0.1:9/arcgis/rest/services/Harbor/ImageServer")
    wait_until(form._service._problem.text)
    assert "refuses the connection" in form.problem()
    assert form.summary_label.text() == "See the warning above."
    form._service._address.setEditText(image_server.service(LANDSAT))
    assert form.problem() == "Connect to an image service first."


@pytest.mark.parametrize(
    ("button", "bands", "words"),
    [
        ("natural_color_button", (3, 2, 1), "Bands 3 (Red), 2 (Green), 1 (Blue)"),
        ("color_infrared_button", (4, 3, 2), "Bands 4 (NearInfrared_1), 3 (Red), 2 (Green)"),
    ],
)
def test_natural_color_is_one_click_away_where_the_service_shows_something_else(
    form: LayerForm,
    image_server: ImageServerProcess,
    project: QgsProject,
    button: str,
    bands: tuple[int, ...],
    words: str,
) -> None:
    open_service(form, image_server, "Test/LandsatDefault")
    assert " 1 band · 32-bit floating point · NDVI" in form.summary_label.text()
    preset = getattr(form.findChild(BandsSection), button)
    wait_until(preset.isEnabled)
    assert preset.toolTip() == f"{words} of the raw pixels as red, green and blue."
    preset.click()
    wait_until(lambda: settled(form) and not form.problem())
    assert form.options() == LayerOptions(bands=bands, processing_template=RAW)
    added(form, project)
    (layer,) = project.mapLayers().values()
    asked = image_server.requests(operation="exportImage")[-1].query
    assert asked["bandIds"] == ",".join(str(number - 1) for number in bands)
    assert asked["renderingRule"] == '{"rasterFunction":"None"}'
    assert layer.bandCount() == 3


def test_a_locked_raster_that_does_not_exist_is_named_at_once(
    form: LayerForm, image_server: ImageServerProcess
) -> None:
    locked = LayerOptions(mosaic_method=MosaicMethod.LOCK_RASTER, lock_raster_ids=(3, 99))
    taken(form, image_server.service(LANDSAT), locked)
    wait_until(form.problem)
    assert form.problem() == ("The service “Olinda/Landsat” has no raster “99”; look up ids and names in its catalog.")
    field = form.findChild(LockedRasters)
    assert field.problem.text() == form.problem()
    field.list.setCurrentRow(1)
    field.remove_button.click()
    assert (form.problem(), field.problem.text()) == ("", "")
    assert form.options() == replace(locked, lock_raster_ids=(3,))
