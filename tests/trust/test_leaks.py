"""Secrets are where QGIS keeps them, and nowhere else: everything that is made while they are in play is searched."""

from __future__ import annotations

import base64
import traceback
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from qgis.core import QgsApplication, QgsAuthMethodConfig, QgsPointXY, QgsProcessingException, QgsProject, QgsRaster

import image_server_layer
from image_server_layer import ImageServerLayerError, make_image_server_layer
from image_server_layer.plugin.layer.options_file import SavedOptions
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.service.access import Access
from image_server_layer.tests.imageserver.security import PASSWORD, TOKEN, USER
from image_server_layer.tests.processing.running import run
from image_server_layer.tests.provider.drawing import drawn
from image_server_layer.tests.trust.artifacts import in_folder, leaks, of_layer, of_profile, overheard
from image_server_layer.ui.service.recent import RecentService, recent_services, remember

if TYPE_CHECKING:
    from image_server_layer.tests.credentials import Store
    from image_server_layer.tests.imageserver.process import ImageServerProcess

SECRET = "q7Zx9-Kd2.Vb4_Tn8"  # noqa: S105 - opens nothing
_BASIC = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()

_IN_ADDRESS = (
    "?token={secret}", "?TOKEN={secret}", "?tok%65n={secret}", "?sig={secret}", "?key={secret}", "?api-key={secret}",
    "?ticket={secret}", "?pwd={secret}", "?access_token={secret}", "?client_secret={secret}", "?f=json&x={secret}",
    "?{secret}", "#access_token={secret}", "#{secret}", "/token/{secret}/", "/exportImage?bbox=1,2,3,4&token={secret}",
    "/{secret}",
)  # fmt: skip
_CONFIGURATIONS = (
    pytest.param("Test/Secured", "EsriToken", {"token": TOKEN}, id="token"),
    pytest.param("Test/SecuredWebTier", "Basic", {"username": USER, "password": PASSWORD}, id="user and password"),
    pytest.param("Test/SecuredWebTier", "APIHeader", {"Authorization": f"Basic {_BASIC}"}, id="header"),
)
# Some releases of QGIS have no APIHeader.
_METHODS = QgsApplication.authManager().authMethodsKeys()


