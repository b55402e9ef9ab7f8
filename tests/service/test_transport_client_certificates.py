"""Servers that know the user by a certificate, which QGIS' configurations have as paths, in a bundle, or by its id."""

from __future__ import annotations

import ssl
from collections.abc import Iterator

import pytest
from qgis.core import QgsApplication, QgsAuthCertUtils
from qgis.PyQt.QtNetwork import QSsl, QSslCertificate, QSslError, QSslKey

from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.errors import NetworkError
from image_server_layer.plugin.service.transport import Transport
from image_server_layer.tests.credentials import Store
from image_server_layer.tests.service.https_server import DATA, Handler, https_server, server_context, with_exception
from image_server_layer.tests.service.running import Runner

# QGIS takes certificates of users with RSA keys only; a bundle holds the same key and certificate.
USER, BUNDLE = DATA / "user.pem", DATA / "user.p12"


class UserHandler(Handler):
    """Answers with the name in the user's certificate."""

    def body(self) -> bytes:
        subject = self.connection.getpeercert()["subject"]
        return dict(part for (part,) in subject)["commonName"].encode()


@pytest.fixture
def host() -> Iterator[str]:
    """Host and port of a server that wants to see a certificate, and that QGIS trusts."""
    context = server_context()
    context.load_verify_locations(USER)
    context.verify_mode = ssl.CERT_REQUIRED
    # With the next one a client hears only later that it is not let in.
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    with (
        https_server(context, UserHandler) as place,
        with_exception(place, QSslError.SslError.SelfSignedCertificate),
    ):
        yield place


@pytest.fixture(params=["PKI-Paths", "PKI-PKCS#12", "Identity-Cert"])
def authcfg(request: pytest.FixtureRequest, stored: Store) -> Iterator[str]:
    """A configuration with the user's certificate."""
    if request.param == "PKI-Paths":
        yield stored(request.param, {"certpath": str(USER), "keypath": str(USER), "keypass": ""})
    elif request.param == "PKI-PKCS#12":
        yield stored(request.param, {"bundlepath": str(BUNDLE), "bundlepass": "open"})
    else:
        certificate = QSslCertificate(USER.read_bytes())
        manager = QgsApplication.authManager()
        assert manager.storeCertIdentity(certificate, QSslKey(USER.read_bytes(), QSsl.KeyAlgorithm.Rsa))
        digest = QgsAuthCertUtils.shaHexForCert(certificate)
        yield stored(request.param, {"certid": digest})
        manager.removeCertIdentity(digest)


def test_the_server_sees_the_certificate_of_the_user(host: str, authcfg: str, run: Runner) -> None:
    assert run(lambda: Transport(Access(authcfg)).get(f"https://{host}/x", {})).content == b"surveyor"


def test_without_a_certificate_the_server_is_not_reached(host: str) -> None:
    with pytest.raises(NetworkError):
        Transport(Access()).get(f"https://{host}/x", {})
