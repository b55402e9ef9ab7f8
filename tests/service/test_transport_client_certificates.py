"""Servers that know the user by a certificate, which QGIS' configurations have as paths, in a bundle, or by its id."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from qgis.core import QgsApplication, QgsAuthCertUtils, QgsAuthConfigSslServer, QgsSettings
from qgis.PyQt.QtNetwork import QSsl, QSslCertificate, QSslError, QSslKey

from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.errors import NetworkError
from image_server_layer.plugin.service.transport import Transport
from image_server_layer.tests.credentials import Store
from image_server_layer.tests.service.running import Runner

# Keys that open nothing, and their own certificates. QGIS takes those of users with RSA keys only; a bundle holds the
# same key and certificate.
DATA = Path(__file__).parent / "data"
CERTIFICATE, USER, BUNDLE = DATA / "self_signed.pem", DATA / "user.pem", DATA / "user.p12"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        subject = self.connection.getpeercert()["subject"]
        body = dict(part for (part,) in subject)["commonName"].encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client without a certificate is sent away, which is no error."""


@pytest.fixture
def host() -> Iterator[str]:
    """Host and port of a server that wants to see a certificate, and that QGIS trusts."""
    server = Server(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    context.load_verify_locations(USER)
    context.verify_mode = ssl.CERT_REQUIRED
    # With the next one a client hears only later that it is not let in.
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    QgsSettings().setValue("proxy/noProxyUrls", ["https://127.0.0.1:"])
    host = f"127.0.0.1:{server.server_address[1]}"
    exception, manager = QgsAuthConfigSslServer(), QgsApplication.authManager()
    certificate = QSslCertificate(CERTIFICATE.read_bytes())
    exception.setSslCertificate(certificate)
    exception.setSslHostPort(host)
    exception.setSslIgnoredErrorEnums([QSslError.SslError.SelfSignedCertificate])
    assert manager.storeSslCertCustomConfig(exception)
    yield host
    manager.removeSslCertCustomConfig(QgsAuthCertUtils.shaHexForCert(certificate), host)
    server.shutdown()
    thread.join()
    server.server_close()


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
