"""A server on loopback that speaks https, with the certificate and the manners of whoever asks for it."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from qgis.core import QgsApplication, QgsAuthCertUtils, QgsAuthConfigSslServer, QgsSettings
from qgis.PyQt.QtNetwork import QSslCertificate, QSslError

# Keys that open nothing, with their own certificates: the server's is for 127.0.0.1.
DATA = Path(__file__).parent / "data"
SELF_SIGNED = DATA / "self_signed.pem"


class Handler(BaseHTTPRequestHandler):
    """Answers each GET with what `body` returns."""

    def body(self) -> bytes:
        return b"{}"

    def do_GET(self) -> None:
        body = self.body()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Write nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Whoever does not trust the server, or is not let in, goes away, which is no error."""


def server_context() -> ssl.SSLContext:
    """Return what a server shows: a certificate that nobody vouches for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(SELF_SIGNED)
    return context


@contextmanager
def https_server(context: ssl.SSLContext, handler: type[Handler] = Handler) -> Iterator[str]:
    """Start a server; gives its host and port, which QGIS reaches without a proxy."""
    server = _Server(("127.0.0.1", 0), handler)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    QgsSettings().setValue("proxy/noProxyUrls", ["https://127.0.0.1:"])
    try:
        yield f"127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def with_exception(host: str, *ignored: QSslError.SslError) -> Iterator[None]:
    """Have QGIS ignore these errors of the server's certificate."""
    certificate = QSslCertificate(SELF_SIGNED.read_bytes())
    exception = QgsAuthConfigSslServer()
    exception.setSslCertificate(certificate)
    exception.setSslHostPort(host)
    exception.setSslIgnoredErrorEnums(list(ignored))
    manager = QgsApplication.authManager()
    assert manager.storeSslCertCustomConfig(exception)
    try:
        yield
    finally:
        manager.removeSslCertCustomConfig(QgsAuthCertUtils.shaHexForCert(certificate), host)
