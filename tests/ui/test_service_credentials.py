"""With which credentials, Referer and timeout services and servers are asked: what each server is sent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from qgis.core import QgsApplication, QgsAuthMethodConfig

from image_server_layer.plugin.layer.options_file import SavedOptions
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.service.access import Access
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.imageserver.security import TOKEN
from image_server_layer.tests.patience import SOON
from image_server_layer.tests.ui.forms import idle as nothing_is_under_way
from image_server_layer.tests.ui.forms import settled
from image_server_layer.tests.ui.knowing import LANDSAT
from image_server_layer.tests.ui.services import (
    SECURED,
    connected,
    credentials,
    idle,
    loaded,
    save_connection,
    store_token,
    texts,
    type_and_enter,
    type_text,
)
from image_server_layer.tests.ui.waiting import let_pass, wait_until
from image_server_layer.ui.common.background import Background
from image_server_layer.ui.form.layer_form import LayerForm
from image_server_layer.ui.service.recent import RecentService, remember
from image_server_layer.ui.service.service_section import ServiceSection

REFERER = "https://referer.example/"
LISTED = ["Olinda", "PuertoRico", "Test"]


def remember_service(url: str, authcfg: str = "", referer: str = "", timeout: float = 30.0) -> None:
    remember(RecentService(SavedOptions(url, LayerOptions()), Access(authcfg, referer, timeout)))


def browsed(section: ServiceSection) -> bool:
    """Whether all servers in the tree, and the folders that are unfolded, have been listed."""
    servers = [section._tree.topLevelItem(row) for row in range(section._tree.topLevelItemCount())]
    for server in servers:
        server.setExpanded(True)
    is_busy = any(listing.is_busy for listing in section._tree.findChildren(Background))
    return not is_busy and all(texts(server) == LISTED for server in servers)


@pytest.fixture(scope="module")
def other_server_process() -> Iterator[ImageServerProcess]:
    with ImageServerProcess() as server:
        yield server


@pytest.fixture
def other_server(other_server_process: ImageServerProcess) -> ImageServerProcess:
    """Return a server that must not get what is meant for the first; its log is empty."""
    other_server_process.reset()
    return other_server_process


@pytest.fixture
def secured(service_section: ServiceSection, image_server: ImageServerProcess) -> ServiceSection:
    """Be connected to a secured service, with credentials and Referer; the server has had no request since."""
    service_section.open(image_server.service(SECURED), store_token(), REFERER)
    wait_until(lambda: idle(service_section))
    assert credentials(image_server) == {(TOKEN, REFERER)}
    image_server.clear()
    return service_section


@pytest.mark.parametrize(("token", "referer"), [("", ""), ("theirs", "https://theirs.example/")])
def test_a_server_in_the_tree_gets_what_its_own_connection_says(
    secured: ServiceSection,
    image_server: ImageServerProcess,
    other_server: ImageServerProcess,
    token: str,
    referer: str,
) -> None:
    authcfg = store_token(token) if token else ""
    save_connection("Other", other_server.url, authcfg, referer)
    type_and_enter(secured, "Other")
    wait_until(lambda: browsed(secured))
    assert credentials(other_server) == {(token, referer)}
    assert not image_server.requests()
    assert secured._authentication.authcfg == authcfg


@pytest.mark.parametrize("text", ["{url}", "{url}/Olinda/Landsat/ImageServer"])
def test_another_server_gets_nothing_of_the_credentials(
    secured: ServiceSection, other_server: ImageServerProcess, text: str
) -> None:
    type_and_enter(secured, text.format(url=other_server.url))
    wait_until(lambda: other_server.requests() and (browsed(secured) or loaded(secured).service.name == LANDSAT))
    assert credentials(other_server) == {("", "")}
    assert secured._authentication.authcfg == ""


def test_changing_the_referer_sends_no_credentials_along_to_another_server(
    secured: ServiceSection, other_server: ImageServerProcess
) -> None:
    secured.set_request_settings("https://changed.example/", 30.0)
    type_and_enter(secured, other_server.service(LANDSAT))
    wait_until(lambda: loaded(secured).service.name == LANDSAT)
    assert credentials(other_server) == {("", "")}


@pytest.mark.parametrize("was_connected", [False, True])
def test_among_all_saved_connections_each_gets_its_own(
    service_section: ServiceSection,
    image_server: ImageServerProcess,
    other_server: ImageServerProcess,
    was_connected: bool,
) -> None:
    authcfg = store_token()
    if was_connected:
        service_section.open(image_server.service(SECURED), authcfg)
        wait_until(lambda: idle(service_section))
        image_server.clear()
        type_text(service_section, " ")
    else:
        service_section._authentication.choose(authcfg)
        service_section.set_request_settings(REFERER, 30.0)
    save_connection("Open", other_server.url)
    save_connection("Other", other_server.url, store_token("theirs"))
    service_section.browse_button.click()
    assert texts(service_section._tree.invisibleRootItem()) == ["Open", "Other"]
    wait_until(lambda: browsed(service_section))
    assert credentials(other_server) == {("", ""), ("theirs", "")}


def test_the_same_server_gets_them_in_the_tree_too(secured: ServiceSection, image_server: ImageServerProcess) -> None:
    secured.browse_button.click()
    wait_until(lambda: image_server.requests() and browsed(secured))
    assert credentials(image_server) == {(TOKEN, REFERER)}


def test_a_service_taken_from_the_tree_is_asked_like_its_server(
    service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    save_connection("Harbour", image_server.url, store_token(), REFERER)
    type_and_enter(service_section, "Harbour")
    tree = service_section._tree
    wait_until(lambda: browsed(service_section))
    folder = tree.topLevelItem(0).child(LISTED.index("Test"))
    folder.setExpanded(True)
    wait_until(lambda: "Secured" in texts(folder))
    image_server.clear()
    tree.itemDoubleClicked.emit(folder.child(texts(folder).index("Secured")), 0)
    wait_until(lambda: connected(service_section))
    assert credentials(image_server) == {(TOKEN, REFERER)}


def test_choosing_credentials_asks_again(service_section: ServiceSection, image_server: ImageServerProcess) -> None:
    authcfg = store_token()
    type_and_enter(service_section, image_server.service(SECURED))
    wait_until(service_section._problem.text)
    assert "authentication configuration" in service_section._problem.text()
    assert service_section._authentication.is_refused
    service_section._authentication.choose(authcfg)
    wait_until(lambda: connected(service_section))
    assert service_section._problem.text() == ""
    assert loaded(service_section).access.authcfg == authcfg


def test_what_one_service_refuses_is_not_said_of_its_server(
    service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    type_and_enter(service_section, image_server.service(SECURED))
    wait_until(lambda: service_section._authentication.is_refused)
    type_and_enter(service_section, image_server.url)
    wait_until(lambda: browsed(service_section))
    assert not service_section._authentication.is_refused


def test_choosing_credentials_lists_a_server_again(
    service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    type_and_enter(service_section, image_server.url)
    wait_until(lambda: browsed(service_section))
    image_server.clear()
    service_section._authentication.choose(store_token())
    wait_until(lambda: image_server.requests() and browsed(service_section))
    assert credentials(image_server) == {(TOKEN, "")}


def test_what_is_chosen_before_the_address_is_for_that_address(
    service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    service_section._authentication.choose(store_token())
    service_section.set_request_settings(REFERER, 30.0)
    type_and_enter(service_section, image_server.service(SECURED))
    wait_until(lambda: connected(service_section))
    assert credentials(image_server) == {(TOKEN, REFERER)}


def test_a_connection_brings_its_credentials(service_section: ServiceSection, image_server: ImageServerProcess) -> None:
    save_connection("Harbour", image_server.url, store_token(), REFERER)
    type_and_enter(service_section, "harbour/Test/Secured")
    wait_until(lambda: connected(service_section))
    assert credentials(image_server) == {(TOKEN, REFERER)}


@pytest.mark.parametrize("source", ["recent service", "connection"])
def test_credentials_and_referer_that_were_removed_stay_away(
    form: LayerForm, image_server: ImageServerProcess, source: str
) -> None:
    text = image_server.service(LANDSAT)
    if source == "connection":
        text = f"Harbour/{LANDSAT}"
        save_connection("Harbour", image_server.url, store_token(), REFERER)
    else:
        remember_service(text, store_token(), REFERER)
    section = form._service

    def is_ready() -> bool:
        # The form takes a service in steps, and asks for more of it then.
        has_asked = bool(image_server.requests())
        return has_asked and idle(section) and settled(form) and nothing_is_under_way()

    type_and_enter(section, text)
    wait_until(is_ready)
    assert credentials(image_server) == {(TOKEN, REFERER)}
    assert form._advanced.referer == REFERER
    image_server.clear()
    section._authentication.choose("")
    wait_until(is_ready)
    assert credentials(image_server) == {("", REFERER)}
    form._advanced.referer_edit.clear()
    form._advanced.referer_edit.editingFinished.emit()
    image_server.clear()
    section.refresh_button.click()
    wait_until(is_ready)
    assert credentials(image_server) == {("", "")}
    assert (section._authentication.authcfg, form._advanced.referer) == ("", "")


def test_the_timeout_of_a_recent_service_comes_back(form: LayerForm, image_server: ImageServerProcess) -> None:
    remember_service(image_server.service(LANDSAT), timeout=77)
    remember_service(image_server.service("Olinda/Elevation"), timeout=1)
    image_server.fault("hang", match="Elevation")
    type_and_enter(form._service, image_server.service(LANDSAT))
    wait_until(lambda: settled(form))
    assert loaded(form._service).access.timeout == form._advanced.timeout == 77
    type_and_enter(form._service, image_server.service("Olinda/Elevation"))
    wait_until(form._service._problem.text, SOON)
    assert "did not answer in time" in form._service._problem.text()


def test_a_timeout_that_the_user_has_set_stays(form: LayerForm, image_server: ImageServerProcess) -> None:
    remember_service(image_server.service(LANDSAT), timeout=77)
    form._advanced.timeout_box.setValue(45)
    type_and_enter(form._service, image_server.service(LANDSAT))
    wait_until(lambda: settled(form))
    assert loaded(form._service).access.timeout == form._advanced.timeout == 45


def test_a_token_is_taken_out_and_can_be_stored(
    service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    url = image_server.service(SECURED)
    service_section.open(f"{url}?token={TOKEN}")
    assert service_section._address.currentText() == url
    assert service_section.token.isVisible()
    wait_until(service_section._problem.text)
    service_section.token.button.click()
    wait_until(lambda: connected(service_section))
    assert not service_section.token.isVisible()
    authcfg = loaded(service_section).access.authcfg
    config = QgsAuthMethodConfig()
    assert QgsApplication.authManager().loadAuthenticationConfig(authcfg, config, True)[0]
    assert (config.name(), config.method(), config.config("token")) == ("Token for 127.0.0.1", "EsriToken", TOKEN)
    assert all(TOKEN not in request.url for request in image_server.requests())


@pytest.mark.parametrize("way", ["Return", "the button"])
def test_so_is_the_token_of_a_server(
    service_section: ServiceSection, image_server: ImageServerProcess, way: str
) -> None:
    url = f"{image_server.url}/Test"
    type_text(service_section, f"{url}/?token={TOKEN}")
    if way == "Return":
        service_section.connect_to_service()
    else:
        service_section.browse_button.click()
    assert service_section._address.currentText() == url
    assert service_section.token.isVisible()
    wait_until(lambda: browsed(service_section))
    assert credentials(image_server) == {("", "")}
    image_server.clear()
    service_section.token.button.click()
    assert not service_section.token.isVisible()
    wait_until(lambda: image_server.requests() and browsed(service_section))
    assert credentials(image_server) == {(TOKEN, "")}
    assert all(TOKEN not in request.url for request in image_server.requests())


def test_a_raster_keeps_its_number_when_the_token_is_taken_out(
    service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    service_section.open(f"{image_server.service(LANDSAT)}/5?token={TOKEN}")
    assert service_section._address.currentText() == f"{image_server.service(LANDSAT)}/5"


def test_a_token_is_stored_for_the_server_that_it_was_given_for(
    service_section: ServiceSection, image_server: ImageServerProcess, other_server: ImageServerProcess
) -> None:
    service_section.open(f"{image_server.service(SECURED)}?token={TOKEN}")
    wait_until(service_section._problem.text)
    image_server.clear()
    type_text(service_section, other_server.service(LANDSAT))
    service_section.token.button.click()
    let_pass(0.1)
    assert not other_server.requests()
    service_section.connect_to_service()
    wait_until(lambda: idle(service_section))
    assert credentials(other_server) == {("", "")}
    type_and_enter(service_section, image_server.service(SECURED))
    wait_until(lambda: loaded(service_section).service.name == SECURED)


def test_the_offer_ends_with_another_server(
    service_section: ServiceSection, image_server: ImageServerProcess, other_server: ImageServerProcess
) -> None:
    service_section.open(f"{image_server.service(SECURED)}?token={TOKEN}")
    type_and_enter(service_section, image_server.service(LANDSAT))
    assert service_section.token.isVisible()
    type_and_enter(service_section, other_server.service(LANDSAT))
    assert not service_section.token.isVisible()


@pytest.fixture
def locked_database() -> Iterator[None]:
    manager = QgsApplication.authManager()
    manager.clearMasterPassword()
    yield
    assert manager.setMasterPassword("for these tests only", True)


def test_a_token_that_is_not_stored_stays_on_offer(
    service_section: ServiceSection, image_server: ImageServerProcess, locked_database: None
) -> None:
    del locked_database
    service_section.open(f"{image_server.service(SECURED)}?token={TOKEN}")
    wait_until(service_section._problem.text)
    image_server.clear()
    service_section.token.button.click()
    assert service_section._problem.text() == (
        "QGIS did not store the token; its authentication database may be locked."
    )
    assert service_section.token.isVisible()
    let_pass(0.1)
    assert not image_server.requests()
