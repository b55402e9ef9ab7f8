"""Credentials that QGIS keeps: on every request to the server that they are for, and nowhere else."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import suppress
from functools import cache, partial

import pytest
from qgis.core import (
    QgsApplication,
    QgsBlockingNetworkRequest,
    QgsCredentials,
    QgsNetworkAccessManager,
)
from qgis.PyQt.QtCore import QCoreApplication, QUrl
from qgis.PyQt.QtNetwork import QNetworkRequest
from qgis.PyQt.QtSql import QSqlDatabase

from image_server_layer.plugin.service import credentials
from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.client import ImageServiceClient
from image_server_layer.plugin.service.errors import AuthenticationError, NetworkError, ServerError
from image_server_layer.plugin.service.response import Response, json_object
from image_server_layer.plugin.service.transport import Request, Transport
from image_server_layer.tests.credentials import Store
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.imageserver.security import PASSWORD, REFERER, TOKEN, USER
from image_server_layer.tests.service.running import Runner, in_main_thread, in_python_thread, in_task

MASTER_PASSWORD = "for these tests only"  # noqa: S105 - that of tests/conftest.py
BASIC = "Basic c3VydmV5b3I6azN5IDIgdGhlIG1hcA=="
WINDOW = {"bbox": "300000,9099390,300970,9100000", "size": "10,10", "format": "tiff", "f": "image"}


@pytest.fixture(params=[in_main_thread, in_task, in_python_thread], ids=["main thread", "task", "thread of Python's"])
def run(request: pytest.FixtureRequest) -> Runner:
    runner: Runner = request.param
    return runner


def methods(stored: Store) -> dict[str, tuple[str, str, str]]:
    """The methods of this QGIS that put something into a header: configuration, name of the header, value."""
    bearer = f"Bearer {TOKEN}"
    known = {
        "Basic": ({"username": USER, "password": PASSWORD}, "authorization", BASIC),
        "EsriToken": ({"token": TOKEN}, "x-esri-authorization", bearer),
        "APIHeader": ({"X-Esri-Authorization": bearer}, "x-esri-authorization", bearer),
    }
    here = QgsApplication.authManager().authMethodsKeys()
    assert {"Basic", "EsriToken"} <= set(here)
    return {
        method: (stored(method, values), header, value)
        for method, (values, header, value) in known.items()
        if method in here
    }


def ask_everything(client: ImageServiceClient) -> None:
    assert client.describe().name.startswith("Test/Secured")
    assert client.export_image(WINDOW).startswith(b"II*\0")
    with pytest.raises(ServerError):
        client.request("query", {"where": "1=1 " * 1000, "returnCountOnly": "true", "f": "json"})
    point = {"geometryType": "esriGeometryPoint", "geometry": '{"x":300500,"y":9099500}'}
    client.request("identify", {**point, "f": "json"})
    client.request("legend", {"f": "json"})
    with suppress(ServerError):
        client.request("rasterAttributeTable", {"f": "json"})


def test_no_thread_that_outlives_a_request_keeps_the_store_of_credentials_open(
    image_server: ImageServerProcess, stored: Store, run: Runner
) -> None:
    # QGIS 3.40 crashes when it is left and a thread of its task manager has the store open.
    authcfg = stored("Basic", {"username": USER, "password": "wrong"})
    client = ImageServiceClient(image_server.service("Test/SecuredWebTier"), Transport(Access(authcfg)))
    opened = set(QSqlDatabase.connectionNames())
    with pytest.raises(ServerError):
        run(client.describe)
    assert len(image_server.requests()) == 1
    assert set(QSqlDatabase.connectionNames()) <= opened


def test_every_kind_of_request_carries_the_credentials_and_the_referer(
    image_server: ImageServerProcess, stored: Store, run: Runner
) -> None:
    for authcfg, header, value in methods(stored).values():
        image_server.clear()
        service = "Test/SecuredReferer" if header != "authorization" else "Test/Secured"
        client = ImageServiceClient(image_server.service(service), Transport(Access(authcfg, REFERER)))
        run(partial(ask_everything, client))
        requests = image_server.requests()
        assert [request.method for request in requests] == ["GET", "GET", "POST", "GET", "GET", "GET"]
        for request in requests:
            assert request.headers[header] == value
            assert request.headers["referer"] == REFERER
            assert value.rpartition(" ")[2] not in request.url + request.body


def test_methods_that_sign_each_request_are_applied_where_qgis_has_them(
    image_server: ImageServerProcess, stored: Store, run: Runner
) -> None:
    here = QgsApplication.authManager().authMethodsKeys()
    url, secret = image_server.service("Olinda/Landsat"), "k3pt 1n th3 5t0r3"
    for method, values, mark in (
        ("AWSS3", {"username": "AKID", "password": secret, "region": "eu-west-1"}, "AWS4-HMAC-SHA256 Credential=AKID/"),
        ("MapTilerHmacSha256", {"token": f"id_{secret.encode().hex()}"}, "signature="),
    ):
        if method not in here:
            # QGIS has them since 3.26 and 3.22, where it is built with them.
            continue
        image_server.clear()
        authcfg = stored(method, values)
        run(partial(Transport(Access(authcfg)).get, url, {"f": "json"}))
        (request,) = image_server.requests()
        sent = request.headers.get("authorization", "") + request.url
        assert mark in sent, method
        assert secret not in sent


def test_credentials_follow_to_the_same_server_and_not_to_another(
    image_server: ImageServerProcess, stored: Store
) -> None:
    for authcfg, header, value in methods(stored).values():
        image_server.reset()
        image_server.fault("redirect", match="f=json", times=1)
        url = image_server.service("Test/Secured")
        assert Transport(Access(authcfg)).get(url, {"f": "json"}).status == 200
        assert [request.headers[header] for request in image_server.requests()] == [value, value]
        image_server.reset()
        image_server.fault("redirect", match="f=json", host="localhost")
        with pytest.raises(NetworkError, match="another server, localhost"):
            Transport(Access(authcfg)).get(url, {"f": "json"})
        assert len(image_server.requests()) == 1


def test_eight_threads_use_one_configuration(image_server: ImageServerProcess, stored: Store) -> None:
    access = Access(stored("EsriToken", {"token": TOKEN}))
    names: list[str] = []

    def ask() -> None:
        questions = [Request(image_server.service("Test/Secured"), {"f": "json", "n": str(n)}) for n in range(5)]
        for response in Transport(access).get_all(questions):
            names.append(json_object(response)["name"])  # type: ignore[arg-type]

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        QCoreApplication.processEvents()
    assert names == ["Test/Secured"] * 40


def test_a_token_comes_from_a_sign_in_by_oauth2(image_server: ImageServerProcess, stored: Store, run: Runner) -> None:
    image_server.fault(
        "status",
        match="oauth2/token",
        status=200,
        body=json.dumps({"access_token": "granted-to-the-surveyor", "token_type": "bearer", "expires_in": 3600}),
        content_type="application/json",
    )
    definition = {
        "version": 1,
        "configType": 1,
        "grantFlow": 2,  # user and password
        "accessMethod": 0,  # in a header
        "tokenUrl": f"{image_server.origin}/arcgis/oauth2/token",
        "clientId": "qgis",
        "clientSecret": "s3cr3t",
        "username": USER,
        "password": PASSWORD,
        "persistToken": False,
        "requestTimeout": 5,
        "redirectPort": 7070,
        "redirectUrl": "",
        "requestUrl": "",
        "refreshTokenUrl": "",
        "scope": "",
        "queryPairs": {},
        "id": "",
        "name": "Sign in",
        "description": "",
        "apiKey": "",
        "objectName": "",
    }
    authcfg = stored("OAuth2", {"oauth2config": json.dumps(definition)})
    run(lambda: Transport(Access(authcfg)).get(image_server.service("Olinda/Landsat"), {"f": "json"}))
    last = image_server.requests()[-1]
    assert last.headers["authorization"] == "Bearer granted-to-the-surveyor"


def test_a_certificate_of_the_user_that_is_not_there_breaks_nothing(
    image_server: ImageServerProcess, stored: Store
) -> None:
    url = image_server.service("Olinda/Landsat")
    for method, values in (
        ("Identity-Cert", {"certid": "0" * 40}),
        ("PKI-Paths", {"certpath": "/nowhere.pem", "keypath": "/nowhere.key", "keypass": ""}),
        ("PKI-PKCS#12", {"bundlepath": "/nowhere.p12", "bundlepass": ""}),
    ):
        authcfg = stored(method, values)
        # QGIS lets some of them pass without a certificate; it is for the server then to refuse.
        (outcome,) = Transport(Access(authcfg)).get_all([Request(url, {"f": "json"})])
        if isinstance(outcome, Response):
            assert json_object(outcome)["name"] == "Olinda/Landsat"
        else:
            assert isinstance(outcome, AuthenticationError)
            assert authcfg in outcome.message


# Refused credentials


@pytest.mark.parametrize("status", [200, 498, 499])
def test_a_token_that_is_refused_is_read_anew_and_tried_once_more(
    image_server: ImageServerProcess, stored: Store, status: int
) -> None:
    refused = '{"error":{"code":498,"message":"Invalid Token","details":[]}}'
    image_server.fault("status", match="f=json", times=1, status=status, body=refused)
    access = Access(stored("EsriToken", {"token": TOKEN}))
    response = Transport(access).get(image_server.service("Test/Secured"), {"f": "json"})
    assert json_object(response)["name"] == "Test/Secured"
    assert len(image_server.requests()) == 2


def test_a_token_that_has_run_out_is_tried_twice_and_then_told(image_server: ImageServerProcess, stored: Store) -> None:
    access = Access(stored("EsriToken", {"token": "of yesterday"}))
    with pytest.raises(AuthenticationError) as caught:
        ImageServiceClient(image_server.service("Test/Secured"), Transport(access)).describe()
    assert caught.value.code == 498
    assert "invalid or have expired" in caught.value.message
    assert len(image_server.requests()) == 2


def test_a_wrong_password_is_tried_once(image_server: ImageServerProcess, stored: Store) -> None:
    access = Access(stored("Basic", {"username": USER, "password": "wrong"}))
    with pytest.raises(AuthenticationError) as caught:
        Transport(access).get(image_server.service("Test/SecuredWebTier"), {"f": "json"})
    assert caught.value.code == 401
    assert len(image_server.requests()) == 1


def test_without_credentials_nobody_is_asked_again(image_server: ImageServerProcess) -> None:
    client = ImageServiceClient(image_server.service("Test/Secured"), Transport(Access(), token="old"))  # noqa: S106
    with pytest.raises(AuthenticationError):
        client.describe()
    assert len(image_server.requests()) == 1


# QGIS' pop-ups


def test_a_secured_service_is_no_reason_for_a_pop_up(image_server: ImageServerProcess, run: Runner) -> None:
    asked: list[str] = []

    def note(_: int, realm: str) -> None:
        asked.append(realm)

    manager = QgsNetworkAccessManager.instance()
    manager.requestRequiresAuth.connect(note)
    try:
        url = image_server.service("Test/SecuredWebTier")
        QgsBlockingNetworkRequest().get(QNetworkRequest(QUrl(f"{url}?f=json")))
        QCoreApplication.processEvents()
        # So QGIS does it: it would ask the user, whose answer opens the service.
        assert asked == ["ArcGIS"]
        image_server.clear()
        with pytest.raises(AuthenticationError) as caught:
            run(lambda: Transport(Access()).get(url, {"f": "json"}))
        QCoreApplication.processEvents()
    finally:
        manager.requestRequiresAuth.disconnect(note)
    assert caught.value.code == 401
    assert asked == ["ArcGIS"]
    (request,) = image_server.requests()
    assert "authorization" not in request.headers


class Asker(QgsCredentials):
    """Tells the master password, or refuses to."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0
        self.tells = True
        self.setInstance(self)

    def request(self, *_: object) -> tuple[bool, str, str]:
        return False, "", ""

    def requestMasterPassword(self, *_: object) -> tuple[bool, str]:  # noqa: N802
        self.asked += 1
        return self.tells, MASTER_PASSWORD if self.tells else ""


