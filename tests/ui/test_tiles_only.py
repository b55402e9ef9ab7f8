"""The form for a service of ready-made tiles: what tiles cannot have is gray, with the reason, and is left out."""

from __future__ import annotations

import pytest
from qgis.core import QgsProject, QgsRasterLayer

from image_server_layer.plugin.backend.source import Kind
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.service.vocabulary import Interpolation
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.forms import added, messages, open_service
from image_server_layer.tests.ui.test_form_choices import taken
from image_server_layer.ui.form.layer_form import LayerForm

REASON = "The service offers only ready-made tiles, which are as they were made."


def test_what_tiles_cannot_have_is_gray_and_says_why(form: LayerForm, image_server: ImageServerProcess) -> None:
    open_service(form, image_server, "Test/LercTiles")
    sections = form._sections
    advanced, cells = sections.advanced, sections.grid.cell_size_field
    for widget in (
        sections.bands,
        advanced.interpolation_box,
        advanced.nodata_match_box,
        advanced.quality_box,
        advanced.gdal_box,
        cells.typed_button,
        cells.layer_button,
    ):
        assert not widget.isEnabled()
        assert widget.toolTip() == REASON
    assert sections.function.gallery.isHidden()
    assert sections.function.gallery_button.isHidden()
    assert sections.function._in_words(sections.function.view.currentIndex()) == REASON
    assert sections.mosaic.reason_label.text().startswith("The service offers only ready-made tiles, so")
    assert advanced.nodata_edit.isEnabled()
    assert form._kind.values_button.isChecked()
    assert not form._kind.picture_button.isEnabled()
    assert "which hold values" in form._kind.picture_label.text()
    assert form.problem() == ""
    assert form.summary_label.text().startswith("Pixel values")
    assert "301 × 203" in form.summary_label.text()


def test_the_fields_are_there_again_for_the_next_service(form: LayerForm, image_server: ImageServerProcess) -> None:
    open_service(form, image_server)
    box = form._sections.advanced.interpolation_box
    tip = box.toolTip()
    open_service(form, image_server, "Test/TilesOnly")
    assert (box.isEnabled(), box.toolTip()) == (False, REASON)
    assert not form._sections.advanced.nodata_edit.isEnabled()
    open_service(form, image_server)
    assert (box.isEnabled(), box.toolTip()) == (True, tip)
    assert form._sections.bands.isEnabled()
    assert form._sections.bands.toolTip() == ""


def test_options_that_tiles_cannot_have_are_left_out_and_named(
    form: LayerForm, image_server: ImageServerProcess
) -> None:
    taken(form, image_server.service("Test/TilesOnly"), LayerOptions(bands=(1,), interpolation=Interpolation.NEAREST))
    assert form.options() == LayerOptions()
    assert messages(form.message_bar) == [
        "The service offers only ready-made tiles, so these options were left out: Bands, Interpolation."
    ]


@pytest.mark.parametrize(("service", "kind"), [("Test/TilesOnly", Kind.PICTURE), ("Test/LercTiles", Kind.VALUES)])
def test_a_layer_of_tiles_is_added(
    form: LayerForm, image_server: ImageServerProcess, project: QgsProject, service: str, kind: Kind
) -> None:
    open_service(form, image_server, service)
    added(form, project)
    (layer,) = project.mapLayers().values()
    assert isinstance(layer, QgsRasterLayer)
    assert layer.isValid()
    assert layer.dataProvider().source.kind is kind
