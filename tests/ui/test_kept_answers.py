"""What is known of a service in this session is not asked for again by the form, until somebody wants it anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from image_server_layer.tests.ui.forms import added, open_service, settled
from image_server_layer.tests.ui.knowing import LANDSAT
from image_server_layer.tests.ui.waiting import wait_until

if TYPE_CHECKING:
    from qgis.core import QgsProject

    from image_server_layer.plugin.service.kept_answers import KeptAnswers
    from image_server_layer.tests.imageserver.process import ImageServerProcess
    from image_server_layer.ui.form.layer_form import LayerForm


def descriptions(server: ImageServerProcess) -> int:
    """Return how often the service was asked what it is."""
    return sum(1 for record in server.requests("Landsat/ImageServer") if not record.operation)


def test_the_form_asks_once_and_again_on_refresh(
    form: LayerForm, image_server: ImageServerProcess, project: QgsProject, kept_answers: KeptAnswers
) -> None:
    open_service(form, image_server)
    asked = descriptions(image_server)
    assert asked == 1
    added(form, project)
    open_service(form, image_server, "Test/Single")
    open_service(form, image_server)
    assert descriptions(image_server) == asked
    section = form._service
    for anew in (section.refresh_button.click, section._on_connect_clicked):
        image_server.clear()
        image_server.patch(LANDSAT, {"copyrightText": "another"})
        anew()
        wait_until(lambda: settled(form) and descriptions(image_server) == 1)
    wait_until(lambda: form.state.known is not None and form.state.known.service.copyright == "another")
    assert kept_answers.size[0] >= 1