@cache
def the_asker() -> Asker:
    """Return the only one: QGIS keeps a bare pointer to it, and follows it in any later test."""
    return Asker()


@pytest.fixture
def locked() -> Iterator[Asker]:
    """QGIS' store of credentials, locked; whoever wants it open asks."""
    asker, manager = the_asker(), QgsApplication.authManager()
    asker.asked, asker.tells = 0, True
    credentials._unlocker().refused_at = float("-inf")
    yield asker
    asker.tells = False
    if not manager.masterPasswordIsSet():
        assert manager.setMasterPassword(MASTER_PASSWORD, True)


def test_the_master_password_is_asked_for_once(
    image_server: ImageServerProcess, stored: Store, locked: Asker, run: Runner
) -> None:
    access = Access(stored("EsriToken", {"token": TOKEN}))
    QgsApplication.authManager().clearMasterPassword()
    url = image_server.service("Test/Secured")
    for _ in range(2):
        assert run(lambda: Transport(access).get(url, {"f": "json"})).status == 200
    assert locked.asked == 1


def test_a_master_password_that_is_not_told_is_a_sentence(
    image_server: ImageServerProcess, stored: Store, locked: Asker
) -> None:
    authcfg = stored("EsriToken", {"token": TOKEN})
    QgsApplication.authManager().clearMasterPassword()
    locked.tells = False

    def ask() -> None:
        Transport(Access(authcfg)).get(image_server.service("Test/Secured"), {"f": "json"})

    sentence = (
        f"The authentication configuration “{authcfg}” cannot be used without the master password of QGIS' "
        "authentication: give it, and try again."
    )
    for _ in range(3):
        with pytest.raises(AuthenticationError, match=f"^{re.escape(sentence)}$"):
            in_python_thread(ask)
    assert locked.asked == 1
    assert image_server.requests() == []
