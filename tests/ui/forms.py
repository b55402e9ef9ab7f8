"""What a user does with the form, and waits for."""

from __future__ import annotations

from qgis.core import QgsApplication, QgsProject
from qgis.gui import QgsMessageBar

from image_server_layer.plugin.backend.source import Kind
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.processing_template import RAW
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.vocabulary import MosaicMethod
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.knowing import LANDSAT
from image_server_layer.tests.ui.waiting import wait_until
from image_server_layer.ui.form.layer_form import LayerForm

OPTIONS = LayerOptions(
    extent=Extent(290000, 9112000, 296000, 9118000),
    cell_size=(30, 30),
    bands=(4, 3, 2),
    processing_template=RAW,
    mosaic_method=MosaicMethod.ATTRIBUTE,
    order_field="CloudCover",
    order_base_value=0,
    ascending=True,
    where="CloudCover < 50",
    nodata=(0,),
)
"""Some of everything, which fits the Landsat mosaic."""


def open_service(form: LayerForm, server: ImageServerProcess, name: str = LANDSAT) -> None:
    """Connect to a service of the embedded server, and wait until it and its template are known."""
    form.open(server.service(name))
    wait_until(lambda: settled(form) and form.state.known is not None and form.state.known.service.name == name)


def settled(form: LayerForm) -> bool:
    """Whether there is a service, and nothing more to come of it."""
    loader = form._service.loader
    is_shown = loader.current is not None and not form._taking.is_active
    return is_shown and not loader.is_busy and not loader._describing.is_busy


def kind_of(form: LayerForm) -> Kind | None:
    """Return the kind that was chosen."""
    request = form.request()
    assert request is not None
    return request.kind


def idle() -> bool:
    """Whether QGIS has no task under way."""
    return int(QgsApplication.taskManager().countActiveTasks()) == 0


def added(form: LayerForm, project: QgsProject) -> None:
    """Add a layer, and wait until it is in the project."""
    count = len(project.mapLayers())
    form._add_button.click()
    wait_until(lambda: len(project.mapLayers()) == count + 1)


def messages(bar: QgsMessageBar) -> list[str]:
    """Return what stands in a message bar."""
    texts = (item.text() or item.widget().text() for item in bar.items())
    return [text.removeprefix("<b>Image Server Layer:</b> ") for text in texts]
