"""The states that a form can be in, as far as they look different."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from image_server_layer.plugin.layer.options_file import SavedOptions
from image_server_layer.plugin.options.arcgis_arguments import processing_template
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.processing_template import ProcessingTemplate
from image_server_layer.plugin.service.vocabulary import MosaicMethod
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.forms import open_service, settled
from image_server_layer.tests.ui.knowing import LANDSAT
from image_server_layer.tests.ui.waiting import let_pass, wait_until
from image_server_layer.ui.form.layer_form import LayerForm

CHAIN = '{"rasterFunction": "Stretch", "rasterFunctionArguments": {"StretchType": 0}}'
FUNCTION = '{"rasterFunction": "BandArithmetic", "rasterFunctionArguments": {"Method": 19, "BandIndexes": "4 3 1"}}'
BY_ATTRIBUTE = LayerOptions(mosaic_method=MosaicMethod.ATTRIBUTE, order_field="CloudCover", order_base_value=1)
BY_DATE = replace(BY_ATTRIBUTE, order_field="AcquisitionDate", order_base_value="2000-01-01")
States = dict[str, Callable[[LayerForm, ImageServerProcess], None]]


def shows(options: LayerOptions) -> Callable[[LayerForm, ImageServerProcess], None]:
    def show(form: LayerForm, server: ImageServerProcess) -> None:
        form.take(SavedOptions(server.service(LANDSAT), options))
        wait_until(lambda: settled(form))
        let_pass(0.05)

    return show


def browsing(form: LayerForm, server: ImageServerProcess) -> None:
    form.open(server.url)
    wait_until(lambda: form._service._tree.topLevelItem(0).childCount() > 1)


def single_raster(form: LayerForm, server: ImageServerProcess) -> None:
    open_service(form, server, "Olinda/Elevation")


def multidimensional(form: LayerForm, server: ImageServerProcess) -> None:
    open_service(form, server, "Test/Water")


def with_token(form: LayerForm, server: ImageServerProcess) -> None:
    form.open(f"{server.service(LANDSAT)}?token=abc")
    wait_until(lambda: settled(form))


def out_of_reach(form: LayerForm, server: ImageServerProcess) -> None:
    del server
    form.open("http://127.0.0.1:9/arcgis/rest/services/Harbor/ImageServer")
    wait_until(form._service._problem.text)


def full_of_problems(form: LayerForm, server: ImageServerProcess) -> None:
    bad = replace(BY_ATTRIBUTE, order_field="Clouds", bands=(1, 9), cell_size=(-1, -1), where="CloudCover << 1")
    shows(replace(bad, nodata=(1, 2, 3), processing_template=ProcessingTemplate("NDVI2")))(form, server)


def adding(form: LayerForm, server: ImageServerProcess) -> None:
    open_service(form, server)
    server.fault("hang", match="")
    form.add()


STATES: States = {
    "empty": lambda _form, _server: None,
    "default": shows(LayerOptions()),
    "attribute": shows(BY_ATTRIBUTE),
    "date": shows(BY_DATE),
    "viewpoint": shows(LayerOptions(mosaic_method=MosaicMethod.VIEWPOINT)),
    "locked": shows(LayerOptions(mosaic_method=MosaicMethod.LOCK_RASTER, lock_raster_ids=(1, 2, 99))),
    "function": shows(LayerOptions(processing_template=processing_template(FUNCTION))),
    "bands": shows(LayerOptions(bands=(6, 5, 4, 3))),
    "chain": shows(LayerOptions(processing_template=processing_template(CHAIN))),
    "browsing": browsing,
    "single raster": single_raster,
    "dimensions": multidimensional,
    "token": with_token,
    "out of reach": out_of_reach,
    "problems": full_of_problems,
    "adding": adding,
}


def bring_into(state: str, form: LayerForm, server: ImageServerProcess) -> None:
    """Bring a form into one of `STATES`."""
    STATES[state](form, server)
    let_pass(0.05)
