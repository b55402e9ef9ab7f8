"""What the form calls a layer until the user does."""

from __future__ import annotations

from dataclasses import replace

from qgis.core import QgsProject

from image_server_layer.plugin.layer.options_file import SavedOptions
from image_server_layer.plugin.options.arcgis_arguments import processing_template
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.forms import added, idle, open_service, settled
from image_server_layer.tests.ui.hand import click, replace_text
from image_server_layer.tests.ui.knowing import LANDSAT
from image_server_layer.tests.ui.waiting import wait_until
from image_server_layer.ui.form.layer_form import LayerForm

NDVI = LayerOptions(processing_template=processing_template("NDVI"))


def show(form: LayerForm, server: ImageServerProcess, options: LayerOptions) -> None:
    form.take(SavedOptions(server.service(LANDSAT), options))
    wait_until(lambda: settled(form))


def test_it_follows_what_is_chosen(form: LayerForm, image_server: ImageServerProcess) -> None:
    open_service(form, image_server)
    assert form.name_edit.text() == "Landsat"
    wait_until(form._bands.natural_color_button.isEnabled)
    click(form._bands.natural_color_button)
    wait_until(lambda: form.name_edit.text() == "Landsat – Natural color")
    show(form, image_server, NDVI)
    assert form.name_edit.text() == "Landsat – NDVI"
    show(form, image_server, LayerOptions())
    assert form.name_edit.text() == "Landsat"


def test_what_is_typed_stays(form: LayerForm, image_server: ImageServerProcess) -> None:
    open_service(form, image_server)
    replace_text(form.name_edit, "Mine")
    show(form, image_server, NDVI)
    assert form.name_edit.text() == "Mine"


def test_a_name_that_becomes_free_is_proposed_again(
    form: LayerForm, image_server: ImageServerProcess, project: QgsProject
) -> None:
    open_service(form, image_server)
    added(form, project)
    assert form.name_edit.text() == "Landsat (2)"
    project.clear()
    assert form.name_edit.text() == "Landsat"
    added(form, project)
    replace_text(form.name_edit, "Mine")
    project.clear()
    assert form.name_edit.text() == "Mine"


def test_no_two_layers_of_a_project_get_the_same(
    form: LayerForm, image_server: ImageServerProcess, project: QgsProject
) -> None:
    open_service(form, image_server)
    added(form, project)
    assert form.name_edit.text() == "Landsat (2)"
    added(form, project)
    show(form, image_server, replace(NDVI, bands=None))
    added(form, project)
    wait_until(idle)
    assert sorted(layer.name() for layer in project.mapLayers().values()) == [
        "Landsat",
        "Landsat (2)",
        "Landsat – NDVI",
    ]
    assert form.name_edit.text() == "Landsat – NDVI (2)"
