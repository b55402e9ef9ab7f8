"""Servers with a certificate that nobody vouches for: refused, unless the user has told QGIS to trust it."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from qgis.PyQt.QtNetwork import QSslError

from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.errors import NetworkError
from image_server_layer.plugin.service.transport import Transport
from image_server_layer.tests.service.https_server import https_server, server_context, with_exception
from image_server_layer.tests.service.running import Runner


@pytest.fixture
def host() -> Iterator[str]:
    """Host and port of a server that speaks https."""
    with https_server(server_context()) as place:
        yield place


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


def test_it_is_spoken_to_where_the_user_has_said_so(host: str, run: Runner) -> None:
    with with_exception(host, QSslError.SslError.SelfSignedCertificate):
        assert run(lambda: Transport(Access()).get(f"https://{host}/x", {})).content == b"{}"


def test_an_exception_for_something_else_is_none_for_this(host: str) -> None:
    with (
        with_exception(host, QSslError.SslError.CertificateExpired),
        pytest.raises(NetworkError, match="No secure connection"),
    ):
        Transport(Access()).get(f"https://{host}/x", {})
