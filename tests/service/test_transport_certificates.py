"""Servers with a certificate that nobody vouches for: refused, unless the user has told QGIS to trust it."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from qgis.core import QgsApplication, QgsAuthCertUtils, QgsAuthConfigSslServer, QgsSettings
from qgis.PyQt.QtNetwork import QSslCertificate, QSslError

from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.errors import NetworkError
from image_server_layer.plugin.service.transport import Transport
from image_server_layer.tests.service.running import Runner

# A key that opens nothing, and its own certificate for 127.0.0.1.
SELF_SIGNED = Path(__file__).parent / "data" / "self_signed.pem"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that does not trust the server goes away, which is no error."""


@pytest.fixture
def host() -> Iterator[str]:
    """Host and port of a server that speaks https."""
    server = Server(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(SELF_SIGNED)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    QgsSettings().setValue("proxy/noProxyUrls", ["https://127.0.0.1:"])
    yield f"127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_it_is_refused_in_a_sentence_and_nobody_is_asked(host: str, run: Runner) -> None:
    started = time.monotonic()
    with pytest.raises(NetworkError) as caught:
        run(lambda: Transport(Access(timeout=20)).get(f"https://{host}/x", {}))
    assert time.monotonic() - started < 10
    assert caught.value.message == (
        f"No secure connection to {host}: it does not understand https, or QGIS does not trust its certificate (see "
        "Settings ▸ Options ▸ Authentication)."
    )
    assert "self" in caught.value.details
    assert "signed" in caught.value.details


def with_exception(host: str, *ignored: QSslError.SslError) -> Callable[[], None]:
    """Have QGIS ignore these errors of the server's certificate; returns what undoes it."""
    certificate = QSslCertificate(SELF_SIGNED.read_bytes())
    exception = QgsAuthConfigSslServer()
    exception.setSslCertificate(certificate)
    exception.setSslHostPort(host)
    exception.setSslIgnoredErrorEnums(list(ignored))
    manager = QgsApplication.authManager()
    assert manager.storeSslCertCustomConfig(exception)
    digest = QgsAuthCertUtils.shaHexForCert(certificate)
    return lambda: manager.removeSslCertCustomConfig(digest, host)


def test_it_is_spoken_to_where_the_user_has_said_so(host: str, run: Runner) -> None:
    undo = with_exception(host, QSslError.SslError.SelfSignedCertificate)
    try:
        assert run(lambda: Transport(Access()).get(f"https://{host}/x", {})).content == b"{}"
    finally:
        undo()


def test_an_exception_for_something_else_is_none_for_this(host: str) -> None:
    undo = with_exception(host, QSslError.SslError.CertificateExpired)
    try:
        with pytest.raises(NetworkError, match="No secure connection"):
            Transport(Access()).get(f"https://{host}/x", {})
    finally:
        undo()