@pytest.fixture(scope="session")
def _processing(request: pytest.FixtureRequest) -> None:
    """Initialize Processing, some of whose modules use what Python or Qt have come to warn of."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        request.getfixturevalue("qgis_processing")


@pytest.fixture
def running(_processing: None, project: QgsProject) -> Iterator[QgsProject]:
    image_server_layer.start()
    yield project
    project.clear()
    image_server_layer.stop()


@pytest.mark.parametrize("spelling", _IN_ADDRESS)
def test_a_secret_in_an_address_is_in_nothing_that_is_made(
    image_server: ImageServerProcess, running: QgsProject, tmp_path: Path, spelling: str
) -> None:
    with overheard() as heard:
        layer = make_image_server_layer(image_server.service("Olinda/Landsat") + spelling.format(secret=SECRET))
        drawn(layer, size=(60, 60))
        texts = of_layer(layer, running, tmp_path)
    texts |= of_profile()
    texts |= {f"log {number}": text.encode() for number, text in enumerate(heard)}
    texts |= {f"wire {number}": repr(request).encode() for number, request in enumerate(image_server.requests())}
    assert leaks([SECRET], texts) == []


@pytest.mark.parametrize("spelling", _IN_ADDRESS)
@pytest.mark.parametrize(
    "place", ["Test/Secured/ImageServer", "Olinda/Missing/ImageServer", "Olinda/Places/MapServer", "Olinda"]
)
def test_a_secret_in_an_address_is_in_no_error(
    image_server: ImageServerProcess, running: QgsProject, place: str, spelling: str
) -> None:
    with overheard() as heard, pytest.raises(ImageServerLayerError) as caught:
        make_image_server_layer(f"{image_server.url}/{place}{spelling.format(secret=SECRET)}")
    error = caught.value
    shown = [str(error), repr(error), error.message, error.details, *heard, repr(image_server.requests())]
    shown += [line for line in traceback.format_exception(error) if "File" not in line]
    if place == "Olinda" and spelling == "/{secret}":
        # There it is the name of a service that was asked for.
        shown = heard
    assert leaks([SECRET], {str(number): text.encode() for number, text in enumerate(shown)}) == []
    assert not running.mapLayers()


@pytest.mark.parametrize("user", ["user:{secret}", "{secret}", "{secret}:", "tok:%71{secret}"])
def test_a_user_in_an_address_is_in_no_error(image_server: ImageServerProcess, running: QgsProject, user: str) -> None:
    place = image_server.service("Olinda/Landsat").replace("://", f"://{user.format(secret=SECRET)}@")
    with overheard() as heard, pytest.raises(ImageServerLayerError) as caught:
        make_image_server_layer(place)
    shown = [str(caught.value), caught.value.details, *heard]
    assert leaks([SECRET], {str(number): text.encode() for number, text in enumerate(shown)}) == []
    assert image_server.requests() == []
    assert not running.mapLayers()


@pytest.mark.parametrize("kind", ["values", "picture"])
@pytest.mark.parametrize(
    ("service", "method", "values"), [known for known in _CONFIGURATIONS if known.values[1] in _METHODS]
)
def test_stored_credentials_are_in_nothing_that_is_made(
    image_server: ImageServerProcess,
    running: QgsProject,
    stored: Store,
    tmp_path: Path,
    service: str,
    method: str,
    values: dict[str, str],
    kind: str,
) -> None:
    authcfg = stored(method, values)
    with overheard() as heard:
        layer = make_image_server_layer(image_server.service(service), kind=kind, authcfg=authcfg)
        pixels, errors = drawn(layer, size=(60, 60))
        provider = layer.dataProvider()
        provider.identify(QgsPointXY(layer.extent().center()), QgsRaster.IdentifyFormatHtml)
        # The token is taken back: what is said of that must not tell it either.
        image_server.fault("json_error", match="", code=498, message=f"Token {TOKEN} {PASSWORD} is invalid")
        provider.reloadData()
        _, later_errors = drawn(layer, size=(61, 61))
        image_server.reset()
        texts = of_layer(layer, running, tmp_path)
    assert errors == []
    assert pixels[3].any()
    assert later_errors
    texts |= {f"log {number}": text.encode() for number, text in enumerate(heard)}
    texts |= of_profile()
    secrets = [*values.values(), TOKEN, PASSWORD, _BASIC]
    found = leaks(secrets, texts)
    assert found == []


@pytest.mark.parametrize(
    ("resource", "is_sent"), [("", True), ("http://127.0.0.1", True), ("https://gis.example.org/arcgis", False)]
)
def test_credentials_go_to_the_resource_that_they_are_for(
    image_server: ImageServerProcess, running: QgsProject, resource: str, is_sent: bool
) -> None:
    manager = QgsApplication.authManager()
    config = QgsAuthMethodConfig("EsriToken")
    config.setName("test of a resource")
    config.setUri(resource)
    config.setConfigMap({"token": TOKEN})
    assert manager.storeAuthenticationConfig(config)
    url = image_server.service("Test/Secured")
    if is_sent:
        assert make_image_server_layer(url, authcfg=config.id()).isValid()
    else:
        with pytest.raises(ImageServerLayerError, match=r"for the resource gis\.example\.org and is not sent to 127"):
            make_image_server_layer(url, authcfg=config.id())
        assert image_server.requests() == []
    running.clear()
    manager.removeAuthenticationConfig(config.id())


@pytest.mark.parametrize("referer", [f"https://page.example/?token={SECRET}", f"https://user:{SECRET}@page.example/"])
def test_a_referer_that_is_a_secret_is_sent_but_kept_nowhere(
    image_server: ImageServerProcess, running: QgsProject, tmp_path: Path, referer: str
) -> None:
    url = image_server.service("Olinda/Landsat")
    layer = make_image_server_layer(url, referer=referer)
    assert {request.headers.get("referer") for request in image_server.requests()} == {referer}
    remember(RecentService(SavedOptions(url, LayerOptions()), Access(referer=referer)))
    assert recent_services()[0].access.referer == ""
    assert leaks([SECRET], of_layer(layer, running, tmp_path) | of_profile()) == []


@pytest.mark.parametrize(
    ("algorithm", "name", "value"),
    [
        ("makeimageserverlayer", "IN_IMAGE_SERVICE", "{url}?token={secret}"),
        ("makeimageserverlayer", "IN_IMAGE_SERVICE", "{url}?sig={secret}"),
        ("makeimageserverlayer", "IN_IMAGE_SERVICE", "{url}?x={secret}{secret}"),
        ("makeimageserverlayer", "REFERER", "https://page.example/?token={secret}"),
        ("describeimageservice", "IN_IMAGE_SERVICE", "{url}?token={secret}"),
        ("listimageservices", "SERVER", "{url}?token={secret}"),
        ("catalogtolayer", "IN_IMAGE_SERVICE", "{url}?token={secret}"),
        ("rasterstable", "IN_IMAGE_SERVICE", "{url}?token={secret}"),
        ("samplepoints", "IN_IMAGE_SERVICE", "{url}?token={secret}"),
        ("zonalstatistics", "REFERER", "https://user:{secret}@page.example/"),
        ("exportimageserverlayer", "IN_IMAGE_SERVICE", "{url}/token/{secret}/"),
        ("openlayerfile", "PORTAL_ITEM", "https://page.example/home/item.html?id=7&token={secret}"),
    ],
)
@pytest.mark.usefixtures("running")
def test_processing_refuses_a_secret_before_it_writes_its_log(
    image_server: ImageServerProcess, tmp_path: Path, algorithm: str, name: str, value: str
) -> None:
    url = image_server.service("Olinda/Landsat")
    places = {"listimageservices": "SERVER", "openlayerfile": "PORTAL_ITEM"}
    parameters = {places.get(algorithm, "IN_IMAGE_SERVICE"): url}
    parameters[name] = value.format(url=url, secret=SECRET)
    with overheard() as heard, pytest.raises(QgsProcessingException, match="store it as an authentication") as caught:
        run(f"imageserver:{algorithm}", **parameters)
    assert SECRET not in str(caught.value)
    assert SECRET not in " ".join(heard)
    assert image_server.requests() == []
    assert leaks([SECRET], of_profile() | in_folder(tmp_path)) == []
