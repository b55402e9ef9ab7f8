"""The form for a service that has ready-made tiles and draws images: which of them a picture is drawn from."""

from __future__ import annotations

from qgis.core import QgsProject

from image_server_layer.plugin.backend.source import Kind
from image_server_layer.plugin.layer.edit import options_of, source_of
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.service.vocabulary import Interpolation
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.forms import added, open_service
from image_server_layer.ui.form.layer_form import LayerForm

CACHED = "Test/Cached"


def test_the_line_beside_the_picture_says_what_it_is_drawn_from(
    form: LayerForm, image_server: ImageServerProcess, project: QgsProject
) -> None:
    open_service(form, image_server, CACHED)
    form._kind.picture_button.click()
    box = form._sections.advanced.tiles_box
    assert [box.itemText(row) for row in range(box.count())] == ["Automatic", "Draw from the tiles", "Ask for images"]
    assert form._kind.picture_label.text().startswith("The ready-made tiles of the service; where they do not fit")
    assert "drawn from the service's tiles" in form.summary_label.text()
    interpolation = form._sections.advanced.interpolation_box
    interpolation.setCurrentIndex(interpolation.findData(Interpolation.CUBIC.value))
    assert form._kind.picture_label.text() == (
        "An image that the server draws and colors for each view. The tiles of the service are as they were made, "
        "without “Interpolation”."
    )
    assert "tiles" not in form.summary_label.text()
    # Whoever insists is told so at the field.
    box.setCurrentIndex(1)
    assert form._sections.advanced.tiles_problem.text() == (
        "The tiles of the service are as they were made, without “Interpolation”. Leave out “Ready-made tiles”."
    )
    interpolation.setCurrentIndex(0)
    assert form.problem() == ""
    added(form, project)
    (layer,) = project.mapLayers().values()
    source = source_of(layer)
    assert source is not None
    assert (source.kind, source.has_images, options_of(layer)) == (Kind.PICTURE, True, LayerOptions(tiles=True))


def test_the_choice_of_tiles_is_one_of_services_that_have_both(
    form: LayerForm, image_server: ImageServerProcess
) -> None:
    box = form._sections.advanced.tiles_box
    for service, reason in (
        ("Olinda/Landsat", "The service has no ready-made pictures in tiles."),
        ("Test/TilesOnly", "The service offers only ready-made tiles, which are as they were made."),
    ):
        open_service(form, image_server, service)
        assert (box.isEnabled(), box.toolTip()) == (False, reason)
    open_service(form, image_server, CACHED)
    assert box.isEnabled()
    assert box.toolTip().startswith("Whether a picture is drawn from the tiles")
    box.setCurrentIndex(2)
    assert form.options() == LayerOptions(tiles=False)
    form._kind.picture_button.click()
    assert form._kind.picture_label.text().endswith("Images were asked for instead of the service's tiles.")
