"""What the form shows when another address is tried, and when it is opened again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from image_server_layer.plugin.layer.options_file import SavedOptions
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.forms import OPTIONS, messages, open_service, settled
from image_server_layer.tests.ui.knowing import LANDSAT
from image_server_layer.tests.ui.services import type_and_enter
from image_server_layer.tests.ui.waiting import wait_until
from image_server_layer.ui.entry.dialog import AddLayerDialog
from image_server_layer.ui.form.layer_form import LayerForm


def test_an_address_that_fails_leaves_no_choices_to_edit_until_its_service_is_back(
    form: LayerForm, image_server: ImageServerProcess
) -> None:
    form.take(SavedOptions(image_server.service(LANDSAT), OPTIONS))
    wait_until(lambda: settled(form))
    type_and_enter(form._service, "nonsense")
    assert form.options() == LayerOptions()
    assert form.request() is None
    assert form.name_edit.text() == ""
    assert not any(section.isEnabled() for section in form._sections.all[:-1])
    assert not form._add_button.isEnabled()
    assert form.problem() == form._service._problem.text()
    assert form.summary_label.text() == "See the warning above."
    type_and_enter(form._service, image_server.service(LANDSAT))
    wait_until(lambda: settled(form))
    assert form.options() == OPTIONS
    assert form.name_edit.text().startswith("Landsat")


def test_what_is_to_say_of_an_address_goes_with_it(form: LayerForm, image_server: ImageServerProcess) -> None:
    for address in (f"{image_server.service(LANDSAT)}/5", f"{image_server.service(LANDSAT)}/query?where=1=1"):
        form.open(address)
        wait_until(lambda: settled(form))
    assert len(messages(form.message_bar)) == 1
    open_service(form, image_server, "Olinda/Elevation")
    assert messages(form.message_bar) == []


def test_options_of_another_service_are_not_brought_back(form: LayerForm, image_server: ImageServerProcess) -> None:
    form.take(SavedOptions(image_server.service(LANDSAT), replace(OPTIONS, bands=(1,))))
    wait_until(lambda: settled(form))
    type_and_enter(form._service, "nonsense")
    open_service(form, image_server, "Olinda/Elevation")
    # But for the area, which it covers.
    assert replace(form.options(), extent=None) == LayerOptions()
    assert form.options().extent == pytest.approx(OPTIONS.extent)


def test_it_opens_at_its_beginning(dialog: AddLayerDialog, image_server: ImageServerProcess) -> None:
    open_service(dialog.form, image_server)
    tabs = dialog.form.tabs
    tabs.setCurrentIndex(2)
    dialog.present()
    assert tabs.currentIndex() == 2
    dialog.close()
    dialog.present()
    assert tabs.currentIndex() == 0
