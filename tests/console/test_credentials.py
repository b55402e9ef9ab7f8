"""Secured services: QGIS' authentication reaches every kind of request, and the secret nothing else."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest
from qgis.core import QgsApplication, QgsAuthMethodConfig, QgsProject, QgsRaster, QgsRasterLayer

from image_server_layer import ImageServerLayerError, make_image_server_layer
from image_server_layer.tests.credentials import Store
from image_server_layer.tests.drawing import drawn
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.imageserver.security import PASSWORD, REFERER, TOKEN, USER

SECRETS = (TOKEN, PASSWORD)


class Secured(NamedTuple):
    """A service, and what it lets in."""

    service: str
    authcfg: str
    referer: str


@pytest.fixture(
    params=[
        pytest.param(("Test/Secured", "EsriToken", {"token": TOKEN}, ""), id="token"),
        pytest.param(
            ("Test/SecuredWebTier", "Basic", {"username": USER, "password": PASSWORD}, ""), id="user and password"
        ),
        pytest.param(("Test/SecuredReferer", "EsriToken", {"token": TOKEN}, REFERER), id="token bound to a referer"),
    ]
)
def secured(request: pytest.FixtureRequest, stored: Store) -> Secured:
    service, method, values, referer = request.param
    return Secured(service, stored(method, values), referer)


def everything_about(layer: QgsRasterLayer, project: QgsProject, path: Path) -> str:
    """Return all the text in which a secret could be kept."""
    assert project.write(str(path))
    with zipfile.ZipFile(path) as archive:
        saved = "".join(archive.read(name).decode("utf8", "ignore") for name in archive.namelist())
    return saved + layer.source() + layer.htmlMetadata() + str(layer.customProperties().keys())


@pytest.mark.parametrize("kind", ["values", "picture"])
def test_every_request_carries_the_credentials(
    image_server: ImageServerProcess, project: QgsProject, tmp_path: Path, secured: Secured, kind: str
) -> None:
    service, authcfg, referer = secured
    layer = make_image_server_layer(
        image_server.service(service), kind=kind, authcfg=authcfg, referer=referer, interpolation="NEAREST"
    )
    assert layer.providerType() == "imageserver"
    pixels, errors = drawn(layer, size=(100, 100))
    layer.dataProvider().identify(layer.extent().center(), QgsRaster.IdentifyFormat.IdentifyFormatValue)
    assert errors == []
    assert pixels[3].any()
    requests = image_server.requests()
    assert {"", "exportImage", "identify"} <= {request.operation for request in requests}
    assert {request.status for request in requests} == {200}
    if referer:
        without = [request.operation for request in requests if request.headers.get("referer") != referer]
        assert without == []
    assert not any(secret in request.url for request in requests for secret in SECRETS)
    known = everything_about(layer, project, tmp_path / "secured.qgz")
    assert not any(secret in known for secret in SECRETS)


@pytest.mark.parametrize("kind", ["values", "picture"])
def test_a_saved_project_draws_with_the_credentials(
    image_server: ImageServerProcess, project: QgsProject, tmp_path: Path, secured: Secured, kind: str
) -> None:
    service, authcfg, referer = secured
    path, url = str(tmp_path / "secured.qgz"), image_server.service(service)
    layer_id = make_image_server_layer(url, kind=kind, authcfg=authcfg, referer=referer).id()
    assert project.write(path)
    project.clear()
    image_server.clear()
    assert project.read(path)
    pixels, errors = drawn(project.mapLayer(layer_id), size=(100, 100))
    assert errors == []
    assert pixels[3].any()
    assert {request.status for request in image_server.requests()} == {200}


def test_without_credentials_the_sentence_says_what_is_missing(
    image_server: ImageServerProcess, project: QgsProject
) -> None:
    with pytest.raises(ImageServerLayerError, match="wants credentials: choose an authentication configuration"):
        make_image_server_layer(image_server.service("Test/Secured"))
    assert not project.mapLayers()


def test_wrong_credentials_are_told_from_missing_ones(image_server: ImageServerProcess, stored: Store) -> None:
    wrong = "wrong" + TOKEN
    with pytest.raises(ImageServerLayerError, match="invalid or have expired") as caught:
        make_image_server_layer(image_server.service("Test/Secured"), authcfg=stored("EsriToken", {"token": wrong}))
    assert wrong not in caught.value.message + caught.value.details


def test_gdal_is_refused_for_a_secured_service(image_server: ImageServerProcess, stored: Store) -> None:
    authcfg = stored("EsriToken", {"token": TOKEN})
    with pytest.raises(ImageServerLayerError, match="which QGIS does not hand to GDAL"):
        make_image_server_layer(image_server.service("Test/Secured"), provider="gdal", authcfg=authcfg)


@pytest.mark.parametrize("kind", ["values", "picture"])
@pytest.mark.parametrize("rights", ["none", "no more"])
def test_a_project_that_is_opened_by_someone_without_rights_says_what_to_do(
    image_server: ImageServerProcess, project: QgsProject, tmp_path: Path, stored: Store, kind: str, rights: str
) -> None:
    authcfg = stored("EsriToken", {"token": TOKEN})
    path = str(tmp_path / "shared.qgz")
    layer_id = make_image_server_layer(image_server.service("Test/Secured"), kind=kind, authcfg=authcfg).id()
    assert project.write(path)
    project.clear()
    manager = QgsApplication.authManager()
    if rights == "none":
        # As on the machine of a colleague, who has no configuration of that name.
        manager.removeAuthenticationConfig(authcfg)
        sentence = f"“{authcfg}” is not known to this QGIS: sign in by a configuration of your own"
    else:
        config = QgsAuthMethodConfig("EsriToken")
        manager.loadAuthenticationConfig(authcfg, config, True)
        config.setConfigMap({"token": "of yesterday"})
        assert manager.updateAuthenticationConfig(config)
        sentence = "invalid or have expired. Sign in again."
    image_server.clear()
    assert project.read(path)
    layer = project.mapLayer(layer_id)
    assert layer.isValid()
    pixels, errors = drawn(layer, size=(60, 60))
    assert not pixels[3].any()
    # Some releases of QGIS report each twice.
    (error,) = set(errors)
    assert sentence in error
    result = layer.dataProvider().identify(layer.extent().center(), QgsRaster.IdentifyFormat.IdentifyFormatValue)
    assert not result.isValid()
    assert sentence in result.error().summary()
    # Nothing is asked of others than the service, and nothing without the credentials that are meant.
    assert {request.headers.get("x-esri-authorization") for request in image_server.requests()} <= {
        "Bearer of yesterday"
    }
