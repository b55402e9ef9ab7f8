"""Everything in the form can be read to its end: with long texts and large fonts, on small screens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext

import pytest
from qgis.core import QgsProject
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtWidgets import QApplication

from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.long_texts import long_texts
from image_server_layer.tests.ui.fitting import cut_off
from image_server_layer.tests.ui.states import STATES, bring_into
from image_server_layer.tests.ui.waiting import delete, let_pass, wait_until
from image_server_layer.ui.entry.dialog import AddLayerDialog
from image_server_layer.ui.form.layer_form import LayerForm

# A screen of 1024 × 640 without the frame of a window and a panel.
SMALL = 980, 580
LARGER = 1.5


@pytest.fixture(params=["English", "long texts", "large font"])
def dialog(project: QgsProject, request: pytest.FixtureRequest) -> Iterator[AddLayerDialog]:
    font = QApplication.font()
    if request.param == "large font":
        larger = QApplication.font()
        larger.setPointSizeF(font.pointSizeF() * LARGER)
        QApplication.setFont(larger)
    canvas = QgsMapCanvas()
    with long_texts() if request.param == "long texts" else nullcontext():
        made = AddLayerDialog(canvas)
        made.present()
        yield made
        made.form.cancel()
        delete(made)
    delete(canvas)
    QApplication.setFont(font)
    project.clear()


@pytest.mark.parametrize("state", STATES)
def test_every_text_is_shown_to_its_end(dialog: AddLayerDialog, image_server: ImageServerProcess, state: str) -> None:
    bring_into(state, dialog.form, image_server)
    dialog.resize(*SMALL)
    tabs = dialog.form.tabs
    for index in range(tabs.count()):
        tabs.setCurrentIndex(index)
        # A layout settles some events after the window, later on a busy machine.
        for _ in range(200):
            let_pass(0.05)
            if not cut_off(dialog.form) and not too_wide(dialog.form):
                break
        assert (dialog.width(), dialog.height()) == SMALL
        assert not too_wide(dialog.form)
        assert cut_off(dialog.form) == []


@pytest.mark.parametrize("width", range(980, 1400, 60))
@pytest.mark.parametrize("state", ["default", "dimensions", "function"])
def test_the_preview_stands_beside_the_choices_only_where_there_is_room(
    dialog: AddLayerDialog, image_server: ImageServerProcess, state: str, width: int
) -> None:
    dialog.resize(width, 700)
    bring_into(state, dialog.form, image_server)
    form, bar = dialog.form, dialog.form.scroll_area.horizontalScrollBar()
    for index in range(form.tabs.count()):
        form.tabs.setCurrentIndex(index)
        for _ in range(40):
            let_pass(0.02)
            if not bar.maximum():
                break
        assert bar.maximum() == 0, form.tabs.tabText(index)
    # Sentences below the preview have some words to a line.
    if form._place.is_beside:
        assert form.preview.width() >= 30 * form.fontMetrics().averageCharWidth()


def test_choices_that_become_wider_send_the_preview_into_a_tab(
    dialog: AddLayerDialog, image_server: ImageServerProcess
) -> None:
    bring_into("default", dialog.form, image_server)
    dialog.resize(1600, 700)
    form = dialog.form
    wait_until(lambda: form._place.is_beside)
    form._mosaic.setMinimumWidth(1400)
    wait_until(lambda: not form._place.is_beside)
    assert form.tabs.indexOf(form.preview) == form.tabs.count() - 1
    wait_until(lambda: not form.scroll_area.horizontalScrollBar().maximum())


def too_wide(form: LayerForm) -> int:
    """Return by how many pixels the tab that can be seen would have to be scrolled sideways."""
    area = form.tabs.area()
    return area.horizontalScrollBar().maximum() if area is not None and area.isVisible() else 0
