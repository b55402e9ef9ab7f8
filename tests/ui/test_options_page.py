"""The page of preferences: kept in QGIS' settings, and heeded at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from qgis.core import QgsApplication, QgsProject, QgsSettings
from qgis.gui import QgsMapCanvas

from image_server_layer.plugin.backend.source import Kind
from image_server_layer.plugin.service import preferences
from image_server_layer.plugin.service.access import DEFAULT_TIMEOUT
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.processing.running import MAKE
from image_server_layer.tests.ui.forms import added, open_service
from image_server_layer.tests.ui.waiting import delete
from image_server_layer.tests.warmth import cold_below
from image_server_layer.ui.entry.dialog import AddLayerDialog
from image_server_layer.ui.entry.options_page import OptionsPage, OptionsPageFactory


@pytest.fixture
def page() -> Iterator[OptionsPage]:
    factory = OptionsPageFactory()
    made = factory.createWidget(None)
    yield made
    delete(made)


@pytest.fixture(autouse=True)
def thumbnails_unset() -> None:
    QgsSettings().remove("image_server_layer/thumbnails")


def again() -> tuple[bool, bool, bool, float, int]:
    """Return what a page shows that is opened anew."""
    page = OptionsPage(None)
    shown = (
        page.kind_box.currentData(),
        page.preview_box.isChecked(),
        page.thumbnails_box.isChecked(),
        page.timeout_box.value(),
        page.requests_box.value(),
    )
    delete(page)
    return shown


def test_it_shows_what_holds_without_a_choice(page: OptionsPage) -> None:
    assert again() == (False, True, True, DEFAULT_TIMEOUT, 6)
    assert cold_below(page) == []


def test_what_is_chosen_is_kept_with_ok_only(page: OptionsPage) -> None:
    page.kind_box.setCurrentText("Pictures")
    page.preview_box.setChecked(False)
    page.thumbnails_box.setChecked(False)
    page.timeout_box.setValue(90)
    page.requests_box.setValue(2)
    assert again() == (False, True, True, DEFAULT_TIMEOUT, 6)
    page.apply()
    assert again() == (True, False, False, 90, 2)
    assert QgsSettings().value("image_server_layer/preview", type=bool) is False


@pytest.mark.parametrize(("kept", "read"), [("many", 30.0), (-5, 1.0), (10**9, 3600.0), ("12.5", 12.5)])
def test_what_somebody_else_wrote_is_no_error(kept: object, read: float) -> None:
    QgsSettings().setValue("image_server_layer/timeout", kept)
    assert preferences.preferred_timeout() == read


def test_a_form_that_is_there_follows_at_the_next_look(
    dialog: AddLayerDialog, image_server: ImageServerProcess, page: OptionsPage, project: QgsProject
) -> None:
    dialog.close()
    page.kind_box.setCurrentText("Pictures")
    page.preview_box.setChecked(True)
    page.timeout_box.setValue(90)
    page.apply()
    dialog.present()
    form = dialog.form
    assert form.preview.switch.isChecked()
    form.preview.switch.setChecked(False)
    assert form._advanced.timeout == 90
    open_service(form, image_server)
    request = form.request()
    assert request is not None
    assert (request.kind, request.access.timeout) == (Kind.PICTURE, 90)
    assert not form._advanced.differs()
    added(form, project)
    (layer,) = project.mapLayers().values()
    assert layer.bandCount() == 4


def test_a_service_that_was_used_before_keeps_what_was_chosen_for_it(
    dialog: AddLayerDialog, image_server: ImageServerProcess, project: QgsProject, page: OptionsPage
) -> None:
    open_service(dialog.form, image_server)
    added(dialog.form, project)
    page.kind_box.setCurrentText("Pictures")
    page.timeout_box.setValue(90)
    page.apply()
    canvas = QgsMapCanvas()
    other = AddLayerDialog(canvas)
    other.present()
    open_service(other.form, image_server)
    request = other.form.request()
    assert request is not None
    assert (request.kind, request.access.timeout) == (None, DEFAULT_TIMEOUT)
    delete(other)
    delete(canvas)


@pytest.mark.usefixtures("dialog")
def test_processing_proposes_the_timeout() -> None:
    preferences.prefer_timeout(75)
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(MAKE)
    assert algorithm.parameterDefinition("TIMEOUT").defaultValue() == 75
