"""What the form shows of credentials, Referer and timeout is what the layer will be asked with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from qgis.core import QgsApplication, QgsSettings

from image_server_layer.plugin.layer.options_file import SavedOptions
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.imageserver.security import TOKEN
from image_server_layer.tests.ui.forms import open_service, settled
from image_server_layer.tests.ui.knowing import LANDSAT
from image_server_layer.tests.ui.services import SECURED, credentials, save_connection, store_token, type_and_enter
from image_server_layer.tests.ui.waiting import let_pass, wait_until
from image_server_layer.ui.form.layer_form import LayerForm

REFERER = "https://referer.example/"
NOWHERE = "http://127.0.0.1:9/arcgis/rest/services/Harbor/ImageServer"


@pytest.fixture
def authcfg() -> Iterator[str]:
    stored = store_token()
    yield stored
    QgsApplication.authManager().removeAuthenticationConfig(stored)


@pytest.fixture
def connection(image_server: ImageServerProcess, authcfg: str) -> Iterator[str]:
    save_connection("Harbour", image_server.url, authcfg)
    yield "Harbour"
    QgsSettings().remove("connections/arcgisfeatureserver/items/Harbour")


def authcfg_of(form: LayerForm) -> str:
    request = form.request()
    assert request is not None
    return request.access.authcfg


def test_credentials_chosen_for_the_service_after_a_detour_are_used(
    form: LayerForm, image_server: ImageServerProcess, authcfg: str
) -> None:
    open_service(form, image_server)
    form.open(NOWHERE)
    wait_until(form._service._problem.text)
    form._service._address.setEditText(image_server.service(LANDSAT))
    assert form.problem() == "Connect to an image service first."
    form._service._authentication.choose(authcfg)
    assert form.problem() == "The image service is still being read."
    wait_until(lambda: settled(form) and not form.problem())
    assert authcfg_of(form) == authcfg


def test_a_look_at_another_server_leaves_the_credentials_of_the_service(form: LayerForm, connection: str) -> None:
    form.open(f"{connection}/{SECURED}")
    wait_until(lambda: settled(form))
    shown = form._service._text()
    type_and_enter(form._service, "http://127.0.0.1:9/arcgis/rest/services")
    let_pass(0.1)
    form._service._address.setEditText(shown)
    assert form.problem() == ""
    assert form._service._authentication.authcfg == authcfg_of(form) != ""


def test_options_from_a_file_find_the_credentials_of_the_connection(
    form: LayerForm, image_server: ImageServerProcess, connection: str
) -> None:
    form.open(f"{connection}/{SECURED}")
    wait_until(lambda: settled(form))
    image_server.clear()
    form._service._address.setEditText("edited")
    form.take(SavedOptions(image_server.service(SECURED), LayerOptions(nodata=(7,))))
    wait_until(lambda: settled(form) and not form.problem())
    assert form.options() == LayerOptions(nodata=(7,))
    assert {token for token, _ in credentials(image_server)} == {TOKEN}


def test_what_is_set_while_a_service_is_read_is_what_it_is_asked_with(
    form: LayerForm, image_server: ImageServerProcess
) -> None:
    image_server.fault("hang", match=LANDSAT)
    form.open(image_server.service(LANDSAT))
    wait_until(image_server.requests)
    form._advanced.timeout_box.setValue(77)
    form._advanced.referer_edit.setText(REFERER)
    form._advanced.referer_edit.editingFinished.emit()
    image_server.release()
    wait_until(lambda: settled(form))
    request = form.request()
    assert request is not None
    assert (request.access.referer, request.access.timeout) == (REFERER, 77)
    assert (form._advanced.referer, form._advanced.timeout) == (REFERER, 77)
    wait_until(lambda: image_server.requests()[-1].headers.get("referer") == REFERER)


def test_a_service_that_is_given_up_for_nonsense_never_lands(form: LayerForm, image_server: ImageServerProcess) -> None:
    image_server.fault("hang", match=LANDSAT)
    form.open(image_server.service(LANDSAT))
    wait_until(image_server.requests)
    type_and_enter(form._service, "nonsense")
    image_server.release()
    let_pass(0.3)
    assert form.request() is None
    assert form.problem().startswith("“nonsense” is neither")


def test_options_whose_service_could_not_be_read_are_forgotten(
    form: LayerForm, image_server: ImageServerProcess
) -> None:
    open_service(form, image_server)
    image_server.fault("status", match="BigCatalog", status=503, times=3)
    form.take(SavedOptions(image_server.service("Test/BigCatalog"), LayerOptions(nodata=(7,))))
    wait_until(form._service._problem.text)
    open_service(form, image_server, "Test/BigCatalog")
    assert form.options() == LayerOptions()


def test_a_portal_items_credentials_do_not_go_to_the_server_that_it_names(
    form: LayerForm, image_server: ImageServerProcess, authcfg: str
) -> None:
    with ImageServerProcess() as other:
        item = f'{{"type": "Image Service", "url": "{other.service(LANDSAT).replace("127.0.0.1", "localhost")}"}}'
        image_server.fault("status", match="items", status=200, body=item)
        form.open(f"{image_server.origin}/portal/home/item.html?id={'0' * 32}", authcfg)
        wait_until(form._service._problem.text)
        assert form.problem().startswith("The portal item leads to another server: give the address http://localhost:")
        assert other.requests() == []
